"""The fragments of this repository's own workspace."""

from datetime import date
from pathlib import Path

from drafter.merge import Merger, Settings
from drafter.source.origins import DataValue, SourceSlice
from drafter.workspace.loading import load

ROOT = Path(__file__).parents[2]


def test_every_fragment_of_the_sample_merges_and_every_literal_equals_its_slice() -> None:
    workspace = load(ROOT).value
    assert workspace is not None
    assert len(workspace.fragments) >= 10
    merger = Merger(workspace)
    values = 0
    for fragment in workspace.fragments.values():
        plan = workspace.plans[fragment.plan]
        outcome = merger.merge(fragment.path, plan, Settings("讨论稿", date(2020, 8, 20)))
        assert not outcome.issues
        assert outcome.value is not None
        assert "{{" not in outcome.value.text
        for piece in outcome.value.pieces:
            if isinstance(piece.origin, SourceSlice):
                text = workspace.sources[piece.origin.path].text
                printed = outcome.value.text[piece.start : piece.end]
                assert printed == text[piece.origin.start : piece.origin.end]
            values += isinstance(piece.origin, DataValue)
    assert values > 50
