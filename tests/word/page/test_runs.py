"""What no picture shows, because LibreOffice hides it: the hint of every run with Chinese punctuation, and no font of a theme."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

from drafter.actions.composing import Composer, loaded
from drafter.actions.settings import settings_for
from drafter.word.canary import canary
from tests.word.reading_back import W
from tests.word.trees import specimen

ROOT = Path(__file__).resolve().parents[3]
PUNCTUATION = frozenset("“”‘’…—·")


def _specimen() -> bytes:
    plan, blocks = specimen()
    value = plan.written(*blocks).value
    assert value
    return value.data


def _sample() -> Iterator[bytes]:
    workspace, _ = loaded(ROOT)
    composer = Composer(workspace)
    for plan in workspace.plans.values():
        settings = settings_for(workspace, plan, None, None, internal=False, public=False)
        file = composer.written(plan, settings).value
        assert file
        yield file.data


@pytest.fixture(scope="module")
def files() -> list[bytes]:
    """Everything there is: the specimen, the canary and the sample's plans."""
    return [_specimen(), canary(), *_sample()]


def _parts(data: bytes) -> dict[str, etree._Element]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {
            name: etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.startswith("word/") and name.endswith(".xml")
        }


def test_every_run_with_chinese_punctuation_has_the_hint(files: list[bytes]) -> None:
    seen = 0
    for data in files:
        for name, root in _parts(data).items():
            for run in root.iter(f"{W}r"):
                text = "".join(each.text or "" for each in run.iter(f"{W}t", f"{W}delText"))
                if PUNCTUATION & set(text):
                    seen += 1
                    fonts = run.find(f"{W}rPr/{W}rFonts")
                    hint = "" if fonts is None else fonts.get(f"{W}hint")
                    assert hint == "eastAsia", f"{name}: {text}"
    assert seen > 200


def test_every_level_of_a_list_that_prints_such_a_sign_has_the_hint(files: list[bytes]) -> None:
    for data in files:
        for level in _parts(data)["word/numbering.xml"].iter(f"{W}lvl"):
            fonts = level.find(f"{W}rPr/{W}rFonts")
            assert fonts is not None
            assert fonts.get(f"{W}hint") == "eastAsia"


def test_no_font_comes_from_a_theme(files: list[bytes]) -> None:
    for data in files:
        for name, root in _parts(data).items():
            for fonts in root.iter(f"{W}rFonts"):
                assert not [key for key in map(str, fonts.attrib) if key.endswith("Theme")], name


def test_odd_and_even_pages_are_told_apart_in_the_settings_only(files: list[bytes]) -> None:
    for data in files:
        there = [
            name
            for name, root in _parts(data).items()
            if next(root.iter(f"{W}evenAndOddHeaders"), None) is not None
        ]
        assert there == ["word/settings.xml"]


def test_every_indent_in_characters_stands_in_twips_too(files: list[bytes]) -> None:
    for data in files:
        for name, root in _parts(data).items():
            for indent in root.iter(f"{W}ind"):
                keys = {str(key).removeprefix(W) for key in indent.attrib}
                for key in keys:
                    if key.endswith("Chars"):
                        assert key.removesuffix("Chars") in keys, name
