import json
import zipfile
from collections.abc import Callable

import pytest

from drafter.actions.held import Records
from drafter.picture.reading import read
from tests.actions.workspace import (
    FILES,
    FIRST,
    FRAME,
    INDICATORS,
    NAME,
    PLAN,
    SECOND,
    WORKSPACE,
    Desk,
    changed,
    commented,
    number_of,
    packed,
    parts,
    silently,
    texts,
    tracked,
    write,
)

Change = Callable[[bytes, str, str], bytes]
ACCOUNT = {"received": 1, "read": 1, "evidence": 0, "refused": 0}
FILE = {
    "state": "read",
    "round": "",
    "unit": "",
    "known": "id",
    "kept": "",
    "new": 0,
    "there": 0,
    "withdrawn": 0,
    "remarks": [],
    "conclusion": "",
}


def returned(desk: Desk, data: bytes, name: str = "退回.docx") -> str:
    path = desk.root.parent / name
    path.write_bytes(data)
    return str(path)


def one(rows: object) -> dict[str, object]:
    assert isinstance(rows, list)
    (row,) = rows
    assert isinstance(row, dict)
    return row


# -- what was done -----------------------------------------------------------------------------------------------------


def test_an_untouched_file_has_no_remarks_and_changes_nothing(desk: Desk) -> None:
    before = texts(desk.root)
    built = desk.built()
    document = desk.json("collect", str(built), "--apply")
    assert document == {
        "remarks": [],
        "rows": [],
        "files": [FILE | {"name": str(built)}],
        "account": {**ACCOUNT, "remarks": 0, "rows": 0},
        "issues": [],
    }
    assert texts(desk.root) == before


def test_copies_of_one_file_share_a_record_that_is_read_for_the_first_of_them(desk: Desk) -> None:
    release = read(desk.built().read_bytes(), "x.docx").value.release  # type: ignore[union-attr]
    records = Records(desk.root)
    first = records.find(release, "一.docx")
    assert records.find(release, "二.docx") is first
    write(desk.root, changed(SECOND, "激发市场活力", "激发社会活力"))
    other = read(desk.built().read_bytes(), "x.docx").value.release  # type: ignore[union-attr]
    assert records.find(other, "三.docx").release == other
    assert records.find(release, "四.docx") == first


@pytest.mark.parametrize("change", [silently, tracked])
def test_an_edit_is_found_at_its_line_and_applied_to_exactly_that_line(desk: Desk, change: Change) -> None:
    before = texts(desk.root)
    path = returned(desk, change(desk.built().read_bytes(), "激发市场活力", "激发社会活力"))
    document = desk.json("collect", path)
    remark = one(document["remarks"])
    line = number_of(desk.root, SECOND, "激发市场活力")
    assert remark["target"] == {"file": SECOND, "line": line, "column": 13 if change is tracked else 15}
    assert remark["tracked"] is (change is tracked)
    assert remark["author"] == ("王五" if change is tracked else "")
    assert document["rows"] == []
    assert texts(desk.root) == before

    document = desk.json("collect", path, "--apply")
    assert document["rows"] == [{"id": "r1", "result": "applied", "reason": "", "file": SECOND, "line": line}]
    expected = before | {SECOND: before[SECOND].replace("市场活力".encode(), "社会活力".encode())}
    assert texts(desk.root) == expected
    # What is built now reads as the reviewer wrote.
    assert "激发社会活力".encode() in parts(desk.built().read_bytes())["word/document.xml"]


def test_a_second_apply_locates_and_does_not_write(desk: Desk) -> None:
    path = returned(desk, tracked(desk.built().read_bytes(), "激发市场活力", "激发社会活力"))
    assert one(desk.json("collect", path, "--apply")["rows"])["result"] == "applied"
    after = texts(desk.root)
    document = desk.json("collect", path, "--apply")
    line = number_of(desk.root, SECOND, "激发社会活力")
    assert one(document["rows"]) == {
        "id": "r1",
        "result": "open",
        "reason": "review.source-changed",
        "file": SECOND,
        "line": line,
    }
    assert [issue["code"] for issue in document["issues"]] == ["collect.source-changed"]
    assert texts(desk.root) == after


