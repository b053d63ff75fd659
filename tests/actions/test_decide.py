"""Deciding on rows and listing them, as a coordinator does it at the command line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from drafter.actions.registers import Registers
from drafter.rounds.model import Decision, Register, Row
from tests.actions.workspace import FILES, Desk
from tests.rounds.making import ROWS, of_plan

PATH = "data/rounds/p1/R2.yaml"


@pytest.fixture
def office(desk: Desk) -> Desk:
    """A workspace with a register and three offices."""
    units = FILES["data/units.yaml"] + "- {名称: 养老服务科}\n- {名称: 社会救助科}\n"
    (desk.root / "data/units.yaml").write_text(units, "utf-8")
    Registers(desk.root).put(of_plan("p1"))
    return desk


def row(desk: Desk, id_: str) -> Row:
    return Registers(desk.root).row("p1", id_)[1]


def file(desk: Desk) -> str:
    return (desk.root / PATH).read_text("utf-8")


def test_several_rows_are_decided_at_once_and_shown(office: Desk) -> None:
    assert office.run("decide", "p1", "R2-001", "R2-005..R2-006", "R2-006", "--result", "未采纳", "--reason", "没有依据", "--by", "李四", "--on", "2021-02-08") == 0  # fmt: skip
    assert "R2-001  市财政局  未定→未采纳 李四 2021-02-08" in office.out
    assert "    理由：没有依据" in office.out
    assert f"3 条已定，写在 {PATH}" in office.out
    found = row(office, "R2-005")
    assert (found.decision, found.reason, found.by, found.on) == (Decision.REJECTED, "没有依据", "李四", "2021-02-08")  # fmt: skip


def test_an_office_alone_is_set_and_a_range_means_opinions(office: Desk) -> None:
    assert office.run("decide", "p1", "R2-005", "--office", "养老服务科") == 0
    assert f"1 条已改，写在 {PATH}" in office.out
    document = office.json("decide", "p1", "R2-005..R2-006", "--result", "采纳")
    assert [each["id"] for each in document["rows"]] == ["R2-005"]
    assert [each["code"] for each in document["issues"]] == ["decide.left-out"]
    assert office.run("decide", "p1", "R2-005", "--result", "未定") == 0
    assert row(office, "R2-005").decision is Decision.OPEN


def test_who_and_when_are_the_user_and_today(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "王五")
    monkeypatch.setattr("subprocess.run", _nothing)
    assert office.run("decide", "p1", "R2-005", "--result", "采纳") == 0
    found = row(office, "R2-005")
    assert found.by == "王五"
    assert len(found.on) == len("2021-02-08")


def _nothing(*_: object, **__: object) -> None:
    raise FileNotFoundError


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["R2-001", "R2-005", "--result", "未采纳"], 1, ["decide.no-reason"]),
        (["R2-001", "R2-007", "--result", "未采纳", "--reason", "无"], 1, ["decide.applied"]),
        (["R2-001", "--office", "养老服务"], 1, ["decide.unknown-office"]),
        (["R2-099", "R2-001", "--result", "采纳"], 2, ["decide.unknown-row"]),
        (["R3-001", "--result", "采纳"], 2, ["decide.unknown-row"]),
        (["、", "--result", "采纳"], 2, ["decide.no-rows"]),
        (["R2-001", "--result", "采纳", "--reason", "\x07"], 2, ["cli.unwritable-words"]),
    ],
)
def test_what_speaks_against_it_is_said_and_nothing_is_written(
    office: Desk, words: list[str], code: int, said: list[str]
) -> None:
    before = file(office)
    issues = office.json("decide", "p1", *words, code=code)["issues"]
    assert [issue["code"] for issue in issues] == said
    assert file(office) == before


@pytest.mark.parametrize(
    "words", [[], ["--result", "好"], ["--by", "李四"], ["--result", "采纳", "--on", "昨天"]]
)
def test_wrong_options_are_wrong_usage(office: Desk, words: list[str]) -> None:
    assert office.run("decide", "p1", "R2-001", *words) == 2
    assert "Traceback" not in office.err


def test_the_message_names_the_rows_and_what_to_do(office: Desk) -> None:
    office.run("decide", "p1", "R2-001", "R2-005", "--result", "部分采纳")
    assert "R2-001、R2-005 定为部分采纳，但没有理由" in office.err
    assert "--reason" in office.err
    office.run("decide", "p1", "R2-01", "--office", "养老服务")
    assert "写 养老服务科" in office.err


def test_what_says_the_same_is_told_and_decided_on_request(office: Desk) -> None:
    assert office.run("decide", "p1", "R2-001", "--result", "采纳", "--adopted", "护理床位") == 0
    assert "R2-003 和 R2-001 说的是一回事，还没有定" in office.err
    assert office.run("decide", "p1", "R2-001", "--result", "采纳", "--all-alike") == 0
    assert row(office, "R2-003").decision is Decision.ADOPTED
    assert office.err == ""


def test_deciding_the_same_again_leaves_the_file_alone(office: Desk) -> None:
    words = ["decide", "p1", "R2-005", "--result", "采纳", "--by", "李四", "--on", "2021-02-08"]
    office.run(*words)
    before = file(office)
    assert office.run(*words) == 0
    assert "原来就是这样" in office.out
    assert file(office) == before


def test_an_edited_file_keeps_its_comments(office: Desk) -> None:
    text = file(office).replace("  - id: R2-005", "  # 会上再议\n  - id: R2-005")
    (office.root / PATH).write_text(text, "utf-8")
    office.run("decide", "p1", "R2-005", "--result", "采纳")
    assert "  # 会上再议\n" in file(office)


def test_rows_of_several_rounds_are_decided_together(office: Desk) -> None:
    second = of_plan("p1")
    rows = tuple(replace(each, id=each.id.replace("R2", "R3"), alike="", conflicts=(), reply_to="") for each in ROWS)  # fmt: skip
    Registers(office.root).put(Register(replace(second.round, id="R3"), rows=rows))
    assert office.run("decide", "p1", "R2-005", "R3-005", "--result", "采纳") == 0
    assert row(office, "R3-005").decision is row(office, "R2-005").decision is Decision.ADOPTED


def test_a_plan_without_a_round_is_told_which_have_one(office: Desk) -> None:
    assert [i["code"] for i in office.json("decide", "p2", "R2-001", "--result", "采纳", code=2)["issues"]] == ["rounds.no-round"]  # fmt: skip
    office.run("register", "p2")
    assert "有意见的规划：p1" in office.err


def test_a_broken_file_is_told_where_its_rows_are_asked_for(office: Desk) -> None:
    good = of_plan("p1")
    rows = tuple(replace(each, id=each.id.replace("R2", "R3"), alike="", conflicts=(), reply_to="") for each in ROWS)  # fmt: skip
    Registers(office.root).put(Register(replace(good.round, id="R3"), rows=rows))
    path = office.root / "data/rounds/p1/R3.yaml"
    path.write_text(path.read_text("utf-8").replace("kind: 部门", "kind: 别的"), "utf-8")
    assert office.run("decide", "p1", "R3-001", "--result", "采纳") == 1
    assert "data/rounds/p1/R3.yaml:8:9: workspace.choice" in office.err
    assert office.run("decide", "p1", "R2-005", "--result", "采纳") == 0


# -- files that people edited ------------------------------------------------------------------------------------------


def edit(desk: Desk, id_: str, *lines: str) -> int:
    """Put lines into a row of the file; the number of the first one."""
    before, sign, after = file(desk).partition(f"  - id: {id_}\n")
    (desk.root / PATH).write_text(before + sign + "".join(f"    {line}\n" for line in lines) + after, "utf-8")
    return before.count("\n") + 2


def test_a_file_that_people_edited_is_checked_line_by_line(office: Desk) -> None:
    line = edit(office, "R2-005", "decision: 未采纳", "office: 养老服务")
    said = office.said("check", "p1")
    assert f"{PATH}:{line}:15 rounds.no-reason" in said
    assert f"{PATH}:{line + 1}:13 decide.unknown-office" in said


def test_what_does_not_fit_together_is_checked(office: Desk) -> None:
    first = edit(office, "R2-001", "decision: 采纳")
    second = edit(office, "R2-002", "decision: 采纳")
    third = edit(office, "R2-003", "decision: 未采纳", "reason: 无", "adopted: 甲")
    said = office.said("check", "p1", code=0)
    assert f"{PATH}:{second}:15 decide.conflict" in said
    assert f"{PATH}:{first}:15 decide.alike-differs" in said
    assert f"{PATH}:{third + 2}:14 rounds.adopted-rejected" in said


def test_what_was_typed_without_a_reason_can_be_put_right(office: Desk) -> None:
    edit(office, "R2-005", "decision: 未采纳")
    assert office.run("register", "p1") == 1
    assert "rounds.no-reason" in office.err
    assert "R2-005" in office.out
    assert office.run("decide", "p1", "R2-005", "--reason", "没有依据") == 0
    assert office.run("register", "p1") == 0


# -- listing -----------------------------------------------------------------------------------------------------------


def test_the_register_is_listed_with_who_where_what_and_how_many(office: Desk) -> None:
    office.run("decide", "p1", "R2-001", "--office", "社会救助科")
    assert office.run("register", "p1") == 0
    assert "R2  书面征求意见（v1，2021-01-16至2021-02-05）" in office.out
    assert "R2-001  市财政局 张三  修订稿 2021-01-28  【未定】" in office.out
    assert "    第一章第一节 1.1-2  sections/a.md:3:5（位置确定）" in office.out
    assert "    建议将“床位”改为“养老床位”" in office.out
    assert "    和 R2-002 要求不同" in office.out
    assert "    和 R2-001 说的是一回事" in office.out
    assert "    承办科室：社会救助科" in office.out
    assert "意见 6 条 = 采纳 1 + 部分采纳 0 + 未采纳 1 + 未定 4" in office.out
    assert "另有 1 条后来撤回，不计" in office.out
    assert "另有 1 条是对批注的答复，并入原意见，不计" in office.out


def ids(desk: Desk, *words: str) -> list[str]:
    return [each["id"] for each in desk.json("register", "p1", *words)["rows"]]


def test_rows_are_chosen_by_round_state_office_and_unit(office: Desk) -> None:
    office.run("decide", "p1", "R2-001", "R2-008", "--office", "社会救助科")
    assert ids(office, "--round", "R2", "--open") == ["R2-001", "R2-002", "R2-003", "R2-005", "R2-006"]
    assert ids(office, "--office", "社会救助科") == ["R2-001", "R2-008"]
    assert ids(office, "--office", "社会救助科", "--open") == ["R2-001"]
    assert ids(office, "--unit", "市统计局") == ["R2-002"]
    assert ids(office, "--unit", "张三")[0] == "R2-001"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--round", "R7"], "rounds.unknown-round"),
        (["--office", "甲科"], "register.nobody"),
        (["--unit", "市财政"], "register.nobody"),
    ],
)
def test_who_is_not_there_is_wrong_usage(office: Desk, words: list[str], code: str) -> None:
    assert [issue["code"] for issue in office.json("register", "p1", *words, code=2)["issues"]] == [code]


def test_the_issued_text_says_where_where_it_is_there(desk: Desk) -> None:
    assert desk.run("release", "p1", "--stage", "讨论稿") == 0
    assert desk.run("round", "p1", "open", "--kind", "公众", "--until", "2099-12-31") == 0
    registers = Registers(desk.root)
    held = registers.named("p1", "R1")
    record = registers.record("p1", "v1")
    at = next(n for n, each in enumerate(record.anchors.paragraphs) if each.text.startswith("坚持以人民"))
    from drafter.review.remarks import Change, Kind

    made = Row(
        "R1-001", "", "市民", "", "来函", Kind.INSERTION, proposed="始终", change=Change(at, 2, 2, "始终")
    )
    registers.save(held, replace(held.register, rows=(made,)))
    desk.run("register", "p1")
    assert "建议在“坚持”后增加“始终”" in desk.out


def test_an_empty_workspace_has_no_register(tmp_path: Path, desk: Desk) -> None:
    assert desk.run("register", "p1") == 2
    assert "先开一轮" in desk.err
