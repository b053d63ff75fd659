"""The table of contents: Word's own field with its entries filled in, because nobody but Word fills it by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from drafter.document.tree import NodeId
from drafter.source.frozen import dataclass
from drafter.source.origins import Generated, Piece
from drafter.word.anchors import OBJECT, Anchor
from drafter.word.lines import field_runs, run

LEVELS = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading as the contents show it: its level, text with label, bookmark, and page where it is known."""

    node: NodeId
    level: int
    text: str
    bookmark: str
    page: str = ""


def contents(entries: Iterable[Entry]) -> tuple[str, tuple[Anchor, ...]]:
    """The paragraphs of the field and their anchors."""
    listed = list(entries)
    start = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    if not listed:
        return f'<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr>{start}{end}</w:p>', (
            Anchor("", "toc", "", "", ()),
        )
    out, anchors = [], []
    for place, entry in enumerate(listed):
        before = start if place == 0 else ""
        after = end if place == len(listed) - 1 else ""
        page = field_runs(f"PAGEREF {entry.bookmark} \\h", entry.page)
        link = f'<w:hyperlink w:anchor="{entry.bookmark}" w:history="1">{run(entry.text)}<w:r><w:tab/></w:r>{page}</w:hyperlink>'
        out.append(f'<w:p><w:pPr><w:pStyle w:val="TOC{entry.level}"/></w:pPr>{before}{link}{after}</w:p>')
        text = f"{entry.text}\t{OBJECT}"
        anchors.append(Anchor("", "toc", entry.node, text, (Piece(0, len(text), Generated("toc")),)))
    return "".join(out), tuple(anchors)


def pages_of(pages: Mapping[NodeId, int] | None, node: NodeId) -> str:
    """The page of a heading as the contents print it, empty where it is not known."""
    return str(pages[node]) if pages and node in pages else ""
