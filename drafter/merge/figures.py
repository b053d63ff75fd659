"""What a fragment sees of the data: values that print and compare, and names that lead to them.

`Figure` is a value with the form it prints in; `Named` a scope of the workspace; `Missing` what a wrong name or a failed calculation
gives: it goes through attributes, filters and sums, and is told where it is printed or decides something, so that one merge tells all
that is missing. `Captured` is text of a macro or a set block, which may only be printed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from types import FrameType
from typing import ClassVar, NoReturn, Protocol

from jinja2.exceptions import UndefinedError
from jinja2.runtime import Undefined
from jinja2.utils import missing

from drafter.merge import formats
from drafter.merge.marks import RESERVED
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue
from drafter.source.nearest import suggestion
from drafter.workspace.arithmetic import ArithmeticFailed, add, converted
from drafter.workspace.scopes import Dated
from drafter.workspace.values import Quantity, Scope, Value, Words

TEMPLATE = "drafter:"
"""Begins the file name of compiled templates, by which their frames are known on the stack."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A character of a template."""

    path: str
    offset: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """What was wrong, and where; `spot` is exact to the tag. `name` is what to look for in the tag."""

    code: str
    facts: tuple[tuple[str, str], ...]
    spot: Spot | None
    name: str = ""
    issue: Issue | None = None
    """What loading the data has said already, for a formula that failed there."""


class Notebook(Protocol):
    """Where trouble is written down during a merge; `spot` is the tag that is looked up without Jinja2."""

    trouble: list[Trouble]
    spot: Spot | None


def here() -> Spot | None:
    """The tag that is being rendered: templates are compiled with offsets for line numbers, see `environment`."""
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 -- the only way to ask who calls
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(TEMPLATE):
            return Spot(
                name[len(TEMPLATE) :], offset_at(frame.f_globals.get("debug_info", ""), frame.f_lineno)
            )
        frame = frame.f_back
    return None


def offset_at(debug: object, line: int) -> int:
    """The template's offset for a line of its compiled code, from Jinja2's `debug_info` (`offset=line&...`)."""
    found = 1
    for pair in str(debug).split("&"):
        offset, _, code_line = pair.partition("=")
        if not code_line or int(code_line) > line:
            break
        found = int(offset)
    return found - 1


class CapturedUsedError(Exception):
    """Captured text was used otherwise than printed."""


def _used(*_arguments: object, **_options: object) -> NoReturn:
    raise CapturedUsedError


class Captured(str):
    """Text of a macro, call or set block. Only `text` and printing may read it."""

    __slots__ = ()

    def text(self) -> str:
        """The characters, marks included."""
        return "".join((str.__getitem__(self, slice(None)), ""))

    __str__ = __repr__ = __len__ = __iter__ = __bool__ = __format__ = __contains__ = _used
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __hash__ = _used
    __add__ = __mul__ = __rmul__ = __mod__ = __getitem__ = _used


class Missing(Undefined):
    """A name that is not there or a calculation that failed."""

    __slots__ = ("trouble",)
    notebook: ClassVar[Notebook]
    names: ClassVar[Mapping[str, object]]

    def __init__(
        self,
        hint: str | None = None,
        obj: object = missing,
        name: str | None = None,
        exc: type[UndefinedError] = UndefinedError,
        trouble: Trouble | None = None,
    ) -> None:
        super().__init__(hint, obj, name, exc)
        self.trouble = trouble or self._unknown(name or "", top=obj is missing)

    def _unknown(self, name: str, *, top: bool) -> Trouble:
        nearest = suggestion(name, self.names) if top else ""
        return Trouble(
            "merge.undefined" if nearest else "merge.no-member",
            (("name", name), ("nearest", nearest)),
            here() or self.notebook.spot,
            name,
        )

    def tell(self) -> None:
        """Write the trouble down."""
        self.notebook.trouble.append(self.trouble)

    def shown(self) -> str:
        """What stands in the text instead."""
        return f"〔？{self.trouble.name}〕"

    def _told_false(self, *others: object) -> bool:
        self.tell()
        return False

    def __str__(self) -> str:
        self.tell()
        return self.shown()

    def __iter__(self) -> Iterator[object]:
        self.tell()
        return iter(())

    def __len__(self) -> int:
        self.tell()
        return 0

    __hash__ = object.__hash__
    __bool__ = __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = _told_false  # type: ignore[assignment]


