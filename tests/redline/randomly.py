"""Random documents and random edits of them, for hypothesis: blocks as XML, so that a failing example can be read."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import strategies as st

from tests.redline.making import SECTION, field, note, p, r, table, word

WORDS = st.lists(
    st.sampled_from(
        ["养老", "服务", "床位", "达到", "18,800张", "23.2%", "2021年1月15日", "《民政规划》", "“十四五”", "，", "。", "的", "和",
         "town", " ", "第十二条", "万元", "建设", "街道"]
    ),
    max_size=12,
).map("".join)  # fmt: skip
LOOKS = st.sampled_from(["", "", "", "<w:b/>", "<w:i/>", '<w:color w:val="FF0000"/>'])


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a paragraph: `kind` says how the words are printed."""

    kind: str
    words: str
    looks: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    pieces: tuple[Piece, ...]
    style: str = ""
    ends: bool = False  # a section


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[tuple[tuple[Paragraph, ...], ...], ...]


Block = Paragraph | Table
PIECES = st.builds(
    Piece,
    st.sampled_from(["words"] * 8 + ["tab", "break", "note", "field", "link", "bookmark"]),
    WORDS,
    LOOKS,
)
PARAGRAPHS = st.builds(
    Paragraph,
    st.lists(PIECES, max_size=4).map(tuple),
    st.sampled_from(["", "", "1"]),
    st.sampled_from([False] * 9 + [True]),
)
IN_CELLS = st.lists(
    PARAGRAPHS.map(lambda paragraph: replace(paragraph, ends=False)), min_size=1, max_size=2
).map(tuple)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 3))
    row = st.lists(IN_CELLS, min_size=width, max_size=width).map(tuple)
    return Table(tuple(draw(st.lists(row, min_size=1, max_size=4))))


BLOCKS = st.one_of(PARAGRAPHS, PARAGRAPHS, PARAGRAPHS, tables())
DOCUMENTS = st.lists(BLOCKS, max_size=8)


@st.composite
def edited(draw: st.DrawFn) -> tuple[list[Block], list[Block]]:
    """A document and the same after some edits."""
    old = draw(DOCUMENTS)
    new = list(old)
    for _ in range(draw(st.integers(0, 5))):
        kind = draw(
            st.sampled_from(
                ["insert", "delete", "move", "replace", "change", "change", "split", "merge", "style"]
            )
        )
        at = draw(st.integers(0, len(new)))
        block = new[at] if at < len(new) else None
        if kind == "insert" or block is None:
            new.insert(at, draw(BLOCKS))
        elif kind == "delete":
            del new[at]
        elif kind == "move":
            new.insert(draw(st.integers(0, len(new) - 1)), new.pop(at))
        elif kind == "replace":
            new[at] = draw(BLOCKS)
        elif isinstance(block, Table):
            new[at] = _changed_table(draw, block)
        elif kind == "style":
            new[at] = replace(block, style="" if block.style else "1")
        elif kind == "split":
            cut = draw(st.integers(0, len(block.pieces)))
            new[at : at + 1] = [Paragraph(block.pieces[:cut]), replace(block, pieces=block.pieces[cut:])]
        elif kind == "merge" and at + 1 < len(new) and isinstance(other := new[at + 1], Paragraph):
            new[at : at + 2] = [replace(other, pieces=block.pieces + other.pieces)]
        else:
            new[at] = _changed(draw, block)
    return old, new


def _changed(draw: st.DrawFn, paragraph: Paragraph) -> Paragraph:
    pieces = list(paragraph.pieces)
    at = draw(st.integers(0, len(pieces)))
    if at == len(pieces):
        pieces.append(draw(PIECES))
    elif draw(st.booleans()):
        piece = pieces[at]
        cut = draw(st.integers(0, len(piece.words)))
        pieces[at] = replace(piece, words=piece.words[:cut] + draw(WORDS) + piece.words[cut + 1 :])
    else:
        pieces[at] = replace(pieces[at], looks=draw(LOOKS))
    return replace(paragraph, pieces=tuple(pieces))


def _changed_table(draw: st.DrawFn, old: Table) -> Table:
    rows = list(old.rows)
    at = draw(st.integers(0, len(rows) - 1))
    width = len(rows[0])
    kind = draw(st.sampled_from(["insert", "delete", "cell", "cell", "column"]))
    if kind == "insert":
        rows.insert(at, tuple(draw(st.lists(IN_CELLS, min_size=width, max_size=width))))
    elif kind == "delete" and len(rows) > 1:
        del rows[at]
    elif kind == "column":
        rows = [(*row, draw(IN_CELLS)) for row in rows]
    else:
        cell = draw(st.integers(0, width - 1))
        row = list(rows[at])
        first, *others = row[cell]
        row[cell] = (_changed(draw, first), *others)
        rows[at] = tuple(row)
    return Table(tuple(rows))


def written(blocks: list[Block]) -> bytes:
    """The Word file of a document."""
    writing = _Writing()
    body = "".join(map(writing.block, blocks)) + p()
    return word(body, writing.notes, links=writing.links)


class _Writing:
    def __init__(self) -> None:
        self.notes: dict[int, str] = {}
        self.links: dict[str, str] = {}
        self.bookmarks = 0

    def block(self, block: Block) -> str:
        if isinstance(block, Paragraph):
            return self.paragraph(block)
        rows = [f"<w:tr>{''.join(map(self.cell, row))}</w:tr>" for row in block.rows]
        return table(*rows, columns=len(block.rows[0]))

    def cell(self, paragraphs: tuple[Paragraph, ...]) -> str:
        return f"<w:tc><w:tcPr/>{''.join(map(self.paragraph, paragraphs))}</w:tc>"

    def paragraph(self, paragraph: Paragraph) -> str:
        style = f'<w:pStyle w:val="{paragraph.style}"/>' if paragraph.style else ""
        section = SECTION if paragraph.ends else ""
        properties = f"<w:pPr>{style}{section}</w:pPr>" if style or section else ""
        return f"<w:p>{properties}{''.join(map(self.piece, paragraph.pieces))}</w:p>"

    def piece(self, piece: Piece) -> str:
        looks = f"<w:rPr>{piece.looks}</w:rPr>" if piece.looks else ""
        match piece.kind:
            case "tab":
                return f"<w:r>{looks}<w:tab/></w:r>"
            case "break":
                return f"<w:r>{looks}<w:br/></w:r>"
            case "note":
                number = len(self.notes) + 1
                self.notes[number] = p(piece.words or "注", "a3")
                return note(number)
            case "field":
                return field("SEQ 表 \\* ARABIC", str(len(piece.words)))
            case "link":
                self.links[f"l{len(piece.words) % 3}"] = f"https://example.org/{len(piece.words) % 3}"
                return (
                    f'<w:hyperlink r:id="l{len(piece.words) % 3}">{r(piece.words, piece.looks)}</w:hyperlink>'
                )
            case "bookmark":
                self.bookmarks += 1
                start = f'<w:bookmarkStart w:id="{self.bookmarks}" w:name="b{self.bookmarks}"/>'
                return f'{start}{r(piece.words, piece.looks)}<w:bookmarkEnd w:id="{self.bookmarks}"/>'
        return r(piece.words, piece.looks) if piece.words else ""
