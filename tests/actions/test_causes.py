"""The opinion behind each change, named in the marked copy and in the table of changes."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from drafter.actions.registers import Registers
from drafter.actions.release import Wanted, release
from drafter.picture import read
from drafter.review.remarks import BREAK, Change, Kind
from drafter.rounds.model import Applied, Decision, Register, Round, RoundKind, Row, Spot
from tests.actions.workspace import FILES, FIRST, INDICATORS, SECOND, WORKSPACE, Desk, number_of, write
from tests.word.audit import audited
from tests.word.reading_back import paragraphs

STAGES = FILES[WORKSPACE].replace("stages: [讨论稿, 征求意见稿]", "stages: [讨论稿, 征求意见稿, 送审稿]") + (
    "- {plan: p1, stage: 征求意见稿, date: 2021-11-30}\n- {plan: p1, stage: 送审稿, date: 2022-01-10}\n"
)
NOW = datetime(2021, 11, 30, 9, tzinfo=UTC)
ADOPTED, PARTLY, REJECTED, OPEN = Decision.ADOPTED, Decision.PARTLY, Decision.REJECTED, Decision.OPEN


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A workspace without git whose first version was issued."""

    def reading() -> tuple[str, str]:
        captured = capsys.readouterr()
        return captured.out, captured.err

    made = Desk(write(tmp_path / "w", {WORKSPACE: STAGES}), reading)
    issue(made)
    return made


def issue(desk: Desk, *, public: bool = False) -> None:
    assert release(desk.root, "p1", Wanted("征求意见稿", public=public), NOW).value is not None


def edit(desk: Desk, path: str, old: str, new: str) -> None:
    file = desk.root / path
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")


def asked(
    desk: Desk, *rows: Row, id_: str = "R2", version: str = "v1", kind: RoundKind = RoundKind.DEPARTMENTS
) -> None:
    """A round with these rows."""
    round_ = Round(id_, "p1", version, kind, "征求意见", "2021-12-01", "2021-12-18", ())
    Registers(desk.root).put(Register(round_, rows=rows))


def row(number: int, unit: str = "市财政局", decision: Decision = ADOPTED, **fields: Any) -> Row:
    made = Row(
        f"R2-{number:03d}", unit, "", "2021-12-10", "修订稿", Kind.REPLACEMENT.value, decision=decision
    )
    return replace(made, reason="经研究", **fields)


def where(desk: Desk, words: str, version: str = "v1") -> Spot:
    """The words in an issued text."""
    anchors = Registers(desk.root).record("p1", version).anchors.paragraphs
    index = next(n for n, each in enumerate(anchors) if words in each.text and each.kind != "toc")
    at = anchors[index].text.index(words)
    return Spot(index, at, at + len(words))


def replaced(desk: Desk, old: str, new: str, version: str = "v1") -> dict[str, Any]:
    """What a row says that wants other words."""
    spot = where(desk, old, version)
    change = Change(spot.paragraph, spot.start, spot.end, new)
    return {"spot": spot, "change": change, "original": old, "proposed": new}


def reasons(desk: Desk, *versions: str) -> dict[str, str]:
    """The reason of each change, by how it begins now."""
    made = desk.json("compare", "p1", *(versions or ("v1",)), "--docx")
    return {(each["new"] or each["old"])[:5]: each["reason"] for each in made["changes"]}


def changes(desk: Desk) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.json("compare", "p1", "v1", "--docx")["changes"]
    return found


# -- which opinion it is


def test_a_change_of_the_words_that_an_opinion_is_on_answers_it(desk: Desk) -> None:
    asked(desk, row(17, **replaced(desk, "以人民为中心", "以群众为中心")))
    edit(desk, FIRST, "以人民为中心", "以群众为中心")
    edit(desk, SECOND, "激发市场活力", "激发社会活力")
    (first, second) = changes(desk)
    assert (first["reason"], first["rows"]) == ("R2-017 市财政局：采纳", ["R2-017"])
    assert (second["reason"], second["rows"]) == ("文字修改", [])


