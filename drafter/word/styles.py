"""The styles of a plan: one table, from which frames are made and what an office's own frame lacks is added.

Values: GB/T 9704-2012 where it rules, and the practice of published plans; sizes in half-points, distances in twips. Every indent in
characters is written in twips too, because not every word processor reads the first; exact line height only where no picture can stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from drafter.ooxml.xml import DECLARATION, W, attribute
from drafter.source.frozen import dataclass
from drafter.workspace.profile import FONTS, HEADINGS, LINE, Profile

FANGSONG, KAITI, HEITI = FONTS["仿宋"], FONTS["楷体"], FONTS["黑体"]
SONGTI, TITLE = FONTS["宋体"], FONTS["小标宋"]
LATIN = Profile().latin
STANDARD = Profile()
PAPER = Profile(kind="gongwen")
"""The profiles that frames are made in; what another wants otherwise is put in their place when a file is written."""

_DENSE = '<w:spacing w:val="-6"/>'  # 28 characters in a line of 156 mm, with a twip left for each: with less LibreOffice 7.4 loses hung punctuation


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph style looks: East Asian font, half-points, what stands before `spacing`, indent, alignment."""

    font: str = ""
    size: int = 0
    keep: str = ""
    spacing: str = ""
    indent: str = ""
    align: str = ""
    outline: int = -1
    run: str = ""  # between the fonts and the size
    tabs: str = ""
    latin: str = LATIN
    border: str = ""


@dataclass(frozen=True, slots=True)
class Style:
    """A style: its id, the name that Word shows, and its look. `kind`: paragraph or character."""

    id: str
    name: str
    look: Look
    based: str = "Normal"
    following: str = ""
    kind: str = "paragraph"


KEEP = "<w:keepNext/>"
_SMALL = '<w:spacing w:before="0" w:after="0" w:line="400" w:lineRule="exact"/>'
AUTO = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
_PICTURE = '<w:spacing w:before="120" w:after="0" w:line="240" w:lineRule="auto"/>'
_BELOW = '<w:spacing w:before="60" w:after="120" w:line="240" w:lineRule="auto"/>'
MIDDLE = 4422
"""Twips from the left to the middle of the type area."""
ANNEX_SIZE = 44
"""Half-points of the title of an annex."""
_EQUATION = f'<w:tabs><w:tab w:val="center" w:pos="{MIDDLE}"/><w:tab w:val="right" w:pos="8845"/></w:tabs>'
_MIDDLE = f'<w:tabs><w:tab w:val="center" w:pos="{MIDDLE}"/></w:tabs>'
_LINE_BELOW = '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'
OFF = '<w:snapToGrid w:val="0"/>'
_TWO = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_TWO_SMALL = '<w:ind w:firstLineChars="200" w:firstLine="480"/>'
NONE = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'


def spaced(before: int, after: int, line: int = LINE) -> str:
    """Space before and after a paragraph, and its exact pitch, in twips."""
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="exact"/>'


EXACT = spaced(0, 0)
_BOLD = "<w:b/><w:bCs/>"
_PLAIN = '<w:b w:val="0"/><w:bCs w:val="0"/>'

_LEVELS = (
    Look(HEITI, 32, KEEP, spaced(290, 290), NONE, "center", run=_PLAIN),
    Look(KAITI, 32, KEEP, spaced(145, 145), NONE, "center", run=_PLAIN),
    Look(HEITI, 32, KEEP, EXACT, _TWO, "both", run=_PLAIN + _DENSE),
    Look(KAITI, 32, KEEP, EXACT, _TWO, "both", run=_PLAIN + _DENSE),
    Look(FANGSONG, 32, KEEP, EXACT, _TWO, "both", run=_BOLD + _DENSE),
    Look(FANGSONG, 32, KEEP, EXACT, _TWO, "both", run=_PLAIN + _DENSE),
)
HEADING_LOOKS: Mapping[str, tuple[Look, ...]] = {
    "章节": _LEVELS,
    "公文": (*_LEVELS[2:], _LEVELS[5], _LEVELS[5]),
}
"""Looks of Heading 1-6 in each numbering scheme."""
_FORMS: Mapping[str, tuple[str, ...]] = {"章节": HEADINGS, "公文": HEADINGS[2:]}


