"""The file of a round: written, read, edited by people and by the program."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.review.remarks import Change, Confidence
from drafter.rounds.model import (
    Asked,
    Decision,
    Received,
    Register,
    Reply,
    Round,
    RoundKind,
    Row,
    Spot,
    State,
)
from drafter.rounds.reading import loaded
from drafter.rounds.writing import dumped, edited
from drafter.source.files import Source
from tests.rounds.registers import DIGEST, MOMENT, changes, registers

PATH = "data/rounds/p1/R2.yaml"
ROUND = Round(
    "R2", "p1", "v1", RoundKind.DEPARTMENTS, "书面征求市直部门意见", "2021-01-16", "2021-02-05",
    (Asked("市财政局", 1), Asked("市教育局", 2, "2021-02-10")),
)  # fmt: skip
REPLY = Reply(
    "市财政局", "张三", "2021-01-28", "修订稿", "", Received("规划-01-市财政局.docx", DIGEST, State.READ, known="id"), MOMENT
)  # fmt: skip
ROW = Row(
    "R2-001", "市财政局", "张三", "2021-01-28", "修订稿", "replacement", tracked=True, chapter="第七章第二节", number="〔12〕",
    where="sections/p1/07/02.md:12:7", confidence=Confidence.SURE, original="加大财政投入", proposed="落实经费",
    spot=Spot(3, 4, 10), change=Change(3, 4, 10, "落实经费\u2029"), file="ab" * 6, marks=("del:900", "ins:901"), collected=MOMENT,
    office="规划财务科",
)  # fmt: skip
REGISTER = Register(
    ROUND, (REPLY,), (ROW, replace(ROW, id="R2-002", proposed="", comment="不妥：没有依据 # 见附件"))
)


def read(text: str) -> Register:
    outcome = loaded(Source(PATH, text))
    assert {issue.code for issue in outcome.issues} <= {"rounds.no-reason"}
    assert outcome.value is not None
    return outcome.value


def said(text: str) -> list[tuple[int, int, str]]:
    outcome = loaded(Source(PATH, text))
    assert outcome.value is None
    return [(issue.place.line, issue.place.column, issue.code) for issue in outcome.issues]


def became(text: str, after: Register) -> str:
    """The text after an edit, which must read as `after`."""
    out = edited(Source(PATH, text), read(text), after)
    assert read(out) == after
    return out


def with_row(register: Register, id_: str, **values: object) -> Register:
    rows = tuple(replace(row, **values) if row.id == id_ else row for row in register.rows)  # type: ignore[arg-type]
    return replace(register, rows=rows)


def test_a_register_is_readable_and_says_only_what_there_is_to_say() -> None:
    assert dumped(REGISTER).split("\n")[3:37] == [
        "round:",
        "  id: R2",
        "  plan: p1",
        "  version: v1",
        "  kind: 部门",
        "  name: 书面征求市直部门意见",
        "  opened: 2021-01-16",
        "  until: 2021-02-05",
        "asked:",
        "  - {unit: 市财政局, copy: 1}",
        "  - {unit: 市教育局, copy: 2, until: 2021-02-10}",
        "replies:",
        "  - unit: 市财政局",
        "    person: 张三",
        "    date: 2021-01-28",
        "    channel: 修订稿",
        f"    file: {{name: 规划-01-市财政局.docx, sha256: {DIGEST}, state: read, known: id}}",
        f"    collected: {MOMENT}",
        "rows:",
        "  - id: R2-001",
        "    unit: 市财政局",
        "    person: 张三",
        "    date: 2021-01-28",
        "    channel: 修订稿",
        "    kind: replacement",
        "    tracked: true",
        "    chapter: 第七章第二节",
        "    number: 〔12〕",
        "    where: sections/p1/07/02.md:12:7",
        "    original: 加大财政投入",
        "    proposed: 落实经费",
        "    office: 规划财务科",
        "    confidence: sure",
        "    spot: {paragraph: 3, start: 4, end: 10}",
    ]


@settings(max_examples=100, deadline=None)
@given(registers())
def test_what_is_written_is_read_back_equal(register: Register) -> None:
    assert read(dumped(register)) == register


@settings(max_examples=100, deadline=None)
@given(changes())
def test_an_edited_file_reads_as_what_it_was_to_become(both: tuple[Register, Register]) -> None:
    before, after = both
    became(dumped(before), after)


_COMMENT = re.compile(r"# c\d+")


@settings(max_examples=60, deadline=None)
@given(changes(), st.integers(1, 4), st.booleans(), st.booleans())
def test_comments_between_the_fields_survive(
    both: tuple[Register, Register], every: int, behind: bool, ended: bool
) -> None:
    """As long as their row does: comments on lines of their own and behind values."""
    before, after = both
    kept = replace(after, rows=tuple(row for row in after.rows if before.row(row.id)), replies=before.replies)
    kept = replace(kept, round=replace(kept.round, asked=before.round.asked))
    kept = replace(kept, rows=tuple(kept.row(row.id) or row for row in before.rows))
    lines = []
    for number, line in enumerate(dumped(before).rstrip("\n").split("\n")):
        noted = number % every == 0
        if noted and not (behind and line):
            lines.append(f"      # c{number}")
        lines.append(f"{line}  # c{number}" if noted and behind and line else line)
    text = "\n".join(lines) + ("\n" if ended else "")
    out = became(text, kept)
    assert sorted(_COMMENT.findall(out)) == sorted(_COMMENT.findall(text))


BY_HAND = """\
rows:  # 意见
- kind: comment   # 批注
  id: R2-001

  decision: 部分采纳   # 局长定的
  reason: |
    第一行
    第二行
  # 下面是他的话
  comment: >-
    很长的
    一句话
