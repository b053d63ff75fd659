"""段号 as people write them, and the nearest ones."""

import pytest

from drafter.document.cited import nearest_numbers, paragraph_number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("3.2-14", "3.2-14"),
        ("３．２－１４／３", "3.2-14/3"),
        (" 3.2–14 ", "3.2-14"),
        ("附1.0-2", "附1.0-2"),
        ("附件1.0-2", "附1.0-2"),
        ("第三章第二节第14段", "3.2-14"),
        ("第十二章第二十一节第一百零三段", "12.21-103"),
        ("第三章第2段第3行", "3.0-2/3"),
        ("第三章第二节", "3.2-0"),
        ("第一部分（二）第3段", "1.2-3"),
        ("附件2第一〇段", "附2.0-10"),
        ("3.2", ""),
        ("第三节", ""),
        ("三", ""),
        ("", ""),
        ("1.1-1; x", ""),
        ("9" * 400, ""),
    ],
)
def test_a_number_is_read_as_it_is_printed(words: str, number: str) -> None:
    assert paragraph_number(words) == number


def test_the_nearest_numbers_are_of_the_same_section_and_rows_only_where_a_row_was_asked_for() -> None:
    known = ["1.1-1", "1.1-2", "1.2-1", "1.2-2", "1.2-2/1", "1.2-2/2", "2.1-1", "附1.0-1"]
    assert nearest_numbers("1.2-9", known) == ("1.1-2", "1.2-1", "1.2-2")
    assert nearest_numbers("1.2-2/9", known) == ("1.2-2", "1.2-2/1", "1.2-2/2")
    assert nearest_numbers("附3.0-7", known) == ("1.1-2", "2.1-1", "附1.0-1")
    assert nearest_numbers("x", known) == ()
