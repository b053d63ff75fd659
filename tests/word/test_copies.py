"""The lines in the corner of a cover, and copies of one file, of which only they differ."""

from __future__ import annotations

import zipfile

import pytest

from drafter.ooxml.package import unzipped, zipped
from drafter.word.anchors import WordFile
from drafter.word.copies import Master
from drafter.word.frames import plan_frame
from drafter.word.writing import write
from tests.word.audit import audited
from tests.word.reading_back import W, found, part
from tests.word.trees import FACTS, TITLE, Plan

HEADER = "word/header1.xml"
ALL = {
    **FACTS,
    "名称": TITLE,
    "份号": "12",
    "密级": "秘密",
    "保密期限": "1年",
    "提示": "内部资料　注意保存",
    "收件单位": "市财政局",
}


def _written(facts: dict[str, str], frame: bytes = b"") -> WordFile:
    plan = Plan()
    blocks = (plan.heading(1, "第一章", "总则"), plan.paragraph("为了……"))
    file = write(plan.document(*blocks), plan.numbering(), frame or plan_frame(), facts).value
    assert file
    return file


def copied(master: WordFile, facts: dict[str, str], frame: bytes = b"") -> bytes:
    return Master(master.data, frame or plan_frame(), "templates/plan.docx").copied(facts, master.release)


def _corner(data: bytes) -> list[str]:
    return ["".join(p.itertext(f"{W}t")) for p in part(data, HEADER).iter(f"{W}p")][:-1]


def test_the_corner_of_the_cover_says_what_the_standard_puts_there() -> None:
    file = _written(ALL)
    assert _corner(file.data) == ["000012", "秘密★1年", "内部资料　注意保存", "收件单位：市财政局"]
    assert audited(file.data) == []


def test_what_is_not_said_leaves_no_line() -> None:
    assert _corner(_written({**FACTS, "提示": "内部资料　注意保存"}).data) == ["内部资料　注意保存"]
    nothing = _written(FACTS)
    assert _corner(nothing.data) == [""]
    assert audited(nothing.data) == []


def test_only_the_cover_shows_that_header() -> None:
    data = _written(ALL).data
    sections = found(data, "//w:sectPr")
    assert [len(each.findall(f"{W}headerReference")) for each in sections] == [1, 0, 0]
    assert [each.find(f"{W}titlePg") is not None for each in sections] == [True, False, False]
    assert sections[0].find(f"{W}headerReference").get(f"{W}type") == "first"


def test_a_copy_says_what_a_build_with_its_facts_would_say() -> None:
    master = _written({**ALL, "份号": "", "收件单位": ""})
    copy = copied(master, ALL)
    assert unzipped(copy)[HEADER] == unzipped(_written(ALL).data)[HEADER]
    assert copy == copied(master, ALL)
    assert audited(copy) == []
    assert copied(master, {**ALL, "份号": "", "收件单位": ""}) == master.data


def test_copies_differ_in_the_header_of_the_cover_alone() -> None:
    master = _written({**ALL, "份号": "", "收件单位": ""})
    one, two = (
        unzipped(master.data),
        unzipped(copied(master, {**ALL, "份号": "7", "收件单位": "港城区民政局"})),
    )
    assert [name for name in one if one[name] != two[name]] == [HEADER]


def test_a_copy_is_made_without_packing_the_rest_again(monkeypatch: pytest.MonkeyPatch) -> None:
    master = Master(_written(FACTS).data, plan_frame(), "templates/plan.docx")
    packed: list[str] = []
    writestr = zipfile.ZipFile.writestr

    def watched(self: zipfile.ZipFile, info: zipfile.ZipInfo, *rest: object) -> None:
        packed.append(info.filename)
        writestr(self, info, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(zipfile.ZipFile, "writestr", watched)
    master.copied(ALL, "x")
    assert sorted(packed) == ["customXml/item1.xml", "docProps/custom.xml", HEADER]


def test_docxtpl_gives_the_same_corner() -> None:
    parts = unzipped(plan_frame())
    head, tail = parts["word/document.xml"].decode().split("{{ 编制单位 }}")
    parts["word/document.xml"] = f"{head}{{{{ 编制单位 | upper }}}}{tail}".encode()
    frame = zipped(parts)
    master = _written({**ALL, "份号": "", "收件单位": ""}, frame)
    assert _corner(_written(ALL, frame).data) == _corner(_written(ALL).data)
    assert unzipped(copied(master, ALL, frame))[HEADER] == unzipped(_written(ALL, frame).data)[HEADER]
