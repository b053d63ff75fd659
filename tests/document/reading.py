"""What the tests of this room share: a text as a fragment, and a tree as plain lists."""

from __future__ import annotations

from collections.abc import Iterator

from drafter.document.reader import read_fragment
from drafter.document.tree import Block, FragmentTree, Line, LineBreak, Mark, Text
from drafter.document.walk import blocks, lines
from drafter.source.files import Source
from drafter.source.issues import Issue
from drafter.source.origins import (
    DataValue,
    Datum,
    Generated,
    MappedText,
    Origin,
    Piece,
    SourceSlice,
    joined,
    literal,
)

PATH = "sections/p/01/01.md"
LETTERS = {Mark.BOLD: "b", Mark.ITALIC: "i", Mark.STRIKE: "s", Mark.CODE: "c"}


def read(text: str, level: int = 0) -> FragmentTree:
    """The tree of a text in which nothing is wrong."""
    tree, issues = read_with_issues(text, level)
    assert [issue.code for issue in issues] == []
    return tree


def read_with_issues(text: str, level: int = 0) -> tuple[FragmentTree, tuple[Issue, ...]]:
    return read_mapped(literal(PATH, text, 0), text, level)


def read_mapped(mapped: MappedText, text: str, level: int = 0) -> tuple[FragmentTree, tuple[Issue, ...]]:
    outcome = read_fragment("p/f", mapped, PATH, {PATH: Source(PATH, text)}, level)
    assert outcome.value is not None
    return outcome.value, outcome.issues


def places(text: str) -> list[tuple[str, int, int]]:
    """The issues of a text: code, line, column."""
    _, issues = read_with_issues(text)
    return [(issue.code, issue.place.line, issue.place.column) for issue in issues]


def with_values(template: str, *values: str, form: str = "") -> tuple[MappedText, str]:
    """A text in which each `{}` printed a value, as `merge` would hand it over, and the file it comes from."""
    parts: list[MappedText] = []
    source, at = "", 0
    for number, between in enumerate(template.split("{}")):
        if number:
            tag = f"{{{{ v{number} }}}}"
            place = SourceSlice(PATH, at, at + len(tag))
            origin: Origin = DataValue(Datum(f"v{number}", None), place, form)
            value = values[number - 1]
            parts.append(MappedText(value, (Piece(0, len(value), origin),) if value else ()))
            source += tag
            at += len(tag)
        parts.append(literal(PATH, between, at))
        source += between
        at += len(between)
    return joined(parts), source


def all_lines(tree: FragmentTree) -> Iterator[Line]:
    for roots in (tree.blocks, *(note.blocks for note in tree.notes.values())):
        for block in blocks(roots):
            yield from lines(block)


def printed(line: Line) -> str:
    """What a line prints: `甲*b*` for bold, `/` for a break, `@` for a reference, `^` for a note."""
    out = ""
    for inline in line.inlines:
        if isinstance(inline, Text):
            marks = "".join(sorted(LETTERS[mark] for mark in inline.marks))
            out += inline.mapped.text + (f"*{marks}*" if marks else "")
        elif isinstance(inline, LineBreak):
            out += "/"
        else:
            out += f"@{inline.target}" if hasattr(inline, "target") else "^"
    return out


def only(tree: FragmentTree) -> Block:
    assert len(tree.blocks) == 1
    return tree.blocks[0]


def only_line(text: str) -> Line:
    (line,) = all_lines(read(text))
    return line


def said(text: str) -> list[str]:
    """What each line of a text's tree prints."""
    return [printed(line) for line in all_lines(read(text))]


def origins(line: Line, source: str) -> list[tuple[str, str]]:
    """Each piece's characters, and those of the file where it stands (`=` where it is no slice)."""
    out = []
    for inline in line.inlines:
        if isinstance(inline, Text):
            for piece in inline.mapped.pieces:
                origin = piece.origin
                there = source[origin.start : origin.end] if isinstance(origin, SourceSlice) else "="
                out.append((inline.mapped.text[piece.start : piece.end], there))
    return out


def check_origins(tree: FragmentTree, source: str) -> int:
    """Every piece points at itself; how many characters that was."""
    count = 0
    for line in all_lines(tree):
        for inline in line.inlines:
            if not isinstance(inline, Text):
                continue
            mapped, last = inline.mapped, 0
            assert mapped.text
            for piece in mapped.pieces:
                assert piece.start == last, "pieces have no gaps"
                last = piece.end
                count += piece.end - piece.start
                _check_piece(mapped.text[piece.start : piece.end], piece.origin, source)
            assert last == len(mapped.text)
        for span in line.spans:
            assert span.open is None or source[span.open.start : span.open.end]
    return count


def _check_piece(text: str, origin: Origin, source: str) -> None:
    assert origin != Generated("untraced")
    if not isinstance(origin, SourceSlice):
        return
    there = source[origin.start : origin.end]
    if there == text:
        return
    # the only characters that print as something else: escapes, entities, folded line ends, cut tabs
    assert len(text) <= len(there) or there == "\t", (text, there)
    assert (
        there == "\\" + text
        or (there.startswith("&") and there.endswith(";"))
        or (text == " " and "\n" in there and not there.strip(" \t\n>"))
        or (there == "\t" and not text.strip(" "))
    ), (text, there)