def test_several_opinions_at_one_change_are_all_named(desk: Desk) -> None:
    words = replaced(desk, "以人民为中心", "以群众为中心")
    asked(
        desk,
        row(1, **words),
        row(2, "市教育局", PARTLY, **words),
        row(3, "市公安局", REJECTED, **words),
        row(4, "市统计局", OPEN, **words),
        row(5, "市司法局", withdrawn="2021-12-20T09:00:00", **words),
        row(6, "市民政局", reply_to="R2-001", kind=Kind.COMMENT.value, spot=words["spot"]),
        row(7, "市医保局", alike="R2-001", **words),
    )
    edit(desk, FIRST, "以人民为中心", "以群众为中心")
    assert reasons(desk) == {
        "坚持以群众": "R2-001 市财政局：采纳；R2-002 市教育局：部分采纳；R2-007 市医保局：采纳"
    }


def test_other_words_of_the_paragraph_answer_no_exact_opinion_and_any_comment(desk: Desk) -> None:
    spot = where(desk, "保障基本民生")
    asked(
        desk,
        row(1, **replaced(desk, "保障基本民生", "改善基本民生")),
        row(2, "市教育局", kind=Kind.COMMENT.value, spot=spot, comment="表述请再斟酌"),
    )
    edit(desk, FIRST, "以人民为中心", "以群众为中心")
    made = desk.json("compare", "p1", "v1", "--docx")
    assert [each["reason"] for each in made["changes"]] == ["R2-002 市教育局：采纳"]
    assert (made["rounds"], made["unmade"]) == (["R2"], ["R2-001"])


def test_every_place_that_prints_a_datum_answers_the_opinion_on_it(desk: Desk) -> None:
    asked(desk, row(1, kind=Kind.VALUE.value, key="设施.机构.滨海区.床位", **replaced(desk, "100", "160")))
    edit(desk, "data/facilities.yaml", "床位: 100, 护理型: 60", "床位: 160, 护理型: 60")
    keys = {each["table"]: each["reason"] for each in changes(desk)}
    assert keys == {"": "R2-001 市财政局：采纳", "各县区设施": "R2-001 市财政局：采纳"}


def test_a_paragraph_that_was_put_in_answers_who_asked_for_it(desk: Desk) -> None:
    spot = where(desk, "以人民为中心")
    end = len(Registers(desk.root).record("p1", "v1").anchors.paragraphs[spot.paragraph].text)
    new = Change(spot.paragraph, end, end, f"{BREAK}完善各项制度。", like=spot.paragraph)
    asked(desk, row(1, kind=Kind.PARAGRAPH_INSERTION.value, change=new, proposed="完善各项制度。"))
    edit(desk, FIRST, "基本民生。\n", "基本民生。\n\n完善各项制度。\n")
    assert reasons(desk) == {"完善各项制": "R2-001 市财政局：采纳"}


def test_a_paragraph_that_went_and_one_that_was_split(desk: Desk) -> None:
    whole = where(desk, "坚持以人民为中心，保障基本民生。")
    second = where(desk, "激发市场活力")
    gone = Change(second.paragraph, 0, second.end + 2, "")
    split = Change(whole.paragraph, 8, 9, f"。{BREAK}")
    asked(
        desk,
        row(1, kind=Kind.SPLIT.value, change=split, spot=whole),
        row(2, "市教育局", kind=Kind.PARAGRAPH_DELETION.value, change=gone),
    )
    edit(desk, FIRST, "坚持以人民为中心，保障", "坚持以人民为中心。\n\n保障")
    edit(desk, SECOND, "2. **社会参与。**激发市场活力。\n", "")
    assert reasons(desk) == {"坚持以人民": "R2-001 市财政局：采纳", "社会参与。": "R2-002 市教育局：采纳"}


