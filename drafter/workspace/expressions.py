"""The text of a formula → its syntax tree. What the names mean is `formulas`' business.

sum     := product (("+" | "-") product)*
product := factor (("*" | "/") factor)*
factor  := "-" factor | number | string | "(" sum ")" | call | name
call    := function "(" [argument ("," argument)*] ")"        argument := sum | word "=" (value | "[" column "]")
name    := word ("." word | "[" string "]" | "[" column "]")* ["[" year "]"]        a column stands for what its own row says in it
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple, NoReturn

FUNCTIONS = ("sum", "count", "min", "max", "share", "growth", "cagr", "per")


class Literal(NamedTuple):
    """A number as written."""

    number: Decimal
    text: str
    start: int


class Name(NamedTuple):
    """A dotted name, each part with its offset, and its year where one is written; `keys` are the parts that are columns of the own row."""

    parts: tuple[tuple[str, int], ...]
    year: int | None
    start: int
    year_start: int
    keys: frozenset[int] = frozenset()

    def said(self) -> str:
        """The name as it is written, without spaces."""
        parts = (
            f"[{part}]" if at in self.keys else f".{part}" if part.isidentifier() else f'["{part}"]'
            for at, (part, _) in enumerate(self.parts)
        )
        return "".join(parts).removeprefix(".") + (f"[{self.year}]" if self.year else "")


class Quoted(NamedTuple):
    """Words between quotes, for comparisons."""

    text: str
    start: int


class Condition(NamedTuple):
    """A filter `列=值`, or with `own` `列=[列]`: then `value` is the column of the own row that says the word, at `start`."""

    column: str
    value: str
    start: int
    own: bool


class Call(NamedTuple):
    """A function with its arguments and its filters."""

    function: str
    arguments: tuple[Expression, ...]
    where: tuple[Condition, ...]
    start: int


class Operation(NamedTuple):
    """`left operator right`; `start` is where the operator stands."""

    operator: str
    left: Expression
    right: Expression
    start: int


class Negation(NamedTuple):
    """`-operand`."""

    operand: Expression
    start: int


Expression = Literal | Quoted | Name | Call | Operation | Negation


class SyntaxFailed(Exception):
    """The text is no formula: `offset` is where it stops being one, `code` is that of the catalogue."""

    def __init__(self, offset: int, code: str, **facts: str) -> None:
        super().__init__(offset, code, facts)
        self.offset, self.code, self.facts = offset, code, facts


def parsed(text: str) -> Expression:
    """The syntax tree of a formula; raises `SyntaxFailed`."""
    parser = _Parser(text)
    try:
        expression = parser.sum()
    except RecursionError:
        raise SyntaxFailed(0, "formula.too-deep") from None
    if parser.kind != "end":
        parser.fail()
    return expression


def names_in(expression: Expression) -> Iterator[Name]:
    """The names of a formula, from left to right; the columns of the own row that its filters ask are among them."""
    match expression:
        case Name():
            yield expression
        case Negation():
            yield from names_in(expression.operand)
        case Operation():
            yield from names_in(expression.left)
            yield from names_in(expression.right)
        case Call():
            for argument in expression.arguments:
                yield from names_in(argument)
            for each in expression.where:
                if each.own:
                    yield Name(((each.value, each.start),), None, each.start, each.start)
        case _:
            return


_TOKEN = re.compile(
    r"""\s*(?:
      (?P<number>[0-9]+(?:\.[0-9]+)?)
    | (?P<word>[^\W\d]\w*)
    | (?P<string>"[^"\n]*"|'[^'\n]*')
    | (?P<sign>[-+*/(),.=\[\]])
    | (?P<end>\Z)
    | (?P<other>.)
    )""",
    re.VERBOSE | re.DOTALL,
)


class _Parser:
    """Recursive descent with one token in hand: `kind`, `token`, and where it begins, `start`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.kind, self.token, self.start = "", "", 0
        self.advance()

    def advance(self) -> None:
        found = _TOKEN.match(self.text, self.at)
        # the last two alternatives match anything, the end included
        kind = (found.lastgroup if found else None) or "end"
        self.kind, self.at = kind, found.end() if found else len(self.text)
        self.token = found[kind] if found else ""
        self.start = self.at - len(self.token)

    def fail(self, expected: str = "") -> NoReturn:
        if self.kind == "end":
            raise SyntaxFailed(len(self.text.rstrip()), "formula.unfinished", expected=expected or "...")
        raise SyntaxFailed(self.start, "formula.syntax", found=self.token)

    def sign(self, *signs: str) -> str:
        """The token, if it is one of these signs; it is taken then."""
        if self.kind == "sign" and self.token in signs:
            token = self.token
            self.advance()
            return token
        return ""

    def expect(self, sign: str) -> None:
        if not self.sign(sign):
            self.fail(sign)

    def sum(self) -> Expression:
        left = self.product()
        while True:
            start = self.start
            operator = self.sign("+", "-")
            if not operator:
                return left
            left = Operation(operator, left, self.product(), start)

    def product(self) -> Expression:
        left = self.factor()
        while True:
            start = self.start
            operator = self.sign("*", "/")
            if not operator:
                return left
            left = Operation(operator, left, self.factor(), start)

    def factor(self) -> Expression:
        start = self.start
        if self.sign("-"):
            return Negation(self.factor(), start)
        if self.sign("("):
            inner = self.sum()
            self.expect(")")
            return inner
        if self.kind == "number":
            token = self.token
            self.advance()
            return Literal(Decimal(token), token, start)
        if self.kind == "string":
            token = self.token
            self.advance()
            return Quoted(token[1:-1], start)
        if self.kind != "word":
            self.fail()
        return self.named()

    def named(self) -> Expression:
        word, start = self.token, self.start
        self.advance()
        if self.sign("("):
            return self.call(word, start)
        parts = [(word, start)]
        keys: set[int] = set()
        while True:
            if self.sign("."):
                if self.kind != "word":
                    self.fail()
                parts.append((self.token, self.start))
                self.advance()
            elif self.text.startswith("[", self.start):
                self.advance()
                if self.kind == "number":
                    return self.dated(tuple(parts), start, frozenset(keys))
                if self.kind not in {"string", "word"}:
                    self.fail()
                if self.kind == "word":
                    keys.add(len(parts))
                parts.append((self.token.strip("\"'"), self.start))
                self.advance()
                self.expect("]")
            else:
                return Name(tuple(parts), None, start, start, frozenset(keys))

    def dated(self, parts: tuple[tuple[str, int], ...], start: int, keys: frozenset[int]) -> Name:
        year, year_start = self.token, self.start
        if not re.fullmatch("[12][0-9]{3}", year):
            self.fail()
        self.advance()
        self.expect("]")
        return Name(parts, int(year), start, year_start, keys)

    def call(self, function: str, start: int) -> Call:
        if function not in FUNCTIONS:
            raise SyntaxFailed(start, "formula.unknown-function", name=function, known=", ".join(FUNCTIONS))
        arguments: list[Expression] = []
        where: list[Condition] = []
        while not self.sign(")"):
            if (arguments or where) and not self.sign(","):
                self.fail(")")
            column = self.filtered()
            if column is None:
                arguments.append(self.sum())
            else:
                where.append(self.condition(column))
        return Call(function, tuple(arguments), tuple(where), start)

    def filtered(self) -> str | None:
        """The column of a filter `列=值`, if one begins here; it and the `=` are taken then."""
        word = self.token.strip("\"'")
        if self.kind not in {"word", "string"} or not re.compile(r"\s*=").match(self.text, self.at):
            return None
        self.advance()
        self.expect("=")
        return word

    def condition(self, column: str) -> Condition:
        own = bool(self.sign("["))
        if self.kind not in ({"word", "string"} if own else {"word", "string", "number"}):
            self.fail()
        value, start = self.token[1:-1] if self.kind == "string" else self.token, self.start
        self.advance()
        if own:
            self.expect("]")
        return Condition(column, value, start, own)
