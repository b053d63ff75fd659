"""Random edits from one seed, in groups: one group is a returned copy."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tests.harness.edits import COMMENTS, Edit, Operation, Text
from tests.harness.package import OBJECT, W
from tests.harness.places import Site, Stretch
from tests.harness.quiet import strewn

NEW = "审慎稳妥扎实细致及时高效便捷周到规范有序公平透明务实协同"
PARAGRAPHS = ("body", "item", "quote", "box")
SHAPES = ("batch", "batch", "dense", "crowded", "single")
MARGINS = {"batch": 250, "dense": 0, "single": 0, "crowded": 4}
"""Characters between two edits of a copy."""
LIMIT = 25
RARE = 0x19B0
"""So many characters that no plan uses begin at U+3400."""


@dataclass
class Maker:
    """Makes edits on the paragraphs of one file. `office`: only what LibreOffice can be told to do by the words of a paragraph."""

    places: Sequence[Site]
    text: Text
    seed: int
    office: bool = False
    shapes: Sequence[str] = SHAPES
    limit: int = LIMIT

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.beside = random.Random(self.seed + 1)
        self.count = 0
        self.buckets: dict[str, list[tuple[int, Stretch | None]]] = {}
        for n, site in enumerate(self.places):
            if self.office and OBJECT in site.said:
                continue
            self.buckets.setdefault(site.place, []).append((n, None))
            for stretch in site.stretches:
                self.buckets.setdefault(f" {stretch.name}", []).append((n, stretch))

    def words(self, low: int = 2, high: int = 6) -> str:
        """Words that no source has: the last character is used once only in a copy."""
        self.count += 1
        length = self.random.randint(low, high)
        return "".join(self.random.choice(NEW) for _ in range(length)) + chr(0x3400 + self.count % RARE)

    def copies(self, total: int) -> Iterator[list[Edit]]:
        """Edits in groups: many far apart, close together, several in one paragraph, single ones."""
        done = turn = 0
        while done < total:
            shape = self.shapes[turn % len(self.shapes)]
            turn += 1
            group = self._group(shape, min(total - done, {"single": 1, "crowded": 12}.get(shape, self.limit)))
            done += len(group)
            if group:
                quiet = () if self.office else strewn(self.places, group, self._beside, self.beside)
                yield [*group, *quiet]

    def _beside(self, source: random.Random) -> str:
        return "".join(source.choice(NEW) for _ in range(5))

    def _group(self, shape: str, count: int) -> list[Edit]:
        taken: list[tuple[int, int]] = []
        group: list[Edit] = []
        # Half of the copies have one reviewer, the others one for each edit; LibreOffice knows one at a time.
        alone = f"审稿人{self.count}号" if self.office or self.random.random() < 0.5 else ""
        tracking = (
            self.random.choice((0.0, 0.5, 1.0)) if not self.office else float(self.random.randint(0, 1))
        )
        last = -1
        for _ in range(40 * count):
            if len(group) == count:
                break
            bucket = self.buckets[self.random.choice(list(self.buckets))]
            n, stretch = self.random.choice(bucket)
            if shape == "crowded" and last >= 0 and self.random.random() < 0.7:
                n, stretch = last, None
            author = alone or f"审稿人{self.count}号"
            edit = self._edit(n, stretch, author, tracked=self.random.random() < tracking)
            if edit is None or not self._free(edit, shape, taken):
                continue
            if any(other.said == edit.said and other.paragraph != edit.paragraph for other in group):
                continue  # remarks are known by the text of their paragraph
            taken += self._footprints(edit, shape)
            group.append(edit)
            last = n
        return group

    def _footprints(self, edit: Edit, shape: str) -> list[tuple[int, int]]:
        """What an edit keeps for itself: characters in a crowded copy, paragraphs in others."""
        spans = []
        for operation in edit.operations:
            start, end = self.text.span(operation)
            if edit.kind == "copy" and operation is edit.operations[0]:
                end = start + len(edit.said)  # what is copied must be what was issued
            if shape != "crowded":
                first, until = self._paragraph_at(start), self._paragraph_at(end)
                start, end = self.text.starts[max(first, 0)], self.text.starts[until + 1] - 1
            spans.append((start, end))
        return spans

    def _paragraph_at(self, offset: int) -> int:
        return min(bisect_right(self.text.starts, offset), len(self.text.paragraphs)) - 1

    def _free(self, edit: Edit, shape: str, taken: list[tuple[int, int]]) -> bool:
        margin = MARGINS[shape]
        return all(
            end + margin < low or start - margin > high
            for start, end in self._footprints(edit, shape) for low, high in taken
        )  # fmt: skip

    # One edit ----------------------------------------------------------------------------------------------------------------------

    def _edit(self, n: int, stretch: Stretch | None, author: str, *, tracked: bool) -> Edit | None:
        site = self.places[n]
        made = self._special(site, stretch) if stretch else self._plain(n)
        if made is None:
            return None
        kind, place, operations, new = made
        if (
            any(OBJECT in site.said[each.start : each.end] for each in operations[:1])
            and kind not in COMMENTS
        ):
            return None
        variant = self.random.randint(0, 1)
        if kind == "contested":
            if self.office:
                return None
            cut = (1, 3)
            kept = Operation(
                site.index, operations[0].start, operations[0].start, new[: cut[0]] + new[cut[1] :]
            )
            return Edit(kind, place, site.said, (kept,), new, cut, variant, author, f"{author}的同事")
        who = author if tracked or kind in COMMENTS else ""
        # A row is known by all its cells: the first one may be empty, or a number.
        row = (
            "\n".join(self.text.paragraphs[cell] for cell in self._row(site)) if kind.endswith("-row") else ""
        )
        said = row or site.said
        second = f"{author}的同事" if kind == "comment-reply" else ""
        return Edit(kind, place, said, operations, new, variant=variant, author=who, second=second)

    def _plain(self, n: int) -> tuple[str, str, tuple[Operation, ...], str] | None:
        """An edit that seeks nothing special."""
        site = self.places[n]
        acts: dict[str, Callable[[], tuple[tuple[Operation, ...], str] | None]] = {
            "insert": lambda: self._at(site, lambda at: (at, at, self.words())),
            "delete": lambda: self._at(site, lambda at: (at, at + self.random.randint(1, 5), "")),
            "replace": lambda: self._at(site, lambda at: (at, at + self.random.randint(1, 5), self.words())),
            "contested": lambda: self._contested(site),
            "start": lambda: self._one(site, 0, 0, self.words()),
            "end": lambda: self._one(site, len(site.said), len(site.said), self.words()),
            "rewrite": lambda: self._one(site, 0, len(site.said), self.words(12, 20)),
            "comment": lambda: self._comment(site, wide=True),
            "comment-reply": lambda: self._comment(site, wide=True),
            "comment-point": lambda: self._comment(site, wide=False),
            "comment-across": lambda: self._across(n),
            "insert-paragraph": lambda: self._one(
                site, len(site.said), len(site.said), f"\n{self.words(9, 14)}。"
            ),
            "delete-paragraph": lambda: self._one(site, 0, len(site.said) + 1, ""),
            "split": lambda: self._split(site),
            "merge": lambda: self._merge(n),
            "move": lambda: self._moved(n, keep=False),
            "copy": lambda: self._moved(n, keep=True),
            "insert-row": lambda: self._new_row(site),
            "delete-row": lambda: self._gone_row(site),
        }
        kind = self.random.choice(list(acts))
        if not self._fits(kind, site):
            return None
        made = acts[kind]()
        return None if made is None else (kind, site.place, *made)

    def _fits(self, kind: str, site: Site) -> bool:
        rows = {"insert-row", "delete-row"}
        if kind in {"insert-paragraph", "delete-paragraph", "split", "merge", "move", "copy"}:
            whole = kind in {"delete-paragraph", "move", "copy"}
            return (
                site.place in PARAGRAPHS
                and OBJECT not in site.said
                and not (whole and self._before_table(site))
            )
        if kind in rows or (self.office and kind in {"contested", "comment-across", "comment-reply"}):
            return kind in rows and site.place in {"cell", "data cell"} and not self.office
        return kind != "rewrite" or OBJECT not in site.said

    def _before_table(self, site: Site) -> bool:
        """Whether LibreOffice would take the table along that follows a paragraph, or paste into it."""
        following = site.element.getnext()
        return self.office and (following is None or following.tag != f"{W}p")

    def _one(self, site: Site, start: int, end: int, new: str) -> tuple[tuple[Operation, ...], str]:
        return (Operation(site.index, start, end, new),), ""

    def _at(
        self, site: Site, act: Callable[[int], tuple[int, int, str]]
    ) -> tuple[tuple[Operation, ...], str] | None:
        if len(site.said) < 8:
            return None
        start, end, new = act(self.random.randint(1, len(site.said) - 2))
        if end >= len(site.said) or any(s.start < end + 1 and start < s.end + 1 for s in site.stretches):
            return None
        return self._one(site, start, end, new)

    def _contested(self, site: Site) -> tuple[tuple[Operation, ...], str] | None:
        made = self._at(site, lambda at: (at, at, ""))
        return None if made is None else (made[0], self.words(5, 8))

    def _comment(self, site: Site, *, wide: bool) -> tuple[tuple[Operation, ...], str] | None:
        start = self.random.randint(0, len(site.said) - 1)
        end = self.random.randint(start + 1, min(start + 12, len(site.said))) if wide else start
        return (Operation(site.index, start, end, ""),), self.words(4, 8)

    def _across(self, n: int) -> tuple[tuple[Operation, ...], str] | None:
        following = self._next(n)
        if following is None:
            return None
        site = self.places[n]
        begin = Operation(site.index, len(site.said) // 2, len(site.said), "")
        return (begin, Operation(following.index, 0, min(6, len(following.said)), "")), self.words(4, 8)

    def _next(self, n: int) -> Site | None:
        """The site after it, where it is the next element of the same place."""
        if n + 1 >= len(self.places):
            return None
        site, following = self.places[n], self.places[n + 1]
        near = site.element.getnext() is following.element and OBJECT not in following.said
        return following if near and following.place == site.place else None

    def _split(self, site: Site) -> tuple[tuple[Operation, ...], str] | None:
        stops = [at + 1 for at, sign in enumerate(site.said[:-2]) if sign in "，。"]
        if not stops:
            return None
        at = self.random.choice(stops)
        return self._one(site, at, at, "\n")

    def _merge(self, n: int) -> tuple[tuple[Operation, ...], str] | None:
        site = self.places[n]
        following = self._next(n)
        return None if following is None else self._one(site, len(site.said), len(site.said) + 1, "")

    def _moved(self, n: int, *, keep: bool) -> tuple[tuple[Operation, ...], str] | None:
        site = self.places[n]
        goals = [
            m for m in range(max(n - 30, 0), min(n + 30, len(self.places)))
            if abs(m - n) > 2 and self.places[m].place == site.place and OBJECT not in self.places[m].said
            and not self._before_table(self.places[m])
        ]  # fmt: skip
        if not goals:
            return None
        goal = self.places[self.random.choice(goals)]
        gone = Operation(site.index, 0, 0 if keep else len(site.said) + 1, "")
        return (gone, Operation(goal.index, len(goal.said), len(goal.said), f"\n{site.said}")), ""

    def _row(self, site: Site) -> list[int]:
        row = next(site.element.iterancestors(f"{W}tr"))
        first = site.index - list(row.iter(f"{W}p")).index(site.element)
        return list(range(first, first + len(list(row.iter(f"{W}p")))))

    def _new_row(self, site: Site) -> tuple[tuple[Operation, ...], str] | None:
        cells = self._row(site)
        end = len(self.text.paragraphs[cells[-1]])
        return (Operation(cells[-1], end, end, "".join(f"\n{self.words(4, 6)}" for _ in cells)),), ""

    def _gone_row(self, site: Site) -> tuple[tuple[Operation, ...], str] | None:
        cells = self._row(site)
        if site.element.find(f"{W}pPr/{W}pStyle[@{W}val='GwTblHead']") is not None:
            return None  # a table without its head is another table
        length = sum(len(self.text.paragraphs[cell]) + 1 for cell in cells)
        return (Operation(cells[0], 0, length, ""),), ""

    def _special(self, site: Site, stretch: Stretch) -> tuple[str, str, tuple[Operation, ...], str] | None:
        """An edit in, across or at the edge of a special stretch."""
        a, b, said, pick = stretch.start, stretch.end, site.said, self.random
        if stretch.name.endswith("value") and pick.random() < 0.5:
            return self._on_value(site, stretch)
        edge = pick.choice((a, b))
        acts = {"edge": (edge, edge, self.words())}
        if b - a > 3:
            at = pick.randint(a + 1, b - 2)
            acts["in"] = pick.choice([(at, at, self.words()), (at, at + 1, ""), (at, at + 1, self.words())])
        if stretch.name != "object":
            start, end = max(edge - 2, 0), min(edge + 2, len(said))
            acts["across"] = pick.choice([(start, end, ""), (start, end, self.words())])
        relation = pick.choice(list(acts))
        start, end, new = acts[relation]
        kind = "insert" if start == end else "replace" if new else "delete"
        return kind, f"{relation} {stretch.name}", (Operation(site.index, start, end, new),), ""

    def _on_value(self, site: Site, stretch: Stretch) -> tuple[str, str, tuple[Operation, ...], str] | None:
        """Another value in place of one, of two, or of one with its neighbours."""
        a, b, said = stretch.start, stretch.end, site.said
        others = [each for each in site.stretches if each.name == stretch.name and each.start > b]
        if stretch.name == "string value":
            if self.random.random() < 0.5:
                return "string-value", "string value", (Operation(site.index, a, b, self.words(5, 9)),), ""
            if a < 2:
                return None
            return "with-neighbour", "string value", (Operation(site.index, a - 2, b, self.words(5, 9)),), ""
        if others and self.random.random() < 0.4:
            c, d = others[0].start, others[0].end
            swapped, apart = (
                f"{said[c:d]}{said[b:c]}{said[a:b]}",
                f"{_plus(said[a:b], 555)}{said[b:c]}{_plus(said[c:d], 777)}",
            )
            rewritten = f"{_plus(said[c:d], 777)}{self.words()}{_plus(said[a:b], 555)}"
            if said[a:b] == said[c:d]:
                return None  # swapping them changes nothing
            kind, new = self.random.choice(
                [("two-values", swapped), ("two-values", rewritten), ("each-value", apart)]
            )
            return kind, stretch.name, (Operation(site.index, a, d, new),), ""
        if self.random.random() < 0.3:
            digit = str((int(said[b - 1]) + 3) % 10)
            return "value-part", stretch.name, (Operation(site.index, b - 1, b, digit),), ""
        new = _plus(said[a:b], self.random.randint(*((100001, 900000) if b - a > 4 else (11, 89))))
        return "value", stretch.name, (Operation(site.index, a, b, new),), ""


def _plus(number: str, more: int) -> str:
    """Another number with as many decimals."""
    return str(Decimal(number) + more)