def test_a_datum_is_changed_in_the_data(desk: Desk) -> None:
    before = texts(desk.root)
    path = returned(desk, silently(desk.built().read_bytes(), "800", "850"))
    document = desk.json("collect", path, "--apply")
    line = number_of(desk.root, INDICATORS, "value: 850")
    remark = one(document["remarks"])
    assert (remark["kind"], remark["proposed"]) == ("value", "850张")
    assert remark["target"] == {
        "key": "指标.养老床位[2025]",
        "file": INDICATORS,
        "line": line,
        "column": 19,
        "formula": "",
        "inputs": [],
    }
    assert texts(desk.root) == before | {INDICATORS: before[INDICATORS].replace(b"value: 800", b"value: 850")}


def test_a_derived_datum_is_named_with_its_formula_and_not_changed(desk: Desk) -> None:
    before = texts(desk.root)
    path = returned(desk, silently(desk.built().read_bytes(), "40.0", "45.0"))
    document = desk.json("collect", path, "--apply")
    target = one(document["remarks"])["target"]
    assert isinstance(target, dict)
    assert target["key"] == "指标.护理型占比[2020]"
    assert target["formula"] == "设施.机构.护理型 / 设施.机构.床位 * 100"
    assert one(document["rows"])["reason"] == "review.derived"
    assert texts(desk.root) == before


def test_a_comment_is_at_its_words_and_stays_open(desk: Desk) -> None:
    before = texts(desk.root)
    path = returned(desk, commented(desk.built().read_bytes(), "激发市场活力", "建议细化"))
    document = desk.json("collect", path, "--apply")
    remark = one(document["remarks"])
    assert (remark["kind"], remark["author"], remark["comment"]) == ("comment", "赵六", "建议细化")
    assert remark["target"] == {"file": SECOND, "line": 8, "column": 13}
    assert one(document["rows"])["result"] == "open"
    assert texts(desk.root) == before


def test_what_no_source_says_is_unlocated_with_the_reason(desk: Desk) -> None:
    path = returned(desk, silently(desk.built().read_bytes(), "目\u3000\u3000录", "目\u3000\u3000次"))
    assert one(desk.json("collect", path)["remarks"])["target"] == {"unlocated": "review.generated"}
    assert desk.run("collect", path) == 0
    assert "程序生成的" in desk.out


def test_the_promised_json(desk: Desk) -> None:
    path = returned(desk, tracked(desk.built().read_bytes(), "激发市场活力", "激发社会活力"))
    document = desk.json("collect", path, "--apply")
    assert set(document) == {"remarks", "rows", "files", "account", "issues"}
    promised = {
        "id",
        "kind",
        "tracked",
        "author",
        "date",
        "original",
        "proposed",
        "comment",
        "confidence",
        "target",
    }
    assert promised <= set(one(document["remarks"]))
    assert one(document["remarks"])["confidence"] in {"sure", "likely", "unsure"}
    assert set(one(document["rows"])) == {"id", "result", "reason", "file", "line"}
    assert document["account"] == {**ACCOUNT, "remarks": 1, "rows": 1}


def test_people_read_place_kind_author_and_words(desk: Desk) -> None:
    path = returned(desk, tracked(desk.built().read_bytes(), "激发市场活力", "激发社会活力"))
    assert desk.run("collect", path, "--apply") == 0
    assert desk.out.splitlines() == [
        f"r1  {SECOND}:8:13  改写（王五，位置确定）",
        "    第一章第二节 1.2-2：社会参与。激发市场活力。",
        "    - 激发市场活力",
        "    + 激发社会活力",
        f"r1: 已写回 {SECOND}:8",
        "收到 1 个文件，读了 1 个，没有收 0 个；共 1 条意见。",
    ]


