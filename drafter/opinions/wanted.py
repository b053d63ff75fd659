"""Quoted words and the words wanted instead → one change of the issued text, or why there is none.

The change is that of the words which were changed between the two, made on the issued words that correspond: what was misquoted stays as it
was issued. Where the changed words themselves were misquoted, nobody can tell what is meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from drafter.opinions.index import Index
from drafter.opinions.normal import GAP, Plain, plain
from drafter.review.diff import Op, changes
from drafter.review.remarks import Change
from drafter.source.frozen import dataclass

_STOPS = "。；;"
_ENDS = "。；，、：！？;,:!?."
_LONG, _SHORT = 12, 0.4
"""Of quoted words this long, in plain characters, no less than this share stays where only a part was to be changed."""
_BESIDE = 4  # as many issued characters repeated beside the quoted ones are no coincidence


@dataclass(frozen=True, slots=True)
class Stretch:
    """Quoted words between two gaps, and for each of their plain characters the plain character of the index that it is, -1 for none."""

    words: Plain
    written: str
    same: tuple[int, ...]

    @property
    def start(self) -> int:
        """The first issued character that is surely quoted."""
        return next(at - offset for offset, at in enumerate(self.same) if at >= 0)

    @property
    def end(self) -> int:
        """Behind the last one."""
        last = len(self.same)
        return next(at + last - offset for offset, at in reversed(list(enumerate(self.same))) if at >= 0)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A change; or the code of what is in its way."""

    change: Change | None = None
    obstacle: str = ""


def stretch(index: Index, written: str, start: int, end: int) -> Stretch:
    """Quoted words beside the plain characters `start:end` of the index."""
    words = plain(written)
    same = [-1] * len(words.text)
    for each in Levenshtein.opcodes(words.text, index.text[start:end]):
        if each.tag == "equal":
            for offset in range(each.src_end - each.src_start):
                same[each.src_start + offset] = start + each.dest_start + offset
    return Stretch(words, written, tuple(same))


@dataclass(frozen=True, slots=True)
class _Edit:
    """Plain characters `start:end` of the index become `new`; a point stands before the character `start`, or behind the one before it."""

    start: int
    end: int
    new: str
    behind: bool = False


def wanted(index: Index, quoted: Sequence[Stretch], instead: str) -> Wanted:
    """What becomes of the issued words."""
    if not plain(instead).text:
        return _made(index, quoted, [_Edit(quoted[0].start, quoted[-1].end, "")], strict=True)
    parts = GAP.split(instead) if len(quoted) > 1 else [instead]
    if len(parts) != len(quoted):
        return Wanted(obstacle="opinions.gap")
    edits: list[_Edit] = []
    for number, (each, part) in enumerate(zip(quoted, parts, strict=True), 1):
        each, part = _ended(*_widened(index, each, part), last=number == len(quoted))  # noqa: PLW2901 -- the same two, as they are meant
        if _too_short(each, part):
            return Wanted(obstacle="opinions.extent")
        found = list(_edits(each, part))
        if None in found:
            return Wanted(obstacle="opinions.misquoted")
        edits += [edit for edit in found if edit is not None]
        quoted = [*quoted[: number - 1], each, *quoted[number:]]
    if not edits:
        return _looks(index, quoted, instead)
    return _made(index, quoted, edits)


def _looks(index: Index, quoted: Sequence[Stretch], instead: str) -> Wanted:
    """A change of nothing but width, quotation marks or spaces, where the words were quoted as they look."""
    each = quoted[0]
    home = index.paragraph(each.same[0]) if len(quoted) == 1 and -1 not in each.same else -1
    if home < 0 or index.paragraph(each.same[-1]) != home:
        return Wanted(obstacle="opinions.same")
    start = index.offset(each.same[0])
    was, will = each.written.strip(), instead.strip()
    ops = changes(was, will) if index.issued[home].text.startswith(was, start) else ()
    if not ops:
        return Wanted(obstacle="opinions.same")
    first, last = ops[0].start, ops[-1].end
    new = will[first : len(will) - (len(was) - last)]
    return Wanted(Change(home, start + first, start + last, new))


