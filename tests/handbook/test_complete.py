"""The handbook leaves nothing out that the program knows, and names nothing that it does not."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import TYPE_CHECKING

import pytest
from typer.core import TyperCommand, TyperGroup

from drafter.actions import data_diff, register
from drafter.actions.answer import Answered, Heard
from drafter.actions.answer import Written as Paper
from drafter.actions.build import Built, BuiltFile
from drafter.actions.check import Checked
from drafter.actions.collected import Account, Collected, File
from drafter.actions.compare import Tabled
from drafter.actions.data_diff import Change, Compared, Missed
from drafter.actions.decide import Decided, Setting
from drafter.actions.frames import Framed, Inspected
from drafter.actions.hand_out import HandedOut, Part
from drafter.actions.handbook import Printed, html
from drafter.actions.init import Started
from drafter.actions.quick import Row
from drafter.actions.redline import Redlined, Told
from drafter.actions.register import Listed, Of
from drafter.actions.release import Released
from drafter.actions.releases import Release, Releases, Sent
from drafter.actions.rounds import Opened, Rounds, Shown
from drafter.actions.rowstates import Brought, Diff, Follows, Texts
from drafter.actions.rowstates import Row as Applied
from drafter.actions.schema import Written
from drafter.actions.shown import InData, Remark, Unlocated
from drafter.actions.take_back import TakenBack
from drafter.actions.trace import Origin, Traced, Use
from drafter.actions.verify import Verified
from drafter.actions.watch import Rebuilt
from drafter.cli.loading import COMMANDS, made
from drafter.handbook import PAGES
from drafter.merge.functions import FORMS
from drafter.papers.counts import Counts as Figures
from drafter.release.proof import Proof
from drafter.rounds.counting import Counts
from drafter.rounds.standing import Standing
from drafter.rounds.taking import Conflict, Words
from drafter.source.codes import SEVERITIES
from drafter.word.facts import TAGS
from drafter.word.office.cover import Placed
from drafter.word.office.inspecting import Line
from drafter.word.office.making import Left
from drafter.word.office.styles import Mapped
from drafter.workspace import shapes
from drafter.workspace.expressions import FUNCTIONS
from drafter.workspace.fields import Record
from drafter.workspace.formats import FormatShape, HeadingShape
from drafter.workspace.papers import PaperShape
from drafter.workspace.profile import FONTS, HEADINGS, NUMBERED, PAGE_NUMBERS, SAME_AS_CHINESE
from tests.handbook.examples import EVERY, LANGUAGES, prose, source

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

EACH_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)
DATA = [shapes.WorkspaceFile, shapes.PlanFile, shapes.DatasetFile, shapes.IndicatorRow, shapes.ColumnShape]
CHOICES = [shapes.NUMBERINGS, shapes.STATUSES, shapes.GROWTHS, shapes.COLUMN_TYPES]

RESULTS = {
    "init": (Started,),
    "build": (Built, BuiltFile),
    "watch": (Rebuilt,),
    "check": (Checked,),
    "trace": (Traced, Origin, Use),
    "data-diff": (Compared, Change, data_diff.Derived, data_diff.Row, Missed),
    "collect": (Collected, Remark, Row, File, Account, InData, Unlocated),
    "apply": (Brought, Applied, Follows, Diff, Texts),
    "redline": (Redlined, Told),
    "compare": (Tabled, Told),
    "release": (Released, Proof),
    "releases": (Releases, Release, Sent),
    "verify": (Verified,),
    "round": (Rounds, Shown, Standing, Opened),
    "register": (Listed, register.Line, Of, Counts, HandedOut, Part, TakenBack, Conflict, Words),
    "decide": (Decided, Setting),
    "answer": (Answered, Paper, Heard, Figures),
    "schema": (Written,),
    "frame new": (Framed, Placed, Mapped, Left),
    "frame inspect": (Inspected, Line),
    "handbook": (Printed,),
}


def test_the_json_of_every_command_is_looked_at() -> None:
    assert set(programs()) == set(RESULTS)


def quoted(language: str, page: str) -> set[str]:
    """What stands between backticks."""
    return set(re.findall(r"`([^`\n]+)`", prose(source(language, page))))


def keys(*owners: type) -> set[str]:
    """The keys of the records that these shapes declare."""
    found = [value for owner in owners for value in vars(owner).values() if isinstance(value, Record)]
    return {field.name for record in found for field in record.fields}


def programs() -> dict[str, TyperCommand]:
    out: dict[str, TyperCommand] = {}
    for name in COMMANDS:
        command = made(name)
        inner = command.commands if isinstance(command, TyperGroup) else {"": command}
        out |= {
            f"{name} {each}".rstrip(): own for each, own in inner.items() if isinstance(own, TyperCommand)
        }
    return out


def sections(language: str) -> dict[str, str]:
    """The commands page by its headings."""
    parts = re.split(r"^## (.+)$", prose(source(language, "commands")), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@EACH_LANGUAGE
def test_every_command_has_its_section_and_every_section_its_command(language: str) -> None:
    assert set(sections(language)) == set(programs())


@EACH_LANGUAGE
@pytest.mark.parametrize("name", programs())
def test_a_section_lists_the_options_of_its_command(language: str, name: str) -> None:
    rows = re.findall(r"^\| (`-.*?) \|", sections(language)[name], re.MULTILINE)
    said = {word for row in rows for word in re.findall(r"(?<![\w-])--?[a-z][a-z-]*", row)}
    options = [one for one in programs()[name].params if one.param_type_name == "option"]
    known = {word for one in options for word in one.opts if "--help" not in one.opts}
    assert said == known


@EACH_LANGUAGE
@pytest.mark.parametrize(("name", "results"), RESULTS.items())
def test_a_section_tells_the_json_of_its_command(
    language: str, name: str, results: tuple[type[DataclassInstance], ...]
) -> None:
    row = re.findall(r"^\| `--json` \|.*$", sections(language)[name], re.MULTILINE)[0]
    names = {field.name for result in results for field in fields(result)}
    assert names - set(re.findall(r"`([^`]+)`", row)) == set()


@EACH_LANGUAGE
def test_every_key_of_the_files_is_explained(language: str) -> None:
    assert keys(*DATA) - quoted(language, "data") == set()
    assert keys(FormatShape, HeadingShape, PaperShape) - quoted(language, "format") == set()
    assert keys(shapes.ViewShape) - quoted(language, "views") == set()
    assert keys(shapes.FrontMatter) - quoted(language, "language") == set()
    assert {one for choice in CHOICES for one in choice} - quoted(language, "data") == set()
    assert set(shapes.FRAGMENT_STATUSES) - quoted(language, "language") == set()
    assert {*HEADINGS, *FONTS, *PAGE_NUMBERS, *NUMBERED, SAME_AS_CHINESE} - quoted(
        language, "format"
    ) == set()


@EACH_LANGUAGE
def test_every_function_and_form_is_explained(language: str) -> None:
    functions = {word.partition("(")[0] for word in quoted(language, "formulas")}
    assert set(FUNCTIONS) - functions == set()
    forms = {word.partition("(")[0].lstrip("|") for word in quoted(language, "language")}
    assert set(FORMS) - forms == set()


@EACH_LANGUAGE
def test_every_tag_of_a_frame_is_explained(language: str) -> None:
    assert set(TAGS) - quoted(language, "frames") == set()


@EACH_LANGUAGE
def test_every_code_is_explained_once(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAFTER_LANG", language)
    page = html(PAGES, language)
    assert [code for code in SEVERITIES if page.count(f'id="{code}"') != 1] == []


@pytest.mark.parametrize(("language", "page"), EVERY)
def test_codes_that_a_page_names_are_codes(language: str, page: str) -> None:
    rooms = {code.partition(".")[0] for code in SEVERITIES}
    named = {word for word in quoted(language, page) if re.fullmatch(r"[a-z]+\.[a-z-]+", word)}
    files = {"handbook.html", "register.docx"}
    assert {word for word in named - files if word.partition(".")[0] in rooms} - set(SEVERITIES) == set()
