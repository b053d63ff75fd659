"""The papers about opinions, as a coordinator makes them: all or none, counted, masked, named."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from drafter.actions.registers import Registers
from drafter.actions.release import Wanted, release
from drafter.release.proof import prove
from drafter.review.remarks import Change, Kind
from drafter.rounds.model import EVIDENCE, Applied, Decision, Register, RoundKind, Row, Spot
from drafter.word.frames import summary_frame
from tests.actions.workspace import FILES, FIRST, SECOND, WORKSPACE, Desk, packed, parts, write
from tests.papers import city
from tests.word.audit import audited
from tests.word.reading_back import paragraphs

NOW = datetime(2021, 1, 15, 9, tzinfo=UTC)
STAGES = FILES[WORKSPACE] + (
    "- {plan: p1, stage: 征求意见稿, date: 2021-01-15}\ninternal: [养老服务科, 规划财务科]\n"
)
DAY = ("--date", "2021-03-01")
SUMMARY = "临港市规划（意见采纳情况汇总表）"


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A workspace whose first version was issued, and on it the four rounds of the city."""

    def reading() -> tuple[str, str]:
        captured = capsys.readouterr()
        return captured.out, captured.err

    made = Desk(write(tmp_path / "w", {WORKSPACE: STAGES}), reading)
    assert release(made.root, "p1", Wanted("征求意见稿"), NOW).value is not None
    for register in city.registers():
        put(made, register)
    return made


def put(desk: Desk, register: Register) -> None:
    """Write a round of the city as one on the version that was issued, in the place of what is there."""
    (desk.root / f"data/rounds/p1/{register.round.id}.yaml").unlink(missing_ok=True)
    Registers(desk.root).put(replace(register, round=replace(register.round, plan="p1", version="v1")))


def with_first(desk: Desk, id_: str, **fields: object) -> None:
    """Another first row in a round."""
    register = city.register(id_)
    first = replace(register.rows[0], **fields)  # type: ignore[arg-type]
    put(desk, replace(register, rows=(first, *register.rows[1:])))


def names(made: dict[str, Any], paper: str) -> list[str]:
    return [Path(each["path"]).name for each in made["files"] if each["paper"] == paper]


def folder(desk: Desk) -> Path:
    return desk.root / "build/answers/p1"


# -- all three papers


def test_all_papers_are_written_named_and_counted(desk: Desk) -> None:
    made = desk.json("answer", "p1", *DAY)
    assert names(made, "summary") == [f"{SUMMARY}.docx", f"{SUMMARY}.xlsx"]
    assert names(made, "public") == [
        "临港市规划（意见采纳情况）（公开）.docx",
        "临港市规划（意见采纳情况）（公开）.xlsx",
    ]
    assert names(made, "replies")[:4] == [
        "临港市规划（意见采纳情况反馈 R1）-东渚市民政局.docx",
        "临港市规划（意见采纳情况反馈 R1）-北埝县民政局.docx",
        "临港市规划（意见采纳情况反馈 R1）-南塬县民政局.docx",
        "临港市规划（意见采纳情况反馈 R2）-市发展和改革委员会.docx",
    ]
    assert len(names(made, "replies")) == 3 + 5 + 3
    assert sorted(path.name for path in folder(desk).iterdir()) == sorted(
        Path(each["path"]).name for each in made["files"]
    )
    counts = made["counts"]
    assert [counts[key] for key in ("replies", "none", "opinions", "adopted", "partly", "rejected", "open")] == [
        15, 1, 14, 8, 3, 3, 0,
    ]  # fmt: skip
    assert counts["opinions"] == counts["adopted"] + counts["partly"] + counts["rejected"]
    assert [(each["round"], each["kind"], each["counts"]["opinions"]) for each in made["rounds"]] == [
        ("R1", "系统", 3), ("R2", "部门", 5), ("R3", "公众", 3), ("R4", "专家", 3),
    ]  # fmt: skip
    assert made["sentence"].startswith("征求11个单位、3位专家意见，并向社会公开征求意见，收到反馈15份")
    assert made["issues"] == []


