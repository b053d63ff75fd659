"""Adopted rows of a register in the text of today: written, taken back, asked, told why not. What one edit becomes is in tests/review."""

import json
from collections.abc import Callable

import pytest

from drafter.actions.registers import Registers
from drafter.review.remarks import Change, Confidence, Kind
from drafter.rounds.model import Decision, Row
from tests.actions.registering import decided, issued, opened, register, rows_of
from tests.actions.workspace import (
    FIRST,
    INDICATORS,
    SECOND,
    Desk,
    commented,
    number_of,
    texts,
    tracked,
    write,
)

MARKET, SOCIAL = "激发市场活力", "激发社会活力"
PEOPLE = "保障基本民生"


@pytest.fixture
def asked(desk: Desk) -> Callable[..., list[Row]]:
    """A round with what reviewers did to copies of the first version; each is given as the words before and after."""

    def make(*copies: tuple[str, str], comment: str = "") -> list[Row]:
        master = issued(desk.root)
        returned = [tracked(master, old, new) for old, new in copies]
        returned += [commented(master, comment, "是否妥当")] if comment else []
        rows = rows_of(desk.root, "p1", returned)
        opened(desk.root, rows)
        return rows

    return make


def body(desk: Desk, path: str) -> str:
    return (desk.root / path).read_text("utf-8")


def rewrite(desk: Desk, path: str, old: str, new: str) -> None:
    text = body(desk, path)
    assert text.count(old) == 1
    (desk.root / path).write_bytes(text.replace(old, new).encode())


def one(document: dict[str, object]) -> dict[str, object]:
    rows = document["rows"]
    assert isinstance(rows, list)
    (row,) = rows
    assert isinstance(row, dict)
    return row


# -- written ------------------------------------------------------------------------------------------------------------


def test_an_adopted_row_is_written_and_noted(desk: Desk, asked: Callable[..., list[Row]]) -> None:
    asked((MARKET, SOCIAL))
    before = texts(desk.root)
    line = number_of(desk.root, SECOND, MARKET)
    dry = desk.json("apply", "p1", "--dry-run")
    assert texts(desk.root) == before
    assert not register(desk.root).rows[0].applied
    assert (dry["written"], dry["files"]) == (False, [SECOND])
    assert f"-2. **社会参与。**{MARKET}。\n+2. **社会参与。**{SOCIAL}。\n" in dry["diffs"][0]["diff"]
    document = desk.json("apply", "p1")
    expected = {"id": "R1-001", "result": "applied", "reason": "", "file": SECOND, "line": line, "texts": []}
    assert one(document) == one(dry) == expected
    assert (document["written"], document["files"], document["diffs"]) == (True, [SECOND], [])
    assert texts(desk.root) == before | {SECOND: before[SECOND].replace(MARKET.encode(), SOCIAL.encode())}
    (row,) = register(desk.root).rows
    (noted,) = row.applied
    assert (noted.file, noted.line, noted.was, noted.now) == (
        SECOND,
        line,
        f"**{MARKET}。",
        f"**{SOCIAL}。",
    )
    assert desk.json("apply", "p1")["rows"] == []


def test_what_the_writers_did_meanwhile_stays(desk: Desk, asked: Callable[..., list[Row]]) -> None:
    asked((PEOPLE, "保障和改善基本民生"), (MARKET, SOCIAL))
    rewrite(desk, FIRST, "坚持以人民为中心", "始终坚持以人民为中心")
    rewrite(desk, SECOND, "1. **政府主导。**", "<!-- 待核 -->\n1. **政府主导。**")
    document = desk.json("apply", "p1")
    assert [row["result"] for row in document["rows"]] == ["applied", "applied"]
    assert "始终坚持以人民为中心，保障和改善基本民生。" in body(desk, FIRST)
    assert (
        f"<!-- 待核 -->\n1. **政府主导。**落实各级责任（见@tbl:facilities）。\n2. **社会参与。**{SOCIAL}。"
        in body(desk, SECOND)
    )


