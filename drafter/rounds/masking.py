"""Names, numbers and addresses of persons, as a paper for the public shows them: 朱** instead of a name, stars instead of the digits of a telephone.

A unit stays as it is, and so does who gives no name (市民, 网友). What is masked once stays so when it is masked again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

ANYBODY = ("市民", "公众", "群众", "居民", "村民", "网民", "网友", "匿名")
"""Who is no unit and no name: several may be called so."""

_DOUBLE = frozenset([
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "司徒", "夏侯", "令狐", "长孙", "宇文", "轩辕", "端木",
    "百里", "东郭", "南宫", "西门", "独孤", "申屠", "太史", "澹台", "公冶", "宗政", "濮阳", "淳于", "单于", "太叔", "仲孙", "钟离",
    "鲜于", "闾丘", "司寇", "司空", "第五", "呼延", "赫连", "拓跋", "公羊", "谷梁", "乐正",
])  # fmt: skip
_SINGLE = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞"
    "熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓"
    "郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫"
    "宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰"
    "郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东殴沃利蔚"
    "越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖闫付代邸岳帅佟苑"
)
_UNITS = (
    "中心", "公司", "集团", "政府", "街道", "大学", "小组", "支部", "党组", "党委", "机构", "企业", "商户", "基金", "协会", "学会",
    "商会", "工会", "委会", "基金会", "联合会", "理事会", "代表团", "银行", "支行", "分行", "商行", "报社", "出版社", "合作社", "旅行社",
    "妇联", "残联", "文联", "侨联", "工商联", "科协", "高校",
)  # fmt: skip
"""Words that end the name of a unit and no person's."""

_OFFICES = tuple("局委办厅处院校所站队部厂店馆镇乡村县市区")
"""Characters that do so behind two others: 王局 is somebody whom people call so."""

_TITLES = re.compile(r"(?:先生|女士|同志|老师|小姐|教授|研究员|主任|处长|科长|局长|工程师)$")
_ASIDE = re.compile(r"[（(].*$")
_NAME = re.compile(r"[\u3400-\u9fff]{2,4}(?:[·•][\u3400-\u9fff]{1,6})*")
_LONGEST = 4


def masked_name(name: str) -> str:
    """A person's name with all but the surname as stars; what stands in brackets behind it, and a title, go."""
    bare = _ASIDE.sub("", name).strip()
    bare = bare if "*" in bare else _without_title(bare)
    if not bare:
        return ""
    kept = 2 if bare[:2] in _DOUBLE and len(bare) > len("欧阳") else 1
    rest = bare[kept:]
    return bare[:kept] + "*" * (min(len(rest), _LONGEST) or 1)


def _without_title(name: str) -> str:
    shorter = _TITLES.sub("", name)
    return f"{shorter}某" if len(shorter) == 1 and shorter != name else shorter or name


def called(unit: str, person: str) -> str:
    """Who said it, for strangers: a unit by its name, a person masked, with 市民 or the like before it where they gave that."""
    unit, person = unit.strip(), person.strip()
    if person and (not unit or unit in ANYBODY):
        return f"{unit}{masked_name(person)}"
    word = next((each for each in ANYBODY if unit.startswith(each)), "")
    if word and _is_name(unit.removeprefix(word)):
        return f"{word}{masked_name(unit.removeprefix(word))}"
    return masked_name(unit) if _is_name(unit) else unit


def in_clear(unit: str, person: str) -> tuple[str, ...]:
    """The names of persons in clear that these two have: none of them may stand in a text for the public."""
    words = tuple(word for word in ANYBODY if unit.startswith(word))
    hidden = unit.removeprefix(words[0]) if words else unit
    found = (_ASIDE.sub("", person).strip(), _ASIDE.sub("", hidden).strip() if _is_name(hidden) else "")
    return tuple(dict.fromkeys(_without_title(name) for name in found if _worth(name)))


def _is_name(text: str) -> bool:
    """Whether this reads as a person's name and not as a unit's."""
    bare = _without_title(_ASIDE.sub("", text).strip())
    if not _NAME.fullmatch(bare) or bare.endswith(_UNITS):
        return False
    if len(bare) > len("王局") and bare.endswith(_OFFICES):
        return False
    return bare[:2] in _DOUBLE or bare[0] in _SINGLE


# -- words

_DIGITS = str.maketrans("０１２３４５６７８９＋－—–‐ＸＸ　", "0123456789+----XX ")
_CONTACTS = re.compile(
    r"(?<![0-9A-Za-z])(?:"
    r"\d{17}[0-9Xx]|\d{15,19}"  # of an identity card (GB 11643-1999, or of 15 digits), of a bank card
    r"|(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}"  # a mobile telephone
    r"|(?:[（(]0\d{2,3}[）)] ?|0\d{2,3}[- ])\d{7,8}(?:[- ]\d{1,5}|转\d{1,5})?"  # one at home
    r"|[48]00-?\d{3}-?\d{4}"
    r")(?![0-9A-Za-z])"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<=电话)[：: ]{0,2}\d{7,8}(?!\d)|(?<=手机)[：: ]{0,2}\d{7,11}(?!\d)|(?<=联系方式)[：: ]{0,2}\d{7,11}(?!\d)"
    r"|(?:QQ|qq|微信号?|WeChat|wechat)(?:号码?)?[：: ]{0,2}[A-Za-z0-9_-]{5,}",
    re.ASCII,
)
_SHOWN = re.compile(r"[0-9A-Za-z０-９ＸＡ-Ｚａ-ｚ]")
_LABELS = re.compile(r"^(?:QQ|qq|WeChat|wechat)")


def masked_words(text: str, names: Iterable[str] = ()) -> str:
    """An opinion's words without telephone numbers, numbers of identity cards, addresses of mail, and without these names of persons."""
    found = text
    for name in sorted({each.strip() for each in names if _worth(each)}, key=len, reverse=True):
        found = found.replace(name, masked_name(name))
    flat = found.translate(_DIGITS)
    out, at = [], 0
    for match in _CONTACTS.finditer(flat):
        label = _LABELS.match(match[0])
        start = match.start() + (label.end() if label else 0)
        out += [found[at:start], _SHOWN.sub("*", found[start : match.end()])]
        at = match.end()
    return "".join((*out, found[at:]))


def _worth(name: str) -> bool:
    """Whether a name is one and in clear: a single character would mask half a text."""
    return len(name.strip()) > 1 and "*" not in name and name.strip() not in ANYBODY
