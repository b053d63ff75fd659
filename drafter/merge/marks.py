"""The characters that trace a merge, and how they get into a compiled template and out of it again.

A template is compiled once, with marks around every child of every `Output` node. Marks stand only in constants of the code, so
the plain render that guards each merge needs no second compilation: the same code without marks in its constants is what Jinja2
makes of the template by itself.

The characters are noncharacters of Unicode (U+FDD0 ...): unlike private-use characters, in which GB18030 files carry rare
ideographs, no text can have a use for them.
"""

from __future__ import annotations

import re
from types import CodeType

LITERAL = "\ufdd0"
"""Begins the mark of a literal: `template,offset`."""
OPEN = "\ufdd1"
"""Begins the mark of an expression: `template,start,end` of its tag."""
DATUM = "\ufdd2"
"""Begins the mark before a value's text: its number among the values printed in this merge."""
CLOSE = "\ufdd3"
"""Ends what an expression printed (its mark holds nothing)."""
END = "\ufdd4"
"""Ends every mark."""
VALUE = "\ufdd5"
"""Stands in a template for the first character of a tag that is read without Jinja2."""
FILLER = "\ufdd6"
"""Stands for the other characters of such a tag."""
BRACE = "\ufdd7"
"""Stands for a `{` that Jinja2 must not see."""
RETURN = "\ufdd8"
"""Stands for a lone carriage return, which Jinja2 would make a line end."""

RESERVED = re.compile("[\ufdd0-\ufdd8]")
_MARK = re.compile("[\ufdd0-\ufdd3][0-9,]*\ufdd4")
SPLIT = re.compile("([\ufdd0-\ufdd3][0-9,]*)\ufdd4")
"""Splits a marked text: texts at even places, marks at odd ones."""


def literal(template: int, offset: int) -> str:
    """The mark before a literal that stands at `offset` of a template."""
    return f"{LITERAL}{template},{offset}{END}"


def opening(template: int, start: int, end: int) -> str:
    """The mark before what a tag prints."""
    return f"{OPEN}{template},{start},{end}{END}"


def datum(number: int) -> str:
    """The mark before the text of a value."""
    return f"{DATUM}{number}{END}"


CLOSING = CLOSE + END


def without(text: str) -> str:
    """The text without its marks."""
    return _MARK.sub("", text)


def unmarked(code: CodeType) -> CodeType:
    """The code with the marks taken out of its constants."""
    return code.replace(co_consts=tuple(_constant(value) for value in code.co_consts))


def _constant(value: object) -> object:
    if isinstance(value, str):
        return without(value)
    if isinstance(value, CodeType):
        return unmarked(value)
    if isinstance(value, tuple):
        return tuple(_constant(each) for each in value)
    return value


def restored(text: str) -> str:
    """The text with what was hidden from Jinja2 put back; its length stays."""
    return text.replace(BRACE, "{").replace(RETURN, "\r")
