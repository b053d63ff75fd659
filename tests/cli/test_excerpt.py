import pytest

from drafter.cli.excerpt import BEFORE, ELLIPSIS, WIDTH, excerpt, width


@pytest.mark.parametrize(
    ("line", "column", "spaces"),
    [
        ("  床位: 12a", 7, 8),
        ("unit: 张", 7, 6),
        ("养老床位", 1, 0),
        ("养老床位", 4, 6),
        ("养老床位", 5, 8),
        ("e\u0301x", 3, 1),
        ("a\tb", 3, 2),
        ("ｆｕｌｌ", 2, 2),
        ("", 1, 0),
        ("short", 99, 5),
    ],
)
def test_the_caret_stands_under_the_character(line: str, column: int, spaces: int) -> None:
    shown, caret = excerpt(line, column)
    assert caret == " " * spaces + "^"
    assert "\t" not in shown


def test_without_a_column_there_is_no_caret() -> None:
    assert excerpt("养老床位\n", 0) == ("养老床位",)


@pytest.mark.parametrize("column", [1, 200, 399, 400])
def test_a_long_paragraph_is_cut_to_a_window_with_the_place_in_sight(column: int) -> None:
    line = "".join(chr(0x4E00 + number) for number in range(400))
    shown, caret = excerpt(line, column)
    assert width(shown) <= WIDTH + 2 * len(ELLIPSIS) + 2
    assert width(caret) <= BEFORE + 4
    under, at = width(caret) - 1, 0
    for character in shown:
        if at == under:
            assert character == line[column - 1]
            break
        at += width(character)
    else:
        pytest.fail("the caret stands under nothing")
