"""`drafter answer PLAN`: the papers that say what became of the opinions. Where anything speaks against one of them none is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from drafter.actions.answering import against, early, heard, late, not_done, place_of
from drafter.actions.build import OUT
from drafter.actions.composing import chosen_plans, loaded
from drafter.actions.framing import frame_of
from drafter.actions.registers import FOLDER
from drafter.actions.secrets import Secrets
from drafter.ooxml.grid import Grid
from drafter.papers.counts import Counts, counts
from drafter.papers.letters import KIND, Letter, letters
from drafter.papers.sentences import counted
from drafter.papers.speaking import Told
from drafter.release.naming import opinions_name
from drafter.rounds.masking import in_clear
from drafter.rounds.model import RoundKind
from drafter.source.edits import write_atomically
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Outcome, Place, has_errors
from drafter.source.listed import listed
from drafter.workspace.model import Plan, Workspace
from drafter.workspace.profile import Profile

FORMS = ("docx", "xlsx")
SUMMARY, REPLIES, PUBLIC = "summary", "replies", "public"
PAPERS = (SUMMARY, REPLIES, PUBLIC)
DRAFT, OPEN_TO_ALL = "草稿", "公开"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: one round or all (empty), which of `PAPERS`, tables in which of `FORMS`; `day` is the papers' own, today's where it is None.

    `draft`: what is not decided is printed as 待研究; `silent_as_none`: who has not answered until the last day is taken for 无意见.
    """

    round: str = ""
    papers: tuple[str, ...] = PAPERS
    forms: tuple[str, ...] = FORMS
    draft: bool = False
    silent_as_none: bool = False
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A file: one of `PAPERS`, its round (empty for several), of a letter who it goes to, where it is."""

    paper: str
    round: str
    unit: str
    path: str


@dataclass(frozen=True, slots=True)
class Heard:
    """A round's figures, and the sentence that the papers say."""

    round: str
    kind: str
    version: str
    sentence: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class Answered:
    """The files, the figures of all rounds together and of each, and the adopted opinions whose paragraphs read as issued."""

    plan: str
    files: tuple[Written, ...]
    sentence: str
    counts: Counts
    rounds: tuple[Heard, ...]
    unchanged: tuple[str, ...]


def answer(root: Path, plan: str, wanted: Wanted, out: Path | None = None) -> Outcome[Answered]:
    """Write the papers, under `build/answers/<plan>` unless told otherwise.

    Raises `Misnamed` for an unknown plan or round, `Refused` where there is no round or one cannot be read.
    """
    workspace, found = loaded(root)
    (chosen,) = chosen_plans(workspace, (plan,), found)
    day = wanted.day or date.today()  # noqa: DTZ011 -- the day where the office is
    hearing = heard(root, plan, wanted.round)
    rounds = hearing.value or ()
    issues = [*hearing.issues, *against(rounds, draft=wanted.draft)]
    if has_errors(issues):
        return Outcome(None, tuple(issues))
    if wanted.silent_as_none:
        issues += early(rounds, day)
    made = tuple(_Writing(root, workspace, chosen, rounds, replace(wanted, day=day)).papers(issues))
    if has_errors(issues):
        return Outcome(None, tuple(issues))
    undone = tuple(not_done(root, plan, rounds))
    issues += [
        Issue("answer.unchanged", place_of(each.register), {"rows": listed(ids)}) for each, ids in undone
    ]
    folder = out or root / OUT / "answers" / plan
    for written, data in made:
        write_atomically(folder / written.path, data)
    files = tuple(replace(each, path=(folder / each.path).as_posix()) for each, _ in made)
    together = counts(told.register for told in rounds)
    unchanged = tuple(id_ for _, ids in undone for id_ in ids)
    return Outcome(
        Answered(plan, files, counted(together), together, tuple(map(_heard, rounds)), unchanged),
        tuple(issues),
    )


def _heard(told: Told) -> Heard:
    own = counts((told.register,))
    return Heard(told.round.id, told.round.kind, told.round.version, counted(own), own)


