"""A change inside one paragraph → changes of the sources.

Nothing here decides whether an edit is right: `apply` rebuilds and compares. Here is decided what cannot be written at all, and why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from drafter.document.tree import Span
from drafter.merge.formats import scalar_for
from drafter.review import escape
from drafter.review.diff import Op, changes
from drafter.review.ground import in_markdown, line_end, line_start, places, tag, wide
from drafter.review.locate import exact, part, touched
from drafter.review.points import Blocked, Ground, insertion_point
from drafter.review.remarks import SliceEdit
from drafter.review.values import NewValue, take_apart
from drafter.source.files import Source
from drafter.source.frozen import dataclass
from drafter.source.origins import DataValue, Generated, Piece, SourceSlice
from drafter.word.anchors import OBJECT, Anchor


@dataclass(frozen=True, slots=True)
class Edits:
    """The changes of source, or the obstacle; `elsewhere` are the issued paragraphs that print the same words."""

    edits: tuple[SliceEdit, ...] = ()
    obstacle: str = ""
    elsewhere: tuple[int, ...] = ()
    value: NewValue | None = None


def in_paragraph(ground: Ground, index: int, op: Op, *, notes: bool = False) -> Edits:
    """The edits that do to the sources what `op` did to the issued paragraph `index`; `notes` says that struck marks take theirs along."""
    anchor = ground.issued[index]
    try:
        if not escape.writable(op.new.replace(OBJECT, "")):
            raise Blocked("review.character")
        if OBJECT in op.new:
            return _around_objects(ground, index, op)
        return _apart(ground, index, anchor, op, notes=notes)
    except Blocked as blocked:
        return Edits(obstacle=blocked.code, elsewhere=blocked.elsewhere)


def _around_objects(ground: Ground, index: int, op: Op) -> Edits:
    """A change that keeps its notes and pictures is a change of the words between them."""
    anchor = ground.issued[index]
    old = anchor.text[op.start : op.end]
    if old.count(OBJECT) != op.new.count(OBJECT):
        raise Blocked("review.object")
    edits: list[SliceEdit] = []
    at = op.start
    for before, after in zip(old.split(OBJECT), op.new.split(OBJECT), strict=True):
        if before != after:
            made = _apart(ground, index, anchor, Op(at, at + len(before), after))
            edits += made.edits
        at += len(before) + 1
    return Edits(tuple(edits))


def _apart(ground: Ground, index: int, anchor: Anchor, op: Op, *, notes: bool = False) -> Edits:
    sorted_out = take_apart(anchor, op)
    if sorted_out.obstacle:
        raise Blocked(sorted_out.obstacle)
    made = [value_edit(ground, sorted_out.value)] if sorted_out.value else []
    gone = [ground.expression(_expression(piece), index) for piece in sorted_out.removed]
    writer = _Words(ground, index, anchor, gone, notes=notes)
    for each in sorted_out.words:
        writer.write(each)
    return Edits((*made, *writer.finished()), value=sorted_out.value)


def _expression(piece: Piece) -> SourceSlice:
    origin = piece.origin
    if isinstance(origin, DataValue) and origin.expression is not None:
        return origin.expression
    raise Blocked("review.value-removed")


def value_edit(ground: Ground, new: NewValue) -> SliceEdit:
    """The datum's scalar, as the reviewer wants it printed."""
    datum = new.value.datum
    if datum.formula or datum.place is None:
        raise Blocked("review.derived")
    source = ground.source(datum.place)
    scalar = source.text[datum.place.start : datum.place.end]
    text = scalar_for(new.text, new.was, scalar, new.value.form)
    if text is None:
        raise Blocked("review.unreadable-value")
    return SliceEdit(datum.place, text)


