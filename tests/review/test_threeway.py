"""A reviewer reads what was issued, its writers go on writing: what becomes of the text of today. (tracked by nobody, so that every change is found by comparing)"""

from collections.abc import Callable, Mapping

import pytest

from drafter.review.match import match
from drafter.review.remarks import BREAK, Change, Confidence, Kind, Remark, Unlocated
from drafter.review.today import Brought, Today, bring
from tests.review.rig import Desk, drafts, picture

PATH = "sections/p/01/01.md"
Maker = Callable[[str], Desk]
Says = Mapping[str, str]

FIRST, LAST = "开头一段谁也不动。\n\n", "\n\n末尾一段谁也不动。\n"
ISSUED = "健全养老服务体系，扩大普惠服务供给，规范机构运营管理。优化设施布局。"


def reviewed(made: Desk, said: Says) -> tuple[Remark, ...]:
    """The remarks of a reviewer who makes paragraphs that read so read otherwise; a line feed puts another paragraph after it, nothing takes it away."""
    returned = []
    for draft in drafts(made.issued):
        new = said.get(draft.text) if not draft.toc else None
        if new is None:
            returned.append(draft)
            continue
        for number, line in enumerate(new.split("\n") if new else []):
            copy = type(draft)(
                [], draft.style, draft.names if not number else (), draft.cell, story=draft.story
            )
            copy.say(line)
            returned.append(copy)
    remarks = match(made.record, picture(returned)).value
    assert remarks
    return remarks


def today(made: Desk, files: Says) -> Desk:
    for path, text in files.items():
        target = made.root / path
        if not text:
            target.unlink()
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())
    return Desk(made.root)


def brought(made: Desk, remarks: tuple[Remark, ...], now: Desk) -> Brought:
    named = frozenset(each.id for each in remarks)
    return bring(made.record, Today(now.record, now.sources, now.rebuild), remarks, named)


def whole(made: Desk, body: str) -> str:
    front = made.sources[PATH].text.split("---\n")[1]
    return f"---\n{front}---\n{body}"


def body(text: str) -> str:
    return text.partition("---\n")[2].partition("---\n")[2]


CARRIED = {
    "elsewhere": (ISSUED, f"新写的一段。\n\n{ISSUED}\n\n又一段。"),
    "another clause": (
        ISSUED.replace("规范机构运营管理", "规范机构日常管理"),
        ISSUED.replace("健全养老服务体系", "加快健全养老服务体系"),
    ),
    "the same paragraph moved": (ISSUED, "改写的别的话，与它无关。", "moved"),
    "markup put around it": (ISSUED, "**健全养老服务体系**，扩大*普惠*服务供给，规范机构运营管理。优化设施布局。"),
    "lines broken": (ISSUED, ISSUED.replace("，", "，\n")),
    "a comment beside it": (ISSUED, f"<!-- 待核 -->\n{ISSUED}"),
    "a sentence put before": (ISSUED, f"坚持以人为本。{ISSUED}"),
    "a sentence put behind": (ISSUED, f"{ISSUED}强化要素保障。"),
    "a list made of it": (ISSUED, f"1. {ISSUED}\n2. 另一条。"),
}  # fmt: skip


def test_a_change_is_carried_to_where_its_clause_stands_today(desk: Maker) -> None:
    wants = ISSUED.replace("扩大普惠服务供给", "增加普惠服务供给")
    for how, (_, now_says, *_) in CARRIED.items():
        made = desk(FIRST + ISSUED + LAST)
        remarks = reviewed(made, {ISSUED: wants})
        text = FIRST + now_says + LAST
        if how == "the same paragraph moved":
            text = f"{FIRST}{now_says}{LAST}\n{ISSUED}\n"
        now = today(made, {PATH: whole(made, text)})
        result = brought(made, remarks, now)
        assert result.planned.obstacles == {}, how
        assert body(result.planned.patched[PATH]) == text.replace("扩大", "增加"), how


