"""Slice edits of YAML that people write in too: fields of a mapping set, added or taken out, items of a list appended or taken out.

What is not changed stays as it stands, with its comments, order and layout. A mapping is given as it is (a node with its text) and as it was
and will be (plain values): only keys whose value differs are touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Sequence as Items

from drafter.rounds.scalars import Value, written
from drafter.source import yaml
from drafter.source.yaml import Node, Scalar

Values = Mapping[str, Value]
Slice = tuple[int, int, str]
"""New characters for `start:end` of a text."""

_INDENT = "  "


def fields(text: str, node: yaml.Mapping, before: Values, after: Values) -> Iterator[Slice]:
    """The edits of one mapping. The keys of `before` and `after` stand in the order in which new ones are to be put."""
    order = list(after)
    for key in (*after, *(key for key in before if key not in after)):
        if before.get(key) == after.get(key):
            continue
        stands = _entry(node, key)
        if stands is None:
            if key in after:
                yield _added(text, node, order[: order.index(key)], key, after[key])
        elif key in after:
            yield _replaced(text, node, *stands, after[key])
        else:
            yield _removed(text, node, *stands)


def items(
    text: str, node: yaml.Sequence, kept: Items[bool], new: Mapping[int, Items[str]]
) -> Iterator[Slice]:
    """The edits of a block list: items that are not `kept` go, `new` ones (whole lines) come after so many of the old items."""
    for index, (item, stays) in enumerate(zip(node.items, kept, strict=True)):
        start = _line_start(text, _dash(text, item.start))
        if index == 0 and new.get(0):
            yield start, start, "".join(new[0])
        end = _line_end(text, _end(text, item))
        if not stays:
            yield start, end, ""
        if new.get(index + 1):
            yield _inserted(end, new[index + 1])


def column(text: str, node: yaml.Sequence) -> int:
    """How far the dashes of a block list are from the left."""
    dash = _dash(text, node.items[0].start)
    return dash - _line_start(text, dash)


def is_flow(text: str, node: Node) -> bool:
    """Whether a list or mapping stands between brackets."""
    return text[node.start : node.start + 1] in {"[", "{"}


def emptied(text: str, key: Scalar, value: Node) -> Slice:
    """Nothing left of the value of a key; a space, because between brackets a colon alone is none."""
    start = _colon(text, key)
    return start, max(start, _end(text, value)), " "


def below(text: str, value: Node, lines: Items[str]) -> Slice:
    """Whole lines put below the line on which a value ends."""
    return _inserted(_line_end(text, _end(text, value)), lines)


def block(values: Values, indent: int) -> str:
    """A mapping as an item of a block list, a key a line."""
    lines = [f"{key}: {written(value)}\n" for key, value in values.items()]
    return " " * indent + "- " + (" " * (indent + len(_INDENT))).join(lines)


def inline(values: Values, indent: int) -> str:
    """A mapping as an item of a block list, on one line."""
    return " " * indent + f"- {written(values)}\n"


def put(text: str, slices: Iterator[Slice]) -> str:
    """The text after its edits; several insertions at one place stand in the order in which they are given."""
    pieces: list[str] = []
    at = 0
    for start, end, new in sorted(slices, key=lambda each: each[:2]):
        pieces += (text[at:start], new)
        at = end
    return "".join((*pieces, text[at:]))


def _entry(node: yaml.Mapping, key: str) -> tuple[Scalar, Node] | None:
    return next(((name, value) for name, value in node.entries if name.text == key), None)


def _added(text: str, node: yaml.Mapping, earlier: Items[str], key: str, value: Value) -> Slice:
    """A new field behind the last one of `earlier` that is there, else before all others."""
    flow = is_flow(text, node)
    pair = f"{key}: {written(value, flow=flow)}"
    found = [entry for entry in node.entries if entry[0].text in earlier]
    if not node.entries:
        return node.start + 1, node.start + 1, pair
    first = node.entries[0][0]
    start = first.start - bool(first.style)
    indent = " " * (start - _line_start(text, start))
    if not found:
        return start, start, f"{pair}, " if flow else f"{pair}\n{indent}"
    last = max(found, key=lambda entry: entry[0].start)[1]
    if flow:
        nothing = isinstance(last, Scalar) and last.empty
        return _end(text, last), _end(text, last), f" , {pair}" if nothing else f", {pair}"
    return _inserted(_line_end(text, _end(text, last)), (f"{indent}{pair}\n",))


def _replaced(text: str, node: yaml.Mapping, key: Scalar, value: Node, new: Value) -> Slice:
    new_text = written(new, flow=is_flow(text, node))
    if isinstance(value, Scalar) and not value.empty and value.style not in {"|", ">"}:
        quote = bool(value.style)
        return value.start - quote, value.end + quote, new_text
    start = _colon(text, key)
    return start, max(start, _end(text, value)), f" {new_text}"


def _removed(text: str, node: yaml.Mapping, key: Scalar, value: Node) -> Slice:
    start = key.start - bool(key.style)
    line = _line_start(text, start)
    if is_flow(text, node) or text[line:start].strip():
        # A neighbour on the line, or the dash of its item: the key stays, and has nothing.
        return emptied(text, key, value)
    end = _end(text, value)
    comment = re.compile(r"[ \t]+(#.*)").match(text, end)
    return line, _line_end(text, end), f"{text[line:start]}{comment[1]}\n" if comment else ""


def _end(text: str, node: Node) -> int:
    """Where a value ends, its quotes and brackets included; for the parser what stands in blocks ends where the next thing begins."""
    if isinstance(node, Scalar):
        if node.style in {"|", ">"}:
            return max(node.start, len(text[: node.end].rstrip()))
        return node.end + bool(node.style)
    if is_flow(text, node):
        return node.end
    last = node.entries[-1][1] if isinstance(node, yaml.Mapping) else node.items[-1]
    return _end(text, last)


def _colon(text: str, key: Scalar) -> int:
    """Behind the colon of a key."""
    return text.index(":", key.end + bool(key.style)) + 1


def _dash(text: str, start: int) -> int:
    """The dash of the item that begins at `start`; it may stand on a line above."""
    before = text[:start].rstrip(" ")
    if before.endswith("-"):
        return len(before) - 1
    *_, found = re.finditer(r"^ *(-)(?=\s)", text[:start], re.MULTILINE)
    return found.start(1)


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    """Behind the line end of the line of `at`."""
    return text.find("\n", at) + 1 or len(text)


def _inserted(end: int, lines: Items[str]) -> Slice:
    return end, end, "".join(lines)