@dataclass
class _Words:
    """Writes changes of words into one paragraph: `gone` is what is struck out of the source, `put` what is put there."""

    ground: Ground
    index: int
    anchor: Anchor
    gone: list[SourceSlice]
    put: list[SliceEdit] = field(default_factory=list)
    notes: bool = False

    def write(self, op: Op) -> None:
        """One change of words."""
        old = self.anchor.text[op.start : op.end]
        if old and op.new:
            for inner in changes(old, op.new):
                self._one(Op(op.start + inner.start, op.start + inner.end, inner.new))
        else:
            self._one(op)

    def _one(self, op: Op) -> None:
        struck = [
            self._struck(piece, op)
            for piece in touched(self.anchor, op.start, op.end)
            if not isinstance(piece.origin, DataValue)
        ]
        self.gone += struck
        if not op.new:
            return
        if op.start < op.end:
            values = [place for place in self.gone if self._of_value(place, op)]
            start = min((*struck, *values), key=lambda place: place.start)
            place = SourceSlice(start.path, start.start, start.start)
        else:
            place = insertion_point(self.ground, self.index, op.start)
        self.put.append(SliceEdit(place, self._written(place, op)))

    def _of_value(self, place: SourceSlice, op: Op) -> bool:
        return any(
            isinstance(piece.origin, DataValue)
            and piece.origin.expression is not None
            and place.path == piece.origin.expression.path
            and place.start <= piece.origin.expression.start < place.end
            for piece in touched(self.anchor, op.start, op.end)
        )

    def _struck(self, piece: Piece, op: Op) -> SourceSlice:
        origin = piece.origin
        if isinstance(origin, Generated):
            if origin.expression is None or self.anchor.text[piece.start : piece.end] != OBJECT:
                raise Blocked("review.generated")
            return self._object(tag(self.ground.source(origin.expression), origin.expression))
        place = part(piece, op.start, op.end)
        if place is None:
            raise Blocked("review.generated")
        if OBJECT in self.anchor.text[piece.start : piece.end] and not exact(piece):
            return self._object(place)
        self.ground.source(place)
        return self.ground.once(place, self.index)

    def _object(self, place: SourceSlice) -> SourceSlice:
        """A reference may be struck out; with a note's mark its note would go, with a picture the picture."""
        source = self.ground.source(place)
        note = self.notes and source.text.startswith("[^", place.start)
        if not note and source.text[place.start : place.start + 1] != "@":
            raise Blocked("review.object")
        return place

    def _written(self, place: SourceSlice, op: Op) -> str:
        source = self.ground.source(place)
        if not in_markdown(source, place.start):
            return op.new
        if "\n" in op.new and self.anchor.kind in {"cell", "head", "heading", "title", "caption"}:
            raise Blocked("review.line-break")
        text = source.text
        end = max((gone.end for gone in self.gone if gone.start == place.start), default=place.start)
        words = escape.markdown(op.new, text[place.start - 1 : place.start], text[end : end + 1])
        first = op.start == 0 or not text[line_start(text, place.start) : place.start].strip()
        last = op.end == len(self.anchor.text) or not text[end : line_end(text, end)].strip()
        words = escape.spaces(words, first=first, last=last)
        return escape.broken(words, self._indent(text, place.start))

    def _indent(self, text: str, at: int) -> str:
        line = text[line_start(text, at) :]
        prefix = escape.PREFIX.match(line)
        return " " * len(prefix.group()) if prefix else ""

    def finished(self) -> list[SliceEdit]:
        """All edits of the paragraph, emptied delimiters taken along, lines kept whole."""
        if not self.gone and not self.put:
            return []
        if len({place.path for place in (*self.gone, *(edit.slice for edit in self.put))}) > 1:
            raise Blocked("review.structure")
        source = self.ground.source((*self.gone, *(edit.slice for edit in self.put))[0])
        if not in_markdown(source, (*self.gone, *(edit.slice for edit in self.put))[0].start):
            return self._scalar(source)
        self._delimiters()
        edits = _joined(source.text, self.gone, self.put)
        return [_settled(source, self._bounds(source), edit) for edit in edits]

    def _bounds(self, source: Source) -> tuple[int, int]:
        own = [tag(source, place) for place in places(self.anchor) if place.path == source.path]
        return min(place.start for place in own), max(place.end for place in own)

    def _scalar(self, source: Source) -> list[SliceEdit]:
        """Words that stand in YAML: a title, a head of a table view."""
        own = [place for place in places(self.anchor) if place.path == source.path]
        near = [
            place
            for place in own
            if any(
                place.start <= each.start <= place.end for each in (*self.gone, *(e.slice for e in self.put))
            )
        ]
        if not near:
            raise Blocked("review.yaml")
        content = (near[0].start, near[-1].end)
        out = []
        for edit in _joined(source.text, self.gone, self.put):
            text = escape.yaml(source.text, edit.slice.start, edit.slice.end, content, edit.text)
            if text is None:
                raise Blocked("review.yaml")
            out.append(SliceEdit(edit.slice, text))
        return out

    def _delimiters(self) -> None:
        for span in self.anchor.spans:
            if span.open and span.close and self._emptied(span):
                self.gone += [span.open, span.close]

    def _emptied(self, span: Span) -> bool:
        a, b = span.open, span.close
        if a is None or b is None:
            return False
        if any(a.end <= edit.slice.start <= b.start for edit in self.put):
            return False
        inner = [
            place
            for place in places(self.anchor)
            if place.path == a.path
            and a.end <= place.start
            and place.end <= b.start
            and place.start < place.end
        ]
        return bool(inner) and all(self._covered(place) for place in inner)

    def _covered(self, place: SourceSlice) -> bool:
        at = place.start
        for gone in sorted(self.gone, key=lambda each: each.start):
            if gone.start <= at < gone.end:
                at = gone.end
        return at >= place.end


