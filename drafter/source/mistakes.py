"""What a writer did wrong, from what the YAML parser complains of and where.

libyaml tells what it expected when it could not go on; that is seldom where the mistake stands. Each rule below knows one
mistake that people make, and names the character to change. What no rule knows keeps the parser's own complaint, translated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from drafter.source.messages import text as message


class Complaint(NamedTuple):
    """What libyaml says of `text`: `problem` found at `at`, while it was in what began at `begun` (`at` where it does not say)."""

    text: str
    problem: str
    at: int
    begun: int


class Mistake(NamedTuple):
    """The code of a problem, where it stands, and its facts."""

    code: str
    at: int
    facts: Mapping[str, str] = MappingProxyType({})


def mistake(complaint: Complaint) -> Mistake:
    """The mistake behind a complaint."""
    for rule in _RULES:
        found = rule(complaint)
        if found is not None:
            return found
    at = complaint.at if complaint.at < len(complaint.text) else len(complaint.text.rstrip())
    return Mistake("yaml.syntax", at, {"problem": _translated(complaint.problem)})


def colon_in_key(key: str) -> Mistake | None:
    """The colon that makes a key of what should be a key and its value (`a：1`, `a:1`), counted from the key's beginning."""
    if (wide := _WIDE_KEY.match(key)) is not None:
        return Mistake("yaml.colon", wide.start(1))
    if (tight := _TIGHT_KEY.match(key)) is not None:
        return Mistake("yaml.space", tight.start(1))
    return None


def odd_space(text: str) -> int | None:
    """The character of a plain scalar that looks like a space at its beginning or end and is none for YAML."""
    if not text or (text[0] not in _ODD_SPACES and text[-1] not in _ODD_SPACES):
        return None
    return 0 if text[0] in _ODD_SPACES else len(text.rstrip(_ODD_SPACES))


_NOT_HERE = "mapping values are not allowed in this context"
_NO_COLON = "could not find expected ':'"
_NO_KEY = "did not find expected key"
_NO_START = "found character that cannot start any token"
_OPEN = re.compile(r"did not find expected ',' or '([\]}])'")

_BLANK = re.compile(r"[ \t]*")
_INDENT = re.compile(r" *")
_WIDE_KEY = re.compile(r"[ -]*[\w.]+(：)(?!.*:\s)")
_TIGHT_KEY = re.compile(r"[ -]*[\w.]+(:)[^\s:/](?!.*:\s)")
_WIDE: Mapping[str, str] = MappingProxyType(
    {"，": ",", "｛": "{", "｝": "}", "［": "[", "］": "]", "【": "[", "】": "]", "：": ": "}
)
_ODD_SPACES = "\u3000\u00a0\u2002\u2003\u2009"
_ODD_AFTER = re.compile(rf"(?:[ -]*|[ -]*[\w.]+:)([{_ODD_SPACES}])")
_CLOSES: Mapping[str, str] = MappingProxyType({"[": "]", "{": "}"})


def _documents(found: Complaint) -> Mistake | None:
    return (
        Mistake("yaml.documents", found.at)
        if found.problem.startswith("but found another document")
        else None
    )


def _alias(found: Complaint) -> Mistake | None:
    if "undefined alias" not in found.problem:
        return None
    return Mistake("yaml.anchor", found.at, {"name": found.text[found.at : found.at + 20].split()[0]})


def _quote(found: Complaint) -> Mistake | None:
    ends = {"found unexpected end of stream", "found unexpected document indicator"}
    return Mistake("yaml.quote", found.begun) if found.problem in ends else None


def _tab(found: Complaint) -> Mistake | None:
    """The tab that stands in the indentation of the line of a problem or of the one before."""
    for start in _lines_around(found):
        blank = _BLANK.match(found.text, start)
        if blank and "\t" in blank[0]:
            return Mistake("yaml.tab", start + blank[0].index("\t"))
    return None


def _odd_space(found: Complaint) -> Mistake | None:
    """A space of Chinese typing or of a web page where YAML wants a plain one: in an indentation or after a colon."""
    for start in _lines_around(found):
        odd = _ODD_AFTER.match(found.text, start)
        if odd is not None:
            return Mistake("yaml.odd-space", odd.start(1))
    return None


def _bracket(found: Complaint) -> Mistake | None:
    """A bracket without end, a comma that lacks, or the full-width sign that stands for one of them."""
    if found.problem == _NO_KEY and found.text[found.at : found.at + 1] in {"]", "}"}:
        return Mistake("yaml.comma", found.at)
    if found.problem == "did not find expected node content" and not found.text[found.at :].strip():
        return _unclosed(found.text.rstrip())
    if not _OPEN.fullmatch(found.problem):
        return None
    text, begun = found.text, found.begun
    line_end = text.find("\n", begun, found.at)
    end = found.at + 1 if line_end < 0 else line_end
    wide = next((at for at in range(end - 1, begun, -1) if text[at : at + 1] in _WIDE), None)
    if wide is not None:
        return Mistake("yaml.full-width", wide, {"wide": text[wide], "plain": _WIDE[text[wide]]})
    if line_end < 0 and found.at < len(text.rstrip()):
        return Mistake("yaml.comma", found.at)
    opener = text[begun]
    return Mistake("yaml.bracket", begun, {"opener": opener, "closer": _CLOSES.get(opener, opener)})


