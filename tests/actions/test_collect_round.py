"""What comes back in a round, as a coordinator collects it: from files to rows, again, later, in the wrong version, under another name, taken back."""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from drafter.actions.keeping import kept_as
from drafter.actions.registers import Registers
from drafter.review.match import match
from drafter.rounds.model import Register
from tests.actions.workspace import (
    SECOND,
    Desk,
    commented,
    number_of,
    packed,
    parts,
    silently,
    texts,
    tracked,
)

OLD, NEW = "激发市场活力", "激发社会活力"


def opened(office: Desk, *options: str, to: str = "部门", kind: str = "部门") -> None:
    """A version is issued and a round opened on it."""
    office.json("release", "p1", "--stage", "征求意见稿", "--to", to, "--deadline", "2021-12-20")
    office.json("round", "p1", "open", "--kind", kind, "--date", "2021-12-01", *options)


def copies(office: Desk, version: str = "v1") -> dict[str, bytes]:
    """The copies of a version by who they went to."""
    folder = office.root / "build/releases/p1" / version
    return {path.stem.rpartition("-")[2]: path.read_bytes() for path in sorted(folder.iterdir())}


def sent(office: Desk, name: str, data: bytes) -> str:
    """A file as it came, beside the workspace."""
    path = office.root.parent / "退回" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return str(path)


def register(office: Desk, id_: str = "R1") -> Register:
    return Registers(office.root).named("p1", id_).register


def rows(office: Desk, id_: str = "R1") -> list[tuple[str, str, str, str]]:
    return [(row.id, row.unit, row.person, row.proposed or row.comment) for row in register(office, id_).rows]


def codes(document: dict[str, Any]) -> list[str]:
    return [issue["code"] for issue in document["issues"]]


def stripped(data: bytes) -> bytes:
    """Without the id, as a program leaves it that takes personal information out."""
    files = {name: body for name, body in parts(data).items() if not name.startswith("customXml/")}
    files["docProps/custom.xml"] = re.sub(
        rb"<property .*</property>", b"", files["docProps/custom.xml"], flags=re.DOTALL
    )
    return packed(files)


def pasted(data: bytes, old: str, new: str) -> bytes:
    """Its paragraphs and nothing else in a new file, one of them with other words."""
    from io import BytesIO

    from docx import Document

    document = Document()
    for paragraph in Document(BytesIO(data)).paragraphs:
        document.add_paragraph(paragraph.text.replace(old, new))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


# -- into the register -------------------------------------------------------------------------------------------------


def test_each_mark_becomes_a_row_with_its_author_place_and_office(office: Desk) -> None:
    opened(office)
    copy = copies(office)["市财政局"]
    path = sent(office, "a.docx", commented(tracked(copy, OLD, NEW), "落实各级责任", "怎么落实？"))
    before = texts(office.root)
    document = office.json("collect", path)
    line = number_of(office.root, SECOND, "市场活力")
    first, second = register(office).rows
    assert (first.id, first.unit, first.person, first.comment) == ("R1-001", "市财政局", "赵六", "怎么落实？")
    assert (second.id, second.person, second.original, second.proposed) == ("R1-002", "王五", OLD, NEW)
    assert (second.where, second.chapter, second.number) == (f"{SECOND}:{line}:13", "第一章第二节", "1.2-2")
    assert {row.office for row in (first, second)} == {"养老科"}
    assert (second.tracked, second.date, second.channel) == (True, "2021-01-20", "修订稿")
    issued = Registers(office.root).record("p1", "v1").anchors.paragraphs
    for row, words in ((first, "落实各级责任"), (second, OLD)):
        assert row.spot is not None
        assert issued[row.spot.paragraph].text[row.spot.start : row.spot.end] == words
    assert [(row["id"], row["result"]) for row in document["rows"]] == [("R1-001", "new"), ("R1-002", "new")]
    assert document["account"] == {
        "received": 1,
        "read": 1,
        "evidence": 0,
        "refused": 0,
        "remarks": 2,
        "rows": 2,
    }
    assert texts(office.root) == before


