"""The judge finds what a lying engine does."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.harness.edits import Edit, Operation, perform
from tests.harness.engine import Answer, Drafter
from tests.harness.issued import Issued
from tests.harness.judge import BadSurgery, Verdict, judge

Lie = Callable[[Answer], Answer]


@dataclass
class Liar:
    """drafter, with its answer or its work falsified."""

    lie: Lie = lambda answer: answer
    spoil: Callable[[Path], None] = lambda _: None

    def build(self, root: Path) -> Path:
        return Drafter().build(root)

    def collect(self, root: Path, returned: Path, *, apply: bool) -> Answer:
        answer = self.lie(Drafter().collect(root, returned, apply=apply))
        if apply:
            self.spoil(root)
        return answer


def an_edit(issued: Issued, place: str = "body", author: str = "") -> Edit:
    site = next(
        each for each in issued.sites if each.place == place and not each.stretches and len(each.said) > 30
    )
    return Edit("insert", place, site.said, (Operation(site.index, 4, 4, "新增几字\u3400"),), author=author)


def verdict(issued: Issued, engine: Liar, edit: Edit, scratch: Path) -> Verdict:
    (found,) = judge(issued, engine, perform(issued.data, [edit]), [edit], scratch / "s")
    return found


@pytest.mark.parametrize("author", ["", "甲"])
def test_an_honest_engine_passes(issued: Issued, tmp_path: Path, author: str) -> None:
    found = verdict(issued, Liar(), an_edit(issued, author=author), tmp_path)
    assert (found.located, found.applied, found.exact, found.lost, found.wrong) == (
        True,
        True,
        True,
        False,
        "",
    )


def test_a_wrong_place_that_is_sure_is_wrong(issued: Issued, tmp_path: Path) -> None:
    def lie(answer: Answer) -> Answer:
        moved = [{**each, "target": {**each["target"], "line": 1}} for each in answer.remarks]  # type: ignore[dict-item]
        return Answer(moved, answer.rows)

    found = verdict(issued, Liar(lie), an_edit(issued), tmp_path)
    assert not found.located
    assert found.wrong.startswith("sure of a wrong place")


def test_a_remark_that_is_missing_is_lost(issued: Issued, tmp_path: Path) -> None:
    found = verdict(issued, Liar(lambda _: Answer([], [])), an_edit(issued), tmp_path)
    assert found.lost
    assert not found.located


def test_other_text_than_the_reviewers_is_wrong(issued: Issued, tmp_path: Path) -> None:
    def spoil(root: Path) -> None:
        for page in root.glob("sections/**/*.md"):
            page.write_bytes(page.read_bytes().replace("新增几字\u3400".encode(), "新增\u3400".encode()))

    assert "rebuilt text differs" in verdict(issued, Liar(spoil=spoil), an_edit(issued), tmp_path).wrong


def test_words_written_though_the_row_is_open_are_wrong(issued: Issued, tmp_path: Path) -> None:
    def lie(answer: Answer) -> Answer:
        return Answer(
            answer.remarks, [{**row, "result": "open", "reason": "review.unsure"} for row in answer.rows]
        )

    assert (
        verdict(issued, Liar(lie), an_edit(issued), tmp_path).wrong == "not applied, and yet the text changed"
    )


def test_a_remark_of_what_nobody_did_is_wrong(issued: Issued, tmp_path: Path) -> None:
    def lie(answer: Answer) -> Answer:
        other = {**answer.remarks[0], "id": "r99", "author": "无此人"}
        return Answer([*answer.remarks, other], answer.rows)

    assert verdict(issued, Liar(lie), an_edit(issued), tmp_path).wrong.startswith(
        "remarks of what nobody did"
    )


@pytest.mark.parametrize(
    ("lie", "lost", "wrong"), [("", False, ""), ("forgets", True, ""), ("flattens", False, "an answer that")]
)
def test_an_answer_must_come_back_and_name_its_comment(
    issued: Issued, tmp_path: Path, lie: str, lost: bool, wrong: str
) -> None:
    site = next(each for each in issued.sites if each.place == "body")
    spot = (Operation(site.index, 2, 6, ""),)
    edit = Edit("comment-reply", "body", site.said, spot, "请核\u3400", author="甲", second="乙")

    def told(answer: Answer) -> Answer:
        match lie:
            case "forgets":
                return Answer(answer.remarks[:1], answer.rows)
            case "flattens":
                return Answer([{**each, "parent": ""} for each in answer.remarks], answer.rows)
        return answer

    found = verdict(issued, Liar(told), edit, tmp_path)
    assert (found.lost, found.wrong[: len("an answer that")]) == (lost, wrong)


@pytest.mark.parametrize("name", ["loop", "macro", "derived value"])
def test_what_only_a_person_may_decide_is_wrong_when_applied(
    issued: Issued, tmp_path: Path, name: str
) -> None:
    site, stretch = next((s, x) for s in issued.sites for x in s.stretches if x.name == name)
    new = "99991" if name == "derived value" else "别的\u3400"
    edit = Edit(
        "replace", name, site.said, (Operation(site.index, stretch.start, stretch.end, new),), author="甲"
    )

    def lie(answer: Answer) -> Answer:
        return Answer(answer.remarks, [{**row, "result": "applied", "reason": ""} for row in answer.rows])

    assert verdict(issued, Liar(), edit, tmp_path).wrong == ""
    assert verdict(issued, Liar(lie), edit, tmp_path).wrong


def test_a_file_that_is_not_what_the_edits_say_is_the_harness_own_fault(
    issued: Issued, tmp_path: Path
) -> None:
    with pytest.raises(BadSurgery):
        judge(issued, Liar(), issued.data, [an_edit(issued)], tmp_path / "s")
