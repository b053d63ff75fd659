"""Files that nobody changed: as they were issued, as LibreOffice saves them, and as python-docx does. None has a remark."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from drafter.actions.build import build
from drafter.actions.collect import collect
from drafter.actions.release import Wanted, release
from tests.actions.workspace import FILES, SECOND, write
from tests.harness.resaving import by_python_docx, resaved
from tests.picture.test_things import png

SAMPLE = Path(__file__).parents[2]
RICH = """
有~~删掉的字~~和{==再看==}的话，见[网站](https://example.org)，{++加的++}{--减的--}{>>问一下<<}，**粗**和*斜*。

::: 专栏 一个框
框里的话。[^2]
:::

![小图](red.png){width=3cm}

行内图![](blue.png)在这里。

[^2]: 注里也有~~删掉的~~。
"""


def without_remarks(root: Path, files: Mapping[str, bytes], folder: Path) -> None:
    folder.mkdir()
    paths = []
    for name, data in files.items():
        path = folder / name
        path.write_bytes(data)
        paths.append(path)
    outcome = collect(root, paths)
    assert outcome.value is not None
    assert {issue.code for issue in outcome.issues} <= {"collect.no-round"}
    assert [(each.kind, each.original, each.proposed, each.comment) for each in outcome.value.remarks] == []
    assert outcome.value.account.read == len(files)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample workspace with its plans built, and p145 issued in numbered copies of both kinds, with a watermark."""
    root = tmp_path_factory.mktemp("sample")
    for part in ("data", "sections", "templates"):
        shutil.copytree(SAMPLE / part, root / part)
    shutil.rmtree(root / "data/releases", ignore_errors=True)
    assert build(root, ["p145", "pfac", "zqyj", "yftz"]).value is not None
    wanted = Wanted(
        "征求意见稿", ("市财政局",), reading=True, watermark="征求意见稿", force="为了测试", by="测试"
    )
    assert release(root, "p145", wanted).value is not None
    return root


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with what the sample has not: marks, questions, pictures and links."""
    root = tmp_path_factory.mktemp("rich")
    pictures = {"sections/p1/01/red.png": png(40, 30), "sections/p1/01/blue.png": png(20, 20)}
    write(root, {SECOND: FILES[SECOND] + RICH, **pictures})
    assert build(root, ["p1"]).value is not None
    return root


def issued(root: Path) -> Iterator[Path]:
    yield from sorted((root / "build").rglob("*.docx"))


def test_what_was_issued_has_none(sample: Path, rich: Path, tmp_path: Path) -> None:
    for root in (sample, rich):
        files = {path.name: path.read_bytes() for path in issued(root)}
        assert len(files) == (6 if root == sample else 1)
        without_remarks(root, files, tmp_path / root.name)


def test_what_python_docx_saves_has_none(sample: Path, rich: Path, tmp_path: Path) -> None:
    for root in (sample, rich):
        files = {path.name: by_python_docx(path.read_bytes()) for path in issued(root)}
        without_remarks(root, files, tmp_path / root.name)


@pytest.mark.office
@pytest.mark.slow
def test_what_libreoffice_saves_has_none(sample: Path, rich: Path, tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not on this machine")
    for root in (sample, rich):
        files = resaved(issued(root), tmp_path / f"{root.name}-office")
        without_remarks(root, files, tmp_path / root.name)