EDITS = [
    # the reviewer, the writers, what comes of both; or the obstacle
    ("健全→完善", "优化设施布局→优化服务设施布局", "完善养老服务体系，扩大普惠服务供给，规范机构运营管理。优化服务设施布局。"),
    ("优化设施布局。→优化设施布局。强化人才支撑。", "健全→建立健全", "建立健全养老服务体系，扩大普惠服务供给，规范机构运营管理。优化设施布局。强化人才支撑。"),
    ("规范机构运营管理。→", "健全→建立健全", "建立健全养老服务体系，扩大普惠服务供给，优化设施布局。"),
    ("扩大普惠服务供给，→", "规范→严格规范", "健全养老服务体系，严格规范机构运营管理。优化设施布局。"),
    ("优化设施布局→优化服务布局", "优化设施布局。→优化设施布局，提高使用效率。", "健全养老服务体系，扩大普惠服务供给，规范机构运营管理。优化服务布局，提高使用效率。"),
    ("优化设施布局。→优化设施布局，加强监管。", "优化设施布局。→优化设施布局，提高使用效率。", "apply.changed"),
    ("扩大→增加", "普惠服务供给→普惠性服务供给", "apply.changed"),
    ("扩大→增加", "扩大→加大", "apply.changed"),
    ("扩大普惠服务供给，→", "供给→供应", "apply.changed"),
    ("扩大普惠服务供给，→扩大普惠服务供给，增加床位，", "供给，→供给，提高质量，", "apply.changed"),
    ("优化设施布局。→优化设施布局。强化人才支撑。", "优化设施布局。→优化设施布局。加强监管。", "apply.same-place"),
    ("扩大→增加", "扩大→增加", "already"),
    ("扩大→增加", f"{ISSUED}→{ISSUED.replace('扩大', '增加').replace('健全', '完善')}", "already"),
    ("扩大普惠服务供给，→", "扩大普惠服务供给，→", "already"),
    ("优化设施布局。→优化设施布局。强化人才支撑。", "优化设施布局。→优化设施布局。强化人才支撑。健全制度。", "already"),
    ("扩大→增加", f"{ISSUED}→", "apply.gone"),
    ("扩大→增加", f"{ISSUED}→加强基层治理，完善救助制度，做好社会福利和慈善工作。", "apply.changed"),
]  # fmt: skip


def _with(text: str, edit: str) -> str:
    old, new = edit.split("→")
    assert text.count(old) == 1
    return text.replace(old, new)


@pytest.mark.parametrize(("theirs", "ours", "wanted"), EDITS)
def test_both_changes_stand_or_the_reader_is_told(desk: Maker, theirs: str, ours: str, wanted: str) -> None:
    made = desk(FIRST + ISSUED + LAST)
    says = _with(ISSUED, theirs)
    remarks = reviewed(made, {ISSUED: says})
    text = FIRST + _with(ISSUED, ours) + LAST
    result = brought(made, remarks, today(made, {PATH: whole(made, text)}))
    (remark,) = remarks
    carried = result.carried[remark.id]
    if wanted == "already":
        assert (carried.change, carried.obstacle, result.planned.patched) == (None, "", {})
    elif wanted.startswith("apply."):
        assert (carried.change, carried.obstacle, result.planned.patched) == (None, wanted, {})
        assert carried.texts is not None
        old, new = theirs.split("→")
        assert carried.texts.issued in ISSUED
        assert carried.texts.proposed in says
        assert not new or new in carried.texts.proposed
        assert carried.texts.today in _with(ISSUED, ours)
        assert old in carried.texts.issued
    else:
        assert result.planned.obstacles == {}
        assert body(result.planned.patched[PATH]) == FIRST + wanted + LAST


