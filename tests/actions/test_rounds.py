"""A round is opened on what was issued, and who has answered is seen on any day."""

from dataclasses import replace

import pytest

from drafter.actions.registers import Registers
from drafter.opinions.files import classify
from drafter.review.remarks import Kind
from drafter.rounds.model import Asked, Decision, Received, Register, Reply, Round, RoundKind, Row, State
from drafter.rounds.standing import standings
from tests.actions.workspace import Desk

ISSUED = ("release", "p1", "--stage", "征求意见稿", "--deadline", "2021-12-20")
OPEN = ("round", "p1", "open", "--date", "2021-12-01")
DIGEST = "ab" * 32
FORMS = ("反馈意见表 R1）.docx", "反馈意见表 R1）.xlsx", "意见录入 R1）.xlsx")


def issue(office: Desk, *more: str) -> None:
    office.json(*ISSUED, *(more or ("--to", "部门")))


def register(office: Desk, id_: str = "R1") -> Register:
    return Registers(office.root).named("p1", id_).register


def test_a_round_asks_whom_the_release_went_to_until_its_deadline(office: Desk) -> None:
    issue(office)
    made = office.json(*OPEN, "--kind", "部门", "--name", "书面征求市直部门意见")
    assert made == {
        "plan": "p1",
        "round": "R1",
        "version": "v1",
        "kind": "部门",
        "opened": "2021-12-01",
        "until": "2021-12-20",
        "asked": ["市财政局", "市教育局"],
        "file": "data/rounds/p1/R1.yaml",
        "forms": [f"build/rounds/p1/R1/临港市规划（{name}" for name in FORMS],
        "issues": [],
    }
    round_ = register(office).round
    assert (round_.name, round_.kind) == ("书面征求市直部门意见", RoundKind.DEPARTMENTS)
    assert round_.asked == (Asked("市财政局", 1), Asked("市教育局", 2))


def test_others_may_be_asked_on_another_version_until_another_day(office: Desk) -> None:
    issue(office, "--to", "市财政局")
    issue(office, "--to", "市教育局")
    options = ("--version", "v1", "--to", "县级、市财政局", "--until", "2021-12-15", "--kind", "系统")
    assert office.json(*OPEN, *options)["round"] == "R1"
    round_ = register(office).round
    assert (round_.version, round_.until) == ("v1", "2021-12-15")
    assert round_.asked == (Asked("东渚市民政局"), Asked("市财政局", 1))
    assert office.json(*OPEN, "--kind", "部门")["round"] == "R2"
    assert register(office, "R2").round.version == "v2"


@pytest.mark.parametrize(
    ("released", "options", "code"),
    [
        (False, ("--kind", "部门"), "rounds.nothing-issued"),
        (True, ("--kind", "部门", "--version", "v3"), "release.unknown-version"),
        (True, ("--kind", "部门", "--to", "市财正局"), "release.unknown-recipient"),
        (True, ("--kind", "部门", "--until", "2021-11-01"), "rounds.until-past"),
    ],
)
def test_a_round_that_cannot_be_is_refused_and_not_written(
    office: Desk, released: bool, options: tuple[str, ...], code: str
) -> None:
    if released:
        issue(office)
    misnamed = code in {"release.unknown-version", "release.unknown-recipient"}
    assert [said.rpartition(" ")[2] for said in office.said(*OPEN, *options, code=1 + misnamed)] == [code]
    assert not (office.root / "data/rounds/p1").exists()


def test_words_that_no_file_can_hold_are_told(office: Desk) -> None:
    issue(office)
    options = ("--kind", "部门", "--name", "第一\udcff轮", "--note", "a\x01")
    assert office.said(*OPEN, *options, code=2) == [" cli.unwritable-words"] * 2
    assert office.said("collect", "x.docx", "--for", "\udcff", code=2) == [" cli.unwritable-words"]


