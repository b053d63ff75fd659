"""The experiment finds the line of a printed character in every kind of place, and says what it is."""

import re
from pathlib import Path

import pytest

from tests.actions import workspace
from tests.harness.engine import Drafter
from tests.harness.experiment import Experiment
from tests.harness.issued import Issued
from tests.harness.places import Site
from tests.harness.sources import Spot, read
from tests.harness.truth import Ground, Nature


def lines(root: Path, words: str) -> set[Spot]:
    """Where the sources have these words."""
    return {
        Spot(path.relative_to(root).as_posix(), n)
        for folder in ("sections", "data", "templates")
        for path in (root / folder).rglob("*.*")
        if path.suffix != ".docx"
        for n, line in enumerate(path.read_bytes().decode().split("\n"), start=1)
        if words in line
    }


def stretch(issued: Issued, name: str, at: int = 0) -> tuple[Site, str, Ground]:
    """The first special stretch of this name, and what its character `at` is."""
    site, found = next(
        (s, x) for s in issued.sites for x in s.stretches if x.name == name and x.end > x.start
    )
    return site, site.said[found.start : found.end], issued.truth.at(site.index, found.start + at)


@pytest.mark.parametrize("place", ["body", "item", "quote", "box", "heading", "footnote", "caption", "cell"])
def test_the_line_of_words_in_a_fragment(issued: Issued, place: str) -> None:
    site = next(each for each in issued.sites if each.place == place and len(each.said) > 16)
    at = next(
        n for n in range(4, len(site.said) - 6) if re.fullmatch(r"[\u4e00-\u9fff]{6}", site.said[n : n + 6])
    )
    ground = issued.truth.at(site.index, at)
    assert ground.nature is Nature.TEXT
    assert ground.spot in lines(issued.root, site.said[at : at + 6])


def test_a_number_belongs_to_its_datum(issued: Issued) -> None:
    _, number, ground = stretch(issued, "value")
    assert ground.nature is Nature.NUMBER
    assert {ground.spot} == lines(issued.root, number)


def test_a_sum_is_derived_and_has_no_line(issued: Issued) -> None:
    _, number, ground = stretch(issued, "derived value")
    assert (ground.nature, ground.spot) == (Nature.DERIVED, None)
    assert not lines(issued.root, number)


def test_words_of_a_datum_are_a_string(issued: Issued) -> None:
    _, words, ground = stretch(issued, "string value", at=3)
    assert ground.nature is Nature.STRING
    assert {ground.spot} == lines(issued.root, words.strip("，。"))


def test_words_that_a_tag_hands_to_a_macro_stand_in_the_tag(issued: Issued) -> None:
    site = next(each for each in issued.sites if "词语one0" in each.said)
    at = site.said.index("词语one0")
    assert {issued.truth.at(site.index, at + n).spot for n in range(6)} == lines(issued.root, "词语one0")


@pytest.mark.parametrize(("name", "folder"), [("macro", "templates"), ("loop", "sections")])
def test_words_that_are_printed_several_times_are_said_to_be(issued: Issued, name: str, folder: str) -> None:
    _, _, ground = stretch(issued, name)
    assert ground.nature is Nature.REPEATED
    assert ground.spot is not None
    assert ground.spot.file.startswith(folder)


def test_a_name_that_others_refer_to_is_told_by_its_row(tmp_path: Path, issued: Issued) -> None:
    names = [site for site in issued.sites if site.said == "东岭县"]
    assert names
    for site in names:
        assert issued.truth.at(site.index, 0).spot in lines(issued.root, "名称: 东岭县")


def test_a_row_that_takes_its_number_from_a_namesake_may_say_the_name_of_either(tmp_path: Path) -> None:
    named = workspace.FILES[workspace.INDICATORS].replace("name: 养老床位", "name: 港城区\n  short: 养老床位")
    named = named.replace('2020: {formula: "设施.机构.床位"', "2020: {formula: '设施.机构[\"港城区\"].床位'")
    table = "tables:\n- name: 设施表\n  caption: 各县区\n  from: indicators\n  where: {id: I01}\n  columns:\n"
    changes = {
        workspace.INDICATORS: named,
        "data/tables.yaml": table + "  - {head: 甲, value: 名称}\n  - {head: 乙, value: '[2020]'}\n",
    }
    root = workspace.write(tmp_path / "workspace", changes)
    issued = Issued.of(root, Drafter("p1"), "p1")
    (site,) = (each for each in issued.sites if each.said == "港城区")
    ground = issued.truth.at(site.index, 0)
    assert {each.file for each in ground.also} == {workspace.INDICATORS, "data/facilities.yaml"}


def test_a_number_that_was_changed_is_seen_to_print_otherwise(issued: Issued, tmp_path: Path) -> None:
    truth = Experiment(issued.root, tmp_path / "changed", Drafter(), issued.data, "")
    known = [ground for grounds in truth.known.values() for ground in grounds]
    assert sum(ground.untold for ground in known) * 100 < len(known)
    assert [source.raw for source in read(issued.root, "")] == [source.raw for source in truth.sources]
