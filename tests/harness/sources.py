"""The text sources of a workspace, and what in them can be changed without changing what they mean.

Words of a fragment outside its tags and markup, words of a scalar that nothing else refers to, and numbers of the data: the experiment changes
them and looks at what is printed otherwise.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

from tests.harness.package import OBJECT

IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")
PUNCTUATION = re.compile("[，。、；：（）《》〔〕“”—]")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
PRINTED = re.compile(r"-?\d+(?:\.\d+)?")
"""A number as it is printed; one that is changed may become negative."""
YEAR = re.compile(r"(?:19|20)\d\d")
KEPT = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\{##.*?##\}|\{[#.][^}\n]*\}|^:::[ ]*(?:table[^\n]*(?=\s*\n:::)|\w+)|\]\([^)\n]*\)|\[\^[^\]\n]*\]|@[a-z]+:[a-z0-9_-]+|<!--.*?-->",
    re.DOTALL | re.MULTILINE,
)
"""What a fragment or template does not print as it stands: tags, comments, anchors, openers of blocks, targets of links, notes, references."""
TAG = re.compile(r"\{\{.*?\}\}", re.DOTALL)
QUOTED = re.compile(r"[\"']([^\"'\n]*)[\"']")
TITLE = re.compile(r"^title: (.*)$", re.MULTILINE)
FORMULAS = frozenset({"formula", "value", "from", "where", "group", "sort", "unit"})
"""Keys of YAML under which names stand; a unit of measure belongs to the numbers that it is printed with."""
FIGURES = re.compile(r"(?<=\|) *(\d+(?:\.\d+)?) *(?=\|)")
"""Numbers that are a cell of a written table."""
LOOKS = frozenset({"decimals", "width"})
"""Keys of YAML whose numbers say how others are printed."""
HIDDEN = re.compile(
    r"(?P<link>\]\([^)\n]*\))|(?P<entity>&amp;)|(?P<escape>\\(?=[^\w\s]))|(?P<note>\[\^[^\]\n]+\](?!:))"
    r"|(?P<front>(?<=\n)[ \t>]*(?:#+ |\d+\. |- |\[\^[^\]\n]+\]: )?)|(?P<mark>(?<!\\)\*+|\[|\r?\n)"
)
"""Markup that is not printed between the words of one paragraph; an entity and a note print one character."""
SIGNS = {"entity": "&", "note": OBJECT}


@dataclass(frozen=True, order=True)
class Spot:
    """A line of a file."""

    file: str
    line: int


@dataclass(frozen=True)
class Scalar:
    """A value in a YAML file, at `start:end`, under its key (empty in a list); `item` is the list item of the first level that it belongs to."""

    said: str
    start: int
    end: int
    key: str
    item: int


@dataclass(frozen=True)
class Source:
    """A source file as it stands."""

    path: str
    raw: str

    @cached_property
    def scalars(self) -> list[Scalar]:
        """Values in a YAML file, none in others."""
        if not self.path.endswith(".yaml"):
            return []
        root = yaml.compose(self.raw, Loader=yaml.SafeLoader)
        return list(_scalars(root, "", -1, 0)) if root else []

    @cached_property
    def visible(self) -> list[tuple[str, int]]:
        """The characters as they print, each with its offset: markup is left out of fragments."""
        if not self.path.endswith((".md", ".j2")):
            return list(zip(self.raw, range(len(self.raw)), strict=True))
        out: list[tuple[str, int]] = []
        at = 0
        for match in HIDDEN.finditer(self.raw):
            out += [(self.raw[n], n) for n in range(at, match.start())]
            if sign := SIGNS.get(match.lastgroup or ""):
                out.append((sign, match.start()))
            at = match.end()
        return out + [(self.raw[n], n) for n in range(at, len(self.raw))]

    @cached_property
    def order(self) -> dict[int, int]:
        """The place of an offset among the visible characters."""
        return {offset: n for n, (_, offset) in enumerate(self.visible)}

    @property
    def is_data(self) -> bool:
        """Whether it holds data: not what makes plans, tables or the workspace."""
        name = self.path
        return name.startswith("data/") and not name.startswith(
            ("data/plans/", "data/tables", "data/workspace")
        )

    def scalar_at(self, offset: int) -> Scalar | None:
        """The value of a YAML file that a character belongs to."""
        at = bisect_right(self._starts, offset) - 1
        return self.scalars[at] if at >= 0 and offset < self.scalars[at].end else None

    @cached_property
    def _starts(self) -> list[int]:
        return [scalar.start for scalar in self.scalars]

    def stays(self, offset: int, other: int) -> bool:
        """Whether two characters belong to one value; in a fragment whether no tag is between them."""
        if self.scalars:
            return self.scalar_at(offset) == self.scalar_at(other)
        return "{" not in self.raw[min(offset, other) + 1 : max(offset, other)]

    def spot(self, offset: int) -> Spot:
        """The line of a character."""
        return Spot(self.path, self.raw.count("\n", 0, offset) + 1)

    def printed(self) -> Iterator[tuple[int, int]]:
        """Stretches of a fragment or template whose words are printed as they stand."""
        at = 0
        if self.raw.startswith("---"):
            at = self.raw.index("\n---", 3) + 4
            if title := TITLE.search(self.raw, 0, at):
                yield title.span(1)
        for match in KEPT.finditer(self.raw, at):
            yield at, match.start()
            at = match.end()
        yield at, len(self.raw)


def _scalars(node: yaml.Node, key: str, item: int, depth: int) -> Iterator[Scalar]:
    if isinstance(node, yaml.ScalarNode):
        yield Scalar(node.value, node.start_mark.index, node.end_mark.index, key, item)
    elif isinstance(node, yaml.SequenceNode):
        for each in node.value:
            yield from _scalars(each, key, each.start_mark.index if depth == 0 else item, depth + 1)
    elif isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield from _scalars(value, key if key in FORMULAS else str(name.value), item, depth)


def read(root: Path, plan: str) -> list[Source]:
    """The sources that a plan may print; of all plans where it is empty."""
    paths = [
        *root.glob(f"sections/{plan}/**/*.md" if plan else "sections/**/*.md"),
        *root.glob("data/**/*.yaml"),
        *root.glob("templates/*.j2"),
    ]
    return [
        Source(path.relative_to(root).as_posix(), path.read_bytes().decode("utf-8")) for path in sorted(paths)
    ]


def words(sources: Sequence[Source]) -> Iterator[tuple[Source, int]]:
    """Characters that can be changed, in the order of the sources."""
    everything = "\0".join(source.raw for source in sources)
    for source in sources:
        if source.scalars:
            spans = [(each.start, each.end) for each in source.scalars if _is_free(each, everything)]
        else:
            spans = [*source.printed(), *_arguments(source, everything)]
        for start, end in (line for span in sorted(spans) for line in _lines(source.raw, *span)):
            # Signs that stand alone between tags have no words beside them that tell where they are.
            signs = IDEOGRAPH if IDEOGRAPH.search(source.raw, start, end) else PUNCTUATION
            yield from ((source, at) for at in range(start, end) if signs.match(source.raw[at]))


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The pieces of a stretch that stand in one line each."""
    for line in text[start:end].splitlines(keepends=True):
        yield start, start + len(line)
        start += len(line)


