"""What objects are, and that nothing inside or around them vanishes."""

from __future__ import annotations

import struct
import zlib

import pytest

from drafter.ooxml.images import checksum
from drafter.picture import read
from drafter.picture.model import Change, Picture, Run, Thing
from tests.picture.making import A, B, dele, docx, field, ins, p, picture, r, with_part

R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
DML = "http://schemas.openxmlformats.org/drawingml/2006/main"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DGM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
O = "urn:schemas-microsoft-com:office:office"  # noqa: E741 -- the prefix of its namespace
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def png(wide: int, high: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + b"\x80" * wide for _ in range(high)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def whole(body: str, links: dict[str, tuple[str, str | bytes]] | None = None) -> Picture:
    """The picture of a file whose document has these relationships: by id the part's name under `word/` and its content."""
    data = docx(body)
    relations = "".join(
        f'<Relationship Id="{id_}" Type="{R}/image" Target="{name}"/>'
        for id_, (name, _) in (links or {}).items()
    )
    spaces = "http://schemas.openxmlformats.org/package/2006/relationships"
    data = with_part(
        data, "word/_rels/document.xml.rels", f'<Relationships xmlns="{spaces}">{relations}</Relationships>'
    )
    for name, content in (links or {}).values():
        data = with_part(data, f"word/{name}", content)
    outcome = read(data, "稿.docx")
    assert outcome.value is not None
    assert outcome.issues == ()
    return outcome.value


def thing(body: str, links: dict[str, tuple[str, str | bytes]] | None = None) -> Thing:
    (found,) = [run.thing for each in whole(body, links).paragraphs for run in each.runs if run.thing]
    return found


def drawing(inner: str) -> str:
    return f'<w:r><w:drawing><wp:inline xmlns:wp="{WP}"><wp:extent cx="360000" cy="180000"/>{inner}</wp:inline></w:drawing></w:r>'


def blip(id_: str, more: str = "") -> str:
    return f'<a:blip xmlns:a="{DML}" r:embed="{id_}"/>{more}'


def test_a_picture_is_known_by_its_bytes_its_size_and_its_pixels() -> None:
    data = png(40, 20)
    body = p(drawing(blip("r1", f'<a:srcRect xmlns:a="{DML}"/>')))
    assert thing(body, {"r1": ("media/image1.png", data)}) == Thing(
        "picture", checksum(data), "png", 360000, 180000, (40, 20)
    )
    cropped = p(drawing(blip("r1", f'<a:srcRect xmlns:a="{DML}" l="12000"/>')))
    assert thing(cropped, {"r1": ("media/image1.png", data)}).cropped


def test_pictures_of_vml_of_a_group_and_those_that_are_not_there() -> None:
    vml = '<w:r><w:pict><v:shape style="position:absolute;width:72pt;height:1in"><v:imagedata r:id="r1"/></v:shape></w:pict></w:r>'
    one, two = png(4, 2), png(2, 4)
    found = thing(p(vml), {"r1": ("media/image1.png", one)})
    assert (found.kind, found.across, found.down, found.pixels) == ("picture", 914400, 914400, (4, 2))
    group = p(drawing(blip("r1") + blip("r2")))
    links: dict[str, tuple[str, str | bytes]] = {"r1": ("media/1.png", one), "r2": ("media/2.png", two)}
    assert thing(group, links).id == f"{checksum(one)}+{checksum(two)}"
    assert (thing(p(drawing(blip("gone")))).kind, thing(p(drawing(blip("gone")))).id) == ("picture", "?")
    assert thing(p(vml), {"r1": ("media/image1.emf", b"no picture that is known")}).pixels == (0, 0)


def test_charts_and_diagrams_say_their_words() -> None:
    chart = f'<c:chartSpace xmlns:c="{CHART}" xmlns:a="{DML}"><a:t>床位</a:t><c:v>300</c:v></c:chartSpace>'
    body = p(drawing(f'<c:chart xmlns:c="{CHART}" r:id="r1"/>'))
    assert (
        thing(body, {"r1": ("charts/chart1.xml", chart)}).kind,
        thing(body, {"r1": ("charts/chart1.xml", chart)}).words,
    ) == (
        "chart",
        "床位 300",
    )
    data = f'<d:dataModel xmlns:d="{DGM}" xmlns:a="{DML}"><a:t>甲</a:t><a:t> 乙 </a:t></d:dataModel>'
    body = p(drawing(f'<d:relIds xmlns:d="{DGM}" r:dm="r1"/>'))
    assert (
        thing(body, {"r1": ("diagrams/data1.xml", data)}).kind,
        thing(body, {"r1": ("diagrams/data1.xml", data)}).words,
    ) == (
        "diagram",
        "甲 乙",
    )
    assert thing(p(drawing(f'<c:chart xmlns:c="{CHART}" r:id="gone"/>'))).words == ""


@pytest.mark.parametrize(
    ("inner", "kind", "words"),
    [
        (f'<w:object><v:shape><v:imagedata r:id="r1"/></v:shape><o:OLEObject xmlns:o="{O}" ProgID="Excel.Sheet.12" r:id="r1"/></w:object>', "embedded", "Excel.Sheet.12"),
        ('<w:object><w:control w:name="复选框1"/></w:object>', "control", "复选框1"),
        ('<w:pict><v:shape><v:textpath string="征求意见稿"/></v:shape></w:pict>', "wordart", "征求意见稿"),
        ("<w:pict><v:rect/></w:pict>", "drawing", ""),
        ('<w:contentPart r:id="r1"/>', "ink", ""),
        ('<w:drawing><new:contentPart r:id="r1"/></w:drawing>', "ink", ""),
        (f"<w:pict><v:textbox><w:txbxContent>{p(r('盒'), dele('旧'), ins('新'))}{p(r('二'))}</w:txbxContent></v:textbox></w:pict>", "box", "盒新\n二"),
    ],
)  # fmt: skip
def test_other_objects_say_what_they_are(inner: str, kind: str, words: str) -> None:
    found = thing(p(f"<w:r>{inner}</w:r>"), {"r1": ("embeddings/x.bin", b"x")})
    assert (found.kind, found.words) == (kind, words)
    assert found.before == ("盒旧\n二" if kind == "box" else words)


def test_a_document_put_in_as_a_whole_is_a_paragraph_of_its_own() -> None:
    found = whole(p(r("前")) + '<w:altChunk r:id="r1"/>' + p(r("后")), {"r1": ("chunk.docx", b"PK")})
    shown = ["".join(run.text for run in each.runs) for each in found.paragraphs]
    assert shown == ["前", "\ufffc", "后"]
    assert found.paragraphs[1].runs[0].thing == Thing("chunk", checksum(b"PK"))
    # Where no part is named, it is there all the same; in a cell and inside an insertion too.
    for body in (
        '<w:altChunk r:id="gone"/>',
        "<w:tbl><w:tr><w:tc><w:altChunk/></w:tc></w:tr></w:tbl>",
        f"<w:ins {A}><w:altChunk/></w:ins>",
        "<w:subDoc/>",
    ):
        (run,) = [run for each in whole(body).paragraphs for run in each.runs]
        assert (run.text, run.thing) == ("\ufffc", Thing("chunk"))


def test_words_typed_over_a_content_control_are_text() -> None:
    inline = f"<w:sdt><w:sdtPr><w:tag w:val='x'/></w:sdtPr><w:sdtContent>{r('改过的')}</w:sdtContent></w:sdt>"
    block = f"<w:sdt><w:sdtContent>{p(r('整段'))}</w:sdtContent></w:sdt>"
    found = whole(p(r("甲"), inline) + block)
    assert ["".join(run.text for run in each.runs) for each in found.paragraphs] == ["甲改过的", "整段"]


# -- formulas and fields with changes inside ------------------------------------------------------------------------------


def math(*parts: str) -> str:
    return f"<m:oMath>{''.join(parts)}</m:oMath>"


def sign(words: str) -> str:
    return f"<m:r><m:t>{words}</m:t></m:r>"


def test_a_formula_says_its_signs_and_what_was_tracked_inside() -> None:
    power = f"<m:sSup><m:e>{sign('a')}</m:e><m:sup>{sign('2')}</m:sup></m:sSup>"
    assert thing(p(math(power, sign("+b")))) == Thing("formula", words="a2+b", before="a2+b")
    changed = p(math(sign("a"), f"<w:del {B}>{sign('2')}</w:del>", f"<w:ins {A}>{sign('3')}</w:ins>"))
    found = thing(changed)
    assert (found.before, found.words) == ("a2", "a3")
    assert [(each.change, each.author) for each in found.revisions] == [
        (Change.DELETED, "李"),
        (Change.INSERTED, "王"),
    ]


def only(body: str) -> Run:
    (run,) = [run for each in picture(body).paragraphs for run in each.runs if run.field]
    return run


def test_what_was_tracked_in_the_result_of_a_field() -> None:
    run = only(p(r("见"), field("REF a", dele("表3") + ins("表4"))))
    assert (run.result, run.revisions) == ("表4", ())
    assert run.thing is not None
    assert (run.thing.before, run.thing.words, [each.change for each in run.thing.revisions]) == (
        "表3",
        "表4",
        [Change.DELETED, Change.INSERTED],
    )


def test_a_field_that_a_word_processor_only_counted_anew_was_not_changed() -> None:
    assert only(p(field("SEQ 表", dele("3") + ins("3")))).thing is None


@pytest.mark.parametrize(("who", "change"), [(A, Change.INSERTED), (B, Change.DELETED)])
def test_a_field_put_in_or_struck_out_in_pieces_is_one_thing(who: str, change: Change) -> None:
    tag = change.value

    def piece(number: int, inner: str) -> str:
        return f"<w:{tag} {who.replace('w:id=' + chr(34) + who[6], 'w:id=' + chr(34) + str(number))}><w:r>{inner}</w:r></w:{tag}>"

    words = "<w:t>表3</w:t>" if tag == "ins" else "<w:delText>表3</w:delText>"
    code = "instrText" if tag == "ins" else "delInstrText"
    body = p(
        piece(11, '<w:fldChar w:fldCharType="begin"/>'),
        piece(12, f"<w:{code}> REF a </w:{code}>"),
        piece(13, '<w:fldChar w:fldCharType="separate"/>'),
        piece(14, words),
        piece(15, '<w:fldChar w:fldCharType="end"/>'),
    )
    run = only(body)
    assert [(each.change, each.id) for each in run.revisions] == [(change, "11"), (change, "14")]
    assert run.thing is None
    assert picture(body).formats == ()


# -- changes without words ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f'<w:ins {A}><w:r><w:br w:type="page"/></w:r></w:ins>', ("break", "ins:1", "", "1")),
        (f'<w:del {B}><w:r><w:br w:type="column"/></w:r></w:del>', ("break", "del:2", "1", "")),
        (f"<w:ins {A}><w:r><w:br/></w:r></w:ins>", None),
        (f"<w:ins {A}><w:r><w:rPr/></w:r></w:ins>", None),
        (f'<w:ins {A}><w:bookmarkStart w:id="1" w:name="a"/></w:ins>', None),
    ],
)
def test_a_page_break_put_in_is_noted_and_a_change_of_nothing_is_not(body: str, expected: object) -> None:
    found = [
        (each.of, each.id, each.looks[0].before, each.looks[0].after)
        for each in picture(p(r("甲"), body)).formats
    ]
    assert found == ([expected] if expected else [])


def test_a_field_whose_code_was_rewritten_is_noted() -> None:
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    body = p(
        begin,
        f"<w:del {B}><w:r><w:delInstrText> REF a </w:delInstrText></w:r></w:del>",
        f"<w:ins {A}><w:r><w:instrText> REF b </w:instrText></w:r></w:ins>",
        separate,
        r("表3"),
        end,
    )
    assert [(each.of, each.id) for each in picture(body).formats] == [
        ("fieldCode", "del:2"),
        ("fieldCode", "ins:1"),
    ]


def test_what_is_unknown_is_said_with_the_words_beside_it() -> None:
    outcome = read(docx(p(r("前一段")) + p(r("这一段里有看不懂的东西，在它后面"), "<new:thing/>")), "稿")
    assert [(each.code, each.facts["names"], each.facts["near"]) for each in outcome.issues] == [
        ("picture.unknown-elements", "new:thing", "这一段里有看不懂的东西，在它后面")
    ]
