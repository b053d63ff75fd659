"""Where the material of others stands, if it does."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def peers() -> Path:
    """`DRAFTER_PEERS`, else `peers` in the folder `shared` beside the repository."""
    folder = Path(os.environ.get("DRAFTER_PEERS", ROOT.parent / "shared" / "peers"))
    if not (folder / "markdown").is_dir():
        pytest.skip(f"no material of others: {folder}/markdown is not there (set DRAFTER_PEERS)")
    return folder
