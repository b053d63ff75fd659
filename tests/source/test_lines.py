from hypothesis import given
from hypothesis import strategies as st

from drafter.source import lines
from drafter.source.lines import changed

TEXT = st.lists(st.sampled_from(["甲", "乙", "丙丁", ""]), max_size=12)


def test_stretches_are_whole_and_in_order() -> None:
    assert list(changed(["甲", "乙", "丙"], ["甲", "丁", "戊", "丙"])) == [(1, 2, 1, 3)]
    assert list(changed(["甲", "乙"], ["甲", "乙"])) == []
    assert list(changed([], ["甲"])) == [(0, 0, 0, 1)]


@given(TEXT, TEXT)
def test_the_old_text_with_its_stretches_replaced_is_the_new_one(old: list[str], new: list[str]) -> None:
    for found in (list(changed(old, new)), _in_step(old, new)):
        out: list[str] = []
        at = 0
        for a, b, c, d in found:
            assert old[a:b] != new[c:d]
            out += old[at:a] + new[c:d]
            at = b
        assert out + old[at:] == new


def test_a_ledger_changed_in_every_row_is_compared_row_by_row() -> None:
    old = [
        line for number in range(9000) for line in (f"- 编号: 机构{number}号", "  县区: 港城区", "  床位: 30")
    ]
    new = [line.replace("床位: 30", "床位: 31") for line in old]
    assert list(changed(old, new)) == [(at, at + 1, at, at + 1) for at in range(2, 27_000, 3)]


def _in_step(old: list[str], new: list[str]) -> list[lines.Stretch]:
    weighed, lines._WEIGHED = lines._WEIGHED, -1
    try:
        return list(changed(old, new))
    finally:
        lines._WEIGHED = weighed