def _joined(text: str, gone: Sequence[SourceSlice], put: Sequence[SliceEdit]) -> list[SliceEdit]:
    """Deletions that only white space parts are one; what is put in where one begins belongs to it."""
    out: list[SliceEdit] = []
    for place in sorted(set(gone), key=lambda each: (each.start, each.end)):
        last = out[-1].slice if out else None
        between = text[last.end : place.start] if last else "-"
        crosses = any(last.end < edit.slice.start <= place.start for edit in put) if last else False
        if last and not between.strip() and (not between or "\n" in between) and not crosses:
            out[-1] = SliceEdit(SourceSlice(place.path, last.start, max(last.end, place.end)), "")
        else:
            out.append(SliceEdit(place, ""))
    for edit in put:
        same = [
            index for index, each in enumerate(out) if each.slice.start == edit.slice.start < each.slice.end
        ]
        if same:
            out[same[0]] = SliceEdit(out[same[0]].slice, out[same[0]].text + edit.text)
        else:
            out.append(edit)
    return sorted(out, key=lambda edit: (edit.slice.start, edit.slice.end))


def _settled(source: Source, bounds: tuple[int, int], edit: SliceEdit) -> SliceEdit:
    """An edit that leaves its lines readable as before: no blank line inside the paragraph, no new mark at the head of a line."""
    text, (start, end) = source.text, (edit.slice.start, edit.slice.end)
    words = edit.text
    first, last = line_start(text, start), line_end(text, end)
    before, behind = text[first:start], text[end:last]
    if not words and not before.strip() and not behind.strip() and first > bounds[0]:
        return SliceEdit(SourceSlice(source.path, first - 1, end), "")
    if not words and not behind.strip() and last < bounds[1] and not before.strip():
        return SliceEdit(SourceSlice(source.path, start, _content(text, last)), "")
    if not behind and last < bounds[1]:
        following = _content(text, last)
        if _opens(text[last - 1], text[following], (before + words)[-1:], text[following]):
            end, behind = following, text[following : line_end(text, following)]
    opens = (
        first > bounds[0]
        and start < last
        and _opens(text[first - 2], text[start], text[first - 2], (words + behind)[:1])
    )
    if not before.strip() and opens:
        return SliceEdit(SourceSlice(source.path, first - 1, end), words)
    if escape.PREFIX.fullmatch(before):
        mark = escape.line_mark(words + behind)
        if mark > len(words):
            words, end = words + text[end : end + mark - len(words)] + "\\", end + mark - len(words)
        elif mark >= 0:
            words = words[:mark] + "\\" + words[mark:]
    return SliceEdit(SourceSlice(source.path, start, end), words)


def _opens(left: str, right: str, new_left: str, new_right: str) -> bool:
    """Whether a line end between these characters printed nothing and would print something between the new ones."""
    return wide(left) and wide(right) and not (wide(new_left) and wide(new_right))


def _content(text: str, newline: int) -> int:
    """Where the words of the line after `newline` begin."""
    at = newline + 1
    while text[at : at + 1] in (" ", "\t"):
        at += 1
    return at