def _paragraphs() -> tuple[Style, ...]:
    return (*_of_text(), *_of_tables(), *_of_margins())


def _of_text() -> tuple[Style, ...]:
    """Styles of the cover and of the running text."""
    return (
        Style("GwBody", "规划正文", Look("", 0, "", EXACT, _TWO, "both", run=_DENSE)),
        Style(
            "GwTitle", "规划标题", Look(TITLE, 64, "", spaced(0, 0, 1000), "", "center"), following="GwBody"
        ),
        Style("GwSub", "规划稿次", Look(KAITI, 32, "", EXACT, "", "center")),
        Style("GwCorner", "规划封面标注", Look(HEITI, 32, "", EXACT, "", "left")),
        Style("GwUnitName", "规划编制单位", Look(KAITI, 32, "", EXACT, "", "center")),
        Style("GwContents", "规划目录标题", Look(HEITI, 36, KEEP, spaced(0, 290, 700), "", "center")),
        Style(
            "GwAnnex",
            "规划附件标题",
            Look(
                TITLE,
                ANNEX_SIZE,
                KEEP + "<w:pageBreakBefore/>" + OFF,
                spaced(0, LINE),
                NONE,
                "left",
                0,
                tabs=_MIDDLE,
            ),
            following="GwBody",
        ),
        Style(
            "GwQuote",
            "规划引文",
            Look(
                KAITI,
                0,
                "",
                "",
                '<w:ind w:leftChars="200" w:left="640" w:firstLineChars="200" w:firstLine="640"/>',
            ),
            "GwBody",
        ),
        Style("GwCode", "规划代码", Look("", 24, "", AUTO, NONE, "left", latin="Courier New")),
        Style("GwRule", "规划分隔线", Look("", 12, "", AUTO, NONE, "center", border=_LINE_BELOW)),
    )


def _of_tables() -> tuple[Style, ...]:
    """Styles of tables and boxes, and of what stands around them."""
    table = Look(
        FANGSONG,
        21,
        OFF,
        '<w:spacing w:before="20" w:after="20" w:line="320" w:lineRule="exact"/>',
        "",
        "center",
    )
    small = Look(FANGSONG, 21, OFF, AUTO, "", "left")
    return (
        Style("GwBoxTitle", "规划专栏标题", Look(HEITI, 24, KEEP + OFF, _SMALL, "", "center")),
        Style("GwBox", "规划专栏正文", Look("", 24, OFF, _SMALL, _TWO_SMALL, "both")),
        Style("GwTbl", "规划表格", table),
        Style("GwTblHead", "规划表头", Look(HEITI, 21, KEEP + OFF, table.spacing, "", "center")),
        Style(
            "GwCaption",
            "规划表题",
            Look(
                HEITI,
                24,
                KEEP + OFF,
                '<w:spacing w:before="120" w:after="60" w:line="240" w:lineRule="auto"/>',
                "",
                "center",
            ),
        ),
        Style("GwFigure", "规划图", Look("", 0, KEEP + OFF, _PICTURE, NONE, "center")),
        Style("GwFigureCaption", "规划图题", Look(HEITI, 24, OFF, _BELOW, NONE, "center")),
        Style("GwEquation", "规划公式", Look("", 0, OFF, _PICTURE, NONE, "left", tabs=_EQUATION)),
        Style("GwUnit", "规划表单位", Look(FANGSONG, 21, KEEP + OFF, AUTO, "", "right")),
        Style(
            "GwNote",
            "规划表注",
            replace(small, spacing='<w:spacing w:before="20" w:after="100" w:line="240" w:lineRule="auto"/>'),
        ),
        Style(
            "GwGap",
            "规划表后空白",
            Look(
                "",
                4,
                OFF,
                '<w:spacing w:before="0" w:after="0" w:line="160" w:lineRule="exact"/>',
                NONE,
                "left",
            ),
        ),
    )


