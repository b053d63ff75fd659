"""Words that cite a part of a plan: 段号, 第三章第二节（一）, 专栏4, 附表2, 附件1, a page; as patterns of plain words, and found in a sentence."""

from __future__ import annotations

import re
from itertools import pairwise

from drafter.document.numerals import chinese
from drafter.opinions.normal import plain

_MOST = 300
_FIGURES = {chinese(number): number for number in range(1, _MOST)} | {
    "两": 2,
    "廿": 20,
    **{f"一十{chinese(n)}": 10 + n for n in range(1, 10)},
}
N = r"([0-9]{1,3}|[零一二三四五六七八九十百两廿]{1,5})"
"""A count, in figures or in numerals."""

STEP = re.compile(
    rf"(?P<annex>附件{N})"
    rf"|(?<![代企意])(?P<caption>(?:附?[表图]|专栏)(?:格)?{N}(?![0-9]|[个项张份套名人位次]))"
    rf"|第(?P<ordinal>{N})(?P<unit>章|节|部分|条|款|项|点|大点|小点)"
    rf"|(?P<series>[一二三四五六七八九十]{{1,3}}[、.,](?!\d)|\([一二三四五六七八九十]{{1,3}}\)"
    r"|[0-9]{1,2}[、.](?!\d)|\([0-9]{1,2}\))"
)
"""One step down a plan: an annex, a table or box, 第三章, 三、."""

NUMBER = re.compile(
    r"(附[0-9]{1,2}|[0-9]{1,2})\.([0-9]{1,2})-([0-9]{1,3})(?:/([0-9]{1,3})|第([0-9]{1,3})行)?"
)
"""A 段号, with the row of a table."""

ROW = re.compile(rf"(?:中|的|里)?(?:第|序号){N}(?:行|项)?")
"""A row named behind its table."""

_PAGE = re.compile(rf"第?[Pp]?\.?{N}?页|[Pp]\.?\s?[0-9]{{1,3}}")
_WHOLE = re.compile(
    r"(?:规划|文稿|文件|稿子|征求意见稿)?(?:全文|全篇|通篇|整体|总体|全稿|整篇|综合)(?:意见|方面|上|部分|建议)*"
)
SMALL = ("条", "款", "项", "点", "大点", "小点")
"""What is counted in a part; alone it says nothing of where that is."""


def figure(word: str) -> int:
    """The number that a numeral means, 0 for none."""
    return int(word) if word.isdecimal() else _FIGURES.get(word, 0)


def place_words(text: str) -> str:
    """The citations in a sentence, as written: 段号, else steps one behind the other, else a page; empty where it cites nothing."""
    words = plain(text)
    for pattern in (NUMBER, STEP):
        found = [match for match in pattern.finditer(words.text) if not _list_sign(match, words.text)]
        while found and pattern is STEP and found[0]["unit"] in SMALL:
            del found[0]
        if found:
            last = found[0]
            for one, two in pairwise(found):
                if two.start() - one.end() > 1:
                    break
                last = two
            row = ROW.match(words.text, last.end()) if pattern is STEP and last["caption"] else None
            start, end = words.span(found[0].start(), row.end() if row else last.end())
            return text[start:end]
    page = _PAGE.search(words.text)
    return text[slice(*words.span(*page.span()))] if page else ""


def _list_sign(match: re.Match[str], text: str) -> bool:
    """`一、` or `1.` in the middle of a sentence is a sign of a list, not a citation."""
    return (
        "series" in match.re.groupindex
        and bool(match["series"])
        and not text[: match.start()].endswith(("第", "章", "节", "部分", "中", ")", "、"))
    )


def number_words(text: str) -> str:
    """The 段号 that a text begins with; empty where it begins otherwise."""
    words = plain(text)
    bare = words.text.lstrip("[(第段号:")
    match = NUMBER.match(bare)
    first = len(words.text) - len(bare)
    return text[slice(*words.span(first, first + match.end()))] if match else ""


def speaks_of_whole(words: str) -> bool:
    """Whether the words cite the plan as a whole."""
    return bool(_WHOLE.fullmatch(plain(words).text))


def cites_page(words: str) -> bool:
    """Whether the words cite a page."""
    return bool(_PAGE.search(plain(words).text))


def cites(words: str) -> bool:
    """Whether the words are of a kind that cites, be it a part that is not there."""
    text = plain(words).text
    return bool(NUMBER.search(text) or STEP.search(text))
