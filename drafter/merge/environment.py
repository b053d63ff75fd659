"""Jinja2 for fragments: sandboxed, without escaping, and tracing.

Two things are bent to our use. The line number of a token is its offset (from 1), so that every node of the syntax tree, every line of
Jinja2's debug information and every error knows its character and not only its line. And every child of an `Output` node gets marks
around it, see `marks`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import wraps
from types import CodeType
from typing import ClassVar

from jinja2.exceptions import TemplateSyntaxError
from jinja2.lexer import TokenStream
from jinja2.loaders import BaseLoader
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, Undefined
from jinja2.sandbox import SandboxedEnvironment
from jinja2.tests import TESTS
from jinja2.utils import pass_context

from drafter.merge import formats, marks
from drafter.merge.figures import (
    TEMPLATE,
    Captured,
    CapturedUsedError,
    Figure,
    Missing,
    Named,
    Spot,
    Trouble,
    here,
)
from drafter.merge.functions import Marked, filters, functions, guarded, operand
from drafter.merge.marking import CAPTURED, EACH, JOINED, Marking
from drafter.source.frozen import dataclass
from drafter.source.listed import listed
from drafter.source.nearest import suggestion
from drafter.workspace.arithmetic import ArithmeticFailed
from drafter.workspace.formulas import OPERATORS, FormulaError
from drafter.workspace.values import Absent, UnknownName, Words

MAX_STEPS = 1_000_000
"""How many rounds of loops and calls one merge may take."""
MAX_LENGTH = 5_000_000
"""How many characters one fragment may become, marks included."""
MAX_STRING = 1_000_000


class EndlessError(Exception):
    """A merge that takes too many steps or becomes too long."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A template's code, with marks and without."""

    marked: CodeType
    plain: CodeType


class State:
    """What happens during one merge: trouble, printed values, and how many steps it has taken."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Begin a merge."""
        self.trouble: list[Trouble] = []
        self.values: list[Figure | Missing | Marked] = []
        self.steps = 0
        self.spot: Spot | None = None


