"""Cross-references that lead nowhere, and names that two nodes share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from drafter.document.tree import (
    Block,
    Box,
    CrossReference,
    Document,
    Heading,
    Line,
    Paragraph,
    Table,
    Text,
    ViewBlock,
)
from drafter.document.walk import blocks, lines
from drafter.source.files import Source
from drafter.source.issues import Issue, Place
from drafter.source.nearest import nearest
from drafter.source.origins import DataValue, SourceSlice

_KINDS = {"tbl": "表", "fig": "图", "box": "专栏", "sec": "章节", "eq": "式"}


def references(document: Document, sources: Mapping[str, Source]) -> tuple[Issue, ...]:
    """What is wrong with the references of a document; `sources` are the files its pieces point into."""
    named: dict[str, Place] = {}
    issues: list[Issue] = []
    for block in blocks(document.blocks):
        if isinstance(block, Heading | Table | ViewBlock | Box) and block.name:
            place = _place(block.origin, sources)
            if block.name in named:
                other = named[block.name]
                facts = {"target": block.name, "other": f"{other.file}:{other.line}:{other.column}"}
                issues.append(Issue("refs.doubled-id", place, facts))
            named.setdefault(block.name, place)
    for line, origin in _all_lines(document):
        for inline in line.inlines:
            if isinstance(inline, CrossReference) and inline.target not in named:
                place = _place(inline.origin or origin or _first(line), sources)
                issues.append(Issue("refs.unknown-target", place, _facts(inline.target, named)))
    return tuple(issues)


def _facts(target: str, named: Mapping[str, Place]) -> dict[str, str]:
    kind, _, name = target.partition(":")
    same = [known for known in named if known.startswith(kind + ":")]
    # the id is compared without its kind, which would make any two alike
    close = nearest(name, [known.partition(":")[2] for known in same])
    return {
        "target": target,
        "what": _KINDS[kind],
        "nearest": f"{kind}:{close}" if close else nearest(target, named) or target,
    }


def _all_lines(document: Document) -> Iterator[tuple[Line, SourceSlice | None]]:
    """Every line of the body and of the footnotes, with its block's origin."""
    for roots in (document.blocks, *(note.blocks for note in document.notes.values())):
        for block in blocks(roots):
            for line in lines(block):
                yield line, _origin(block)


def _origin(block: Block) -> SourceSlice | None:
    return block.origin if isinstance(block, Heading | Paragraph | Table | Box) else None


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
