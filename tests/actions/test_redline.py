"""`drafter redline --docx`, as its users call it."""

from __future__ import annotations

import json
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from drafter.cli.program import run
from drafter.redline.resolve import Revisions
from tests.redline.making import p, word
from tests.redline.saying import said

OLD, NEW = word(p("新增床位18,800张。")), word(p("新增床位19,000张。"))


def desk(folder: Path, old: bytes = OLD, new: bytes = NEW) -> list[str]:
    """The two files, and the command that compares them."""
    for name, data in (("旧.docx", old), ("新.docx", new)):
        (folder / name).write_bytes(data)
    return ["redline", "--docx", str(folder / "旧.docx"), str(folder / "新.docx")]


def words(printed: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each["old"], each["new"]) for each in printed["changes"]]


def codes(printed: str) -> list[str]:
    return [issue["code"] for issue in json.loads(printed)["issues"]]


def test_the_redline_is_written_and_what_changed_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = [
        *desk(tmp_path),
        "-o",
        str(tmp_path / "红.docx"),
        "--author",
        "规划财务科",
        "--date",
        "2021-01-15",
    ]
    assert run([*command, "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert words(made) == [("新增床位18,800张。", "新增床位19,000张。")]
    assert (made["inserted"], made["deleted"], made["formatted"], made["same"]) == (1, 1, 0, False)
    assert (made["author"], made["date"]) == ("规划财务科", "2021-01-15T00:00:00Z")
    data = (tmp_path / "红.docx").read_bytes()
    assert said(data, Revisions.ACCEPT) == said(NEW)
    with ZipFile(BytesIO(data)) as archive:
        body = archive.read("word/document.xml").decode()
    assert 'w:author="规划财务科" w:date="2021-01-15T00:00:00Z"' in body
    assert run(command) == 0
    assert (tmp_path / "红.docx").read_bytes() == data


def test_without_a_name_it_stands_beside_the_new_file(tmp_path: Path) -> None:
    assert run(desk(tmp_path)) == 0
    assert {path.name for path in tmp_path.iterdir()} > {"旧.docx", "新.docx"}
    assert len(list(tmp_path.iterdir())) == 3


def test_the_same_file_twice_says_that_nothing_differs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*desk(tmp_path, NEW, NEW), "--json"]) == 0
    assert codes(capsys.readouterr().out) == ["redline.same"]


def test_unrelated_files_are_compared_and_it_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*desk(tmp_path, word(p("甲乙丙丁戊己庚")), word(p("春夏秋冬"))), "--json"]) == 0
    assert codes(capsys.readouterr().out) == ["redline.unrelated"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "ooxml.empty"),
        (b"plain text", "ooxml.not-zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "ooxml.encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "ooxml.old-format"),
        (OLD[: len(OLD) // 2], "ooxml.truncated"),
    ],
)
def test_what_is_no_word_file_is_refused_with_its_reason(
    data: bytes, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*desk(tmp_path, data), "--json"]) == 1
    assert codes(capsys.readouterr().out) == [code]
    assert not list(tmp_path.glob("*花脸*"))


def test_both_files_that_cannot_be_read_are_named_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["redline", "--docx", str(tmp_path / "a.docx"), str(tmp_path / "b.docx"), "--json"]) == 1
    issues = json.loads(capsys.readouterr().out)["issues"]
    assert [(Path(issue["file"]).name, issue["code"]) for issue in issues] == [
        ("a.docx", "source.unreadable"),
        ("b.docx", "source.unreadable"),
    ]


TRACKED = word(
    '<w:p><w:ins w:id="1" w:author="王" w:date="2026-03-01T09:00:00Z"><w:r><w:t>新增</w:t></w:r></w:ins>'
    "<w:r><w:t>床位</w:t></w:r></w:p>"
)


def test_a_file_with_tracked_changes_is_read_as_told_and_refused_otherwise(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = [*desk(tmp_path, word(p("床位")), TRACKED), "--json"]
    assert run(command) == 1
    assert codes(capsys.readouterr().out) == ["redline.revisions"]
    assert run([*command, "--revisions", "reject"]) == 0
    assert json.loads(capsys.readouterr().out)["same"]
    assert run([*command, "--revisions", "accept"]) == 0
    assert words(json.loads(capsys.readouterr().out)) == [("床位", "新增床位")]


@pytest.mark.parametrize(
    "wrong",
    [
        ["--revisions", "both"],
        ["--date", "昨天"],
        ["-o", "{folder}/旧.docx"],
        ["third.docx"],
    ],
)
def test_wrong_usage_is_2_and_touches_nothing(wrong: list[str], tmp_path: Path) -> None:
    command = [*desk(tmp_path), *(word_.format(folder=tmp_path) for word_ in wrong)]
    assert run(command) == 2
    assert (tmp_path / "旧.docx").read_bytes() == OLD
    assert len(list(tmp_path.iterdir())) == 2


def test_two_files_without_the_option_are_wrong_usage(tmp_path: Path) -> None:
    command, _, *files = desk(tmp_path)
    assert run([command, *files]) == 2


@pytest.mark.office
def test_an_old_doc_is_converted_where_libreoffice_is_present(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    command = desk(tmp_path)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    convert = ["soffice", profile, "--headless", "--convert-to", "doc", "--outdir", str(tmp_path), command[2]]
    subprocess.run(convert, check=True, capture_output=True, timeout=120)
    command[2] = command[2].replace("旧.docx", "旧.doc")
    assert run([*command, "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert "redline.converted" in [issue["code"] for issue in made["issues"]]
    assert ("新增床位18,800张。", "新增床位19,000张。") in [
        (each["old"], each["new"]) for each in made["changes"]
    ]


def test_a_folder_or_a_broken_name_is_no_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["redline", "--docx", ".", ".", "-o", str(tmp_path / "红.docx"), "--json"]) == 1
    assert set(codes(capsys.readouterr().out)) == {"source.unreadable"}
    assert run(["redline", "--docx", ".", ".", "--json"]) == 1
    assert set(codes(capsys.readouterr().out)) == {"source.unreadable"}
    assert run([*desk(tmp_path), "--author", "张\udcff\x07", "--json"]) == 2
    assert codes(capsys.readouterr().out) == ["cli.unwritable-words"]
