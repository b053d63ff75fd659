from pathlib import Path

import pytest

from tests.actions.workspace import Desk, write
from tests.word.road import Road


@pytest.fixture
def road(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Road:
    """A workspace with one fragment to write in."""

    def read() -> tuple[str, str]:
        captured = capsys.readouterr()
        return captured.out, captured.err

    return Road(Desk(write(tmp_path / "w"), read))
