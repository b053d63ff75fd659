"""One walk over the XML of a story: body, note, text box or comment → paragraphs in the making.

Each element that shows something has an entry in a table; wrappers are walked through; a named set is left out on purpose; the rest is
noted as unknown. Revisions, looks, cells and fields around a text are kept as state while the walk goes down and up.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace

from drafter.ooxml.normal import Element
from drafter.picture.drafts import NO_MARKS, NO_REVISIONS, OBJECT, Draft
from drafter.picture.fields import Fields
from drafter.picture.hollow import Hollow, hollow
from drafter.picture.looks import marks
from drafter.picture.model import CellPlace, Change, Revision, Run, Thing
from drafter.picture.names import AUTHOR, DATE, ID, IGNORED, OBJECTS, TYPE, VAL, WALKED, M, shown, w
from drafter.picture.places import Places
from drafter.picture.things import NO_LINKS, chunk_of, thing_of

_T, _DEL_TEXT, _RPR, _PPR, _STYLE = w("t"), w("delText"), w("rPr"), w("pPr"), w("pStyle")
_TRPR, _TCPR, _SECTION = w("trPr"), w("tcPr"), w("sectPr")
_CHANGES = {w(change.value): change for change in Change}
_CELL_CHANGES = {w("cellIns"): Change.INSERTED, w("cellDel"): Change.DELETED}
_FIELD_CHAR, _BOX = w("fldCharType"), w("txbxContent")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_EDGE = " \t\r\n"


class Walk:
    """A walk over the stories of one file; `drafts` are the paragraphs so far, in order."""

    def __init__(self, ids: dict[tuple[str, str], int] | None = None) -> None:
        """`ids` count the revisions of another walk over the same file."""
        self.drafts: list[Draft] = []
        self.places = Places()
        self.notes: dict[
            str, tuple[Revision, ...]
        ] = {}  # story of a note → what was done to its mark, in order
        self.boxes: list[tuple[Element, tuple[Revision, ...]]] = []
        self.unknown: dict[str, int] = {}  # the name of an element, and the paragraph that first has it
        self.ids: dict[tuple[str, str], int] = {} if ids is None else ids
        self.sections: list[Element] = []
        self.links = NO_LINKS
        self.hollow: list[Hollow] = []
        self._blocks = self._block_table()
        self._inlines = self._run_table()
        self._reset("", NO_REVISIONS)

    def _reset(self, story: str, revisions: tuple[Revision, ...]) -> None:
        self._story = story
        self._first = len(self.drafts)
        self._draft: Draft | None = None
        self._revisions = revisions
        self._marks = NO_MARKS
        self._row, self._column = NO_REVISIONS, NO_REVISIONS
        self._cell: CellPlace | None = None
        self._tables, self._rows, self._cells = 0, 0, 0
        self._table = 0
        self._fields = Fields()
        self._behind_mark = False

    def story(self, root: Element, story: str, revisions: tuple[Revision, ...] = NO_REVISIONS) -> None:
        """Walk over one story; `revisions` are those of the mark or object that it hangs on."""
        self._reset(story, revisions)
        self.places.begin_story(root)
        # Most files have none; their cells' settings need not be looked through one by one.
        if next(root.iter(*_CELL_CHANGES), None) is None:
            self._blocks.pop(_TCPR, None)
        else:
            self._blocks[_TCPR] = self._cell_looks
        self._children(root)
        self.places.end_story(self._last())

    def close(self) -> None:
        """The walk is over. Its tables hold its own methods: let go, it is gone at once and waits for no search for cycles."""
        self._blocks.clear()
        self._inlines.clear()

    def _last(self) -> Draft | None:
        """The last paragraph of this story so far."""
        return self.drafts[-1] if len(self.drafts) > self._first else None

    # -- blocks

    def _block_table(self) -> dict[str, Callable[[Element], None]]:
        table: dict[str, Callable[[Element], None]] = dict.fromkeys(WALKED, self._children)
        table |= dict.fromkeys(_CHANGES, self._change)
        table |= {w("p"): self._paragraph, w("r"): self._run, w("tbl"): self._table_, w("tr"): self._row_}
        table |= {_PPR: self._paragraph_looks, _TRPR: self._row_looks, _SECTION: self.sections.append}
        table |= dict.fromkeys((w("altChunk"), w("subDoc")), self._chunk)
        table |= {w("tc"): self._cell_, w("fldSimple"): self._simple_field}
        table |= {w("bookmarkStart"): self._bookmark_start, w("bookmarkEnd"): self._bookmark_end}
        table |= {w("commentRangeStart"): self._range_start, w("commentRangeEnd"): self._range_end}
        table |= {
            M + "oMathPara": self._children,
            M + "oMath": self._object,
            M + "oMathParaPr": self._nothing,
        }
        return table

    def _children(self, parent: Element) -> None:
        blocks = self._blocks
        for child in parent:
            read = blocks.get(child.tag)
            if read is not None:
                read(child)
            elif child.tag not in IGNORED:
                self._note_unknown(child)

    def _note_unknown(self, element: Element) -> None:
        if isinstance(element.tag, str):  # comments have a function there
            self.unknown.setdefault(shown(element.tag, element.prefix), max(len(self.drafts) - 1, 0))

    def _nothing(self, element: Element) -> None:
        pass

    def _change(self, element: Element) -> None:
        outer = self._revisions
        revision = self.revised(element, _CHANGES[element.tag])
        self._revisions = (*outer, revision)
        before = self._length()
        self._children(element)
        self._revisions = outer
        if self._length() == before:
            self._hollow(element, revision)

    def _length(self) -> tuple[int, int]:
        return len(self.drafts), self._draft.length if self._draft is not None else 0

    def _hollow(self, element: Element, revision: Revision) -> None:
        """A change that shows nothing is noted where it changed the pages or a field's code; else nothing was done."""
        what = hollow(element)
        if what and not (what == "fieldCode" and self._fields.came_with(revision.change)):
            self.hollow.append(Hollow(revision, what, self._current().point(closes=False)))

    def revised(self, element: Element, change: Change) -> Revision:
        """What was done here. Where a program gave one id to several changes, each gets its own: an account must miss none of them."""
        id_ = element.get(ID, "")
        count = self.ids[change, id_] = self.ids.get((change, id_), 0) + 1
        own = id_ if count == 1 else f"{id_}~{count}"
        return Revision(own, change, element.get(AUTHOR, ""), element.get(DATE, ""))

    def _begin(self) -> Draft:
        draft = Draft(len(self.drafts), self._story, cell=self._cell, row=self._row, column=self._column)
        draft.mark = self._revisions
        self.drafts.append(draft)
        self.places.begin_paragraph(draft)
        return draft

    def _paragraph(self, element: Element) -> None:
        outer = self._draft
        self._draft = self._begin()
        self._children(element)
        self._draft = outer

    def _paragraph_looks(self, properties: Element) -> None:
        draft = self._draft
        if draft is None:
            return
        for child in properties:
            tag = child.tag
            if tag == _STYLE:
                draft.style = child.get(VAL, "")
            elif tag == _RPR:
                for change in child:
                    if change.tag in _CHANGES:
                        draft.mark += (self.revised(change, _CHANGES[change.tag]),)
            elif tag == _SECTION:
                self.sections.append(child)

    def _table_(self, element: Element) -> None:
        outer = self._table
        self._table = self._tables
        self._tables += 1
        self._children(element)
        self._table = outer

    def _row_(self, element: Element) -> None:
        outer, cells, row = self._row, self._cells, self._rows
        self._rows += 1
        self._cells = 0
        cell = self._cell
        self._cell = CellPlace(self._table, row, 0)
        self._children(element)
        self._row, self._cells, self._cell = outer, cells, cell

    def _cell_(self, element: Element) -> None:
        outer, column = self._cell, self._column
        row = outer.row if outer is not None else 0
        self._cell = CellPlace(self._table, row, self._cells)
        self._cells += 1
        draft, self._draft = self._draft, None
        self._children(element)
        self._draft, self._cell, self._column = draft, outer, column

    def _row_looks(self, properties: Element) -> None:
        for child in properties:
            if child.tag in _CHANGES:
                self._row += (self.revised(child, _CHANGES[child.tag]),)

    def _cell_looks(self, properties: Element) -> None:
        for child in properties:
            if child.tag in _CELL_CHANGES:
                self._column += (self.revised(child, _CELL_CHANGES[child.tag]),)

    # -- bookmarks and comment ranges

    def _bookmark_start(self, element: Element) -> None:
        self.places.bookmark_start(element, self._draft)

    def _bookmark_end(self, element: Element) -> None:
        self.places.bookmark_end(element)

    def _range_start(self, element: Element) -> None:
        self.places.range_start(element, self._draft)

    def _range_end(self, element: Element) -> None:
        self.places.range_end(element, self._draft or self._last())

    def _reference(self, element: Element) -> None:
        self.places.reference(element, self._current())

    # -- runs

    def _run_table(self) -> dict[str, Callable[[Element], None]]:
        table = dict.fromkeys((w("tab"), w("ptab")), self._fixed("\t"))
        table |= {w("cr"): self._fixed("\n"), w("noBreakHyphen"): self._fixed("\u2011")}
        table |= {w("softHyphen"): self._fixed("\xad"), w("br"): self._break, w("sym"): self._symbol}
        table |= dict.fromkeys(OBJECTS, self._object)
        table |= {
            _DEL_TEXT: self._text,
            w("footnoteReference"): self._footnote,
            w("endnoteReference"): self._endnote,
        }
        table |= dict.fromkeys((w("footnoteRef"), w("endnoteRef")), self._own_mark)
        table |= {w("commentReference"): self._reference, w("fldChar"): self._field_char}
        table |= {w("instrText"): self._code, w("delInstrText"): self._code}
        return table

    def _run(self, run: Element) -> None:
        outer = self._marks
        for child in run:
            tag = child.tag
            if tag == _T:
                self._text(child)
            elif tag == _RPR:
                self._marks = marks(child)
            else:
                self._shown(child, tag)
        self._marks = outer

    def _shown(self, child: Element, tag: str) -> None:
        read = self._inlines.get(tag) or self._blocks.get(tag)
        if read is not None:
            read(child)
        elif tag not in IGNORED:
            self._note_unknown(child)

    def _current(self) -> Draft:
        """The paragraph being read; text that stands outside any makes one."""
        if self._draft is None:
            self._draft = self._begin()
        return self._draft

    def _emit(self, text: str) -> None:
        draft = self._draft or self._current()
        if self._behind_mark:
            self._behind_mark = False
            text = text.lstrip(" \t")
        draft.add(text, self._revisions, self._marks)
        if not self._fields.contents:
            draft.outside_contents = True

    def _text(self, element: Element) -> None:
        for child in element:  # there are none in what any word processor writes
            self._note_unknown(child)
        text = element.text
        if not text:
            return
        # Word trims what is not marked as preserved, and shows a line end in the XML as a blank.
        if (text[0] in _EDGE or text[-1] in _EDGE) and element.get(_SPACE) != "preserve":
            text = text.strip(_EDGE)
        if "\n" in text or "\r" in text:
            text = text.replace("\r\n", " ").replace("\n", " ").replace("\r", " ")
        if text:
            self._emit(text)

    def _fixed(self, text: str) -> Callable[[Element], None]:
        return lambda _: self._emit(text)

    def _break(self, element: Element) -> None:
        # The break of a page or column is layout: word processors turn it into a property of the next paragraph and back.
        if element.get(TYPE, "textWrapping") not in ("page", "column"):
            self._emit("\n")

    def _symbol(self, element: Element) -> None:
        try:
            text = chr(int(element.get(w("char"), ""), 16))
        except (ValueError, OverflowError):
            text = "\ufffd"
        # Half of a surrogate pair, or a character that no XML can hold.
        self._emit(text if text.isprintable() or unicodedata.category(text) == "Co" else "\ufffd")

    # -- objects, notes, fields

    def _hanging(self) -> tuple[Revision, ...]:
        """What was done to the mark or object here: its own revisions, its row's and its cell's."""
        return self._row + self._column + self._revisions

    def _place(self, note: str, words: str = "", thing: Thing | None = None) -> None:
        draft = self._current()
        draft.add_object(Run(OBJECT, self._revisions, self._marks, note=note, result=words, thing=thing))
        if not self._fields.contents:
            draft.outside_contents = True

    def _object(self, element: Element) -> None:
        inner: set[Element] = set()
        first = len(self.boxes)
        for box in element.iter(_BOX):
            if box not in inner:  # one inside another is found again when that one is walked
                self.boxes.append((box, self._hanging()))
                inner.update(box.iter(_BOX))
        thing = thing_of(element, self.links, self.revised)
        if len(self.boxes) > first:
            stories = tuple(f"textbox:{number}" for number in range(first + 1, len(self.boxes) + 1))
            thing = replace(thing, boxes=stories)
        self._place("", thing.words if thing.kind in ("box", "picture", "drawing") else "", thing)

    def _chunk(self, element: Element) -> None:
        outer, self._draft = self._draft, None
        self._place("", "", chunk_of(element, self.links))
        self._draft = outer

    def _footnote(self, element: Element) -> None:
        id_ = element.get(ID, "")
        self.notes.setdefault(f"footnote:{id_}", self._hanging())
        self._place(id_)

    def _endnote(self, element: Element) -> None:
        story = f"endnote:{element.get(ID, '')}"
        self.notes.setdefault(story, self._hanging())
        self._place(story)

    def _own_mark(self, element: Element) -> None:
        # Word sets a blank between a note's own mark and its words, LibreOffice a tab: neither is text.
        self._behind_mark = True

    def _field_char(self, element: Element) -> None:
        draft = self._current()
        kind = element.get(_FIELD_CHAR)
        if kind == "begin":
            self._fields.begin(draft, self._revisions, self._marks)
        elif kind == "separate":
            self._fields.separate(draft)
        elif kind == "end":
            self._fields.end(draft, self.drafts)

    def _code(self, element: Element) -> None:
        self._fields.code(element.text or "")

    def _simple_field(self, element: Element) -> None:
        draft = self._current()
        self._fields.begin(draft, self._revisions, self._marks)
        self._fields.code(element.get(w("instr"), ""))
        self._fields.separate(draft)
        self._children(element)
        self._fields.end(draft, self.drafts)