class _Writing:
    """The papers of one run."""

    def __init__(
        self, root: Path, workspace: Workspace, plan: Plan, rounds: tuple[Told, ...], wanted: Wanted
    ) -> None:
        self.root, self.workspace, self.plan, self.rounds, self.wanted = root, workspace, plan, rounds, wanted
        self.day = wanted.day.isoformat() if wanted.day else ""
        self.title = plan.title.text
        self.mark = DRAFT if wanted.draft else ""
        self.where = Place(f"{FOLDER}/{plan.id}")

    def papers(self, issues: list[Issue]) -> Iterator[tuple[Written, bytes]]:
        """Each file by its name in the folder; what is wrong is added to `issues`."""
        if SUMMARY in self.wanted.papers:
            yield from self._summary(issues)
        if REPLIES in self.wanted.papers:
            yield from self._replies(issues)
        if PUBLIC in self.wanted.papers:
            yield from self._public(issues)

    def _summary(self, issues: list[Issue]) -> Iterator[tuple[Written, bytes]]:
        from drafter.papers.summary import TITLE, summary

        day = self.wanted.day if self.wanted.silent_as_none else None
        overdue = {told.round.id: late(told, day) for told in self.rounds} if day else {}
        grid = summary(self.title, self.rounds, overdue)
        name = opinions_name(self.title, TITLE, self.wanted.round, mark=self.mark)
        yield from self._table(SUMMARY, name, TITLE, grid, issues)

    def _public(self, issues: list[Issue]) -> Iterator[tuple[Written, bytes]]:
        from drafter.papers.public import TITLE, persons, result

        unasked = self.wanted.papers == PAPERS
        named = bool(self.wanted.round) and not unasked
        rounds = [told for told in self.rounds if named or told.round.kind is RoundKind.PUBLIC]
        if not rounds and not unasked:
            issues.append(Issue("answer.no-public", self.where, {"plan": self.plan.id}))
        if not rounds or (unasked and not counts(told.register for told in rounds).opinions):
            return
        name = opinions_name(self.title, TITLE, self.wanted.round, mark=self.mark or OPEN_TO_ALL)
        secrets = Secrets(self.root)
        hidden = {full for told in rounds for full in secrets.of((self.plan.id, told.round.id)).values()}
        grid = result(self.title, rounds, hidden)
        names = dict.fromkeys(
            (*persons(rounds), *(name for full in sorted(hidden) for name in in_clear("", full)))
        )
        for written, data in self._table(PUBLIC, name, TITLE, grid, issues):
            issues += self._proved(data, tuple(names))
            yield written, data

    def _proved(self, data: bytes, names: tuple[str, ...]) -> Iterator[Issue]:
        """What a file for the public must not hold, looked for in its bytes."""
        from drafter.release.proof import prove

        for each in prove(data, self.workspace.internal):
            if each.found:
                code = "answer.public-words" if each.what == "words" else f"release.public-{each.what}"
                yield Issue(code, self.where, {"found": listed(each.found)})
        for each in prove(data, names):
            if each.found and each.what == "words":
                yield Issue("answer.public-names", self.where, {"found": listed(each.found)})

    def _table(
        self, paper: str, name: str, sheet: str, grid: Grid, issues: list[Issue]
    ) -> Iterator[tuple[Written, bytes]]:
        for form in self.wanted.forms:
            data = self._excel(grid, sheet) if form == "xlsx" else self._word(paper, grid, issues)
            if data is not None:
                yield Written(paper, self.wanted.round, "", f"{name}.{form}"), data

    def _word(self, paper: str, grid: Grid, issues: list[Issue]) -> bytes | None:
        from drafter.word.grids import Framed, document

        frame, name = frame_of(self.root, _FRAMES[paper])
        made = document(Framed(frame, name, self._facts(), self._profile()), grid.title, grid)
        issues += made.issues
        return made.value

    def _excel(self, grid: Grid, sheet: str) -> bytes:
        from drafter.ooxml.workbook import workbook

        return workbook(grid, sheet, self.day, creator="")

    def _replies(self, issues: list[Issue]) -> Iterator[tuple[Written, bytes]]:
        taken: dict[str, int] = {}
        for letter in self._letters():
            name = opinions_name(self.title, KIND, letter.round, letter.to, self.mark)
            taken[name] = taken.get(name, 0) + 1
            number = f"-{taken[name]}" if taken[name] > 1 else ""
            data = self._letter(letter, issues)
            if data is not None:
                yield Written(REPLIES, letter.round, letter.to, f"{name}{number}.docx"), data
        if not taken and self.wanted.papers != PAPERS:
            issues.append(Issue("answer.no-replies", self.where, {"plan": self.plan.id}))

    def _letters(self) -> Iterable[Letter]:
        for told in self.rounds:
            yield from letters(told, self.title, self.plan.unit)

    def _letter(self, letter: Letter, issues: list[Issue]) -> bytes | None:
        from drafter.papers.word import letter as written
        from drafter.word.grids import Framed

        frame, name = frame_of(self.root, "letter")
        facts = {**self._facts(), "发文机关标志": self.plan.unit}
        made = written(Framed(frame, name, facts, self._profile()), letter, self.plan.unit, self.wanted.day)
        issues += (issue for issue in made.issues if issue not in issues)
        return made.value

    def _facts(self) -> dict[str, str]:
        return {"名称": self.title, "编制单位": self.plan.unit, "日期": self.day}

    def _profile(self) -> Profile:
        """The looks of the office's papers: its fonts and its line, whatever kind of text the plan is."""
        from drafter.word.styles import PAPER

        return replace(self.plan.profile, kind=PAPER.kind, scheme=PAPER.scheme, headings=(), literal=False)


_FRAMES = {SUMMARY: "summary", PUBLIC: "result"}
