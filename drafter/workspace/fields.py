"""What a key of a user's file may hold: kinds that read a positioned node, say what is wrong with it, and describe themselves.

One declaration is the truth for both: the check that loading does, with line and column, and the JSON Schema that an editor
gets. Written by hand and not with pydantic, whose import alone costs more than loading the sample does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Map
from dataclasses import field
from datetime import date
from decimal import Decimal
from typing import Generic, Protocol, TypeVar, cast

from drafter.source.files import Source
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue
from drafter.source.nearest import suggestion
from drafter.source.origins import SourceSlice
from drafter.source.yaml import Mapping, Node, Scalar, Sequence

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

JsonSchema = dict[str, object]

# As many digits as arithmetic keeps exactly.
NUMBER = re.compile(r"-?[0-9]{1,20}(?:\.[0-9]{1,20})?\Z")
_WHOLE = re.compile("[0-9]{1,9}")
YEAR = re.compile(r"[12][0-9]{3}\Z")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


@dataclass(frozen=True, slots=True)
class Report:
    """Where the problems of one file are put down."""

    source: Source
    issues: list[Issue] = field(default_factory=list)

    def add(self, code: str, at: int | Node, **facts: str) -> Issue:
        """One more problem, at an offset or where a node begins; it is given back for who wants to keep it."""
        issue = Issue(code, self.source.place(at if isinstance(at, int) else at.start), facts)
        self.issues.append(issue)
        return issue


class Kind(Protocol[T_co]):
    """A kind of value."""

    def read(self, node: Node, key: str, report: Report) -> T_co | None:
        """The value of the node; None where it is not of this kind, which the report then says."""
        ...

    def schema(self) -> JsonSchema:
        """The same as JSON Schema."""
        ...


def _scalar(node: Node, key: str, report: Report, code: str) -> Scalar | None:
    if isinstance(node, Scalar):
        return node
    report.add(code, node, key=key)
    return None


class Text:
    """Any text, as it stands; `id: 010` is the text 010."""

    def read(self, node: Node, key: str, report: Report) -> Scalar | None:
        """The scalar itself."""
        return _scalar(node, key, report, "workspace.not-text")

    def schema(self) -> JsonSchema:
        """Editors guess types that we do not: what looks like a number is a text as well."""
        return {"type": ["string", "number", "boolean"]}


class Pattern:
    """A text of a certain form; `code` says which."""

    def __init__(self, pattern: str, code: str) -> None:
        self.pattern, self.code = pattern, code

    def read(self, node: Node, key: str, report: Report) -> Scalar | None:
        """The scalar itself."""
        found = _scalar(node, key, report, "workspace.not-text")
        if found is not None and not re.fullmatch(self.pattern, found.text):
            report.add(self.code, found, key=key, value=found.text)
            return None
        return found

    def schema(self) -> JsonSchema:
        """A string of the pattern."""
        return {"type": "string", "pattern": f"^(?:{self.pattern})$"}


class Choice:
    """One of some words."""

    def __init__(self, of: tuple[str, ...]) -> None:
        self.of = of

    def read(self, node: Node, key: str, report: Report) -> Scalar | None:
        """The scalar itself."""
        found = _scalar(node, key, report, "workspace.not-text")
        if found is not None and found.text not in self.of:
            report.add(
                "workspace.choice", found, key=key, value=found.text, nearest=suggestion(found.text, self.of)
            )
            return None
        return found

    def schema(self) -> JsonSchema:
        """An enumeration."""
        return {"enum": list(self.of)}


class Whole:
    """A whole number from 0."""

    def read(self, node: Node, key: str, report: Report) -> int | None:
        """The number."""
        found = _scalar(node, key, report, "workspace.not-whole")
        if found is None:
            return None
        if not _WHOLE.fullmatch(found.text):
            report.add("workspace.not-whole", found, key=key, value=found.text)
            return None
        return int(found.text)

    def schema(self) -> JsonSchema:
        """An integer."""
        return {"type": "integer", "minimum": 0}


class Year:
    """A year in four digits."""

    def read(self, node: Node, key: str, report: Report) -> int | None:
        """The year."""
        found = _scalar(node, key, report, "workspace.not-year")
        if found is None:
            return None
        if not YEAR.match(found.text):
            report.add("workspace.not-year", found, key=key, value=found.text)
            return None
        return int(found.text)

    def schema(self) -> JsonSchema:
        """An integer of four digits."""
        return {"type": "integer", "minimum": 1000, "maximum": 2999}


class Number:
    """An exact number, without a unit and without separators."""

    def read(self, node: Node, key: str, report: Report) -> Decimal | None:
        """The number."""
        found = _scalar(node, key, report, "workspace.not-number")
        if found is None:
            return None
        if not NUMBER.match(found.text):
            report.add("workspace.not-number", found, key=key, value=found.text)
            return None
        return Decimal(found.text)

    def schema(self) -> JsonSchema:
        """A number."""
        return {"type": "number"}


class Day:
    """A date as 2020-12-31."""

    def read(self, node: Node, key: str, report: Report) -> date | None:
        """The date."""
        found = _scalar(node, key, report, "workspace.not-date")
        if found is None:
            return None
        day = day_of(found.text)
        if day is None:
            report.add("workspace.not-date", found, key=key, value=found.text)
        return day

    def schema(self) -> JsonSchema:
        """A date as a string."""
        return {"type": "string", "format": "date"}


def day_of(text: str) -> date | None:
    """The date that a text such as 2020-12-31 is, or None."""
    if not DAY.match(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


class Flag:
    """`true` or `false`."""

    def read(self, node: Node, key: str, report: Report) -> bool | None:
        """Which of the two."""
        found = _scalar(node, key, report, "workspace.not-flag")
        if found is None:
            return None
        if found.text not in {"true", "false"}:
            report.add("workspace.not-flag", found, key=key, value=found.text)
            return None
        return found.text == "true"

    def schema(self) -> JsonSchema:
        """A boolean."""
        return {"type": "boolean"}


class Anything:
    """A node that the caller reads itself; `described` is its JSON Schema."""

    def __init__(self, described: JsonSchema) -> None:
        self.described = described

    def read(self, node: Node, key: str, report: Report) -> Node | None:
        """The node."""
        return node

    def schema(self) -> JsonSchema:
        """As given."""
        return self.described


class ListOf(Generic[T]):
    """A list of one kind; with `single`, one value alone stands for a list of it."""

    def __init__(self, kind: Kind[T], *, single: bool = False) -> None:
        self.kind, self.single = kind, single

    def read(self, node: Node, key: str, report: Report) -> tuple[T, ...] | None:
        """Those items that are of the kind."""
        if self.single and isinstance(node, Scalar):
            items: tuple[Node, ...] = (node,)
        elif isinstance(node, Sequence):
            items = node.items
        else:
            report.add("workspace.not-list", node, key=key)
            return None
        found = [self.kind.read(item, key, report) for item in items]
        return tuple(item for item in found if item is not None)

    def schema(self) -> JsonSchema:
        """An array, or one value."""
        array: JsonSchema = {"type": "array", "items": self.kind.schema()}
        return {"anyOf": [array, self.kind.schema()]} if self.single else array


class ByText(Generic[T]):
    """A mapping from free keys to one kind."""

    def __init__(self, kind: Kind[T]) -> None:
        self.kind = kind

    def read(self, node: Node, key: str, report: Report) -> tuple[tuple[Scalar, T], ...] | None:
        """Keys and values in order."""
        if not isinstance(node, Mapping):
            report.add("workspace.not-mapping", node, key=key)
            return None
        pairs = [(name, self.kind.read(value, name.text, report)) for name, value in node.entries]
        return tuple((name, value) for name, value in pairs if value is not None)

    def schema(self) -> JsonSchema:
        """An object."""
        return {"type": "object", "additionalProperties": self.kind.schema()}


class ByYear(Generic[T]):
    """A mapping from years to one kind."""

    def __init__(self, kind: Kind[T]) -> None:
        self.kind = kind

    def read(self, node: Node, key: str, report: Report) -> tuple[tuple[int, T], ...] | None:
        """Years and values in order."""
        if not isinstance(node, Mapping):
            report.add("workspace.not-mapping", node, key=key)
            return None
        pairs = []
        for name, value_node in node.entries:
            year = Year().read(name, key, report)
            value = self.kind.read(value_node, name.text, report)
            if year is not None and value is not None:
                pairs.append((year, value))
        return tuple(pairs)

    def schema(self) -> JsonSchema:
        """An object whose keys are years."""
        return {
            "type": "object",
            "patternProperties": {"^[12][0-9]{3}$": self.kind.schema()},
            "additionalProperties": False,
        }


@dataclass(frozen=True, slots=True)
class Field(Generic[T_co]):
    """A key of a record: its name, what it holds, and a sentence on it for editors."""

    name: str
    kind: Kind[T_co]
    says: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Entries:
    """A record as read: ask for a declared field and get its value, None where it is absent or wrong."""

    node: Mapping
    values: Map[str, object]

    def get(self, wanted: Field[T]) -> T | None:
        """The value of a field."""
        return cast("T | None", self.values.get(wanted.name))

    def text(self, wanted: Field[Scalar], default: str = "") -> str:
        """The text of a field."""
        found = self.get(wanted)
        return default if found is None else found.text

    def place(self, name: str) -> SourceSlice:
        """Where the value of a key stands, or the record itself where it has none."""
        found = self.node.get(name)
        return (self.node if found is None else found).slice


class Record:
    """A mapping with declared keys and no others."""

    def __init__(self, fields: tuple[Field[object], ...]) -> None:
        self.fields = fields
        self._by_name = {each.name: each for each in fields}

    def read(self, node: Node, key: str, report: Report) -> Entries | None:
        """What it holds; unknown and missing keys are said."""
        if not isinstance(node, Mapping):
            report.add("workspace.not-mapping", node, key=key)
            return None
        values: dict[str, object] = {}
        absent: dict[str, Node] = {}
        for name, value_node in node.entries:
            declared = self._by_name.get(name.text)
            if declared is None:
                near = suggestion(name.text, self._by_name)
                report.add("workspace.unknown-key", name, key=name.text, nearest=near)
            elif isinstance(value_node, Scalar) and value_node.empty:
                absent[name.text] = value_node
            else:
                values[name.text] = declared.kind.read(value_node, name.text, report)
        for each in self.fields:
            if each.required and each.name not in values:
                report.add("workspace.missing-key", absent.get(each.name, node), key=each.name)
        return Entries(node, values)

    def schema(self) -> JsonSchema:
        """An object with these properties."""
        properties: JsonSchema = {}
        for each in self.fields:
            described = each.kind.schema()
            properties[each.name] = {"description": each.says, **described} if each.says else described
        required = [each.name for each in self.fields if each.required]
        return {
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
            **({"required": required} if required else {}),
        }
