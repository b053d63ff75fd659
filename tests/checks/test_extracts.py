"""The limit of an extract, and the binding indicators that it must have."""

from pathlib import Path

import pytest

from drafter.actions.composing import Composer, loaded
from drafter.actions.settings import settings_for
from drafter.checks.extracts import characters
from drafter.source.codes import Severity
from drafter.source.issues import Issue
from tests.workspace.extracts import EXTRACT, FIRST, INDICATORS, write


def checked(root: Path) -> tuple[int, list[Issue]]:
    """How many characters the extract has, and what is wrong with it."""
    workspace, _ = loaded(root)
    plan = workspace.plans["x1"]
    settings = settings_for(workspace, plan, None, None, internal=False, public=False)
    composer = Composer(workspace)
    made = composer.composed(plan, settings).value
    assert made is not None
    return characters(made.document, made.numbering), list(composer.checked(plan, settings))


# what is printed, without blanks and the numbers of headings and lists
PRINTED = (
    "总体要求指导思想坚持以人民为中心（见专栏1，分工见《规划》表1）。具体目标一是保障。专栏1目标护理型占比达到55.0%。"
    "主要任务养老服务全市床位达到800张（见《规划》第二章第一节第一部分）。政府主导。重点项目建设。社会参与。"
    "以人民为中心是根本立场。床位含护理型床位。"
)


def test_characters_are_those_that_are_printed(tmp_path: Path) -> None:
    assert checked(write(tmp_path)) == (len(PRINTED), [])


@pytest.mark.parametrize(("over", "codes"), [(0, []), (1, ["checks.extract-limit"])])
def test_an_extract_keeps_within_its_limit(tmp_path: Path, over: int, codes: list[str]) -> None:
    limit = len(PRINTED) - over
    _, found = checked(write(tmp_path, {EXTRACT: ("limit: 400", f"limit: {limit}")}))
    assert [issue.code for issue in found] == codes
    for issue in found:
        assert issue.facts == {"count": str(len(PRINTED)), "limit": str(limit), "over": "1"}
        assert (issue.place.file, issue.place.line, issue.severity) == (EXTRACT, 11, Severity.ERROR)


def test_an_extract_without_a_limit_may_be_of_any_length(tmp_path: Path) -> None:
    assert checked(write(tmp_path, {EXTRACT: (", limit: 400", "")}))[1] == []


def test_a_binding_indicator_of_the_plan_must_be_printed(tmp_path: Path) -> None:
    (issue,) = checked(write(tmp_path, {FIRST: ("extract: [纲要]\n", "")}))[1]
    assert (issue.code, issue.severity) == ("checks.binding-left-out", Severity.WARNING)
    assert issue.facts == {"name": "护理型占比", "mark": "纲要"}
    assert issue.place.file == EXTRACT


def test_an_indicator_that_does_not_bind_may_be_left_out(tmp_path: Path) -> None:
    loose = (
        'name: 护理型占比, unit: "%", decimals: 1, attribute: 约束性',
        'name: 护理型占比, unit: "%", decimals: 1, attribute: 预期性',
    )
    assert checked(write(tmp_path, {FIRST: ("extract: [纲要]\n", ""), INDICATORS: loose}))[1] == []
