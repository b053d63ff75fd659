"""How numbers print, and how what a reviewer types is read back."""

import random
from decimal import Decimal

import pytest

from drafter.merge.formats import chinese, format_quantity, parse_printed, scalar_for
from drafter.source.origins import Datum
from drafter.workspace.arithmetic import ArithmeticFailed
from drafter.workspace.values import Quantity


def quantity(number: str, unit: str, decimals: int | None) -> Quantity:
    return Quantity(Decimal(number), unit, decimals, Datum("数", None))


@pytest.mark.parametrize(
    ("number", "unit", "decimals", "form", "printed"),
    [
        ("24000", "张", 0, "", "24000张"),
        ("55", "%", 1, "", "55.0%"),
        ("55", "%", 1, "数", "55.0"),
        ("55", "%", 1, "数(0)", "55"),
        ("37.25", "%", 1, "", "37.3%"),
        ("-37.25", "%", 1, "", "-37.3%"),
        ("-0.04", "%", 1, "", "0.0%"),
        ("0.50", "", None, "", "0.5"),
        ("1E+3", "人", None, "", "1000人"),
        ("223450", "万元", 0, "亿元", "22.35亿元"),
        ("223450", "万元", 0, "亿元(1)", "22.3亿元"),
        ("223550", "万元", 0, "亿元(1)", "22.4亿元"),
        ("223450", "万元", 0, "亿元|数", "22.35"),
        ("2.3", "亿元", 1, "万元(0)", "23000万元"),
        ("18000", "平方米", 0, "公顷", "1.80公顷"),
        ("17.8", "%", 1, "个百分点", "17.8个百分点"),
        ("12", "个", 0, "(1)", "12.0个"),
        ("12", "个", 0, "中文数字", "十二"),
    ],
)
def test_a_quantity_prints_in_its_form(
    number: str, unit: str, decimals: int | None, form: str, printed: str
) -> None:
    assert format_quantity(quantity(number, unit, decimals), form) == printed


def test_a_unit_that_does_not_convert_is_an_error() -> None:
    with pytest.raises(ArithmeticFailed):
        format_quantity(quantity("1", "张", 0), "亿元")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("0", "零"),
        ("10", "十"),
        ("21", "二十一"),
        ("105", "一百零五"),
        ("2025", "二千零二十五"),
        ("10000", "一万"),
        ("100500", "十万零五百"),
        ("24000", "二万四千"),
        ("120000000", "一亿二千万"),
        ("100000001", "一亿零一"),
        ("3.05", "三点零五"),
        ("-2", "负二"),
    ],
)
def test_numbers_in_chinese_words(number: str, words: str) -> None:
    assert chinese(Decimal(number)) == words


@pytest.mark.parametrize(
    ("text", "unit", "form", "number"),
    [
        ("24500张", "张", "", "24500"),
        ("24,500张", "张", "", "24500"),
        ("５６．０％", "%", "", "56.0"),
        ("22.35亿元", "万元", "亿元", "223500"),
        ("22.35", "万元", "亿元|数", "223500"),
        ("24500", "张", "数", "24500"),
        ("−1.2%", "%", "", "-1.2"),
        ("24500个", "张", "", None),
        ("约24500张", "张", "", None),
        ("张", "张", "", None),
    ],
)
def test_a_printed_number_is_read_back_in_its_own_unit(
    text: str, unit: str, form: str, number: str | None
) -> None:
    found = parse_printed(text, quantity("1", unit, 1), form)
    assert found == (None if number is None else Decimal(number))


@pytest.mark.parametrize(
    ("printed", "was", "scalar", "form", "new"),
    [
        ("24500张", "24000张", "24000", "", "24500"),
        ("56.0%", "55.0%", "55.0", "", "56.0"),
        ("56%", "55.0%", "55", "", "56"),
        ("24500", "24000", '"24000"', "数", '"24500"'),
        ("23.10亿元", "22.35亿元", "223450", "亿元", "231000"),
        ("24500人", "24000张", "24000", "", None),
        ("二十", "12", "12", "", None),
        ("市社会福利院", "社会福利院", "社会福利院", "", "市社会福利院"),
        ("甲: 乙", "甲", "甲", "", None),
        ('甲"乙', "甲", '"甲"', "", '"甲\\"乙"'),
        ("甲'乙", "甲", "'甲'", "", "'甲''乙'"),
    ],
)
def test_a_printed_value_as_the_scalar_that_prints_it(
    printed: str, was: str, scalar: str, form: str, new: str | None
) -> None:
    assert scalar_for(printed, was, scalar, form) == new


def test_what_prints_reads_back_to_the_rounded_number() -> None:
    draw = random.Random(5)
    for _ in range(2000):
        decimals = draw.randint(0, 3)
        number = quantity(
            str(Decimal(draw.randint(-(10**8), 10**8)).scaleb(-draw.randint(0, 4))), "万元", decimals
        )
        form = draw.choice(["", "数", "亿元", "亿元(4)", "数(2)", "(1)", "亿元|数"])
        printed = format_quantity(number, form)
        read = parse_printed(printed, number, form)
        assert read is not None
        assert format_quantity(Quantity(read, "万元", decimals, number.datum), form) == printed
