import json
import subprocess
import sys
from pathlib import Path

import pytest

from drafter.picture.model import View
from drafter.picture.reading import read
from drafter.picture.views import view
from tests.actions.workspace import (
    FILES,
    FIRST,
    FRAME,
    NAME,
    PLAN,
    SECOND,
    WORKSPACE,
    Desk,
    changed,
    drafter,
    packed,
    parts,
    write,
)


def printed(path: Path) -> str:
    picture = read(path.read_bytes(), path.name).value
    assert picture
    return "\n".join(paragraph.text for paragraph in view(picture, View.ACCEPTED))


def test_without_a_name_all_plans_are_built(desk: Desk) -> None:
    plan = FILES[PLAN].replace("p1", "p2").replace("临港市规划", "设施规划")
    fragments = {path.replace("p1", "p2"): FILES[path].replace("p1/", "p2/") for path in (FIRST, SECOND)}
    write(
        desk.root,
        {
            **changed(WORKSPACE, "plans: [p1]", "plans: [p1, p2]"),
            "data/plans/p2.yaml": plan,
            **fragments,
        },
    )
    assert [file["plan"] for file in desk.json("build")["files"]] == ["p1", "p2"]
    assert [file["plan"] for file in desk.json("build", "p2")["files"]] == ["p2"]


def test_two_plans_of_one_title_do_not_overwrite_each_other(desk: Desk) -> None:
    plan = FILES[PLAN].replace("p1", "p2")
    fragments = {path.replace("p1", "p2"): FILES[path].replace("p1/", "p2/") for path in (FIRST, SECOND)}
    write(
        desk.root,
        {
            **changed(WORKSPACE, "plans: [p1]", "plans: [p1, p2]"),
            "data/plans/p2.yaml": plan,
            **fragments,
        },
    )
    names = [Path(str(file["path"])).name for file in desk.json("build")["files"]]
    assert names == ["临港市规划（p1）（讨论稿）.docx", "临港市规划（p2）（讨论稿）.docx"]


def test_a_plan_or_stage_that_is_not_there_is_wrong_usage_and_names_what_is(desk: Desk) -> None:
    assert desk.run("build", "p2") == 2
    assert "没有代号是“p2”的规划" in desk.err
    assert "p1" in desk.err
    assert desk.run("build", "--stage", "初稿") == 2
    assert "稿次只能是：讨论稿、征求意见稿" in desk.err
    assert not (desk.root / "build").exists()


def test_a_plan_whose_file_is_broken_is_told_by_its_error_and_not_as_unknown(desk: Desk) -> None:
    write(desk.root, changed(PLAN, "numbering: 章节", "numbering: 章"))
    assert desk.said("build", "p1") == [f"{PLAN}:7:14 workspace.choice"]


def test_stage_and_kind_stand_in_the_name_and_the_folder_is_what_o_says(desk: Desk, tmp_path: Path) -> None:
    (file,) = desk.json(
        "build", "--stage", "征求意见稿", "--internal", "--date", "2021-01-15", "-o", str(tmp_path / "out")
    )["files"]
    assert Path(str(file["path"])) == tmp_path / "out/临港市规划（征求意见稿）（内部）.docx"
    assert Path(str(file["path"])).is_file()
    assert desk.run("build", "--public") == 0
    assert "（公开）.docx" in desk.out


def test_what_is_only_internal_or_public_is_printed_so(desk: Desk) -> None:
    more = "\n{% if 内部 %}\n内部的话。\n{% endif %}\n{% if 公开 %}\n公开的话。\n{% endif %}\n"
    write(desk.root, {SECOND: FILES[SECOND] + more})
    desk.built()
    assert desk.run("build", "--internal") == 0
    assert desk.run("build", "--public") == 0
    folder = desk.root / "build"
    texts = [printed(folder / f"临港市规划（讨论稿）{kind}.docx") for kind in ("", "（内部）", "（公开）")]
    assert ["内部的话" in text for text in texts] == [False, True, False]
    assert ["公开的话" in text for text in texts] == [False, False, True]


def test_the_same_input_gives_the_same_bytes_wherever_it_lies(desk: Desk, tmp_path: Path) -> None:
    first = desk.built().read_bytes()
    records = {path.name: path.read_bytes() for path in (desk.root / "build/records").iterdir()}
    assert desk.built().read_bytes() == first
    other = write(tmp_path / "another folder" / "工作区")
    assert drafter(tmp_path, "build", "-w", str(other), PYTHONHASHSEED="7").returncode == 0
    assert (other / "build" / NAME).read_bytes() == first
    assert {path.name: path.read_bytes() for path in (other / "build/records").iterdir()} == records
    assert len(records) == 1


def test_build_does_not_speak_of_what_is_not_written_yet(desk: Desk) -> None:
    assert desk.said("build", code=0) == []
    assert desk.said("check", code=0) == [f"{PLAN}:15:10 workspace.slot-empty"]


def test_a_fragment_with_an_error_does_not_keep_the_others_out(desk: Desk) -> None:
    write(desk.root, changed(FIRST, "保障基本民生", "保障{{ 指标.养老床为[2025] }}"))
    assert desk.said("build") == [f"{FIRST}:7:18 merge.undefined"]
    text = printed(desk.root / "build" / NAME)
    assert "激发市场活力" in text
    assert "保障〔？养老床为〕。" in text


