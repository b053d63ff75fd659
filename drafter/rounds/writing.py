"""A register → its file: the text of a new one, and the slice edits that turn the file of one register into that of another.

Fields that say nothing are left out. What people wrote beside them (comments, the order of keys, blank lines) stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Sequence as Items

from drafter.review.remarks import Change, Confidence
from drafter.rounds import slices
from drafter.rounds.model import Applied, Asked, Decision, Received, Register, Reply, Round, Row
from drafter.rounds.scalars import Value, written
from drafter.rounds.shape import RegisterFile
from drafter.rounds.slices import Slice, Values
from drafter.source import yaml
from drafter.source.files import Source
from drafter.source.frozen import dataclass
from drafter.source.lines import changed
from drafter.source.yaml import parse

_HEAD = """\
# 一轮征求意见和收到的全部意见，由 drafter round 和 drafter collect 写出。
# 人来填：office（承办科室）、decision（采纳、部分采纳、未采纳）、adopted（采纳的文字，和建议的不一样才填）、reason（理由）、contact（沟通情况）、by、on。
# 其余各项不用动；加注释、调顺序不影响。
"""
_INDENT = 2


def dumped(register: Register) -> str:
    """The text of a new file; the same register gives the same text."""
    lines = [_HEAD, "round:\n"]
    lines += [f"{' ' * _INDENT}{key}: {written(value)}\n" for key, value in _round(register.round).items()]
    for part in _PARTS:
        found = part.of(register)
        lines += [f"{part.key}:\n", *(part.item(each, _INDENT) for each in found)] if found else []
    return "".join(lines)


def edited(source: Source, before: Register, after: Register) -> str:
    """The text of `source`, the file of `before`, as the file of `after`: loaded again it equals that.

    Rows are known by their ids and keep their order; new ones may stand anywhere among them. Raises `ValueError` where rows have changed
    places, and for a `source` that is not the file of `before`.
    """
    text = source.text if source.text.endswith("\n") else source.text + "\n"
    root = parse(source).value
    if not isinstance(root, yaml.Mapping):
        raise ValueError(f"{source.path} is no register")  # noqa: TRY004 -- a wrong value, not a wrong type
    return slices.put(text, _edits(text, root, before, after))


def _edits(text: str, root: yaml.Mapping, before: Register, after: Register) -> Iterator[Slice]:
    head = root.get(RegisterFile.ROUND.name)
    if before.round != after.round and isinstance(head, yaml.Mapping):
        yield from slices.fields(text, head, _round(before.round), _round(after.round))
    stands = head
    for part in _PARTS:
        old, new = part.of(before), part.of(after)
        value = root.get(part.key)
        if old != new:
            yield from _part(text, root, part, _Both(old, new), stands)
        stands = value if value is not None else stands


@dataclass(frozen=True, slots=True)
class _Both:
    """The items of one part as they were and as they will be."""

    old: Items[Values]
    new: Items[Values]


@dataclass(frozen=True, slots=True)
class _Part:
    """A list of the file: its key, its items as plain values, and whether an item is written on one line. `id` is the key by which an item is known again."""

    key: str
    of: Callable[[Register], Items[Values]]
    id: str = ""
    inline: bool = False

    def item(self, values: Values, indent: int) -> str:
        """An item as whole lines."""
        return slices.inline(values, indent) if self.inline else slices.block(values, indent)


def _part(
    text: str, root: yaml.Mapping, part: _Part, both: _Both, above: yaml.Node | None
) -> Iterator[Slice]:
    """The edits of one list; `above` is the value below which it is put where it is not there yet."""
    key = next((name for name, _ in root.entries if name.text == part.key), None)
    node = root.get(part.key)
    if isinstance(node, yaml.Sequence) and node.items:
        if not slices.is_flow(text, node):
            yield from _items(text, part, node, both)
            return
        yield node.start, node.end, written(tuple(both.new))
        return
    lines = [part.item(each, _INDENT) for each in both.new]
    if key is not None and node is not None:
        yield slices.emptied(text, key, node)
        yield slices.below(text, node, lines)
    elif above is not None:
        yield slices.below(text, above, [f"{part.key}:\n", *lines])


def _items(text: str, part: _Part, node: yaml.Sequence, both: _Both) -> Iterator[Slice]:
    indent = slices.column(text, node)
    same = _same(part, both)
    last = -1
    for old, new in same.items():
        if new < last:
            raise ValueError(f"items of {part.key} have changed places")
        last = new
        item = node.items[old]
        if isinstance(item, yaml.Mapping):
            yield from slices.fields(text, item, both.old[old], both.new[new])
    come: dict[int, list[str]] = {}
    at = 0
    known = {new: old for old, new in same.items()}
    for index, values in enumerate(both.new):
        if index in known:
            at = known[index] + 1
        else:
            come.setdefault(at, []).append(part.item(values, indent))
    kept = [index in same for index in range(len(both.old))]
    yield from slices.items(text, node, kept, come)


def _same(part: _Part, both: _Both) -> Mapping[int, int]:
    """Which old items are which new ones."""
    if part.id:
        places = {each[part.id]: index for index, each in enumerate(both.new)}
        return {
            index: places[each[part.id]] for index, each in enumerate(both.old) if each[part.id] in places
        }
    out: dict[int, int] = {}
    old, new = [written(each) for each in both.old], [written(each) for each in both.new]
    at = to = 0
    for a, b, c, d in (*changed(old, new), (len(old), len(old), len(new), len(new))):
        out |= dict(zip(range(at, a), range(to, c), strict=True))
        # as many as there were: each one was changed where it stands
        out |= dict(zip(range(a, b), range(c, d), strict=True)) if b - a == d - c else {}
        at, to = b, d
    return out


# -- plain values ------------------------------------------------------------------------------------------------------


def _said(values: Mapping[str, Value | None]) -> Values:
    """Without what says nothing."""
    return {key: value for key, value in values.items() if value not in ("", (), None) and value is not False}


def _round(each: Round) -> Values:
    return _said(
        {
            "id": each.id, "plan": each.plan, "version": each.version, "kind": each.kind.value, "name": each.name,
            "opened": each.opened, "until": each.until, "note": each.note,
            "used": each.used or None,
        }
    )  # fmt: skip


def _asked(each: Asked) -> Values:
    return _said({"unit": each.unit, "copy": each.copy or None, "until": each.until})


def _reply(each: Reply) -> Values:
    return _said(
        {
            "unit": each.unit, "person": each.person, "date": each.date, "channel": each.channel,
            "conclusion": each.conclusion, "file": _received(each.file), "collected": each.collected,
        }
    )  # fmt: skip


def _received(each: Received) -> Values:
    head: Values = {"name": each.name, "sha256": each.sha256, "state": each.state.value}
    return {**head, **_said({"kept": each.kept, "reason": each.reason, "known": each.known})}


def _row(each: Row) -> Values:
    return _said(
        {
            "id": each.id, "unit": each.unit, "person": each.person, "date": each.date, "channel": each.channel,
            "kind": each.kind, "tracked": each.tracked, "chapter": each.chapter, "number": each.number, "where": each.where,
            "key": each.key, "unlocated": each.unlocated, "original": each.original, "proposed": each.proposed,
            "comment": each.comment, "reply_to": each.reply_to, "alike": each.alike, "conflicts": each.conflicts,
            "office": each.office, "decision": "" if each.decision is Decision.OPEN else each.decision.value,
            "adopted": each.adopted, "reason": each.reason, "contact": each.contact, "by": each.by, "on": each.on,
            "withdrawn": each.withdrawn, "applied": tuple(_applied(one) for one in each.applied),
            "confidence": "" if each.confidence is Confidence.UNSURE else each.confidence.value, "obstacle": each.obstacle,
            "spot": {"paragraph": each.spot.paragraph, "start": each.spot.start, "end": each.spot.end} if each.spot else None,
            "change": _change(each.change) if each.change else None, "file": each.file, "marks": each.marks,
            "collected": each.collected,
        }
    )  # fmt: skip


def _change(each: Change) -> Values:
    head: Values = {"anchor": each.anchor, "start": each.start, "end": each.end, "new": each.new}
    like = None if each.like < 0 else each.like
    return {**head, **_said({"like": like, "row": each.row, "notes": each.notes})}


def _applied(each: Applied) -> Values:
    told = {"column": each.column or None, "was": each.was, "now": each.now, "at": each.at}
    return {"file": each.file, "line": each.line, **_said(told), "sha256": each.sha256}


_PARTS = (
    _Part("asked", lambda register: [_asked(each) for each in register.round.asked], inline=True),
    _Part("replies", lambda register: [_reply(each) for each in register.replies]),
    _Part("rows", lambda register: [_row(each) for each in register.rows], id="id"),
)
