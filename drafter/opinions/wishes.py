"""A cell of a form in which somebody wrote what should stand there: the new words themselves, or an instruction."""

from __future__ import annotations

import re

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from drafter.opinions.normal import plain
from drafter.opinions.proposals import BECOMES, STRIKE, proposals, spoken_of
from drafter.opinions.quotation import unwrapped
from drafter.source.frozen import dataclass

_NOTHING = re.compile(r"[/\\\-—–－_~、，。.·\s]*|无|没有|暂无|略|无修改|N/?A", re.IGNORECASE)
_THIS = "(?:此|该|这|本|整|以上|上述|全部?|原)?(?:句|段|处|条|款|项|词|字|表述|内容|文字|部分|话|一句|一段)*"
_STRUCK = re.compile(rf"(?:建议|应当?|可以?|予以|请|直接|宜|将|把|{_THIS})*{STRIKE}{_THIS}(?:即可)?[。.！!]?")
_PUT = re.compile(rf"(?:建议|应当?|可以?|请|宜|拟|{_THIS})*(?:{BECOMES})\s*[：:]?\s*(?P<new>\S.*)", re.DOTALL)
_ASKS = re.compile(
    r"(?:[一二三四五六七八九十0-9]+[、.．]|[（(][一二三四五六七八九十0-9]+[）)])?\s*"
    r"(?:建议|请|应当?(?:在|将|对|把|与|进一步)|宜|可否|是否|能否|需要?(?:进一步|明确|补充)|进一步(?:明确|核实|完善|细化|研究)|"
    r"核实|核对|补充[“\"]|增加[“\"]|补充完善|补充说明|补充相关|增加相关|在.{0,40}(?:后|前|中|部分|处).{0,6}(?:增加|补充|插入|添加|加上)|"
    r"与.{0,20}(?:一致|衔接)|统一(?:表述|口径)|参照|不妥|表述不|同意|无意见)"
)
_ADVICE = re.compile(
    "统一|规范|核实|核对|精简|压缩|合并|调整|删减|细化|明确|增加|补充|完善|突出|加强|强化|进一步|不宜|是否|可否|体现|注意|考虑|参考|结合|对照|同上"
)
"""How advice begins that stands beside no words of the draft."""
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Wish:
    """The words of the draft, those wanted instead (None: none), and what is said in words."""

    quote: str
    instead: str | None
    words: str


def says_nothing(text: str) -> bool:
    """Whether a cell was filled in only to show that there is nothing to say."""
    return bool(_NOTHING.fullmatch(text.strip()))


def wish(quote: str, said: str, *, literal: bool) -> Wish:
    """What a cell means beside the quoted words; `literal` where its head asks for the new words (建议改为), not for advice (修改建议)."""
    text = said.strip()
    if says_nothing(text):
        return Wish(quote, None, "")
    if quote and _STRUCK.fullmatch(text):
        return Wish(quote, "", "")
    if not quote:
        return _by_itself(text, literal=literal)
    put = _PUT.fullmatch(text)
    if put:
        return Wish(quote, unwrapped(put["new"]), "")
    asks = bool(_ASKS.match(text)) and not _ASKS.match(quote)
    if not asks and _alike(quote, text):
        return Wish(quote, text, "")
    inside = _inside(quote, text)
    if inside is not None:
        return Wish(quote, inside, text)
    return Wish(quote, text, "") if literal and not asks else Wish(quote, None, text)


def _by_itself(text: str, *, literal: bool) -> Wish:
    """A cell without words of the draft beside it: what it quotes itself."""
    found = proposals(text)
    if len(found) == 1:
        return Wish(found[0].quote, found[0].instead, text)
    if not found and _STRUCK.fullmatch(text):  # what is to go nobody said in words
        return Wish("", None, text)
    if literal and not found and not _ASKS.match(text) and not _PUT.match(text) and not _ADVICE.match(text):
        return Wish("", text, "")
    return Wish(spoken_of(text), None, text)


def _inside(quote: str, text: str) -> str | None:
    """The quoted words after every proposal of an instruction; None where one is not about them."""
    found = proposals(text)
    new = quote
    for each in found:
        if each.instead is None or new.count(each.quote) != 1:
            return None
        new = new.replace(each.quote, each.instead)
    return new if found else None


def _alike(quote: str, text: str) -> bool:
    was, now = plain(quote).text, plain(text).text
    if Indel.normalized_similarity(was, now) >= _ALIKE:
        return True
    return len(now) > len(was) and fuzz.partial_ratio(was, now) >= 100 * (1 + _ALIKE) / 2
