"""`format`: the office's settings, and what a plan sets otherwise."""

from __future__ import annotations

from pathlib import Path

from drafter.workspace.profile import LINE, HeadingForm, Profile
from tests.workspace.world import loaded, replaced

WORKSPACE, PLAN = "data/workspace.yaml", "data/plans/p145.yaml"


def _profile(root: Path, office: str = "", plan: str = "") -> Profile:
    changes = {
        **replaced(WORKSPACE, "plans: [p145]", f"plans: [p145]\n{office}"),
        **replaced(PLAN, "outline:", f"{plan}\noutline:"),
    }
    outcome = loaded(root, changes)
    assert [issue.code for issue in outcome.issues] == ["workspace.slot-empty"]
    assert outcome.value
    return outcome.value.plans["p145"].profile


def test_without_settings_the_profile_is_the_standards(tmp_path: Path) -> None:
    profile = _profile(tmp_path)
    assert profile == Profile()
    assert (profile.line, profile.page_number, profile.dashes) == (LINE, "外侧", True)


def test_the_office_decides_for_all_its_plans(tmp_path: Path) -> None:
    profile = _profile(tmp_path, office="format: {line: 28, latin: 同汉字, page_number: 居中}")
    assert profile == Profile(line=560, latin="", page_number="居中")


def test_a_plan_sets_otherwise_what_it_says_and_nothing_else(tmp_path: Path) -> None:
    office = "format: {line: 28, page_dashes: false, fonts: {仿宋: 甲, 楷体: 乙}, headings: {章: {font: 小标宋, bold: true}}}"
    plan = "format: {line: 28.95, fonts: {楷体: 丙}, headings: {章: {size: 小二}, 1.: {bold: false}}}"
    profile = _profile(tmp_path, office, plan)
    assert (profile.line, profile.dashes) == (579, False)
    assert (profile.font("仿宋"), profile.font("楷体"), profile.font("黑体")) == ("甲", "丙", "黑体")
    assert profile.heading("章") == HeadingForm("小标宋", 36, bold=True)
    assert profile.heading("1.") == HeadingForm(bold=False)
    assert profile.heading("节") == HeadingForm()