def _too_short(quoted: Stretch, part: str) -> bool:
    length = len(quoted.words.text)
    return length >= _LONG and len(plain(part).text) < length * _SHORT


def _widened(index: Index, quoted: Stretch, part: str) -> tuple[Stretch, str]:
    """The quoted words with those beside them that the new ones repeat: a whole sentence was written for the few words that were quoted."""
    words, own = plain(part).text, quoted.words.text
    start, end = quoted.start, quoted.end
    before = behind = 0
    if words[:1] != own[:1]:
        before = _repeated(len(words), lambda n: index.text[:start].endswith(words[:n]))
    if words[-1:] != own[-1:]:
        behind = _repeated(len(words) - before, lambda n: index.text.startswith(words[-n:], end))
    if not before and not behind:
        return quoted, part
    written = words[:before] + quoted.written + words[len(words) - behind :]
    same = (*range(start - before, start), *quoted.same, *range(end, end + behind))
    return Stretch(plain(written), written, same), part


def _repeated(most: int, there: Callable[[int], bool]) -> int:
    return next((length for length in range(most, _BESIDE - 1, -1) if there(length)), 0)


def _ended(quoted: Stretch, part: str, *, last: bool) -> tuple[Stretch, str]:
    """The new words with the punctuation that the quoted ones end in, no more and no less: people leave it out and put it in by habit."""
    if not last:
        return quoted, part
    ends, will = quoted.words.text[-1:], plain(part).text[-1:]
    if ends in _ENDS and will not in _ENDS:
        at = quoted.words.at[-1]
        return quoted, part.rstrip() + quoted.written[at : at + 1]
    if will in _STOPS and ends not in _ENDS:
        return quoted, part.rstrip().rstrip("。；;")
    return quoted, part


def _edits(quoted: Stretch, part: str) -> Iterator[_Edit | None]:
    """What was changed, on the issued characters; None for what cannot be told."""
    words = plain(part)
    shift = 0
    for op in changes(quoted.words.text, words.text):
        start, end = words.span(op.start + shift, op.start + shift + len(op.new))
        shift += len(op.new) - (op.end - op.start)
        yield _edit(quoted.same, op, part[start:end] if op.new else "")


def _edit(same: Sequence[int], op: Op, new: str) -> _Edit | None:
    """The characters and their neighbours on both sides must have been quoted as they are."""
    around = same[max(op.start - 1, 0) : op.end + 1]
    if not around or around[0] < 0 or any(b != a + 1 for a, b in pairwise(around)):
        return None
    first = around[0] + (op.start > 0)
    return _Edit(first, first + op.end - op.start, new, behind=op.start == len(same))


def _made(index: Index, quoted: Sequence[Stretch], edits: Sequence[_Edit], *, strict: bool = False) -> Wanted:
    """One change from the first edit to the last; with `strict` the quoted words must begin and end as issued."""
    whole = [at for each in quoted for at in (each.same[0], each.same[-1])]
    if strict and -1 in whole:
        return Wanted(obstacle="opinions.misquoted")
    start, end = edits[0].start, edits[-1].end
    home = index.paragraph(start - edits[0].behind)
    if any(
        index.paragraph(at) != home for at in (max(end - 1, start - edits[0].behind), start - edits[0].behind)
    ):
        return Wanted(obstacle="opinions.paragraphs")
    if index.cuts_number(start, end):
        return Wanted(obstacle="opinions.misquoted")
    text = index.issued[home].text
    spans = [_span(index, edit) for edit in edits]
    new, at = "", spans[0][0]
    for (a, b), edit in zip(spans, edits, strict=True):
        new, at = new + text[at:a] + edit.new, b
    return Wanted(Change(home, spans[0][0], spans[-1][1], new))


def _span(index: Index, edit: _Edit) -> tuple[int, int]:
    """Offsets in the paragraph."""
    if edit.start < edit.end:
        return index.offset(edit.start), index.offset(edit.end - 1) + 1
    at = index.offset(edit.start - 1) + 1 if edit.behind else index.offset(edit.start)
    return at, at
