"""Reading copies: 段号 in the margin of the page and in nobody's text, from the build to what comes back."""

from __future__ import annotations

import re
import shutil
import subprocess
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from drafter.actions import held
from drafter.picture.reading import read
from drafter.word.reading import LEGEND
from tests.actions.workspace import (
    FILES,
    FIRST,
    NAME,
    PLAN,
    SECOND,
    Desk,
    W,
    commented,
    number_of,
    packed,
    parts,
    silently,
    tracked,
    write,
)
from tests.word.audit import audited

READING = "临港市规划（讨论稿）（阅读稿）.docx"
BOX = "\n::: 专栏 重点工程 {#box:works}\n建设养老服务中心。\n\n1. **培训。**培训护理员。\n:::\n"
MAIN = "word/document.xml"


def w(name: str) -> str:
    return f"{{{W}}}{name}"


def built(desk: Desk) -> bytes:
    write(desk.root, {SECOND: FILES[SECOND] + BOX})
    (file,) = desk.json("build", "--reading")["files"]
    assert Path(file["path"]).name == READING
    return Path(file["path"]).read_bytes()


def returned(desk: Desk, data: bytes, *options: str) -> dict[str, Any]:
    path = desk.root.parent / "退回.docx"
    path.write_bytes(data)
    return desk.json("collect", str(path), *options)


def remarks(desk: Desk, data: bytes) -> list[tuple[object, ...]]:
    said = returned(desk, data)["remarks"]
    return [(each["kind"], each["original"], each["proposed"], each["number"]) for each in said]


def edited(data: bytes, change: object) -> bytes:
    """The file with document.xml changed as a tree."""
    files = parts(data)
    root = etree.fromstring(files[MAIN])
    assert callable(change)
    change(root)
    return packed({**files, MAIN: etree.tostring(root)})


def paragraph(root: etree._Element, words: str) -> etree._Element:
    """The last paragraph of the body with these words in a text of its own."""
    found = [
        p
        for p in root.iter(w("p"))
        if words in "".join(t.text or "" for t in p.findall(f"{w('r')}/{w('t')}"))
    ]
    return found[-1]


def boxes(root: etree._Element) -> dict[str, str]:
    """Each number in a text box, and how the paragraph beside it begins."""
    out = {}
    for box in root.iter(w("txbxContent")):
        said = "".join(map(str, box.itertext(w("t"))))
        home = next(box.iterancestors(w("p")))
        out[said] = "".join(t.text or "" for t in home.findall(f"{w('r')}/{w('t')}"))[:4]
    return out


def test_every_paragraph_has_its_number_in_the_margin_and_every_row_in_a_cell_of_its_own(desk: Desk) -> None:
    root = etree.fromstring(parts(built(desk))[MAIN])
    assert boxes(root) == {
        LEGEND: "坚持以人",
        "1.1-1": "坚持以人",
        "1.1-2": "到202",
        "1.2-1": "政府主导",
        "1.2-2": "社会参与",
        "1.2-4": "专栏1　",
        "1.2-5": "建设养老",
        "1.2-6": "培训。培",
    }
    (table,) = root.iter(w("tbl"))
    rows = [
        ["".join(map(str, cell.itertext(w("t")))) for cell in row.iter(w("tc"))]
        for row in table.iter(w("tr"))
    ]
    assert rows == [["1.2-3", "县区", "床位"], ["/1", "港城区", "300"], ["/2", "滨海区", "100"]]


def test_a_reading_copy_is_a_clean_file_and_the_same_every_time(desk: Desk) -> None:
    data = built(desk)
    assert audited(data) == []
    assert built(desk) == data


def test_it_says_what_the_ordinary_copy_says_under_the_same_numbers(desk: Desk) -> None:
    reading = built(desk)
    assert desk.run("build") == 0
    ordinary = (desk.root / "build" / NAME).read_bytes()
    records = []
    for data in (reading, ordinary):
        picture = read(data, "x.docx").value
        assert picture
        records.append(held.Records(desk.root).find(picture.release, "x.docx"))
    assert records[0].anchors == records[1].anchors
    assert records[0].release != records[1].release


