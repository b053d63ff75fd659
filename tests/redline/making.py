"""Whole, valid Word files made in memory, and the redline of two of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from drafter.ooxml.lint import Finding, lint
from drafter.ooxml.package import (
    INDEX,
    Relationship,
    content_types_part,
    relations_part,
    relationship_type,
    zipped,
)
from drafter.ooxml.xml import DECLARATION, TYPE_OF_PART, R, W
from drafter.picture import read
from drafter.picture.model import View
from drafter.picture.views import view
from drafter.redline import redline
from drafter.redline.making import Redline, Settings
from drafter.redline.resolve import Revisions
from drafter.redline.stamp import Signature
from tests.redline.saying import said

SETTINGS = Settings(Signature("规划财务科", "2026-03-01T09:00:00Z"), ("旧.docx", "新.docx"))
SECTION = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
_SPACES = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="footnote text"/><w:basedOn w:val="a"/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="a1"><w:name w:val="Normal Table"/></w:style>'
)
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)


def p(words: str = "", style: str = "", *, mark: str = "") -> str:
    """A paragraph of one run."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties = f"<w:pPr>{properties}{mark}</w:pPr>" if properties or mark else ""
    return f"<w:p>{properties}{r(words) if words else ''}</w:p>"


def r(words: str, looks: str = "") -> str:
    """A run; `looks` are elements of `w:rPr`."""
    looks = f"<w:rPr>{looks}</w:rPr>" if looks else ""
    return f'<w:r>{looks}<w:t xml:space="preserve">{words}</w:t></w:r>'


def table(*rows: str, widths: str = "", columns: int = 0) -> str:
    """A table; each row is its cells' words, parted by `|`."""
    count = columns or rows[0].count("|") + 1
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in (widths.split() or ["2000"] * count))
    made = "".join(row if row.startswith("<") else tr(*row.split("|")) for row in rows)
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{made}</w:tbl>'


def tr(*cells: str) -> str:
    """A row; a cell is words or its blocks."""
    return f"<w:tr>{''.join(tc(cell) for cell in cells)}</w:tr>"


def tc(cell: str, properties: str = "") -> str:
    """A cell."""
    content = cell if cell.startswith("<") else p(cell)
    return f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/>{properties}</w:tcPr>{content}</w:tc>'


def note(id: int) -> str:
    """The mark of a footnote."""
    return f'<w:r><w:footnoteReference w:id="{id}"/></w:r>'


def field(code: str, result: str) -> str:
    """A complex field."""

    def char(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    return f"{char('begin')}{code}{char('separate')}{r(result)}{char('end')}"


def word(  # noqa: PLR0913 -- the parts of a file
    body: str,
    footnotes: Mapping[int, str] | None = None,
    *,
    styles: str = STYLES,
    numbering: str = "",
    header: str = "",
    comments: str = "",
    links: Mapping[str, str] | None = None,
    pictures: Mapping[str, bytes] | None = None,
    section: str = SECTION,
) -> bytes:
    """A Word file with this body; footnotes by number, links and pictures by the id of their relationship."""
    roots = {"document": f"<w:body>{body}{section}</w:body>", "styles": styles}
    if footnotes is not None:
        made = "".join(f'<w:footnote w:id="{id}">{text}</w:footnote>' for id, text in footnotes.items())
        roots["footnotes"] = _SEPARATORS + made
    roots |= {name: text for name, text in (("numbering", numbering), ("comments", comments)) if text}
    tags = {"footnotes": "footnotes", "document": "document", "header": "hdr"}
    if header:
        roots["header"] = header
        reference = '<w:sectPr><w:headerReference w:type="default" r:id="header"/>'
        roots["document"] = roots["document"].replace("<w:sectPr>", reference)
    known = [
        Relationship(name, relationship_type(name), f"{name}.xml") for name in roots if name != "document"
    ]
    known += [
        Relationship(id, relationship_type("hyperlink"), to, external=True)
        for id, to in (links or {}).items()
    ]
    types = {".rels": "application/vnd.openxmlformats-package.relationships+xml", ".xml": "application/xml"}
    types |= {f"/word/{name}.xml": TYPE_OF_PART[name] for name in roots}
    parts: dict[str, bytes] = {}
    for id, data in (pictures or {}).items():
        known.append(Relationship(id, relationship_type("image"), f"media/{id}.png"))
        parts[f"word/media/{id}.png"] = data
        types[".png"] = "image/png"
    for name, text in roots.items():
        tag = tags.get(name, name)
        parts[f"word/{name}.xml"] = f"{DECLARATION}<w:{tag} {_SPACES}>{text}</w:{tag}>".encode()
    parts["word/_rels/document.xml.rels"] = relations_part(known)
    parts["_rels/.rels"] = relations_part(
        [Relationship("r1", relationship_type("officeDocument"), "word/document.xml")]
    )
    parts[INDEX] = content_types_part(types)
    return zipped(parts)


def compared(old: bytes, new: bytes, settings: Settings = SETTINGS) -> Redline:
    """The redline of two files, held to what it promises."""
    value = redline(old, new, settings).value
    assert value is not None
    assert said(value.data, Revisions.ACCEPT) == said(new)
    assert said(value.data, Revisions.REJECT) == said(old)
    return value


def reading(old: bytes, new: bytes, how: Revisions) -> Redline:
    """The same for files that hold tracked changes themselves."""
    value = redline(old, new, replace(SETTINGS, revisions=how)).value
    assert value is not None
    assert said(value.data, Revisions.ACCEPT) == said(new, how)
    assert said(value.data, Revisions.REJECT) == said(old, how)
    return value


def paragraphs(data: bytes, kind: View) -> list[tuple[str, bool, str]]:
    """What the picture of a file reads: words, whether in a cell, kind of story."""
    value = read(data, "稿.docx").value
    assert value is not None
    return [(each.text, each.cell is None, each.story.partition(":")[0]) for each in view(value, kind)]


def faults(made: bytes, *sources: bytes) -> list[Finding]:
    """What the linter says of a redline and of neither source: a source may lack a title or a language, and so may its redline."""
    known = {finding.kind for source in sources for finding in lint(source)}
    return [finding for finding in lint(made) if finding.kind not in known]
