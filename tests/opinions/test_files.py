"""A file is what is in it, whatever its name says; and nothing in it can do harm."""

import random
import stat
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

from drafter.actions.composing import Composer, loaded
from drafter.actions.settings import settings_for
from drafter.opinions.archives import Limits, unpacked
from drafter.opinions.blanks import Occasion, entry_as_excel, form_as_excel
from drafter.opinions.files import FileKind, classify, read_opinions, replies_of
from drafter.opinions.locate import Locator
from drafter.opinions.model import Channel, Conclusion, Reply
from drafter.source.codes import SEVERITIES
from drafter.source.issues import Refused
from drafter.word.anchors import Record
from tests.opinions.papers import excel, saved, word
from tests.review.rig import Desk

HEADS = ("序号", "段号或章节", "原文", "建议改为", "理由")
FORM = (HEADS, ("1", "3.2-14", "床位达到24000张", "床位达到25000张", "口径"))
LETTER = "市民政局：\n来函收悉。经研究，提出以下意见：\n1.建议核实第三章数据。\n2.建议补充责任单位。\n市财政局\n2021年2月3日"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def letter_docx() -> bytes:
    return saved(word(*LETTER.split("\n")))


def old(stream: str) -> bytes:
    return OLE + b"\0" * 600 + stream.encode("utf-16-le") + b"\0" * 600


def long_draft() -> bytes:
    return saved(word(*(f"第{number}段，{'规划的文字' * 20}。" for number in range(90))))


