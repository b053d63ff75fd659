"""The key `format` of the workspace's file and of a plan's: the office's settings, and what a plan sets otherwise, key by key."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from drafter.source.yaml import Node, Scalar
from drafter.workspace.fields import (
    Choice,
    Entries,
    Field,
    Flag,
    JsonSchema,
    Number,
    Pattern,
    Record,
    Report,
)
from drafter.workspace.profile import (
    FONTS,
    HEADINGS,
    NUMBERED,
    PAGE_NUMBERS,
    SAME_AS_CHINESE,
    SIZES,
    HeadingForm,
    Profile,
)

_LEAST, _MOST = Decimal(26), Decimal(32)
_TWIPS = 20  # of a point


class Pitch:
    """Points between lines; what is far from the standard's 22 lines on a page is a slip of the finger."""

    def read(self, node: Node, key: str, report: Report) -> Decimal | None:
        """The points, which are whole twips."""
        found = Number().read(node, key, report)
        if found is None or not isinstance(node, Scalar):
            return None
        if not _LEAST <= found <= _MOST or found * _TWIPS % 1:
            report.add("workspace.format-line", node, value=node.text)
            return None
        return found

    def schema(self) -> JsonSchema:
        """A number within the bounds."""
        return {"type": "number", "minimum": int(_LEAST), "maximum": int(_MOST), "multipleOf": 0.05}


# A font's name goes into attributes, and into the table of fonts by itself.
_FONT_NAME = Pattern(r"[^\s<>&\"'][^<>&\"'\x00-\x1f]{0,30}", "workspace.format-font")


class HeadingShape:
    """What may be said of a form of heading."""

    FONT = Field("font", Choice(tuple(FONTS)), "字体")
    SIZE = Field("size", Choice(tuple(SIZES)), "字号")
    BOLD = Field("bold", Flag(), "加粗与否")
    NEW_PAGE = Field("new_page", Flag(), "另起一页")
    RECORD = Record((FONT, SIZE, BOLD, NEW_PAGE))


class FormatShape:
    """`format`."""

    LINE = Field("line", Pitch(), "正文行距，单位磅；28.95 撑满版心")
    LATIN = Field("latin", _FONT_NAME, f"数字和西文的字体；{SAME_AS_CHINESE} 则随汉字")
    FACES = tuple(Field(face, _FONT_NAME, f"{face}用的字体名称") for face in FONTS)
    FONTS = Field("fonts", Record(FACES), "各种字体在 Word 里的名称")
    FORMS = tuple(Field(form, HeadingShape.RECORD, f"“{form}”这一级标题") for form in HEADINGS)
    HEADINGS = Field("headings", Record(FORMS), "各级标题的字体、字号、加粗")
    PAGE_NUMBER = Field("page_number", Choice(PAGE_NUMBERS), "页码的位置：单页居右、双页居左，或居中")
    DASHES = Field("page_dashes", Flag(), "页码两边有无一字线")
    NUMBERING = Field("numbering", Choice(NUMBERED), "编号是 Word 的自动编号（native）还是文字（literal）")
    RECORD = Record((LINE, LATIN, FONTS, HEADINGS, PAGE_NUMBER, DASHES, NUMBERING))


FORMAT = Field("format", FormatShape.RECORD, "版式：各单位做法不同的地方")


def read_format(entries: Entries | None, above: Profile) -> Profile:
    """The settings of a `format`; what it does not say is as `above`."""
    if entries is None:
        return above
    made = replace(above, fonts=_fonts(entries, above), headings=_headings(entries, above))
    line = entries.get(FormatShape.LINE)
    if line is not None:
        made = replace(made, line=int(line * _TWIPS))
    latin = entries.get(FormatShape.LATIN)
    if latin is not None:
        made = replace(made, latin="" if latin.text == SAME_AS_CHINESE else latin.text)
    place = entries.get(FormatShape.PAGE_NUMBER)
    numbering = entries.get(FormatShape.NUMBERING)
    dashes = entries.get(FormatShape.DASHES)
    return replace(
        made,
        page_number=made.page_number if place is None else place.text,
        dashes=made.dashes if dashes is None else dashes,
        literal=made.literal if numbering is None else numbering.text == "literal",
    )


def _fonts(entries: Entries, above: Profile) -> tuple[tuple[str, str], ...]:
    given = entries.get(FormatShape.FONTS)
    found = dict(above.fonts)
    for field in FormatShape.FACES if given is not None else ():
        name = given.get(field) if given is not None else None
        if name is not None:
            found[field.name] = name.text
    return tuple(sorted(found.items()))


def _headings(entries: Entries, above: Profile) -> tuple[tuple[str, HeadingForm], ...]:
    given = entries.get(FormatShape.HEADINGS)
    found = dict(above.headings)
    for field in FormatShape.FORMS if given is not None else ():
        form = given.get(field) if given is not None else None
        if form is not None:
            found[field.name] = _heading(form, above.heading(field.name))
    return tuple(sorted(found.items()))


def _heading(given: Entries, above: HeadingForm) -> HeadingForm:
    size, new_page = given.get(HeadingShape.SIZE), given.get(HeadingShape.NEW_PAGE)
    bold = given.get(HeadingShape.BOLD)
    return HeadingForm(
        given.text(HeadingShape.FONT, above.font),
        above.size if size is None else SIZES[size.text],
        above.bold if bold is None else bold,
        above.new_page if new_page is None else new_page,
    )