- {id: R2-002, kind: comment, conflicts: [R2-001]}
-
  id: "R2-003"
  "kind": comment
  conflicts:
    - R2-001   # 甲
    - R2-002
  reason:
round: {id: R2, plan: p1, version: v1, kind: 公众, opened: 2021-01-16, until: 2021-02-05}
replies: []"""


def test_what_people_wrote_in_their_own_way_is_edited_where_it_stands() -> None:
    before = read(BY_HAND)
    after = with_row(
        before,
        "R2-001",
        decision=Decision.REJECTED,
        reason="没有依据",
        comment="短",
        by="李四",
        kind="insertion",
    )
    after = with_row(after, "R2-002", unit="市财政局", decision=Decision.ADOPTED, conflicts=())
    after = with_row(after, "R2-003", conflicts=("R2-002",), reason="同上", unit="市教育局")
    after = replace(after, round=replace(after.round, name="公开", asked=(Asked("甲"),)), replies=(REPLY,))
    assert became(BY_HAND, after).split("\n") == [
        "rows:  # 意见",
        "- kind: insertion   # 批注",
        "  id: R2-001",
        "",
        "  decision: 未采纳   # 局长定的",
        "  reason: 没有依据",
        "  # 下面是他的话",
        "  comment: 短",
        "  by: 李四",
        "- {id: R2-002, unit: 市财政局, kind: comment, decision: 采纳, conflicts: }",
        "-",
        '  id: "R2-003"',
        "  unit: 市教育局",
        '  "kind": comment',
        "  conflicts: [R2-002]",
        "  reason: 同上",
        "round: {id: R2, plan: p1, version: v1, kind: 公众, name: 公开, opened: 2021-01-16, until: 2021-02-05}",
        "asked:",
        "  - {unit: 甲}",
        "replies: ",
        *dumped(REGISTER).split("\n")[15:21],
        "",
    ]


def test_what_is_taken_back_leaves_the_file_as_it_was() -> None:
    text = dumped(replace(REGISTER, rows=REGISTER.rows[:1])) + "# 到此为止\n"
    more = became(text, replace(REGISTER, rows=(*REGISTER.rows, replace(ROW, id="R2-003"))))
    assert became(more, read(text)) == text
    empty = became(text, replace(REGISTER, rows=(), replies=()))
    assert became(empty, REGISTER).count("id: R2-002") == 1


def test_a_decision_taken_back_keeps_what_was_noted_beside_it() -> None:
    text = dumped(with_row(REGISTER, "R2-001", decision=Decision.ADOPTED)).replace(
        "采纳\n", "采纳  # 电话里说的\n"
    )
    assert "\n    # 电话里说的\n" in became(text, REGISTER)


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "code"),
    [
        ("  until: 2021-02-05", "  until: 2021-02-30", 11, 10, "workspace.not-date"),
        ("  until: 2021-02-05", "  until: 2021-01-05", 11, 10, "rounds.until-early"),
        ("  kind: 部门", "  kind: 部們", 8, 9, "workspace.choice"),
        ("  id: R2\n", "  id: R3\n", 5, 7, "rounds.misplaced"),
        ("  id: R2\n", "  id: r2\n", 5, 7, "rounds.not-round-id"),
        ("  version: v1", "  version: 2", 7, 12, "rounds.not-version"),
        ("office: 规划财务科\n    confidence", "oficce: 规划财务科\n    confidence", 54, 5, "workspace.unknown-key"),
        ("id: R2-002", "id: R2-001", 42, 9, "rounds.row-twice"),
        ("id: R2-002", "id: R3-002", 42, 9, "rounds.foreign-row"),
        ("id: R2-002", "id: 2", 42, 9, "rounds.not-row-id"),
        ("id: R2-002", "id: R2-002\n    alike: R2-009", 43, 12, "rounds.unknown-row"),
        ("id: R2-002", "id: R2-002\n    decision: 同意", 43, 15, "workspace.choice"),
        ("id: R2-002", "id: R2-002\n    withdrawn: 昨天", 43, 16, "rounds.not-moment"),
        ("state: read", "state: read, kept: ../x", 20, 128, "rounds.not-kept"),
        (f"sha256: {DIGEST}", "sha256: abc", 20, 43, "rounds.not-hash"),
        ("id: R2-002", f"id: R2-002\n    applied: [{{file: /etc/x, line: 1, sha256: {DIGEST}}}]", 43, 22, "rounds.not-path"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_where_it_stands(old: str, new: str, line: int, column: int, code: str) -> None:
    text = dumped(REGISTER)
    assert old in text
    head, _, tail = text.rpartition(old)
    assert (line, column, code) in said(head + new + tail)


def test_a_broken_file_is_no_fault_of_ours() -> None:
    for text in ("", "round: [", "- 1\n", "round:\n", "rows:\n- x\n"):
        assert said(text)


def test_rows_that_changed_places_are_a_mistake_of_who_made_the_edit() -> None:
    with pytest.raises(ValueError, match="places"):
        edited(Source(PATH, dumped(REGISTER)), REGISTER, replace(REGISTER, rows=REGISTER.rows[::-1]))