def test_people_are_told_before_anything_is_written_what_will_stay_open_and_why(desk: Desk) -> None:
    fragment = desk.root / SECOND
    fragment.write_text(
        fragment.read_text("utf-8").replace("激发市场活力。", "床位共{{ 指标.养老床位[2025] }}。"), "utf-8"
    )
    path = returned(desk, silently(desk.built().read_bytes(), "800", "850"))
    before = texts(desk.root)
    assert desk.run("collect", path) == 0
    place = f"{INDICATORS}:{number_of(desk.root, INDICATORS, 'value: 800')}:19 (指标.养老床位[2025])"
    assert desk.out.splitlines() == [
        f"r1  {place}  改了数据（未署名，位置确定）",
        "    第一章第二节 1.2-2：社会参与。床位共800张。",
        "    - 800张",
        "    + 850张",
        "    不写回：同样的文字或数据在别处也印出，改一处会改到几处",
        "    也印在：1.1-2",
        "收到 1 个文件，读了 1 个，没有收 0 个；共 1 条意见。",
    ]
    remark = one(desk.json("collect", path)["remarks"])
    assert (remark["obstacle"], remark["elsewhere"]) == ("review.printed-elsewhere", ["1.1-2"])
    assert texts(desk.root) == before


OTHER = {
    WORKSPACE: FILES[WORKSPACE].replace("plans: [p1]", "plans: [p1, p2]")
    + "- {plan: p2, stage: 讨论稿, date: 2021-08-20}\n",
    "data/plans/p2.yaml": FILES[PLAN]
    .partition("outline:")[0]
    .replace("id: p1", "id: p2")
    .replace("临港市规划", "设施规划")
    + "outline:\n- title: 设施\n  slots: [p2/a]\n",
    "sections/p2/01/01.md": "---\nid: p2/a\ntitle: 床位\nowner: 养老科\nstatus: 初稿\n---\n"
    "床位达到{{ 指标.养老床位[2025] }}，护理型占{{ 设施.机构.护理型 / 设施.机构.床位 * 100 }}。\n\n床位不变。\n",
}


@pytest.mark.parametrize(
    ("old", "new", "places"),
    [
        ("800", "850", "1.1-1"),
        ("护理型占比为40.0", "护理型占比为45.0", ""),
        ("激发市场活力", "激发社会活力", ""),
    ],
)
@pytest.mark.parametrize("options", [(), ("--apply",)])
def test_another_plan_that_prints_a_corrected_datum_is_named(
    desk: Desk, options: tuple[str, ...], old: str, new: str, places: str
) -> None:
    write(desk.root, OTHER)
    assert desk.run("build", "p1") == 0, desk.err
    path = returned(desk, silently((desk.root / "build" / NAME).read_bytes(), old, new))
    document = desk.json("collect", path, *options)
    said = [each["message"] for each in document["issues"] if each["code"] == "collect.other-plan"]
    assert said == ([f"r1：规划 p2 里也印着：{places}"] if places else [])


def test_the_heads_of_a_table_that_another_plan_has_too_are_named(desk: Desk) -> None:
    table = "\n::: table 设施表 {#tbl:others}\n:::\n"
    write(desk.root, {**OTHER, "sections/p2/01/01.md": OTHER["sections/p2/01/01.md"] + table})
    assert desk.run("build", "p1") == 0, desk.err
    data = silently((desk.root / "build" / NAME).read_bytes(), "各县区设施", "各县市区设施")
    document = desk.json("collect", returned(desk, data), "--apply")
    assert one(document["rows"])["result"] == "applied"
    (said,) = [each["message"] for each in document["issues"] if each["code"] == "collect.other-plan"]
    assert said.startswith("r1：规划 p2 里也印着：1.1-3")


# -- a workspace that went on ------------------------------------------------------------------------------------------


def test_a_changed_source_is_located_at_todays_line_and_not_written(desk: Desk) -> None:
    path = returned(desk, tracked(desk.built().read_bytes(), "激发市场活力", "激发社会活力"))
    write(desk.root, changed(SECOND, "1. **政府主导。**", "新的一段。\n\n再一段。\n\n1. **政府主导。**"))
    before = texts(desk.root)
    document = desk.json("collect", path, "--apply")
    line = number_of(desk.root, SECOND, "激发市场活力")
    assert one(document["remarks"])["target"] == {"file": SECOND, "line": line, "column": 13}
    assert one(document["rows"])["reason"] == "review.source-changed"
    assert texts(desk.root) == before


def test_an_edit_of_an_unchanged_source_is_applied_though_another_changed(desk: Desk) -> None:
    path = returned(desk, tracked(desk.built().read_bytes(), "激发市场活力", "激发社会活力"))
    write(desk.root, changed(FIRST, "以人民为中心", "人民至上"))
    document = desk.json("collect", path, "--apply")
    assert one(document["rows"])["result"] == "applied"
    assert document["issues"] == []