def test_every_word_file_is_clean_and_the_same_again(desk: Desk) -> None:
    desk.json("answer", "p1", *DAY)
    before = {path.name: path.read_bytes() for path in folder(desk).iterdir()}
    assert [name for name, data in before.items() if name.endswith("docx") and audited(data)] == []
    desk.json("answer", "p1", *DAY)
    assert {path.name: path.read_bytes() for path in folder(desk).iterdir()} == before


def test_one_round_one_paper_one_form_another_folder(desk: Desk, tmp_path: Path) -> None:
    made = desk.json(
        "answer", "p1", "--round", "R2", "--summary", "--to", "xlsx", "-o", str(tmp_path / "发"), *DAY
    )
    assert [path.name for path in (tmp_path / "发").iterdir()] == ["临港市规划（意见采纳情况汇总表 R2）.xlsx"]
    page = openpyxl.load_workbook(made["files"][0]["path"]).worksheets[0]
    assert page["A2"].value == (
        "征求8个单位意见，收到反馈6份（其中无意见1份），提出意见5条，采纳4条、部分采纳1条、未采纳0条。未反馈的有2个：市教育局、市统计局。"
    )


def test_a_letter_names_the_stage_that_was_asked_about(desk: Desk) -> None:
    desk.json("answer", "p1", "--round", "R2", "--replies", *DAY)
    data = (folder(desk) / "临港市规划（意见采纳情况反馈 R2）-市财政局.docx").read_bytes()
    said = "\n".join(text for _, text in paragraphs(data))
    assert "民政局关于反馈" in said
    assert "你单位对《临港市规划（征求意见稿）》提出的意见收悉。" in said
    assert "2021年3月1日" in said


def test_people_read_what_was_counted(desk: Desk) -> None:
    assert desk.run("answer", "p1", "--summary", *DAY) == 0
    assert "R2 部门：征求8个单位意见" in desk.out
    assert f"已写出 {folder(desk).as_posix()}/{SUMMARY}.docx" in desk.out


# -- what is not decided


def test_a_final_paper_is_not_written_while_anything_is_open(desk: Desk) -> None:
    with_first(desk, "R2", decision=Decision.OPEN, reason="")
    assert desk.said("answer", "p1", *DAY) == ["data/rounds/p1/R2.yaml answer.open"]
    assert not folder(desk).exists()
    assert desk.json("answer", "p1", "--round", "R1", *DAY)["counts"]["opinions"] == 3


def test_a_draft_prints_what_is_open_as_under_study_and_says_how_many(desk: Desk) -> None:
    with_first(desk, "R2", decision=Decision.OPEN, reason="")
    made = desk.json("answer", "p1", "--summary", "--draft", "--to", "xlsx", *DAY)
    assert [(each["code"], each["severity"]) for each in made["issues"]] == [("answer.open-draft", "info")]
    assert made["counts"]["open"] == 1
    assert names(made, "summary") == [f"{SUMMARY}（草稿）.xlsx"]
    page = openpyxl.load_workbook(made["files"][0]["path"]).worksheets[0]
    assert "待研究1条" in str(page["A2"].value)
    assert "待研究" in {cell.value for cell in page["E"]}


def test_a_file_that_nobody_typed_up_is_an_error_and_in_a_draft_a_warning(desk: Desk) -> None:
    with_first(desk, "R2", kind=EVIDENCE, decision=Decision.OPEN, reason="")
    assert desk.said("answer", "p1", "--round", "R2", *DAY) == ["data/rounds/p1/R2.yaml answer.unread"]
    made = desk.json("answer", "p1", "--round", "R2", "--draft", *DAY)
    assert [each["code"] for each in made["issues"]] == ["answer.unread-draft"]
    assert (made["counts"]["opinions"], made["counts"]["unread"]) == (4, 1)


def test_a_rejection_without_a_reason_is_an_error(desk: Desk) -> None:
    with_first(desk, "R2", decision=Decision.REJECTED, reason="")
    assert desk.said("answer", "p1", "--round", "R2", *DAY) == ["data/rounds/p1/R2.yaml decide.no-reason"]