def test_opinions_on_one_clause_are_brought_in_one_after_the_other(
    desk: Desk, asked: Callable[..., list[Row]]
) -> None:
    asked(("激发市场", "充分激发市场"), ("市场活力", "市场潜力"), (MARKET, SOCIAL))
    for id_ in ("R1-002", "R1-001"):
        row = one(desk.json("apply", "p1", id_))
        assert (row["result"], row["reason"]) == ("applied", "")
    assert "**社会参与。**充分激发市场潜力。" in body(desk, SECOND)
    assert one(desk.json("apply", "p1", "--undo", "R1-001"))["result"] == "open"
    assert one(desk.json("apply", "p1", "R1-001"))["result"] == "applied"
    assert "**社会参与。**充分激发市场潜力。" in body(desk, SECOND)
    rewrite(desk, SECOND, "充分激发市场潜力", "充分激发市场的潜力")
    before = texts(desk.root)
    document = desk.json("apply", "p1", "R1-003")
    assert (one(document)["result"], one(document)["reason"]) == ("open", "apply.changed")
    assert texts(desk.root) == before


def test_words_that_both_changed_are_shown_three_times(desk: Desk, asked: Callable[..., list[Row]]) -> None:
    asked((MARKET, SOCIAL))
    rewrite(desk, SECOND, MARKET, "激发各方活力")
    before = texts(desk.root)
    row = one(desk.json("apply", "p1"))
    assert (row["result"], row["reason"]) == ("open", "apply.changed")
    assert row["texts"] == [
        {
            "issued": MARKET,
            "proposed": SOCIAL,
            "today": "激发各方活力",
            "key": "",
        }
    ]
    assert texts(desk.root) == before
    assert desk.run("apply", "p1") == 0
    assert [line.strip() for line in desk.out.splitlines()[1:4]] == [
        f"发出稿：{MARKET}",
        f"意见要：{SOCIAL}",
        "现在是：激发各方活力",
    ]


def test_what_the_text_says_already_is_noted_without_writing(
    desk: Desk, asked: Callable[..., list[Row]]
) -> None:
    asked((MARKET, SOCIAL))
    rewrite(desk, SECOND, MARKET, SOCIAL)
    before = texts(desk.root)
    row = one(desk.json("apply", "p1"))
    assert (row["result"], row["reason"], row["line"]) == (
        "applied",
        "apply.already",
        number_of(desk.root, SECOND, SOCIAL),
    )
    assert texts(desk.root) == before
    assert register(desk.root).rows[0].applied[0].was == register(desk.root).rows[0].applied[0].now == ""


def test_a_renamed_fragment_with_line_ends_of_windows_keeps_them(
    desk: Desk, asked: Callable[..., list[Row]]
) -> None:
    asked((MARKET, SOCIAL))
    new = "sections/p1/01/改了名.md"
    (desk.root / SECOND).rename(desk.root / new)
    (desk.root / new).write_bytes(body(desk, new).replace("\n", "\r\n").encode())
    row = one(desk.json("apply", "p1"))
    assert (row["result"], row["file"]) == ("applied", new)
    data = (desk.root / new).read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n")
    assert SOCIAL.encode() in data


def test_other_words_than_the_proposed_ones_are_put(desk: Desk, asked: Callable[..., list[Row]]) -> None:
    asked((MARKET, SOCIAL))
    decided(desk.root, "R1-001", decision=Decision.PARTLY, adopted="激发市场和社会活力", reason="并列")
    assert one(desk.json("apply", "p1"))["result"] == "applied"
    assert "**社会参与。**激发市场和社会活力。" in body(desk, SECOND)


def test_a_comment_with_adopted_words_takes_the_place_of_what_it_speaks_of(
    desk: Desk, asked: Callable[..., list[Row]]
) -> None:
    asked(comment=MARKET)
    decided(desk.root, "R1-001", decision=Decision.ADOPTED)
    assert one(desk.json("apply", "p1"))["reason"] == "review.comment"
    decided(desk.root, "R1-001", adopted=SOCIAL)
    assert one(desk.json("apply", "p1"))["result"] == "applied"
    assert f"**社会参与。**{SOCIAL}。" in body(desk, SECOND)


