"""The register handed out and taken back at the command line, as a coordinator does it."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from drafter.actions.registers import Registers
from drafter.rounds.model import Decision, Register, Row
from drafter.rounds.sheet import Head
from tests.actions.workspace import FILES, Desk
from tests.rounds.handing import as_word, typed, written
from tests.rounds.making import ROWS, of_plan

PATH = "data/rounds/p1/R2.yaml"
NAME = "build/临港市规划（意见办理表 R2）"


@pytest.fixture
def office(desk: Desk) -> Desk:
    """A workspace with a register and three offices."""
    units = FILES["data/units.yaml"] + "- {名称: 养老服务科}\n- {名称: 社会救助科}\n"
    (desk.root / "data/units.yaml").write_text(units, "utf-8")
    given = replace(ROWS[0], office="养老服务科"), replace(ROWS[1], office="社会救助科")
    Registers(desk.root).put(of_plan("p1", *given))
    return desk


def row(desk: Desk, id_: str) -> Row:
    return Registers(desk.root).row("p1", id_)[1]


def file(desk: Desk) -> str:
    return (desk.root / PATH).read_text("utf-8")


def filled(desk: Desk, cells: dict[tuple[str, Head], object], name: str = NAME, to: str = "填好.xlsx") -> str:
    """What was handed out, filled in and sent back under another name."""
    path = desk.root / to
    path.write_bytes(typed((desk.root / f"{name}.xlsx").read_bytes(), cells))
    return str(path)


def names(document: dict[str, Any]) -> list[str]:
    return [Path(each["path"]).name for each in document["files"]]


# -- handing out -------------------------------------------------------------------------------------------------------


def test_a_register_is_handed_out_as_excel_and_word(office: Desk) -> None:
    assert office.run("register", "p1", "--export", "--to", "xlsx", "--to", "docx") == 0
    assert f"{NAME}.xlsx（6 条）" in office.out
    assert "意见 6 条 = 采纳 1 + 部分采纳 0 + 未采纳 1 + 未定 4" in office.out
    assert openpyxl.load_workbook(office.root / f"{NAME}.xlsx").worksheets[0]["A1"].value == (
        "临港市规划意见办理表（R2 书面征求意见）"
    )
    before = (office.root / f"{NAME}.docx").read_bytes()
    office.run("register", "p1", "--export", "--to", "docx")
    assert (office.root / f"{NAME}.docx").read_bytes() == before


def test_each_office_gets_its_own_and_one_file_has_what_nobody_deals_with(office: Desk) -> None:
    document = office.json("register", "p1", "--export", "--by-office", "-o", str(office.root / "分发"))
    assert [(each["office"], each["opinions"]) for each in document["files"]] == [
        ("养老服务科", 1),
        ("社会救助科", 1),
        ("", 4),
    ]
    assert names(document) == [
        f"临港市规划（意见办理表 R2）-{name}.xlsx" for name in ("养老服务科", "社会救助科", "未分科室")
    ]
    assert sorted(path.name for path in (office.root / "分发").iterdir()) == sorted(names(document))


def test_offices_whose_names_no_file_can_tell_apart_get_a_file_each(office: Desk) -> None:
    path = office.root / PATH
    text = path.read_text("utf-8").replace("office: 养老服务科", 'office: "养老/救助"')
    path.write_text(text.replace("office: 社会救助科", 'office: "养老:救助"'), "utf-8")
    document = office.json("register", "p1", "--export", "--by-office")
    assert names(document)[:2] == [
        f"临港市规划（意见办理表 R2）-养老_救助{number}.xlsx" for number in ("", "-2")
    ]


def test_what_is_handed_out_can_be_chosen(office: Desk) -> None:
    document = office.json("register", "p1", "--export", "--open", "--unit", "市统计局")
    assert [each["opinions"] for each in document["files"]] == [1]
    assert office.run("register", "p1", "--export", "--office", "别的科") == 2


def test_every_round_has_its_file(office: Desk) -> None:
    other = of_plan("p1")
    rows = tuple(replace(each, id=each.id.replace("R2", "R3"), alike="", conflicts=(), reply_to="") for each in ROWS)  # fmt: skip
    Registers(office.root).put(Register(replace(other.round, id="R3"), rows=rows))
    assert names(office.json("register", "p1", "--export")) == [
        f"临港市规划（意见办理表 {id_}）.xlsx" for id_ in ("R2", "R3")
    ]
    assert names(office.json("register", "p1", "--export", "--round", "R3")) == [
        "临港市规划（意见办理表 R3）.xlsx"
    ]


def test_nothing_to_hand_out_is_said(office: Desk) -> None:
    document = office.json(
        "register", "p1", "--export", "--open", "--office", "养老服务科", "--unit", "市统计局"
    )
    assert document["files"] == []
    assert [issue["code"] for issue in document["issues"]] == ["register.nothing"]


def test_a_frame_of_the_office_is_used_and_a_broken_one_is_told(office: Desk) -> None:
    (office.root / "templates/register.docx").write_bytes(b"no Word file")
    assert office.run("register", "p1", "--export", "--to", "docx") == 1
    assert "templates/register.docx" in office.err
    assert not (office.root / f"{NAME}.docx").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["--export", "--to", "pdf"],
        ["--by-office"],
        ["--to", "docx"],
        ["--dry-run"],
        ["a.xlsx"],
        ["--export", "--import", "a.xlsx"],
        ["--import", "a.xlsx", "--open"],
    ],
)
def test_options_that_do_not_go_together_are_wrong_usage(office: Desk, words: list[str]) -> None:
    assert office.run("register", "p1", *words) == 2
    assert "用法不对" in office.err


# -- taking back -------------------------------------------------------------------------------------------------------


def test_what_was_filled_in_is_taken_back(office: Desk) -> None:
    office.run("register", "p1", "--export")
    sent = filled(office, {("R2-001", Head.DECISION): "采纳", ("R2-005", Head.DECISION): "未采纳", ("R2-005", Head.REASON): "没有依据"})  # fmt: skip
    before = file(office)
    assert office.run("register", "p1", "--import", sent, "--dry-run") == 0
    assert "只是看看" in office.out
    assert file(office) == before
    assert office.run("register", "p1", "--import", sent) == 0
    assert "R2-001  市财政局  未定→采纳" in office.out
    assert "读了 1 个文件：改了 2 条，0 条有冲突没有动，0 条不能用，4 条和登记簿一样" in office.out
    assert (row(office, "R2-001").decision, row(office, "R2-005").reason) == (Decision.ADOPTED, "没有依据")
    assert row(office, "R2-001").by != ""
    after = file(office)
    assert office.run("register", "p1", "--import", sent) == 0
    assert file(office) == after, "taken once more it changes nothing"


def test_excel_and_word_of_several_offices_are_merged(office: Desk) -> None:
    office.run("register", "p1", "--export", "--by-office", "--to", "xlsx,docx")
    one = filled(office, {("R2-001", Head.DECISION): "采纳"}, f"{NAME}-养老服务科", "一.xlsx")
    two = office.root / "二.docx"
    two.write_bytes(written((office.root / f"{NAME}-社会救助科.docx").read_bytes(), {("R2-002", Head.DECISION): "部分采纳", ("R2-002", Head.REASON): "从简"}))  # fmt: skip
    document = office.json("register", "p1", "--import", one, str(two))
    assert [(each["id"], each["decision"]) for each in document["rows"]] == [
        ("R2-001", "采纳"),
        ("R2-002", "部分采纳"),
    ]
    assert document["issues"] == []


def test_contradictions_are_told_with_their_texts_and_the_others_are_taken(office: Desk) -> None:
    office.run("register", "p1", "--export")
    sent = filled(office, {("R2-001", Head.DECISION): "采纳", ("R2-005", Head.DECISION): "采纳"})
    office.run("decide", "p1", "R2-001", "--result", "未采纳", "--reason", "不妥")
    assert office.run("register", "p1", "--import", sent) == 1
    assert "R2-001：发出去以后登记簿里改成了采纳情况“未采纳”" in office.err
    assert f"{sent}:5:8: register.conflict" in office.err
    assert row(office, "R2-001").decision is Decision.REJECTED
    assert row(office, "R2-005").decision is Decision.ADOPTED
    document = office.json("register", "p1", "--import", sent, code=1)
    assert document["conflicts"][0]["said"][1] == {"file": sent, "cell": "意见办理表R2!H5", "words": "采纳"}


def test_two_adopted_that_contradict_each_other_are_told(office: Desk) -> None:
    office.run("register", "p1", "--export")
    sent = filled(office, {("R2-001", Head.DECISION): "采纳", ("R2-002", Head.DECISION): "采纳"})
    assert office.run("register", "p1", "--import", sent) == 0
    assert "R2-001 和 R2-002 对同一处有不同的要求" in office.err


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_taken(office: Desk) -> None:
    office.run("register", "p1", "--export")
    good = filled(office, {("R2-001", Head.DECISION): "采纳"})
    bad = office.root / "坏.xlsx"
    bad.write_bytes(b"PK\x03\x04 half")
    old = office.root / "旧.docx"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    said = office.said("register", "p1", "--import", good, str(bad), str(old), str(office.root / "没有.xlsx"))
    assert [each.rpartition(" ")[2] for each in said] == [
        "ooxml.truncated",
        "ooxml.old-format",
        "source.unreadable",
    ]
    assert row(office, "R2-001").decision is Decision.ADOPTED


def test_a_word_file_that_is_no_table_of_ours_is_told(office: Desk) -> None:
    path = office.root / "别的.docx"
    path.write_bytes(as_word())
    said = office.said("register", "p1", "--import", str(path))
    assert {each.rpartition(" ")[2] for each in said} == {"register.other-plan"}


def test_a_workbook_made_wrong_on_purpose_ends_in_sentences(office: Desk) -> None:
    office.run("register", "p1", "--export")
    book = openpyxl.load_workbook(office.root / f"{NAME}.xlsx")
    made = book.worksheets[0]
    made["H5"], made["G6"], made["M5"] = '=HYPERLINK("x")', 3, True
    made["A20"], made["H20"] = "R2-999999999999999999999", "采纳"
    made["A21"], made["H21"] = "'; DROP TABLE", "采纳"
    made["H22"] = "采纳"
    made["N5"] = "{" * 30000
    out = BytesIO()
    book.save(out)
    path = office.root / "乱.xlsx"
    path.write_bytes(out.getvalue())
    said = [each.rpartition(" ")[2] for each in office.said("register", "p1", "--import", str(path))]
    assert sorted(said) == sorted(["register.no-id", "register.unknown-id", "register.unknown-id", "register.not-day", "register.not-office"])  # fmt: skip