def test_what_applying_an_opinion_wrote_is_its_own_wherever_it_stands_now(desk: Desk) -> None:
    edit(desk, FIRST, "坚持以人民为中心", "上面又加了一段。\n\n坚持以群众为中心")
    edit(desk, INDICATORS, "2025: {value: 800", "2025: {value: 900")
    asked(
        desk,
        row(1, applied=(Applied(FIRST, 7, "0" * 64, 4, "以人民为", "以群众为"),)),
        row(2, applied=(Applied(INDICATORS, 10, "0" * 64, 20, "value: 800", "value: 900"),)),
        row(3, applied=(Applied(FIRST, 7, "0" * 64, 4, "坚持", "不在那里了"),)),
    )
    made = desk.json("compare", "p1", "v1", "--docx")
    told = {each["new"][:4]: each["reason"] for each in made["changes"]}
    assert told == {
        "上面又加": "文字修改",
        "坚持以群": "R2-001 市财政局：采纳",
        "到202": "R2-002 市财政局：采纳",
    }
    assert made["unmade"] == ["R2-003"]


def test_the_line_that_an_opinion_was_written_into_is_its_own(desk: Desk) -> None:
    edit(desk, FIRST, "以人民为中心", "以群众为中心")
    digest = hashlib.sha256((desk.root / FIRST).read_bytes()).hexdigest()
    line = number_of(desk.root, FIRST, "以群众为中心")
    asked(
        desk,
        row(1, applied=(Applied(FIRST, line, digest),)),
        row(2, applied=(Applied(FIRST, line, "0" * 64),)),
    )
    made = desk.json("compare", "p1", "v1", "--docx")
    assert [each["reason"] for each in made["changes"]] == ["R2-001 市财政局：采纳"]
    assert made["unmade"] == ["R2-002"]


# -- of which versions


def test_an_opinion_on_an_earlier_version_is_followed(desk: Desk) -> None:
    asked(
        desk,
        row(1, **replaced(desk, "以人民为中心", "以群众为中心")),
        row(2, "市教育局", kind=Kind.COMMENT.value, spot=where(desk, "政府主导"), comment="请再斟酌"),
        row(3, "市公安局", **replaced(desk, "激发市场活力", "激发社会活力")),
    )
    edit(desk, SECOND, "激发市场活力", "激发社会活力")
    edit(desk, SECOND, "1. **政府主导。**落实各级责任", "1. **政府主导。**落实各级各部门责任")
    issue(desk)
    edit(desk, FIRST, "以人民为中心", "以群众为中心")
    edit(desk, SECOND, "政府主导", "党委领导、政府主导")
    made = desk.json("compare", "p1", "v2", "--docx")
    assert [each["reason"] for each in made["changes"]] == ["R2-001 市财政局：采纳", "R2-002 市教育局：采纳"]
    assert made["unmade"] == []  # what was done between v1 and v2 is not looked for here


def test_an_opinion_on_a_version_between_counts_and_one_on_the_new_version_does_not(desk: Desk) -> None:
    issue(desk)
    asked(desk, row(1, **replaced(desk, "以人民为中心", "以群众为中心", "v2")), version="v2")
    edit(desk, FIRST, "以人民为中心", "以群众为中心")
    issue(desk)
    asked(
        desk,
        replace(row(1, **replaced(desk, "以群众为中心", "x", "v3")), id="R3-001"),
        id_="R3",
        version="v3",
    )
    assert reasons(desk, "v1", "v3") == {"坚持以群众": "R2-001 市财政局：采纳"}
    assert desk.json("compare", "p1", "v1", "v3", "--docx")["rounds"] == ["R2"]


# -- who reads it


