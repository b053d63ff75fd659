"""The first words of a text that are set in each style, so that a message about a style can show where it is seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from drafter.document.tree import Block, Box, Document, Heading, Line, Paragraph, Table, Text

_WORDS = 30


def examples(document: Document) -> Mapping[str, str]:
    """Words of the text by the id of their style."""
    out: dict[str, str] = {}
    for style, line in _lines(document):
        if style not in out and (text := _words(line)):
            out[style] = text if len(text) <= _WORDS else f"{text[:_WORDS]}…"
    return out


def _words(line: Line) -> str:
    return "".join(each.mapped.text for each in line.inlines if isinstance(each, Text)).strip()


def _lines(document: Document) -> Iterator[tuple[str, Line]]:
    for block in document.blocks:
        yield from _of_block(block)
    for note in document.notes.values():
        for block in note.blocks:
            if isinstance(block, Paragraph):
                yield "FootnoteText", block.line


def _of_block(block: Block) -> Iterator[tuple[str, Line]]:
    match block:
        case Heading(annex=True):
            yield "GwAnnex", block.line
        case Heading():
            yield f"Heading{block.level}", block.line
        case Paragraph():
            yield "GwBody", block.line
        case Box():
            yield "GwBoxTitle", block.title
        case Table():
            if block.caption:
                yield "GwCaption", block.caption
            for row in block.heads[:1]:
                yield from (("GwTblHead", cell.line) for cell in row.cells)
            for row in block.rows[:1]:
                yield from (("GwTbl", cell.line) for cell in row.cells)