def test_a_copy_that_comes_back_untouched_has_no_remark(desk: Desk) -> None:
    assert remarks(desk, built(desk)) == []


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine")
def test_a_copy_that_libreoffice_saved_twice_with_a_comment_has_only_that_remark(
    desk: Desk, tmp_path: Path
) -> None:
    data = commented(built(desk), "保障基本民生", "请核")
    for number in ("1", "2"):
        (tmp_path / "in.docx").write_bytes(data)
        profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
        command = ["soffice", profile, "--headless", "--convert-to", "docx:MS Word 2007 XML"]
        out = tmp_path / number
        subprocess.run(
            [*command, "--outdir", str(out), str(tmp_path / "in.docx")],
            check=True,
            capture_output=True,
            timeout=120,
        )
        data = (out / "in.docx").read_bytes()
    assert remarks(desk, data) == [("comment", "保障基本民生", "", "1.1-1")]


@pytest.mark.parametrize("change", [silently, tracked])
@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (FIRST, "以人民为中心", "以群众为中心"),
        (SECOND, "激发市场活力", "激发社会活力"),
        (SECOND, "建设养老服务中心", "新建养老服务中心"),
        (SECOND, "培训护理员", "轮训护理员"),
    ],
)
def test_an_edit_comes_home(desk: Desk, change: object, file: str, old: str, new: str) -> None:
    assert callable(change)
    data = change(built(desk), old, new)
    before = (desk.root / file).read_text("utf-8")
    (row,) = returned(desk, data, "--apply")["rows"]
    assert (row["result"], row["file"], row["line"]) == ("applied", file, number_of(desk.root, file, new))
    assert (desk.root / file).read_text("utf-8") == before.replace(old, new)


def test_a_number_corrected_in_a_row_leads_to_its_datum(desk: Desk) -> None:
    (said,) = returned(desk, silently(built(desk), "300", "310"))["remarks"]
    assert (said["number"], said["confidence"]) == ("1.2-3/1", "sure")
    assert said["target"]["key"] == "设施.机构.港城区.床位"


def test_a_paragraph_taken_out_goes_with_its_number(desk: Desk) -> None:
    def silent(root: etree._Element) -> None:
        gone = paragraph(root, "激发市场活力")
        parent = gone.getparent()
        assert parent is not None
        parent.remove(gone)

    def marked(root: etree._Element) -> None:
        gone = paragraph(root, "激发市场活力")
        who = {w("author"): "王五", w("date"): "2021-01-20T09:00:00Z"}
        for count, run in enumerate(gone.findall(w("r"))):
            wrapper = etree.Element(w("del"), {w("id"): str(900 + count), **who})
            run.addprevious(wrapper)
            wrapper.append(run)
            for text in run.findall(w("t")):
                text.tag = w("delText")
        look = etree.SubElement(gone.find(w("pPr")), w("rPr"))  # type: ignore[arg-type]
        etree.SubElement(look, w("del"), {w("id"): "950", **who})

    data = built(desk)
    for change in (silent, marked):
        assert remarks(desk, edited(data, change)) == [
            ("paragraph-deletion", "社会参与。激发市场活力。", "", "1.2-2")
        ]


def test_a_number_struck_out_or_a_column_of_numbers_taken_away_says_nothing(desk: Desk) -> None:
    def change(root: etree._Element) -> None:
        for box in list(root.iter(w("txbxContent"))):
            run = next(each for each in box.iterancestors(w("r")))
            parent = run.getparent()
            assert parent is not None
            parent.remove(run)
        for row in root.iter(w("tr")):
            row.remove(row.findall(w("tc"))[0])

    assert remarks(desk, edited(built(desk), change)) == []