def _of_margins() -> tuple[Style, ...]:
    """Styles of footnotes, contents, headers and footers."""
    contents = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8845"/></w:tabs>'
    entry = '<w:spacing w:before="0" w:after="0" w:line="560" w:lineRule="exact"/>'
    return (
        Style(
            "FootnoteText",
            "footnote text",
            Look(
                SONGTI,
                18,
                OFF,
                AUTO,
                '<w:ind w:leftChars="0" w:left="270" w:hangingChars="150" w:hanging="270"/>',
                "left",
            ),
        ),
        Style("TOC1", "toc 1", Look(HEITI, 28, "", entry, NONE, "left", tabs=contents)),
        Style(
            "TOC2",
            "toc 2",
            Look("", 28, "", entry, '<w:ind w:leftChars="200" w:left="560"/>', "left", tabs=contents),
        ),
        Style("Footer", "footer", Look(SONGTI, 28, OFF, AUTO, "", "right", latin=SONGTI)),
        Style("Header", "header", Look(SONGTI, 18, OFF, AUTO, "", "center", latin=SONGTI)),
    )


_CHARACTERS = (
    Style(
        "FootnoteReference",
        "footnote reference",
        Look(run='<w:vertAlign w:val="superscript"/>'),
        "",
        kind="character",
    ),
    Style("Hyperlink", "Hyperlink", Look(run='<w:color w:val="000000"/>'), "", kind="character"),
    Style("GwTerm", "规划词语", Look(HEITI), "", kind="character"),
    Style("GwCodeText", "规划代码文字", Look(latin="Courier New", font=FANGSONG), "", kind="character"),
)

_BORDER = 'w:val="single" w:sz="{}" w:space="0" w:color="auto"'
_EDGES = "".join(f"<w:{side} {_BORDER.format(8)}/>" for side in ("top", "left", "bottom", "right"))
_INNER = "".join(f"<w:{side} {_BORDER.format(4)}/>" for side in ("insideH", "insideV"))
_MARGINS = '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="{0}" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="{0}" w:type="dxa"/></w:tblCellMar>'
TABLES: Mapping[str, str] = {
    "TableNormal": '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
    '<w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>' + _MARGINS.format(108) + "</w:tblPr></w:style>",
    "GwTable": '<w:style w:type="table" w:customStyle="1" w:styleId="GwTable"><w:name w:val="规划表"/><w:basedOn w:val="TableNormal"/>'
    f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>{_EDGES}{_INNER}</w:tblBorders>{_MARGINS.format(57)}</w:tblPr>'
    '<w:tcPr><w:vAlign w:val="center"/></w:tcPr></w:style>',
    "GwBoxTable": '<w:style w:type="table" w:customStyle="1" w:styleId="GwBoxTable"><w:name w:val="规划专栏"/><w:basedOn w:val="TableNormal"/>'
    f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>{_EDGES}{_INNER}</w:tblBorders>{_MARGINS.format(108)}</w:tblPr></w:style>',
}  # fmt: skip


def heading(level: int, profile: Profile) -> Style:
    """Heading `level` from 1 as the profile's scheme shows it, with what the office wants otherwise."""
    look = HEADING_LOOKS[profile.scheme][level - 1]
    forms = _FORMS[profile.scheme]
    if level <= len(forms):
        wanted = profile.heading(forms[level - 1])
        look = replace(
            look,
            font=FONTS[wanted.font] if wanted.font else look.font,
            size=wanted.size or look.size,
            keep=look.keep + ("<w:pageBreakBefore/>" if wanted.new_page else ""),
            run=look.run if wanted.bold is None else _bold(look.run, bold=wanted.bold),
        )
    return Style(f"Heading{level}", f"heading {level}", look, following="GwBody")


