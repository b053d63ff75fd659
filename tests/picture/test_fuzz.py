"""Broken files, seeded: whatever comes in, a picture comes out or a refusal with its reason, and soon."""

import random
import time
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest

from drafter.picture import read
from drafter.source.issues import Refused
from drafter.source.messages import text as said
from tests.picture.making import A, B, dele, docx, field, ins, p, package, r, table, tr
from tests.picture.test_returned import whole

_NOTE = '<w:r><w:footnoteReference w:id="5"/></w:r>'
_RANGE = (
    '<w:commentRangeStart w:id="0"/>{}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
)
_BOX = f"<w:r><w:pict><v:textbox><w:txbxContent>{p(r('框'))}</w:txbxContent></v:textbox></w:pict></w:r>"
_NAMED = '<w:bookmarkStart w:id="1" w:name="_pf_1"/>{}<w:bookmarkEnd w:id="1"/>'
BODY = (
    p(_NAMED.format(r("甲") + ins("新") + dele("旧")), mark=f"<w:ins {A}/>", style="a3")
    + p(field(" TOC ", r("目") + "</w:p><w:p>" + field("PAGEREF x", r("1"))))
    + p(_RANGE.format(f"<w:ins {A}>{r('乙')}{dele('丙')}</w:ins>"), _NOTE, _BOX, mark=f"<w:del {B}/>")
    + table(tr(p(r("一")), p(r("二")) + table(tr(p()))), tr(p(r("三")), change=f"<w:del {B}/>") + p())
)
WHOLE = docx(
    BODY,
    footnotes=f'<w:footnote w:id="5">{p(r("注"))}</w:footnote>',
    comments=f'<w:comment w:id="0" w:author="王"><w:p w14:paraId="A">{r("？")}</w:p></w:comment>',
    commentsExtended='<w15:commentsEx><w15:commentEx w15:paraId="A" w15:done="1"/></w15:commentsEx>',
)
with zipfile.ZipFile(BytesIO(WHOLE)) as _archive:
    PARTS = {entry: _archive.read(entry) for entry in _archive.namelist()}


def bytes_changed(chance: random.Random, data: bytes) -> bytes:
    """Some bytes flipped, cut out, doubled."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(out))
        length = chance.randint(1, 40)
        kind = chance.randrange(4)
        if kind == 0:
            out[at] = chance.randrange(256)
        elif kind == 1 and len(out) > length + 1:
            del out[at : at + length]
        elif kind == 2:
            out[at:at] = out[at : at + length]
        else:
            out[at:at] = bytes(chance.choices(b"<>&/\"'w:p \0\xff", k=length))
    return bytes(out)


def tags_changed(chance: random.Random, data: bytes) -> bytes:
    """XML that stays well-formed: elements renamed to others of the same file, taken away, doubled, moved; attributes spoilt."""
    from lxml import etree

    root = etree.fromstring(data)
    for _ in range(chance.randint(1, 12)):
        elements = list(root.iter(etree.Element))[1:]
        if not elements:
            break
        one, other = chance.choice(elements), chance.choice(elements)
        parent = one.getparent()
        kind = chance.randrange(5)
        if kind == 0:
            one.tag = other.tag
        elif kind == 1 and parent is not None:
            parent.remove(one)
        elif kind == 2:
            other.append(etree.fromstring(etree.tostring(one)))
        elif kind == 3 and other not in one.iter():
            other.append(one)
        elif one.attrib:
            one.set(
                chance.choice(list(map(str, one.attrib))), chance.choice(["", "-1", "x" * 99, "甲", "1", "0"])
            )
    return etree.tostring(root)


def spoilt(chance: random.Random, change: Callable[[random.Random, bytes], bytes]) -> bytes:
    name = chance.choice(
        [name for name in PARTS if name != "[Content_Types].xml"] + ["word/document.xml"] * 3
    )
    parts: dict[str, str | bytes] = {**PARTS, name: change(chance, PARTS[name])}
    return package(parts)


def survives(data: bytes) -> str:
    start = time.process_time()
    try:
        outcome = read(data, "坏.docx")
    except Refused as refused:
        for issue in refused.issues:
            assert said(issue.code, **issue.facts)
        return "refused"
    finally:
        assert time.process_time() - start < 2
    assert outcome.value is not None
    whole(outcome.value)
    return "read"


@pytest.mark.parametrize("seed", range(10))
def test_a_file_with_changed_bytes(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(30):
        survives(bytes_changed(chance, WHOLE))
        survives(spoilt(chance, bytes_changed))


@pytest.mark.parametrize("seed", range(10))
def test_a_file_with_changed_elements(seed: int) -> None:
    chance = random.Random(100 + seed)
    assert sum(survives(spoilt(chance, tags_changed)) == "read" for _ in range(30)) > 20


@pytest.mark.parametrize("length", range(0, len(WHOLE), 97))
def test_a_file_cut_anywhere_is_refused(length: int) -> None:
    assert survives(WHOLE[:length]) == "refused"


def stored(data: bytes) -> bytes:
    """The same package, not packed: so much of the same would look like a bomb."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as packed, zipfile.ZipFile(buffer, "w") as archive:
        for name in packed.namelist():
            archive.writestr(name, packed.read(name))
    return buffer.getvalue()


MANY = 20_000


@pytest.mark.parametrize(
    "body",
    [
        p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * MANY),
        p('<w:r><w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="end"/></w:r>' * MANY),
        p(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 5000,
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>' * 5000,
        ),
        "".join(f'<w:p><w:bookmarkStart w:id="{i}" w:name="n{i}"/></w:p>' for i in range(MANY))
        + "".join(f'<w:bookmarkEnd w:id="{i}"/>' for i in range(MANY)),
        "".join(p('<w:commentRangeStart w:id="1"/>', field("REF a", r("甲"))) for _ in range(MANY // 4)),
        p(field("TOC", "")) * (MANY // 4),
        p(mark=f"<w:del {B}/>") * MANY,
        table(tr(*[p(mark=f"<w:del {B}/>") * (MANY // 2)])),
        "<w:sdt><w:sdtContent>" * 120 + p(r("甲")) + "</w:sdtContent></w:sdt>" * 120,
        f"<w:p><w:ins {A}>" * 110 + r("甲") + "</w:ins></w:p>" * 110,
    ],
)
def test_much_of_one_thing_does_not_take_long(body: str) -> None:
    data = stored(docx(body))
    start = time.process_time()
    value = read(data, "多.docx").value
    assert value is not None
    whole(value)
    assert time.process_time() - start < 8