def _unclosed(text: str) -> Mistake | None:
    """The bracket that a text which ends in the middle of one leaves open."""
    at = max(text.rfind("["), text.rfind("{"))
    return None if at < 0 else Mistake("yaml.bracket", at, {"opener": text[at], "closer": _CLOSES[text[at]]})


def _colon(found: Complaint) -> Mistake | None:
    """A colon without its space, or a full-width one, on the line of the problem or the one before it."""
    if found.problem not in {_NOT_HERE, _NO_COLON}:
        return None
    for start in _lines_around(found):
        colon = colon_in_key(found.text[start : _line_end(found.text, start)])
        if colon is not None:
            return Mistake(colon.code, start + colon.at)
    return None


def _two_colons(found: Complaint) -> Mistake | None:
    line = found.text[_line_start(found.text, found.at) : found.at]
    if found.problem == _NOT_HERE and re.search(r":\s", line):
        return Mistake("yaml.two-colons", found.at)
    return None


def _word(found: Complaint) -> Mistake | None:
    """A line that is neither a key nor an item of a list."""
    return Mistake("yaml.no-colon", found.begun) if found.problem == _NO_COLON else None


def _after_quote(found: Complaint) -> Mistake | None:
    before = found.text[_line_start(found.text, found.at) : found.at].rstrip()
    if found.problem == _NO_KEY and before.endswith(('"', "'")):
        return Mistake("yaml.after-quote", found.at)
    return None


def _indentation(found: Complaint) -> Mistake | None:
    """A line that begins deeper than the one before it, or between two levels."""
    start = _line_start(found.text, found.at)
    indent = _INDENT.match(found.text, start)
    if found.problem not in {_NOT_HERE, _NO_KEY, "did not find expected '-' indicator"} or indent is None:
        return None
    return Mistake("yaml.indent", indent.end()) if start else None


def _sign(found: Complaint) -> Mistake | None:
    if found.problem != _NO_START:
        return None
    return Mistake("yaml.needs-quotes", found.at, {"sign": found.text[found.at]})


_RULES: tuple[Callable[[Complaint], Mistake | None], ...] = (
    _documents,
    _alias,
    _quote,
    _tab,
    _odd_space,
    _bracket,
    _colon,
    _two_colons,
    _word,
    _after_quote,
    _indentation,
    _sign,
)
"""In this order: the first that knows the mistake names it."""


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _lines_around(found: Complaint) -> Iterator[int]:
    """Where the line of a problem and the one before it begin."""
    start = _line_start(found.text, found.at)
    yield start
    if start:
        yield _line_start(found.text, start - 1)


# Every complaint of libyaml's scanner and parser that a file of text can raise and no rule above knows.
_SAID: Mapping[str, str] = MappingProxyType(
    {
        "block sequence entries are not allowed in this context": "yaml.problem.item",
        "mapping keys are not allowed in this context": "yaml.problem.key",
        "mapping values are not allowed in this context": "yaml.problem.value",
        "did not find expected key": "yaml.problem.no-key",
        "did not find expected '-' indicator": "yaml.problem.no-dash",
        "did not find expected node content": "yaml.problem.no-content",
        "did not find expected <document start>": "yaml.problem.start",
        "did not find expected comment or line break": "yaml.problem.line-end",
        "did not find expected whitespace or line break": "yaml.problem.line-end",
        "found unknown escape character": "yaml.problem.escape",
        "did not find expected hexdecimal number": "yaml.problem.escape",
        "found invalid Unicode character escape code": "yaml.problem.escape",
        "found an indentation indicator equal to 0": "yaml.problem.block",
        "found a tab character where an indentation space is expected": "yaml.problem.tab",
        "found a tab character that violates indentation": "yaml.problem.tab",
        "found unexpected ':'": "yaml.problem.colon",
        "could not find expected directive name": "yaml.problem.directive",
        "found unexpected non-alphabetical character": "yaml.problem.directive",
        "did not find expected alphabetic or numeric character": "yaml.problem.anchor",
        "did not find expected '!'": "yaml.problem.tag",
        "did not find expected tag URI": "yaml.problem.tag",
        "did not find the expected '>'": "yaml.problem.tag",
        "did not find URI escaped octet": "yaml.problem.tag",
        "found undefined tag handle": "yaml.problem.tag",
        "found unknown directive name": "yaml.problem.directive",
        "did not find expected digit or '.' character": "yaml.problem.directive",
        "did not find expected version number": "yaml.problem.directive",
        "found duplicate %YAML directive": "yaml.problem.directive",
        "found duplicate %TAG directive": "yaml.problem.directive",
        "found incompatible YAML document": "yaml.problem.directive",
    }
)


def _translated(problem: str) -> str:
    """The parser's complaint in the user's language; as it is where we have none."""
    msgid = _SAID.get(problem)
    return problem if msgid is None else message(msgid)