def test_an_answer_to_a_comment_names_the_row_that_it_answers_and_data_name_who_keeps_them(
    office: Desk,
) -> None:
    opened(office)
    path = sent(office, "a.docx", silently(copies(office)["市财政局"], "800", "850"))
    office.json("collect", path)
    (row,) = register(office).rows
    assert (row.kind, row.key, row.proposed, row.office) == (
        "value",
        "指标.养老床位[2025]",
        "850张",
        "养老科",
    )


def test_who_answered_is_seen_and_the_file_is_kept(office: Desk) -> None:
    opened(office)
    data = tracked(copies(office)["市财政局"], OLD, NEW)
    document = office.json("collect", sent(office, "退回 财政.docx", data))
    (file,) = document["files"]
    assert (file["round"], file["unit"], file["known"], file["new"]) == ("p1/R1", "市财政局", "id", 1)
    assert (office.root / file["kept"]).read_bytes() == data
    assert file["kept"].startswith("private/evidence/p1/R1/")
    (shown,) = office.json("round", "p1", "--date", "2021-12-31")["rounds"]
    assert [(unit["unit"], bool(unit["answered"]), unit["remarks"]) for unit in shown["units"]] == [
        ("市财政局", True, 1),
        ("市教育局", False, 0),
    ]


def test_several_people_of_one_office_each_keep_their_marks(office: Desk) -> None:
    opened(office)
    data = tracked(copies(office)["市财政局"], OLD, NEW, "王五")
    office.json("collect", sent(office, "a.docx", commented(data, "人民", "同意", "李四")))
    assert rows(office) == [("R1-001", "市财政局", "李四", "同意"), ("R1-002", "市财政局", "王五", NEW)]
    assert register(office).replies[0].person == "李四、王五"


def test_many_files_in_folders_are_told_by_their_ids_or_their_names(office: Desk) -> None:
    opened(office)
    both = copies(office)
    sent(office, "一/a.docx", tracked(both["市财政局"], OLD, NEW))
    sent(office, "二/b.docx", tracked(both["市教育局"], OLD, NEW))
    sent(office, "二/~$b.docx", b"")
    sent(office, "市财政局/扫描.pdf", b"%PDF-1.4 ...")
    document = office.json("collect", str(office.root.parent / "退回"))
    assert [(file["unit"], file["state"]) for file in document["files"]] == [
        ("市财政局", "read"), ("市教育局", "read"), ("市财政局", "evidence")
    ]  # fmt: skip
    assert document["account"] == {
        "received": 3,
        "read": 2,
        "evidence": 1,
        "refused": 0,
        "remarks": 2,
        "rows": 2,
    }
    assert [(row.unit, row.kind, row.alike) for row in register(office).rows] == [
        ("市财政局", "replacement", ""), ("市教育局", "replacement", "R1-001"), ("市财政局", "evidence", "")
    ]  # fmt: skip


def test_opposite_wishes_are_told_both_ways_also_with_rows_of_earlier_days(office: Desk) -> None:
    opened(office)
    both = copies(office)
    office.json("collect", sent(office, "a.docx", tracked(both["市财政局"], OLD, NEW)))
    office.json("collect", sent(office, "b.docx", tracked(both["市教育局"], "市场活力", "动力")))
    assert [row.conflicts for row in register(office).rows] == [("R1-002",), ("R1-001",)]


# -- again, and later --------------------------------------------------------------------------------------------------


def test_the_same_file_again_adds_nothing_under_any_name(office: Desk) -> None:
    opened(office)
    data = tracked(copies(office)["市财政局"], OLD, NEW)
    office.json("collect", sent(office, "a.docx", data))
    before = (office.root / "data/rounds/p1/R1.yaml").read_bytes()
    document = office.json("collect", sent(office, "b.docx", data))
    assert codes(document) == ["collect.known-file"]
    assert (office.root / "data/rounds/p1/R1.yaml").read_bytes() == before


