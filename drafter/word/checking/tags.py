"""The tags of a frame: each is read as docxtpl will read it, before anything is filled, and what is wrong is said with its paragraph.

A tag may stand in several runs, as Word leaves it after an edit: a paragraph is looked at as a reader sees it.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from drafter.ooxml.normal import Element
from drafter.ooxml.xml import w
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue
from drafter.source.messages import text as message
from drafter.source.nearest import suggestion
from drafter.word.checking.parts import Frame, text_of, where
from drafter.word.facts import ANNEXES, BODY, SLOTS, TAGS

if TYPE_CHECKING:
    from jinja2 import Environment

_PIECE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_HALF = re.compile(r"\{[{%#]|[}%#]\}")
_PLAIN = re.compile(r"\{\{ *(\w+) *\}\}")
_PREFIX = re.compile(r"^\{%([-+]?)(?:p|tr|tc|r) ")
_WIDE = re.compile(r"[{｛]\s*[{｛][^{}｛｝]*[}｝]\s*[}｝]?|[{｛]\s*[{｛%％]|[}｝%％]\s*[}｝]")
_WORD = re.compile(r"\w+")
_LONE = re.compile(r"(?<![{｛])[{｛]\s*(\w+)\s*[}｝](?![}｝])")
_NARROW = str.maketrans("｛｝％", "{}%")
_PICTURES = tuple(map(w, ("drawing", "pict", "object")))


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph: its story, its text, and its tags that can be read."""

    kind: str
    paragraph: Element
    text: str
    pieces: tuple[str, ...]


@cache
def environment() -> Environment:
    """What fills the tags of a frame. A frame may come from anywhere, so that it gets a sandbox too."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


def tag_issues(frame: Frame) -> Iterator[Issue]:
    """Everything that is wrong with tags and slots."""
    lines: list[_Line] = []
    for kind, root in frame.stories():
        story: list[_Line] = []
        for paragraph in root.iter(w("p")):
            text = text_of(paragraph)
            if not any(brace in text for brace in "{}｛｝"):
                continue
            found = list(_misspelt(frame, text))
            yield from found
            story.append(_Line(kind, paragraph, text, () if found else tuple(_PIECE.findall(text))))
        story = yield from _read(frame, story)
        yield from _of_story(frame, story)
        lines += story
    yield from _of_slots(frame, lines)


def _misspelt(frame: Frame, text: str) -> Iterator[Issue]:
    """Braces of the wrong width or number, and tags that are not closed."""
    for found in _WIDE.finditer(text):
        if any(sign in found[0] for sign in "｛｝％"):
            meant = found[0].translate(_NARROW).strip("{}% ")
            yield frame.issue("frame.braces", text, written=found[0], meant=meant or BODY)
            return
    for found in _LONE.finditer(text):
        if found[1] in TAGS:
            yield frame.issue("frame.braces", text, written=found[0], meant=found[1])
            return
    if half := _HALF.search(_PIECE.sub("", text)):
        yield frame.issue("frame.unclosed", text, sign=half[0])


def _read(frame: Frame, story: list[_Line]) -> Generator[Issue, None, list[_Line]]:
    """What is wrong with each tag by itself; the lines without the wrong ones are left."""
    # A name of a loop or condition is judged with the whole.
    words = frozenset(
        word
        for line in story
        for piece in line.pieces
        if piece.startswith("{%")
        for word in _WORD.findall(piece)
    )
    left = []
    for line in story:
        good = []
        for piece in line.pieces:
            bad = list(_of_piece(frame, line.text, piece, words))
            yield from bad
            good += [] if bad else [piece]
        left.append(replace(line, pieces=tuple(good)))
    return left


def _of_piece(frame: Frame, text: str, piece: str, words: frozenset[str]) -> Iterator[Issue]:
    """What is wrong with one tag by itself. A statement is half of something and is looked at with its story."""
    if not piece.startswith("{{") or _known(piece):
        return
    import jinja2

    try:
        environment().compile(piece, raw=True)
        unknown = sorted(_names(piece) - set(TAGS))
        for tag in unknown:
            if tag not in words:
                near = suggestion(tag, TAGS)
                yield frame.issue("frame.unknown-tag", text, tag=tag, nearest=near, piece=piece)
        if not unknown:
            environment().from_string(piece).render(dict.fromkeys(TAGS, "1"))
    except jinja2.TemplateSyntaxError as error:
        yield _syntax(frame, text, piece, error.message or "")
    except jinja2.TemplateError:
        yield frame.issue("frame.failed", text, piece=piece)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError):
        # What a wrong expression raises is as open as Python itself.
        yield frame.issue("frame.failed", text, piece=piece)


def _known(piece: str) -> str:
    """The name of a plain tag that there is: nothing can be wrong with it, and Jinja2 costs more than all else here."""
    plain = _PLAIN.fullmatch(piece)
    return plain[1] if plain and plain[1] in TAGS else ""


def _names(source: str) -> set[str]:
    from jinja2 import meta

    return meta.find_undeclared_variables(environment().parse(source)) - set(environment().globals)


def _syntax(frame: Frame, text: str, piece: str, problem: str) -> Issue:
    if named := re.fullmatch(r"No (filter|test) named '(.*)'\.", problem):
        known = environment().filters if named[1] == "filter" else environment().tests
        near = suggestion(named[2], known)
        return frame.issue("frame.filter", text, filter=named[2], nearest=near, piece=piece)
    if unknown := re.match(r"Encountered unknown tag '(.*?)'", problem):
        return frame.issue("frame.statement", text, statement=unknown[1], piece=piece)
    return frame.issue("frame.syntax", text, reason=_reason(problem), piece=piece)


def _reason(problem: str) -> str:
    """In the user's language; where there are no words for it the tag as a whole is what is wrong."""
    from drafter.merge.wording import reason

    said = reason(problem)
    return message("frame.problem.unreadable") if said == problem else said


