"""What the harness prints: figures by place and by kind, and the failures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from tests.harness.judge import Verdict

COLUMNS = ("edits", "located", "applied", "exact", "refused", "lost", "wrong", "untold")
DEMANDED = 0.98


def table(verdicts: Sequence[Verdict], *, cross: bool = False) -> Iterator[str]:
    """The figures by kind of place and by kind of edit; `cross`: also by both together."""
    yield f"{'':44}" + "".join(f"{name:>9}" for name in COLUMNS)
    yield from _rows("place", [(v, v.edit.place) for v in verdicts])
    yield from _rows("edit", [(v, v.edit.kind) for v in verdicts])
    if cross:
        yield from _rows("place x edit", [(v, f"{v.edit.place} x {v.edit.kind}") for v in verdicts])
    yield _row("tracked", [v for v in verdicts if v.edit.tracked])
    yield _row("untracked", [v for v in verdicts if not v.edit.tracked])
    yield _row("all", verdicts)
    yield from _shares(verdicts)
    reasons = Counter(v.refused for v in verdicts if v.refused)
    yield "refused: " + ", ".join(f"{name} {count}" for name, count in reasons.most_common())


def _shares(verdicts: Sequence[Verdict]) -> Iterator[str]:
    told = [v for v in verdicts if v.told]
    applied = [v for v in verdicts if v.applied]
    for name, some, of in (
        ("located", [v for v in verdicts if v.located], verdicts),
        ("located, of those whose true place is one known line", [v for v in told if v.located], told),
        ("true place not known to be one line", [v for v in verdicts if not v.told], verdicts),
        ("applied", applied, verdicts),
        ("of the applied rebuilt to the reviewer's text", [v for v in applied if v.exact], applied),
    ):
        yield f"{len(some) / max(len(of), 1):7.1%} {name} ({len(some)} of {len(of)})"


def _rows(title: str, names: Sequence[tuple[Verdict, str]]) -> Iterator[str]:
    for name in sorted({name for _, name in names}):
        yield _row(f"{title}: {name}", [verdict for verdict, own in names if own == name])


def _row(title: str, some: Sequence[Verdict]) -> str:
    numbers = (
        len(some), sum(v.located for v in some), sum(v.applied for v in some), sum(v.exact for v in some),
        sum(bool(v.refused) for v in some), sum(v.lost for v in some), sum(bool(v.wrong) for v in some),
        sum(not v.told for v in some),
    )  # fmt: skip
    return f"{title:44}" + "".join(f"{number:9}" for number in numbers)


def failures(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Each edit that is wrong, lost or not located, with what the engine said."""
    for v in verdicts:
        if v.wrong or v.lost or not v.located:
            words = v.wrong or ("lost" if v.lost else "not located")
            said = [
                (r["kind"], r["original"], r["proposed"], r["confidence"], r["target"]) for r in v.remarks
            ]
            yield f"{words}\n    {v.edit}\n    {v.refused}\n    " + "\n    ".join(map(str, said))


def passed(verdicts: Sequence[Verdict]) -> bool:
    """Nothing wrong, nothing lost, and nearly all located."""
    share = sum(v.located for v in verdicts) / len(verdicts) if verdicts else 0.0
    return share >= DEMANDED and not any(v.wrong or v.lost for v in verdicts)
