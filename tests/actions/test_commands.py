"""init, check, trace and schema, as their users call them."""

import json
from pathlib import Path

import pytest

from drafter.cli.program import run
from tests.actions.workspace import (
    FIRST,
    FRAME,
    INDICATORS,
    NAME,
    PLAN,
    SECOND,
    WORKSPACE,
    Desk,
    changed,
    number_of,
    silently,
    write,
)

# -- init --------------------------------------------------------------------------------------------------------------


def test_a_new_workspace_builds_and_checks_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "新" / "工作区"
    assert run(["init", str(place)]) == 0
    assert "drafter build -w" in capsys.readouterr().out
    assert run(["build", "-w", str(place), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["issues"] == []
    assert Path(document["files"][0]["path"]).is_file()
    assert run(["check", "-w", str(place), "--json"]) == 0
    codes = [issue["code"] for issue in json.loads(capsys.readouterr().out)["issues"]]
    assert codes == ["workspace.slot-empty"]


def test_init_leaves_every_file_alone_where_one_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/units.yaml").write_text("mine", "utf-8")
    assert run(["init", str(tmp_path), "--json"]) == 1
    issues = json.loads(capsys.readouterr().out)["issues"]
    assert [(Path(issue["file"]).name, issue["code"]) for issue in issues] == [("units.yaml", "init.exists")]
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["units.yaml"]
    assert (tmp_path / "data/units.yaml").read_text("utf-8") == "mine"


def test_init_beside_other_files_is_allowed(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine", "utf-8")
    assert run(["init", str(tmp_path)]) == 0


def test_init_that_fails_on_the_way_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "templates").write_text("a file stands in the way", "utf-8")
    assert run(["init", str(tmp_path)]) == 1
    assert "source.unwritable" in capsys.readouterr().err
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["templates"]


# -- check -------------------------------------------------------------------------------------------------------------


def test_check_writes_nothing_and_finds_what_build_finds(desk: Desk) -> None:
    write(desk.root, changed(FIRST, "保障基本民生", "见@tbl:beds"))
    before = sorted(desk.root.rglob("*"))
    assert desk.said("check") == [f"{PLAN}:15:10 workspace.slot-empty", f"{FIRST}:7:11 refs.unknown-target"]
    assert sorted(desk.root.rglob("*")) == before


def test_check_of_a_file_or_folder_says_only_what_is_wrong_there(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(desk.root, {**changed(FIRST, "保障基本民生", "见@tbl:beds"), **changed(SECOND, "@tbl:f", "@tbl:g")})
    wrong = [f"{FIRST}:7:11 refs.unknown-target"]
    assert desk.said("check", FIRST) == wrong
    assert desk.said("check", str(desk.root / FIRST)) == wrong
    assert desk.said("check", PLAN, code=0) == [f"{PLAN}:15:10 workspace.slot-empty"]
    assert desk.said("check", "data/units.yaml", code=0) == []
    assert len(desk.said("check", "sections/p1")) == 2
    assert len(desk.said("check", SECOND, FIRST)) == 2
    monkeypatch.chdir(desk.root / "sections/p1")
    assert desk.said("check", "01/01.md") == wrong
    assert len(desk.said("check", "01")) == 2
    (desk.root / FRAME).write_bytes(b"no zip")
    assert desk.said("check", FRAME) == [f"{FRAME} frame.not-word"]


def test_check_says_what_it_looked_at(desk: Desk) -> None:
    assert desk.run("check") == 0
    assert desk.out == "已检查 p1，共 2 个片段。\n"
    assert desk.run("check", FIRST) == 0
    assert desk.out == f"已检查 {FIRST}。\n"
    document = desk.json("check", "p1")
    assert (document["plans"], document["fragments"]) == (["p1"], 2)


@pytest.mark.parametrize("word", ["p2", "nosuch.md", "sections/nosuch", "../outside.md"])
def test_check_of_what_is_not_there_is_wrong_usage(desk: Desk, word: str) -> None:
    (desk.root.parent / "outside.md").write_text("x", "utf-8")
    assert desk.run("check", word) == 2
    assert "没有" in desk.err


# -- trace -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "指标.护理型占比[2025]",
        "指标.养老机构护理型床位占比[2025]",
        "指标.I02[2025]",
        '指标["护理型占比"][2025]',
    ],
)
def test_a_datum_is_traced_by_any_of_its_names(desk: Desk, name: str) -> None:
    line = number_of(desk.root, INDICATORS, "value: 55.0")
    document = desk.json("trace", name)
    assert document["origins"] == [
        {
            "file": INDICATORS,
            "line": line,
            "column": 19,
            "key": "指标.护理型占比[2025]",
            "formula": "",
            "inputs": [],
        }
    ]
    assert document["uses"] == []


def test_what_a_plan_says_of_itself_is_traced_to_its_file(desk: Desk) -> None:
    (origin,) = desk.json("trace", "规划.名称")["origins"]
    assert (origin["file"], origin["line"], origin["column"]) == (PLAN, 3, 10)


def test_a_derived_datum_is_traced_to_its_formula_and_its_inputs(desk: Desk) -> None:
    document = desk.json("trace", "指标.护理型占比[2020]")
    first, *below = document["origins"]
    assert first["formula"] == "设施.机构.护理型 / 设施.机构.床位 * 100"
    assert first["inputs"] == ["设施.机构.护理型", "设施.机构.床位"]
    assert first["line"] == number_of(desk.root, INDICATORS, "设施.机构.护理型 /")
    assert {"设施.机构.港城区.床位", "设施.机构.滨海区.护理型"} <= {each["key"] for each in below}


def test_the_uses_of_a_datum_are_those_of_all_that_rest_on_it(desk: Desk) -> None:
    uses = desk.json("trace", "设施.机构.港城区.护理型")["uses"]
    line = number_of(desk.root, FIRST, "护理型占比")
    assert [{**use, "text": str(use["text"])[:9]} for use in uses] == [
        {"plan": "p1", "place": "第一章第一节 1.1-2", "file": FIRST, "line": line, "text": "到2025年，养老"}
    ]
    assert "\ufffc" not in str(uses[0]["text"])


def test_a_line_is_traced_to_where_it_is_printed_and_to_its_data(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = number_of(desk.root, FIRST, "护理型占比")
    document = desk.json("trace", f"{FIRST}:{line}")
    assert document["origins"][0] == {
        "file": FIRST,
        "line": line,
        "column": 1,
        "key": "",
        "formula": "",
        "inputs": [],
    }
    assert "指标.养老床位[2025]" in [each["key"] for each in document["origins"]]
    assert {use["place"] for use in document["uses"]} == {"第一章第一节 1.1-2"}
    monkeypatch.chdir(desk.root / "sections")
    assert desk.json("trace", f"p1/01/01.md:{line}")["uses"] == document["uses"]
    number = number_of(desk.root, INDICATORS, "value: 800")
    assert desk.json("trace", f"{INDICATORS}:{number}:19")["uses"] == [
        use for use in document["uses"] if use["line"] == line
    ]


def test_a_place_in_a_word_file_is_traced_by_its_number_or_its_words(desk: Desk) -> None:
    built = str(desk.built())
    line = number_of(desk.root, FIRST, "护理型占比")
    by_number = desk.json("trace", f"{built}#1.1-2")
    assert {(each["file"], each["line"]) for each in by_number["origins"] if not each["key"]} == {
        (FIRST, line)
    }
    by_words = desk.json("trace", built, "--text", "800张")
    assert [each["key"] for each in by_words["origins"]] == ["指标.养老床位[2025]"]
    assert by_words["uses"] == by_number["uses"]


@pytest.mark.parametrize(
    "where",
    ["#1.2-1", "p1#1.2-1", "p1＃１．２－１", "1.2-1", "第一章第二节第1段", "#第一章第二节第一段", "# 1.2—1 "],
)
def test_a_paragraph_of_a_plan_is_traced_by_its_number_however_it_was_written_down(
    desk: Desk, where: str
) -> None:
    document = desk.json("trace", where)
    line = number_of(desk.root, SECOND, "政府主导")
    assert document["uses"] == [
        {
            "plan": "p1",
            "place": "第一章第二节 1.2-1",
            "file": SECOND,
            "line": line,
            "text": "政府主导。落实各级责任（见）。",
        }
    ]
    assert {(each["file"], each["line"]) for each in document["origins"]} == {(SECOND, line)}


def test_a_row_of_a_table_is_traced_by_its_number(desk: Desk) -> None:
    uses = desk.json("trace", "#1.2-3/2")["uses"]
    assert [(use["place"], use["text"]) for use in uses] == [
        ("第一章第二节 1.2-3/2", "滨海区"),
        ("第一章第二节 1.2-3/2", "100"),
    ]
    assert uses == desk.json("trace", "#第一章第二节第三段第2行")["uses"]


def test_a_number_that_no_paragraph_has_is_told_with_the_nearest_ones(desk: Desk) -> None:
    built = str(desk.built())
    for where in ("p1#1.2-9", f"{built}#1.2-9"):
        assert desk.run("trace", where) == 2
        assert "没有段号1.2-9" in desk.err
        assert (
            "1.2-1（政府主导。落实各级责任…）、1.2-2（社会参与。激发市场活力…）、1.2-3（表各县区设施…）"
            in desk.err
        )
    assert desk.run("trace", "#1.2-3/7") == 2
    assert "1.2-3/1（港城区…）、1.2-3/2（滨海区…）" in desk.err
    assert desk.said("trace", "p9#1.2-1", code=2) == [f"{WORKSPACE} build.unknown-plan"]
    assert desk.said("trace", "#", code=2) == [" trace.bad-number"]
    assert desk.said("trace", f"#{'9' * 5000}", code=2) == [" trace.bad-number"]


def test_a_returned_file_is_traced_at_todays_line(desk: Desk) -> None:
    built = desk.built()
    built.write_bytes(silently(built.read_bytes(), "激发市场活力", "激发社会活力"))
    write(desk.root, changed(SECOND, "1. **政府主导。**", "新的一段。\n\n1. **政府主导。**"))
    document = desk.json("trace", str(built), "--text", "激发市场活力")
    assert document["origins"][0]["line"] == number_of(desk.root, SECOND, "激发市场活力")


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("随便", "trace.unknown"),
        ("指标.", "trace.unknown"),
        ("指标.养老床为[2025]", "formula.unknown-name"),
        ("指标.养老床位", "formula.year-needed"),
        ("指标.养老床位[2035]", "formula.missing-year"),
        ("sections/p1/01/09.md:3", "trace.no-source"),
        (f"{FIRST}:900", "trace.no-line"),
        (f"{FIRST}:{'9' * 5000}", "trace.unknown"),
        (FIRST, "trace.which-line"),
        (INDICATORS, "trace.which-line"),
    ],
)
def test_what_cannot_be_traced_is_wrong_usage_with_a_sentence(desk: Desk, where: str, said: str) -> None:
    assert [each.split()[-1] for each in desk.said("trace", where, code=2)] == [said]
    assert desk.run("trace", where) == 2
    assert desk.err.count("\n") >= 2
    assert "：\n" not in desk.err