def test_a_frame_that_reads_otherwise_now_is_said_and_nothing_written(desk: Desk) -> None:
    path = returned(desk, tracked(desk.built().read_bytes(), "激发市场活力", "激发社会活力"))
    files = parts((desk.root / FRAME).read_bytes())
    main = files["word/document.xml"].decode()
    assert "目\u3000\u3000录" in main
    files["word/document.xml"] = main.replace("目\u3000\u3000录", "目\u3000\u3000次").encode()
    (desk.root / FRAME).write_bytes(packed(files))
    before = texts(desk.root)
    document = desk.json("collect", path, "--apply")
    assert [issue["file"] for issue in document["issues"]] == [FRAME]
    assert one(document["rows"])["reason"] == "review.source-changed"
    assert texts(desk.root) == before


def test_a_workspace_with_an_error_elsewhere_still_takes_an_edit(desk: Desk) -> None:
    path = returned(desk, tracked(desk.built().read_bytes(), "激发市场活力", "激发社会活力"))
    write(desk.root, {"data/broken.yaml": "dataset: {name: x\n"})
    document = desk.json("collect", path, "--apply", code=1)
    assert one(document["rows"])["result"] == "applied"
    assert [issue["code"] for issue in document["issues"]] == ["yaml.bracket"]


def test_what_cannot_be_written_stays_open_with_the_reason(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from drafter.actions import quick
    from drafter.source.issues import Issue, Place, Refused

    def full(*_: object) -> None:
        raise Refused(Issue("source.unwritable", Place(SECOND), {"reason": "磁盘满了"}))

    monkeypatch.setattr(quick, "write_sources", full)
    path = returned(desk, tracked(desk.built().read_bytes(), "激发市场活力", "激发社会活力"))
    document = desk.json("collect", path, "--apply", code=1)
    assert one(document["rows"])["result"] == "open"
    assert one(document["rows"])["reason"] == "collect.not-written"
    assert one(document["remarks"])["proposed"] == "激发社会活力"
    assert desk.run("collect", path, "--apply") == 1
    assert "没有写进文件" in desk.out


# -- several files, and files that are none ----------------------------------------------------------------------------


def test_a_file_named_twice_counts_once(desk: Desk) -> None:
    data = tracked(desk.built().read_bytes(), "激发市场活力", "激发社会活力")
    first, copy = returned(desk, data), returned(desk, data, "副本.docx")
    document = desk.json("collect", first, first, copy, "--apply")
    assert document["account"] == {
        **ACCOUNT,
        "received": 3,
        "refused": 2,
        "remarks": 1,
        "rows": 1,
    }
    assert [issue["code"] for issue in document["issues"]] == ["collect.twice"] * 2


def test_of_two_reviewers_the_second_sees_what_the_first_has_changed(desk: Desk) -> None:
    data = desk.built().read_bytes()
    first = returned(desk, tracked(data, "激发市场活力", "激发社会活力"), "甲.docx")
    second = returned(desk, tracked(data, "以人民为中心", "人民至上"), "乙.docx")
    third = returned(desk, tracked(data, "激发市场活力", "激发全民活力"), "丙.docx")
    document = desk.json("collect", first, second, third, "--apply")
    assert [(row["id"], row["result"]) for row in document["rows"]] == [
        ("r1", "applied"),
        ("r2", "applied"),
        ("r3", "open"),
    ]


def test_a_file_without_its_record_is_refused_with_the_reason(desk: Desk) -> None:
    built = desk.built()
    (record,) = (desk.root / "build/records").iterdir()
    whole = record.read_bytes()
    record.write_bytes(whole[:1000])
    assert desk.said("collect", str(built)) == [f"{built} collect.bad-record"]
    record.unlink()
    assert desk.said("collect", str(built)) == [f"{built} collect.no-record"]
    record.mkdir()
    assert [each.split()[1] for each in desk.said("collect", str(built))] == ["source.unreadable"]
    record.rmdir()
    # The hint promises it: the same sources make the same record again.
    desk.built()
    assert record.read_bytes() == whole


def test_a_word_file_of_somebody_else_is_refused(desk: Desk) -> None:
    path = str(desk.root / FRAME)
    assert desk.said("collect", path) == [f"{path} collect.no-id"]


def bomb(data: bytes) -> bytes:
    return packed({**parts(data), "word/media/image1.png": b"\0" * 40_000_000})


def entities(data: bytes) -> bytes:
    files = parts(data)
    dtd = b'<!DOCTYPE w [<!ENTITY a "b">]>'
    main = files["word/document.xml"]
    at = main.index(b"?>") + 2 if main.startswith(b"<?xml") else 0
    return packed({**files, "word/document.xml": main[:at] + dtd + main[at:]})


def malformed(data: bytes) -> bytes:
    files = parts(data)
    return packed({**files, "word/document.xml": files["word/document.xml"][:-40]})


def escaping(data: bytes) -> bytes:
    return packed({**parts(data), "../../evil.txt": b"x"})


def headless(data: bytes) -> bytes:
    return packed({name: body for name, body in parts(data).items() if name != "word/document.xml"})


def encrypted(data: bytes) -> bytes:
    return bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600


def spreadsheet(data: bytes) -> bytes:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}"/></Types>'
    )
    return packed({"[Content_Types].xml": types.encode(), "xl/workbook.xml": b"<workbook/>"})