def _arguments(source: Source, everything: str) -> Iterator[tuple[int, int]]:
    """Words that a tag hands to a macro, where nothing is called so."""
    for tag in TAG.finditer(source.raw):
        for match in QUOTED.finditer(source.raw, *tag.span()):
            if IDEOGRAPH.search(match.group(1)) and everything.count(match.group(1)) == 1:
                yield match.span(1)


def _is_free(scalar: Scalar, everything: str) -> bool:
    """Whether nothing refers to a value: it is shown only, or stands nowhere else."""
    if scalar.key in FORMULAS or not IDEOGRAPH.search(scalar.said):
        return False
    return everything.count(scalar.said) == 1


def numbers(sources: Sequence[Source]) -> Iterator[tuple[Source, Scalar]]:
    """Numbers that can be changed: of the data those that are no year, which may be a name; of the fragments those that fill a cell."""
    for source in sources:
        for scalar in source.scalars:
            figure = NUMBER.fullmatch(scalar.said) and not YEAR.fullmatch(scalar.said)
            if source.is_data and figure and scalar.key not in LOOKS:
                yield source, scalar
        if source.path.endswith(".md"):
            for match in FIGURES.finditer(source.raw):
                yield source, Scalar(match.group(1), *match.span(1), key="", item=-1)