def test_what_cannot_be_traced_in_a_word_file_is_said(desk: Desk) -> None:
    built = str(desk.built())
    for arguments, code in (
        ([built], "trace.which"),
        ([f"{built}#9.9-9"], "trace.no-number"),
        ([f"{built}#三"], "trace.bad-number"),
        ([built, "--text", "没有的话"], "trace.not-there"),
    ):
        assert desk.said("trace", *arguments, code=2) == [f"{built} {code}"]
    frame = str(desk.root / FRAME)
    assert desk.said("trace", f"{frame}#1.1-1") == [f"{frame} collect.no-id"]
    (desk.root / FRAME).write_bytes(b"no zip")
    assert desk.said("trace", f"{frame}#1.1-1") == [f"{frame} ooxml.not-zip"]
    assert desk.said("trace", "nosuch.docx#1.1-1") == ["nosuch.docx cli.file"]


def test_a_datum_of_a_file_that_does_not_parse_is_told_with_the_reason(desk: Desk) -> None:
    write(desk.root, changed(INDICATORS, "rows:", "rows"))
    assert desk.said("trace", "指标.养老床位[2025]")[0].endswith("yaml.no-colon")


def test_people_read_origins_and_uses(desk: Desk) -> None:
    assert desk.run("trace", "指标.养老床位[2020]") == 0
    lines = desk.out.splitlines()
    assert lines[:3] == [
        f"来自 {INDICATORS}:8:22 指标.养老床位[2020]",
        "    公式：设施.机构.床位",
        "    用到：设施.机构.床位",
    ]
    assert "来自 设施.机构.床位" in lines