def _of_story(frame: Frame, story: list[_Line]) -> Iterator[Issue]:
    """Conditions and loops run over paragraphs: each paragraph is a line of one template."""
    source = "\n".join("".join(_PREFIX.sub(r"{%\1 ", piece) for piece in line.pieces) for line in story)
    if "{%" not in source:
        return
    import jinja2

    try:
        environment().compile(source, raw=True)
    except jinja2.TemplateSyntaxError as error:
        problem, number = error.message or "", error.lineno or 1
        if unclosed := re.search(r"innermost block that needs to be closed is '(.*)'", problem):
            from drafter.merge.wording import opened

            begun = opened(source, unclosed[1], len(source))
            number = number if begun is None else source.count("\n", 0, begun) + 1
            text = story[min(number, len(story)) - 1].text
            yield frame.issue("frame.block", text, statement=unclosed[1])
            return
        line = story[min(number, len(story)) - 1]
        yield _syntax(frame, line.text, line.text, problem)
        return
    for tag in sorted(_names(source) - set(TAGS)):
        text = next(line.text for line in story if any(tag in piece for piece in line.pieces))
        yield frame.issue("frame.unknown-tag", text, tag=tag, nearest=suggestion(tag, TAGS))


def _of_slots(frame: Frame, lines: list[_Line]) -> Iterator[Issue]:
    """One paragraph for the text, at most one of each other slot, each with nothing beside it, in the document itself."""
    for slot in SLOTS:
        held = [line for line in lines if any(_is_slot(piece, slot) for piece in line.pieces)]
        for line in held:
            if _inside(line, slot):
                yield frame.issue(
                    "frame.slot-place", line.text, tag=slot, where=where(line.kind, line.paragraph)
                )
            elif len(line.pieces) > 1 or _PIECE.sub("", line.text).strip() or _pictured(line.paragraph):
                yield frame.issue("frame.slot-not-alone", line.text, tag=slot)
        for line in [each for each in held if not _inside(each, slot)][1:]:
            yield frame.issue("frame.two-slots", line.text, tag=slot)
        if not held and slot == BODY and not _mentioned(lines):
            yield frame.issue("frame.no-slot", "")


def _is_slot(piece: str, slot: str) -> bool:
    return piece.startswith("{{") and (_known(piece) == slot or (not _known(piece) and slot in _names(piece)))


def _mentioned(lines: list[_Line]) -> bool:
    """Whether the slot is there, but so that it cannot be read: that has been said already."""
    return any(not line.pieces and BODY in line.text for line in lines)


def _inside(line: _Line, slot: str) -> bool:
    """Whether a slot stands where a text cannot: texts only right in the document, other slots in a cell too."""
    around = [w("txbxContent"), w("footnote"), w("endnote"), *([w("tc")] if slot in {BODY, ANNEXES} else [])]
    return line.kind != "document" or next(line.paragraph.iterancestors(*around), None) is not None


def _pictured(paragraph: Element) -> bool:
    return next(paragraph.iter(*_PICTURES), None) is not None
