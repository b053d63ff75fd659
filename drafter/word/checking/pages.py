"""The pages of a frame: sizes, numbers on even pages, changes and comments that somebody left in it."""

from __future__ import annotations

from collections.abc import Iterator

from drafter.ooxml.normal import Element
from drafter.ooxml.package import relations, resolved
from drafter.ooxml.xml import r, w
from drafter.source.issues import Issue
from drafter.word.checking.parts import MAIN, Frame, text_of
from drafter.word.facts import BODY

_REVISIONS = tuple(
    map(w, ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange"))
)


def page_issues(frame: Frame) -> Iterator[Issue]:
    """What is odd about the pages of a frame; nothing of it stops a build."""
    root = frame.root(MAIN)
    if root is None:
        return
    yield from _of_sections(frame, root)
    yield from _left_over(frame)


def sections(root: Element) -> list[tuple[Element | None, str]]:
    """The `w:sectPr` of each section, None where the last has none, and the last words that stand in it."""
    out: list[tuple[Element | None, str]] = []
    words = ""
    last = None
    for element in root.iter(w("p"), w("sectPr")):
        if element.tag == w("p"):
            words = text_of(element).strip() or words
        elif (parent := element.getparent()) is not None and parent.tag in {w("pPr"), w("body")}:
            out.append((element, words))
            last, words = element, ""
    whole = None if last is None else last.getparent()
    if whole is None or whole.tag != w("body"):
        out.append((None, words))
    return out


def _of_sections(frame: Frame, root: Element) -> Iterator[Issue]:
    settings = frame.root("word/settings.xml")
    both = settings is not None and settings.find(w("evenAndOddHeaders")) is not None
    targets = {
        each.id: resolved(MAIN, each.target) for each in relations(frame.parts, MAIN) if not each.external
    }
    footers: dict[str, str] = {}
    said = False
    for section, words in sections(root):
        text = words or f"{{{{ {BODY} }}}}"
        lacks = [name for name in ("pgSz", "pgMar") if section is None or section.find(w(name)) is None]
        if lacks:
            yield frame.issue("frame.page-size", text)
        for each in () if section is None else section.findall(w("footerReference")):
            footers[each.get(w("type"), "default")] = targets.get(each.get(r("id"), ""), "")
        odd, even = (_counts(frame, footers.get(kind, "")) for kind in ("default", "even"))
        if both and odd and not even and not said:
            said = True  # what follows takes it over from here
            yield frame.issue("frame.even-footer", text)


def _counts(frame: Frame, part: str) -> bool:
    """Whether a footer shows the page's number."""
    root = frame.root(part) if part else None
    if root is None:
        return False
    codes = [element.text or "" for element in root.iter(w("instrText"))]
    codes += [element.get(w("instr"), "") for element in root.iter(w("fldSimple"))]
    return any("PAGE" in code.upper().split() for code in codes)


def _left_over(frame: Frame) -> Iterator[Issue]:
    """Tracked changes and comments would be printed in every draft, under the name of who made them."""
    marks = [each for _, root in frame.stories() for each in root.iter(*_REVISIONS, w("commentReference"))]
    if marks:
        paragraph = next(marks[0].iterancestors(w("p")), None)
        text = "" if paragraph is None else text_of(paragraph)
        yield frame.issue("frame.marks", text, count=str(len(marks)))
