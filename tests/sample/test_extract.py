"""The sample's extract: nothing wrong with it, of a length that somebody reads, nothing in it that is not in the plan."""

from functools import cache
from pathlib import Path

from drafter.actions.composing import Composed, Composer, loaded
from drafter.actions.settings import settings_for
from drafter.document.tree import Heading, Numbering, Text
from drafter.document.walk import blocks, lines

ROOT = Path(__file__).resolve().parents[2]


@cache
def made() -> tuple[Composed, tuple[str, ...]]:
    workspace, _ = loaded(ROOT)
    plan = workspace.plans["xgy"]
    settings = settings_for(workspace, plan, None, None, internal=False, public=False)
    composer = Composer(workspace)
    composed = composer.composed(plan, settings)
    assert composed.value is not None
    issues = (*composed.issues, *composer.checked(plan, settings))
    return composed.value, tuple(issue.code for issue in issues)


def test_nothing_is_wrong_with_it() -> None:
    assert made()[1] == ()


def test_it_has_ideas_goals_indicators_tasks_and_projects() -> None:
    composed, _ = made()
    headings = [
        "".join(inline.mapped.text for inline in block.line.inlines if isinstance(inline, Text))
        for block in composed.document.blocks
        if isinstance(block, Heading)
    ]
    assert {"指导思想", "发展目标", "健全社会救助体系", "优化养老服务设施布局"} <= set(headings)
    assert "box:indicators" in composed.numbering.targets
    assert "项目。" in printed(composed)


def test_it_says_nothing_that_the_plan_does_not_say() -> None:
    composed, _ = made()
    assert composed.whole is not None
    there = printed(Composed(composed.whole, Numbering({}, {}, {})))
    for block in blocks(composed.document.blocks):
        for line in lines(block):
            for inline in line.inlines:
                if isinstance(inline, Text) and not inline.mapped.text.startswith("《规划》"):
                    assert inline.mapped.text in there


def printed(composed: Composed) -> str:
    return "\n".join(
        inline.mapped.text
        for block in blocks(composed.document.blocks)
        for line in lines(block)
        for inline in line.inlines
        if isinstance(inline, Text)
    )
