"""A register in memory, with something of everything that people decide on."""

from dataclasses import replace

from drafter.review.remarks import Confidence, Kind
from drafter.rounds.model import Applied, Decision, Register, Round, RoundKind, Row

ROUND = Round("R2", "p145", "v1", RoundKind.DEPARTMENTS, "书面征求意见", "2021-01-16", "2021-02-05", ())
UNITS = ("养老服务科", "社会救助科", "规划财务科")
WRITTEN = (Applied("sections/a.md", 3, "0" * 64),)
TEXT = Row(
    "R2-001",
    "市财政局",
    "张三",
    "2021-01-28",
    "修订稿",
    Kind.REPLACEMENT,
    chapter="第一章第一节",
    number="1.1-2",
    where="sections/a.md:3:5",
    confidence=Confidence.SURE,
    original="床位",
    proposed="养老床位",
)
ROWS = (
    TEXT,
    replace(TEXT, id="R2-002", unit="市统计局", person="", proposed="护理型床位", conflicts=("R2-001",)),
    replace(TEXT, id="R2-003", unit="市教育局", alike="R2-001", conflicts=("R2-002",)),
    replace(TEXT, id="R2-004", unit="市公安局", alike="R2-001", withdrawn="2021-02-01T09:00:00"),
    replace(TEXT, id="R2-005", kind=Kind.COMMENT, proposed="", comment="口径请核。"),
    replace(TEXT, id="R2-006", kind=Kind.COMMENT, proposed="", comment="同意。", reply_to="R2-005"),
    replace(TEXT, id="R2-007", original="五成", proposed="六成", decision=Decision.ADOPTED, applied=WRITTEN),
    replace(
        TEXT, id="R2-008", original="=1+1", proposed="@甲", decision=Decision.REJECTED, reason="没有依据"
    ),
)


def of_plan(plan: str, *rows: Row) -> Register:
    """The same as the register of another plan."""
    made = register(*rows)
    return replace(made, round=replace(made.round, plan=plan))


def register(*rows: Row) -> Register:
    """The register with other rows in the place of those with the same ids."""
    new = {row.id: row for row in rows}
    return Register(replace(ROUND), rows=tuple(new.pop(row.id, row) for row in ROWS) + tuple(new.values()))
