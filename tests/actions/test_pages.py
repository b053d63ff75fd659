"""`build --pages` and `--to pdf`: with LibreOffice, without it, and with one that fails or hangs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from lxml import etree

from drafter.actions import office
from tests.actions.workspace import FILES, FIRST, NAME, PLAN, Desk, W, changed, parts, write
from tests.word.audit import audited

needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not on this machine"
)
LONG = "\n".join(
    f"第{number}段。" + "全市民政事业发展取得新成效，保障能力持续增强。" * 12 + "\n" for number in range(40)
)


def stub(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> Path:
    """A program in the place of LibreOffice, alone on the path with what the shell needs."""
    program = folder / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(f"#!{sys.executable}\n{script}", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    return program


def listed(path: Path) -> dict[str, str]:
    """The entries of the contents: what they say, and the page."""
    out = {}
    for paragraph in etree.fromstring(parts(path.read_bytes())["word/document.xml"]).iter(f"{{{W}}}p"):
        look = paragraph.find(f"{{{W}}}pPr/{{{W}}}pStyle")
        if look is not None and str(look.get(f"{{{W}}}val")).startswith("TOC"):
            texts = [text.text or "" for text in paragraph.iter(f"{{{W}}}t")]
            out[texts[0]] = "".join(texts[1:])
    return out


def on_page(pdf: Path, words: str) -> str:
    """The number at the foot of the page that has these words outside the contents, as another program reads it."""
    pages = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True, text=True
    )
    for page in reversed(pages.stdout.split("\f")):
        if words.replace(" ", "") in page.replace(" ", ""):
            found = re.search(r"—\s*(\w+)\s*—", page)
            return found.group(1) if found else ""
    return ""


@pytest.mark.office
@needs_office
def test_the_contents_say_the_pages_that_the_pdf_shows(desk: Desk) -> None:
    write(desk.root, {FIRST: FILES[FIRST] + "\n" + LONG})
    (file,) = desk.json("build", "--to", "pdf")["files"]
    word, pdf = Path(file["path"]), Path(file["pdf"])
    assert audited(word.read_bytes()) == []
    assert pdf == word.with_suffix(".pdf")
    entries = listed(word)
    assert entries["第一章 总体要求"] == entries["第一节 指导思想"] == "1"
    assert int(entries["第二节 基本原则"]) > 5
    assert file["pages"] > int(entries["第二节 基本原则"])
    if shutil.which("pdftotext"):
        assert {name: on_page(pdf, name) for name in entries} == entries
    returned = desk.json("collect", str(word))
    assert returned["remarks"] == []


@pytest.mark.office
@needs_office
def test_pages_are_the_same_every_time_and_stand_in_a_reading_copy_too(desk: Desk) -> None:
    (file,) = desk.json("build", "--pages", "--reading")["files"]
    first = Path(file["path"]).read_bytes()
    assert set(listed(Path(file["path"])).values()) == {"1"}
    assert file["pdf"] == ""
    assert desk.run("build", "--pages", "--reading") == 0
    assert Path(file["path"]).read_bytes() == first


def test_without_pages_nothing_is_counted_and_the_contents_have_no_number(desk: Desk) -> None:
    (file,) = desk.json("build")["files"]
    assert (file["pages"], file["pdf"]) == (0, "")
    assert set(listed(Path(file["path"])).values()) == {""}


@pytest.mark.parametrize("option", [("--pages",), ("--to", "pdf")])
def test_without_libreoffice_the_word_file_is_written_and_the_rest_is_said(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: tuple[str, ...]
) -> None:
    assert desk.run("build") == 0
    ordinary = (desk.root / "build" / NAME).read_bytes()
    (desk.root / "build" / NAME).unlink()
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    monkeypatch.setattr(office, "_USUAL", ())
    document = desk.json("build", *option, code=1)
    path = desk.root / "build" / NAME
    assert [(issue["code"], issue["file"]) for issue in document["issues"]] == [
        ("office.missing", path.as_posix())
    ]
    assert path.read_bytes() == ordinary
    assert [(file["pages"], file["pdf"]) for file in document["files"]] == [(0, "")]
    assert desk.run("build", *option) == 1
    assert "LibreOffice" in desk.err


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("import sys; print('Error: source file could not be loaded'); sys.exit(1)", "could not be loaded"),
        ("print('Error: no export filter')", "no export filter"),
        ("raise SystemExit(81)", "81"),
    ],
)
def test_a_libreoffice_that_fails_is_told_with_what_it_said(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, reason: str
) -> None:
    stub(tmp_path, monkeypatch, script)
    (issue,) = desk.json("build", "--pages", code=1)["issues"]
    assert issue["code"] == "office.failed"
    assert reason in issue["message"]
    assert (desk.root / "build" / NAME).is_file()


def test_a_libreoffice_that_hangs_is_ended_with_all_that_it_started(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = tmp_path / "child"
    script = (
        "import subprocess, sys, time, pathlib\n"
        "other = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"pathlib.Path({str(child)!r}).write_text(str(other.pid))\n"
        "time.sleep(600)\n"
    )
    stub(tmp_path, monkeypatch, script)
    monkeypatch.setattr(office, "LIMIT", 2.0)
    began = time.monotonic()
    (issue,) = desk.json("build", "--pages", code=1)["issues"]
    assert issue["code"] == "office.slow"
    assert time.monotonic() - began < 30
    assert (desk.root / "build" / NAME).is_file()
    for _ in range(100):
        if not Path("/proc", child.read_text()).exists() or _is_zombie(int(child.read_text())):
            break
        time.sleep(0.1)
    else:
        pytest.fail("the child goes on running")


def _is_zombie(number: int) -> bool:
    status = Path("/proc", str(number), "status")
    return status.is_file() and "State:\tZ" in status.read_text("utf-8")


def test_a_pdf_that_says_nothing_of_its_names_gives_no_numbers(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stub(
        tmp_path,
        monkeypatch,
        "import sys, pathlib\nout = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1])\n"
        "(out / 'file.pdf').write_bytes(b'%PDF-1.6 nothing')\n",
    )
    (issue,) = desk.json("build", "--to", "pdf", code=1)["issues"]
    assert issue["code"] == "office.no-glyphs"
    assert set(listed(desk.root / "build" / NAME).values()) == {""}
    assert not (desk.root / "build" / NAME).with_suffix(".pdf").exists()


@pytest.mark.office
@needs_office
@pytest.mark.skipif(not Path("/usr/share/fonts/truetype/dejavu").is_dir(), reason="no font without Chinese")
def test_where_no_font_has_chinese_there_are_no_numbers(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fonts = tmp_path / "fonts.conf"
    folders = "<dir>/usr/share/fonts/truetype/dejavu</dir>"
    fonts.write_text(f"<fontconfig>{folders}<cachedir>{tmp_path}/cache</cachedir></fontconfig>", "utf-8")
    monkeypatch.setenv("FONTCONFIG_FILE", str(fonts))
    (issue,) = desk.json("build", "--pages", code=1)["issues"]
    assert issue["code"] == "office.no-glyphs"
    assert set(listed(desk.root / "build" / NAME).values()) == {""}


def test_what_a_file_may_be_is_docx_or_pdf(desk: Desk) -> None:
    assert desk.run("build", "--to", "odt") == 2
    assert "docx" in desk.err
    assert not (desk.root / "build").exists()
    assert desk.run("build", "--to", "docx") == 0


def test_a_pdf_that_cannot_be_written_is_said_and_the_word_file_is_there(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("drafter.actions.printing._counted", lambda _office, _write, draft, _name: draft)
    monkeypatch.setattr(office.Office, "pdf", lambda *_, **__: b"%PDF")
    target = (desk.root / "build" / NAME).with_suffix(".pdf")
    target.mkdir(parents=True)
    assert desk.said("build", "--to", "pdf") == [f"{target.as_posix()} source.unwritable"]
    assert (desk.root / "build" / NAME).is_file()


def test_a_folder_that_cannot_be_written_is_said(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file stands in the way", "utf-8")
    said = desk.said("build", "-o", str(tmp_path / "out"))
    assert said == [f"{(tmp_path / 'out' / NAME).as_posix()} source.unwritable"]


@pytest.mark.parametrize("lock", [f"~${NAME[2:]}", f".~lock.{NAME}#", f".~{NAME}"])
def test_a_draft_that_is_open_in_a_word_processor_is_written_and_said(desk: Desk, lock: str) -> None:
    path = desk.built()
    path.write_bytes(b"old")
    (path.parent / lock).write_bytes(b"")
    assert desk.said("build", code=0) == [f"{path.as_posix()} build.open"]
    assert path.read_bytes() != b"old"


@pytest.mark.office
@needs_office
def test_pages_follow_the_numbers_of_the_sections(desk: Desk) -> None:
    write(
        desk.root, {**changed(PLAN, "title: 总体要求", "title: 第一部分"), FIRST: FILES[FIRST] + "\n" + LONG}
    )
    assert desk.run("build", "--pages") == 0
    assert listed(desk.root / "build" / NAME)["第一章 第一部分"] == "1"


@pytest.mark.office
@needs_office
def test_two_builds_at_the_same_time_do_not_disturb_each_other(desk: Desk) -> None:
    command = [sys.executable, "-m", "drafter", "build", "--pages", "-w", str(desk.root)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    running = [
        subprocess.Popen(
            [*command, "-o", str(desk.root / number)], env=environment, stdout=subprocess.DEVNULL
        )
        for number in ("1", "2")
    ]
    assert [each.wait(300) for each in running] == [0, 0]
    assert (desk.root / "1" / NAME).read_bytes() == (desk.root / "2" / NAME).read_bytes()
