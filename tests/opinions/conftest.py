from collections.abc import Callable
from pathlib import Path

import pytest

from drafter.opinions.locate import Locator
from drafter.word.anchors import Record
from tests.review.conftest import DATA
from tests.review.rig import Desk

ROOT = Path(__file__).parents[2]


@pytest.fixture
def issued(tmp_path: Path) -> Callable[[str], Desk]:
    """A workspace with one fragment of this text, issued."""

    def make(body: str) -> Desk:
        front = "---\nid: p/a\ntitle: 本节标题\nowner: 规划财务科\nstatus: 初稿\n---\n"
        for path, text in {**DATA, "sections/p/01/01.md": front + body}.items():
            target = tmp_path / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode())
        (tmp_path / "templates/plan.docx").write_bytes((ROOT / "templates/plan.docx").read_bytes())
        return Desk(tmp_path)

    return make


@pytest.fixture(scope="session")
def sample() -> Record:
    """The record of the sample's large plan."""
    return Desk(ROOT).record


@pytest.fixture(scope="session")
def locator(sample: Record) -> Locator:
    """The sample made ready."""
    return Locator(sample)