def test_a_later_file_adds_and_withdraws_and_undo_takes_just_that_back(office: Desk) -> None:
    opened(office)
    copy = copies(office)["市财政局"]
    one = tracked(copy, OLD, NEW)
    office.json("collect", sent(office, "a.docx", commented(one, "人民", "同意")))
    path = office.root / "data/rounds/p1/R1.yaml"
    path.write_text(path.read_text("utf-8") + "# 到此为止\n", "utf-8")
    before = register(office)
    document = office.json("collect", sent(office, "b.docx", commented(one, "基本民生", "怎么保障？")))
    assert codes(document) == ["collect.withdrawn"]
    assert [(row.id, row.comment or row.proposed, bool(row.withdrawn)) for row in register(office).rows] == [
        ("R1-001", "同意", True), ("R1-002", NEW, False), ("R1-003", "怎么保障？", False)
    ]  # fmt: skip
    kept = {file["kept"] for file in document["files"]}
    undone = office.json("collect", "--undo")
    assert [(row["id"], row["result"]) for row in undone["rows"]] == [
        ("R1-001", "restored"),
        ("R1-003", "removed"),
    ]
    after = register(office)
    assert (after.rows, after.replies, after.round.used) == (before.rows, before.replies, 3)
    assert path.read_text("utf-8").endswith("# 到此为止\n")
    assert not any((office.root / each).exists() for each in kept)
    office.json("collect", sent(office, "b.docx", commented(one, "基本民生", "怎么保障？")))
    assert register(office).rows[-1].id == "R1-004"


def test_a_colleagues_file_beside_it_withdraws_nothing(office: Desk) -> None:
    opened(office)
    copy = copies(office)["市财政局"]
    office.json("collect", sent(office, "a.docx", tracked(copy, OLD, NEW)))
    document = office.json("collect", sent(office, "b.docx", commented(copy, "人民", "同意", "李四")))
    assert codes(document) == ["collect.beside"]
    assert [bool(row.withdrawn) for row in register(office).rows] == [False, False]


def test_what_was_decided_is_not_taken_back(office: Desk) -> None:
    opened(office)
    office.json("collect", sent(office, "a.docx", tracked(copies(office)["市财政局"], OLD, NEW)))
    path = office.root / "data/rounds/p1/R1.yaml"
    path.write_text(
        path.read_text("utf-8").replace("    confidence:", "    decision: 采纳\n    confidence:"), "utf-8"
    )
    before = path.read_bytes()
    (issue,) = office.json("collect", "--undo", code=1)["issues"]
    assert issue["code"] == "collect.decided-since"
    assert "R1-001" in issue["message"]
    assert path.read_bytes() == before


def test_there_must_be_something_to_take_back(office: Desk) -> None:
    assert office.said("collect", "--undo") == ["data/rounds collect.nothing-to-undo"]
    opened(office)
    assert office.said("collect", "--undo") == ["data/rounds collect.nothing-to-undo"]


def test_a_rehearsal_shows_everything_and_writes_nothing(office: Desk) -> None:
    opened(office)
    path = sent(office, "a.docx", tracked(copies(office)["市财政局"], OLD, NEW))
    before = (office.root / "data/rounds/p1/R1.yaml").read_bytes()
    document = office.json("collect", path, "--dry-run")
    assert [row["id"] for row in document["rows"]] == ["R1-001"]
    assert (office.root / "data/rounds/p1/R1.yaml").read_bytes() == before
    assert not (office.root / "private").exists()
    assert office.run("collect", path, "--dry-run") == 0
    assert office.out.endswith("以上是试收，什么也没有写。\n")


# -- which version, and how it is known --------------------------------------------------------------------------------


def test_without_its_id_a_copy_is_known_by_its_words(office: Desk) -> None:
    opened(office)
    data = stripped(tracked(copies(office)["市财政局"], OLD, NEW))
    document = office.json("collect", sent(office, "市财政局意见.docx", data))
    assert codes(document) == ["collect.by-text"]
    assert [(file["unit"], file["known"]) for file in document["files"]] == [("市财政局", "text")]
    assert rows(office) == [("R1-001", "市财政局", "王五", NEW)]


def test_pasted_text_has_only_the_changed_words(office: Desk) -> None:
    opened(office)
    data = pasted(copies(office)["市财政局"], OLD, NEW)
    document = office.json("collect", sent(office, "市财政局意见.docx", data))
    assert set(codes(document)) <= {"collect.by-text", "collect.pasted", "collect.pasted-part"}
    assert [(row.original, row.proposed, row.confidence) for row in register(office).rows] == [
        ("市场", "社会", "likely")
    ]


