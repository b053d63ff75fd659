"""A picture as a drawing that stands in the line, in EMU (914400 to the inch, 635 to the twip)."""

from __future__ import annotations

from functools import lru_cache

from drafter.document.tree import Picture, Width
from drafter.ooxml.images import checksum
from drafter.ooxml.xml import R, escaped
from drafter.workspace.pictures import PictureFile

LINE_WIDTH = 8845
"""Twips of a line of the running text, for pictures that stand in one."""
TALLEST = 11000
"""Twips: a page less room for the caption."""

_TWIP, _INCH = 635, 914400
_DECORATIVE = (
    "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"  # [MS-ODRAWXML] 2.2: a picture that a screen reader passes over
)
_DECOR = "http://schemas.microsoft.com/office/drawing/2017/decorative"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"

_UNSAID = f'<a:extLst xmlns:a="{_A}"><a:ext uri="{_DECORATIVE}"><adec:decorative xmlns:adec="{_DECOR}" val="1"/></a:ext></a:extLst>'
"""Of a picture without words, as `![](…)` says."""


def extent(file: PictureFile, width: Width | None, line: int) -> tuple[int, int]:
    """Breadth and height: as asked for, else natural; never broader than the line nor taller than a page."""
    most = line * _TWIP
    if width is None:
        across = file.width * _INCH
    else:
        across = most * width.share if width.share else width.inches * _INCH
    across = min(across, most)
    down = across * file.height / file.width
    if down > TALLEST * _TWIP:
        across, down = across * TALLEST * _TWIP / down, TALLEST * _TWIP
    return max(round(across), 1), max(round(down), 1)


def drawing(picture: Picture, file: PictureFile, line: int, relation: str, number: int) -> str:
    """The run that shows a picture; `number` is its own in the document."""
    across, down = extent(file, picture.width, line)
    said = escaped(picture.alt).replace('"', "&quot;").replace("\n", " ")
    named = f'<wp:docPr id="{number}" name="图片 {number}" descr="{said}"'
    named += "/>" if said.strip() else f">{_UNSAID}</wp:docPr>"
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{across}" cy="{down}"/>{named}'
        f'<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{_A}" noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic xmlns:a="{_A}"><a:graphicData uri="{_PIC}"><pic:pic xmlns:pic="{_PIC}">'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="图片 {number}" descr="{said}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip xmlns:r="{R}" r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{across}" cy="{down}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def known_again(file: PictureFile, width: Width | None, line: int) -> str:
    """What a picture is known by in a returned file: checksum and length of its bytes, breadth and height in EMU and in pixels, its form."""
    across, down = extent(file, width, line)
    pixels = file.pixels
    return f"{_checksum(file)} {across} {down} {pixels[0]} {pixels[1]} {file.form}"


@lru_cache(maxsize=1024)
def _checksum(file: PictureFile) -> str:
    return checksum(file.data)
