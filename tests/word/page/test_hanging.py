"""A sign that hangs over the edge of a full line is printed, and no empty line follows it: where LibreOffice 7.4 is led astray easily."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from tests.word.page.conftest import PLAIN
from tests.word.page.rendering import MM, missing, rendered
from tests.word.trees import Plan

WHY = missing()
pytestmark = [pytest.mark.office, pytest.mark.skipif(bool(WHY), reason=WHY)]


def test_nothing_is_lost_at_the_edge_and_no_line_is_left_empty(tmp_path: Path) -> None:
    long = PLAIN * 2
    # Every length of a last line, and a comma at every place of the second line.
    texts = [long[:count] + "。" for count in range(26, 84)]
    texts += [f"{long[:30]}，{long[30 : 30 + count]}，{long[:40]}。" for count in range(15, 30)]
    plan = Plan()
    file = plan.written(*(plan.paragraph(text) for text in texts)).value
    assert file
    pages = [page for page in rendered(file.data, tmp_path) if page.number]
    assert "".join(page.text for page in pages) == "".join(texts)
    for page in pages:
        tops = [line.top / MM for line in page.body]
        assert all(after - before == pytest.approx(28.95, abs=0.1) for before, after in pairwise(tops))
