from pathlib import Path

import pytest

from drafter.release.recipients import Recipient, known
from drafter.workspace.loading import load


@pytest.fixture(scope="session")
def sample_recipients() -> tuple[Recipient, ...]:
    workspace = load(Path(__file__).parents[2]).value
    assert workspace is not None
    return known(workspace)
