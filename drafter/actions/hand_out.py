"""`drafter register PLAN --export`: the opinions of a plan as tables to be filled in, a file for each round, and on request for each office."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from drafter.actions.build import OUT
from drafter.actions.composing import loaded
from drafter.actions.decide import rounds_of
from drafter.actions.register import Chosen, is_chosen, issued, refuse_strangers
from drafter.actions.registers import Held, Registers
from drafter.release.naming import opinions_name
from drafter.rounds.counting import Counts, counted, is_opinion
from drafter.rounds.model import Row
from drafter.rounds.sheet import Handout, lines, sentences
from drafter.rounds.words import Issued
from drafter.source.edits import write_atomically
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Outcome, Place
from drafter.workspace.consistency import units
from drafter.workspace.model import Workspace
from drafter.workspace.names import Names

KIND = "意见办理表"
FRAME = "register"
FORMS = ("xlsx", "docx")
NOBODY = "未分科室"
"""Stands in the name of the file of those rows that no office deals with yet."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file that was written: the round, the office (empty where it is of all, or of nobody), how many opinions stand in it."""

    path: str
    round: str
    office: str
    opinions: int


@dataclass(frozen=True, slots=True)
class HandedOut:
    """The files that were written, and the counts of the opinions in them."""

    files: tuple[Part, ...]
    counts: Counts


def hand_out(
    root: Path,
    plan: str,
    chosen: Chosen,
    forms: tuple[str, ...] = FORMS[:1],
    out: Path | None = None,
    *,
    by_office: bool = False,
) -> Outcome[HandedOut]:
    """Write the chosen rows in each of `forms`. Raises `Misnamed` and `Refused` as `register` does, and `Refused` for a frame that cannot be used."""
    registers = Registers(root)
    rounds = (registers.named(plan, chosen.round),) if chosen.round else rounds_of(registers, plan)
    refuse_strangers((row for held in rounds for row in held.register.rows), chosen)
    workspace, _ = loaded(root)
    writer = _Writer(root, workspace, plan, out or root / OUT)
    files: list[Part] = []
    told: list[Row] = []
    for held in rounds:
        rows = [row for row in held.register.rows if is_opinion(row) and is_chosen(row, chosen)]
        told += rows
        text = issued(registers, held.register)
        for office, own in _offices(rows, by_office=by_office):
            files += writer.written(held, own, office, text, forms)
    if not told:
        writer.issues.append(Issue("register.nothing", Place("")))
    return Outcome(HandedOut(tuple(files), counted(told)), tuple(writer.issues))


def _offices(rows: list[Row], *, by_office: bool) -> Iterator[tuple[str, list[Row]]]:
    """The rows by their offices in the order in which these come, those of nobody behind them; all as one without an office where nobody asks for it."""
    if not by_office:
        if rows:
            yield "", rows
        return
    names = dict.fromkeys(row.office for row in rows if row.office)
    for name in (*names, ""):
        own = [row for row in rows if row.office == name]
        if own:
            yield name or NOBODY, own


class _Writer:
    """Writes the files of one plan."""

    def __init__(self, root: Path, workspace: Workspace, plan: str, out: Path) -> None:
        self.root, self.plan, self.out = root, plan, out
        found = workspace.plans.get(plan)
        self.title = found.title.text if found else plan
        self.unit = found.unit if found else ""
        self.units = units(workspace.names) if isinstance(workspace.names, Names) else ()
        self.issues: list[Issue] = []
        self._names: dict[str, int] = {}

    def written(
        self, held: Held, rows: list[Row], office: str, text: Issued | None, forms: Iterable[str]
    ) -> Iterator[Part]:
        """A file in each of the forms."""
        of = held.register.round
        told = " ".join(filter(None, (of.id, of.name)))
        title = f"{self.title}{KIND}（{told}{f' {office}' if office else ''}）"
        above = sentences(counted(rows))
        handout = Handout(self.plan, of.id, title, above, lines(held.register, rows, text))
        name = self._name(of.id, office)
        for form in forms:
            data = self._as_word(handout) if form == "docx" else self._as_excel(handout, of.opened)
            if data is None:
                continue
            path = self.out / f"{name}.{form}"
            write_atomically(path, data)
            yield Part(path.as_posix(), of.id, "" if office == NOBODY else office, len(rows))

    def _name(self, round_: str, office: str) -> str:
        """The name of a file without its ending; two offices may differ in what no file name can hold."""
        name = opinions_name(self.title, KIND, round_, office)
        self._names[name] = self._names.get(name, 0) + 1
        return f"{name}-{self._names[name]}" if self._names[name] > 1 else name

    def _as_excel(self, handout: Handout, day: str) -> bytes:
        from drafter.rounds.excel import workbook

        return workbook(handout, self.units, day)

    def _as_word(self, handout: Handout) -> bytes | None:
        from drafter.actions.framing import frame_of
        from drafter.rounds.word import document
        from drafter.word.grids import Framed

        frame, name = frame_of(self.root, FRAME)
        made = document(handout, Framed(frame, name, {"名称": self.title, "编制单位": self.unit}))
        self.issues += made.issues
        return made.value
