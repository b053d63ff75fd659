"""The names of elements that the redline asks for again and again, and what of them shows nothing."""

from __future__ import annotations

from drafter.ooxml.xml import MATH, w

P, R, T, TBL, TR, TC, SDT, SDT_CONTENT = map(w, ("p", "r", "t", "tbl", "tr", "tc", "sdt", "sdtContent"))
PPR, RPR, SECT = w("pPr"), w("rPr"), w("sectPr")
INS, DEL, DEL_TEXT, CODE, DEL_CODE = map(w, ("ins", "del", "delText", "instrText", "delInstrText"))
FIELD_CHAR, FIELD_TYPE, SIMPLE_FIELD = w("fldChar"), w("fldCharType"), w("fldSimple")
FOOTNOTE, ENDNOTE = w("footnoteReference"), w("endnoteReference")
BOOKMARK, BOOKMARK_END = w("bookmarkStart"), w("bookmarkEnd")
BOX = w("txbxContent")
ID, VAL, NAME = w("id"), w("val"), w("name")
MATHS = frozenset((f"{{{MATH}}}oMath", f"{{{MATH}}}oMathPara"))
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

FILLER = w("cnfStyle")
"""Which conditional formats of the table style apply: worked out anew by every word processor."""

WRAPS = frozenset(map(w, ("hyperlink", "sdt", "bdo", "dir")))
"""What holds runs and is kept around them."""

COMMENT_MARKS = frozenset(map(w, ("commentRangeStart", "commentRangeEnd")))
COMMENT = w("commentReference")
FLOATS = COMMENT_MARKS | {BOOKMARK, BOOKMARK_END, w("permStart"), w("permEnd")}
"""What marks a place and takes none."""