BLOCKS = "第一段文字，说的是甲。\n\n第二段文字，说的是乙。\n\n第三段文字，说的是丙。\n"
STRUCTURES = [
    # paragraphs of the reviewer, what today's text is made of by, what comes of it
    ({"第二段文字，说的是乙。": "第二段文字，说的是乙。\n新的一段。"}, "丙。→丙丁。", BLOCKS.replace("乙。\n", "乙。\n\n新的一段。\n").replace("丙。", "丙丁。")),
    ({"第二段文字，说的是乙。": "第二段文字，说的是乙。\n新的一段。"}, "的是乙→的正是乙", BLOCKS.replace("说的是乙。\n", "说的正是乙。\n\n新的一段。\n")),
    ({"第二段文字，说的是乙。": "第二段文字，说的是乙。\n新的一段。"}, "乙。→乙。\n\n别的一段。", "apply.same-place"),
    ({"第二段文字，说的是乙。": "第二段文字，说的是乙。\n新的一段。"}, "乙。→乙。\n\n新的一段。", "already"),
    ({"第二段文字，说的是乙。": "第二段文字，说的是乙。\n新的一段。"}, "第二段文字，说的是乙。\n\n→", "apply.gone"),
    ({"第二段文字，说的是乙。": ""}, "丙。→丙丁。", "第一段文字，说的是甲。\n\n第三段文字，说的是丙丁。\n"),
    ({"第二段文字，说的是乙。": ""}, "的是乙→的正是乙", "apply.changed"),
    ({"第二段文字，说的是乙。": ""}, "第二段文字，说的是乙。\n\n→", "already"),
    ({"第二段文字，说的是乙。": "第二段文字，\n说的是乙。"}, "丙。→丙丁。", BLOCKS.replace("第二段文字，", "第二段文字，\n\n").replace("丙。", "丙丁。")),
    ({"第二段文字，说的是乙。": "第二段文字，\n说的是乙。"}, "第二段文字，→第二段文字，\n\n", "already"),
    ({"第二段文字，说的是乙。": "第二段文字，\n说的是乙。"}, "第二段文字，→第二段的文字，", "apply.changed"),
    ({"第一段文字，说的是甲。": "第一段文字，说的是甲。第二段文字，说的是乙。", "第二段文字，说的是乙。": ""}, "第三→第叁", BLOCKS.replace("甲。\n\n", "甲。").replace("第三", "第叁")),
    ({"第一段文字，说的是甲。": "第一段文字，说的是甲。第二段文字，说的是乙。", "第二段文字，说的是乙。": ""}, "甲。\n\n→甲。", "already"),
]  # fmt: skip


@pytest.mark.parametrize(("says", "ours", "wanted"), STRUCTURES)
def test_whole_paragraphs_are_carried_too(desk: Maker, says: Says, ours: str, wanted: str) -> None:
    made = desk(BLOCKS)
    remarks = reviewed(made, says)
    result = brought(made, remarks, today(made, {PATH: whole(made, _with(BLOCKS, ours))}))
    found = {each.obstacle for each in result.carried.values()}
    if wanted.startswith("apply."):
        assert found == {wanted}
        assert result.planned.patched == {}
    elif wanted == "already":
        assert found == {""}
        assert all(each.change is None for each in result.carried.values())
    else:
        assert result.planned.obstacles == {}
        assert body(result.planned.patched[PATH]) == wanted


def test_a_paragraph_that_reads_like_another_is_not_guessed_at(desk: Maker) -> None:
    twice = "加强组织领导。\n\n先说的事情。\n\n加强组织领导。\n\n后说的事情。\n"
    made = desk(twice)
    returned = drafts(made.issued)
    second = [n for n, each in enumerate(made.issued) if each.text == "加强组织领导。"][1]
    returned[second].track(2, 4, "人才")
    remarks = match(made.record, picture(returned)).value
    assert remarks
    gone = brought(
        made, remarks, today(made, {PATH: whole(made, "先说的事情。\n\n加强组织领导。\n\n后说的事情。\n")})
    )
    assert [each.obstacle for each in gone.carried.values()] == ["apply.ambiguous"]
    kept = brought(made, remarks, today(made, {PATH: whole(made, f"开头。\n\n{twice}")}))
    assert (
        body(kept.planned.patched[PATH])
        == "开头。\n\n加强组织领导。\n\n先说的事情。\n\n加强人才领导。\n\n后说的事情。\n"
    )