class Tracing(SandboxedEnvironment):
    """The environment of all fragments of a run; `marking` is False in the one that renders plainly."""

    intercepted_binops: ClassVar[frozenset[str]] = frozenset(["+", "-", "*", "/", "//", "%", "**"])  # type: ignore[misc]
    intercepted_unops: ClassVar[frozenset[str]] = frozenset(["-", "+"])  # type: ignore[misc]

    def __init__(
        self, loader: BaseLoader, state: State, undefined: type[Undefined], *, marking: bool
    ) -> None:
        super().__init__(
            loader=loader,
            undefined=undefined,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            comment_start_string="{##",
            comment_end_string="##}",
            finalize=self._finalized,
            optimized=False,
            auto_reload=False,
            cache_size=-1,
        )
        self.state, self.marking = state, marking
        told = {name: self._telling(name, call) for name, call in filters().items()}
        self.filters = {**told, CAPTURED: Captured, EACH: self._each(), JOINED: _joined}
        self.tests = {
            name: guarded(test, sees_missing=name in {"defined", "undefined"})
            for name, test in _tests().items()
        }
        self.globals = functions()
        self._tags: list[tuple[int, int]] = []
        self._body = 0

    # -- compiling ------------------------------------------------------------------------------------------------------

    def compiled(self, text: str, body: int, template: int, path: str) -> Compiled:
        """The code of a template whose `text` begins at `body` of its file."""
        self._body, self._tags = body, []
        tree = self._parse(text, path, path)
        tree = Marking(template, path, self._tags).visit(tree)
        code = self.compile(tree, path, TEMPLATE + path)
        return Compiled(code, marks.unmarked(code))

    def _tokenize(
        self, source: str, name: str | None, filename: str | None = None, state: str | None = None
    ) -> TokenStream:
        tokens = self.lexer.wrap(self._placed(source, name, filename), name, filename)
        return TokenStream(tokens, name, filename)

    def _placed(self, source: str, name: str | None, filename: str | None) -> Iterator[tuple[int, str, str]]:
        """The raw tokens of a template with offsets for line numbers; the spans of its tags are noted on the way.

        The lexer leaves out only white space before a tag, so that the next token is found from where the last one ended.
        """
        at, begun = 0, 0
        try:
            for _line, kind, value in self.lexer.tokeniter(source, name, filename):
                at = source.index(value, at) if not source.startswith(value, at) else at
                offset = self._body + at
                if kind in {"variable_begin", "block_begin"}:
                    begun = offset
                elif kind in {"variable_end", "block_end"}:
                    self._tags.append((begun, offset + len(value.rstrip())))
                yield offset + 1, kind, value
                at += len(value)
        except TemplateSyntaxError as error:
            error.lineno = self._body + at + 1
            raise

    # -- rendering ------------------------------------------------------------------------------------------------------

    def step(self) -> None:
        """Count a round of a loop or a call."""
        self.state.steps += 1
        if self.state.steps > MAX_STEPS:
            raise EndlessError

    @pass_context
    def _finalized(self, context: Context, value: object) -> str:
        """`printed`, for Jinja2: with the context it calculates nothing when it compiles, where no merge could tell of it."""
        return self.printed(value)

    def printed(self, value: object) -> str:
        """What an expression prints, with the mark of its datum."""
        if type(value) is str:
            if marks.RESERVED.search(value):
                raise CapturedUsedError
            return value
        if isinstance(value, Captured):
            return value.text()
        if isinstance(value, Named):
            value = self._valued(value)
        if isinstance(value, Figure):
            try:
                return self._datum(value) + value.text()
            except ArithmeticFailed as failed:
                value = self._failed(failed.code, failed.facts, value.value.datum.key)
        if isinstance(value, Missing):
            return self._missing(value)
        if isinstance(value, Marked):
            return self._datum(value) + str.__str__(value)
        return self._plain(value)

    def _plain(self, value: object) -> str:
        if value is None:
            return ""
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, date):
            return formats.spoken(value)
        if isinstance(value, int | float | Decimal):
            return formats.format_number(Decimal(str(value)), None)
        return self._missing(self._failed("merge.unprintable", {}, type(value).__name__))

    def _valued(self, value: Named) -> Figure | Missing:
        try:
            return value.figure() or self._failed(
                "merge.no-value", {"name": value.scope.key}, value.scope.key
            )
        except (ArithmeticFailed, UnknownName, FormulaError) as error:
            return self.trouble(error, value.scope.key)

    def _datum(self, value: Figure | Missing | Marked) -> str:
        if not self.marking:
            return ""
        self.state.values.append(value)
        return marks.datum(len(self.state.values) - 1)

    def _missing(self, value: Missing) -> str:
        if self.marking:
            value.tell()
        return self._datum(value) + value.shown()

    def _failed(self, code: str, facts: dict[str, str], name: str) -> Missing:
        return self.undefined(trouble=Trouble(code, tuple(facts.items()), here() or self.state.spot, name))  # type: ignore[call-arg,return-value]

    def trouble(self, error: Exception, name: str) -> Missing:
        """What stands for a value that could not be had."""
        if isinstance(error, FormulaError):
            return self.undefined(trouble=Trouble("", (), None, name, error.issue))  # type: ignore[call-arg,return-value]
        if isinstance(error, ArithmeticFailed):
            return self._failed(error.code, error.facts, name)
        if isinstance(error, Absent):
            return self._failed("merge.empty", {"name": f"{error.scope}.{error.name}"}, error.name)
        if isinstance(error, UnknownName):
            full = f"{error.scope}.{error.name}" if error.scope else error.name
            code = "merge.undefined" if error.nearest else "merge.no-member"
            return self._failed(code, {"name": full, "nearest": error.nearest}, error.name)
        raise error

    def getattr(self, obj: object, attribute: str) -> object:
        """`.name`."""
        return (
            self.getitem(obj, attribute)
            if isinstance(obj, Named | Figure | Missing | Captured)
            else super().getattr(obj, attribute)
        )

    def getitem(self, obj: object, argument: object) -> object:
        """`[key]`, and `.name` of what belongs to the workspace."""
        if isinstance(obj, Named):
            return self._member(obj, argument)
        if isinstance(obj, Missing):
            return obj
        if isinstance(obj, Captured) or isinstance(argument, Captured):
            raise CapturedUsedError
        if isinstance(argument, Missing):
            return argument
        if isinstance(obj, Figure) and isinstance(argument, int):
            return self._no_year(obj.value.datum.key, argument, "")
        if isinstance(obj, Figure):
            key = f"{obj.value.datum.key}.{argument}"
            return self._failed("merge.no-member", {"name": key}, str(argument))
        if isinstance(argument, Figure):
            argument = argument.value.text if isinstance(argument.value, Words) else int(argument)
        return super().getitem(obj, argument)

    def _member(self, named: Named, key: object) -> object:
        if isinstance(key, Missing):
            return key
        if isinstance(key, Captured):
            raise CapturedUsedError
        if isinstance(key, Figure):
            key = key.value.text if isinstance(key.value, Words) else int(key)
        name = key if isinstance(key, int) else str(key)
        try:
            return named.get(name)
        except Absent as error:
            return self.trouble(error, str(name))
        except UnknownName as error:
            if isinstance(name, int):
                return self._no_year(named.scope.key, name, listed(named.years()))
            near = error.nearest or suggestion(name, named.scope.names())
            facts = {"name": f"{named.scope.key}.{name}", "nearest": near}
            return self._failed("merge.undefined" if near else "merge.no-member", facts, name)
        except (ArithmeticFailed, FormulaError) as error:
            return self.trouble(error, str(name))

    def _no_year(self, scope: str, year: int, known: str) -> Missing:
        code = "formula.missing-year" if known else "formula.no-years"
        return self._failed(code, {"scope": scope, "year": str(year), "known": known}, str(year))

    def call(self, context: Context, obj: object, /, *args: object, **kwargs: object) -> object:
        """A call: macros give captured text, functions of formulas get no captured text, failures become what is missing."""
        self.step()
        if isinstance(obj, Missing):
            return self.printed(obj) if "caller" in kwargs else obj
        captures = isinstance(obj, Macro | LoopContext | BlockReference)
        if not captures and any(isinstance(each, Captured) for each in (*args, *kwargs.values())):
            raise CapturedUsedError
        try:
            found = super().call(context, obj, *args, **kwargs)
        except (ArithmeticFailed, UnknownName, FormulaError) as error:
            found = self.trouble(error, getattr(obj, "__name__", ""))
        if captures and isinstance(found, str):
            found = Captured(found)
        # a call block is printed by Jinja2 itself, past `finalize`
        return self.printed(found) if "caller" in kwargs else found

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:
        """`+ - * /` with units, and without the numbers that take for ever."""
        for each in (left, right):
            if isinstance(each, Missing):
                return each
            if isinstance(each, Captured):
                raise CapturedUsedError
        if isinstance(left, Figure | Named) or isinstance(right, Figure | Named):
            return self._calculated(operator, left, right)
        if operator == "**" or (operator == "*" and not _small(left, right)):
            raise EndlessError
        if isinstance(left, float) or isinstance(right, float) or operator == "/":
            left, right = _exact(left), _exact(right)
        try:
            return super().call_binop(context, operator, left, right)
        except ArithmeticError:
            return self._failed("formula.division-by-zero", {"divisor": str(right)}, str(right))

    def _calculated(self, operator: str, left: object, right: object) -> object:
        function = OPERATORS.get(operator)
        try:
            a, b = operand(left), operand(right)
            if function is None or a is None or b is None:
                words = next(
                    (str(each) for each, number in ((left, a), (right, b)) if number is None), operator
                )
                return self._failed("merge.argument", {"value": words}, words)
            return Figure(function(a, b))
        except (ArithmeticFailed, UnknownName, FormulaError) as error:
            return self.trouble(error, operator)

    def call_unop(self, context: Context, operator: str, arg: object) -> object:
        """`-value`."""
        if isinstance(arg, Captured):
            raise CapturedUsedError
        if isinstance(arg, Missing):
            return arg
        if isinstance(arg, Figure | Named):
            return self._calculated("*", arg, -1 if operator == "-" else 1)
        return super().call_unop(context, operator, arg)

    def _telling(self, name: str, call: Callable[..., object]) -> Callable[..., object]:
        """A filter whose failure is a value that is missing."""

        @wraps(call)
        def told(*arguments: object, **options: object) -> object:
            try:
                return call(*arguments, **options)
            except (ArithmeticFailed, UnknownName, FormulaError) as error:
                return self.trouble(error, name)

        return told

    def _each(self) -> Callable[..., object]:
        @pass_context
        def each(_context: Context, items: Iterable[object]) -> Iterator[object]:
            if isinstance(items, Captured):
                raise CapturedUsedError
            for item in items:
                self.step()
                yield item

        return each


def _tests() -> dict[str, Callable[..., object]]:
    return {name: test for name, test in TESTS.items() if callable(test)}


def _joined(parts: Iterable[object]) -> str:
    """`a ~ b`."""
    text = "".join(str(part) for part in parts)
    if len(text) > MAX_STRING:
        raise EndlessError
    return text


def _exact(value: object) -> object:
    return Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _small(left: object, right: object) -> bool:
    for a, b in ((left, right), (right, left)):
        if isinstance(a, str | list | tuple) and isinstance(b, int) and len(a) * b > MAX_STRING:
            return False
        if isinstance(a, int) and a.bit_length() > 4096:  # noqa: PLR2004 -- over a thousand digits
            return False
    return True
