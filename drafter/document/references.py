"""Cross-references that lead nowhere, and names that two nodes share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from drafter.document.tree import (
    Block,
    Box,
    CrossReference,
    Document,
    Equation,
    Figure,
    Heading,
    Line,
    Note,
    Paragraph,
    Table,
    Text,
    ViewBlock,
)
from drafter.document.walk import blocks, lines
from drafter.source.files import Source
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Place
from drafter.source.nearest import nearest
from drafter.source.origins import DataValue, SourceSlice

_KINDS = {"tbl": "表", "fig": "图", "box": "专栏", "sec": "章节", "eq": "式"}


@dataclass(frozen=True, slots=True)
class _Said:
    """What a block of the top says, with all in it: its names and whom it refers to, each with its place in a source."""

    block: Block | Note
    names: tuple[tuple[str, SourceSlice | None], ...]
    targets: tuple[tuple[str, SourceSlice | None], ...]


Mentions = dict[int, _Said]
"""What the blocks of a document said the last time, by the identity of each."""


def references(
    document: Document, sources: Mapping[str, Source], known: Mentions | None = None
) -> tuple[Issue, ...]:
    """What is wrong with the references of a document; `sources` are the files its pieces point into.

    `known` is what a running process keeps from one document to the next.
    """
    known = {} if known is None else known
    said = [_said(block, known) for block in (*document.blocks, *document.notes.values())]
    known.clear()
    known.update((id(each.block), each) for each in said)
    named: dict[str, SourceSlice | None] = {}
    issues: list[Issue] = []
    for name, origin in (pair for each in said for pair in each.names):
        if name in named:
            other = _place(named[name], sources)
            facts = {"target": name, "other": f"{other.file}:{other.line}:{other.column}"}
            issues.append(Issue("refs.doubled-id", _place(origin, sources), facts))
        named.setdefault(name, origin)
    for target, origin in (pair for each in said for pair in each.targets):
        if target not in named:
            issues.append(Issue("refs.unknown-target", _place(origin, sources), _facts(target, named)))
    return tuple(issues)


def _said(root: Block | Note, known: Mentions) -> _Said:
    kept = known.get(id(root))
    if kept is not None and kept.block is root:
        return kept
    body = root.blocks if isinstance(root, Note) else (root,)
    names: list[tuple[str, SourceSlice | None]] = []
    targets: list[tuple[str, SourceSlice | None]] = []
    for block in blocks(body):
        if isinstance(block, Heading | Table | ViewBlock | Box | Figure | Equation) and block.name:
            names.append((block.name, block.origin))
        for line in lines(block):
            targets += [
                (inline.target, inline.origin or _origin(block) or _first(line))
                for inline in line.inlines
                if isinstance(inline, CrossReference)
            ]
    # what stands in a footnote is no place to refer to
    return _Said(root, () if isinstance(root, Note) else tuple(names), tuple(targets))


def _facts(target: str, named: Iterable[str]) -> dict[str, str]:
    kind, _, name = target.partition(":")
    # ids are compared without their kind, which would make any two alike; those of the same kind come first
    of_kind = {known.partition(":")[2]: known for known in named if known.startswith(kind + ":")}
    of_any = {known.partition(":")[2]: known for known in named}
    close = of_kind.get(nearest(name, of_kind)) or of_any.get(nearest(name, of_any), "")
    return {"target": target, "what": _KINDS[kind], "nearest": close}


def _origin(block: Block) -> SourceSlice | None:
    return block.origin if isinstance(block, Heading | Paragraph | Table | Box | Figure | Equation) else None


def _first(line: Line) -> SourceSlice | None:
    """Where the first text of a line stands, or what printed it."""
    for inline in line.inlines:
        if isinstance(inline, Text) and inline.mapped.pieces:
            origin = inline.mapped.pieces[0].origin
            if isinstance(origin, SourceSlice):
                return origin
            return origin.expression or (origin.datum.place if isinstance(origin, DataValue) else None)
    return None


def _place(origin: SourceSlice | None, sources: Mapping[str, Source]) -> Place:
    if origin is None:
        return Place("")
    source = sources.get(origin.path)
    return source.place(origin.start) if source else Place(origin.path)