class Figure:
    """A value and the form it prints in. Compares by its exact number, or by its words."""

    __slots__ = ("_text", "form", "value")

    def __init__(self, value: Value, form: str = "") -> None:
        self.value, self.form = value, form
        self._text: str | None = None

    def text(self) -> str:
        """As printed; raises `ArithmeticFailed` where its unit does not convert."""
        if self._text is None:
            self._text = self._printed()
        return self._text

    def _printed(self) -> str:
        if isinstance(self.value, Words):
            text = self.value.text
            if RESERVED.search(text):
                raise ArithmeticFailed("merge.private-use", name=self.value.datum.key)
            return (formats.format_date(text) or text) if self.form == formats.DATE else text
        return formats.format_quantity(self.value, self.form)

    def in_form(self, form: str) -> Figure:
        """The same value in another form."""
        return Figure(self.value, form)

    @property
    def number(self) -> Decimal | None:
        """The exact number, None for words."""
        return self.value.number if isinstance(self.value, Quantity) else None

    def _order(self, other: object, order: Callable[[Decimal, Decimal], bool]) -> bool:
        mine, theirs = comparable(self, other)
        return NotImplemented if mine is None or theirs is None else order(mine, theirs)

    def __add__(self, other: object) -> Figure:
        """For `rows|sum(attribute=...)`, which adds in Python and begins with 0."""
        if isinstance(other, Named):
            other = other.figure()
        if isinstance(other, int) and not other:
            return self
        if not isinstance(other, Figure):
            return NotImplemented
        if isinstance(self.value, Words) or isinstance(other.value, Words):
            raise ArithmeticFailed(
                "merge.argument", value=str(self if isinstance(self.value, Words) else other)
            )
        return Figure(add(self.value, other.value))

    __radd__ = __add__

    def __str__(self) -> str:
        return self.text()

    def __eq__(self, other: object) -> bool:
        if isinstance(self.value, Words):
            return self.value.text == (str(other) if isinstance(other, Figure | Named) else other)
        mine, theirs = comparable(self, other)
        return mine is not None and mine == theirs

    def __hash__(self) -> int:
        return hash(self.value.text if isinstance(self.value, Words) else self.value.number)

    def __bool__(self) -> bool:
        return bool(self.value.text if isinstance(self.value, Words) else self.value.number)

    def __lt__(self, other: object) -> bool:
        return self._order(other, lambda a, b: a < b)

    def __le__(self, other: object) -> bool:
        return self._order(other, lambda a, b: a <= b)

    def __gt__(self, other: object) -> bool:
        return self._order(other, lambda a, b: a > b)

    def __ge__(self, other: object) -> bool:
        return self._order(other, lambda a, b: a >= b)

    def __int__(self) -> int:
        return int(self.value.number if isinstance(self.value, Quantity) else self.value.text)

    __index__ = __int__


def comparable(figure: Figure, other: object) -> tuple[Decimal | None, Decimal | None]:
    """Two exact numbers in one unit, where both are numbers."""
    other = other.figure() if isinstance(other, Named) else other
    mine = figure.number
    if isinstance(other, bool) or mine is None:
        return None, None
    if isinstance(other, Figure) and isinstance(other.value, Quantity) and isinstance(figure.value, Quantity):
        theirs = other.value
        if not figure.value.unit or not theirs.unit or theirs.unit == figure.value.unit:
            return mine, theirs.number
        return mine, converted(theirs, figure.value.unit).number
    if isinstance(other, int | Decimal):
        return mine, Decimal(other)
    if isinstance(other, float):
        return mine, Decimal(str(other))
    return None, None


class Named:
    """A scope of the workspace: a dataset, a row, a group, a column."""

    __slots__ = ("_members", "scope")

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self._members: dict[str | int, Named | Figure] = {}

    def get(self, name: str | int) -> Named | Figure:
        """The member, or the value of a year; raises what the scope raises."""
        found = self._members.get(name)
        if found is None:
            found = wrapped(self.scope.at(name) if isinstance(name, int) else self.scope.member(name))
            self._members[name] = found
        return found

    def figure(self) -> Figure | None:
        """The value that the scope itself is."""
        value = self.scope.value()
        return None if value is None else Figure(value)

    def years(self) -> tuple[int, ...]:
        """The years it has values for."""
        return tuple(self.scope.years()) if isinstance(self.scope, Dated) else ()

    def __iter__(self) -> Iterator[Named]:
        return (Named(row) for row in self.scope.rows())

    def __len__(self) -> int:
        return sum(1 for _ in self.scope.rows())

    def __bool__(self) -> bool:
        figure = self.figure()
        return bool(figure) if figure is not None else True

    def __str__(self) -> str:
        figure = self.figure()
        return self.scope.key if figure is None else figure.text()

    def __eq__(self, other: object) -> bool:
        figure = self.figure()
        return self is other if figure is None else figure == other

    def __hash__(self) -> int:
        return hash(self.scope.key)

    def __lt__(self, other: object) -> bool:
        figure = self.figure()
        return NotImplemented if figure is None else figure < other

    def __gt__(self, other: object) -> bool:
        figure = self.figure()
        return NotImplemented if figure is None else figure > other

    def __le__(self, other: object) -> bool:
        figure = self.figure()
        return NotImplemented if figure is None else figure <= other

    def __ge__(self, other: object) -> bool:
        figure = self.figure()
        return NotImplemented if figure is None else figure >= other


def wrapped(found: Scope | Value) -> Named | Figure:
    """A scope or value as fragments see it."""
    return Figure(found) if isinstance(found, Quantity | Words) else Named(found)
