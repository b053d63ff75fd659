"""One workspace with everything wrong: all problems of all files in one run, each with its place, a sentence and what to do."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from drafter.picture.model import View
from drafter.picture.reading import read
from drafter.picture.views import view
from tests.actions.workspace import FILES, FRAME, NAME, Desk, drafter, packed, parts, place, write

FRONT = "---\nid: {id}\ntitle: {title}\nowner: {owner}\nstatus: 初稿\n---\n"


def fragment(name: str, body: str, owner: str = "养老科") -> str:
    return FRONT.format(id=f"p1/{name}", title=f"标题{name}", owner=owner) + body


# `¦` stands where a problem is, and in no file; its code is in the list behind the text, in the order of the marks.
WRONG: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "data/broken.yaml": ("dataset: ¦{name: x\n", ("yaml.bracket",)),
    "data/counties.yaml": (
        """\
dataset: {name: counties, title: 县区, kind: records, short: 县区, key: [名称]}
columns:
- {name: 名称, type: text}
- {name: 人口, type: number, unit: 万人, decimals: 1, ¦digits: 1}
rows:
- {名称: 港城区, 人口: ¦很多}
- {名称: ¦港城区, 人口: 1.0}
- {名称: 滨海区, 人口: 46.2, ¦人口: 46.3}
""",
        (
            "workspace.unknown-key",
            "workspace.not-number",
            "workspace.duplicate-id",
            "yaml.duplicate-key",
        ),
    ),
    "data/indicators.yaml": (
        FILES["data/indicators.yaml"]
        + """\
- id: I03
  name: 甲
  unit: 个
  values:
    2020: {formula: "¦指标.乙 + 0", status: 实际}
    2025: {formula: "指标.养老床位[¦2030] * 1", status: 目标}
  attribute: 预期性
  growth: none
  owner: ¦养老室
- id: I04
  name: 乙
  unit: 个
  values:
    2020: {formula: "指标.甲 + 0", status: 实际}
  attribute: 预期性
  growth: none
  owner: 养老科
""",
        ("formula.cycle", "formula.missing-year", "workspace.unknown-owner"),
    ),
    "data/plans/p1.yaml": (
        FILES["data/plans/p1.yaml"].split("  slots:")[0]
        + """\
  slots:
  - p1/a
  - p1/b
  - p1/d
  - p1/e
  - p1/f
  - ¦p1/g
""",
        ("workspace.fragment-missing",),
    ),
    "sections/p1/01/03.md": (
        fragment("c", "多出来的一节。\n").replace("id: ", "id: ¦"),
        ("workspace.fragment-orphan",),
    ),
    "sections/p1/01/04.md": (
        fragment(
            "d",
            "养老床位{{ 指标.¦养老床为[2025] }}，{{ 指标.养老床位[¦2035] }}，见¦@tbl:beds。\n\n"
            "¦<div>原样¦</div>\n\n"
            "¦::: 专栏 没有收尾\n1. 内容。\n",
        ),
        (
            "merge.undefined",
            "formula.missing-year",
            "refs.unknown-target",
            "document.html",
            "document.html",
            "document.unclosed-block",
        ),
    ),
    "sections/p1/01/05.md": (
        fragment(
            "e",
            "{% macro m(x) %}{{ x }}{% endmacro %}{% set t %}{{ 指标.养老床位[2025] }}{% endset %}{{ t | ¦length }}\n",
        ),
        ("merge.captured",),
    ),
    "sections/p1/01/06.md": (fragment("f", "对的一节。\n", owner="¦民政科"), ("workspace.unknown-owner",)),
}
NOT_TEXT = "sections/p1/01/07.md"


def expected() -> list[str]:
    out = [f"{NOT_TEXT}:3:1 source.encoding", f"{FRAME} frame.unknown-tag"]
    for path, (text, codes) in WRONG.items():
        at = -1
        for code in codes:
            at = text.index("¦", at + 1)
            before = text[:at].replace("¦", "")
            line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
            out.append(f"{path}:{line}:{column} {code}")
        assert text.count("¦") == len(codes), path
    return sorted(out)


@pytest.fixture
def wrong(desk: Desk) -> Desk:
    frame = parts((desk.root / FRAME).read_bytes())
    main = frame["word/document.xml"].decode()
    frame["word/document.xml"] = main.replace("编制单位", "编制单").encode()
    changes: dict[str, str | bytes] = {path: text.replace("¦", "") for path, (text, _) in WRONG.items()}
    write(desk.root, {**changes, FRAME: packed(frame), NOT_TEXT: b"---\nid: p1/h\n\xff\xfe\xff\n"})
    return desk


def test_all_problems_of_all_files_are_said_in_one_run(wrong: Desk) -> None:
    assert sorted(wrong.said("check")) == expected()
    assert sorted(wrong.said("build")) == expected()


def test_each_has_a_sentence_and_errors_a_hint_in_both_languages(
    wrong: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: dict[str, dict[str, dict[str, object]]] = {}
    for lang in ("zh_CN", "en"):
        monkeypatch.setenv("DRAFTER_LANG", lang)
        said[lang] = {place(issue): issue for issue in wrong.json("check", code=1)["issues"]}
    assert set(said["zh_CN"]) == set(said["en"])
    for where, issue in said["zh_CN"].items():
        assert issue["hint"], where
        assert said["en"][where]["hint"], where
        assert any("\u4e00" <= character <= "\u9fff" for character in str(issue["message"]))
        assert said["en"][where]["message"] != issue["message"]


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONIOENCODING": "gbk", "DRAFTER_LANG": "zh_CN"},
        {"PYTHONIOENCODING": "ascii", "DRAFTER_LANG": "zh_CN"},
        {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "DRAFTER_LANG": ""},
    ],
)
def test_on_any_console_there_is_no_traceback(wrong: Desk, environment: Mapping[str, str]) -> None:
    done = drafter(wrong.root, "check", **environment)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    codec = environment.get("PYTHONIOENCODING", "ascii")
    text = done.stderr.decode(codec)
    for line in expected():
        where, code = line.split()
        assert f"{where}: {code}" in text
    if codec == "gbk":
        assert "没有" in text


def test_the_other_fragments_are_built_where_the_frame_can_be_used(wrong: Desk) -> None:
    from drafter.word.frames import plan_frame

    (wrong.root / FRAME).write_bytes(plan_frame())
    assert wrong.run("build") == 1
    picture = read((wrong.root / "build" / NAME).read_bytes(), NAME).value
    assert picture
    texts = [paragraph.text for paragraph in view(picture, View.ACCEPTED)]
    assert "对的一节。" in texts
    assert "坚持以人民为中心，保障基本民生。" in texts


def test_json_says_the_same_under_the_c_locale(wrong: Desk) -> None:
    done = drafter(
        wrong.root, "check", "--json", LANG="C", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"
    )
    assert sorted(place(issue) for issue in json.loads(done.stdout)["issues"]) == sorted(wrong.said("check"))
