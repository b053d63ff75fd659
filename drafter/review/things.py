"""Objects in an untouched place that are not what was issued: a picture replaced or resized, a formula rewritten, words of a box or field changed.

An object that came or went is a change of words like any other, told where words are compared. Here those are looked at that stand for the same
sign as before. Word processors write pictures anew: a smaller one of the same shape, and the same one in another form, are no other picture.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from drafter.picture.model import Paragraph, Position, Run, Thing, ViewParagraph
from drafter.review.places import Places
from drafter.review.remarks import Confidence, Kind, Remark, Unlocated
from drafter.review.spots import Spots, at_spot, placed
from drafter.review.tracked import mark_of
from drafter.review.wording import NAMES
from drafter.source.frozen import dataclass
from drafter.word.anchors import OBJECT, Anchor, Extra

_EMU_PER_CM = 360_000
_SHARE, _LEAST = 0.02, 25_400  # a size that differs by less than this, in share and EMU, is rounded otherwise
_ASPECT = 0.015
_BY_WORDS = frozenset(("formula", "box", "wordart", "chart", "diagram", "embedded"))


def thing_remarks(
    original: Sequence[ViewParagraph], places: Places, issued: Sequence[Anchor], *, complete: bool
) -> Iterator[Remark]:
    """A remark for each object that is another one than was issued; `complete`: the record knows them all."""
    known = any(kind in NAMES for anchor in issued for _, _, kind, _ in anchor.extras)
    for index, paragraph in enumerate(original):
        if OBJECT not in paragraph.text or paragraph.toc:
            continue
        for stretch in paragraph.stretches:
            run = stretch.run
            if run.text == OBJECT and (known or run.thing is not None):
                point = places.point(index, stretch.start)
                if point is not None and point.exact:
                    yield from _compared(run, point.anchor, point.offset, issued, complete=complete)


def _compared(run: Run, index: int, at: int, issued: Sequence[Anchor], *, complete: bool) -> Iterator[Remark]:
    anchor = issued[index]
    if anchor.text[at : at + 1] != OBJECT:
        return
    spot = placed(issued, index, at, at + 1)
    thing, was = run.thing, next((each for each in anchor.extras if each[0] == at and each[2] in NAMES), None)
    if thing is not None and thing.kind == "field":
        return
    if was is not None:
        made = _other(was, thing)
    elif thing is not None and complete:
        made = _replaced("", thing, f"换成了{NAMES[thing.kind]}")
    else:
        return
    if made is not None:
        yield at_spot(made, spot, issued)


@dataclass(frozen=True, slots=True)
class Inside:
    """An object inside which something was tracked, and where it stands in the picture."""

    thing: Thing
    start: Position
    end: Position


def insides(paragraphs: Iterable[Paragraph]) -> list[Inside]:
    """The objects inside which something was tracked."""
    found = []
    for paragraph in paragraphs:
        at = 0
        for run in paragraph.runs:
            if run.thing is not None and run.thing.revisions:
                start = Position(paragraph.index, at)
                found.append(Inside(run.thing, start, Position(paragraph.index, at + len(run.text))))
            at += len(run.text)
    return found


def inside_remarks(found: Iterable[Inside], spots: Spots, issued: Sequence[Anchor]) -> Iterator[Remark]:
    """A remark for each of them."""
    for each in found:
        spot = spots.spot(each.start, each.end)
        remark = tracked_inside(each.thing)
        yield remark if spot is None else at_spot(remark, spot, issued)


def tracked_inside(thing: Thing) -> Remark:
    """What was tracked inside an object, without its place."""
    first = thing.revisions[0]
    marks = tuple(dict.fromkeys(map(mark_of, thing.revisions)))
    remark = _remark(Kind.OBJECT, thing.before, thing.words, "")
    return replace(remark, tracked=True, author=first.author, date=first.date, marks=marks)


def _other(was: Extra, thing: Thing | None) -> Remark | None:
    """The remark on an object that is no more what it was."""
    _, _, kind, what = was
    if thing is None:
        return _replaced(what if kind in _BY_WORDS else "", None, f"{NAMES[kind]}换成了别的")
    if thing.kind != kind:
        if {kind, thing.kind} <= {
            "drawing",
            "box",
            "wordart",
            "picture",
            "diagram",
            "chart",
        } and not thing.words:
            return None  # LibreOffice shows what it cannot keep as a picture or a drawing
        return _replaced(what if kind in _BY_WORDS else "", thing, f"{NAMES[kind]}换成了{NAMES[thing.kind]}")
    if kind == "picture":
        return _picture(what, thing)
    if kind in _BY_WORDS and _plain(what, kind) != _plain(thing.before, kind):
        return _replaced(what, thing, "")
    return None


def _replaced(before: str, thing: Thing | None, comment: str) -> Remark:
    words = thing.before if thing is not None and thing.kind in _BY_WORDS else ""
    kind = Kind.PICTURE if thing is not None and thing.kind == "picture" else Kind.OBJECT
    return _remark(kind, before, words, comment)


def is_picture(what: str, thing: Thing) -> bool:
    """Whether a picture is the one that was known by `what`."""
    id_, _, _, wide, high, form = what.split(" ")
    return _is_same(thing, id_, (int(wide), int(high)), form)


def _picture(what: str, thing: Thing) -> Remark | None:
    across, down = (int(each) for each in what.split(" ")[1:3])
    said = [] if is_picture(what, thing) else ["换了图片"]
    if _differs(across, thing.across) or _differs(down, thing.down):
        said.append(f"改了大小：{_size(across, down)}→{_size(thing.across, thing.down)}")
    if thing.cropped:
        said.append("裁剪了")
    return _remark(Kind.PICTURE, "", "", "；".join(said)) if said else None


def _is_same(thing: Thing, id_: str, pixels: tuple[int, int], form: str) -> bool:
    if thing.id == id_ or not all(pixels):
        return True
    if thing.pixels == pixels:
        return thing.form != form  # the same picture in another form
    smaller = 0 < thing.pixels[0] < pixels[0] and 0 < thing.pixels[1] < pixels[1]
    return smaller and abs(thing.pixels[0] * pixels[1] / (thing.pixels[1] * pixels[0]) - 1) < _ASPECT


def _differs(before: int, now: int) -> bool:
    return bool(before and now) and abs(before - now) > max(before * _SHARE, _LEAST)


def _size(across: int, down: int) -> str:
    return f"{across / _EMU_PER_CM:.1f}×{down / _EMU_PER_CM:.1f}厘米"


def _plain(words: str, kind: str) -> str:
    """Words without blanks, in one form of each sign: word processors set them otherwise, and build brackets round a formula out of other things."""
    signs = (
        sign for sign in unicodedata.normalize("NFKC", words) if unicodedata.category(sign) not in _BLANK
    )
    return "".join(sign for sign in signs if kind != "formula" or sign not in _BRACKETS)


_BLANK = ("Zs", "Cf", "Cc")
_BRACKETS = "()[]{}|\u2223\u2225\u27e8\u27e9"


def _remark(kind: Kind, original: str, proposed: str, comment: str) -> Remark:
    return Remark(
        id="",
        kind=kind,
        tracked=False,
        author="",
        date="",
        original=original,
        proposed=proposed,
        comment=comment,
        confidence=Confidence.SURE,
        target=Unlocated("review.unaligned"),
        obstacle="review.object",
    )