def test_a_table_that_nothing_defines_is_one_problem_at_its_line(desk: Desk) -> None:
    with (desk.root / FIRST).open("a", encoding="utf-8") as file:
        file.write("\n::: table 主要指标表 {#tbl:nothing}\n:::\n")
    line = (desk.root / FIRST).read_text("utf-8").count("\n") - 1
    assert desk.said("build", code=1) == [f"{FIRST}:{line}:1 views.unknown-view"]


def test_a_fragment_that_cannot_be_read_leaves_a_note_in_its_place(desk: Desk) -> None:
    write(desk.root, changed(FIRST, "保障基本民生", "{% if 内部 %}"))
    assert desk.json("build", code=1)["issues"]
    text = printed(desk.root / "build" / NAME)
    assert "本节有错误，未能排出" in text
    assert "激发市场活力" in text


def test_a_file_that_is_not_utf8_is_an_error_and_gb18030_a_word(desk: Desk) -> None:
    write(desk.root, {SECOND: FILES[SECOND].encode("gb18030")})
    assert desk.said("build", code=0) == [f"{SECOND}:3:1 source.gb18030"]
    assert "激发市场活力" in printed(desk.root / "build" / NAME)
    write(desk.root, {SECOND: b"---\nid: p1/b\n\xff\xff\xff"})
    assert f"{SECOND}:3:1 source.encoding" in desk.said("build")
    assert "以人民为中心" in printed(desk.root / "build" / NAME)


def test_a_frame_that_is_not_there_or_no_frame_is_said_and_nothing_written(desk: Desk) -> None:
    frame = (desk.root / FRAME).read_bytes()
    (desk.root / FRAME).unlink()
    assert desk.said("build") == [f"{FRAME} frame.missing"]
    (desk.root / FRAME).mkdir()
    assert desk.said("build") == [f"{FRAME} frame.unreadable"]
    (desk.root / FRAME).rmdir()
    (desk.root / FRAME).write_bytes(b"no zip")
    assert desk.said("build") == [f"{FRAME} frame.not-word"]
    for old, new, code in (("正文", "正文本", "frame.unknown-tag"), ("{{ 正文 }}", "", "frame.no-slot")):
        files = parts(frame)
        main = files["word/document.xml"].decode()
        assert old in main
        files["word/document.xml"] = main.replace(old, new).encode()
        (desk.root / FRAME).write_bytes(packed(files))
        assert f"{FRAME} {code}" in desk.said("build")
    assert not (desk.root / "build").exists()


def test_problems_of_fragments_are_said_also_where_the_frame_is_missing(desk: Desk) -> None:
    write(desk.root, changed(FIRST, "保障基本民生", "见@tbl:beds"))
    (desk.root / FRAME).unlink()
    assert desk.said("build") == [f"{FIRST}:7:11 refs.unknown-target", f"{FRAME} frame.missing"]


@pytest.mark.parametrize("blocked", ["build", "build/records"])
def test_a_folder_that_cannot_be_written_is_a_sentence_and_keeps_the_other_problems(
    desk: Desk, blocked: str
) -> None:
    write(desk.root, {**changed(FIRST, "保障基本民生", "见@tbl:beds"), blocked: b"a file stands in the way"})
    codes = [issue["code"] for issue in desk.json("build", code=1)["issues"]]
    assert codes == ["source.unwritable", "refs.unknown-target"]
    assert desk.run("build") == 1
    assert "Traceback" not in desk.err
    assert not list(desk.root.rglob("build/*.docx"))


def test_the_promised_json(desk: Desk) -> None:
    document = desk.json("build")
    assert set(document) == {"files", "issues"}
    (file,) = document["files"]
    assert {name: type(value) for name, value in file.items()} == {
        "plan": str,
        "path": str,
        "characters": int,
        "seconds": float,
        "pages": int,
        "pdf": str,
    }
    write(desk.root, changed(FIRST, "保障基本民生", "见@tbl:beds"))
    (issue,) = desk.json("build", code=1)["issues"]
    assert list(issue) == ["code", "severity", "file", "line", "column", "message", "hint"]


def test_json_is_whole_on_a_console_that_is_not_utf8(desk: Desk) -> None:
    done = drafter(desk.root, "build", "--json", PYTHONIOENCODING="ascii")
    assert json.loads(done.stdout)["files"][0]["path"] == f"build/{NAME}"


def test_a_plain_build_loads_nothing_that_it_does_not_use(desk: Desk) -> None:
    code = (
        "import json, sys; from drafter.cli.program import run; run(['build', 'p1']);"
        "print(json.dumps([*sys.modules]), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=desk.root, capture_output=True, check=True)
    loaded = set(json.loads(done.stderr.splitlines()[-1]))
    rooms = {name.split(".")[1] for name in loaded if name.startswith("drafter.")}
    below = {
        "cli",
        "handbook",
        "actions",
        "word",
        "views",
        "document",
        "merge",
        "workspace",
        "ooxml",
        "source",
    }
    assert rooms <= below
    rare = {
        "word.official",
        "word.frames",
        "word.drawings",
        "word.reading",
        "actions.sources",
        "merge.wording",
    }
    assert loaded & {f"drafter.{name}" for name in rare} == set()
    assert loaded & {"docx", "docxtpl", "openpyxl", "pypandoc", "rich", "pydantic", "rapidfuzz"} == set()
