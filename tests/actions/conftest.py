from pathlib import Path

import pytest

from tests.actions.workspace import Desk, write


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A workspace that is right in everything."""

    def read() -> tuple[str, str]:
        captured = capsys.readouterr()
        return captured.out, captured.err

    return Desk(write(tmp_path / "w"), read)