# -- schema ------------------------------------------------------------------------------------------------------------


def test_schemas_are_written_the_same_each_time(desk: Desk) -> None:
    files = desk.json("schema")["files"]
    before = {str(path): Path(str(path)).read_bytes() for path in files}
    assert desk.json("schema")["files"] == files
    assert {path: Path(path).read_bytes() for path in before} == before
    assert {Path(path).name for path in before} >= {"plan.schema.json", "fragment.schema.json"}
    for body in before.values():
        assert json.loads(body)["$schema"]


# -- all ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["build"], 0),
        (["check"], 0),
        (["schema"], 0),
        (["trace", "指标.养老床位[2025]"], 0),
        (["collect", f"build/{NAME}"], 0),
        (["build", "p9"], 2),
        (["check", "x.md"], 2),
        (["trace", "随便"], 2),
        (["collect", "x.docx"], 1),
    ],
)
def test_every_json_is_one_document_with_issues(
    desk: Desk, arguments: list[str], code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.built()
    monkeypatch.chdir(desk.root)
    assert isinstance(desk.json(*arguments, code=code)["issues"], list)
    assert desk.err == ""


def test_without_the_workspace_file_every_command_says_so(desk: Desk) -> None:
    (desk.root / "data/workspace.yaml").write_text("workspace: [\n", "utf-8")
    for arguments in (["build"], ["check"], ["trace", "指标.养老床位[2025]"], ["collect", "x.docx"]):
        assert desk.said(*arguments)[0] == "data/workspace.yaml:1:12 yaml.bracket"