def open_document(kind: str) -> bytes:
    return zipped(
        {"mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(), "content.xml": b"<office/>"}
    )


class Windows(zipfile.ZipInfo):
    """An entry as a Chinese Windows writes it: the bytes of its name are GBK, and nothing says what they are."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 -- the name that zipfile calls
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def zipped(files: Mapping[str, bytes], kind: type[zipfile.ZipInfo] = zipfile.ZipInfo) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in files.items():
            archive.writestr(kind(name), body, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def read(data: bytes, name: str = "来文") -> Reply:
    outcome = read_opinions(data, name)
    assert outcome.value is not None, outcome.issues
    return outcome.value[0]


# kinds


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (saved(word("单位（盖章）：市财政局", FORM)), FileKind.FORM),
        (letter_docx(), FileKind.LETTER),
        (long_draft(), FileKind.DRAFT),
        (excel({"Sheet1": FORM}), FileKind.FORM),
        (form_as_excel(Occasion("规划", "征求意见稿"), ""), FileKind.FORM),
        (entry_as_excel(Occasion("规划", "征求意见稿"), ""), FileKind.ENTRY),
        (excel({"Sheet1": [("指标", "2025年"), ("床位", 24000)]}), FileKind.EVIDENCE),
        (saved(Document()), FileKind.EVIDENCE),
        (LETTER.encode(), FileKind.LETTER),
        (LETTER.encode("gb18030"), FileKind.LETTER),
        (LETTER.encode("utf-16"), FileKind.LETTER),
        (b"\xef\xbb\xbf" + LETTER.encode(), FileKind.LETTER),
        (zipped({"a.docx": letter_docx()}), FileKind.ARCHIVE),
        (old("WordDocument"), FileKind.OLD_WORD),
        (old("Workbook"), FileKind.OLD_EXCEL),
        (old("__substg1.0_"), FileKind.EVIDENCE),
        (b"{\\rtf1 abc}", FileKind.OLD_WORD),
        (b"%PDF-1.7 abc", FileKind.EVIDENCE),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(200)), FileKind.EVIDENCE),
        (b"\xff\xd8\xff\xe0" + bytes(200), FileKind.EVIDENCE),
        ("From: a@b.c\nSubject: 意见\n\n建议修改第三章。".encode(), FileKind.EVIDENCE),
        ("<html><body>建议修改第三章</body></html>".encode(), FileKind.EVIDENCE),
        (b"name,value\n1,2\n", FileKind.EVIDENCE),
        (open_document("text"), FileKind.OLD_WORD),
        (open_document("spreadsheet"), FileKind.OLD_EXCEL),
        (open_document("presentation"), FileKind.EVIDENCE),
        (zipped({"OFD.xml": b"<OFD/>"}), FileKind.EVIDENCE),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["意见.docx", "意见.pdf", ""])
def test_what_a_file_is_does_not_depend_on_its_name(data: bytes, kind: FileKind, name: str) -> None:
    assert classify(data, name).kind is kind


def test_an_issued_copy_is_known_by_its_id(issued: Callable[[str], Desk]) -> None:
    root = issued("正文一段。\n").root
    workspace, _ = loaded(root)
    plan = next(iter(workspace.plans.values()))
    settings = settings_for(workspace, plan, None, None, internal=False, public=False)
    made = Composer(workspace, {}).written(plan, settings).value
    assert made is not None
    found = classify(made.data, "改名.docx")
    assert (found.kind, found.release) == (FileKind.DRAFT, made.release)
    assert found.picture is not None


# what is refused


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "ooxml.empty"),
        (old("EncryptedPackage"), "ooxml.encrypted"),
        (letter_docx()[:3000], "ooxml.truncated"),
        (excel({"Sheet1": FORM})[:2000], "ooxml.truncated"),
        (zipped({"a.txt": b"abc"})[:20], "ooxml.truncated"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        classify(data, "意见.docx")
    assert [issue.code for issue in refused.value.issues] == [code]


def _with_part(data: bytes, part: str, body: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old_one, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old_one.infolist():
            new.writestr(entry.filename, body if entry.filename == part else old_one.read(entry))
    return out.getvalue()


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_entities_and_bombs_in_excel_are_refused(part: str) -> None:
    data = excel({"Sheet1": FORM})
    tricks = {
        "ooxml.entities": b'<!DOCTYPE a [<!ENTITY b "aaaa">]><a>&b;</a>',
        "ooxml.bomb": b"<a>" + b" " * 5_000_000 + b"</a>",
    }
    for code, body in tricks.items():
        with pytest.raises(Refused) as refused:
            classify(_with_part(data, part, body), "意见.xlsx")
        assert [issue.code for issue in refused.value.issues] == [code]


def test_of_a_formula_only_what_it_showed_counts() -> None:
    book = Workbook()
    page = book.worksheets[0]
    for row in FORM:
        page.append(list(row))
    page.append([2, "3.2-15", "=HYPERLINK(A1)", "=1+1", ""])
    out = BytesIO()
    book.save(out)
    assert [each.place for each in read(out.getvalue()).opinions] == ["3.2-14"]


# archives


def members(data: bytes) -> list[str]:
    outcome = unpacked(data, "意见.zip")
    return [member.name for member in outcome.value or ()]


@pytest.mark.parametrize("kind", [zipfile.ZipInfo, Windows])
def test_names_in_an_archive_are_chinese_whoever_wrote_them(kind: type[zipfile.ZipInfo]) -> None:
    assert members(zipped({"市财政局/意见.docx": b"1", "市水利局.txt": b"2"}, kind)) == [
        "意见.zip/市财政局/意见.docx",
        "意见.zip/市水利局.txt",
    ]


def test_an_archive_in_an_archive_is_opened_once() -> None:
    deep = zipped({"c.zip": zipped({"d.txt": b"1"})})
    outcome = unpacked(zipped({"a.docx": letter_docx(), "b.zip": deep}), "意见.zip")
    assert [member.name for member in outcome.value or ()] == ["意见.zip/a.docx", "意见.zip/b.zip/c.zip"]
    assert [issue.code for issue in outcome.issues] == ["archives.deep"]


def test_an_office_file_in_an_archive_stays_one() -> None:
    (member,) = unpacked(zipped({"a.docx": letter_docx()}), "意见.zip").value or ()
    assert classify(member.data, member.name).kind is FileKind.LETTER


def test_litter_is_left_out() -> None:
    assert members(
        zipped({"__MACOSX/._a.docx": b"1", ".DS_Store": b"2", "x/Thumbs.db": b"3", "a.txt": b"4"})
    ) == ["意见.zip/a.txt"]


@pytest.mark.parametrize("name", ["../a.docx", "/etc/a.docx", "C:/a.docx", "x/../../a.docx", "..\\a.docx"])
def test_a_name_that_points_outside_is_told_and_not_taken(name: str) -> None:
    outcome = unpacked(zipped({name: b"1", "b.txt": b"2"}), "意见.zip")
    assert [member.data for member in outcome.value or ()] == [b"2"]
    assert [issue.code for issue in outcome.issues] == ["archives.path"]


def test_a_link_is_told_and_not_taken() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("a.docx")
        link.create_system = 3
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    outcome = unpacked(out.getvalue(), "意见.zip")
    assert outcome.value == ()
    assert [issue.code for issue in outcome.issues] == ["archives.link"]


def locked() -> bytes:
    data = bytearray(zipped({"a.txt": b"abc"}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + at] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "limits", "code"),
    [
        (zipped({f"{number}.txt": b"1" for number in range(9)}), Limits(files=8), "archives.too-many"),
        (zipped({"a.txt": b"12345", "b.txt": b"12345"}), Limits(total=8), "archives.too-large"),
        (zipped({"a.zip": zipped({"b.txt": b"1"}), "c.txt": b"2"}), Limits(files=1), "archives.too-many"),
        (locked(), Limits(), "archives.encrypted"),
        (b"PK\x03\x04" + b"abc" * 50, Limits(), "archives.damaged"),
    ],
)
def test_an_archive_beyond_the_limits_is_refused(data: bytes, limits: Limits, code: str) -> None:
    with pytest.raises(Refused) as refused:
        unpacked(data, "意见.zip", limits)
    assert [issue.code for issue in refused.value.issues] == [code]


# what they say


@pytest.mark.parametrize(
    "data",
    [letter_docx(), LETTER.encode(), LETTER.encode("gb18030"), LETTER.replace("\n", "\r\n\r\n").encode()],
)
def test_a_letter_says_the_same_in_word_and_as_text(data: bytes) -> None:
    reply = read(data)
    assert [each.words for each in reply.opinions] == ["建议核实第三章数据。", "建议补充责任单位。"]
    assert (reply.unit, reply.date, reply.channel) == ("市财政局", "2021-02-03", Channel.LETTER)


def test_markdown_is_a_letter_without_its_marks() -> None:
    text = "# 修改意见\n\n## 第三章\n\n- 建议核实**低保**数据。\n- 建议补充责任单位。\n"
    reply = read(text.encode())
    assert [(each.section, each.words) for each in reply.opinions] == [
        ("第三章", "建议核实低保数据。"),
        ("第三章", "建议补充责任单位。"),
    ]


def test_lines_broken_where_they_were_full_are_one_paragraph() -> None:
    text = "1.建议将第三章第一节关于完善最低生活保障制度的有关表述与省里的\n规划保持一致，并补充责任单位。\n2.建议核实数据。"
    assert read(text.encode()).opinions[0].words.endswith("省里的规划保持一致，并补充责任单位。")


def test_comments_in_a_letter_are_opinions() -> None:
    document = word(*LETTER.split("\n"))
    document.add_comment(document.paragraphs[0].runs, "附件2也请核实", author="李四")
    last = read(saved(document)).opinions[-1]
    assert (last.words, last.person, last.unit) == ("附件2也请核实", "李四", "市财政局")


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (saved(word(FORM)), []),
        (saved(word("单位：市财政局", (HEADS, ("1", "", "", "", "")))), ["opinions.nothing"]),
        ("市民政局：\n意见已在稿中标注。\n市财政局".encode(), ["opinions.marked"]),
        (b"%PDF-1.7", ["opinions.no-words"]),
        (excel({"Sheet1": [("指标", "2025年"), ("床位", 24000)]}), ["opinions.no-words"]),
        (letter_docx(), []),
    ],
)
def test_what_is_odd_about_an_answer_is_told(data: bytes, codes: list[str]) -> None:
    assert [issue.code for issue in read_opinions(data, "来文").issues] == codes


def test_a_channel_that_is_known_better_counts() -> None:
    (reply,) = read_opinions(LETTER.encode(), "来文", Channel.POST).value or ()
    assert {reply.channel, *(each.channel for each in reply.opinions)} == {Channel.POST}


def test_a_letter_goes_all_the_way_to_the_issued_words(sample: Record, locator: Locator) -> None:
    text = (
        "市民政局：\n原则同意。提出以下意见：\n一、第七章第二节\n1.建议将“安排重大项目12项”改为“安排重大项目13项”。\n"
        "2.在“做到项目跟着规划走”后增加“、能耗跟着项目走”。\n二、建议补充专栏4责任单位。\n市财政局\n2021年2月3日"
    )
    reply = read(text.encode())
    assert reply.conclusion is Conclusion.AGREED
    remarks = locator.remarks(reply.opinions)
    assert [remark.number for remark in remarks] == ["7.2-3", "7.2-1", "5.1-7"]
    assert [remark.kind.value for remark in remarks] == ["value", "insertion", "opinion"]
    assert remarks[2].comment == "建议补充专栏4责任单位。"


@pytest.mark.parametrize(
    "path", sorted(Path(__file__).parents[2].glob("templates/*.docx")), ids=lambda path: path.name
)
def test_frames_are_no_trouble(path: Path) -> None:
    assert classify(path.read_bytes(), path.name).kind in FileKind


EXPERT = (
    ("姓名", "王五", "单位", "沧海大学", ""),
    ("职务/职称", "教授", "专业", "社会保障", ""),
    ("总体评价", "规划结构完整，原则同意通过。", "<", "<", "<"),
    ("具体意见", "1.建议核实第三章数据。\n2.将“甲服务”改为“乙服务”。", "<", "<", "<"),
)


def test_an_experts_form_of_fields_says_whose_the_opinions_are() -> None:
    reply = read(saved(word("专家论证意见表", EXPERT)))
    assert reply.unit == "沧海大学"
    assert {(each.unit, each.person) for each in reply.opinions} == {("沧海大学", "王五")}
    assert "建议核实第三章数据。" in [each.words for each in reply.opinions]
    assert ("甲服务", "乙服务") in [(each.quote, each.instead) for each in reply.opinions]


def test_a_letter_with_a_form_annexed_gives_both() -> None:
    data = saved(
        word(
            "市民政局：",
            "我局原则同意。现将修改意见反馈如下（见附表）：",
            "1.建议统一口径。",
            "市财政局",
            "2021年2月3日",
            FORM,
        )
    )
    reply = read(data)
    assert reply.conclusion is Conclusion.AGREED
    assert [each.words or each.instead for each in reply.opinions] == ["建议统一口径。", "床位达到25000张"]
    assert {each.unit for each in reply.opinions} == {"市财政局"}


def test_how_to_fill_in_a_form_is_no_opinion() -> None:
    data = saved(
        word("单位（盖章）：市财政局", "填表要求：1.请逐条填写。2.请于2月5日前反馈。", FORM, "注：可另附页。")
    )
    assert len(read(data).opinions) == 1


@pytest.mark.parametrize("seed", range(40))
def test_a_file_that_was_damaged_on_the_way_is_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    whole = chance.choice(
        (letter_docx(), excel({"Sheet1": FORM}), zipped({"a.docx": letter_docx()}), LETTER.encode("gb18030"))
    )
    data = bytearray(whole)
    for _ in range(chance.randint(1, 30)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    cut = bytes(data[: chance.choice((len(data), chance.randrange(len(data))))])
    codes: list[str] = []
    try:
        found = classify(cut, "意见.docx")
        if found.kind is FileKind.ARCHIVE:
            unpacked(cut, "意见.zip")
        replies_of(found)
    except Refused as refused:
        codes = [issue.code for issue in refused.issues]
    assert set(codes) <= set(SEVERITIES)


def test_an_entry_without_a_name_is_passed_over() -> None:
    assert members(zipped({"": b"1", "a.txt": b"2"})) == ["意见.zip/a.txt"]
    out = BytesIO(letter_docx())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(zipfile.ZipInfo(""), b"1")
    assert classify(out.getvalue(), "意见.docx").kind is FileKind.LETTER
