import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.source.edits import (
    EditsConflict,
    patched,
    patched_all,
    retexted,
    save,
    write_atomically,
    write_sources,
)
from drafter.source.files import Source, decode, read
from drafter.source.issues import Refused

BOM = b"\xef\xbb\xbf"


def source(data: bytes, path: str = "sections/a.md") -> Source:
    found = decode(path, data).value
    assert found is not None
    return found


def on_disk(root: Path, **files: bytes) -> dict[str, Source]:
    found = {}
    for name, data in files.items():
        path = f"{name}.md"
        (root / path).write_bytes(data)
        value = read(root, path).value
        assert value is not None
        found[path] = value
    return found


def contents(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in root.iterdir()}


def test_an_edit_changes_only_its_slice() -> None:
    before = source("标题\n床位3张。\n".encode())
    after = patched(before, [("sections/a.md", 5, 6, "24000")])
    assert after.text == "标题\n床位24000张。\n"


def test_several_edits_keep_to_the_offsets_of_the_old_text() -> None:
    before = source(b"abcdef")
    edits = [("sections/a.md", 4, 5, "E!"), ("sections/a.md", 1, 1, ">"), ("sections/a.md", 1, 3, "")]
    assert patched(before, edits).text == "a>dE!f"


def test_insertions_at_one_place_stand_in_the_order_given() -> None:
    edits = [("sections/a.md", 1, 1, "1"), ("sections/a.md", 1, 1, "2")]
    assert patched(source(b"ab"), edits).text == "a12b"


def test_edits_of_other_files_are_left_alone() -> None:
    assert patched(source(b"ab"), [("other.md", 0, 2, "")]).text == "ab"


@pytest.mark.parametrize("edits", [[(0, 3), (2, 4)], [(0, 4), (2, 2)], [(3, 2)], [(0, 99)], [(-1, 0)]])
def test_edits_that_overlap_or_reach_out_are_refused(edits: list[tuple[int, int]]) -> None:
    with pytest.raises(EditsConflict):
        patched(source(b"abcdef"), [("sections/a.md", start, end, "x") for start, end in edits])


def test_a_windows_file_keeps_its_line_ends_and_new_lines_get_them() -> None:
    before = source(BOM + "一\r\n二\r\n三\r\n".encode())
    after = patched(before, [("sections/a.md", 2, 3, "贰\n新\n")])
    assert after.encoded(after.text) == BOM + "一\r\n贰\r\n新\r\n\r\n三\r\n".encode()


def test_a_gb18030_file_stays_one() -> None:
    before = source("床位3张\r\n".encode("gb18030"))
    after = patched(before, [("sections/a.md", 2, 3, "𠀀")])
    assert after.encoded(after.text) == "床位𠀀张\r\n".encode("gb18030")


def test_a_file_of_both_line_ends_keeps_each_where_it_was() -> None:
    before = source(b"a\r\nb\nc\r\nd\n\n")
    after = patched(before, [("sections/a.md", 2, 3, "B\nB")])
    assert after.encoded(after.text) == b"a\r\nB\nB\nc\r\nd\n\n"


def test_a_new_text_keeps_the_line_ends_of_lines_that_stay() -> None:
    before = source(b"a\r\nb\nc\r\nd\n\n\n")
    after = retexted(before, "a\nB\nc\nd\n\n\n")
    assert after.encoded(after.text) == b"a\r\nB\nc\r\nd\n\n\n"


lines = st.lists(
    st.tuples(st.text(st.sampled_from("ab中文𠀀，"), max_size=5), st.sampled_from(["\n", "\r\n"])), max_size=8
)


@st.composite
def edited(draw: st.DrawFn) -> tuple[bytes, list[tuple[int, int, str]]]:
    """A file and edits that do not touch each other."""
    body = "".join(line + end for line, end in draw(lines)).encode(
        draw(st.sampled_from(["utf-8", "gb18030"]))
    )
    data = (
        BOM if draw(st.booleans()) and not body.decode("utf-8", "replace").count("\ufffd") else b""
    ) + body
    length = len(source(data).text)
    cuts = sorted(draw(st.lists(st.integers(0, length), max_size=6)))
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    new = st.text(st.sampled_from("xy新\n𠮷"), max_size=4)
    return data, [(start, end, draw(new)) for start, end in spans]


@given(edited())
def test_a_patched_file_reads_back_as_the_text_with_its_slices_replaced(
    case: tuple[bytes, list[tuple[int, int, str]]],
) -> None:
    data, edits = case
    before = source(data)
    after = patched(before, [(before.path, *edit) for edit in edits])
    expected, last = "", 0
    for start, end, new in edits:
        expected += before.text[last:start] + new
        last = end
    expected += before.text[last:]
    written = after.encoded(after.text)
    again = source(written)
    assert again.text == after.text == expected
    assert again.sha256 == after.sha256
    assert (again.bom, again.crlf) == (before.bom, after.crlf)


@given(edited())
def test_what_is_not_edited_keeps_its_bytes(case: tuple[bytes, list[tuple[int, int, str]]]) -> None:
    data, edits = case
    before = source(data)
    after = patched(before, [(before.path, *edit) for edit in edits])
    old, new = before.encoded(before.text), after.encoded(after.text)
    assert old == data
    head = min((start for start, _, _ in edits), default=len(before.text))
    tail = max((end for _, end, _ in edits), default=0)
    kept_head = before.encoded(before.text[:head], tuple(mark for mark in before.crlf if mark < head))
    kept_tail = Source(before.path, "", encoding=before.encoding).encoded(
        before.text[tail:], tuple(mark - tail for mark in before.crlf if mark >= tail)
    )
    assert new.startswith(kept_head)
    assert new.endswith(kept_tail)