def _bold(run: str, *, bold: bool) -> str:
    return run.replace(_PLAIN, _BOLD) if bold else run.replace(_BOLD, _PLAIN)


def _paragraph_properties(style: Style, profile: Profile) -> str:
    look = style.look
    outline = look.outline
    if style.id.startswith("Heading"):
        outline = int(style.id[-1]) - 1
    before, off, after = look.keep.partition(OFF)
    body = "".join(
        (
            before,
            after,
            look.border,
            look.tabs,
            off,
            look.spacing.replace(f'w:line="{LINE}"', f'w:line="{profile.line}"'),
            look.indent,
            f'<w:jc w:val="{look.align}"/>' if look.align else "",
            f'<w:outlineLvl w:val="{outline}"/>' if outline >= 0 else "",
        )
    )
    return f"<w:pPr>{body}</w:pPr>" if body else ""


_FACES = {name: face for face, name in FONTS.items()}


def _written(font: str, profile: Profile) -> str:
    """A font as an attribute: the office's own where it has one for the face."""
    return attribute(profile.font(_FACES[font]) if font in _FACES else font)


def _fonts(look: Look, profile: Profile) -> str:
    chinese = _written(look.font, profile)
    letters = (profile.latin or look.font) if look.latin == LATIN else look.latin
    latin = f'w:ascii="{_written(letters, profile)}" w:hAnsi="{_written(letters, profile)}" w:cs="{LATIN}"'
    if look.font:
        return f'<w:rFonts {latin} w:eastAsia="{chinese}"/>'
    return f"<w:rFonts {latin}/>" if look.latin != LATIN else ""


def _run_properties(look: Look, profile: Profile) -> str:
    fonts = _fonts(look, profile)
    size = f'<w:sz w:val="{look.size}"/><w:szCs w:val="{look.size}"/>' if look.size else ""
    run, mark, tail = look.run.partition("<w:vertAlign")
    body = f"{fonts}{run}{size}{mark}{tail}"
    return f"<w:rPr>{body}</w:rPr>" if body else ""


def style_xml(style: Style, profile: Profile = STANDARD) -> str:
    """A style as XML."""
    custom = ' w:customStyle="1"' if style.id.startswith("Gw") else ""
    based = f'<w:basedOn w:val="{style.based}"/>' if style.based else ""
    following = f'<w:next w:val="{style.following}"/>' if style.following else ""
    paragraph = _paragraph_properties(style, profile) if style.kind == "paragraph" else ""
    return (
        f'<w:style w:type="{style.kind}"{custom} w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f"{based}{following}<w:qFormat/>{paragraph}{_run_properties(style.look, profile)}</w:style>"
    )


@lru_cache(maxsize=8)
def all_styles(profile: Profile = STANDARD) -> Mapping[str, str]:
    """Every style that the writer may name, by id."""
    from drafter.word.official_styles import paper_styles

    styles = [heading(level, profile) for level in range(1, 7)]
    papers = paper_styles(profile.line) if profile.kind == "gongwen" else ()
    out = {style.id: style_xml(style, profile) for style in (*styles, *_paragraphs(), *_CHARACTERS, *papers)}
    return {**out, **TABLES}


def defaults(profile: Profile = STANDARD) -> str:
    """`w:docDefaults`: the fonts and the size of whatever has no style that says otherwise."""
    look = _fonts(Look(FANGSONG), profile)
    latin, east = look[: look.index(" w:cs")], f'w:eastAsia="{_written(FANGSONG, profile)}"'
    return (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{latin} {east} w:cs="{LATIN}"/><w:sz w:val="32"/><w:szCs w:val="32"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    )


def styles_part(profile: Profile = STANDARD) -> bytes:
    """`word/styles.xml` of a frame."""
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl w:val="0"/>'
        '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:jc w:val="both"/></w:pPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>'
        '<w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
    )
    return f'{DECLARATION}<w:styles xmlns:w="{W}">{defaults(profile)}{normal}{"".join(all_styles(profile).values())}</w:styles>'.encode()
