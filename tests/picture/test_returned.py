"""Files that came back from Word and WPS, dropped into tests/fixtures/returned, and the real files of the peers."""

from pathlib import Path

import pytest

from drafter.picture import read
from drafter.picture.model import Picture, Position, View
from drafter.picture.views import view

ROOT = Path(__file__).parents[2]
RETURNED = sorted((ROOT / "tests" / "fixtures" / "returned").glob("*.docx"))


def whole(picture: Picture) -> None:
    """What holds for any picture: it counts right, its views lead back to it, its comments stand inside it."""
    lengths = [sum(len(run.text) for run in paragraph.runs) for paragraph in picture.paragraphs]
    assert [paragraph.index for paragraph in picture.paragraphs] == list(range(len(lengths)))
    for kind in View:
        for paragraph in view(picture, kind):
            assert "".join(stretch.run.text for stretch in paragraph.stretches) == paragraph.text
            for stretch in paragraph.stretches:
                assert paragraph.text[stretch.start : stretch.end] == stretch.run.text
                assert within(stretch.at, lengths)
    for comment in picture.comments:
        assert (comment.start is None) == (comment.end is None)
        assert all(within(end, lengths) for end in (comment.start, comment.end) if end is not None)


def within(position: Position, lengths: list[int]) -> bool:
    return 0 <= position.offset <= lengths[position.paragraph]


@pytest.mark.parametrize("path", RETURNED, ids=lambda path: path.name)
def test_a_returned_file_is_read_whole(path: Path) -> None:
    outcome = read(path.read_bytes(), path.name)
    assert outcome.issues == ()
    assert outcome.value is not None
    whole(outcome.value)
    assert outcome.value.release


def test_the_folder_of_returned_files_is_there() -> None:
    assert (ROOT / "tests" / "fixtures" / "returned").is_dir()
