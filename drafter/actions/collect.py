"""`drafter collect`: what reviewers sent back, each remark with its place.

A copy of the draft is held against the record of exactly what was issued, found by the opaque id in it, else by its words. Where a round is open on that
version its remarks become rows of the register; else they are listed, and with `--apply` the safe ones are written into the sources at once, each file
seeing the workspace as the ones before it have left it. What cannot be read is refused with its reason; the other files are collected all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from drafter.actions.build import QUIET
from drafter.actions.desk import Desk
from drafter.actions.held import Known, Records
from drafter.actions.incoming import Incoming, listed, opened
from drafter.actions.others import Others
from drafter.actions.places import Issued
from drafter.actions.quick import Row, applied, judged
from drafter.actions.registering import Entered, Key, Registering, Wanted
from drafter.actions.registers import Registers
from drafter.actions.shown import Remark, shown
from drafter.picture.model import Picture
from drafter.picture.reading import read
from drafter.review.account import account
from drafter.review.candidates import weighed
from drafter.review.match import match
from drafter.review.own import Own
from drafter.review.pasted import WHOLE, is_pasted, settled
from drafter.review.remarks import Remark as Found
from drafter.rounds.model import State
from drafter.rounds.standing import answered_on
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Outcome, Place, Refused
from drafter.source.listed import listed as joined

Progress = Callable[[int, int, str], None]
"""Told before each file: how many were done, how many there are, its name."""

_WORD = frozenset({".docx", ".docm", ".dotx", ".dotm"})
_OLD = frozenset({".doc", ".wps", ".rtf", ".odt"})
_UNKNOWN = frozenset({"collect.no-id", "collect.no-record"})


@dataclass(frozen=True, slots=True)
class File:
    """A file that came in: `read`, `evidence` or `refused`; its round (`p145/R2`, empty for none), whose it is, how its version was found, where it is kept, and how many of its remarks are new rows, were there before, or are rows that it no longer has."""

    name: str
    state: str
    round: str = ""
    unit: str = ""
    known: str = ""
    kept: str = ""
    new: int = 0
    there: int = 0
    withdrawn: int = 0


@dataclass(frozen=True, slots=True)
class Account:
    """What came in and what became of it: `received` files are `read`, kept as `evidence` or `refused`; in rounds each of the `remarks` is one of the `rows`."""

    received: int
    read: int
    evidence: int
    refused: int
    remarks: int
    rows: int


@dataclass(frozen=True, slots=True)
class Collected:
    """All that was found."""

    remarks: tuple[Remark, ...]
    rows: tuple[Row, ...]
    files: tuple[File, ...]
    account: Account


def collect(
    root: Path,
    paths: Iterable[Path],
    apply: bool = False,  # noqa: FBT001, FBT002 -- a flag
    wanted: Wanted | None = None,
    progress: Progress | None = None,
    now: datetime | None = None,
) -> Outcome[Collected]:
    """Read what came back. With `apply`, the safe edits of copies that belong to no round are written into the sources.

    Raises `Refused` where a register cannot be written; nothing of the collection is in any register then.
    """
    wanted = wanted or Wanted()
    registers = Registers(root)
    alone = registers.held() if registers.plans() and not wanted.dry_run else nullcontext()
    with alone:
        moment = now or datetime.now().astimezone()
        collection = _Collection(root, wanted, moment, apply=apply)
        files = listed(paths)
        with collection.undone_on_error():
            for number, path in enumerate(files):
                if progress:
                    progress(number, len(files), path.as_posix())
                collection.file(path)
            if wanted.evidence:
                collection.evidence(wanted.evidence)
            collection.finish()
    return collection.outcome()


class _Collection:
    """One collection while its files come in."""

    def __init__(self, root: Path, wanted: Wanted, now: datetime, *, apply: bool) -> None:
        self.desk, self.records, self.apply = Desk(root), Records(root), apply
        self.registering = Registering(root, self.desk.workspace, wanted, now)
        self.wanted = wanted
        self.issues = [issue for issue in self.desk.problems if apply and issue.code not in QUIET]
        self.issues += self.registering.issues
        self.remarks: list[Remark] = []
        self.rows: list[Row] = []
        self.files: list[File] = []
        self._others = Others(self.desk)
        self._seen: dict[str, str] = {}
        self._last: Entered | None = None

    # a file

    def file(self, path: Path) -> None:
        """Take in one file; where it is refused, the reason is said, and the others come in all the same."""
        try:
            item = self._opened(path)
            before = self.registering.there(item.sha256)
            if before is not None:
                key, reply = before
                facts = {"round": key[1], "day": answered_on(reply)}
                self.issues.append(Issue("collect.known-file", Place(item.name), facts))
                unit = reply.unit or reply.person
                self.files.append(File(item.name, reply.file.state.value, "/".join(key), unit))
            elif item.ending in _WORD or not (self.registering.now or self.wanted.round):
                self._word(item)
            else:
                self._keep(item)
        except Refused as refused:
            self.issues += refused.issues
            self.files.append(File(path.as_posix(), State.REFUSED.value))

    def evidence(self, path: Path) -> None:
        """Take in the file that shows what the others say; where there are no others it stands for itself."""
        try:
            item = opened(path)
            key = self._last.round if self._last else self.registering.round_of_evidence(item)
            unit = self._last.unit if self._last else ""
            entered = self.registering.evidence(key, item, unit=unit, row=self._last is None)
            self.files.append(_evidence(item, entered))
        except Refused as refused:
            self.issues += refused.issues
            self.files.append(File(path.as_posix(), State.REFUSED.value))

    def _opened(self, path: Path) -> Incoming:
        """What a file holds; refused where it is another one over again: nobody's opinion counts twice."""
        item = opened(path)
        if item.sha256 in self._seen:
            raise Refused(Issue("collect.twice", Place(item.name), {"first": self._seen[item.sha256]}))
        self._seen[item.sha256] = item.name
        return item

    def _keep(self, item: Incoming) -> None:
        key = self.registering.round_of_evidence(item)
        entered = self.registering.evidence(key, item)
        code = "collect.old-word" if item.ending in _OLD else "collect.evidence"
        facts = {"row": joined(entered.new), "kept": entered.kept}
        self.issues.append(Issue(code, Place(item.name), facts))
        self._row(entered, entered.new, "evidence")
        self.files.append(_evidence(item, entered))

    def _word(self, item: Incoming) -> None:
        outcome = read(item.data, item.name)
        if outcome.value is None:
            raise Refused(*outcome.issues)
        known = self._known(outcome.value, item)
        if known is None:
            self._keep(item)
            return
        picture = replace(outcome.value, release=known.copy.id) if known.copy else outcome.value
        matched = match(known.record, picture, item.name)
        self.issues += [*outcome.issues, *matched.issues]
        remarks = matched.value or ()
        if known.how == "text":
            remarks = self._by_text(known, picture, item, remarks)
        key = self.registering.round_of(known, item)
        if key is None:
            self._listed(known, item, remarks)
        else:
            self._entered(key, known, item, picture, remarks)

    def _known(self, picture: Picture, item: Incoming) -> Known | None:
        """What it is a copy of; None where it is kept as what nobody reads. Raises `Refused` where it cannot be told and there is no round to keep it in."""
        try:
            return self.records.known(picture.release, item.name)
        except Refused as refused:
            if not {issue.code for issue in refused.issues} <= _UNKNOWN:
                raise
            known = self.records.alike(picture, self.registering.asked() or None)
            if known is None and not self.registering.now:
                raise
            return known

    def _by_text(
        self, known: Known, picture: Picture, item: Incoming, remarks: tuple[Found, ...]
    ) -> tuple[Found, ...]:
        """The remarks of a file that was known by its words; what pasting explains is left out and said."""
        facts = {"plan": known.record.plan, "version": known.version, "share": f"{known.share:.0%}"}
        self.issues.append(Issue("collect.by-text", Place(item.name), facts))
        if not is_pasted(known.record, picture):
            return remarks
        found = settled(known.record, picture, remarks, known.cover)
        if found.left_out:
            code = "collect.pasted" if known.cover >= WHOLE else "collect.pasted-part"
            facts = {"count": str(found.left_out), "cover": f"{known.cover:.0%}"}
            self.issues.append(Issue(code, Place(item.name), facts))
        return found.remarks

    # what becomes of it

    def _listed(self, known: Known, item: Incoming, remarks: tuple[Found, ...]) -> None:
        """No round: as a draft that was only built, its remarks are shown, and the safe ones applied where that is asked for."""
        numbered = _numbered(remarks, len(self.remarks) + 1)
        if self.apply and not self.wanted.dry_run:
            numbered, rows = applied(self.desk, known.record, numbered, self._others, self.issues)
            self.rows += rows
        else:
            numbered = judged(self.desk, known.record, numbered, self._others, self.issues)
        if known.version and not self.apply:
            facts = {"plan": known.record.plan, "version": known.version}
            self.issues.append(Issue("collect.no-round", Place(item.name), facts))
        places = Issued(known.record.texts, self.desk.workspace.sources)
        self.remarks += [shown(remark, places) for remark in numbered]
        self.files.append(File(item.name, State.READ.value, known=known.how))

    def _entered(
        self, key: Key, known: Known, item: Incoming, picture: Picture, remarks: tuple[Found, ...]
    ) -> None:
        remarks = weighed(known.record, remarks, self.desk.workspace.sources)
        entered = self.registering.copy(key, known, item, remarks)
        self._last = entered
        self.issues += self._told(entered, known, item)
        lost = account(picture, (), Own.of(known.record)).marks - {
            mark for remark in remarks if remark.id in entered.ids for mark in remark.marks
        }
        if lost or len(entered.ids) != len(remarks):
            facts = {"missing": joined(sorted(lost)) or str(len(remarks) - len(entered.ids))}
            self.issues.append(Issue("collect.unaccounted", Place(item.name), facts))
        places = Issued(known.record.texts, self.desk.workspace.sources)
        self.remarks += [
            replace(
                shown(remark, places), id=entered.ids[remark.id], parent=entered.ids.get(remark.parent, "")
            )
            for remark in remarks
        ]
        there = [id_ for id_ in entered.ids.values() if id_ not in entered.new]
        for result, ids in (("new", entered.new), ("known", there), ("withdrawn", entered.withdrawn)):
            self._row(entered, ids, result)
        counts = (len(entered.new), len(there), len(entered.withdrawn))
        names = ("/".join(entered.round), entered.unit, known.how, entered.kept)
        self.files.append(File(item.name, State.READ.value, *names, *counts))

    def _told(self, entered: Entered, known: Known, item: Incoming) -> Iterator[Issue]:
        """What a person should know of how a file was taken."""
        at = Place(item.name)
        plan, id_ = entered.round
        version = self.registering.now[entered.round].round.version
        if version != known.version:
            yield Issue("collect.other-version", at, {"version": known.version, "round": id_, "on": version})
        if entered.withdrawn:
            yield Issue("collect.withdrawn", at, {"unit": entered.unit, "rows": joined(entered.withdrawn)})
        if entered.beside:
            yield Issue("collect.beside", at, {"unit": entered.unit, "files": joined(entered.beside)})
        if self.apply:
            yield Issue("collect.apply-later", at, {"plan": plan, "round": id_})

    def _row(self, entered: Entered, ids: Iterable[str], result: str) -> None:
        register = self.registering.now[entered.round]
        for id_ in ids:
            row = register.row(id_)
            file, line = _line(row.where if row else "")
            self.rows.append(Row(id_, result, "", file, line))

    # the end

    @contextmanager
    def undone_on_error(self) -> Iterator[None]:
        """Nothing stays of a collection that does not come to its end."""
        try:
            yield
        except BaseException:
            self.registering.let_go()
            raise

    def finish(self) -> None:
        """Write the registers, and look whether everything is in them."""
        self.registering.finish()
        missing = self.registering.unaccounted()
        if missing:
            self.issues.append(Issue("collect.unaccounted", Place(""), {"missing": joined(missing)}))

    def outcome(self) -> Outcome[Collected]:
        """All of it."""
        states = [file.state for file in self.files]
        entered = [row for row in self.rows if row.result in {"new", "known", "applied", "open"}]
        counts = [states.count(state.value) for state in (State.READ, State.EVIDENCE, State.REFUSED)]
        made = Account(len(states), counts[0], counts[1], counts[2], len(self.remarks), len(entered))
        found = Collected(tuple(self.remarks), tuple(self.rows), tuple(self.files), made)
        return Outcome(found, tuple(self.issues))


def _numbered(remarks: Iterable[Found], first: int) -> tuple[Found, ...]:
    """The remarks with ids that go on from those of the files before."""
    remarks = tuple(remarks)
    ids = {remark.id: f"r{number}" for number, remark in enumerate(remarks, first)}
    return tuple(
        replace(each, id=ids[each.id], parent=ids.get(each.parent, ""))
        if ids[each.id] != each.id or each.parent
        else each
        for each in remarks
    )


def _evidence(item: Incoming, entered: Entered) -> File:
    round_ = "/".join(entered.round)
    return File(item.name, State.EVIDENCE.value, round_, entered.unit, "", entered.kept, len(entered.new))


def _line(where: str) -> tuple[str, int]:
    """The file and line of a row's place."""
    file, _, rest = where.rpartition(":")
    file, _, line = file.rpartition(":")
    return (file, int(line)) if line.isdecimal() and rest.isdecimal() else (where, 0)