def test_who_answered_under_a_name_with_other_brackets_is_who_was_asked() -> None:
    made = Round(
        "R1",
        "p1",
        "v1",
        RoundKind.DEPARTMENTS,
        "",
        "2021-12-01",
        "2021-12-20",
        (Asked("市民政局（社会组织科）"),),
    )
    file = Received("a.docx", "0" * 64, State.READ)
    reply = Reply("市民政局 (社会组织科)", "", "2021-12-05", "来函", "无意见", file, "2021-12-05T09:00:00")
    (standing,) = standings(Register(made, (reply,)), "2021-12-06")
    assert (standing.asked, standing.answered, standing.none) == (True, "2021-12-05", True)


def test_without_recipients_or_deadline_they_must_be_named(office: Desk) -> None:
    office.json("release", "p1", "--stage", "征求意见稿")
    assert office.said(*OPEN, "--kind", "部门")[0].endswith("rounds.nobody-asked")
    assert office.said(*OPEN, "--kind", "公众")[0].endswith("rounds.no-deadline")


@pytest.mark.parametrize(
    ("until", "note", "codes"),
    [
        ("2021-12-30", (), ["rounds.public-short"]),
        ("2021-12-30", ("--note", "时间紧"), []),
        ("2021-12-31", (), []),
    ],
)
def test_the_public_is_asked_for_thirty_days_or_told_why_not(
    office: Desk, until: str, note: tuple[str, ...], codes: list[str]
) -> None:
    office.json("release", "p1", "--stage", "征求意见稿", "--public")
    document = office.json(*OPEN, "--kind", "公众", "--until", until, *note)
    assert [each["code"] for each in document["issues"]] == codes
    assert register(office).round.asked == ()


def test_several_rounds_run_on_one_version_and_who_is_asked_twice_is_told(office: Desk) -> None:
    issue(office)
    office.json(*OPEN, "--kind", "部门", "--to", "市财政局")
    again = office.json(*OPEN, "--kind", "系统", "--to", "县级,市财政局")
    assert again["round"] == "R2"
    assert "市财政局 等 1 个在 R1 里" in again["issues"][0]["message"]
    assert "data/rounds/p1/R2.yaml" in again["issues"][0]["hint"]
    assert [(each["code"], each["file"]) for each in again["issues"]] == [
        ("rounds.asked-twice", "data/rounds/p1/R2.yaml")
    ]


def test_without_names_those_are_asked_whom_no_round_has_asked(office: Desk) -> None:
    issue(office)
    office.json(*OPEN, "--kind", "部门", "--to", "市财政局")
    assert "市财政局" not in office.json(*OPEN, "--kind", "系统")["asked"]
    assert "市财政局" in office.json(*OPEN, "--kind", "部门")["asked"]


def test_the_public_is_not_asked_by_name(office: Desk) -> None:
    issue(office)
    until = ("--until", "2022-01-31")
    assert office.said(*OPEN, "--kind", "公众", "--to", "市财政局", *until)[0].endswith("rounds.public-to")
    assert office.json(*OPEN, "--kind", "公众", *until)["asked"] == []
    assert office.run("round", "p1") == 0
    assert "收到反馈 0 份，待录入 0 份；意见 0 条，已定 0 条" in office.out


def answered(office: Desk) -> None:
    """市财政局 answered late with two opinions, one of them decided; 市教育局 did not; somebody unasked had none."""
    issue(office)
    office.json(*OPEN, "--kind", "部门")
    registers = Registers(office.root)
    held = registers.named("p1", "R1")
    file = Received("x.docx", DIGEST, State.READ)
    first = Reply("市财政局", "张三", "2021-12-22", "修订稿", "", file, "2021-12-23T09:00:00+08:00")
    other = Reply("市审计局", "", "", "来函", "无意见", file, "2021-12-19T09:00:00+08:00")
    row = Row("R1-001", "市财政局", "张三", "2021-12-22", "修订稿", Kind.COMMENT, comment="不妥")
    rows = (
        replace(row, decision=Decision.ADOPTED),
        replace(row, id="R1-002"),
        replace(row, id="R1-003", withdrawn="2021-12-24T09:00:00+08:00"),
    )
    registers.save(held, replace(held.register, replies=(first, other), rows=rows))


