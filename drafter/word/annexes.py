"""The title of an annex of a plan (GB/T 9704-2012, 7.3.7): its number at the upper left, the title in the middle of the third line.

Both are one paragraph: the number is that of its list, two line breaks and a tab to the middle follow. So a table of contents that Word makes
anew says `附件1 title`: it leaves out breaks and tabs of a heading unless the switches `\\x` and `\\w` ask for them. Two paragraphs would
lose the number there. The style says whether a frame has it so: its stop in the middle.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from drafter.document.tree import Inline, Line, LineBreak, Text
from drafter.ooxml.parts import parsed
from drafter.ooxml.xml import attribute, w
from drafter.source.origins import generated, sliced
from drafter.word.styles import ANNEX_SIZE, MIDDLE
from drafter.word.titles import title_lines
from drafter.word.titles import width as breadth
from drafter.workspace.profile import SIZES, Profile

_TWIPS = 10  # of half a point
_NUMBER = SIZES["三号"]
_TAB, _BREAK, _TOP = (generated(text, "break") for text in ("\t", "\n\t", "\n\n\t"))


def stop_of(parts: Mapping[str, bytes]) -> int:
    """Twips to the stop in the middle that the style of the title has in this frame; 0 where it has none."""
    styles = parts.get("word/styles.xml")
    if styles is None:
        return MIDDLE
    for style in parsed(styles).iterchildren(w("style")):
        if style.get(w("styleId")) == "GwAnnex":
            stops = style.iterfind(f"{w('pPr')}/{w('tabs')}/{w('tab')}")
            return next((int(each.get(w("pos"), "0")) for each in stops if each.get(w("val")) == "center"), 0)
    return MIDDLE


def number_look(profile: Profile) -> str:
    """The number beside a title of another size: 三号 黑体."""
    font = attribute(profile.font("黑体"))
    return (
        f'<w:rFonts w:hint="eastAsia" w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/>'
        f'<w:sz w:val="{_NUMBER}"/><w:szCs w:val="{_NUMBER}"/>'
    )


def stops(stop: int, width: int) -> str:
    """`w:tabs` where the text is not as broad as the style thinks: on a turned page, in a reading copy. In order, as Word keeps them."""
    if stop == width // 2:
        return ""
    both = sorted(((stop, "clear"), (width // 2, "center")))
    tabs = "".join(f'<w:tab w:val="{what}" w:pos="{at}"/>' for at, what in both)
    return f"<w:tabs>{tabs}</w:tabs>"


def titled(line: Line, width: int, *, numbered: bool) -> Line:
    """The title in lines of like length, each in the middle of `width` twips, below its number."""
    return Line((Text(_TOP if numbered else _TAB), *_broken(line, width)), line.spans)


def _broken(line: Line, width: int) -> Iterator[Inline]:
    said = "".join(each.mapped.text for each in line.inlines if isinstance(each, Text))
    most = width // (ANNEX_SIZE * _TWIPS)
    by_hand = any(isinstance(each, LineBreak) for each in line.inlines)
    # Only what does not fit is broken: contents made anew have a space in the place of each break.
    lines = (said,) if by_hand or breadth(said) <= most else title_lines(said, most)
    ends, at = [], 0
    for each in lines[:-1]:
        at += len(each)
        ends.append(at)
    start = 0
    for inline in line.inlines:
        yield from _cut(inline, start, ends)
        start += len(inline.mapped.text) if isinstance(inline, Text) else 0


def _cut(inline: Inline, start: int, ends: list[int]) -> Iterator[Inline]:
    """An inline that begins at `start`, with a break behind each of the `ends` that it reaches, and a tab behind its own."""
    if isinstance(inline, LineBreak):
        yield inline
        yield Text(_TAB)
    elif not isinstance(inline, Text):
        yield inline
    else:
        length, done = len(inline.mapped.text), 0
        for end in ends:
            if start < end <= start + length:
                yield replace(inline, mapped=sliced(inline.mapped, done, end - start))
                yield Text(_BREAK)
                done = end - start
        if done < length or not length:
            yield replace(inline, mapped=sliced(inline.mapped, done, length))
