"""YAML as text with positions: every scalar a string with its place, no guessing of types.

`no`, `010`, `12:30` and `=` are what the writer typed; what they mean is the schema's business. Keys that stand twice,
anchors, tags, tabs and further documents are problems, because each makes two readers see two things.

PyYAML's C parser composes the nodes. Its marks count characters, as `Source.text` does (tried with astral characters, NEL and
LINE SEPARATOR); its line numbers do not, so only the index is used.

Nodes are named tuples: a workspace has many thousands, and a frozen dataclass takes four times as long to make.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from drafter.source.files import Source
from drafter.source.issues import Issue, Outcome, Place
from drafter.source.messages import language
from drafter.source.mistakes import Complaint, colon_in_key, mistake, odd_space
from drafter.source.origins import MappedText, Piece, SourceSlice, literal

if TYPE_CHECKING:
    import yaml
    from yaml.reader import ReaderError


class Scalar(NamedTuple):
    """One value as text. `start:end` is its content, inside the quotes where it is quoted.

    `exact`: the content stands in the file character by character, so that a slice of it can be edited; an escape, a folded
    line or a block scalar is not. `style` is `'`, `"`, `|`, `>` or empty for a plain one.
    """

    text: str
    path: str
    start: int
    end: int
    style: str
    exact: bool

    @property
    def slice(self) -> SourceSlice:
        """Where its content stands."""
        return SourceSlice(self.path, self.start, self.end)

    @property
    def mapped(self) -> MappedText:
        """Its text with its origin: character by character where it is exact, as a whole where not."""
        if self.exact or not self.text:
            return literal(self.path, self.text, self.start)
        return MappedText(self.text, (Piece(0, len(self.text), self.slice),))

    @property
    def empty(self) -> bool:
        """Whether nothing was written (`key:` and no more); `""` is something."""
        return not self.text and not self.style


class Mapping(NamedTuple):
    """Keys and values in the order in which they stand; a key that stands twice is here once, as first written."""

    entries: tuple[tuple[Scalar, Node], ...]
    path: str
    start: int
    end: int

    @property
    def slice(self) -> SourceSlice:
        """Where it stands."""
        return SourceSlice(self.path, self.start, self.end)

    def get(self, name: str) -> Node | None:
        """The value of a key."""
        for key, value in self.entries:
            if key.text == name:
                return value
        return None


class Sequence(NamedTuple):
    """Items in order."""

    items: tuple[Node, ...]
    path: str
    start: int
    end: int

    @property
    def slice(self) -> SourceSlice:
        """Where it stands."""
        return SourceSlice(self.path, self.start, self.end)


Node = Scalar | Mapping | Sequence

_KEPT = 256  # texts: more than a workspace has files of data and fragments


def parse(source: Source, start: int = 0, end: int | None = None) -> Outcome[Node]:
    """The YAML in characters `start:end` of a source; None where it does not parse, or where there is nothing but comments."""
    return _parsed(source, start, end, language())


@lru_cache(maxsize=_KEPT)
def _parsed(source: Source, start: int, end: int | None, _: str) -> Outcome[Node]:
    """Kept, since trying the edits of a returned file loads one workspace again and again; what is wrong is told in one language."""
    text = source.text if not start and end is None else source.text[start:end]
    reading = _Reading(source, start, text)
    node = reading.node()
    return Outcome(
        node, tuple(sorted(reading.issues, key=lambda issue: (issue.place.line, issue.place.column)))
    )


# An indicator in a place where it could begin an anchor, an alias or a tag: rare enough to be looked at twice.
_SUSPICIOUS = re.compile(r"(?:^|[\s\[{,:-])[&*!]\S", re.MULTILINE)

# Characters that no one sees and no one types: they come with what is pasted.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")

# Openers without end would run the C parser out of its stack, which is a crash and no exception.
_DEEP = re.compile(r"(?:[\[{]\s*+|- ++){500}")


class _Reading:
    """One run over one text: nodes of our own, and what was wrong."""

    def __init__(self, source: Source, base: int, text: str) -> None:
        self.source, self.base, self.text = source, base, text
        self.issues: list[Issue] = []
        self.tabs: list[int] = []

    def node(self) -> Node | None:
        from yaml import YAMLError
        from yaml.reader import ReaderError

        if (deep := _DEEP.search(self.text)) is not None:
            self._report("yaml.too-deep", deep.start())
            return None
        self.tabs = [found.start() for found in re.finditer("\t", self.text)] if "\t" in self.text else []
        try:
            root = _composed(self.text)
        except ReaderError as error:
            self._unreadable(error)
            return None
        except UnicodeEncodeError as error:
            self._report("yaml.character", error.start, character=f"U+{ord(self.text[error.start]):04X}")
            return None
        except YAMLError as error:
            self._syntax(error)
            return None
        if _SUSPICIOUS.search(self.text):
            self._anchors()
        try:
            node = self._own(root) if root is not None else None
        except RecursionError:
            self._report("yaml.too-deep", 0)
            return None
        if isinstance(node, Scalar) and not node.style and (colon := colon_in_key(node.text)) is not None:
            self._report(colon.code, node.start - self.base + colon.at)
            return None
        for unseen in _UNSEEN.finditer(self.text):
            self._report("yaml.character", unseen.start(), character=f"U+{ord(unseen[0]):04X}")
        for at in self.tabs:
            if not self._in_comment(at):
                self._report("yaml.tab", at)
        return node

    def _report(self, code: str, at: int, **facts: str) -> None:
        self.issues.append(Issue(code, self._place(at), facts))

    def _place(self, at: int) -> Place:
        return self.source.place(min(self.base + at, len(self.source.text)))

    def _own(self, node: yaml.Node) -> Node:
        import yaml

        value, start = node.value, node.start_mark.index
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, value, start)
        path, base, end = self.source.path, self.base, self.base + node.end_mark.index
        if isinstance(node, yaml.SequenceNode):
            return Sequence(tuple([self._own(item) for item in value]), path, base + start, end)
        return Mapping(tuple(self._entries(value)), path, base + start, end)

    def _entries(self, pairs: Iterable[tuple[yaml.Node, yaml.Node]]) -> list[tuple[Scalar, Node]]:
        seen: dict[str, Scalar] = {}
        entries: list[tuple[Scalar, Node]] = []
        for key_node, value_node in pairs:
            key, value = self._own(key_node), self._own(value_node)
            if not isinstance(key, Scalar):
                self._report("yaml.key", key.start - self.base)
            elif not key.style and value_node.value == "" and (colon := colon_in_key(key.text)) is not None:
                self._report(colon.code, key.start - self.base + colon.at, **colon.facts)
            elif key.text in seen:
                first = self.source.position(seen[key.text].start)[0]
                self._report("yaml.duplicate-key", key.start - self.base, key=key.text, line=str(first))
            else:
                seen[key.text] = key
                entries.append((key, value))
        return entries

    def _scalar(self, node: yaml.ScalarNode, value: str, start: int) -> Scalar:
        end, style, text = node.end_mark.index, node.style or "", self.text
        if style in {"'", '"'}:
            start, end = start + 1, end - 1
        elif style:
            start = text.find("\n", start, end) + 1 or end
        if self.tabs:
            # a tab between the words of one line belongs to them; one that only folds lines does not
            kept = bool(style) or text[start:end] == value
            self.tabs = [at for at in self.tabs if not (kept and start <= at < end)]
        if not style and (odd := odd_space(value)) is not None:
            self._report("yaml.odd-space", start + odd)
        exact = end - start == len(value) and text.startswith(value, start)
        return Scalar(value, self.source.path, self.base + start, self.base + end, style, exact)

    def _in_comment(self, at: int) -> bool:
        line = self.text[self.text.rfind("\n", 0, at) + 1 : at]
        return re.search(r"(?:^|\s)#", line) is not None

    def _anchors(self) -> None:
        """Anchors, aliases and tags, which the composer resolves without a word."""
        import yaml
        from yaml._yaml import CParser

        parser = CParser(self.text)
        while parser.check_event():
            event = parser.get_event()
            mark = event.start_mark if event else None
            at = mark.index if mark else 0
            if isinstance(event, yaml.AliasEvent):
                self._report("yaml.anchor", at, name=f"*{event.anchor}")
            elif isinstance(event, yaml.NodeEvent):
                if event.anchor:
                    self._report("yaml.anchor", at, name=f"&{event.anchor}")
                tag = getattr(event, "tag", None)
                if tag:
                    self._report("yaml.tag", at, tag=str(tag))

    def _unreadable(self, error: ReaderError) -> None:
        at = error.position
        # the reader counts bytes of what it was given, which is UTF-8
        at = len(self.text.encode("utf-8", "surrogatepass")[:at].decode("utf-8", "ignore"))
        character = self.text[at : at + 1]
        self._report("yaml.character", at, character=f"U+{ord(character):04X}" if character else "")

    def _syntax(self, error: yaml.YAMLError) -> None:
        mark, begun = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
        at = mark.index if mark is not None else 0
        problem = str(getattr(error, "problem", "") or error)
        complaint = Complaint(self.text, problem, at, at if begun is None else begun.index)
        found = mistake(complaint)
        self._report(found.code, found.at, **found.facts)


def _composed(text: str) -> yaml.Node | None:
    """The nodes as PyYAML's C parser composes them, without its guesses at types (half of its time)."""
    from yaml._yaml import CParser

    class Composer(CParser):
        def resolve(self, kind: object, value: object, implicit: object) -> str:
            return ""

        def descend_resolver(self, parent: object, index: object) -> None:
            return

        def ascend_resolver(self) -> None:
            return

    node: yaml.Node | None = Composer(text).get_single_node()
    return node
