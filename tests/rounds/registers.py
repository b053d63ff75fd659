"""Registers of any content for hypothesis, and one for reading."""

from __future__ import annotations

import string
from datetime import date

from hypothesis import strategies as st

from drafter.opinions.model import Conclusion
from drafter.review.remarks import Change, Confidence, Kind
from drafter.rounds.model import (
    EVIDENCE,
    Applied,
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

DIGEST = "ab" * 32
MOMENT = "2021-02-06T09:30:00+08:00"

# What people type, what Word brings, and what no file should hold.
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.text(
        "养老床位800张，“、：；。《》 :#-[]{}&*!|>'\"%@`,?\n\t\r\u2029\u3000\u00a0\ufeff\x85", max_size=12
    ),
    st.sampled_from(
        ["true", "null", "~", "800", "- x", "a: b", "a:b", "第3段", "sections/p1/01/01.md:12:7", "[" * 600]
    ),
)
SOME = TEXTS.filter(bool)
DAYS = st.one_of(st.just(""), st.dates(date(1990, 1, 1), date(2100, 1, 1)).map(date.isoformat))
NUMBERS = st.integers(0, 10**6)
HASHES = st.text("0123456789abcdef", min_size=64, max_size=64)
MOMENTS = st.sampled_from(["", MOMENT, "2021-03-01T00:00:00Z"])
PATHS = st.text(string.ascii_letters + "养老_-# ,'\"", min_size=1, max_size=8).map(
    lambda name: f"data/x{name}.yaml"
)

SPOTS = st.builds(Spot, NUMBERS, NUMBERS, NUMBERS)
CHANGES = st.builds(
    Change, NUMBERS, NUMBERS, NUMBERS, TEXTS, st.integers(-1, 99), st.booleans(), st.lists(NUMBERS, max_size=2).map(tuple)
)  # fmt: skip
RECEIVED = st.builds(
    Received, TEXTS, HASHES, st.sampled_from(State), PATHS.map(lambda path: f"private/evidence/{path}") | st.just(""), TEXTS,
    st.sampled_from(["", "id", "text", "stated"]),
)  # fmt: skip
REPLIES = st.builds(
    Reply,
    TEXTS,
    TEXTS,
    DAYS,
    TEXTS,
    st.sampled_from([each.value for each in Conclusion]),
    RECEIVED,
    st.just(MOMENT),
)
APPLIED = st.builds(Applied, PATHS, NUMBERS, HASHES, NUMBERS, TEXTS, TEXTS, MOMENTS)
ROWS = st.builds(
    Row,
    id=st.just(""),
    unit=TEXTS,
    person=TEXTS,
    date=DAYS,
    channel=TEXTS,
    kind=st.sampled_from((*Kind, EVIDENCE)).map(str),
    tracked=st.booleans(),
    chapter=TEXTS,
    number=TEXTS,
    where=TEXTS,
    key=TEXTS,
    unlocated=TEXTS,
    confidence=st.sampled_from(Confidence),
    original=TEXTS,
    proposed=TEXTS,
    comment=TEXTS,
    spot=st.none() | SPOTS,
    change=st.none() | CHANGES,
    obstacle=TEXTS,
    file=st.sampled_from(["", "ab" * 6]),
    marks=st.lists(TEXTS, max_size=3).map(tuple),
    collected=MOMENTS,
    withdrawn=MOMENTS,
    alike=st.sampled_from(["", "R9-001"]),
    conflicts=st.lists(st.just("R9-001"), max_size=2).map(tuple),
    office=TEXTS,
    decision=st.sampled_from(Decision),
    adopted=TEXTS,
    reason=TEXTS,
    contact=TEXTS,
    by=TEXTS,
    on=DAYS,
    applied=st.lists(APPLIED, max_size=2).map(tuple),
)
ASKED = st.builds(Asked, SOME, st.integers(0, 99), DAYS)


@st.composite
def rounds(draw: st.DrawFn) -> Round:
    asked = tuple(draw(st.lists(ASKED, max_size=3)))
    kind = draw(st.sampled_from(RoundKind))
    return Round(
        "R2", "p1", "v1", kind, draw(TEXTS), "2021-01-16", "2021-02-05", asked, draw(TEXTS), draw(NUMBERS)
    )


def numbered(rows: list[Row], numbers: list[int]) -> tuple[Row, ...]:
    from dataclasses import replace

    return tuple(replace(row, id=f"R2-{number:03d}") for row, number in zip(rows, numbers, strict=False))


@st.composite
def registers(draw: st.DrawFn) -> Register:
    rows = draw(st.lists(ROWS, max_size=4))
    return Register(
        draw(rounds()),
        tuple(draw(st.lists(REPLIES, max_size=3))),
        numbered(rows, list(range(1, len(rows) + 1))),
    )


@st.composite
def changes(draw: st.DrawFn) -> tuple[Register, Register]:
    """A register and what became of it: rows kept, changed in some fields, taken out, put in anywhere."""
    from dataclasses import fields, replace

    before, other = draw(registers()), draw(registers())
    rows: list[Row] = []
    for row in before.rows:
        if draw(st.integers(0, 3)) == 0:
            continue
        donor = draw(ROWS)
        names = draw(
            st.sets(st.sampled_from([each.name for each in fields(Row) if each.name != "id"]), max_size=4)
        )
        rows.append(replace(row, **{name: getattr(donor, name) for name in names}))
    for index, row in enumerate(draw(st.lists(ROWS, max_size=3))):
        rows.insert(draw(st.integers(0, len(rows))), replace(row, id=f"R2-{index + 100}"))
    replies = draw(
        st.sampled_from(
            [before.replies, other.replies, (*before.replies, *other.replies), before.replies[1:]]
        )
    )
    return before, Register(draw(st.sampled_from([before.round, other.round])), replies, tuple(rows))
