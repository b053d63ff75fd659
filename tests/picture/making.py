"""Word files made in memory: the XML of a body, and of whatever hangs on it."""

from __future__ import annotations

import zipfile
from io import BytesIO

from drafter.picture import read
from drafter.picture.model import Paragraph, Picture, View
from drafter.picture.views import view

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" xmlns:new="urn:new"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TAGS = {"header": "hdr", "footer": "ftr"}
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
ROOT = _RELATIONS.format(
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
)

A = 'w:id="1" w:author="王" w:date="2026-03-01T09:00:00Z"'
B = 'w:id="2" w:author="李" w:date="2026-03-02T09:00:00Z"'


def part(tag: str, inner: str) -> str:
    """A part of WordprocessingML."""
    return f"<w:{tag} {_SPACES}>{inner}</w:{tag}>"


def package(parts: dict[str, str | bytes]) -> bytes:
    """A zip of the parts, in their order."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return buffer.getvalue()


def docx(body: str, **hanging: str) -> bytes:
    """A Word file with this body; `footnotes="…"`, `comments="…"`, `header1="…"` and their like are parts that hang on it.

    The ids of their relationships are their names.
    """
    relations = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{name.rstrip("123456789")}" Target="{name}.xml"/>'
        for name in hanging
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": ROOT,
        "word/document.xml": part("document", f"<w:body>{body}<w:sectPr/></w:body>"),
        "word/_rels/document.xml.rels": _RELATIONS.format(relations),
    }
    for kind, inner in hanging.items():
        parts[f"word/{kind}.xml"] = (
            inner.replace("<w15:commentsEx>", f"<w15:commentsEx {_SPACES}>")
            if kind == "commentsExtended"
            else part(_TAGS.get(kind[:6], kind), inner)
        )
    return package(parts)


def with_part(data: bytes, name: str, body: str | bytes) -> bytes:
    """The file with one part more, or another one in its place."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts: dict[str, str | bytes] = {each: archive.read(each) for each in archive.namelist()}
    return package({**parts, name: body})


def picture(body: str, **hanging: str) -> Picture:
    """The picture of such a file."""
    value = read(docx(body, **hanging), "稿.docx").value
    assert value is not None
    return value


def paragraphs(body: str, **hanging: str) -> tuple[Paragraph, ...]:
    """Its paragraphs."""
    return picture(body, **hanging).paragraphs


def text(paragraph: Paragraph) -> str:
    """All that stands in a paragraph, revisions included."""
    return "".join(run.text for run in paragraph.runs)


def views(body: str, **hanging: str) -> tuple[list[str], list[str]]:
    """The paragraphs before the changes, and after all are accepted."""
    whole = picture(body, **hanging)
    return [v.text for v in view(whole, View.ORIGINAL)], [v.text for v in view(whole, View.ACCEPTED)]


def p(*inner: str, mark: str = "", style: str = "") -> str:
    """A paragraph; `mark` are the revisions of its mark."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}<w:rPr>{mark}</w:rPr></w:pPr>{''.join(inner)}</w:p>"


def r(words: str, looks: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def ins(words: str, who: str = A) -> str:
    """An inserted run."""
    return f"<w:ins {who}>{r(words)}</w:ins>"


def dele(words: str, who: str = B) -> str:
    """A deleted run."""
    return f'<w:del {who}><w:r><w:delText xml:space="preserve">{words}</w:delText></w:r></w:del>'


def field(code: str, result: str) -> str:
    """A complex field; `result` is XML."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def table(*rows: str) -> str:
    """A table of rows."""
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def tr(*cells: str, change: str = "") -> str:
    """A row of cells, each given by its paragraphs."""
    return (
        f"<w:tr><w:trPr>{change}</w:trPr>{''.join(f'<w:tc><w:tcPr/>{cell}</w:tc>' for cell in cells)}</w:tr>"
    )


def section(*shown: str, inner: str = "") -> str:
    """The properties of a section; `shown` are header and footer parts with their pages, `header1:first`."""
    references = "".join(
        f'<w:{name[:6]}Reference w:type="{page}" r:id="{name}"/>'
        for name, _, page in (each.partition(":") for each in shown)
    )
    return f"<w:sectPr>{references}{inner}</w:sectPr>"


def ends(properties: str) -> str:
    """A paragraph that ends a section."""
    return f"<w:p><w:pPr>{properties}</w:pPr></w:p>"
