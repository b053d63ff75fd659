"""A draft laid out by LibreOffice: the pages of its headings counted and written into its contents, and the draft as a PDF.

The pages are counted, the file is written with them, and counted again: the numbers stand only where the second count finds what the first one
found. Word lays text out by itself, and its pages may differ.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from drafter.actions.composing import Form
from drafter.actions.office import Office
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Place, Refused
from drafter.word.anchors import WordFile
from drafter.word.destinations import Pdf
from drafter.word.pages import drawable, pages, probe

ROUNDS = 4
"""Counts before one gives up: with numbers in it the contents may take another line."""

Write = Callable[[Form], WordFile | None]


@dataclass(frozen=True, slots=True)
class Laid:
    """A file as it was laid out: `pages` of the whole, 0 where nobody could count them; `pdf` is empty where none was asked for or made."""

    file: WordFile
    form: Form
    pages: int = 0
    pdf: bytes = b""
    issues: tuple[Issue, ...] = ()


def laid_out(office: Office, write: Write, draft: Laid, name: str, *, pdf: bool) -> Laid:
    """A draft with its pages, and as a PDF where that is asked for; what cannot be had is said, and the draft stays as it is.

    `write` makes the file in another form, `name` is the file in messages.
    """
    try:
        laid = _counted(office, write, draft, name)
    except Refused as refused:
        return replace(draft, issues=refused.issues)
    try:
        return replace(laid, pdf=office.pdf(laid.file.data, name)) if pdf else laid
    except Refused as refused:
        return replace(laid, issues=(*laid.issues, *refused.issues))


def _counted(office: Office, write: Write, draft: Laid, name: str) -> Laid:
    file, form, count = draft.file, draft.form, 0
    for _ in range(ROUNDS):
        asked = probe(file)
        shown = Pdf(office.pdf(asked.data, name, names=True))
        count = shown.pages
        if not drawable(file, shown):
            raise Refused(Issue("office.no-glyphs", Place(name)))
        found = pages(asked, shown)
        if len(found) < len(asked.headings):
            raise Refused(Issue("office.unread", Place(name)))
        if found == (form.pages or {}):
            return Laid(file, form, count)
        form = replace(form, pages=found)
        file = write(form) or file
    return Laid(file, form, count, issues=(Issue("office.unsteady", Place(name)),))
