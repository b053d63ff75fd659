from collections.abc import Callable
from pathlib import Path

import pytest

from tests.actions.workspace import OFFICE, Desk, write


@pytest.fixture
def heard(capsys: pytest.CaptureFixture[str]) -> Callable[[], tuple[str, str]]:
    """What was printed since it was last asked for."""

    def read() -> tuple[str, str]:
        captured = capsys.readouterr()
        return captured.out, captured.err

    return read


@pytest.fixture
def desk(tmp_path: Path, heard: Callable[[], tuple[str, str]]) -> Desk:
    """A workspace that is right in everything."""
    return Desk(write(tmp_path / "w"), heard)


@pytest.fixture
def office(tmp_path: Path, heard: Callable[[], tuple[str, str]]) -> Desk:
    """The same with recipients and stages, to issue versions from."""
    return Desk(write(tmp_path / "w", OFFICE), heard)
