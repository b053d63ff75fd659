from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.source.origins import Datum, SourceSlice
from drafter.workspace import arithmetic
from drafter.workspace.arithmetic import ArithmeticFailed, number
from drafter.workspace.values import Quantity


def quantity(value: str, unit: str = "", name: str = "甲", decimals: int | None = 0) -> Quantity:
    return Quantity(Decimal(value), unit, decimals, Datum(name, SourceSlice("data/a.yaml", 0, 1)))


def shown(value: Quantity) -> tuple[str, str]:
    return f"{value.number.normalize():f}", value.unit + ("?" if value.free else "")


@pytest.mark.parametrize(
    ("calculate", "left", "right", "expected"),
    [
        (arithmetic.add, ("1", "张"), ("2", "张"), ("3", "张")),
        (arithmetic.add, ("1", "亿元"), ("500", "万元"), ("1.05", "亿元")),
        (arithmetic.subtract, ("500", "万元"), ("0.01", "亿元"), ("400", "万元")),
        (arithmetic.add, ("2", "公顷"), ("5000", "平方米"), ("2.5", "公顷")),
        (arithmetic.subtract, ("55", "%"), ("37", "%"), ("18", "%")),
        (arithmetic.multiply, ("3", "张"), ("2", ""), ("6", "张")),
        (arithmetic.multiply, ("2", ""), ("3", "张"), ("6", "张")),
        (arithmetic.divide, ("6", "张"), ("2", ""), ("3", "张")),
        (arithmetic.divide, ("6", "张"), ("2", "张"), ("3", "")),
        (arithmetic.divide, ("1", "亿元"), ("5000", "万元"), ("2", "")),
        (arithmetic.divide, ("6", "张"), ("2", "人"), ("3", "?")),
        (arithmetic.multiply, ("6", "张"), ("2", "人"), ("12", "?")),
        (arithmetic.share, ("1", "张"), ("4", "张"), ("25", "%")),
        (arithmetic.share, ("1", "个"), ("4", "处"), ("25", "%")),
        (arithmetic.growth, ("4", "张"), ("5", "张"), ("25", "%")),
    ],
)
def test_units_follow_the_rules(
    calculate: Callable[[Quantity, Quantity], Quantity],
    left: tuple[str, str],
    right: tuple[str, str],
    expected: tuple[str, str],
) -> None:
    assert shown(calculate(quantity(*left), quantity(*right))) == expected


@pytest.mark.parametrize("calculate", [arithmetic.add, arithmetic.subtract, arithmetic.growth])
@pytest.mark.parametrize(("left", "right"), [("张", "人"), ("张", ""), ("", "%"), ("万元", "公顷")])
def test_different_units_cannot_be_added_or_compared(
    calculate: Callable[[Quantity, Quantity], Quantity], left: str, right: str
) -> None:
    with pytest.raises(ArithmeticFailed) as failed:
        calculate(quantity("1", left), quantity("2", right))
    assert failed.value.code == "formula.units"


def test_a_free_result_takes_the_unit_of_what_it_is_added_to() -> None:
    free = arithmetic.multiply(quantity("2", "张"), quantity("3", "人"))
    assert shown(arithmetic.add(free, quantity("1", "万元"))) == ("7", "万元")
    assert shown(arithmetic.fitted(free, "个")) == ("6", "个")


@pytest.mark.parametrize(("unit", "fits"), [("%", True), ("", True), ("张", False)])
def test_a_pure_number_fits_a_percentage_and_no_unit(unit: str, fits: bool) -> None:
    pure = arithmetic.divide(quantity("1", "张"), quantity("4", "张"))
    if fits:
        assert shown(arithmetic.fitted(pure, unit)) == ("0.25", unit)
    else:
        with pytest.raises(ArithmeticFailed):
            arithmetic.fitted(pure, unit)


@pytest.mark.parametrize(
    ("value", "unit", "wanted", "expected"),
    [
        ("223000", "万元", "亿元", "22.3"),
        ("1", "亿元", "元", "100000000"),
        ("47", "公顷", "平方米", "470000"),
        ("17.8", "%", "个百分点", "17.8"),
    ],
)
def test_units_of_one_dimension_are_converted_exactly(
    value: str, unit: str, wanted: str, expected: str
) -> None:
    before = quantity(value, unit)
    after = arithmetic.converted(before, wanted)
    assert shown(after) == (expected, wanted)
    assert after.datum is before.datum


@pytest.mark.parametrize(
    ("first", "last", "years", "rate"), [("8", "1", "3", "-50"), ("710", "950", "5", "5.9969")]
)
def test_yearly_growth_is_the_root_of_the_ratio(first: str, last: str, years: str, rate: str) -> None:
    found = arithmetic.cagr(quantity(first, "元"), quantity(last, "元"), number(Decimal(years)))
    assert found.unit == "%"
    assert round(found.number, 4) == Decimal(rate)


@given(st.integers(2, 60), st.integers(1, 30))
def test_yearly_growth_of_a_whole_power_is_exact(base: int, years: int) -> None:
    found = arithmetic.cagr(number(1), number(base**years), number(years))
    assert found.number == (base - 1) * 100


@pytest.mark.parametrize("divisor", [quantity("0", "张"), quantity("0"), number(0)])
def test_nothing_is_divided_by_zero(divisor: Quantity) -> None:
    for calculate in (arithmetic.divide, arithmetic.share):
        with pytest.raises(ArithmeticFailed) as failed:
            calculate(quantity("1", "张"), divisor)
        assert failed.value.code == "formula.division-by-zero"


def test_more_digits_than_the_usual_twenty_eight_stay_exact() -> None:
    long = quantity("12345678901234567890.1234567890123")
    assert arithmetic.negative(arithmetic.negative(long)).number == long.number
    assert arithmetic.add(long, number(0)).number == long.number


def test_a_result_says_its_formula_and_what_it_was_made_from() -> None:
    a, b, c = (quantity("2", "张", name) for name in ("甲", "乙", "丙"))
    found = arithmetic.multiply(arithmetic.divide(arithmetic.add(a, b), c), number(100))
    assert found.datum.formula == "(甲 + 乙) / 丙 * 100"
    assert [datum.key for datum in found.datum.inputs] == ["甲", "乙", "丙"]
    assert found.datum.place is None


@pytest.mark.parametrize(
    ("calculate", "formula"),
    [
        (lambda a, b: arithmetic.subtract(a, arithmetic.add(a, b)), "甲 - (甲 + 乙)"),
        (lambda a, b: arithmetic.add(arithmetic.subtract(a, b), b), "甲 - 乙 + 乙"),
        (lambda a, b: arithmetic.divide(a, arithmetic.multiply(b, number(2))), "甲 / (乙 * 2)"),
        (lambda a, b: arithmetic.multiply(arithmetic.share(a, b), number(2)), "share(甲, 乙) * 2"),
        (lambda a, b: arithmetic.multiply(arithmetic.negative(a), b), "-甲 * 乙"),
    ],
)
def test_a_formula_has_the_brackets_it_needs(
    calculate: Callable[[Quantity, Quantity], Quantity], formula: str
) -> None:
    assert calculate(quantity("2", "张", "甲"), quantity("3", "张", "乙")).datum.formula == formula


def test_a_sum_prints_as_many_decimals_as_its_finest_term() -> None:
    total = arithmetic.add(quantity("1", "张", decimals=0), quantity("1.25", "张", decimals=2))
    assert total.decimals == 2