@given(edited(), st.lists(st.sampled_from(["a", "新", "b\n", "\n"]), max_size=9).map("".join))
def test_any_new_text_is_written_as_it_is(case: tuple[bytes, object], text: str) -> None:
    after = retexted(source(case[0]), text)
    assert source(after.encoded(text)).text == text


def test_several_files_are_written_together(tmp_path: Path) -> None:
    before = on_disk(tmp_path, a=b"one", b=b"two\r\n")
    save(tmp_path, before, patched_all(before, [("a.md", 0, 3, "1"), ("b.md", 0, 3, "2")]))
    assert contents(tmp_path) == {"a.md": b"1", "b.md": b"2\r\n"}


def test_a_file_that_changed_meanwhile_keeps_all_from_being_written(tmp_path: Path) -> None:
    before = on_disk(tmp_path, a=b"one", b=b"two")
    (tmp_path / "b.md").write_bytes(b"somebody else")
    with pytest.raises(Refused) as refused:
        write_sources(tmp_path, before.values(), {"a.md": "1", "b.md": "2"})
    assert [(each.code, each.place.file) for each in refused.value.issues] == [
        ("source.changed-meanwhile", "b.md")
    ]
    assert contents(tmp_path) == {"a.md": b"one", "b.md": b"somebody else"}


def test_a_file_that_is_gone_is_not_made_again(tmp_path: Path) -> None:
    before = on_disk(tmp_path, a=b"one")
    (tmp_path / "a.md").unlink()
    with pytest.raises(Refused) as refused:
        write_sources(tmp_path, before.values(), {"a.md": "1"})
    assert [each.code for each in refused.value.issues] == ["source.unwritable"]
    assert contents(tmp_path) == {}


def test_a_link_out_of_the_workspace_is_not_written_through(tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    root.mkdir()
    (tmp_path / "outside.md").write_bytes(b"one")
    (root / "a.md").symlink_to(tmp_path / "outside.md")
    before = {"a.md": source(b"one", "a.md")}
    with pytest.raises(Refused) as refused:
        write_sources(root, before.values(), {"a.md": "1"})
    assert [each.code for each in refused.value.issues] == ["source.outside"]
    assert (tmp_path / "outside.md").read_bytes() == b"one"


def test_a_file_keeps_its_permissions(tmp_path: Path) -> None:
    before = on_disk(tmp_path, a=b"one")
    (tmp_path / "a.md").chmod(0o640)
    write_sources(tmp_path, before.values(), {"a.md": "1"})
    assert (tmp_path / "a.md").stat().st_mode & 0o777 == 0o640


def break_replace(monkeypatch: pytest.MonkeyPatch, at: int, error: BaseException) -> None:
    """Makes the n-th rename fail."""
    real, calls = Path.replace, iter(range(1, 99))

    def replace(path: Path, target: Path) -> Path:
        if next(calls) == at:
            raise error
        return real(path, target)

    monkeypatch.setattr(Path, "replace", replace)


@pytest.mark.parametrize("at", [1, 2, 3])
def test_an_interrupt_in_the_middle_leaves_the_old_files_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    files = {"a": b"one", "b": b"two\r\n", "c": b"three"}
    before = on_disk(tmp_path, **files)
    break_replace(monkeypatch, at, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        write_sources(tmp_path, before.values(), {f"{name}.md": "new" for name in files})
    assert contents(tmp_path) == {f"{name}.md": data for name, data in files.items()}


def test_a_rename_that_fails_puts_the_earlier_files_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = on_disk(tmp_path, a=b"one", b=b"two")
    break_replace(monkeypatch, 2, OSError(errno.EACCES, "Permission denied"))
    with pytest.raises(Refused) as refused:
        write_sources(tmp_path, before.values(), {"a.md": "1", "b.md": "2"})
    (issue,) = refused.value.issues
    assert (issue.code, issue.place.file, issue.facts["reason"]) == (
        "source.unwritable",
        "b.md",
        "没有权限",
    )
    assert contents(tmp_path) == {"a.md": b"one", "b.md": b"two"}


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = on_disk(tmp_path, a=b"one", b=b"two")

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused) as refused:
        write_sources(tmp_path, before.values(), {"a.md": "1", "b.md": "2"})
    assert [each.facts["reason"] for each in refused.value.issues] == ["磁盘满了"] * 2
    assert contents(tmp_path) == {"a.md": b"one", "b.md": b"two"}


def test_a_folder_that_cannot_be_written_is_a_reason_and_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "build").write_bytes(b"a file where a folder is wanted")
    with pytest.raises(Refused) as refused:
        write_atomically(tmp_path / "build" / "plan.docx", b"x")
    assert [each.code for each in refused.value.issues] == ["source.unwritable"]
    assert contents(tmp_path) == {"build": b"a file where a folder is wanted"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_a_reason_and_no_traceback(tmp_path: Path) -> None:
    before = on_disk(tmp_path, a=b"one")
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(Refused) as refused:
            write_sources(tmp_path, before.values(), {"a.md": "1"})
    finally:
        tmp_path.chmod(0o700)
    assert [each.code for each in refused.value.issues] == ["source.unwritable"]
    assert contents(tmp_path) == {"a.md": b"one"}


def test_an_output_is_written_into_a_folder_that_is_made(tmp_path: Path) -> None:
    write_atomically(tmp_path / "build" / "p145" / "plan.docx", b"x", durable=False)
    assert contents(tmp_path / "build" / "p145") == {"plan.docx": b"x"}


def test_an_interrupt_leaves_the_old_output_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plan.docx").write_bytes(b"old")
    break_replace(monkeypatch, 1, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "plan.docx", b"new")
    assert contents(tmp_path) == {"plan.docx": b"old"}
