"""The sample's prose is a plan of real size and obeys the text rules that need no engine."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PLACEHOLDERS = ("xx", "XX", "××", "某某", "待补充", "待定", "TODO", "【】", "＿")
# Words that say when without saying when, and names that have one form only.
VAGUE = ("今年", "去年", "目前", "近年来")
WRONG = (
    "幸福感、获得感",
    "量力而行、尽力而为",
    "民政爱民、民政为民",
    "基本社会服务、基层社会治理",
    "一港两城",
    "护理床位",
    "护理性床位",
    "区域性养老服务中心",
    "县市区",
    "各县区",
    "帐",
)
HAN = "\u3400-\u9fff"
# Templates first: what they print is not counted, so the count is a lower bound.
_MARKUP = re.compile(
    r"""\{\#\#.*?\#\#\} | \{\{.*?\}\} | \{%.*?%\} | <!--.*?--> | \{\#[^}\n]*\}
    | ^:::[^\n]*$ | \[\^[a-z0-9-]+\]:? | @(?:tbl|box|sec):[a-z0-9-]+
    | ^\s*(?:\#+|-|\d+\.)\s | [*|] | -{3,}:?""",
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)
_FRONT = re.compile(r"---\n(.*?)\n---\n", re.DOTALL)


def fragments(plan: str = "*") -> list[Path]:
    return sorted((ROOT / "sections").glob(f"{plan}/**/*.md"))


@cache
def parts(path: Path) -> tuple[dict[str, object], str]:
    """The front matter and the body of a fragment."""
    text = path.read_text("utf-8")
    found = _FRONT.match(text)
    assert found, path
    front = yaml.safe_load(found[1])
    assert isinstance(front, dict), path
    return front, text[found.end() :]


def plain(path: Path) -> str:
    """The body without markup, templates and comments."""
    return _MARKUP.sub("", parts(path)[1])


def outline(name: str) -> tuple[list[list[object]], list[object]]:
    plan = yaml.safe_load((ROOT / f"data/plans/{name}.yaml").read_text("utf-8"))
    return [chapter["slots"] for chapter in plan["outline"]], plan.get("annexes", [])


@pytest.mark.parametrize(
    ("plan", "expected", "annexes"),
    [("p145", [3, 3, 3, 4, 2, 3, 4], 10), ("pfac", [4, 3, 3, 7, 3, 2, 2, 3], 0)],
)
def test_the_outline_is_whole(plan: str, expected: list[int], annexes: int) -> None:
    chapters, behind = outline(plan)
    assert [len(slots) for slots in chapters] == expected
    assert len(behind) == annexes


@pytest.mark.parametrize("plan", ["p145", "pfac"])
def test_every_slot_is_written_and_no_fragment_is_left_over(plan: str) -> None:
    chapters, annexes = outline(plan)
    slots = [slot for part in [*chapters, annexes] for slot in part]
    assert sorted(map(str, slots)) == sorted(str(parts(path)[0]["id"]) for path in fragments(plan))


@pytest.mark.parametrize(("plan", "least"), [("p145", 30000), ("pfac", 8000)])
def test_a_plan_is_of_real_size(plan: str, least: int) -> None:
    assert sum(len("".join(plain(path).split())) for path in fragments(plan)) >= least


@pytest.mark.parametrize("path", fragments(), ids=lambda path: path.stem)
def test_front_matter_names_a_unit_and_a_status(path: Path) -> None:
    units = yaml.safe_load((ROOT / "data/units.yaml").read_text("utf-8"))["rows"]
    front, _ = parts(path)
    assert set(front) <= {"id", "title", "owner", "contributors", "status", "extract"}
    assert front["owner"] in {unit["名称"] for unit in units}
    assert front["status"] in {"待写", "初稿", "已核", "定稿"}


def test_no_sentence_is_written_twice() -> None:
    sentences = [
        sentence.strip()
        for path in fragments()
        for sentence in re.split(r"[。！？\n]", _MARKUP.sub("◦", parts(path)[1]))
        if len(re.findall(f"[{HAN}]", sentence)) >= 8
    ]
    assert {sentence for sentence in sentences if sentences.count(sentence) > 1} == set()


@pytest.mark.parametrize("path", fragments(), ids=lambda path: path.stem)
def test_punctuation_between_chinese_characters_is_full_width(path: Path) -> None:
    assert re.findall(rf"[{HAN}][,;:?!().\"'~-]+[{HAN}]", plain(path)) == []
    assert re.findall(r"[\"']", plain(path)) == []


@pytest.mark.parametrize("path", fragments(), ids=lambda path: path.stem)
def test_no_space_stands_beside_a_chinese_character_inside_a_line(path: Path) -> None:
    body = re.sub(r"^(?::::|\|).*$", "", parts(path)[1], flags=re.MULTILINE)
    assert re.findall(rf"[{HAN}，。；：] +[{HAN}0-9]", _MARKUP.sub("◦", body)) == []


@pytest.mark.parametrize("path", fragments(), ids=lambda path: path.stem)
def test_quotes_and_brackets_are_paired(path: Path) -> None:
    text = plain(path)
    for opening, closing in ("“”", "《》", "（）", "〔〕"):
        assert text.count(opening) == text.count(closing), opening


@pytest.mark.parametrize("path", fragments(), ids=lambda path: path.stem)
def test_no_placeholder_vague_date_or_wrong_name_is_left(path: Path) -> None:
    text = plain(path)
    assert [word for word in (*PLACEHOLDERS, *VAGUE, *WRONG) if word in text] == []


@pytest.mark.parametrize("path", fragments(), ids=lambda path: path.stem)
def test_no_paragraph_is_longer_than_four_hundred_characters(path: Path) -> None:
    assert [line[:20] for line in plain(path).split("\n") if len(line) > 400] == []


def test_references_and_footnotes_resolve() -> None:
    bodies = {path: parts(path)[1] for path in fragments()}
    everything = "\n".join(bodies.values())
    targets = re.findall(r"\{#((?:tbl|box|sec):[a-z0-9-]+)", everything)
    assert len(targets) == len(set(targets))
    # A 节 is named by its fragment, a 章 by its id in the outline.
    targets += [f"sec:{str(front['id']).rpartition('/')[2]}" for front in (parts(path)[0] for path in bodies)]
    chapters = "".join(path.read_text("utf-8") for path in (ROOT / "data/plans").glob("*.yaml"))
    targets += [f"sec:{name}" for name in re.findall(r"^  id: (c\d)$", chapters, re.MULTILINE)]
    assert set(re.findall(r"@((?:tbl|box|sec):[a-z0-9-]+)", everything)) <= set(targets)
    assert {f"{kind}:" for kind in ("tbl", "box", "sec")} == {
        found[: found.index(":") + 1] for found in re.findall(r"@((?:tbl|box|sec):[a-z0-9-]+)", everything)
    }
    for path, body in bodies.items():
        used = re.findall(r"\[\^([a-z0-9-]+)\](?!:)", body)
        assert sorted(used) == sorted(re.findall(r"^\[\^([a-z0-9-]+)\]:", body, re.MULTILINE)), path


def test_table_views_named_in_the_prose_exist_and_every_view_is_printed() -> None:
    views = yaml.safe_load((ROOT / "data/tables.yaml").read_text("utf-8"))["tables"]
    used = [
        name
        for path in fragments()
        for name in re.findall(r"^::: table (\S+)[^\n]*\n:::", parts(path)[1], re.MULTILINE)
    ]
    assert set(used) == {view["name"] for view in views}


def test_the_features_of_the_fragment_language_are_in_use() -> None:
    everything = "\n".join(parts(path)[1] for path in fragments())
    for pattern in (
        r"^::: 专栏 .+ \{#box:",
        r"^\d+\. \*\*.+?。\*\*",
        r"^   \d+\. ",
        r"^  - ",
        r"^# .+ \{#sec:",
        r"^## ",
        r"^\|---",
        r"\{% for ",
        r"\{% if 内部 %\}",
        r"\{% from \"macros\.md\.j2\" import ",
        r"<!-- .+ -->",
        r"\|亿元 \}\}",
        r"\|个百分点 \}\}",
    ):
        assert re.search(pattern, everything, re.MULTILINE), pattern
    assert len(re.findall(r"^\[\^[a-z0-9-]+\]:", everything, re.MULTILINE)) >= 4
