"""Forms, letters, entry sheets and archives of a round, collected beside the drafts."""

from __future__ import annotations

import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread

import pytest

from drafter.actions.office import Office
from drafter.actions.registers import Registers
from drafter.opinions.files import FileKind, classify
from drafter.rounds.model import Register
from tests.actions.test_collect_round import NEW, OLD, codes, copies, opened, register, sent
from tests.actions.workspace import SECOND, Desk, number_of, tracked
from tests.opinions.papers import excel, saved, word

HEADS = ("序号", "段号或章节", "原文", "建议改为", "理由")
ENTRY = ("单位", "姓名职务", "形式", "段号或原文", "意见", "改为", "理由", "证据文件")
LETTER = (
    "市教育局关于《临港市规划》征求意见的复函",
    "市民政局：",
    "来函收悉。经研究，提出如下意见：",
    "一、建议将第二节中的“激发市场活力”改为“激发社会活力”。",
    "二、建议补充校园周边设施的内容。",
    "市教育局",
    "2021年12月10日",
)


def archive(files: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in files.items():
            made.writestr(name, data)
    return out.getvalue()


def form(*rows: tuple[str, ...], unit: str = "临港市财政局", plan: str = "临港市规划") -> bytes:
    lines = (
        f"请对《{plan}》（征求意见稿，v1）提出意见。",
        f"单位（盖章）：{unit}　联系人：张三　电话：5551234",
    )
    return saved(word(*lines, [HEADS, *rows]))


def said(register: Register) -> list[tuple[str, str, str, str, str]]:
    return [
        (row.id, row.unit, row.channel, row.original, row.proposed or row.comment) for row in register.rows
    ]


def test_a_filled_in_form_is_rows_at_the_words_that_it_quotes(office: Desk) -> None:
    opened(office)
    data = form(("1", "1.2-2", OLD, NEW, "更准确"), ("2", "", "", "篇幅偏长", ""))
    document = office.json("collect", sent(office, "反馈意见表.docx", data))
    rows = register(office).rows
    assert [(row.unit, row.person, row.channel) for row in rows] == [("市财政局", "张三", "反馈意见表")] * 2
    assert (rows[0].original, rows[0].proposed, rows[0].comment) == (OLD, NEW, "更准确") or rows[
        0
    ].change is not None
    assert rows[0].where.startswith(f"{SECOND}:{number_of(office.root, SECOND, '市场活力')}:")
    assert (rows[1].kind, rows[1].proposed) == ("opinion", "篇幅偏长")
    (reply,) = register(office).replies
    assert (reply.unit, reply.person, reply.conclusion, reply.channel) == (
        "市财政局",
        "张三",
        "有意见",
        "反馈意见表",
    )
    assert document["account"] == {
        "received": 1,
        "read": 1,
        "evidence": 0,
        "refused": 0,
        "remarks": 2,
        "rows": 2,
    }
    assert [remark["id"] for remark in document["remarks"]] == ["R1-001", "R1-002"]
    assert codes(office.json("collect", sent(office, "又.docx", data))) == ["collect.known-file"]


def test_a_draft_and_a_form_that_want_the_same_are_alike(office: Desk) -> None:
    opened(office)
    office.json("collect", sent(office, "a.docx", tracked(copies(office)["市教育局"], OLD, NEW)))
    office.json("collect", sent(office, "表.docx", form(("1", "1.2-2", OLD, NEW, ""))))
    assert [(row.unit, row.alike) for row in register(office).rows] == [
        ("市教育局", ""),
        ("市财政局", "R1-001"),
    ]


def test_a_letter_is_its_points_and_who_signed_it(office: Desk) -> None:
    opened(office)
    document = office.json("collect", sent(office, "复函.docx", saved(word(*LETTER))))
    rows = register(office).rows
    assert [(row.unit, row.channel, row.date) for row in rows] == [("市教育局", "来函", "2021-12-10")] * 2
    assert rows[0].change is not None
    assert rows[0].change.new == "社会"
    assert "校园周边" in rows[1].comment
    assert "collect.unaccounted" not in codes(document)
    (shown,) = office.json("round", "p1", "--date", "2021-12-11")["rounds"]
    assert [(unit["unit"], unit["answered"], unit["conclusion"]) for unit in shown["units"]] == [
        ("市财政局", "", ""),
        ("市教育局", "2021-12-10", "有意见"),
    ]


def test_no_opinion_is_an_answer(office: Desk) -> None:
    opened(office)
    letter = (
        "关于征求意见的复函",
        "市民政局：",
        "来函收悉。经研究，我局无意见。",
        "市教育局",
        "2021年12月10日",
    )
    office.json("collect", sent(office, "复函.docx", saved(word(*letter))))
    assert register(office).rows == ()
    assert office.run("round", "p1", "--date", "2021-12-11") == 0
    assert "答复 1 个（其中无意见 1 个）" in office.out


def test_an_entry_sheet_brings_several_units_and_what_was_kept_waits_no_more(office: Desk) -> None:
    opened(office)
    office.json("collect", sent(office, "市财政局 手写稿.pdf", b"%PDF-1.4"))
    row = ("市财政局", "李四 科长", "书面", OLD, "", NEW, "", "市财政局 手写稿.pdf")
    sheet = excel({"意见录入": [ENTRY, row, ("市教育局", "", "电话", "", "补充校园设施", "", "", "")]})
    document = office.json("collect", sent(office, "意见录入.xlsx", sheet))
    assert codes(document) == ["collect.typed-up"]
    assert [(each.id, each.kind, each.unit, each.person, each.channel, bool(each.withdrawn)) for each in register(office).rows] == [
        ("R1-001", "evidence", "市财政局", "", "书面", True),
        ("R1-002", "replacement", "市财政局", "李四 科长", "书面", False),
        ("R1-003", "opinion", "市教育局", "", "电话", False),
    ]  # fmt: skip
    assert register(office).rows[1].comment == "（见：市财政局 手写稿.pdf）"
    more = excel(
        {
            "意见录入": [
                ENTRY,
                row,
                ("市教育局", "", "电话", "", "补充校园设施", "", "", ""),
                ("市教育局", "", "会议", "", "再议", "", "", ""),
            ]
        }
    )
    document = office.json("collect", sent(office, "意见录入.xlsx", more))
    assert [(each["id"], each["result"]) for each in document["rows"]] == [
        ("R1-002", "known"),
        ("R1-004", "new"),
        ("R1-003", "known"),
    ]
    office.json("collect", "--undo")
    office.json("collect", "--undo")
    assert [(each.id, bool(each.withdrawn)) for each in register(office).rows] == [("R1-001", False)]


def test_two_sheets_of_one_hand_withdraw_nothing_of_each_other(office: Desk) -> None:
    opened(office)
    for name, words in (("一", "补充校园设施"), ("二", "再议")):
        sheet = excel({"意见录入": [ENTRY, ("市教育局", "王五", "电话", "", words, "", "", "")]})
        office.json("collect", sent(office, f"{name}.xlsx", sheet))
    assert [bool(row.withdrawn) for row in register(office).rows] == [False, False]


def test_the_files_of_an_archive_come_in_one_by_one(office: Desk) -> None:
    opened(office)
    both = copies(office)
    data = archive(
        {
            "收到/a.docx": tracked(both["市财政局"], OLD, NEW),
            "收到/复函.docx": saved(word(*LETTER)),
            "收到/坏.docx": b"PK\x03\x04",
            "__MACOSX/._a.docx": b"x",
            "里/内.zip": archive({"市教育局/扫描.pdf": b"%PDF"}),
        }
    )
    document = office.json("collect", sent(office, "全部.zip", data), code=1)
    assert [(Path(file["name"]).name, file["state"], file["unit"]) for file in document["files"]] == [
        ("a.docx", "read", "市财政局"),
        ("复函.docx", "read", "市教育局"),
        ("坏.docx", "refused", ""),
        ("扫描.pdf", "evidence", "市教育局"),
    ]
    assert document["account"] == {
        "received": 4,
        "read": 2,
        "evidence": 1,
        "refused": 1,
        "remarks": 3,
        "rows": 3,
    }


def test_a_form_goes_to_the_round_on_the_plan_and_version_that_it_names(office: Desk) -> None:
    opened(office)
    office.json("release", "p1", "--stage", "征求意见稿", "--to", "部门", "--deadline", "2021-12-25")
    office.json("round", "p1", "open", "--kind", "部门", "--date", "2021-12-02", "--until", "2021-12-25")
    office.json("collect", sent(office, "表.docx", form(("1", "", OLD, NEW, ""))), "--date", "2021-12-10")
    assert [len(register(office, id_).rows) for id_ in ("R1", "R2")] == [1, 0]
    plain = saved(word("单位：市财政局", [HEADS, ("1", "", OLD, "激发活力", "")]))
    path = sent(office, "表2.docx", plain)
    assert office.said("collect", path, "--date", "2021-12-10") == [f"{path} collect.which-round"]
    office.json("collect", path, "--date", "2021-12-23")
    assert [len(register(office, id_).rows) for id_ in ("R1", "R2")] == [1, 1]


def test_what_a_letter_cannot_be_told_of_goes_to_a_person_and_mail_as_it_came_is_kept(office: Desk) -> None:
    opened(office)
    mail = b"From: a@b\nSubject: =?utf-8?B?5oSP6KeB?=\n\nSGVsbG8=\n"
    document = office.json(
        "collect", sent(office, "市财政局/来信.eml", mail), sent(office, "市教育局/空.docx", saved(word("")))
    )
    assert [file["state"] for file in document["files"]] == ["evidence", "evidence"]
    assert [row.kind for row in register(office).rows] == ["evidence", "evidence"]


def test_a_sheet_with_one_unknown_sender_is_refused_as_a_whole(office: Desk) -> None:
    opened(office)
    sheet = excel({"意见录入": [ENTRY, ("", "某人", "电话", "", "补充校园设施", "", "", "")]})
    path = sent(office, "意见录入.xlsx", sheet)
    document = office.json("collect", path, code=1)
    assert "collect.whose" in codes(document)
    assert register(office).rows == ()
    office.json("collect", path, "--for", "市财政局")
    assert len(register(office).rows) == 1


def test_an_organisation_of_the_public_keeps_its_name_and_a_person_does_not(office: Desk) -> None:
    office.json("release", "p1", "--stage", "征求意见稿", "--public")
    office.json("round", "p1", "open", "--kind", "公众", "--until", "2021-12-31", "--date", "2021-12-01")
    rows = [
        ("临港市养老服务协会", "", "邮寄", "", "补充标准", "", "", ""),
        ("市民", "朱小明", "电话", "", "增加助餐点", "", "", ""),
    ]
    office.json("collect", sent(office, "意见录入.xlsx", excel({"意见录入": [ENTRY, *rows]})))
    assert [(row.unit, row.person) for row in register(office).rows] == [
        ("临港市养老服务协会", ""),
        ("市民", "朱**"),
    ]
    assert "朱小明" not in (office.root / "data/rounds/p1/R1.yaml").read_text("utf-8")


@pytest.mark.office
def test_an_old_draft_is_read_by_way_of_libreoffice_and_kept_as_it_came(office: Desk) -> None:
    opened(office)
    with Office() as program:
        old = program._converted(
            tracked(copies(office)["市财政局"], OLD, NEW), "a.docx", ("docx", "doc"), "doc"
        )
    document = office.json("collect", sent(office, "a.doc", old))
    (file,) = document["files"]
    assert (file["unit"], file["state"]) == ("市财政局", "read")
    assert (office.root / file["kept"]).read_bytes() == old
    assert (OLD, NEW) in [(row.original, row.proposed) for row in register(office).rows]


@pytest.mark.office
def test_nothing_that_an_old_file_links_to_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_GET  # noqa: N815 -- the same

    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as site:
        Thread(target=site.serve_forever, daemon=True).start()
        page = f'<html><body><p>意见</p><img src="http://127.0.0.1:{site.server_port}/x.png"></body></html>'
        with monkeypatch.context() as unguarded, Office() as program:
            unguarded.setattr("drafter.actions.office._GUARDED", {})
            old = program._converted(page.encode(), "意见.html", ("html", "doc"), "doc:MS Word 97")
            unguarded_asked = len(asked)
        with Office() as program:
            modern = program.modern(old, "意见.doc", "doc")
        site.shutdown()
    assert unguarded_asked
    assert len(asked) == unguarded_asked
    assert classify(modern, "意见.docx").kind is FileKind.LETTER


def test_an_old_draft_without_libreoffice_is_kept_with_a_row(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(office)
    monkeypatch.setattr("drafter.actions.office._program", lambda: "")
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") * 40
    document = office.json("collect", sent(office, "市财政局.doc", old))
    assert codes(document) == ["collect.old-word"]
    assert [row.kind for row in register(office).rows] == ["evidence"]


def test_the_register_of_all_that_loads_again(office: Desk) -> None:
    opened(office)
    office.json(
        "collect",
        sent(office, "复函.docx", saved(word(*LETTER))),
        sent(office, "表.docx", form(("1", "", OLD, "", ""))),
    )
    assert Registers(office.root).of_plan("p1").issues == ()


# -- the same words, and what is left out ------------------------------------------------------------------------------

NONE = "我局无意见。".encode()


def test_two_units_may_send_the_same_words(office: Desk) -> None:
    opened(office)
    paths = [sent(office, f"{unit}.txt", NONE) for unit in ("市财政局", "市教育局")]
    assert office.json("collect", *paths)["issues"] == []
    assert [(each.unit, each.conclusion) for each in register(office).replies] == [
        ("市财政局", "无意见"),
        ("市教育局", "无意见"),
    ]
    assert codes(office.json("collect", *paths)) == ["collect.known-file", "collect.twice"]
    assert len(register(office).replies) == 2


def test_who_sent_the_same_words_may_be_said(office: Desk) -> None:
    opened(office)
    path = sent(office, "复函.txt", NONE)
    for unit in ("市财政局", "市教育局"):
        assert office.json("collect", path, "--for", unit)["issues"] == []
        assert codes(office.json("collect", path, "--for", unit)) == ["collect.known-file"]
    assert [each.unit for each in register(office).replies] == ["市财政局", "市教育局"]


def test_a_file_is_known_again_in_a_folder_that_has_another_units_name(office: Desk) -> None:
    opened(office)
    copy = tracked(copies(office)["市财政局"], OLD, NEW)
    letter = saved(word(*LETTER))  # which 市教育局 has signed
    office.json("collect", sent(office, "a.docx", copy), sent(office, "复函.docx", letter))
    before = (office.root / "data/rounds/p1/R1.yaml").read_bytes()
    again = [sent(office, "市教育局转/a.docx", copy), sent(office, "市财政局转/复函.docx", letter)]
    assert codes(office.json("collect", *again)) == ["collect.known-file"] * 2
    assert (office.root / "data/rounds/p1/R1.yaml").read_bytes() == before


def test_what_could_not_be_taken_in_keeps_nothing_else_out(office: Desk) -> None:
    opened(office)
    paths = [sent(office, "复函.txt", NONE), sent(office, "市教育局/复函.txt", NONE)]
    assert codes(office.json("collect", *paths, code=1)) == ["collect.whose"]
    assert [each.unit for each in register(office).replies] == ["市教育局"]


def test_what_an_archive_has_and_nobody_takes_is_in_the_account(office: Desk) -> None:
    opened(office)
    document = office.json("collect", sent(office, "全部.zip", archive({"../市财政局.txt": NONE})), code=1)
    assert codes(document) == ["archives.path"]
    assert [(Path(each["name"]).name, each["state"]) for each in document["files"]] == [
        ("市财政局.txt", "refused")
    ]
    assert (document["account"]["received"], document["account"]["refused"]) == (1, 1)


def test_of_a_sheet_nothing_is_entered_where_one_round_cannot_be_used(office: Desk) -> None:
    """Two answers of one file go into two rounds; the version of the second one is damaged."""
    opened(office)
    office.json("release", "p1", "--stage", "送审稿", "--to", "市教育局")
    office.json(
        "round",
        "p1",
        "open",
        "--kind",
        "部门",
        "--to",
        "市教育局",
        "--date",
        "2022-01-11",
        "--until",
        "2022-02-01",
    )
    (office.root / "data/releases/p1/v2/record.json").write_text("{}", "utf-8")
    answers = [(unit, "", "电话", OLD, "", NEW, "", "") for unit in ("市财政局", "市教育局")]
    sheet = excel({"意见录入": [ENTRY, *answers]})
    document = office.json("collect", sent(office, "录入.xlsx", sheet), "--date", "2022-01-15", code=1)
    assert "release.file-altered" in codes(document)
    assert [register(office, id_).rows for id_ in ("R1", "R2")] == [(), ()]
    assert document["account"]["refused"] == 1


def test_evidence_without_a_round_is_refused(office: Desk) -> None:
    office.json("release", "p1", "--stage", "征求意见稿", "--to", "部门", "--deadline", "2021-12-20")
    copy = sent(office, "a.docx", copies(office)["市财政局"])
    scan = sent(office, "扫描.pdf", b"%PDF")
    assert "collect.no-rounds" in codes(office.json("collect", copy, "--evidence", scan, code=1))