def test_a_copy_of_another_version_is_held_against_its_own(office: Desk) -> None:
    opened(office)
    first = copies(office)["市财政局"]
    text = (office.root / SECOND).read_text("utf-8")
    (office.root / SECOND).write_text(
        text.replace("激发市场活力。", "激发各类市场主体活力，扩大社会参与。"), "utf-8"
    )
    office.json("release", "p1", "--stage", "征求意见稿", "--to", "部门", "--deadline", "2021-12-25")
    office.json("round", "p1", "open", "--kind", "部门", "--date", "2021-12-15")
    office.json("collect", sent(office, "旧.docx", tracked(first, OLD, NEW)))
    assert (rows(office, "R1"), rows(office, "R2")) == ([("R1-001", "市财政局", "王五", NEW)], [])
    office.json(
        "collect",
        sent(office, "新.docx", tracked(copies(office, "v2")["市财政局"], "扩大社会参与", "鼓励社会参与")),
    )
    assert len(rows(office, "R2")) == 1


def test_a_copy_of_a_version_without_a_round_is_listed_or_goes_where_it_is_told(office: Desk) -> None:
    office.json("release", "p1", "--stage", "讨论稿", "--to", "部门")
    old = copies(office)["市财政局"]
    text = (office.root / SECOND).read_text("utf-8")
    (office.root / SECOND).write_text(text.replace("激发市场活力。", "激发市场活力，扩大社会参与。"), "utf-8")
    opened(office)
    path = sent(office, "旧.docx", tracked(old, OLD, NEW))
    document = office.json("collect", path)
    assert codes(document) == ["collect.no-round"]
    assert (len(document["remarks"]), document["account"]["rows"], rows(office)) == (1, 0, [])
    document = office.json("collect", path, "--round", "R1")
    assert codes(document) == ["collect.other-version"]
    (row,) = register(office).rows
    assert (row.obstacle, row.spot, row.change) == ("collect.of-other-version", None, None)
    assert row.where == f"{SECOND}:{number_of(office.root, SECOND, '市场活力')}:13"
    assert register(office).replies[0].file.known == "stated"


def test_of_several_rounds_the_one_that_asks_the_sender_is_meant(office: Desk) -> None:
    opened(office, "--to", "市财政局")
    office.json("round", "p1", "open", "--kind", "系统", "--to", "市教育局", "--date", "2021-12-01")
    both = copies(office)
    office.json("collect", sent(office, "b.docx", tracked(both["市教育局"], OLD, NEW)))
    assert (rows(office, "R1"), len(rows(office, "R2"))) == ([], 1)
    office.json("round", "p1", "open", "--kind", "专家", "--to", "市财政局", "--date", "2021-12-01")
    path = sent(office, "a.docx", tracked(both["市财政局"], OLD, NEW))
    assert office.said("collect", path) == [f"{path} collect.which-round"]
    office.json("collect", path, "--round", "R3")
    assert len(rows(office, "R3")) == 1
    other = sent(office, "c.docx", commented(both["市财政局"], "人民", "同意"))
    assert office.said("collect", other, "--round", "R9") == ["data/rounds collect.no-such-round"]
    assert len(office.json("collect", other, "--round", "p1/R3")["rows"]) == 1


# -- whose, and evidence -----------------------------------------------------------------------------------------------


def test_a_copy_may_be_taken_on_somebodys_behalf_with_a_scan(office: Desk) -> None:
    opened(office)
    scan = sent(office, "扫描.pdf", b"%PDF-1.4 pencil")
    path = sent(office, "a.docx", tracked(copies(office)["市财政局"], OLD, NEW))
    document = office.json("collect", path, "--for", "王局长", "--evidence", scan)
    assert rows(office) == [("R1-001", "王局长", "王五", NEW)]
    states = [(reply.unit, reply.file.state.value, reply.file.name) for reply in register(office).replies]
    assert states == [("王局长", "read", "a.docx"), ("王局长", "evidence", "扫描.pdf")]
    assert document["account"] == {
        "received": 2,
        "read": 1,
        "evidence": 1,
        "refused": 0,
        "remarks": 1,
        "rows": 1,
    }
    assert (office.root / document["files"][1]["kept"]).read_bytes() == b"%PDF-1.4 pencil"


