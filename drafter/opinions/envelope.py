"""What stands around the opinions of a letter: heads, salutation, first and last sentences, signature, day. It is no opinion, and is kept."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drafter.opinions.labels import iso_day
from drafter.opinions.points import Paragraph, signed
from drafter.source.frozen import dataclass
from drafter.source.surnames import DOUBLE, SINGLE

_OFFICE = "(?:局|委|委员会|办|办公室|厅|院|会|部|处|科|室|所|站|中心|公司|集团|政府|大学|学院|学校|医院|法院|检察院|协会|联合会|学会|商会|党组|街道|指挥部|管委会)"
_SIGNATURE = re.compile(
    rf"[一-龥（）()、·\s]{{2,40}}?{_OFFICE}(?:[（(](?:盖章|章|公章|代章)[）)])?|[（(](?:盖章|章|公章|印章)[）)]"
)
_UNIT = re.compile(rf"(?P<unit>[一-龥（）()、·]{{2,40}}?{_OFFICE})(?:[（(][^）)]*[）)])?$")
_TITLE = re.compile(
    r"(?P<unit>[一-龥（）()]{2,24}?)?(?:关于|对).{2,120}(?:复函|回函|的函|函|意见|建议|回复|反馈|反馈意见|答复|报告|情况|说明|修改意见|修改建议)(?:[（(][^）)]*[）)])?"
)
_NUMBER = re.compile(r"[一-龥A-Za-z]{0,12}[〔\[【(（](?:19|20)\d\d[〕\]】)）]\s*(?:第)?\d+\s*号")
_HEAD = re.compile(rf"(?P<unit>[一-龥]{{2,24}}?{_OFFICE})\s*(?:文件|[（(]?(?:函|便函|信笺|复函)[）)]?)")
_ADDRESSEE = re.compile(r"[^，。；：:\n]{2,40}[：:]")
_OFFICE_END = re.compile(rf"{_OFFICE}[：:]$")
_GREETING = re.compile(r"(?:尊敬的|各位|你们?好|您好|大家好).{0,16}[：:，,!！。]?")
_LEADS_IN = re.compile(
    r".{0,160}(?:如下(?=(?:几点|几条|[一二三四五六七八九十\d]+[点条])?(?:修改|具体)?(?:意见|建议|意见和建议|意见建议)(?:[：:。]|$)).{2,12}|如下|以下(?:几点|几条|几方面|[一二三四五六七八九十\d]+[点条]|修改|具体|相关)?(?:的)?(?:意见|建议|修改意见|意见建议|意见和建议|修改建议|问题)?"
    r"|意见(?:和|及)?建议|修改意见|有关意见|反馈意见|具体意见|主要意见)(?:[：:。]|$)"
)
_PRESENTS = re.compile(
    r"现|经|提出|反馈|回复|函复|答复|收悉|建议如下|意见如下|如下|以下|^(?:修改|反馈|具体|主要|有关|几点)?(?:的)?(?:意见|建议)"
)
_CLOSES = re.compile(
    r"(?:以上(?:意见|建议|内容|修改意见|几点意见)*[，,]?(?:妥否|当否|如有不妥|不妥之处|仅?供.{0,10}参考|请.{0,12}(?:酌|研究|考虑|参考|采纳|审阅|审示|指正|定)|供.{0,10}(?:参考|参阅)|是否妥当|特此|.{0,4}函复).*"
    r"|(?:妥否|当否|是否妥当|不妥之处|如有不妥)[，,、]?.*|此(?:复|函|致|告|达)|(?:特|专|谨)此?(?:此)?(?:函复|回复|复函|函告|函达|反馈|函|复|说明|报告|答复|致函|回函)"
    r"|请(?:予以?|一并|统筹|贵局|你局|你们)*(?:考虑|审阅|参考|酌情|酌处|酌定|研究|审定|参酌|斟酌|采纳为盼).{0,8}|顺(?:致|祝|颂).*|敬礼|谢谢.*|感谢.{0,20}|祝.{0,12}|附件?[:：].*|抄送[:：].*|联系人[:：].*|[（(]联系人.*[）)]|[（(].{0,12}联系(?:电话|方式|人).*[）)])[。.！!]?",
    re.DOTALL,
)  # fmt: skip
_DAY = re.compile(r"[（(]?(?:二[〇○零O０]|20|19)\S{1,3}\s*年\s*\S{1,3}\s*月(?:\s*\S{1,3}\s*日)?[）)]?")
_CONTACT = re.compile(r"联系人\s*[:：]?\s*(?P<name>[一-龥·]{2,6})")
_TELEPHONE = re.compile(r"(?:电话|手机|联系方式)\s*[:：]?\s*(?P<number>[0-9０-９\-－— ]{5,20})")
_NAME = re.compile(r"(?P<name>[一-龥]{2,4})(?:敬上|谨上|上|先生|女士)?")
_LONGEST_HEAD = 6  # paragraphs that may stand above the first words


@dataclass(frozen=True, slots=True)
class Opened:
    """A letter without its envelope; `outside` are the paragraphs of the envelope, in their order."""

    body: tuple[Paragraph, ...]
    outside: tuple[Paragraph, ...]
    unit: str = ""
    date: str = ""
    contact: str = ""
    telephone: str = ""


def opened(paragraphs: Sequence[Paragraph]) -> Opened:
    """The letter taken out of its envelope."""
    first = _first(paragraphs)
    last = _last(paragraphs, first)
    outside = (*paragraphs[:first], *paragraphs[last:])
    text = "\n".join(each.text for each in outside)
    contact, telephone = _CONTACT.search(text), _TELEPHONE.search(text)
    signature = next(
        (name for at in range(last, len(paragraphs)) if (name := _signature(paragraphs, at))), ""
    )
    return Opened(
        tuple(paragraphs[first:last]),
        outside,
        _unit(paragraphs[:first], paragraphs[last:]),
        next((day for each in reversed(paragraphs[last:]) if (day := iso_day(each.text))), ""),
        contact["name"] if contact else signature,
        telephone["number"].strip() if telephone else "",
    )


def _first(paragraphs: Sequence[Paragraph]) -> int:
    """Where the words begin: behind the head, the title, the number and the salutation."""
    at = 0
    while at < min(len(paragraphs), _LONGEST_HEAD) and _is_head(paragraphs[at].text):
        at += 1
    return at


def _is_head(text: str) -> bool:
    if signed(text):
        return False
    patterns = (_HEAD, _NUMBER, _TITLE, _ADDRESSEE, _GREETING, _SIGNATURE)
    leads = text.endswith(("：", ":")) and leads_in(text)
    return not leads and any(pattern.fullmatch(text) for pattern in patterns)


def _last(paragraphs: Sequence[Paragraph], first: int) -> int:
    """Behind the words: from the end upward, signature, day, contact, closing sentences."""
    at = len(paragraphs)
    while at > first and (_is_tail(paragraphs[at - 1].text) or _signature(paragraphs, at - 1)):
        at -= 1
    return at


def _signature(paragraphs: Sequence[Paragraph], at: int) -> str:
    """The person who signed in this paragraph: a name above the day, below a whole sentence. Empty for anything that may be said."""
    if not 0 < at < len(paragraphs) - 1 or not _DAY.fullmatch(paragraphs[at + 1].text.strip()):
        return ""
    found = _NAME.fullmatch(paragraphs[at].text.strip())
    if found is None or not paragraphs[at - 1].text.rstrip().endswith(("。", "！", "!", "？", "?", "…")):
        return ""
    name = found["name"]
    return name if name[:2] in DOUBLE or name[0] in SINGLE else ""


def _is_tail(text: str) -> bool:
    if signed(text):
        return False
    lines = [line.strip() for line in re.split(r"[\n\t]|\s{2,}|\u3000+", text) if line.strip()]
    return all(closes(line) or _DAY.fullmatch(line) or _SIGNATURE.fullmatch(line) for line in lines)


def is_letter(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether there is somebody whom these paragraphs are written to."""
    return any(
        _ADDRESSEE.fullmatch(each.text) and not leads_in(each.text) and _OFFICE_END.search(each.text)
        for each in paragraphs[:_LONGEST_HEAD]
    )


def closes(text: str) -> bool:
    """Whether a paragraph only ends a letter."""
    return bool(_CLOSES.fullmatch(text))


def leads_in(text: str) -> bool:
    """Whether a paragraph only says that opinions follow."""
    return bool(_LEADS_IN.fullmatch(text) and _PRESENTS.search(text)) and not re.search(
        "建议[将把在对删增补]|改为", text
    )


def _unit(head: Sequence[Paragraph], tail: Sequence[Paragraph]) -> str:
    """Who signed; else who is named at the top."""
    for paragraph in reversed(tail):
        if not closes(paragraph.text) and not _DAY.fullmatch(paragraph.text):
            match = _UNIT.search(_DAY.sub("", re.sub(r"\s", "", paragraph.text)))
            if match:
                return match["unit"]
    for paragraph in head:
        match = _HEAD.fullmatch(paragraph.text) or _TITLE.fullmatch(paragraph.text)
        if match and match["unit"]:
            return match["unit"]
    return ""
