"""The stories of a frame, parsed once for all checks: the document, headers, footers, notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from drafter.ooxml.normal import Element
from drafter.ooxml.xml import w
from drafter.source.issues import Issue, Place
from drafter.source.messages import text as message
from drafter.word.looks import own_text

MAIN = "word/document.xml"
_STORIES = ("header", "footer", "footnotes", "endnotes")


class Frame:
    """The parts of a frame and their paragraphs."""

    def __init__(self, parts: Mapping[str, bytes], name: str) -> None:
        self.parts, self.name = parts, name
        self._roots: dict[str, Element] = {}

    def root(self, part: str) -> Element | None:
        """A part as XML, None where there is none."""
        if part not in self._roots and part in self.parts:
            from lxml import etree

            self._roots[part] = etree.fromstring(self.parts[part])
        return self._roots.get(part)

    def stories(self) -> Iterator[tuple[str, Element]]:
        """The document first, then what stands around it; each with its kind."""
        main = self.root(MAIN)
        if main is not None:
            yield "document", main
        for part in sorted(self.parts):
            kind = part.removeprefix("word/").removesuffix(".xml").rstrip("0123456789")
            if kind in _STORIES and part == f"word/{part.removeprefix('word/')}":
                root = self.root(part)
                if root is not None:
                    yield kind, root

    def issue(self, code: str, paragraph: str, **facts: str) -> Issue:
        """An issue that shows the paragraph it is about."""
        shown = " ".join(paragraph.split())
        return Issue(code, Place(self.name, excerpt=shown), {"text": shown, **facts})


def where(kind: str, paragraph: Element) -> str:
    """In which kind of place a paragraph stands, in the user's language."""
    boxed = next(paragraph.iterancestors(w("txbxContent")), None) is not None
    return message(f"frame.where.{'box' if boxed else kind}")


def text_of(paragraph: Element) -> str:
    """A paragraph as one line."""
    return own_text(paragraph).replace("\n", " ").replace("\t", " ")
