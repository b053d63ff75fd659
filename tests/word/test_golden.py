"""Whole files against their golden ones: what no single test asks for, and nobody meant to change."""

from __future__ import annotations

from pathlib import Path

import pytest

from drafter.word.canary import canary
from tests.word.golden import differences
from tests.word.trees import Plan, specimen

HERE = Path(__file__).parent / "golden"


def _specimen() -> bytes:
    plan, blocks = specimen()
    value = plan.written(*blocks).value
    assert value
    return value.data


def _official() -> bytes:
    plan = Plan()
    blocks = (
        plan.heading(1, "一、", "总则"),
        plan.heading(2, "（一）", "目的"),
        plan.paragraph("为了……", plan.note("注。")),
    )
    value = plan.written(*blocks, scheme="公文").value
    assert value
    return value.data


@pytest.mark.parametrize(
    ("name", "made"),
    [("specimen", _specimen), ("official", _official), ("canary", canary)],
)
def test_a_file_is_as_it_was(name: str, made: object, golden: bool) -> None:
    assert callable(made)
    assert not differences(made(), HERE / name, rewrite=golden)


def test_a_difference_is_shown_by_its_lines(tmp_path: Path) -> None:
    plan = Plan()
    one, two = plan.written(plan.paragraph("甲")).value, Plan().written(Plan().paragraph("乙")).value
    assert one
    assert two
    assert not differences(one.data, tmp_path, rewrite=True)
    shown = differences(two.data, tmp_path, rewrite=False)
    assert "-        <w:t>甲</w:t>" in shown
    assert "+        <w:t>乙</w:t>" in shown
