"""A plan issued, copies that came back, and a round with a row for everything in them, all adopted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from drafter.actions.registers import Registers
from drafter.actions.release import Wanted, release
from drafter.picture.reading import read
from drafter.release.manifest import MASTER
from drafter.review.match import match
from drafter.review.remarks import Kind, Remark
from drafter.rounds.model import Decision, Register, Round, RoundKind, Row, Spot
from drafter.word.anchors import Anchor

NOW = datetime(2021, 9, 1, 9, 0, tzinfo=UTC)


def issued(root: Path, plan: str = "p1", stage: str = "讨论稿") -> bytes:
    """The first version of a plan, and its master."""
    made = release(root, plan, Wanted(stage, force="试"), now=NOW)
    assert made.value is not None, made.issues
    return (root / f"data/releases/{plan}/v1" / MASTER).read_bytes()


def rows_of(root: Path, plan: str, returned: Iterable[bytes], round_: str = "R1") -> list[Row]:
    """A row for each remark of the returned copies."""
    record = Registers(root).record(plan, "v1")
    paragraphs = record.anchors.paragraphs
    out: list[Row] = []
    for data in returned:
        picture = read(data, "退回.docx").value
        assert picture is not None
        digest = hashlib.sha256(data).hexdigest()[:12]
        for remark in match(record, picture).value or ():
            out.append(row(remark, paragraphs, f"{round_}-{len(out) + 1:03d}", digest))
    return out


def row(remark: Remark, paragraphs: Sequence[Anchor], id_: str, file: str) -> Row:
    """A remark as it stands in a register, adopted."""
    change = remark.change
    spot = Spot(change.anchor, change.start, change.end) if change else None
    if change is None and remark.anchor >= 0 and remark.original:
        at = paragraphs[remark.anchor].text.find(remark.original)
        spot = Spot(remark.anchor, at, at + len(remark.original)) if at >= 0 else None
    return Row(
        id=id_,
        unit=remark.author or "市财政局",
        person="",
        date="",
        channel="修订稿",
        kind=remark.kind,
        tracked=remark.tracked,
        number=remark.number,
        confidence=remark.confidence,
        original=remark.original,
        proposed=remark.proposed,
        comment=remark.comment,
        spot=spot,
        change=change,
        obstacle=remark.obstacle,
        file=file,
        decision=Decision.OPEN if remark.kind is Kind.COMMENT else Decision.ADOPTED,
    )


def opened(root: Path, rows: Iterable[Row], plan: str = "p1", round_: str = "R1") -> None:
    """A round on the first version with these rows."""
    about = Round(round_, plan, "v1", RoundKind.DEPARTMENTS, "", "2021-09-01", "2021-09-10", ())
    Registers(root).put(Register(about, rows=tuple(rows)))


def register(root: Path, plan: str = "p1", round_: str = "R1") -> Register:
    return Registers(root).named(plan, round_).register


def decided(root: Path, id_: str, plan: str = "p1", **fields: object) -> None:
    """A row with other fields."""
    registers = Registers(root)
    held, found = registers.row(plan, id_)
    rows = tuple(replace(each, **fields) if each is found else each for each in held.register.rows)  # type: ignore[arg-type]
    registers.save(held, replace(held.register, rows=rows))
