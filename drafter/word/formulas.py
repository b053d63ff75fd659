"""TeX to Word's own formulas (OMML), by pandoc: one call for all that a process has not met yet, none where there is no formula."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Mapping
from functools import lru_cache
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from drafter.ooxml.normal import Element
from drafter.ooxml.xml import w

_SPACE = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MATH = f"{_SPACE}oMath"
_PATIENCE = 60
_known: dict[str, str] = {}


class NoPandoc(Exception):
    """Pandoc cannot be started, or did not answer."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def formulas(tex: Iterable[str]) -> Mapping[str, str]:
    """The formula of each text as `m:oMath`, empty for one that is no TeX. Raises `NoPandoc`."""
    wanted = tuple(dict.fromkeys(tex))
    new = [each for each in wanted if each not in _known]
    if new:
        _known.update(zip(new, _converted(new), strict=True))
    return {each: _known[each] for each in wanted}


@lru_cache(maxsize=1024)
def read_out(xml: str) -> str:
    """What a formula says, sign by sign, without how it is built: what is kept of its looks differs between word processors."""
    from lxml import etree

    return "".join(str(each.text or "") for each in etree.fromstring(xml).iter(f"{_SPACE}t"))


def _converted(tex: list[str]) -> list[str]:
    from lxml import etree

    try:
        with ZipFile(BytesIO(_pandoc(tex))) as archive:
            root = etree.fromstring(archive.read("word/document.xml"))
    except (BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise NoPandoc(str(error)) from error
    found = []
    for paragraph in root.iter(w("p")):
        math = paragraph.find(f".//{_MATH}")
        # what pandoc cannot read it prints as words
        found.append("" if math is None else _alone(math))
    if len(found) != len(tex):
        raise NoPandoc(f"{len(found)} / {len(tex)}")
    return found


def _alone(math: Element) -> str:
    """A formula as a text of its own, without the namespaces that only pandoc's document needs."""
    from lxml import etree

    alone = etree.fromstring(etree.tostring(math, with_tail=False))
    etree.cleanup_namespaces(alone)
    return etree.tostring(alone, encoding="unicode")


def _pandoc(tex: list[str]) -> bytes:
    import pypandoc

    blocks = [{"t": "Para", "c": [{"t": "Math", "c": [{"t": "InlineMath"}, each]}]} for each in tex]
    document = {"pandoc-api-version": [1, 23], "meta": {}, "blocks": blocks}
    try:
        done = subprocess.run(  # noqa: S603 -- pandoc as the wheel brings it
            [pypandoc.get_pandoc_path(), "-f", "json", "-t", "docx", "-o", "-"],
            input=json.dumps(document).encode(),
            capture_output=True,
            timeout=_PATIENCE,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise NoPandoc(str(error)) from error
    return done.stdout