def test_strangers_read_no_names_of_persons(desk: Desk) -> None:
    issue(desk, public=True)
    words = replaced(desk, "以人民为中心", "以群众为中心", "v2")
    for id_, kind, unit, person in (
        ("R2", RoundKind.DEPARTMENTS, "市财政局", "张三"),
        ("R3", RoundKind.PUBLIC, "市民", "李大明"),
        ("R4", RoundKind.EXPERTS, "", "陈思远"),
        ("R5", RoundKind.PUBLIC, "海晏社会工作服务中心", ""),
    ):
        asked(
            desk,
            replace(row(1, unit, person=person, **words), id=f"{id_}-001"),
            id_=id_,
            version="v2",
            kind=kind,
        )
    edit(desk, FIRST, "以人民为中心", "以群众为中心")
    said = reasons(desk, "v2")["坚持以群众"]
    assert (
        said
        == "R2-001 市财政局：采纳；R3-001 公众：采纳；R4-001 专家：采纳；R5-001 海晏社会工作服务中心：采纳"
    )
    assert reasons(desk, "v1")["坚持以群众"].split("；")[1:3] == [
        "R3-001 市民李**：采纳",
        "R4-001 陈思远：采纳",
    ]
    assert desk.json("compare", "p1", "v2", "--docx")["sentence"].endswith(
        "其中依据意见的1处，没有对应意见的0处。"
    )


# -- where it is told


def test_the_marked_copy_has_it_as_a_comment(desk: Desk) -> None:
    asked(desk, row(17, **replaced(desk, "以人民为中心", "以群众为中心")))
    edit(desk, FIRST, "以人民为中心", "以群众为中心")
    made = desk.json("redline", "p1", "v1")
    value = read(Path(made["path"]).read_bytes(), "a.docx").value
    assert value is not None
    assert [comment.text for comment in value.comments if comment.text != "版次更新"] == [
        "R2-017 市财政局：采纳"
    ]
    assert [each["rows"] for each in made["changes"]] == [["R2-017"]]


def test_the_table_counts_and_lists_what_has_no_opinion_and_what_was_not_done(desk: Desk) -> None:
    asked(
        desk,
        row(1, **replaced(desk, "以人民为中心", "以群众为中心")),
        row(2, "市教育局", **replaced(desk, "政府主导", "政府负责")),
    )
    edit(desk, FIRST, "以人民为中心", "以群众为中心")
    edit(desk, SECOND, "激发市场活力", "激发社会活力")
    edit(desk, INDICATORS, "2025: {value: 800", "2025: {value: 900")
    made = desk.json("compare", "p1", "v1")
    assert made["sentence"].endswith("共改动3处：修改3处；正文3处。其中依据意见的1处，没有对应意见的2处。")
    data = Path(made["files"][0]).read_bytes()
    assert audited(data) == []
    said = [text for _, text in paragraphs(data) if text.strip()]
    assert said[-2:] == [
        "没有对应意见的改动：序号2、3。",
        "已经采纳、两版之间没有找到改动的意见：R2-002 市教育局：采纳。",
    ]
    assert desk.run("compare", "p1", "v1") == 0
    assert "对照 R2 的意见：依据意见的 1 处，没有对应意见的 2 处" in desk.out
    assert "采纳了、两版之间没有找到改动的意见 1 条：R2-002" in desk.out


def test_a_plan_that_nobody_was_asked_about_says_nothing_of_opinions(desk: Desk) -> None:
    edit(desk, FIRST, "以人民为中心", "以群众为中心")
    made = desk.json("compare", "p1", "v1")
    assert (made["rounds"], made["unmade"]) == ([], [])
    assert "意见" not in made["sentence"].replace("征求意见稿", "")
    assert desk.run("redline", "p1", "v1") == 0
    assert "没有对应意见" not in desk.out


def test_a_round_that_cannot_be_read_is_told_and_the_table_is_made(desk: Desk) -> None:
    asked(desk, row(1, **replaced(desk, "以人民为中心", "以群众为中心")))
    path = desk.root / "data/rounds/p1/R2.yaml"
    path.write_text(path.read_text("utf-8").replace("decision: 采纳", "decision: 同意"), "utf-8")
    edit(desk, FIRST, "以人民为中心", "以群众为中心")
    made = desk.json("compare", "p1", "v1", code=1)
    assert [each["reason"] for each in made["changes"]] == ["文字修改"]
    assert [each["file"] for each in made["issues"]] == ["data/rounds/p1/R2.yaml"]
