"""What a source file looks like around a place: front matter, lines, marks of blocks, the tag of an expression."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from drafter.review.escape import PREFIX
from drafter.source.files import Source
from drafter.source.frozen import dataclass
from drafter.source.origins import DataValue, Generated, SourceSlice
from drafter.word.anchors import Anchor

TEMPLATES = "templates/"
_FRONT = re.compile(r"---[ \t]*\n.*?\n---[ \t]*(?:\n|$)", re.DOTALL)
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?P<mark>[-+*]|(?P<number>\d{1,9})(?P<point>[.)]))(?P<space>[ \t]+)$")
_TIGHT = "“”‘’—…·"  # full-width in Chinese text, though Unicode does not say so
_QUOTE = re.compile(r"[ \t]*(?:>[ \t]?)+")


def body_of(source: Source) -> int:
    """Where the Markdown of a fragment begins; the end of the text for a file that is none."""
    if not source.path.endswith(".md"):
        return len(source.text)
    front = _FRONT.match(source.text)
    return front.end() if front else 0


def in_markdown(source: Source, offset: int) -> bool:
    """Whether a place is Markdown, not YAML."""
    return source.path.endswith(".md") and offset >= body_of(source)


def line_start(text: str, offset: int) -> int:
    """The beginning of the line of an offset."""
    return text.rfind("\n", 0, offset) + 1


def line_end(text: str, offset: int) -> int:
    """The end of the line of an offset, its line end not included."""
    at = text.find("\n", offset)
    return len(text) if at < 0 else at


def wide(sign: str) -> bool:
    """Whether a line break beside this character prints nothing."""
    return bool(sign) and (sign in _TIGHT or unicodedata.east_asian_width(sign) in "WF")


def tag(source: Source, place: SourceSlice) -> SourceSlice:
    """The whole `{{ … }}` of an expression, whether its slice has the braces or not."""
    text = source.text
    if text.startswith("{{", place.start):
        return place
    start = text.rfind("{{", 0, place.start)
    end = text.find("}}", place.end)
    if start < 0 or end < 0 or "}}" in text[start : place.start]:
        return place
    return SourceSlice(place.path, start, end + 2)


def places(anchor: Anchor) -> Iterator[SourceSlice]:
    """All source places of a paragraph: its words, the expressions of its values, its delimiters; macros' words left out."""
    for piece in anchor.pieces:
        origin = piece.origin
        if isinstance(origin, SourceSlice):
            yield origin
        elif isinstance(origin, DataValue | Generated) and origin.expression is not None:
            yield origin.expression
    for span in anchor.spans:
        yield from (each for each in (span.open, span.close) if each is not None)


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of a fragment that a paragraph stands in.

    `start` and `end` enclose its printed characters and their delimiters, `first` and `last` its lines. `item` is the match of
    its list mark, None where it does not begin a list item.
    """

    source: Source
    start: int
    end: int

    @property
    def path(self) -> str:
        """The fragment."""
        return self.source.path

    @property
    def first(self) -> int:
        """Where its first line begins."""
        return line_start(self.source.text, self.start)

    @property
    def last(self) -> int:
        """Where its last line ends."""
        return line_end(self.source.text, self.end)

    @property
    def prefix(self) -> str:
        """What stands before its words in its first line."""
        return self.source.text[self.first : self.start]

    @property
    def item(self) -> re.Match[str] | None:
        """Its list mark."""
        return _ITEM.match(self.prefix)

    @property
    def indent(self) -> str:
        """What a new paragraph beside it begins with: quotation marks or white space."""
        quote = _QUOTE.match(self.prefix)
        if quote and ">" in quote.group():
            return quote.group()
        return self.prefix if not self.prefix.strip() else ""

    @property
    def plain(self) -> bool:
        """Whether its lines are its own: only marks of blocks stand before its words."""
        return PREFIX.fullmatch(self.prefix) is not None

    def slice(self, start: int, end: int) -> SourceSlice:
        """A slice of its file."""
        return SourceSlice(self.path, start, end)


def block_of(anchor: Anchor, sources: dict[str, Source]) -> Block | None:
    """The block of a paragraph; None where its words do not stand in the Markdown of one fragment."""
    found = [place for place in places(anchor) if not place.path.startswith(TEMPLATES)]
    paths = {place.path for place in found}
    if len(paths) != 1:
        return None
    source = sources.get(paths.pop())
    if source is None:
        return None
    whole = [tag(source, place) if place.path == source.path else place for place in found]
    start, end = min(place.start for place in whole), max(place.end for place in whole)
    return Block(source, start, end) if in_markdown(source, start) else None