def test_rows_that_say_the_same_are_written_once_and_noted_each(
    desk: Desk, asked: Callable[..., list[Row]]
) -> None:
    asked((MARKET, SOCIAL), (MARKET, SOCIAL))
    document = desk.json("apply", "p1")
    assert [row["result"] for row in document["rows"]] == ["applied", "applied"]
    assert body(desk, SECOND).count(SOCIAL) == 1
    first, second = register(desk.root).rows
    assert first.applied == second.applied != ()


def test_the_words_of_a_table_that_another_plan_shows_are_told(desk: Desk) -> None:
    write_second_plan(desk)
    fragment = desk.root / "sections/p2/01/01.md"
    fragment.write_text(fragment.read_text("utf-8") + "\n::: table 设施表\n:::\n", "utf-8")
    opened(desk.root, rows_of(desk.root, "p1", [tracked(issued(desk.root), "各县区设施", "各县市区设施")]))
    document = desk.json("apply", "p1")
    assert [row["result"] for row in document["rows"]] == ["applied"]
    (told,) = document["follows"]
    assert (told["plan"], told["key"], told["file"]) == ("p2", "", "data/tables.yaml")
    assert (told["was"], told["now"]) == ("各县区设施", "各县市区设施")


def test_a_datum_is_written_and_every_other_place_is_told(desk: Desk) -> None:
    write(desk.root, {SECOND: body(desk, SECOND) + "\n滨海区有机构床位{{ 设施.机构.滨海区.床位 }}。\n"})
    write_second_plan(desk)
    master = issued(desk.root)
    # the table prints the datum too: whoever corrects it corrects both
    returned = tracked(tracked(master, "100张", "120张"), "100", "120")
    opened(desk.root, rows_of(desk.root, "p1", [returned]))
    waiting = desk.json("apply", "p1")
    assert {row["reason"] for row in waiting["rows"]} == {
        "review.printed-elsewhere"
    }  # a sentence rests on it
    dry = desk.json("apply", "p1", "R1-001..002", "--dry-run")
    assert [row["result"] for row in dry["rows"]] == ["applied", "applied"], dry["rows"]
    told = {(each["plan"], each["key"], each["was"], each["now"]) for each in dry["follows"]}
    assert told == {
        ("p1", "指标.护理型占比[2020]", "40.0%", "38.1%"),
        ("p2", "设施.机构.滨海区.床位", "100张", "120张"),
    }
    assert "床位: 100" in body(desk, "data/facilities.yaml")
    assert desk.json("apply", "p1", "R1-001..002")["follows"] == dry["follows"]
    assert "床位: 120" in body(desk, "data/facilities.yaml")


def write_second_plan(desk: Desk) -> None:
    plan = body(desk, "data/plans/p1.yaml").replace("id: p1", "id: p2").replace("p1/", "p2/")
    plan = plan.partition("outline:")[0] + "outline:\n- title: 总则\n  slots: [p2/a]\n"
    (desk.root / "data/plans/p2.yaml").write_bytes(plan.encode())
    fragment = desk.root / "sections/p2/01/01.md"
    fragment.parent.mkdir(parents=True)
    front = "---\nid: p2/a\ntitle: 现状\nowner: 养老科\nstatus: 初稿\n---\n"
    fragment.write_bytes(f"{front}滨海区床位{{{{ 设施.机构.滨海区.床位 }}}}。\n".encode())
    rewrite(desk, "data/workspace.yaml", "plans: [p1]", "plans: [p1, p2]")
    rewrite(
        desk,
        "data/workspace.yaml",
        "calendar:\n",
        "calendar:\n- {plan: p2, stage: 讨论稿, date: 2021-08-20}\n",
    )


def test_a_datum_that_was_corrected_since_is_shown_three_times(
    desk: Desk, asked: Callable[..., list[Row]]
) -> None:
    asked(("800张", "900张"))
    rewrite(desk, INDICATORS, "value: 800", "value: 850")
    row = one(desk.json("apply", "p1"))
    assert row["texts"] == [
        {"issued": "800张", "proposed": "900张", "today": "850张", "key": "指标.养老床位[2025]"}
    ]