def test_a_fragment_is_followed_to_its_new_file(desk: Maker) -> None:
    made = desk(FIRST + ISSUED + LAST)
    remarks = reviewed(made, {ISSUED: ISSUED.replace("扩大", "增加")})
    new = "sections/p/02/新名字.md"
    text = whole(made, f"{FIRST}{ISSUED}又一句。{LAST}")
    result = brought(made, remarks, today(made, {PATH: "", new: text}))
    assert result.planned.obstacles == {}
    assert result.planned.patched == {new: text.replace("扩大", "增加")}


def test_a_datum_that_was_changed_since_is_shown_three_times(desk: Maker) -> None:
    made = desk("床位达到{{ 县区.东岭县.床位 }}，覆盖城乡。\n")
    remarks = reviewed(made, {"床位达到24000张，覆盖城乡。": "床位达到25000张，覆盖城乡。"})
    data = made.sources["data/counties.yaml"].text
    result = brought(made, remarks, today(made, {"data/counties.yaml": data.replace("24000", "24500")}))
    (carried,) = result.carried.values()
    assert carried.obstacle == "apply.changed"
    assert carried.texts is not None
    assert (carried.texts.issued, carried.texts.proposed, carried.texts.today) == (
        "24000张",
        "25000张",
        "24500张",
    )
    assert carried.texts.key == "县区.东岭县.床位"
    moved = brought(
        made, remarks, today(made, {"data/counties.yaml": data.replace("rows:", "rows:\n# 核过")})
    )
    assert moved.planned.patched == {
        "data/counties.yaml": data.replace("rows:", "rows:\n# 核过").replace("24000", "25000")
    }
    same = brought(made, remarks, today(made, {"data/counties.yaml": data.replace("24000", "25000")}))
    assert [(each.change, each.obstacle) for each in same.carried.values()] == [(None, "")]


def test_a_number_that_comes_from_elsewhere_now_is_not_changed_there(desk: Maker) -> None:
    made = desk("床位达到24000张，覆盖城乡。\n")
    remarks = reviewed(made, {"床位达到24000张，覆盖城乡。": "床位达到25000张，覆盖城乡。"})
    text = whole(made, "床位达到{{ 县区.东岭县.床位 }}，覆盖城乡。\n")
    result = brought(made, remarks, today(made, {PATH: text}))
    assert [each.obstacle for each in result.carried.values()] == ["apply.other-source"]
    assert result.planned.patched == {}


QUESTIONS = ["{--扩大--}普惠服务供给", "{~~扩大~>加大~~}普惠服务供给", "扩{++张++}大普惠服务供给", "扩大普惠服务供给{++等++}", "{--扩大普惠服务供给--}"]  # fmt: skip


@pytest.mark.parametrize("now", QUESTIONS)
def test_nothing_is_put_into_an_open_question_of_the_writers(desk: Maker, now: str) -> None:
    made = desk(FIRST + ISSUED + LAST)
    remarks = reviewed(made, {ISSUED: ISSUED.replace("扩大", "增加")})
    text = FIRST + ISSUED.replace("扩大普惠服务供给", now) + LAST
    result = brought(made, remarks, today(made, {PATH: whole(made, text)}))
    assert [each.obstacle for each in result.carried.values()] == ["apply.question"]
    assert result.planned.patched == {}


def test_a_question_elsewhere_or_one_that_was_issued_keeps_nothing_out(desk: Maker) -> None:
    question = ISSUED.replace("健全", "{~~健全~>完善~~}")
    made = desk(FIRST + ISSUED + LAST)
    remarks = reviewed(made, {ISSUED: ISSUED.replace("扩大", "增加")})
    result = brought(made, remarks, today(made, {PATH: whole(made, FIRST + question + LAST)}))
    assert body(result.planned.patched[PATH]) == FIRST + question.replace("扩大", "增加") + LAST
    made = desk(FIRST + question + LAST)
    remarks = reviewed(made, {ISSUED: ISSUED.replace("服务体系", "服务网络")})
    result = brought(made, remarks, today(made, {PATH: whole(made, f"新的一段。\n\n{question}")}))
    assert body(result.planned.patched[PATH]) == f"新的一段。\n\n{question.replace('服务体系', '服务网络')}"