def test_who_is_late_follows_from_the_day(office: Desk) -> None:
    answered(office)
    (shown,) = office.json("round", "p1", "--date", "2021-12-20")["rounds"]
    keys = ("unit", "asked", "answered", "conclusion", "remarks", "decided", "late")
    assert [tuple(unit[key] for key in keys) for unit in shown["units"]] == [
        ("市财政局", True, "2021-12-22", "", 2, 1, True),
        ("市教育局", True, "", "", 0, 0, False),
        ("市审计局", False, "2021-12-19", "无意见", 0, 0, False),
    ]
    (shown,) = office.json("round", "p1", "--date", "2021-12-21")["rounds"]
    assert [unit["late"] for unit in shown["units"]] == [True, True, False]


def test_a_round_is_shown_for_people(office: Desk) -> None:
    answered(office)
    assert office.run("round", "p1", "--date", "2021-12-25") == 0
    assert office.out.splitlines() == [
        "R1 v1 部门 （2021-12-01 至 2021-12-20）  data/rounds/p1/R1.yaml",
        "    征求 2 个，答复 1 个，没有征求的也答复 1 个（共 2 个，其中无意见 1 个），逾期未答复 1 个；意见 2 条，已定 1 条",
        "    01 市财政局  2021-12-22 逾期答复，意见 2 条，已定 1 条",
        "    02 市教育局  没有答复，已逾期（2021-12-20 截止）",
        "    — 市审计局  2021-12-19 答复，无意见（没有征求）",
        "    还没有答复：市教育局",
    ]


def test_a_plan_without_rounds_says_so_and_one_that_is_not_there_is_unknown(office: Desk) -> None:
    assert office.json("round", "p1", "--date", "2021-12-20")["rounds"] == []
    assert office.said("round", "p2", code=2) == ["data/workspace.yaml build.unknown-plan"]


@pytest.mark.parametrize(
    "words",
    [("p1", "close"), ("p1", "--kind", "部门"), ("p1", "open"), ("p1", "open", "--kind", "朋友")],
)
def test_wrong_usage_is_told(office: Desk, words: tuple[str, ...]) -> None:
    assert office.run("round", *words) == 2
    assert "drafter round" in office.err


def test_the_blank_forms_say_what_is_asked_and_come_back_as_forms(office: Desk) -> None:
    issue(office)
    made = office.json(*OPEN, "--kind", "部门")
    kinds = {}
    for path in made["forms"]:
        data = (office.root / path).read_bytes()
        found = classify(data, path)
        kinds[path.rpartition("（")[2]] = found.kind.value
        text = "".join(line.text for line in found.lines)
        assert ("征求意见稿，v1" in text) is ("录入" not in path)
    assert kinds == dict(zip(FORMS, ("form", "form", "entry"), strict=True))


def test_an_office_may_have_its_own_form_and_a_broken_one_keeps_no_round_back(office: Desk) -> None:
    issue(office)
    (office.root / "templates/feedback.docx").write_bytes(b"no frame")
    made = office.json(*OPEN, "--kind", "部门", code=1)
    assert made["round"] == "R1"
    assert [path.rpartition("（")[2] for path in made["forms"]] == [*FORMS[1:]]
    assert [each["file"].rpartition("/")[2] for each in made["issues"]] == ["feedback.docx"]


def test_the_last_day_has_one_name_for_both_commands(office: Desk) -> None:
    office.json("release", "p1", "--stage", "征求意见稿", "--to", "部门", "--until", "2021-12-20")
    assert office.json(*OPEN, "--kind", "部门", "--deadline", "2021-12-18")["until"] == "2021-12-18"
