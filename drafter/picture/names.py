"""The element names that the picture knows: those it reads, and those it leaves out on purpose.

Whatever is in neither list is named in `Picture.unknown`.
"""

from __future__ import annotations

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def w(local: str) -> str:
    """The full name of a WordprocessingML element or attribute."""
    return _W + local


ID, VAL, AUTHOR, DATE, NAME, TYPE = w("id"), w("val"), w("author"), w("date"), w("name"), w("type")

_LEFT_OUT = (
    # Looks and settings: what they are is not told here; where they were changed with tracking, `looks` reads them.
    (
        "pPr",
        "rPr",
        "tblPr",
        "tblGrid",
        "trPr",
        "tcPr",
        "tblPrEx",
        "sectPr",
        "sdtPr",
        "sdtEndPr",
        "smartTagPr",
    ),
    ("customXmlPr", "rubyPr", "rt", "numberingChange"),
    # What only the word processor needs.
    ("proofErr", "lastRenderedPageBreak", "permStart", "permEnd"),
    # The mark of a comment inside itself, and the lines above notes.
    ("annotationRef", "separator", "continuationSeparator"),
    # Names of moves and ends of ranges; the moved runs themselves say that they moved.
    ("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
    ("customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd"),
    ("customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd"),
    ("customXmlMoveToRangeStart", "customXmlMoveToRangeEnd"),
    # Page background, and what stands in a field's code as data.
    ("background", "fldData", "ffData"),
)
IGNORED = frozenset(w(local) for locals_ in _LEFT_OUT for local in locals_)

CONTROLS = tuple(w(f"customXml{change}RangeStart") for change in ("Ins", "Del", "MoveFrom", "MoveTo"))
"""Where a content control, not its words, was put in or taken away."""
_WRAPPERS = (
    "body",
    "sdt",
    "sdtContent",
    "customXml",
    "smartTag",
    "hyperlink",
    "bdo",
    "dir",
    "ruby",
    "rubyBase",
)
WALKED = frozenset(map(w, _WRAPPERS))
"""Wrappers that show nothing of their own."""

_DRAWN = ("drawing", "pict", "object", "contentPart", "pgNum")
_DATES = ("dayShort", "dayLong", "monthShort", "monthLong", "yearShort", "yearLong")
OBJECTS = frozenset(map(w, _DRAWN + _DATES))
"""What is shown as something other than text."""


def shown(tag: str, prefix: str | None) -> str:
    """An element's name as a message says it."""
    local = tag.rpartition("}")[2]
    return f"{prefix}:{local}" if prefix else local
