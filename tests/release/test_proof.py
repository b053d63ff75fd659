"""What a public file must not hold is found wherever it hides."""

import pytest

from drafter.ooxml.package import zipped
from drafter.release.proof import prove

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_W15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'


def found(part: str, xml: str, *words: str) -> dict[str, tuple[str, ...]]:
    return {proof.what: proof.found for proof in prove(zipped({part: xml.encode()}), words) if proof.found}


@pytest.mark.parametrize(
    ("part", "xml"),
    [
        ("word/people.xml", f'<w15:people {_W15}><w15:person w15:author="张三"/></w15:people>'),
        ("word/document.xml", f'<w:document {_W}><w:ins w:author="张三"/></w:document>'),
        ("docProps/core.xml", "<x><creator>张三</creator></x>"),
        (
            "word/_rels/settings.xml.rels",
            '<Relationships><Relationship Target="file:///C:/张三/a.dotx"/></Relationships>',
        ),
    ],
)
def test_people_are_found(part: str, xml: str) -> None:
    (who,) = found(part, xml)["authors"]
    assert who.startswith(part)
    assert "张三" in who


def test_internal_words_are_found_across_runs_with_what_is_around_them() -> None:
    runs = "<w:r><w:t>由养老</w:t></w:r><w:r><w:t>科负责</w:t></w:r>"
    xml = f"<w:document {_W}><w:p>{runs}</w:p></w:document>"
    assert found("word/document.xml", xml, "养老科", "机关党委") == {"words": ("由养老科负责",)}


@pytest.mark.parametrize(
    ("part", "xml"),
    [
        ("docProps/core.xml", "<x><title>养老科工作稿</title></x>"),
        ("word/settings.xml", f'<w:settings {_W}><w:docVar w:val="养老科"/></w:settings>'),
        ("word/document.xml", f'<w:document {_W}><docPr descr="养老科的照片"/></w:document>'),
        ("word/_rels/document.xml.rels", '<Relationships><Relationship Target="http://x/养老科"/></Relationships>'),
    ],
)  # fmt: skip
def test_internal_words_that_are_not_printed_are_found_too(part: str, xml: str) -> None:
    (words,) = found(part, xml, "养老科")["words"]
    assert words.startswith(f"{part} ")


def test_words_that_are_written_as_numbers_are_found_too() -> None:
    numbers = "".join(f"&#{ord(sign)};" for sign in "养老科")
    assert "words" in found("xl/worksheets/sheet1.xml", f"<x><t>{numbers}</t></x>", "养老科")
    other = '<?xml version="1.0" encoding="UTF-16"?><x><t>养老科</t></x>'.encode("utf-16")
    assert [proof.what for proof in prove(zipped({"a.xml": other}), ("养老科",)) if proof.found] == ["words"]


def test_an_empty_word_of_the_list_is_none() -> None:
    assert (
        found("word/document.xml", f"<w:document {_W}><w:p><w:r><w:t>字</w:t></w:r></w:p></w:document>", "")
        == {}
    )