# -- which rows ---------------------------------------------------------------------------------------------------------


def test_only_adopted_rows_are_written(desk: Desk, asked: Callable[..., list[Row]]) -> None:
    asked((MARKET, SOCIAL), (PEOPLE, "保障民生"))
    decided(desk.root, "R1-001", decision=Decision.OPEN)
    decided(desk.root, "R1-002", decision=Decision.REJECTED, reason="不宜")
    before = texts(desk.root)
    assert desk.json("apply", "p1")["rows"] == []
    assert desk.said("apply", "p1", "R1-001") == [" apply.undecided"]
    assert desk.said("apply", "p1", "R1-002") == [" apply.rejected"]
    assert desk.said("apply", "p1", "R1-009", code=2) == ["data/rounds/p1 decide.unknown-row"]
    assert texts(desk.root) == before


def test_rows_that_contradict_each_other_are_not_written(desk: Desk, asked: Callable[..., list[Row]]) -> None:
    asked((MARKET, SOCIAL), (MARKET, "激发各方活力"))
    decided(desk.root, "R1-001", conflicts=("R1-002",))
    document = desk.json("apply", "p1")
    assert {row["reason"] for row in document["rows"]} == {"apply.both-adopted"}
    decided(desk.root, "R1-001", conflicts=())  # who filled in the register by hand may have missed it
    assert {row["reason"] for row in desk.json("apply", "p1")["rows"]} == {"review.conflict"}
    assert MARKET in body(desk, SECOND)


@pytest.mark.parametrize("other", ["激发市场和社会活力", "更好激发市场活力"])
def test_words_that_two_reviewers_changed_are_no_sum_of_both(
    desk: Desk, asked: Callable[..., list[Row]], other: str
) -> None:
    asked((MARKET, SOCIAL), (MARKET, other), (PEOPLE, "保障民生"))
    found = {row["id"]: row["reason"] for row in desk.json("apply", "p1")["rows"]}
    assert found == {"R1-001": "review.conflict", "R1-002": "review.conflict", "R1-003": ""}
    assert MARKET in body(desk, SECOND)
    assert one(desk.json("apply", "p1", "R1-002"))["result"] == "applied"
    assert other in body(desk, SECOND)


def test_partly_adopted_without_words_and_unsure_ones_wait(
    desk: Desk, asked: Callable[..., list[Row]]
) -> None:
    asked((MARKET, SOCIAL), (PEOPLE, "保障民生"), ("落实各级责任", "压实各级责任"))
    decided(desk.root, "R1-003", withdrawn="2021-09-05T09:00:00Z")
    decided(desk.root, "R1-001", decision=Decision.PARTLY, reason="再议")
    decided(desk.root, "R1-002", confidence=Confidence.UNSURE)
    found = {row["id"]: row["reason"] for row in desk.json("apply", "p1")["rows"]}
    assert found == {"R1-001": "apply.no-words", "R1-002": "review.unsure", "R1-003": "apply.withdrawn"}
    assert one(desk.json("apply", "p1", "R1-002"))["result"] == "applied"
    assert "保障民生" in body(desk, FIRST)


@pytest.mark.parametrize("spot", ["paragraph: 999, start: 0, end: 2", "paragraph: 0, start: 5, end: 2"])
def test_a_place_that_somebody_broke_in_the_register_is_told(
    desk: Desk, asked: Callable[..., list[Row]], spot: str
) -> None:
    asked(comment=MARKET)
    decided(desk.root, "R1-001", decision=Decision.ADOPTED, adopted=SOCIAL)
    path = desk.root / "data/rounds/p1/R1.yaml"
    lines = path.read_text("utf-8").split("\n")
    path.write_text(
        "\n".join(f"    spot: {{{spot}}}" if "spot:" in line else line for line in lines), "utf-8"
    )
    assert one(desk.json("apply", "p1"))["reason"] in {"apply.miscounted", "apply.no-range"}