TABLE = "| 事项 | 说明 |\n|:--|--|\n| 甲项 | 一类 |\n| 乙项 | 二类 |\n| 丙项 | 三类 |\n"


def row_change(made: Desk, words: str, new: str = "") -> Remark:
    """A whole table row put in after the cell with these words, the last of its row; without `new` the row of the cell and the one before is struck."""
    (index,) = [n for n, each in enumerate(made.issued) if each.text == words]
    length = len(words)
    if new:
        change = Change(index, length, length, f"{BREAK}{BREAK.join(new.split())}", row=True)
    else:
        first = len(made.issued[index - 1].text) + 1
        change = Change(index - 1, 0, first + length + 1, "", row=True)
    kind = Kind.PARAGRAPH_INSERTION if new else Kind.PARAGRAPH_DELETION
    return Remark(
        "r1", kind, tracked=True, author="甲", date="", original="", proposed=new, comment="",
        confidence=Confidence.SURE, target=Unlocated(""), anchor=change.anchor, change=change,
    )  # fmt: skip


ROWS = [
    (
        "二类",
        "丁项 四类",
        "一类→首类",
        TABLE.replace("一类", "首类").replace("二类 |\n", "二类 |\n| 丁项 | 四类 |\n"),
    ),
    ("二类", "丁项 四类", "二类→次类", TABLE.replace("二类 |\n", "次类 |\n| 丁项 | 四类 |\n")),
    ("二类", "丁项 四类", "二类 |\n→二类 |\n| 丁项 | 四类 |\n", "already"),
    ("二类", "丁项 四类", "二类 |\n→二类 |\n| 戊项 | 五类 |\n", "apply.same-place"),
    ("二类", "丁项 四类", "| 乙项 | 二类 |\n→", "apply.gone"),
    ("二类", "", "一类→首类", TABLE.replace("一类", "首类").replace("| 乙项 | 二类 |\n", "")),
    ("二类", "", "二类→次类", "apply.changed"),
    ("二类", "", "| 乙项 | 二类 |\n→", "already"),
]


@pytest.mark.parametrize(("words", "new", "ours", "wanted"), ROWS)
def test_rows_of_a_table_are_carried_too(desk: Maker, words: str, new: str, ours: str, wanted: str) -> None:
    made = desk(TABLE)
    remark = row_change(made, words, new)
    result = brought(made, (remark,), today(made, {PATH: whole(made, _with(TABLE, ours))}))
    (carried,) = result.carried.values()
    if wanted == "already":
        assert (carried.change, carried.obstacle) == (None, "")
    elif wanted.startswith("apply."):
        assert (carried.change, carried.obstacle) == (None, wanted)
    else:
        assert result.planned.obstacles == {}
        assert body(result.planned.patched[PATH]) == wanted


def test_one_paragraph_that_moved_hides_none_of_the_others(desk: Maker) -> None:
    texts = [
        f"第{n}段文字，{words}，落实责任。"
        for n, words in enumerate(
            ["推进甲类重点事项", "完善乙类重点事项", "健全丙类重点事项", "优化丁类重点事项"], 1
        )
    ]
    made = desk("\n\n".join(texts) + "\n")
    remarks = reviewed(made, {texts[1]: texts[1].replace("完善", "改进")})
    now = [texts[1].replace("落实责任", "压实责任"), texts[2], texts[3], texts[0]]
    result = brought(made, remarks, today(made, {PATH: whole(made, "\n\n".join(now) + "\n")}))
    assert result.planned.obstacles == {}
    now[0] = now[0].replace("完善", "改进")
    assert body(result.planned.patched[PATH]) == "\n\n".join(now) + "\n"