def test_an_adopted_opinion_of_which_nothing_is_said_is_told(desk: Desk) -> None:
    with_first(desk, "R2", reason="")
    made = desk.json("answer", "p1", "--round", "R2", "--summary", *DAY)
    assert [(each["code"], each["severity"]) for each in made["issues"]] == [("answer.unsaid", "warning")]
    done = (Applied("sections/a.md", 3, "0" * 64),)
    with_first(desk, "R2", reason="", applied=done)
    assert desk.json("answer", "p1", "--round", "R2", "--summary", *DAY)["issues"] == []


def test_who_is_late_is_taken_for_no_opinion_only_where_it_is_asked(desk: Desk) -> None:
    made = desk.json("answer", "p1", "--round", "R2", "--summary", "--to", "xlsx", "--silent-as-none", *DAY)
    page = openpyxl.load_workbook(made["files"][0]["path"]).worksheets[0]
    assert str(page["A2"].value).endswith("逾期未反馈的有2个，视为无意见：市教育局、市统计局。")
    assert made["counts"]["none"] == 1


def test_who_has_still_time_is_not_taken_for_no_opinion(desk: Desk) -> None:
    day = ("--date", "2020-12-18")
    made = desk.json("answer", "p1", "--round", "R2", "--summary", "--to", "xlsx", "--silent-as-none", *day)
    assert [each["code"] for each in made["issues"]] == ["answer.not-late"]
    page = openpyxl.load_workbook(made["files"][0]["path"]).worksheets[0]
    assert str(page["A2"].value).endswith("未反馈的有2个：市教育局、市统计局。")


# -- adopted, but not done


def row(number: int, **fields: object) -> Row:
    made = Row(
        f"R2-{number:03d}", "市财政局", "", "2021-01-20", "修订稿", Kind.REPLACEMENT.value, reason="已改"
    )
    return replace(made, decision=Decision.ADOPTED, **fields)  # type: ignore[arg-type]


def spot_of(desk: Desk, words: str) -> Spot:
    anchors = Registers(desk.root).record("p1", "v1").anchors.paragraphs
    index = next(n for n, each in enumerate(anchors) if words in each.text and each.kind != "toc")
    at = anchors[index].text.index(words)
    return Spot(index, at, at + len(words))


def test_adopted_opinions_whose_paragraphs_read_as_issued_are_told(desk: Desk) -> None:
    first, second = spot_of(desk, "以人民为中心"), spot_of(desk, "政府主导")
    other = Change(second.paragraph, second.start, second.end, "政府负责")
    rows = (
        row(1, spot=first, original="以人民为中心"),
        row(2, change=other),
        row(3),  # of no place
        replace(row(4, spot=second), decision=Decision.PARTLY),
    )
    put(desk, replace(city.register("R2"), rows=rows))
    made = desk.json("answer", "p1", "--round", "R2", "--summary", *DAY)
    assert [(each["code"], each["severity"]) for each in made["issues"]] == [("answer.unchanged", "warning")]
    assert made["unchanged"] == ["R2-001", "R2-002"]
    assert "data/rounds/p1/R2.yaml answer.unchanged" in desk.said("check")
    path = desk.root / FIRST
    path.write_text(path.read_text("utf-8").replace("以人民为中心", "以群众为中心"), "utf-8")
    assert desk.json("answer", "p1", "--round", "R2", "--summary", *DAY)["unchanged"] == ["R2-002"]
    other_file = desk.root / SECOND
    other_file.write_text(other_file.read_text("utf-8").replace("政府主导", "政府负责"), "utf-8")
    assert "data/rounds/p1/R2.yaml answer.unchanged" not in desk.said("check")


def test_a_cell_reads_as_issued_only_where_its_whole_row_does(desk: Desk) -> None:
    put(desk, replace(city.register("R2"), rows=(row(1, spot=spot_of(desk, "滨海区")),)))
    assert desk.json("answer", "p1", "--round", "R2", "--summary", *DAY)["unchanged"] == ["R2-001"]
    path = desk.root / "data/facilities.yaml"
    path.write_text(path.read_text("utf-8").replace("床位: 100,", "床位: 130,"), "utf-8")
    assert desk.json("answer", "p1", "--round", "R2", "--summary", *DAY)["unchanged"] == []


