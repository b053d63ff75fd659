"""Paragraphs of one version found in another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from drafter.papers.following import followed
from drafter.word.anchors import Anchor

WORDS = ("坚持以人民为中心", "保障基本民生", "完善养老服务", "推进信息化", "加强队伍建设")


def anchors(*texts: str, kind: str = "body") -> tuple[Anchor, ...]:
    return tuple(Anchor("", kind, "", text, ()) for text in texts)


def test_what_reads_the_same_is_itself_and_what_was_changed_between_is_followed() -> None:
    old = anchors("甲甲甲甲", "坚持以人民为中心，保障民生", "乙乙乙乙", "丙丙丙丙")
    new = anchors("新来的", "甲甲甲甲", "坚持以群众为中心，保障民生", "丙丙丙丙")
    assert followed(old, new) == {0: 1, 1: 2, 3: 3}


def test_what_was_written_anew_is_nowhere() -> None:
    assert followed(anchors("坚持以人民为中心"), anchors("推进信息化建设")) == {}


def test_a_cell_is_no_paragraph_of_the_text() -> None:
    assert followed(anchors("坚持以人民为中心"), anchors("坚持以人民为中心", kind="cell")) == {}


@given(st.lists(st.sampled_from(WORDS), max_size=6), st.lists(st.sampled_from(WORDS), max_size=6))
def test_each_is_followed_to_one_and_in_order(old: list[str], new: list[str]) -> None:
    found = followed(anchors(*old), anchors(*new))
    places = [found[key] for key in sorted(found)]
    assert places == sorted(set(places))
    assert followed(anchors(*old), anchors(*old)) == {number: number for number in range(len(old))}
