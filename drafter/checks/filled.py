"""Slots whose fragment is there and prints nothing: front matter alone, notes of the writer, headings without text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from drafter.checks.draft import Draft
from drafter.document.tree import Heading
from drafter.source.issues import Issue
from drafter.workspace.model import Workspace
from drafter.workspace.plans import slots


def check_filled(workspace: Workspace, drafts: Iterable[Draft]) -> Iterator[Issue]:
    """Each such fragment once; of one with an error nobody knows what it would print."""
    for draft in drafts:
        filled = {
            block.id.partition("#")[0] for block in draft.document.blocks if not isinstance(block, Heading)
        }
        for slot in slots(draft.plan.outline):
            fragment = workspace.fragments.get(slot.slot)
            if fragment is None or slot.slot in filled or fragment.path in draft.broken:
                continue
            source = workspace.sources[fragment.path]
            facts = {"id": fragment.id, "title": fragment.title.text, "owner": fragment.owner}
            yield Issue("checks.not-written", source.place(min(fragment.body, len(source.text))), facts)
