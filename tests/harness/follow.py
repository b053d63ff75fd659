"""What changes of itself once data were changed: other prints of a datum, and what is calculated from it.

The harness does not calculate; it holds the data files against the issued ones, and lets only numbers, and the texts that were changed in the
data, differ in paragraphs that nobody edited. That the data say what the reviewer wrote is judged by the paragraph of the edit itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from tests.harness.sources import NUMBER, PRINTED, Spot

SCALAR = re.compile(r"[^,{}\[\]:\n]+")


@dataclass(frozen=True)
class Changes:
    """Changed lines of data, and the texts in them before and after."""

    lines: frozenset[Spot]
    texts: tuple[tuple[str, str], ...]

    @classmethod
    def between(cls, before: Path, after: Path) -> Changes:
        """What is different in the data of two workspaces."""
        lines: set[Spot] = set()
        texts: list[tuple[str, str]] = []
        for path in sorted((before / "data").glob("*.yaml")):
            name = path.relative_to(before)
            old, new = (root.joinpath(name).read_text("utf-8").split("\n") for root in (before, after))
            for sign, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
                if sign != "equal":
                    lines |= {Spot(name.as_posix(), n + 1) for n in range(a, max(b, a + 1))}
                    texts += _texts("\n".join(old[a:b]), "\n".join(new[c:d]))
        return cls(frozenset(lines), tuple(texts))

    def strange(self, spots: Iterable[Spot]) -> list[Spot]:
        """Changed lines that no applied edit is about."""
        return sorted(self.lines - set(spots))

    def followed(self, rebuilt: Sequence[str], hoped: Sequence[tuple[str, bool]]) -> list[str]:
        """The rebuilt paragraphs, with those read as they were hoped for that differ only in what follows from the data."""
        if not self.lines or len(rebuilt) != len(hoped):
            return list(rebuilt)
        return [
            said if not edited and self._follows(said, now) else now
            for now, (said, edited) in zip(rebuilt, hoped, strict=True)
        ]

    def _follows(self, said: str, now: str) -> bool:
        for old, new in self.texts:
            said = said.replace(old, new)
        return PRINTED.sub("#", said) == PRINTED.sub("#", now)  # a gap may become a surplus


def _texts(old: str, new: str) -> Iterator[tuple[str, str]]:
    before, after = ([m.group().strip() for m in SCALAR.finditer(each)] for each in (old, new))
    if len(before) == len(after):
        yield from ((a, b) for a, b in zip(before, after, strict=True) if a != b and not NUMBER.fullmatch(a))


def totals(root: Path) -> list[str]:
    """The sums that the harness's own workspace prints, added up here from the data files, in a fixed order."""
    return [
        str(
            sum(
                int(number)
                for number in re.findall(rf"{column}: (\d+)", (root / "data" / name).read_text("utf-8"))
            )
        )
        for name, column in (("counties.yaml", "床位"), ("topics.yaml", "经费"))
    ]
