"""An Excel file from outside as words in cells: bytes → sheets, whoever wrote it, Excel, WPS or LibreOffice.

Read from the XML itself under the limits of `reading`, never through a library that trusts what it opens. Of a formula the value counts that was
last shown. Not here: pictures, comments, looks, and what the words mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from drafter.ooxml.normal import Element
from drafter.ooxml.reading import Limits, Package, office_document, opened, parse, relations
from drafter.ooxml.xml import R, printable
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Place, Refused

LIMITS = Limits(file=50_000_000, part=40_000_000, total=200_000_000, marks=5_000_000)
"""What a workbook may hold: less than a Word file, for its XML is read whole."""

CELLS = 500_000
"""Cells with something in them that are read of one file."""

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})\Z")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_UNSAID = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')  # what a format prints as it is, or is no format
_DAYS: Final = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""The built-in formats of dates and times (ECMA-376-1, 18.8.30; 27–36 and 50–58 are those of Chinese)."""
_FIRST, _FIRST_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 -- a cell knows no zone
_LAST = 2_958_465  # the number of the last day that Excel knows, 9999-12-31


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: the words of its cells by row and column, both from 1; cells without words are not there.

    `merged` are cells that are one: the first and last row, the first and last column; only the first cell of them has words. A number is told as the file has it, a date as ISO (`2021-02-05`, with a time where it has one), a truth as TRUE or FALSE.
    """

    name: str
    rows: Mapping[int, Mapping[int, str]]
    hidden: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()


def open_workbook(data: bytes, name: str, limits: Limits = LIMITS) -> tuple[Sheet, ...]:
    """The sheets of the workbook in `data`, in their order; `name` is the file's name for messages. Raises `Refused` with the reason."""
    try:
        parts, damaged, _ = opened(data, name, limits)
    except Refused as refused:
        raise Refused(*(_said(issue) for issue in refused.issues)) from None
    main = office_document(parts, name)
    if not main.startswith("xl/") or not main.endswith(".xml"):
        raise Refused(Issue("sheets.not-excel", Place(name)))
    return _Book(Package(name, main, parts, damaged)).sheets()


def _said(issue: Issue) -> Issue:
    """What is wrong with a file, in words about Excel."""
    return Issue(_OTHERS.get(issue.code, issue.code), issue.place, issue.facts)


_OTHERS = MappingProxyType({"ooxml.not-zip": "sheets.not-excel", "ooxml.old-format": "sheets.old-format"})


def address(row: int, column: int) -> str:
    """What a cell is called: `B12`."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


class _Book:
    def __init__(self, package: Package) -> None:
        self.package = package
        related = relations(package, package.main)
        self._target = {each.id: each.target for each in related if each.kind == "worksheet"}
        strings = next((each.target for each in related if each.kind == "sharedStrings"), "")
        styles = next((each.target for each in related if each.kind == "styles"), "")
        self._strings = [_words(each) for each in _all(parse(package, strings), "si")] if strings else []
        self._dates = _date_styles(parse(package, styles)) if styles else frozenset[int]()
        self._room = CELLS
        self._first = _FIRST

    def sheets(self) -> tuple[Sheet, ...]:
        root = parse(self.package, self.package.main)
        properties = root.find(f"{_S}workbookPr")
        if properties is not None and properties.get("date1904") in ("1", "true"):
            self._first = _FIRST_1904
        return tuple(self._sheets(root))

    def _sheets(self, root: Element) -> Iterator[Sheet]:
        for each in _all(root, "sheet"):
            target = self._target.get(each.get(f"{{{R}}}id", ""))
            if target is not None:
                page = parse(self.package, target)
                hidden = each.get("state", "visible") != "visible"
                rows = MappingProxyType(self._rows(page))
                yield Sheet(each.get("name", ""), rows, hidden, tuple(_merged(page)))

    def _rows(self, root: Element) -> dict[int, Mapping[int, str]]:
        """Rows and cells that do not say where they stand follow those before them."""
        out: dict[int, dict[int, str]] = {}
        number = 0
        for row in _all(root, "row"):
            number = _whole(row.get("r")) or number + 1
            column = 0
            for cell in row.iterchildren(f"{_S}c"):
                found = _ADDRESS.match(cell.get("r", ""))
                column = _column(found[1]) if found else column + 1
                text = self._text(cell)
                if text:
                    self._count()
                    out.setdefault(number, {})[column] = text
        return {key: MappingProxyType(cells) for key, cells in out.items()}

    def _count(self) -> None:
        self._room -= 1
        if self._room < 0:
            raise Refused(Issue("sheets.too-many", Place(self.package.name), {"limit": str(CELLS)}))

    def _text(self, cell: Element) -> str:
        if cell.get("t") == "inlineStr":
            inline = cell.find(f"{_S}is")
            return "" if inline is None else _words(inline)
        value = cell.findtext(f"{_S}v") or ""
        match cell.get("t", "n"):
            case "s":
                at = _whole(value)
                return self._strings[at] if at is not None and at < len(self._strings) else ""
            case "b":
                return "TRUE" if value == "1" else "FALSE"
            case "n" if value and _whole(cell.get("s", "0")) in self._dates:
                return self._day(value)
            case "n":
                return value.strip()
        return _decoded(value)

    def _day(self, value: str) -> str:
        try:
            days = float(value)
        except ValueError:
            return value
        if not 0 <= days <= _LAST:  # also what is no number
            return value
        moment = self._first + timedelta(seconds=round(days * 86_400))
        if days < 1:
            return moment.time().isoformat()
        return (
            moment.isoformat(sep=" ") if moment.time() != datetime.min.time() else moment.date().isoformat()
        )


def _all(root: Element, tag: str) -> Iterator[Element]:
    return root.iter(f"{_S}{tag}")


def _merged(root: Element) -> Iterator[tuple[int, int, int, int]]:
    for each in _all(root, "mergeCell"):
        first, _, last = each.get("ref", "").partition(":")
        ends = _ADDRESS.match(first), _ADDRESS.match(last)
        if ends[0] and ends[1]:
            yield int(ends[0][2]), int(ends[1][2]), _column(ends[0][1]), _column(ends[1][1])


def _words(holder: Element) -> str:
    """The text of a string and its runs, without how it is read aloud."""
    pieces: list[str] = []
    for child in holder:
        if child.tag == f"{_S}t":
            pieces.append(child.text or "")
        elif child.tag == f"{_S}r":
            pieces.append(child.findtext(f"{_S}t") or "")
    return _decoded("".join(pieces))


def _decoded(text: str) -> str:
    """Text without the escapes of SpreadsheetML (`_x000D_`), its lines ended by one `\\n`."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return printable(text.replace("\r\n", "\n").replace("\r", "\n"))


def _date_styles(root: Element) -> frozenset[int]:
    """The numbers of the looks of cells that show a date or a time."""
    own = {
        _whole(each.get("numFmtId")): _UNSAID.sub("", each.get("formatCode", "")).lower()
        for each in _all(root, "numFmt")
    }
    dates = {number for number, code in own.items() if re.search("[ymdhs]", code)} | (_DAYS - own.keys())
    holder = root.find(f"{_S}cellXfs")
    looks: Sequence[Element] = () if holder is None else list(holder)
    return frozenset(at for at, look in enumerate(looks) if _whole(look.get("numFmtId")) in dates)


def _whole(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch("[0-9]{1,7}", text) else None


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
