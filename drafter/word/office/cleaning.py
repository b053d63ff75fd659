"""What says who worked on a file, and when, taken out of its parts: comments, controls, bookmarks, ids of savings, permissions."""

from __future__ import annotations

import re

from drafter.ooxml.normal import Element
from drafter.ooxml.xml import W, w
from drafter.word.office.package import Taken

_GONE = tuple(
    map(
        w,
        (
            "commentRangeStart", "commentRangeEnd", "bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd",
            "lastRenderedPageBreak", "numIdMacAtCleanup", "rsid",
        ),
    )
)  # fmt: skip
_OPENED = tuple(map(w, ("sdt", "smartTag", "customXml")))
_SETTINGS = frozenset(
    map(
        w,
        (
            "evenAndOddHeaders", "mirrorMargins", "bookFoldPrinting", "gutterAtTop", "defaultTabStop", "autoHyphenation",
            "drawingGridHorizontalSpacing", "drawingGridVerticalSpacing", "displayHorizontalDrawingGridEvery",
            "displayVerticalDrawingGridEvery", "characterSpacingControl", "noLineBreaksAfter", "noLineBreaksBefore",
            "footnotePr", "endnotePr", "compat", "themeFontLang", "clrSchemeMapping", "decimalSymbol", "listSeparator",
            "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter", "zoom", "noPunctuationKerning",
            "strictFirstAndLastChars", "updateFields",
        ),
    )
)  # fmt: skip
"""Settings that a page depends on; all others are about the file's history or its writer."""

_FOREIGN = (
    "http://schemas.microsoft.com/office/word/2010/wordml",
    "http://schemas.microsoft.com/office/word/2012/wordml",
)
_REFERRING = (
    "REF",
    "PAGEREF",
    "NOTEREF",
    "TOC",
    "DOCPROPERTY",
    "FILENAME",
    "AUTHOR",
    "LASTSAVEDBY",
    "SAVEDATE",
    "CREATEDATE",
)


def clean(taken: Taken) -> None:
    """Take it out of every part."""
    for name, root in taken.roots.items():
        _open_controls(root)
        taken.leave("bookmarks", sum(1 for _ in root.iter(w("bookmarkStart"))))
        for element in list(root.iter(*_GONE)):
            _drop(element)
        for reference in list(root.iter(w("commentReference"), w("annotationRef"))):
            run = reference.getparent()
            _drop(reference if run is None or len(run) > _ALONE else run)
        for element in root.iter(_ANY):
            for key in [key for key in element.attrib if _personal(str(key))]:
                del element.attrib[key]
        _names(root, taken)
        if name.endswith("settings.xml"):
            _settings(root, taken)
        if name.endswith("fontTable.xml"):
            for font in root:
                for child in [child for child in font if str(child.tag).startswith(w("embed"))]:
                    font.remove(child)
                    taken.leave("fonts")


_ANY = "{*}*"
_ALONE = 2
"""Children of a run that holds nothing but a reference and its properties."""


def _names(root: Element, taken: Taken) -> None:
    """Paths and file names that stand in for a description of a picture."""
    for element in root.iter(f"{_DRAWING}docPr", f"{_PICTURE}cNvPr"):
        for key in ("descr", "title", "name"):
            value = element.get(key, "")
            if _FILE.search(value):
                element.set(key, "" if key != "name" else "picture")
                taken.leave("paths")


_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_FILE = re.compile(r"[\\/]|\.\w{3,4}$")


def _drop(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _open_controls(root: Element) -> None:
    """Content controls, smart tags: what stands in them stays, what they are bound to goes."""
    for control in reversed(list(root.iter(*_OPENED))):
        content = control.find(w("sdtContent")) if control.tag == w("sdt") else control
        for child in () if content is None else list(content):
            if child.tag not in {w("smartTagPr"), w("customXmlPr")}:
                control.addprevious(child)
        _drop(control)


def _personal(key: str) -> bool:
    space, _, local = key[1:].partition("}")
    if space == W:
        return local.startswith("rsid")
    return space in _FOREIGN and local in {"paraId", "textId"}


def _settings(root: Element, taken: Taken) -> None:
    taken.leave(
        "protection",
        sum(root.find(w(name)) is not None for name in ("documentProtection", "writeProtection")),
    )
    for child in list(root):
        if child.tag not in _SETTINGS:
            root.remove(child)


def flatten(root: Element) -> None:
    """Fields that point at what is gone, or say whose file it was, become the words that they show."""
    for paragraph in root.iter(w("p")):
        for simple in list(paragraph.iter(w("fldSimple"))):
            if _refers(simple.get(w("instr"), "")):
                for child in list(simple):
                    simple.addprevious(child)
                _drop(simple)
        _flatten_runs(paragraph)


def _refers(code: str) -> bool:
    words = code.upper().split()
    return bool(words) and words[0] in _REFERRING


def _flatten_runs(paragraph: Element) -> None:
    """Complex fields that begin in a paragraph and end in it."""
    open_fields: list[list[Element]] = []
    for element in list(paragraph.iter(w("fldChar"), w("instrText"))):
        kind = element.get(w("fldCharType"))
        if kind == "begin":
            open_fields.append([element])
        elif open_fields:
            open_fields[-1].append(element)
            if kind == "end":
                field = open_fields.pop()
                code = "".join(each.text or "" for each in field if each.tag == w("instrText"))
                if _refers(code):
                    for each in field:
                        _drop(each)
