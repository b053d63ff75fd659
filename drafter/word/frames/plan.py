"""The frame of a plan: cover, contents, and the section that the text goes into. An office may edit it in Word, tags and all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from drafter.ooxml.package import (
    INDEX,
    Relationship,
    content_types_part,
    relations_name,
    relations_part,
    relationship_type,
    zipped,
)
from drafter.ooxml.xml import CORE, DECLARATION, EXTENDED, TYPE_OF_PART, R, W
from drafter.word.footers import footer
from drafter.word.styles import FANGSONG, HEITI, KAITI, LATIN, SONGTI, STANDARD, TITLE, styles_part
from drafter.workspace.profile import LINE, Profile

_PAGE = '<w:pgSz w:w="11906" w:h="16838"/>'
_MARGINS = '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="851" w:footer="1417" w:gutter="0"/>'
_GRID = '<w:docGrid w:type="lines" w:linePitch="579"/>'
_ON_COVER = _MARGINS.replace('w:header="851"', 'w:header="2098"')
_COVER = '<w:headerReference w:type="first" r:id="rId8"/>'
_CORNER = 4 * LINE  # twips of the cover that the lines in its corner may take
_FOOTERS = '<w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/>'

FOOTNOTE_LOOK = '<w:numFmt w:val="decimalEnclosedCircle"/><w:numRestart w:val="eachPage"/>'
SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
    "<w:r><w:separator/></w:r></w:p></w:footnote>"
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
    "<w:r><w:continuationSeparator/></w:r></w:p></w:footnote>"
)


def _cover_section() -> str:
    """The cover has a header of its own, that begins with the type area: its lines are the only part of a file that differs from copy to copy."""
    return _section("<w:titlePg/>", _COVER).replace(_MARGINS, _ON_COVER)


def _section(numbers: str, footers: str = _FOOTERS) -> str:
    return (
        f'<w:sectPr>{footers}<w:footnotePr>{FOOTNOTE_LOOK}</w:footnotePr><w:type w:val="nextPage"/>'
        f"{_PAGE}{_MARGINS}{numbers}{_GRID}</w:sectPr>"
    )


def _paragraph(style: str, text: str, properties: str = "") -> str:
    run = f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t>{text}</w:t></w:r>' if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{run}</w:p>'


def _lines(count: int) -> str:
    return _paragraph("GwSub", "") * count


def _document() -> bytes:
    cover = (
        _paragraph("GwTitle", "{{ 封面标题 }}")
        + _lines(1)
        + _paragraph("GwSub", "{{ 稿次行 }}")
        + _lines(5)  # with a title of four lines the cover is still one page
        + _paragraph("GwUnitName", "{{ 编制单位 }}")
        + _paragraph("GwUnitName", "{{ 封面年月 }}", _cover_section())
    )
    contents = (
        _paragraph("GwContents", "目　　录")
        + _paragraph("GwBody", "{{ 目录 }}")
        + '<w:p><w:pPr><w:pStyle w:val="GwSub"/>'
        + _section("", "")
        + "</w:pPr></w:p>"
    )
    text = _paragraph("GwBody", "{{ 正文 }}") + _section('<w:pgNumType w:fmt="decimal" w:start="1"/>')
    root = f'<w:document xmlns:w="{W}" xmlns:r="{R}">'
    return f"{DECLARATION}{root}<w:body>{cover}{contents}{text}</w:body></w:document>".encode()


def _corner() -> bytes:
    """The header of the cover: a box of fixed height, so that the title stands in the same place however many lines there are."""
    lines = "".join(
        _paragraph("GwCorner", f"{{{{ {tag} }}}}") for tag in ("份号", "密级行", "提示", "收件行")
    )
    table = (
        '<w:tbl><w:tblPr><w:tblW w:w="8845" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        '<w:tblGrid><w:gridCol w:w="8845"/></w:tblGrid>'
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{_CORNER}" w:hRule="exact"/></w:trPr>'
        f'<w:tc><w:tcPr><w:tcW w:w="8845" w:type="dxa"/></w:tcPr>{lines}</w:tc></w:tr></w:tbl>'
    )
    end = _paragraph("Header", "", '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>')
    return f'{DECLARATION}<w:hdr xmlns:w="{W}" xmlns:r="{R}">{table}{end}</w:hdr>'.encode()


def _settings() -> bytes:
    compat = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in (("compatibilityMode", "15"), ("overrideTableStyleFontSizeAndJustification", "1"))
    )
    return (
        f'{DECLARATION}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/>'
        '<w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/><w:drawingGridVerticalSpacing w:val="579"/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/>'
        f'<w:footnotePr>{FOOTNOTE_LOOK}<w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        f'<w:compat><w:doNotExpandShiftReturn/>{compat}</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    ).encode()


_FONTS = (
    (FANGSONG, "仿宋", "modern"),
    (KAITI, "楷体", "modern"),
    (HEITI, "SimHei", "modern"),
    (SONGTI, "SimSun", "auto"),
    (TITLE, "方正小标宋_GBK", "script"),
)


def _font_table() -> bytes:
    latin = f'<w:font w:name="{LATIN}"><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>'
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="{family}"/></w:font>'
        for name, other, family in _FONTS
    )
    return f'{DECLARATION}<w:fonts xmlns:w="{W}">{latin}{fonts}</w:fonts>'.encode()


def _colour(name: str) -> str:
    return "FFFFFF" if name.startswith("lt") else "000000"


def _theme() -> bytes:
    """The smallest theme there is: nothing refers to it, but auditors and some programs expect one."""
    names = (
        "dk1",
        "lt1",
        "dk2",
        "lt2",
        "accent1",
        "accent2",
        "accent3",
        "accent4",
        "accent5",
        "accent6",
        "hlink",
        "folHlink",
    )
    colours = "".join(f'<a:{name}><a:srgbClr val="{_colour(name)}"/></a:{name}>' for name in names)
    font = f'<a:latin typeface="{LATIN}"/><a:ea typeface="{FANGSONG}"/><a:cs typeface="{LATIN}"/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    formats = (
        f"<a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
    )
    fonts = f"<a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont>"
    elements = (
        f'<a:clrScheme name="drafter">{colours}</a:clrScheme><a:fontScheme name="drafter">{fonts}</a:fontScheme>'
        f'<a:fmtScheme name="drafter">{formats}</a:fmtScheme>'
    )
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
    return f'{DECLARATION}<a:theme xmlns:a="{drawing}" name="drafter"><a:themeElements>{elements}</a:themeElements></a:theme>'.encode()


def _properties() -> dict[str, bytes]:
    core = (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:title>{{ 名称 }}</dc:title><dc:language>zh-CN</dc:language></cp:coreProperties>"
    )
    app = f'{DECLARATION}<Properties xmlns="{EXTENDED}"><Application>drafter</Application></Properties>'
    return {"docProps/core.xml": core.encode(), "docProps/app.xml": app.encode()}


def _relations(more: Iterable[tuple[str, str]]) -> dict[str, bytes]:
    names = ("styles", "settings", "fontTable", "footer", "footer", "footnotes", "theme")
    targets = (
        "styles.xml",
        "settings.xml",
        "fontTable.xml",
        "footer1.xml",
        "footer2.xml",
        "footnotes.xml",
        "theme/theme1.xml",
    )
    inner = [
        Relationship(f"rId{number}", relationship_type(name), target)
        for number, (name, target) in enumerate((*zip(names, targets, strict=True), *more), 1)
    ]
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    outer = [
        Relationship("rId1", relationship_type("officeDocument"), "word/document.xml"),
        Relationship("rId2", core, "docProps/core.xml"),
        Relationship("rId3", relationship_type("extended-properties"), "docProps/app.xml"),
    ]
    return {
        relations_name("word/document.xml"): relations_part(inner),
        relations_name(""): relations_part(outer),
    }


def packed(
    document: bytes, profile: Profile = STANDARD, below: int = 0, more: Mapping[str, bytes] | None = None
) -> bytes:
    """A frame of this document. `below` is the space below its page numbers, `more` are headers and footers, related as rId8 and on."""
    more = more or {}
    notes = f'{DECLARATION}<w:footnotes xmlns:w="{W}" xmlns:r="{R}">{SEPARATORS}</w:footnotes>'
    parts = {
        "word/document.xml": document,
        "word/styles.xml": styles_part(profile),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _font_table(),
        "word/footnotes.xml": notes.encode(),
        "word/theme/theme1.xml": _theme(),
        "word/footer1.xml": footer(STANDARD, even=False, below=below),
        "word/footer2.xml": footer(STANDARD, even=True, below=below),
        **{f"word/{name}": body for name, body in more.items()},
        **_properties(),
        **_relations((name.partition(".")[0].rstrip("123456789"), name) for name in more),
    }
    types = {
        f"/{name}": TYPE_OF_PART[name.rsplit("/", 1)[-1].removesuffix(".xml").rstrip("123456789")]
        for name in parts
        if name.endswith(".xml")
    }
    types |= {".rels": "application/vnd.openxmlformats-package.relationships+xml", ".xml": "application/xml"}
    return zipped({**parts, INDEX: content_types_part(types)})


@cache
def plan_frame() -> bytes:
    """`templates/plan.docx`; the same bytes every time."""
    return packed(_document(), more={"header1.xml": _corner()})