def test_a_paragraph_that_was_put_in_by_hand_is_done(desk: Desk) -> None:
    spot = spot_of(desk, "以人民为中心")
    new = Change(spot.paragraph, 17, 17, "\u2029完善制度。", like=spot.paragraph)
    put(
        desk,
        replace(
            city.register("R2"),
            rows=(row(1, kind=Kind.PARAGRAPH_INSERTION.value, change=new, proposed="完善制度。"),),
        ),
    )
    assert desk.json("answer", "p1", "--round", "R2", "--summary", *DAY)["unchanged"] == ["R2-001"]
    path = desk.root / FIRST
    path.write_text(path.read_text("utf-8").replace("基本民生。\n", "基本民生。\n\n完善制度。\n", 1), "utf-8")
    assert desk.json("answer", "p1", "--round", "R2", "--summary", *DAY)["unchanged"] == []


# -- the public


def test_the_table_for_the_public_has_no_names_and_no_telephones(desk: Desk) -> None:
    made = desk.json("answer", "p1", "--public", *DAY)
    for each in made["files"]:
        data = Path(each["path"]).read_bytes()
        found = prove(data, ("李大明", "13812345678", "养老服务科"))
        assert [proof.found for proof in found] == [()] * len(found)
        assert [proof.found for proof in prove(data, ("是否采纳",)) if proof.what == "words"] != [()]
    said = [text for _, text in paragraphs(Path(made["files"][0]["path"]).read_bytes())]
    assert {"市民李**", "市民王*", "海晏社会工作服务中心"} <= set(said)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"reason": "由养老服务科办理"}, "answer.public-words"),
        ({"comment": "规划财务科请改"}, "answer.public-words"),
    ],
)
def test_internal_words_are_never_published(desk: Desk, fields: dict[str, str], code: str) -> None:
    with_first(desk, "R3", **fields)
    found = desk.said("answer", "p1", "--public", *DAY)
    assert found == [f"data/rounds/p1 {code}"] * 2  # as Word and as Excel
    assert not folder(desk).exists()


def test_names_and_telephones_in_a_reason_are_masked(desk: Desk) -> None:
    with_first(desk, "R3", reason="已电话13912345678答复李大明")
    made = desk.json("answer", "p1", "--public", "--to", "xlsx", *DAY)
    page = openpyxl.load_workbook(made["files"][0]["path"]).worksheets[0]
    assert page["E4"].value == "已电话***********答复李**"


def test_names_that_the_register_has_masked_are_masked_in_the_words_too(desk: Desk) -> None:
    with_first(desk, "R3", person="李**", comment="我叫李大明，请尽快答复。")
    private = desk.root / "private/rounds/p1/R3.yaml"
    private.parent.mkdir(parents=True)
    private.write_text("persons:\n  R3-001: 李大明\n", "utf-8")
    made = desk.json("answer", "p1", "--public", "--to", "xlsx", *DAY)
    page = openpyxl.load_workbook(made["files"][0]["path"]).worksheets[0]
    assert (page["B4"].value, page["C4"].value) == ("市民李**", "我叫李**，请尽快答复。")
    private.write_text("persons: 3\n", "utf-8")
    assert [each.partition(" ")[0] for each in desk.said("answer", "p1", "--public", *DAY)] == [
        "private/rounds/p1/R3.yaml:1:10"
    ]


def test_another_round_is_published_where_it_is_named(desk: Desk) -> None:
    made = desk.json("answer", "p1", "--public", "--round", "R2", "--to", "xlsx", *DAY)
    page = openpyxl.load_workbook(made["files"][0]["path"]).worksheets[0]
    assert [cell.value for cell in page["B"]][3:5] == ["市发展和改革委员会", "市财政局"]


def test_what_only_units_were_asked_is_published_where_that_is_asked_for_alone(desk: Desk) -> None:
    assert "public" not in {
        each["paper"] for each in desk.json("answer", "p1", "--round", "R2", *DAY)["files"]
    }