def test_a_plan_without_a_round_is_told(desk: Desk) -> None:
    assert desk.said("apply", "p1", code=2) == ["data/rounds rounds.no-round"]
    assert desk.said("apply", "p9", "--undo", code=2) == ["data/rounds rounds.no-round"]


# -- all or nothing -----------------------------------------------------------------------------------------------------


def test_nothing_is_written_where_one_file_cannot_be(
    desk: Desk, asked: Callable[..., list[Row]], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked((MARKET, SOCIAL), (PEOPLE, "保障民生"))
    before = texts(desk.root) | {"register": (desk.root / "data/rounds/p1/R1.yaml").read_bytes()}
    from drafter.actions import registers
    from drafter.source.edits import save

    def later(root: object, old: object, new: object) -> None:
        rewrite(desk, FIRST, "坚持", "始终坚持")
        save(root, old, new)  # type: ignore[arg-type]

    monkeypatch.setattr(registers, "save", later)
    assert desk.said("apply", "p1") == [f"{FIRST} source.changed-meanwhile"]
    after = texts(desk.root) | {"register": (desk.root / "data/rounds/p1/R1.yaml").read_bytes()}
    assert after == before | {FIRST: before[FIRST].replace("坚持".encode(), "始终坚持".encode())}


# -- taken back ---------------------------------------------------------------------------------------------------------


def test_the_last_run_is_taken_back_byte_for_byte(desk: Desk, asked: Callable[..., list[Row]]) -> None:
    asked((MARKET, SOCIAL), (PEOPLE, "保障民生"))
    before = texts(desk.root)
    unapplied = register(desk.root)
    desk.json("apply", "p1", "R1-001")
    between = texts(desk.root)
    desk.json("apply", "p1")
    document = desk.json("apply", "p1", "--undo")
    assert [(row["id"], row["result"]) for row in document["rows"]] == [("R1-002", "open")]
    assert texts(desk.root) == between
    desk.json("apply", "p1", "--undo", "--dry-run")
    assert texts(desk.root) == between
    desk.json("apply", "p1", "--undo")
    assert texts(desk.root) == before
    assert register(desk.root) == unapplied
    assert desk.said("apply", "p1", "--undo") == ["data/rounds/p1 apply.nothing-applied"]
    assert desk.said("apply", "p1", "R1-001", "--undo") == ["data/rounds/p1 apply.not-applied"]


def test_in_a_file_that_was_changed_since_the_words_are_found_again(
    desk: Desk, asked: Callable[..., list[Row]]
) -> None:
    asked((MARKET, SOCIAL))
    desk.json("apply", "p1")
    rewrite(desk, SECOND, "1. **政府主导。**落实各级责任", "1. **政府主导。**落实各方责任")
    assert one(desk.json("apply", "p1", "R1-001", "--undo"))["result"] == "open"
    assert "落实各方责任" in body(desk, SECOND)
    assert MARKET in body(desk, SECOND)
    desk.json("apply", "p1")
    rewrite(desk, SECOND, SOCIAL, "激发全社会活力")
    row = one(desk.json("apply", "p1", "--undo"))
    assert (row["result"], row["reason"]) == ("applied", "apply.not-there")
    assert "激发全社会活力" in body(desk, SECOND)
    assert register(desk.root).rows[0].applied


def test_rows_that_share_a_place_are_taken_back_together(desk: Desk, asked: Callable[..., list[Row]]) -> None:
    asked((MARKET, SOCIAL), (MARKET, SOCIAL))
    desk.json("apply", "p1")
    document = desk.json("apply", "p1", "R1-002", "--undo")
    assert [(row["id"], row["result"]) for row in document["rows"]] == [
        ("R1-001", "open"),
        ("R1-002", "open"),
    ]
    assert MARKET in body(desk, SECOND)


# -- asked --------------------------------------------------------------------------------------------------------------


def test_a_suggestion_prints_as_a_tracked_change(desk: Desk, asked: Callable[..., list[Row]]) -> None:
    asked((MARKET, SOCIAL), ("800张", "900张"))
    before = texts(desk.root)
    document = desk.json("apply", "p1", "--as-suggestion")
    assert {row["id"]: (row["result"], row["reason"]) for row in document["rows"]} == {
        "R1-001": ("applied", ""),
        "R1-002": ("open", "apply.not-markdown"),
    }
    assert "激发{~~市场~>社会~~}{>>R1-001 王五<<}活力" in body(desk, SECOND)
    printed = desk.built().read_bytes()
    from tests.actions.workspace import parts

    main = parts(printed)["word/document.xml"].decode()
    assert "<w:delText" in main
    assert "R1-001 王五" in parts(printed)["word/comments.xml"].decode()
    desk.json("apply", "p1", "--undo")
    assert texts(desk.root) == before


# -- by hand ------------------------------------------------------------------------------------------------------------


def test_what_a_person_wrote_is_noted_where_the_text_differs(
    desk: Desk, asked: Callable[..., list[Row]]
) -> None:
    asked(comment=MARKET)
    decided(desk.root, "R1-001", decision=Decision.ADOPTED)
    assert desk.said("apply", "p1", "R1-001", "--done") == [" apply.no-change"]
    rewrite(desk, SECOND, MARKET, "激发各方活力")
    row = one(desk.json("apply", "p1", "R1-001", "--done"))
    assert (row["result"], row["file"], row["line"]) == (
        "applied",
        SECOND,
        number_of(desk.root, SECOND, "各方"),
    )
    assert desk.json("apply", "p1")["rows"] == []
    assert one(desk.json("apply", "p1", "--undo"))["result"] == "open"
    row = one(desk.json("apply", "p1", "R1-001", "--done", "--at", f"{FIRST}:2"))
    assert (row["file"], row["line"]) == (FIRST, 2)
    assert "激发各方活力" in body(desk, SECOND)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--done"], 2),
        (["--undo", "--done", "R1-001"], 2),
        (["--at", "a:1"], 2),
        (["R1-001", "--done", "--at", "a.md:1"], 2),
    ],
)
def test_wrong_usage_is_told(
    desk: Desk, asked: Callable[..., list[Row]], arguments: list[str], code: int
) -> None:
    asked((MARKET, SOCIAL))
    before = texts(desk.root)
    assert desk.run("apply", "p1", *arguments) == code
    assert texts(desk.root) == before


