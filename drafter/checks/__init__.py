"""What is wrong with a plan though every file of it can be read: sums that do not hold, sections without text, numbers typed by hand."""

from __future__ import annotations

from collections.abc import Sequence

from drafter.checks.declared import check_declared
from drafter.checks.draft import Draft
from drafter.checks.filled import check_filled
from drafter.checks.printed import check_known
from drafter.checks.sense import check_sense
from drafter.checks.typed import check_typed
from drafter.checks.unused import check_unused
from drafter.source.issues import Issue
from drafter.workspace.model import Workspace

__all__ = ["Draft", "run"]


def run(workspace: Workspace, drafts: Sequence[Draft]) -> tuple[Issue, ...]:
    """All that the checks find in the data, and in these drafts. What no plan uses is only told where all plans are looked at."""
    return (
        *check_filled(workspace, drafts),
        *check_declared(workspace),
        *check_sense(workspace),
        *check_known(workspace, drafts),
        *check_typed(workspace, drafts),
        *check_unused(workspace, drafts),
    )