def test_what_nobody_reads_is_kept_and_waits_for_a_person(office: Desk) -> None:
    opened(office)
    path = sent(office, "市教育局 传真.tif", b"II*\x00")
    document = office.json("collect", path)
    assert codes(document) == ["collect.evidence"]
    (row,) = register(office).rows
    assert (row.kind, row.unit, row.comment, row.decision) == (
        "evidence",
        "市教育局",
        "待录入：市教育局 传真.tif",
        "open",
    )
    assert codes(office.json("collect", path)) == ["collect.known-file"]
    (shown,) = office.json("round", "p1", "--date", "2021-12-31")["rounds"]
    assert [(unit["unit"], unit["waiting"]) for unit in shown["units"]] == [("市财政局", 0), ("市教育局", 1)]


def test_a_file_that_nobody_can_be_told_for_is_refused_and_the_others_come_in(office: Desk) -> None:
    opened(office)
    nobody = sent(office, "意见.pdf", b"%PDF-1.4")
    good = sent(office, "a.docx", tracked(copies(office)["市财政局"], OLD, NEW))
    broken = sent(office, "市教育局.docx", b"PK\x03\x04 not a package")
    document = office.json("collect", nobody, broken, good, code=1)
    assert codes(document)[0] == "collect.whose"
    assert document["account"] == {
        "received": 3,
        "read": 1,
        "evidence": 0,
        "refused": 2,
        "remarks": 1,
        "rows": 1,
    }
    assert rows(office) == [("R1-001", "市财政局", "王五", NEW)]


def test_the_public_is_masked_in_the_register_and_named_in_private(office: Desk) -> None:
    office.json("release", "p1", "--stage", "征求意见稿", "--public")
    office.json("round", "p1", "open", "--kind", "公众", "--until", "2021-12-31", "--date", "2021-12-01")
    (copy,) = (office.root / "build/releases/p1/v1").iterdir()
    data = commented(copy.read_bytes(), "人民", "请回电13812345678", "朱小明")
    office.json("collect", sent(office, "朱小明的意见.docx", data))
    text = (office.root / "data/rounds/p1/R1.yaml").read_text("utf-8")
    assert "朱小明" not in text
    assert "13812345678" not in text
    assert rows(office) == [("R1-001", "", "朱**", "请回电***********")]
    private = (office.root / "private/rounds/p1/R1.yaml").read_text("utf-8")
    assert "R1-001: 朱小明" in private
    # Another one with the same surname and the same words is another one; the same one again is not.
    other = commented(copy.read_bytes(), "人民", "请回电13812345678", "朱大伟")
    office.json("collect", sent(office, "b.docx", other))
    assert len(rows(office)) == 2
    office.json(
        "collect",
        sent(
            office,
            "c.docx",
            commented(silently(copy.read_bytes(), OLD, NEW), "人民", "请回电13812345678", "朱小明"),
        ),
    )
    assert [row.proposed for row in register(office).rows] == ["", "", "社会"]
    office.json("collect", "--undo")
    office.json("collect", "--undo")
    assert "朱大伟" not in (office.root / "private/rounds/p1/R1.yaml").read_text("utf-8")


def test_names_that_a_killed_process_left_are_nobodys(office: Desk) -> None:
    """It dies when the names are written and the register is not: the next collection gives the same numbers."""
    office.json("release", "p1", "--stage", "征求意见稿", "--public")
    office.json("round", "p1", "open", "--kind", "公众", "--until", "2021-12-31", "--date", "2021-12-01")
    private = office.root / "private/rounds/p1/R1.yaml"
    private.parent.mkdir(parents=True)
    private.write_text("# 记着\npersons:\n  R1-001: 朱大伟\n  R1-002: 朱大海\n", "utf-8")
    (copy,) = (office.root / "build/releases/p1/v1").iterdir()
    data = tracked(commented(copy.read_bytes(), "人民", "请考虑", "朱小明"), OLD, NEW, author="")
    assert codes(office.json("collect", sent(office, "a.docx", data))) == ["collect.by-text"]
    assert [row.person for row in register(office).rows] == ["朱**", ""]
    assert private.read_text("utf-8") == "# 记着\npersons:\n  R1-001: 朱小明\n"
    later = sent(office, "b.docx", tracked(data, "政府主导", "市场主导"))
    assert codes(office.json("collect", later)) == ["collect.by-text"]