def test_what_is_printed_for_people_names_each_row_with_its_line(
    desk: Desk, asked: Callable[..., list[Row]]
) -> None:
    asked((MARKET, SOCIAL), ("800张", "900张"))
    assert desk.run("apply", "p1", "--dry-run") == 0
    line = number_of(desk.root, SECOND, MARKET)
    assert f"R1-001：会写入 {SECOND}:{line}" in desk.out
    assert "写入 2 条，正文已经如此 0 条，没有写入 0 条" in desk.out
    assert "什么也没有写" in desk.out
    assert json.loads(json.dumps(desk.out))


def test_a_paragraph_that_its_writers_took_out_as_well_is_there_already(desk: Desk) -> None:
    words = "统筹推进各项工作。"
    rewrite(desk, FIRST, "\n到2025年", f"\n{words}\n\n到2025年")
    issued(desk.root)
    paragraphs = Registers(desk.root).record("p1", "v1").anchors.paragraphs
    (index,) = [n for n, each in enumerate(paragraphs) if each.text == words]
    change = Change(index, 0, len(words) + 1, "")
    kind = Kind.PARAGRAPH_DELETION
    opened(
        desk.root,
        [
            Row(
                "R1-001",
                "甲",
                "",
                "",
                "修订稿",
                kind,
                change=change,
                confidence=Confidence.SURE,
                decision=Decision.ADOPTED,
            )
        ],
    )
    rewrite(desk, FIRST, f"{words}\n\n", "")
    row = one(desk.json("apply", "p1"))
    assert (row["result"], row["reason"], row["file"]) == ("applied", "apply.already", FIRST)
    assert register(desk.root).rows[0].applied
