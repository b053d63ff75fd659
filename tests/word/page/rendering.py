"""A Word file as LibreOffice prints it: pages, lines and their places in millimetres from the upper left corner of the sheet."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from tests.word.page.fonts import font_file, lacking

MM = 25.4 / 72
XHTML = "{http://www.w3.org/1999/xhtml}"
TIME_LIMIT = 300


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of text (of a cell: that of the cell alone) without its spaces, and its box. Heights are those of the font."""

    top: float
    bottom: float
    left: float
    right: float
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its place in the file from 1, its size, and its lines from top to bottom."""

    place: int
    width: float
    height: float
    lines: tuple[PrintedLine, ...]

    @property
    def number(self) -> PrintedLine | None:
        """The page number `—1—`, wherever it stands."""
        return next((line for line in reversed(self.lines) if _is_number(line.text)), None)

    @property
    def body(self) -> tuple[PrintedLine, ...]:
        """The lines without the page number."""
        number = self.number
        return tuple(line for line in self.lines if line is not number)

    @property
    def text(self) -> str:
        """All lines but the page number, joined."""
        return "".join(line.text for line in self.body)

    @property
    def turned(self) -> bool:
        """Whether the page is broader than high."""
        return self.width > self.height


def _is_number(text: str) -> bool:
    return text.startswith("—") and text.endswith("—") and text.strip("—").isalnum()


def missing() -> str:
    """Why nothing can be measured here, or empty."""
    for program, package in (("soffice", "LibreOffice"), ("pdftotext", "poppler-utils")):
        if not shutil.which(program):
            return f"{package} ({program}) is not on this machine"
    without = lacking()
    return f"no font here can stand in for {', '.join(without)}" if without else ""


def pdf_of(data: bytes, folder: Path) -> Path:
    """Print a Word file with the stand-in fonts; `folder` gets all that this leaves behind."""
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / "in.docx"
    source.write_bytes(data)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{folder / 'profile'}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=TIME_LIMIT,
        env={**os.environ, "FONTCONFIG_FILE": str(font_file(folder))},
    )
    return folder / "in.pdf"


def pages_of(pdf: Path) -> tuple[Page, ...]:
    """The pages of a PDF file."""
    xml = subprocess.run(
        ["pdftotext", "-bbox-layout", str(pdf), "-"], check=True, capture_output=True, timeout=TIME_LIMIT
    ).stdout
    root = etree.fromstring(xml, etree.XMLParser(recover=True))
    return tuple(_page(page, place) for place, page in enumerate(root.iter(f"{XHTML}page"), 1))


def rendered(data: bytes, folder: Path) -> tuple[Page, ...]:
    """The pages of a Word file."""
    return pages_of(pdf_of(data, folder))


def _page(page: etree._Element, place: int) -> Page:
    lines = sorted(_lines(page), key=lambda line: (line.top, line.left))
    return Page(place, float(page.get("width", "0")) * MM, float(page.get("height", "0")) * MM, tuple(lines))


def _lines(page: etree._Element) -> Iterator[PrintedLine]:
    for line in page.iter(f"{XHTML}line"):
        text = "".join("".join((word.text or "").split()) for word in line)
        top, bottom, left, right = (
            float(line.get(name, "0")) * MM for name in ("yMin", "yMax", "xMin", "xMax")
        )
        if text:
            yield PrintedLine(top, bottom, left, right, text)
