"""Names, numbers and addresses of persons, as a paper for the public shows them: 朱** instead of a name, stars instead of the digits of a telephone.

A unit stays as it is, and so does who gives no name (市民, 网友). What is masked once stays so when it is masked again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from drafter.source.surnames import DOUBLE, SINGLE

ANYBODY = ("市民", "公众", "群众", "居民", "村民", "网民", "网友", "匿名")
"""Who is no unit and no name: several may be called so."""

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
    kept = 2 if bare[:2] in DOUBLE and len(bare) > len("欧阳") else 1
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
    return bare[:2] in DOUBLE or bare[0] in SINGLE


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
_SAYS_WHO = re.compile(
    r"(?:我叫|我的名字叫|姓名(?:是|为)?[：: ]{0,2}|署名[：: ]{0,2}|我是[^，。；！？\n]{0,16}?(?:居民|市民|村民|业主|职工|教师|学生|老人)"
    r"|(?<=[，。\n])(?:居民|市民|村民)|^(?:居民|市民|村民))(?P<name>[\u3400-\u9fff]{2,4})(?=[，。；、,;（(\s]|$)",
    re.MULTILINE,
)
"""Where people say in an opinion who they are."""


def masked_words(text: str, names: Iterable[str] = ()) -> str:
    """An opinion's words without telephone numbers, numbers of identity cards, addresses of mail, and without these names of persons, nor those that it says are the writer's own."""
    said = (match["name"] for match in _SAYS_WHO.finditer(text))
    names = (*names, *(name for name in said if _is_name(name)))
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
