import struct
import zipfile
from io import BytesIO

import pytest

from drafter.ooxml.reading import Limits, open_package, relations
from drafter.picture import read
from drafter.source.issues import Refused
from drafter.source.messages import text as said
from tests.picture.making import ROOT, TYPES, docx, p, package, part, r

BODY = part("document", f"<w:body>{p(r('甲'))}</w:body>")
BARE: dict[str, str | bytes] = {"[Content_Types].xml": TYPES, "_rels/.rels": ROOT, "word/document.xml": BODY}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def rels(*targets: str) -> str:
    inner = "".join(
        f'<Relationship Id="r{i}" Type="x/{t}/officeDocument" Target="{t}"/>' for i, t in enumerate(targets)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'


def twice() -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in (*BARE, "WORD/document.xml"):
            archive.writestr(name, BARE.get(name, BODY))
    return buffer.getvalue()


def locked() -> bytes:
    data = bytearray(package(BARE))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(mark)
        while start >= 0:
            data[start + at] |= 1
            start = data.find(mark, start + 1)
    return bytes(data)


def corrupted(name: str) -> bytes:
    """A byte of this part is changed in the zip, so that its checksum is wrong."""
    data = bytearray(package(BARE))
    with zipfile.ZipFile(BytesIO(bytes(data))) as archive:
        header = archive.getinfo(name).header_offset
    size, extra = struct.unpack("<HH", data[header + 26 : header + 30])
    data[header + 30 + size + extra + 20] ^= 0xFF
    return bytes(data)


ENTITIES = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
DEEP = "<w:ins>" * 400 + "</w:ins>" * 400

BAD = [
    ("an empty file", b"", "ooxml.empty"),
    ("text", "这不是 Word".encode(), "ooxml.not-zip"),
    ("rich text", rb"{\rtf1 abc}", "ooxml.not-zip"),
    ("an old .doc", OLE, "ooxml.old-format"),
    ("an encrypted .docx", OLE + "EncryptedPackage".encode("utf-16-le"), "ooxml.encrypted"),
    ("a zip with a password", locked(), "ooxml.encrypted"),
    ("half a file", docx(p(r("甲")))[:700], "ooxml.truncated"),
    ("a file without its last bytes", docx(p(r("甲")))[:-10], "ooxml.truncated"),
    ("a broken document part", corrupted("word/document.xml"), "ooxml.damaged"),
    ("a bomb", package(BARE | {"word/media/a.bin": b"\0" * 5_000_000}), "ooxml.bomb"),
    ("a bomb of XML", package(BARE | {"word/styles.xml": b"<a>" + b" " * 5_000_000 + b"</a>"}), "ooxml.bomb"),
    ("a path upward", package(BARE | {"word/../../x.xml": "<a/>"}), "ooxml.path"),
    ("a path upward in the manner of Windows", package(BARE | {"..\\x.xml": "<a/>"}), "ooxml.path"),
    ("a path from the root", package(BARE | {"/etc/x.xml": "<a/>"}), "ooxml.path"),
    ("a path on a drive", package(BARE | {"C:/x.xml": "<a/>"}), "ooxml.path"),
    ("a part twice", twice(), "ooxml.doubled-part"),
    ("entities in the text", package(BARE | {"word/document.xml": ENTITIES + BODY}), "ooxml.entities"),
    (
        "entities in a part that nobody reads",
        package(BARE | {"word/theme/a.xml": ENTITIES + "<w/>"}),
        "ooxml.entities",
    ),
    (
        "a DTD in UTF-16",
        package(BARE | {"word/x.xml": (ENTITIES + "<w/>").encode("utf-16")}),
        "ooxml.entities",
    ),
    (
        "a DTD outside",
        package(BARE | {"word/x.xml": '<!DOCTYPE w SYSTEM "http://x/y.dtd"><w/>'}),
        "ooxml.entities",
    ),
    ("XML that is none", package(BARE | {"word/document.xml": "<w:document>\n<a></b>"}), "ooxml.malformed"),
    ("an empty document part", package(BARE | {"word/document.xml": ""}), "ooxml.malformed"),
    ("a GBK document part", package(BARE | {"word/document.xml": BODY.encode("gbk")}), "ooxml.malformed"),
    (
        "a bottomless document",
        package(BARE | {"word/document.xml": part("document", DEEP)}),
        "ooxml.too-deep",
    ),
    (
        "a workbook",
        package({"_rels/.rels": rels("xl/workbook.xml"), "xl/workbook.xml": "<a/>"}),
        "ooxml.not-word",
    ),
    ("slides", package({"_rels/.rels": rels("ppt/p.xml"), "ppt/p.xml": "<a/>"}), "ooxml.not-word"),
    ("an .odt", package({"mimetype": "application/x", "content.xml": "<a/>"}), "ooxml.not-word"),
    ("any zip", package({"readme.txt": "甲"}), "ooxml.no-document"),
    ("a package that leads outside", package({"_rels/.rels": rels("../../etc/passwd")}), "ooxml.no-document"),
    ("another root", package(BARE | {"word/document.xml": "<a/>"}), "ooxml.no-document"),
]


@pytest.mark.parametrize(("data", "code"), [bad[1:] for bad in BAD], ids=[bad[0] for bad in BAD])
def test_a_bad_file_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read(data, "意见.docx")
    (issue,) = refused.value.issues
    assert (issue.code, issue.place.file) == (code, "意见.docx")
    assert said(code, **issue.facts)


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(file=100), "ooxml.too-large"),
        (Limits(part=100), "ooxml.too-large"),
        (Limits(total=500), "ooxml.too-large"),
        (Limits(parts=2), "ooxml.too-many-parts"),
        (Limits(ratio=1, small=100), "ooxml.bomb"),
    ],
)
def test_each_limit_holds(limits: Limits, code: str) -> None:
    with pytest.raises(Refused) as refused:
        open_package(package(BARE), "稿.docx", limits)
    assert refused.value.issues[0].code == code