# -- what people do wrong


def test_what_is_not_there_is_said(desk: Desk, tmp_path: Path) -> None:
    assert desk.said("answer", "p2", code=2) == ["data/workspace.yaml build.unknown-plan"]
    assert desk.said("answer", "p1", "--round", "R9", code=2) == ["data/rounds/p1 rounds.unknown-round"]
    assert desk.run("answer", "p1", "--to", "pdf") == 2
    assert desk.run("answer", "p1", "--date", "昨天") == 2
    new = Desk(write(tmp_path / "n"), desk._read)
    assert new.said("answer", "p1") == ["data/rounds/p1 answer.no-rounds"]


def test_papers_that_nobody_would_get_are_said(desk: Desk) -> None:
    for id_ in ("R1", "R2", "R4"):
        (desk.root / f"data/rounds/p1/{id_}.yaml").unlink()
    made = desk.json("answer", "p1", "--replies", *DAY)
    assert [each["code"] for each in made["issues"]] == ["answer.no-replies"]
    assert [each["paper"] for each in desk.json("answer", "p1", *DAY)["files"]] == ["summary"] * 2 + [
        "public"
    ] * 2
    put(desk, city.register("R1"))
    (desk.root / "data/rounds/p1/R3.yaml").unlink()
    assert desk.said("answer", "p1", "--public", *DAY) == ["data/rounds/p1 answer.no-public"]


def test_nothing_is_published_unasked_where_the_public_said_nothing(desk: Desk) -> None:
    put(desk, replace(city.register("R3"), replies=(), rows=()))
    assert "public" not in {each["paper"] for each in desk.json("answer", "p1", *DAY)["files"]}
    made = desk.json("answer", "p1", "--public", "--to", "xlsx", *DAY)
    page = openpyxl.load_workbook(made["files"][0]["path"]).worksheets[0]
    assert str(page["A2"].value).endswith("收到反馈0份，没有提出意见。")


def test_two_units_of_nearly_one_name_get_a_file_each(desk: Desk) -> None:
    register = city.register("R2")
    rows = (replace(register.rows[0], unit="甲/乙"), replace(register.rows[1], unit="甲:乙"))
    put(desk, replace(register, replies=(), rows=rows))
    made = desk.json("answer", "p1", "--round", "R2", "--replies", *DAY)
    assert names(made, "replies") == [
        "临港市规划（意见采纳情况反馈 R2）-甲_乙.docx",
        "临港市规划（意见采纳情况反馈 R2）-甲_乙-2.docx",
    ]


def test_a_round_that_cannot_be_read_keeps_the_papers_back(desk: Desk) -> None:
    (desk.root / "data/rounds/p1/R2.yaml").write_text("round: 1\n", "utf-8")
    assert desk.json("answer", "p1", *DAY, code=1).get("files") is None
    assert desk.json("answer", "p1", "--round", "R1", *DAY)["counts"]["opinions"] == 3


def test_experts_are_told_by_name_in_their_letters(desk: Desk) -> None:
    assert city.register("R4").round.kind is RoundKind.EXPERTS
    made = desk.json("answer", "p1", "--round", "R4", "--replies", *DAY)
    assert [each["unit"] for each in made["files"]] == ["陈思远", "林晓", "周文"]


def test_the_office_may_have_frames_of_its_own_and_a_broken_one_is_told(desk: Desk) -> None:
    files = parts(summary_frame())
    body = files["word/document.xml"].decode().replace("意见采纳情况汇总表", "征求意见及采纳情况一览表")
    frame = desk.root / "templates/summary.docx"
    frame.write_bytes(packed({**files, "word/document.xml": body.encode()}))
    made = desk.json("answer", "p1", "--summary", "--to", "docx", *DAY)
    said = [text for _, text in paragraphs(Path(made["files"][0]["path"]).read_bytes())]
    assert said[:2] == ["临港市规划", "征求意见及采纳情况一览表"]
    frame.write_bytes(b"no Word file")
    assert desk.said("answer", "p1", *DAY) == ["templates/summary.docx frame.not-word"]
