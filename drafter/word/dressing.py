"""What an issued file has beside its text: changes tracked from the first key on, and a watermark behind every page. Put into the frame, before anything is written.

Tracking is switched on, so that reviewers need not think of it; enforcing it is for those who ask, because offices merge their own people's
changes before they answer. The watermark is the one that Word itself makes: WordArt in the headers (ECMA-376 part 4, 19.1.2).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO

from drafter.ooxml.normal import Element
from drafter.ooxml.package import (
    INDEX,
    Relationship,
    content_types,
    content_types_part,
    relations,
    relations_name,
    relations_part,
    relationship_type,
    resolved,
    unzipped,
    zipped,
)
from drafter.ooxml.parts import parsed, serialised
from drafter.ooxml.xml import DECLARATION, TYPE_OF_PART, R, W, attribute, w
from drafter.source.frozen import dataclass

_MAIN, _SETTINGS, _HEADER = "word/document.xml", "word/settings.xml", "word/headerMark.xml"
_RELATION = "rIdMark"
_ID = f"{{{R}}}id"

# CT_Settings is a sequence: these stand before w:trackRevisions (ECMA-376 part 1, A.1).
_BEFORE = frozenset(
    map(
        w,
        [
            "writeProtection",
            "view",
            "zoom",
            "removePersonalInformation",
            "removeDateAndTime",
            "doNotDisplayPageBoundaries",
            "displayBackgroundShape",
            "printPostScriptOverText",
            "printFractionalCharacterWidth",
            "printFormsData",
            "embedTrueTypeFonts",
            "embedSystemFonts",
            "saveSubsetFonts",
            "saveFormsData",
            "mirrorMargins",
            "alignBordersAndEdges",
            "bordersDoNotSurroundHeader",
            "bordersDoNotSurroundFooter",
            "gutterAtTop",
            "hideSpellingErrors",
            "hideGrammaticalErrors",
            "activeWritingStyle",
            "proofState",
            "formsDesign",
            "attachedTemplate",
            "linkStyles",
            "stylePaneFormatFilter",
            "stylePaneSortMethod",
            "documentType",
            "mailMerge",
            "revisionView",
        ],
    )
)


@dataclass(frozen=True, slots=True)
class Dress:
    """What is asked for: tracking switched on, and even enforced; the words of a watermark, or none."""

    tracking: bool = False
    enforced: bool = False
    watermark: str = ""


def noted_dress(noted: Mapping[str, str]) -> Dress:
    """What the noted settings of a file say of it."""
    return Dress(bool(noted.get("tracking")), bool(noted.get("enforced")), noted.get("watermark", ""))


def dressed(frame: bytes, dress: Dress) -> bytes:
    """The frame with it; one that is no Word file is given back as it is, for its checks to say so."""
    if dress == Dress() or not zipfile.is_zipfile(BytesIO(frame)):
        return frame
    parts = unzipped(frame)
    if _MAIN not in parts:
        return frame
    if dress.tracking or dress.enforced:
        _track(parts, enforced=dress.enforced)
    if dress.watermark:
        _mark(parts, dress.watermark)
    return zipped(parts)


def _track(parts: dict[str, bytes], *, enforced: bool) -> None:
    root = parsed(parts.get(_SETTINGS) or f'{DECLARATION}<w:settings xmlns:w="{W}"/>'.encode())
    for old in (*root.findall(w("trackRevisions")), *root.findall(w("documentProtection"))):
        root.remove(old)
    new = "<w:trackRevisions/>"
    if enforced:
        new += '<w:documentProtection w:edit="trackedChanges" w:enforcement="1"/>'
    at = sum(child.tag in _BEFORE for child in root)
    for offset, child in enumerate(parsed(f'<x xmlns:w="{W}">{new}</x>'.encode())):
        root.insert(at + offset, child)
    parts[_SETTINGS] = serialised(root)
    _belongs(parts, _SETTINGS, "settings", "rIdTracking")


def _mark(parts: dict[str, bytes], words: str) -> None:
    """The words into every header there is; pages that have none inherit a new one from the first section."""
    root = parsed(parts[_MAIN])
    first = next(root.iter(w("sectPr")), None)
    if first is None:
        return
    names = {each.id: resolved(_MAIN, each.target) for each in relations(parts, _MAIN)}
    headers = dict.fromkeys(
        names[each.get(_ID, "")] for each in root.iter(w("headerReference")) if each.get(_ID) in names
    )
    for count, name in enumerate(headers, 1):
        if name in parts:
            parts[name] = _marked(parts[name], words, count)
    there = {each.get(w("type")) for each in first.iter(w("headerReference"))}
    for type in sorted({"default", "even"} - there):
        first.insert(
            0,
            parsed(
                f'<w:headerReference xmlns:w="{W}" xmlns:r="{R}" w:type="{type}" r:id="{_RELATION}"/>'.encode()
            ),
        )
    if not {"default", "even"} <= there:
        empty = f'{DECLARATION}<w:hdr xmlns:w="{W}" xmlns:r="{R}"><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr></w:p></w:hdr>'
        parts[_HEADER] = _marked(empty.encode(), words, len(headers) + 1)
        _belongs(parts, _HEADER, "header", _RELATION)
    parts[_MAIN] = serialised(root)


def _belongs(parts: dict[str, bytes], name: str, kind: str, id: str) -> None:
    """The part is of this type, and the document's."""
    types = content_types(parts)
    if types.get(f"/{name}") != TYPE_OF_PART[kind]:
        parts[INDEX] = content_types_part({**types, f"/{name}": TYPE_OF_PART[kind]})
    there = relations(parts, _MAIN)
    if name not in {resolved(_MAIN, each.target) for each in there}:
        own = Relationship(id, relationship_type(kind), name.removeprefix("word/"))
        parts[relations_name(_MAIN)] = relations_part((*there, own))


