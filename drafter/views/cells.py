"""What stands in a cell of a table made from data.

Numbers stand alone by default, the unit is in the head or in a column of its own. `0` is zero, `—` is not applicable. Of an indicator, a
target has its operator before it (`≥55.0`), and what is counted over five years stands in 〔〕.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from drafter.merge import formats
from drafter.source.origins import DataValue, MappedText, Piece, generated, joined
from drafter.workspace.indicators import GROWTH, IndicatorScope
from drafter.workspace.model import ViewColumn
from drafter.workspace.shapes import IndicatorRow
from drafter.workspace.values import Quantity, Scope, Value, Words

NOTHING = "—"
_YEAR = re.compile(r"\s*\[(\d{4})\]\s*")
_CUMULATED, _OVER_FIVE_YEARS, _TARGET = "累计", "五年累计", "目标"


def form_of(column: ViewColumn) -> str:
    """The form in which a column prints its numbers."""
    form = formats.form(column.format, column.decimals)
    if not column.bare:
        return form
    return f"{form}|{formats.NUMBER}" if column.format else formats.form(formats.NUMBER, column.decimals)


def nothing(column: ViewColumn) -> MappedText:
    """A cell to which the column does not apply."""
    return generated(NOTHING, "empty", column.place)


def cell_text(value: Value, column: ViewColumn, row: Scope | None) -> MappedText:
    """A value as the column prints it; raises `ArithmeticFailed` where its unit does not convert."""
    if isinstance(value, Words):
        return _printed(value.text, value, "", column)
    form = form_of(column)
    text = formats.format_quantity(value, form)
    if not value.number and column.bare:
        text = "0"
    printed = _printed(text, value, form, column)
    return joined(_with_signs(printed, column, row)) if isinstance(row, IndicatorScope) else printed


def _printed(text: str, value: Value, form: str, column: ViewColumn) -> MappedText:
    origin = DataValue(value.datum, None, form, column.place)
    return MappedText(text, (Piece(0, len(text), origin),) if text else ())


def _with_signs(printed: MappedText, column: ViewColumn, row: IndicatorScope) -> Iterable[MappedText]:
    """The number of an indicator with its operator or its brackets."""
    entries = row.indicator.entries
    growth = entries.text(IndicatorRow.GROWTH)
    year = _YEAR.fullmatch(column.value)
    operator = entries.text(IndicatorRow.OPERATOR) if year and _is_target(row, int(year[1])) else ""
    bracketed = growth == (
        _OVER_FIVE_YEARS if year else _CUMULATED if column.value.strip() == GROWTH else None
    )
    if operator and operator != "=":
        yield generated(operator, "operator", entries.place(IndicatorRow.OPERATOR.name))
    asked = entries.place(IndicatorRow.GROWTH.name)
    if bracketed:
        yield generated("〔", "bracket", asked)
    yield printed
    if bracketed:
        yield generated("〕", "bracket", asked)


def _is_target(row: IndicatorScope, year: int) -> bool:
    values = row.indicator.entries.get(IndicatorRow.VALUES) or ()
    return any(at == year and cell.text(IndicatorRow.STATUS) == _TARGET for at, cell in values)


def is_number(value: Value) -> bool:
    """Whether a cell of this value is aligned as a number."""
    return isinstance(value, Quantity)