def empty(data: bytes) -> bytes:
    return b""


def text(data: bytes) -> bytes:
    return "正文".encode()


def truncated(data: bytes) -> bytes:
    return data[: len(data) // 2]


BAD = {
    empty: "ooxml.empty",
    text: "ooxml.not-zip",
    truncated: "ooxml.truncated",
    bomb: "ooxml.bomb",
    entities: "ooxml.entities",
    malformed: "ooxml.malformed",
    escaping: "ooxml.path",
    headless: "ooxml.no-document",
    encrypted: "ooxml.old-format",
    spreadsheet: "ooxml.not-word",
}


def test_what_cannot_be_read_is_refused_and_the_rest_collected(desk: Desk) -> None:
    data = desk.built().read_bytes()
    before = texts(desk.root)
    bad = [returned(desk, spoil(data), f"{spoil.__name__}.docx") for spoil in BAD]
    (desk.root.parent / "夹").mkdir()
    missing, folder = str(desk.root / "没有.docx"), returned(desk, b"nothing", "夹/空.docx")
    good = returned(desk, tracked(data, "激发市场活力", "激发社会活力"))
    document = desk.json("collect", *bad, missing, str(desk.root.parent / "夹"), good, code=1)
    codes = [*BAD.values(), "source.unreadable", "ooxml.not-zip"]
    said = [(issue["file"], issue["code"]) for issue in document["issues"]]
    assert said == list(zip([*bad, missing, folder], codes, strict=True))
    assert len(document["remarks"]) == 1
    assert document["account"] == {
        **ACCOUNT,
        "received": len(said) + 1,
        "refused": len(said),
        "remarks": 1,
        "rows": 0,
    }
    assert texts(desk.root) == before
    for lang in ("zh_CN", "en"):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DRAFTER_LANG", lang)
            assert desk.run("collect", *bad, missing, folder) == 1
        assert "Traceback" not in desk.err
    assert not (desk.root.parent / "evil.txt").exists()


def test_the_opaque_id_is_no_path(desk: Desk) -> None:
    built = desk.built()
    (record,) = (desk.root / "build/records").iterdir()
    evil = "../../data/x"
    files = {
        name: body.replace(record.stem.encode(), evil.encode())
        for name, body in parts(built.read_bytes()).items()
    }
    path = returned(desk, packed(files))
    assert desk.said("collect", path) == [f"{path} collect.no-id"]


def test_collecting_needs_a_file(desk: Desk) -> None:
    assert desk.run("collect") == 2
    assert "缺少参数 FILE" in desk.err


def test_a_record_is_readable_json_of_modest_size(desk: Desk) -> None:
    built = desk.built()
    (record,) = (desk.root / "build/records").iterdir()
    assert json.loads(record.read_bytes())["plan"] == "p1"
    assert record.stem.encode() in parts(built.read_bytes())["docProps/custom.xml"]
    assert zipfile.is_zipfile(built)