def _marked(header: bytes, words: str, count: int) -> bytes:
    """The header with the watermark in the first paragraph that stands outside all tables; it takes no room there."""
    root = parsed(header)
    paragraph = next(iter(_open_paragraphs(root)), None)
    if paragraph is None:
        paragraph = parsed(f'<w:p xmlns:w="{W}"/>'.encode())
        root.append(paragraph)
    look = paragraph.find(w("pPr"))
    paragraph.insert(0 if look is None else 1, parsed(_art(words, count).encode()))
    return serialised(root)


def _open_paragraphs(root: Element) -> Iterator[Element]:
    return (child for child in root if child.tag == w("p"))


def _art(words: str, count: int) -> str:
    """Word's own watermark: grey letters across the page from below left, behind the text, as broad as there are words."""
    points = min(104 * max(len(words), 2), 415)
    style = (
        f"position:absolute;margin-left:0;margin-top:0;width:{points}pt;height:104pt;rotation:315;z-index:-251658752;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;mso-position-vertical-relative:margin"
    )
    formulas = (
        "sum #0 0 10800", "prod #0 2 1", "sum 21600 0 @1", "sum 0 0 @2", "sum 21600 0 @3", "if @0 @3 0", "if @0 21600 @1",
        "if @0 0 @2", "if @0 @4 21600", "mid @5 @6", "mid @8 @5", "mid @7 @8", "mid @6 @7", "sum @6 0 @5",
    )  # fmt: skip
    lines = "".join(f'<v:f eqn="{each}"/>' for each in formulas)
    return (
        f'<w:r xmlns:w="{W}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
        "<w:rPr><w:noProof/></w:rPr><w:pict>"
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">'
        f"<v:formulas>{lines}</v:formulas>"
        '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>'
        '<v:textpath on="t" fitshape="t"/><v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles>'
        '<o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
        f'<v:shape id="PowerPlusWaterMarkObject{count}" o:spid="_x0000_s{2048 + count}" type="#_x0000_t136" style="{style}" '
        'o:allowincell="f" fillcolor="silver" stroked="f"><v:fill opacity=".5"/>'
        f'<v:textpath style="font-family:&quot;宋体&quot;;font-size:1pt" string="{attribute(words)}"/></v:shape></w:pict></w:r>'
    )