def test_what_is_written_beside_a_number_is_told(desk: Desk) -> None:
    def in_box(root: etree._Element) -> None:
        text = next(
            t
            for t in root.iter(w("t"))
            if t.text == "1.2-2" and next(t.iterancestors(w("txbxContent")), None) is not None
        )
        text.text = "1.2-2 请核"

    def in_cell(root: etree._Element) -> None:
        next(t for t in root.iter(w("t")) if t.text == "/2").text = "/2请核"

    data = built(desk)
    ((_, _, said, number),) = remarks(desk, edited(data, in_box))
    assert ("请核" in str(said), number) == (True, "1.2-2")
    ((_, _, said, number),) = remarks(desk, edited(data, in_cell))
    assert ("请核" in str(said), number) == (True, "1.2-3/2")


def test_a_comment_on_a_number_is_one_on_what_it_numbers(desk: Desk) -> None:
    data = commented(built(desk), "/1", "核对床位")
    assert remarks(desk, data) == [("comment", "港城区", "", "1.2-3/1")]


def test_a_new_row_has_no_cell_for_its_missing_number(desk: Desk) -> None:
    def change(root: etree._Element) -> None:
        row = paragraph(root, "滨海区")
        last = next(row.iterancestors(w("tr")))
        new = deepcopy(last)
        for mark in [*new.iter(w("bookmarkStart"), w("bookmarkEnd"))]:
            home = mark.getparent()
            assert home is not None
            home.remove(mark)
        for text, words in zip(list(new.iter(w("t"))), ("", "青泽县", "80"), strict=True):
            text.text = words
        last.addnext(new)

    ((_, _, said, _),) = remarks(desk, edited(built(desk), change))
    assert re.split(r"\W+", str(said)) == ["青泽县", "80"]


def test_a_reading_copy_is_traced_by_its_numbers(desk: Desk) -> None:
    built(desk)
    file = str(desk.root / "build" / READING)
    assert desk.json("trace", f"{file}#1.2-6")["uses"] == desk.json("trace", "#1.2-6")["uses"]


def test_pages_have_room_for_notes_and_cover_and_contents_are_as_ever(desk: Desk) -> None:
    root = etree.fromstring(parts(built(desk))[MAIN])
    margins = [(m.get(w("left")), m.get(w("right"))) for m in root.iter(w("pgMar"))]
    assert margins == [("1587", "1474"), ("1587", "1474"), ("1814", "3118")]


def test_the_title_of_an_annex_is_in_the_middle_of_the_narrower_text(desk: Desk) -> None:
    fragment = "---\nid: p1/x\ntitle: 名词解释\nowner: 养老科\nstatus: 初稿\n---\n一段。\n"
    write(desk.root, {PLAN: FILES[PLAN] + "annexes:\n- p1/x\n", "sections/p1/02/01.md": fragment})
    (file,) = desk.json("build", "--reading")["files"]
    root = etree.fromstring(parts(Path(file["path"]).read_bytes())[MAIN])
    titles = [
        each for each in root.iter(w("pPr")) if each.find(f"{w('pStyle')}[@{w('val')}='GwAnnex']") is not None
    ]
    stops = [[(tab.get(w("val")), tab.get(w("pos"))) for tab in each.iter(w("tab"))] for each in titles]
    assert stops == [[("center", "3487"), ("clear", "4422")]]


def test_type_of_the_text_is_larger(desk: Desk) -> None:
    sizes = {}
    for style in etree.fromstring(parts(built(desk))["word/styles.xml"]).iter(w("style")):
        size = style.find(f"{w('rPr')}/{w('sz')}")
        sizes[style.get(w("styleId"))] = None if size is None else size.get(w("val"))
    assert [sizes[name] for name in ("GwBody", "Heading1", "GwTbl", "GwTitle")] == ["36", "36", "24", "64"]
