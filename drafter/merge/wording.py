"""What Jinja2 says of a template that does not parse, in the words of who wrote it, and where the mistake stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from drafter.source.messages import text as message

_TAG = re.compile(r"\{%[-+]?\s*(end)?(\w+)([^%]*)")
_SIGN = re.compile(r"unexpected char '(.*)' at \d+", re.DOTALL)
_UNEXPECTED = re.compile(r"unexpected '(.*)'")
_OTHER = re.compile(r"unexpected '(.*)', expected '(.*)'")
_EXPECTED = re.compile(r"expected token '(.*)', got '(.*)'")
_ENDED = re.compile(r"unexpected end of template, expected '(.*)'\.")
_NOTHING = re.compile(
    r"Expected an expression, got '.*'|unexpected '(?:end|begin) of .* (?:statement|block)'"
)
_ENDLESS = re.compile(r"Missing end of (?:raw directive|comment tag)")

# Jinja2's names of what people see as signs.
_SEEN: Mapping[str, str] = MappingProxyType(
    {
        "end of print statement": "}}",
        "end of statement block": "%}",
        "begin of print statement": "{{",
        "begin of statement block": "{%",
    }
)


def sign(problem: str, character: str) -> str | None:
    """The sign that cannot stand in a tag, as it can be shown; None where the problem is another."""
    if not _SIGN.fullmatch(problem):
        return None
    return character if character.isprintable() and not character.isspace() else f"U+{ord(character):04X}"


def reason(problem: str) -> str:
    """Jinja2's complaint in the user's language; as it is where we have no words for it."""
    if _NOTHING.fullmatch(problem):
        return message("merge.problem.nothing")
    if found := _OTHER.fullmatch(problem):
        return _expected(found[2], found[1])
    if found := _EXPECTED.fullmatch(problem):
        return _expected(found[1], found[2])
    if found := _ENDED.fullmatch(problem):
        return message("merge.problem.ended", wanted=_SEEN.get(found[1], found[1]))
    if found := _UNEXPECTED.fullmatch(problem):
        return message("merge.problem.unexpected", sign=_SEEN.get(found[1], found[1]))
    return message("merge.problem.endless") if _ENDLESS.match(problem) else problem


def _expected(wanted: str, got: str) -> str:
    return message("merge.problem.expected", wanted=_SEEN.get(wanted, wanted), got=_SEEN.get(got, got))


def opened(text: str, tag: str, end: int) -> int | None:
    """Where the innermost `{% tag %}` before `end` begins that no `{% endtag %}` closes."""
    found: list[int] = []
    for each in _TAG.finditer(text, 0, end):
        if each[2] != tag or (tag == "set" and "=" in each[3]):
            continue
        if not each[1]:
            found.append(each.start())
        elif found:
            found.pop()
    return found[-1] if found else None