def test_a_bomb_that_lies_about_its_size_is_not_unpacked() -> None:
    data = bytearray(package(BARE | {"word/styles.xml": b"<a>" + b" " * 900_000 + b"</a>"}))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    opened = open_package(bytes(data), "稿.docx")
    assert "word/styles.xml" in opened.damaged


def test_malformed_xml_names_part_and_line() -> None:
    with pytest.raises(Refused) as refused:
        read(package(BARE | {"word/document.xml": "<a>\n<b></c></a>"}), "稿.docx")
    facts = refused.value.issues[0].facts
    assert (facts["part"], facts["line"]) == ("word/document.xml", "2")
    assert "mismatch" in facts["reason"]


def test_another_malformed_part_is_left_out_and_said() -> None:
    outcome = read(docx(p(r("甲")), comments="</w:comments>", footnotes=""), "稿.docx")
    assert outcome.value is not None
    assert len(outcome.value.paragraphs) == 1
    (issue,) = outcome.issues
    assert (issue.code, issue.facts["part"]) == ("ooxml.part-left-out", "word/comments.xml")


def test_targets_outside_are_never_followed() -> None:
    relation = '<Relationship Id="r1" Type="x/comments" Target="{}" TargetMode="{}"/>'
    inner = relation.format("http://x/comments.xml", "External") + relation.format(
        "../../../etc/passwd", "Internal"
    )
    whole = rels().replace("></Relationships>", f">{inner}</Relationships>")
    opened = open_package(package(BARE | {"word/_rels/document.xml.rels": whole}), "稿.docx")
    assert relations(opened, opened.main) == ()


def test_names_of_parts_are_found_in_any_case_and_from_the_root() -> None:
    relation = '<Relationship Id="r1" Type="http://purl.oclc.org/ooxml/x/comments" Target="/Word/My%20Comments.xml"/>'
    whole = rels().replace("></Relationships>", f">{relation}</Relationships>")
    parts = BARE | {"word/_rels/document.xml.rels": whole, "word/my comments.xml": part("comments", "")}
    opened = open_package(package(parts), "稿.docx")
    assert [(found.kind, found.target) for found in relations(opened, opened.main)] == [
        ("comments", "word/my comments.xml")
    ]


def test_a_file_without_its_relationships_is_read_by_the_usual_name() -> None:
    value = read(package({"word/document.xml": BODY}), "稿.docx").value
    assert value is not None
    assert len(value.paragraphs) == 1


def test_pictures_are_not_unpacked() -> None:
    assert "word/media/a.png" not in open_package(package(BARE | {"word/media/a.png": b"x"}), "稿.docx").parts
