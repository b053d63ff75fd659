"""How a person names a cell of a table: the table's title, the row by its name, the column by its heads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from drafter.comparison.identities import table_of
from drafter.word.anchors import OBJECT, Anchor

_CAPTIONS = frozenset(("caption", "title"))
_BETWEEN = frozenset(("note", "frame"))  # a unit may stand between a caption and its table


class Heads:
    """The tables of one version."""

    def __init__(self, anchors: Sequence[Anchor]) -> None:
        self._captions: dict[str, str] = {}
        self._heads: dict[str, dict[str, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
        self._rows: dict[str, dict[int, str]] = defaultdict(dict)
        self._named: dict[str, int] = {}
        seen: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        caption = ""
        for anchor in anchors:
            if anchor.kind in ("head", "cell"):
                table, column = table_of(anchor), grid_column(anchor)
                self._captions.setdefault(table, caption)
                if anchor.kind == "head":
                    self._heads[table][anchor.name][column] = anchor.text
                elif not _number(anchor.text):
                    self._rows[anchor.name][column] = anchor.text
                    seen[table][column].add(anchor.text)
            elif anchor.kind in _CAPTIONS:
                caption = anchor.text.rpartition(OBJECT)[2].strip("\u3000 ")
            elif anchor.kind not in _BETWEEN:
                caption = ""
        for table, columns in seen.items():
            # the column of most names: those of a group stand over several rows
            self._named[table] = max(sorted(columns), key=lambda column: len(columns[column]))

    def caption(self, anchor: Anchor) -> str:
        """The title of the table that a cell stands in; empty where it has none."""
        return self._captions.get(table_of(anchor), "")

    def row(self, anchor: Anchor) -> str:
        """The name of a cell's row; empty where it has none."""
        cells = self._rows.get(anchor.name, {})
        named = self._named.get(table_of(anchor), 0)
        return cells.get(named) or next(iter(cells.values()), "")

    def column(self, anchor: Anchor) -> str:
        """The heads above a cell, from the top, each once."""
        wanted, start, found = grid_column(anchor), 0, list[str]()
        for cells in self._heads.get(table_of(anchor), {}).values():
            above = max((column for column in cells if start <= column <= wanted), default=-1)
            if above >= 0 and cells[above]:
                start = above
                found.append(cells[above])
        return "·".join(dict.fromkeys(found))


def grid_column(anchor: Anchor) -> int:
    """The column of a cell in its table, from 1; one that a cell above covers has no node of its own and says nothing."""
    column = anchor.node.rpartition("/c")[2]
    return int(column) if column.isdecimal() else anchor.column + 1


def _number(text: str) -> bool:
    return not any(character.isalpha() for character in text) or len(text) < len("名称")
