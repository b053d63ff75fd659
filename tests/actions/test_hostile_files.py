"""Files that are wrong or made to harm: each is told with its place and what to do, the others of the run come in, and nothing hangs, grows or lands outside."""

from __future__ import annotations

import json
import os
import stat
import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from drafter.actions.incoming import listed
from drafter.source.messages import LANGUAGES, translate
from tests.actions.test_collect_round import NEW, OLD, codes, copies, opened, rows, sent
from tests.actions.workspace import Desk, commented, packed, parts, tracked

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'
PARAMETER = '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>'


def with_parts(changes: dict[str, bytes]) -> Callable[[bytes], bytes]:
    return lambda data: packed({**parts(data), **changes})


def declared(part: str, declaration: str) -> Callable[[bytes], bytes]:
    """The copy with this declaration at the head of one of its parts."""

    def made(data: bytes) -> bytes:
        files = parts(data)
        head, mark, rest = files[part].partition(b"?>")
        return packed({**files, part: head + mark + declaration.encode() + rest})

    return made


def zipped(*entries: tuple[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, body in entries:
            archive.writestr(name, body)
    return out.getvalue()


def with_body(inner: bytes) -> Callable[[bytes], bytes]:
    """The copy with this XML at the beginning of its body; not packed, for so much of the same would look like a bomb."""

    def made(data: bytes) -> bytes:
        files = parts(data)
        main = files["word/document.xml"].replace(b"<w:body>", b"<w:body>" + inner, 1)
        return zipped(*{**files, "word/document.xml": main}.items(), how=zipfile.ZIP_STORED)

    return made


def overlapped(data: bytes) -> bytes:
    """A second entry in the directory for the bytes of the first one."""
    out = bytearray(zipped(("a.bin", b"x" * 60), *parts(data).items()))
    end = out.rindex(b"PK\x05\x06")
    count, size, start = struct.unpack("<HII", out[end + 10 : end + 20])
    entry = bytearray(out[start : start + 46 + len("a.bin")])
    entry[46:47] = b"b"
    out[end:end] = entry
    struct.pack_into("<HHII", out, end + len(entry) + 8, count + 1, count + 1, size + len(entry), start)
    return bytes(out)


def malformed(data: bytes) -> bytes:
    """As LibreOffice 7.4 writes a tracked change in a content control."""
    files = parts(data)
    main = files["word/document.xml"]
    main = main.replace(b"<w:body>", b"<w:body><w:p><w:sdt><w:ins></w:sdtContent></w:ins></w:sdt></w:p>")
    return packed({**files, "word/document.xml": main})


HOSTILE: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "空.docx": (lambda _: b"", "ooxml.empty"),
    "加密.docx": (lambda _: OLE + "EncryptedPackage".encode("utf-16-le"), "ooxml.encrypted"),
    "一半.docx": (lambda data: data[: len(data) // 2], "ooxml.truncated"),
    "少几个字节.docx": (lambda data: data[:-30], "ooxml.truncated"),
    "炸弹.docx": (with_parts({"word/media/a.bin": bytes(5_000_000)}), "ooxml.bomb"),
    "重叠.docx": (overlapped, "ooxml.damaged"),
    "部件太多.docx": (lambda _: b"PK\x03\x04" + b"PK\x01\x02" * 60_000, "archives.too-many"),
    "标记太多.docx": (with_body(b"<w:p/>" * 1_000_000), "ooxml.too-much"),
    "太深.docx": (with_body(b"<w:ins>" * 300 + b"</w:ins>" * 300), "ooxml.too-deep"),
    "坏的.docx": (malformed, "ooxml.malformed"),
    "向上.docx": (with_parts({"word/../../x.xml": b"<a/>"}), "ooxml.path"),
    "大小写.docx": (with_parts({"WORD/document.xml": b"<a/>"}), "ooxml.doubled-part"),
    "正文.docx": (declared("word/document.xml", LAUGHS), "ooxml.entities"),
    "设置.docx": (declared("word/settings.xml", OUTSIDE), "ooxml.entities"),
    "属性.docx": (declared("docProps/custom.xml", PARAMETER), "ooxml.entities"),
    "空的.zip": (lambda _: zipped(("附件/", b"")), "archives.empty"),
    "密码.zip": (lambda _: zipped(("a.txt", b"1")).replace(b"PK\x01\x02\x14\x03\x14\0\0", b"PK\x01\x02\x14\x03\x14\0\1"), "archives.encrypted"),
    "坏的.zip": (lambda _: zipped(("a.txt", b"1" * 99))[:80], "ooxml.truncated"),
    "很多.zip": (lambda _: zipped(*((f"{number}.txt", b"1") for number in range(1_001))), "archives.too-many"),
}  # fmt: skip


@pytest.fixture
def both(office: Desk) -> dict[str, bytes]:
    opened(office)
    return copies(office)


def collected(office: Desk, *paths: str | Path, code: int = 1) -> dict[str, Any]:
    """What was collected; each file that came in is in the account, and each problem has a place, a sentence and what to do."""
    document = office.json("collect", *map(str, paths), code=code)
    account = document["account"]
    assert account["received"] == len(document["files"])
    assert account["received"] == account["read"] + account["evidence"] + account["refused"]
    for issue in document["issues"]:
        assert issue["file"], issue
        for language in LANGUAGES if issue["severity"] == "error" else ():
            hint = f"{issue['code']}.hint"
            assert translate(hint, {}, language) != hint, issue
    return document


def test_each_is_refused_with_its_reason_and_the_others_come_in(office: Desk, both: dict[str, bytes]) -> None:
    good = sent(office, "包/一/好的.docx", tracked(both["市财政局"], OLD, NEW))
    for name, (made, _) in HOSTILE.items():
        sent(office, f"包/{name}", made(both["市教育局"]))
    last = sent(office, "包/二/好的.docx", commented(both["市教育局"], OLD, "同意"))
    before = sorted(office.root.parent.rglob("*"))
    document = collected(office, Path(good).parents[1])
    found = {Path(issue["file"]).name: issue["code"] for issue in document["issues"]}
    assert found == {name: code for name, (_, code) in HOSTILE.items()}
    states = {Path(file["name"]).name: file["state"] for file in document["files"]}
    assert {name for name, state in states.items() if state == "refused"} == HOSTILE.keys()
    assert [row[1:] for row in rows(office)] == [("市财政局", "王五", NEW), ("市教育局", "赵六", "同意")]
    assert Path(last).exists()
    kept = office.root / "private"
    new = set(office.root.parent.rglob("*")) - set(before)
    assert {path for path in new if kept not in path.parents and path != kept} == set()


@pytest.mark.parametrize(
    "part", ["word/document.xml", "word/footnotes.xml", "customXml/item1.xml", "_rels/.rels"]
)
@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-7", "cp037"])
def test_no_encoding_hides_an_entity(office: Desk, both: dict[str, bytes], part: str, encoding: str) -> None:
    files = parts(declared(part, LAUGHS)(both["市财政局"]))
    text = files[part].decode().replace("UTF-8", encoding)
    files[part] = text.encode(encoding, "replace")
    assert office.run("collect", sent(office, "a.docx", packed(files)), "--json") in {0, 1}
    account = json.loads(office.out)["account"]
    assert account["refused"] + account["read"] == 1
    assert "haha" not in (office.root / "data/rounds/p1/R1.yaml").read_text("utf-8")


# -- folders -----------------------------------------------------------------------------------------------------------


def folder(office: Desk, data: bytes) -> Path:
    """A folder with one good file."""
    return Path(sent(office, "包/a.docx", data)).parent


def test_a_pipe_a_device_and_a_link_in_a_folder_are_told_and_not_read(
    office: Desk, both: dict[str, bytes]
) -> None:
    here = folder(office, tracked(both["市财政局"], OLD, NEW))
    os.mkfifo(here / "b.docx")
    (here / "c.docx").symlink_to("/dev/zero")
    (here / "d.docx").symlink_to("/etc/passwd")
    (here / "e.docx").symlink_to(here / "a.docx")
    (here / "f").symlink_to(office.root)
    (here / "g.docx").mkdir()
    document = collected(office, here)
    assert [(Path(issue["file"]).name, issue["code"]) for issue in document["issues"]] == [
        ("b.docx", "collect.no-file"),
        *((name, "collect.link") for name in ("c.docx", "d.docx", "e.docx", "f")),
    ]
    assert document["account"]["read"] == 1
    assert len(list((office.root / "private").rglob("*.docx"))) == 1


@pytest.mark.parametrize("name", ["/dev/zero", "/dev/null"])
def test_a_device_that_is_named_is_not_read(office: Desk, both: dict[str, bytes], name: str) -> None:
    assert codes(collected(office, name)) == ["collect.no-file"]


def test_a_link_that_is_named_is_followed(office: Desk, both: dict[str, bytes]) -> None:
    here = folder(office, tracked(both["市财政局"], OLD, NEW))
    (here / "b.docx").symlink_to(here / "a.docx")
    assert collected(office, here / "b.docx", code=0)["account"]["read"] == 1


def test_a_file_larger_than_any_may_be_is_not_read_into_memory(office: Desk, both: dict[str, bytes]) -> None:
    here = folder(office, tracked(both["市财政局"], OLD, NEW))
    with (here / "b.docx").open("wb") as file:
        file.truncate(50 << 30)
    assert codes(collected(office, here)) == ["ooxml.too-large"]


def test_a_folder_that_may_not_be_looked_into_is_told(
    office: Desk, both: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = folder(office, tracked(both["市财政局"], OLD, NEW))
    (here / "b").mkdir()
    real = os.scandir

    def scandir(path: Path) -> Any:
        if Path(path).name == "b":
            raise PermissionError(13, os.strerror(13), str(path))
        return real(path)

    monkeypatch.setattr("drafter.actions.incoming.os.scandir", scandir)
    document = collected(office, here)
    assert [(Path(issue["file"]).name, issue["code"]) for issue in document["issues"]] == [
        ("b", "source.unreadable")
    ]
    assert document["account"]["read"] == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told(office: Desk, both: dict[str, bytes]) -> None:
    here = folder(office, tracked(both["市财政局"], OLD, NEW))
    (here / "b.docx").write_bytes(both["市教育局"])
    (here / "b.docx").chmod(0)
    assert codes(collected(office, here)) == ["source.unreadable"]


def test_folders_may_be_as_deep_as_the_system_lets_them(tmp_path: Path) -> None:
    folders = [tmp_path]
    for _ in range(1_100):
        folders.append(folders[-1] / "d")
        folders[-1].mkdir()
    file = folders[-1] / "a.docx"
    file.write_bytes(b"1")
    found = listed([tmp_path])
    file.unlink()
    for each in reversed(folders[1:]):  # pytest takes folders away by calling itself
        each.rmdir()
    assert [each.path.name for each in found] == ["a.docx"]


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (os.fsencode("意\n见\"'`$(id).docx"), "意\ufffd见\"'`$(id).docx"),
        ("财政.docx".encode("gbk"), "财政.docx"),
        (b"\xff\xff.docx", "\ufffd\ufffd.docx"),
        (os.fsencode("\x1b[31m意见\u202ecod.exe.docx"), "\ufffd[31m意见\ufffdcod.exe.docx"),
        (os.fsencode("长" * 83 + ".docx"), "长" * 83 + ".docx"),
        (os.fsencode("{{ 7*7 }}: #- &a.docx"), "{{ 7*7 }}: #- &a.docx"),
    ],
)
def test_any_name_that_a_system_holds_is_told_on_one_line_and_kept(
    office: Desk, both: dict[str, bytes], raw: bytes, shown: str
) -> None:
    data = tracked(both["市财政局"], OLD, NEW)
    here = folder(office, data)
    (here / "a.docx").rename(Path(os.fsdecode(os.fsencode(here) + b"/" + raw)))
    document = collected(office, here, code=0)
    (file,) = document["files"]
    assert Path(file["name"]).name == shown
    assert (office.root / file["kept"]).read_bytes() == data
    assert (office.root / file["kept"]).parent == office.root / "private/evidence/p1/R1"
    assert office.run("round", "p1", "--date", "2021-12-31") == 0


# -- archives ----------------------------------------------------------------------------------------------------------


def test_what_of_an_archive_cannot_be_taken_is_told_and_the_others_come_in(
    office: Desk, both: dict[str, bytes]
) -> None:
    data = tracked(both["市财政局"], OLD, NEW)
    link = zipfile.ZipInfo("link.docx")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("好的.docx", data)
        archive.writestr(link, "/etc/passwd")
        for name in ("../x.docx", "/x.docx", "C:\\x.docx"):
            archive.writestr(name, data)
        archive.writestr("炸弹.bin", bytes(3_000_000))
        archive.writestr("套.zip", zipped(("a.bin", bytes(3_000_000)), ("b.docx", both["市教育局"])))
        archive.writestr("坏.zip", zipped(("a.txt", b"123"))[:-1] + b"\xff")
        archive.writestr("坏.docx", data, zipfile.ZIP_STORED)
    whole = bytearray(out.getvalue())
    whole[whole.index(data, whole.index("坏.docx".encode())) + 40] ^= 0xFF
    document = collected(office, sent(office, "意见.zip", bytes(whole)))
    assert [(issue["file"].partition("意见.zip/")[2], issue["code"]) for issue in document["issues"]][:6] == [
        ("link.docx", "archives.link"),
        ("../x.docx", "archives.path"),
        ("/x.docx", "archives.path"),
        ("C:/x.docx", "archives.path"),
        ("炸弹.bin", "archives.member-large"),
        ("套.zip/a.bin", "archives.member-large"),
    ]
    assert "archives.member-damaged" in codes(document)
    assert document["account"]["read"] == 2
    assert [row[1:] for row in rows(office)] == [("市财政局", "王五", NEW)]


def test_a_word_file_without_its_list_of_types_is_no_archive(office: Desk, both: dict[str, bytes]) -> None:
    files = parts(tracked(both["市财政局"], OLD, NEW))
    del files["[Content_Types].xml"]
    assert collected(office, sent(office, "a.docx", packed(files)), code=0)["account"]["read"] == 1


# -- what hangs on the document ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kept", [True, False])
def test_comments_whose_relationship_is_gone_are_read_and_where_they_are_gone_that_is_told(
    office: Desk, both: dict[str, bytes], kept: bool
) -> None:
    files = parts(commented(both["市财政局"], OLD, "同意"))
    del files["word/_rels/document.xml.rels" if kept else "word/comments.xml"]
    document = collected(office, sent(office, "a.docx", packed(files)), code=0)
    assert ("同意" in [row[3] for row in rows(office)]) is kept
    assert ("picture.comments-missing" in codes(document)) is not kept