# -- all or nothing ----------------------------------------------------------------------------------------------------


def test_a_register_with_a_mistake_is_told_and_nothing_goes_into_it(office: Desk) -> None:
    opened(office)
    path = office.root / "data/rounds/p1/R1.yaml"
    path.write_text(path.read_text("utf-8").replace("kind: 部门", "kind: 部們"), "utf-8")
    before = path.read_bytes()
    document = office.json(
        "collect", sent(office, "a.docx", tracked(copies(office)["市财政局"], OLD, NEW)), code=1
    )
    assert codes(document)[0] == "workspace.choice"
    assert path.read_bytes() == before


def test_nothing_stays_of_a_collection_that_cannot_be_written(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(office)
    path = sent(office, "a.docx", tracked(copies(office)["市财政局"], OLD, NEW))
    register_path = office.root / "data/rounds/p1/R1.yaml"
    before = register_path.read_bytes()
    real = os.replace

    def full(source: Any, target: Any, **more: Any) -> None:
        if Path(target).name == "R1.yaml":
            raise OSError(28, "No space left on device")
        real(source, target, **more)

    monkeypatch.setattr(os, "replace", full)
    monkeypatch.setattr(Path, "replace", full)
    assert office.run("collect", path) == 1
    assert register_path.read_bytes() == before
    assert list((office.root / "private").rglob("*.docx")) == []


@pytest.mark.parametrize("number", range(1, 7))
def test_a_disk_that_is_full_is_told_and_nothing_is_lost(
    office: Desk, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Each write in its turn fails: two kept files and the register, and then one after the other again."""
    opened(office)
    both = copies(office)
    paths = [sent(office, f"{name}.docx", tracked(data, OLD, NEW)) for name, data in both.items()]
    calls, real = 0, os.fsync

    def full(handle: int) -> None:
        nonlocal calls
        calls += 1
        if calls == number:
            raise OSError(28, os.strerror(28))
        real(handle)

    monkeypatch.setattr(os, "fsync", full)
    code = office.run("collect", *paths, "--json")
    monkeypatch.setattr(os, "fsync", real)
    document = json.loads(office.out)
    assert code == (1 if "source.unwritable" in codes(document) else 0)
    assert list(office.root.rglob(".*.tmp")) == []
    kept = {path.name.partition("-")[2] for path in (office.root / "private").rglob("*.docx")}
    assert kept == {f"{row.unit}.docx" for row in register(office).rows}
    office.json("collect", *paths)
    assert {row.unit for row in register(office).rows} == both.keys()


def test_where_nothing_can_be_kept_nothing_is_collected_and_it_is_told(office: Desk) -> None:
    opened(office)
    (office.root / "private").write_bytes(b"")
    before = (office.root / "data/rounds/p1/R1.yaml").read_bytes()
    path = sent(office, "a.docx", tracked(copies(office)["市财政局"], OLD, NEW))
    assert codes(office.json("collect", path, code=1)) == ["source.unwritable"]
    assert (office.root / "data/rounds/p1/R1.yaml").read_bytes() == before


def test_of_two_collections_at_once_the_second_is_refused(office: Desk) -> None:
    opened(office)
    path = sent(office, "a.docx", tracked(copies(office)["市财政局"], OLD, NEW))
    with Registers(office.root).held():
        assert codes(office.json("collect", path, code=1)) == ["source.locked"]
    assert rows(office) == []
    office.json("collect", path)
    assert len(rows(office)) == 1


def test_another_file_in_the_place_of_what_is_kept_is_told_and_left_alone(office: Desk) -> None:
    opened(office)
    data = tracked(copies(office)["市财政局"], OLD, NEW)
    kept = office.root / kept_as(register(office).round, "a.docx", hashlib.sha256(data).hexdigest())
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"1")
    good = tracked(copies(office)["市教育局"], OLD, NEW)
    document = office.json("collect", sent(office, "a.docx", data), sent(office, "b.docx", good), code=1)
    assert codes(document) == ["collect.kept-other"]
    assert kept.read_bytes() == b"1"
    assert [row.unit for row in register(office).rows] == ["市教育局"]


def test_people_see_a_line_for_each_file(office: Desk) -> None:
    opened(office)
    path = sent(office, "a.docx", tracked(copies(office)["市财政局"], OLD, NEW))
    assert office.run("collect", path) == 0
    first, second, *_, last = office.out.splitlines()
    assert first == "a.docx  p1/R1 市财政局：新登记 1 条"
    assert second.startswith("R1-001  ")
    assert last == "收到 1 个文件，读了 1 个，没有收 0 个；新登记 1 条，先前已有 0 条，撤回 0 条。"
    assert office.run("collect", "--undo") == 0
    assert office.out == "退回 1 条：R1-001\n"


def test_each_mark_of_a_file_with_many_stands_in_one_row(office: Desk) -> None:
    opened(office)
    data = copies(office)["市财政局"]
    for old, new in (("人民", "群众"), ("基本民生", "民生"), (OLD, NEW), ("落实各级", "压实各级")):
        data = tracked(data, old, new)
    data = commented(data, "政府主导", "表述不准")
    document = office.json("collect", sent(office, "a.docx", data))
    assert parts(data)["word/document.xml"].count(b":del ") == 4
    assert len(register(office).rows) == document["account"]["remarks"] == 5
    assert "collect.unaccounted" not in codes(document)


def test_a_mark_that_would_be_lost_is_an_error(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The account is held against the marks in the file: whoever drops a remark on the way is found out."""
    opened(office)
    path = sent(office, "a.docx", commented(tracked(copies(office)["市财政局"], OLD, NEW), "人民", "同意"))

    def forgetful(*arguments: Any) -> Any:
        found = match(*arguments)
        assert found.value is not None
        return replace(found, value=found.value[1:])

    monkeypatch.setattr("drafter.actions.collection.match", forgetful)
    document = office.json("collect", path, code=1)
    assert codes(document) == ["collect.unaccounted"]
    assert "comment:0" in document["issues"][0]["message"]


def test_one_file_may_answer_in_two_rounds_where_they_are_named(office: Desk) -> None:
    opened(office)
    office.json("round", "p1", "open", "--kind", "专家", "--to", "市财政局", "--date", "2021-12-01")
    path = sent(office, "市财政局.pdf", b"%PDF")
    for id_ in ("R1", "R2"):
        office.json("collect", path, "--round", id_)
        assert codes(office.json("collect", path, "--round", id_)) == ["collect.known-file"]
    assert [len(register(office, id_).rows) for id_ in ("R1", "R2")] == [1, 1]


@pytest.mark.skipif(os.name == "nt", reason="file names are text there")
def test_a_file_name_that_is_no_text_is_kept_under_one_that_is(office: Desk) -> None:
    opened(office)
    folder = office.root.parent / "市财政局"
    folder.mkdir()
    Path(folder, os.fsdecode(b"\xd2\xe2.pdf")).write_bytes(b"%PDF")
    document = office.json("collect", str(folder))
    assert document["account"]["evidence"] == 1
    assert (office.root / document["files"][0]["kept"]).read_bytes() == b"%PDF"
    assert Registers(office.root).of_plan("p1").issues == ()


def test_a_file_of_another_round_is_no_second_answer_where_a_round_is_named_for_others(office: Desk) -> None:
    opened(office, "--to", "市财政局")
    office.json("round", "p1", "open", "--kind", "系统", "--to", "市教育局", "--date", "2021-12-01")
    path = sent(office, "市教育局.docx", tracked(copies(office)["市教育局"], OLD, NEW))
    office.json("collect", path)
    assert len(register(office, "R2").rows) == 1
    assert codes(office.json("collect", path, "--round", "R1")) == ["collect.known-file"]
    assert register(office, "R1").rows == ()


def test_who_answers_for_a_datum_is_an_office_or_the_one_of_the_fragment(office: Desk) -> None:
    data = office.root / "data/facilities.yaml"
    text = data.read_text("utf-8").replace("rows:\n", "- {name: 责任单位, type: text}\nrows:\n")
    data.write_text(
        text.replace("护理型: 100}", "护理型: 100, 责任单位: 养老科}").replace(
            "护理型: 60}", "护理型: 60, 责任单位: 滨海区政府}"
        )
    )
    opened(office)
    copy = tracked(tracked(copies(office)["市财政局"], "港城区", "港城新区"), "滨海区", "滨海新区")
    office.json("collect", sent(office, "a.docx", copy))
    assert {(row.key, row.office) for row in register(office).rows} == {
        ("设施.机构.港城区.县区", "养老科"),
        ("设施.机构.滨海区.县区", "养老科"),
    }
    assert "decide.unknown-office" not in codes(office.json("check"))


def test_whoever_is_asked_and_marks_the_copy_of_another_answers_too(office: Desk) -> None:
    opened(office, kind="专家")
    data = tracked(
        tracked(copies(office)["市财政局"], OLD, NEW, "市教育局"), "保障基本民生", "改善基本民生", "市财政局"
    )
    document = office.json(
        "collect", sent(office, "论证会.docx", commented(data, "落实各级责任", "如何落实？", "赵六"))
    )
    assert {(row.unit, row.person) for row in register(office).rows} == {
        ("市财政局", ""),
        ("市财政局", "赵六"),
        ("市教育局", ""),
    }
    assert document["files"][0]["unit"] == "市财政局、市教育局"
    (shown,) = office.json("round", "p1")["rounds"]
    assert {(each["unit"], bool(each["answered"]), each["remarks"]) for each in shown["units"]} == {
        ("市财政局", True, 2),
        ("市教育局", True, 1),
    }
    own = sent(office, "市教育局.docx", tracked(copies(office)["市教育局"], OLD, NEW, "市教育局"))
    assert [row["result"] for row in office.json("collect", own)["rows"]] == ["known"]
    office.json("collect", "--undo")
    office.json("collect", "--undo")
    assert (register(office).rows, register(office).replies) == ((), ())


def test_a_copy_as_it_was_issued_is_told(office: Desk) -> None:
    opened(office)
    document = office.json("collect", sent(office, "a.docx", copies(office)["市财政局"]))
    assert codes(document) == ["collect.untouched"]
    assert "data/rounds/p1/R1.yaml" in document["issues"][0]["hint"]


def test_a_file_is_not_taken_into_the_other_round_where_its_own_cannot_be_read(office: Desk) -> None:
    opened(office, "--to", "市财政局")
    office.json("round", "p1", "open", "--kind", "系统", "--to", "市教育局", "--date", "2021-12-01")
    broken = office.root / "data/rounds/p1/R1.yaml"
    broken.write_text(broken.read_text("utf-8").replace("until: 2021-12-20", "until: 2021-12-99"), "utf-8")
    paths = [
        sent(office, f"{unit}.docx", tracked(copies(office)[unit], OLD, NEW))
        for unit in ("市财政局", "市教育局")
    ]
    document = office.json("collect", *paths, code=1)
    assert codes(document)[1:] == ["collect.round-unread"]
    assert [row.unit for row in register(office, "R2").rows] == ["市教育局"]
    assert codes(office.json("collect", paths[0], "--round", "R1", code=1))[1:] == ["collect.round-unread"]


def test_units_are_known_by_their_short_names_and_strangers_are_told(office: Desk) -> None:
    opened(office, "--to", "市财政局")
    office.json("round", "p1", "open", "--kind", "系统", "--to", "市教育局", "--date", "2021-12-01")
    office.json("collect", sent(office, "财政局意见.png", b"1"))
    office.json("collect", sent(office, "扫描.png", b"2"), "--for", "教育局")
    assert [[row.unit for row in register(office, id_).rows] for id_ in ("R1", "R2")] == [
        ["市财政局"],
        ["市教育局"],
    ]
    path = sent(office, "扫描2.png", b"3")
    document = office.json("collect", path, "--for", "市审计局", code=1)
    assert codes(document) == ["collect.not-asked"]
    assert "R1、R2 都没有征求过" in document["issues"][0]["message"]
    assert office.json("collect", path, "--for", "市审计局", "--round", "r1")["account"]["evidence"] == 1
    copy = sent(office, "a.docx", tracked(copies(office)["市财政局"], OLD, NEW))
    assert "collect.unasked" in codes(office.json("collect", copy, "--for", "市审计局", "--round", "R1"))
