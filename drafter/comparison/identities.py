"""Which paragraphs of two versions are the same by what they are, whatever they say: headings, captions and rows of tables.

Nodes are numbered in order and say nothing from one version to the next. What lasts: the id of a fragment (its title), an id that somebody wrote
(`{#sec:care}`), the chapter around a fragment, the key of the datum that a row prints, and of a caption the first row below it. Only what
both versions have, once each, is an identity: what was given another key is still found by its words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from drafter.source.origins import DataValue, SourceSlice
from drafter.word.anchors import Anchor, Record

_WRITTEN = re.compile(r"\{[^{}\n]*#([a-z0-9:_-]+)[^{}\n]*\}")
_CAPTIONS = frozenset(("caption", "title"))
_SECTIONS, _PLANS = "sections/", "data/plans/"

Ids = Mapping[int, str]
"""Identities of paragraphs of the main story, by their number from 0."""


def identities(old: Record, new: Record) -> tuple[Ids, Ids]:
    """The identities that both versions have."""
    mine, other = dict(_Names(old).all()), dict(_Names(new).all())
    both = _once(mine) & _once(other)
    before, after = ({at: id for at, id in each.items() if id in both} for each in (mine, other))
    return before, after


def main_story(record: Record) -> tuple[Anchor, ...]:
    """The paragraphs of the main story; footnotes stand behind them."""
    return tuple(anchor for anchor in record.anchors.paragraphs if anchor.kind != "footnote")


def table_of(anchor: Anchor) -> str:
    """The node of the table that a cell stands in."""
    fragment, sign, rest = anchor.node.partition("#")
    return fragment + sign + rest.partition("/")[0]


def _once(ids: Ids) -> set[str]:
    return {id for id, count in Counter(ids.values()).items() if count == 1}


class _Names:
    """The identities of one version."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.anchors = main_story(record)
        self.rows: dict[str, list[int]] = {}  # the cells of each row, by the row's bookmark
        self.heads: dict[
            str, str
        ] = {}  # the words of each table's head, which tell it from others with the same rows
        self.fragments: dict[str, str] = {}  # the fragment in each file, told by what the file gave
        for at, anchor in enumerate(self.anchors):
            if anchor.kind == "cell":
                self.rows.setdefault(anchor.name, []).append(at)
            elif anchor.kind == "head":
                table = table_of(anchor)
                self.heads[table] = f"{self.heads.get(table, '')} {anchor.text}"
            elif anchor.kind not in ("heading", "frame", "toc"):
                path = _path(anchor)
                if path.startswith(_SECTIONS):
                    self.fragments[path] = _fragment(anchor)

    def all(self) -> Iterator[tuple[int, str]]:
        """Every paragraph that has an identity."""
        for at, anchor in enumerate(self.anchors):
            id = ""
            if anchor.kind == "heading":
                id = self._heading(at)
            elif anchor.kind in _CAPTIONS:
                id = self._written(anchor) or self._first_row(at)
            elif anchor.kind == "cell" and self.rows[anchor.name][0] == at:
                id = self._row(anchor)
            if id:
                yield at, id

    def _heading(self, at: int) -> str:
        """A title of a fragment or chapter is the outline's; its words are the fragment's or the plan's."""
        anchor = self.anchors[at]
        path = _path(anchor)
        if path in self.fragments and _fragment(anchor) != self.fragments[path]:
            return f"title {self.fragments[path]}"
        if path.startswith(_PLANS):
            below = next((_path(each) for each in self.anchors[at + 1 :] if each.kind == "heading"), "")
            return f"chapter {self.fragments[below]}" if below in self.fragments else ""
        return self._written(anchor)

    def _written(self, anchor: Anchor) -> str:
        """The id that somebody wrote on the line of a heading or caption."""
        for piece in anchor.pieces:
            origin = piece.origin
            if isinstance(origin, SourceSlice) and origin.path.startswith(_SECTIONS):
                text = self.record.texts.get(origin.path, "")
                end = text.find("\n", origin.end)
                found = _WRITTEN.search(text, origin.end, len(text) if end < 0 else end)
                return f"id {_fragment(anchor)} {found[1]}" if found else ""
        return ""

    def _first_row(self, at: int) -> str:
        cell = next((each for each in self.anchors[at + 1 : at + 200] if each.kind == "cell"), None)
        row = self._row(cell) if cell else ""
        return f"caption {row}" if row else ""

    def _row(self, cell: Anchor) -> str:
        key = _row_key([self.anchors[each] for each in self.rows[cell.name]])
        return f"row {_fragment(cell)}{self.heads.get(table_of(cell), '')} {key}" if key else ""


def _fragment(anchor: Anchor) -> str:
    return anchor.node.partition("#")[0]


def _path(anchor: Anchor) -> str:
    found = (piece.origin.path for piece in anchor.pieces if isinstance(piece.origin, SourceSlice))
    return next(found, "")


def _row_key(cells: Sequence[Anchor]) -> str:
    """What a row is about: the key of its first datum that stands in a file, without its column or year; empty where it has none."""
    for cell in cells:
        for piece in cell.pieces:
            origin = piece.origin
            if isinstance(origin, DataValue) and origin.datum.place is not None and not origin.datum.formula:
                return _owner(origin.datum.key)
    return ""


def _owner(key: str) -> str:
    """`项目.P01.名称` → `项目.P01`, `指标.养老床位[2025]` → `指标.养老床位`."""
    return key[: key.rfind("[")] if key.endswith("]") else key.rpartition(".")[0]
