"""One collection while its files come in: each is looked at for what it is, and goes where it belongs."""

from __future__ import annotations

from collections.abc import Collection as Names
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from drafter.actions.build import QUIET
from drafter.actions.collected import Account, Collected, File
from drafter.actions.desk import Desk
from drafter.actions.hearing import Hearing
from drafter.actions.held import Known, Records
from drafter.actions.incoming import Incoming, Meant, inside, opened
from drafter.actions.office import Office
from drafter.actions.others import Others
from drafter.actions.places import Issued
from drafter.actions.quick import Row, applied, judged
from drafter.actions.registering import Entered, Registering
from drafter.actions.routing import Key, Wanted
from drafter.actions.shown import Remark, shown
from drafter.actions.telling import told, untouched
from drafter.opinions.archives import NOT_TAKEN
from drafter.opinions.files import FileKind, Found, classify
from drafter.picture.model import Picture
from drafter.picture.reading import read
from drafter.review.account import account
from drafter.review.candidates import weighed
from drafter.review.match import match
from drafter.review.own import Own
from drafter.review.pasted import WHOLE, is_pasted, settled
from drafter.review.remarks import Remark as Marked
from drafter.rounds.model import Reply, State
from drafter.rounds.standing import answered_on
from drafter.source.issues import Issue, Outcome, Place, Refused
from drafter.source.listed import listed as joined
from drafter.word.anchors import Record

_UNKNOWN = frozenset({"collect.no-id", "collect.no-record"})
_SAID = frozenset((FileKind.FORM, FileKind.ENTRY, FileKind.LETTER))
_OLD: Mapping[FileKind, str] = {FileKind.OLD_WORD: "doc", FileKind.OLD_EXCEL: "xls"}
_MAIL = frozenset({".eml", ".msg", ".html", ".htm", ".mht"})
"""What is text and no letter as it stands."""

_LETTER = 0.8
"""So much of what looks like a letter must have been issued for it to be a pasted draft: letters quote."""


class Collection:
    """One collection; `with` it nothing stays of what does not come to its end."""

    def __init__(self, root: Path, wanted: Wanted, now: datetime, *, apply: bool) -> None:
        self.desk, self.records, self.apply = Desk(root), Records(root), apply
        self.registering = Registering(root, self.desk.workspace, wanted, now)
        self.wanted = wanted
        self.issues = [issue for issue in self.desk.problems if apply and issue.code not in QUIET]
        self.issues += self.registering.issues
        self.remarks: list[Remark] = []
        self.rows: list[Row] = []
        self.files: list[File] = []
        self._hearing = Hearing(self.registering)
        self._others = Others(self.desk)
        self._seen: dict[str, str] = {}
        self._last: Entered | None = None
        self._open = ExitStack()
        self._office: Office | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()
        if error is not None:
            self.registering.let_go()

    # a file, and what it is

    def file(self, meant: Meant) -> None:
        """Take in one file, or those of an archive; where one is refused, the reason is said, and the others come in all the same."""
        try:
            item = opened(meant)
            within = inside(item)
        except Refused as refused:
            self._refused(meant.name, refused)
            return
        for issue in within.issues:
            if issue.code in NOT_TAKEN:
                self._refused(issue.place.file, Refused(issue))
            else:
                self.issues.append(issue)
        for each in (item,) if within.value is None else within.value:
            try:
                self._one(each)
            except Refused as refused:
                self._refused(each.name, refused)

    def evidence(self, path: Path) -> None:
        """Take in the file that shows what the others say; where there are no others it stands for itself."""
        meant = Meant(path)
        try:
            item = opened(meant)
            key = self._last.round if self._last else self.registering.routing.of_words(item)
            unit = self._last.unit if self._last else ""
            entered = self.registering.evidence(key, item, unit=unit, row=self._last is None)
            self.files.append(_evidence(item, entered))
        except Refused as refused:
            self._refused(meant.name, refused)

    def _refused(self, name: str, refused: Refused) -> None:
        self.issues += refused.issues
        self.files.append(File(name, State.REFUSED.value))

    def _one(self, item: Incoming) -> None:
        """A file; refused where it is another one over again: nobody's opinion counts twice. Two may send the same words, though."""
        before = self.registering.there(item.sha256, self.registering.routing.told(item))
        if item.sha256 in self._seen and (before or not self.registering.now):
            raise Refused(Issue("collect.twice", Place(item.name), {"first": self._seen[item.sha256]}))
        if before is not None:
            self._again(item, before)
        elif self.registering.now or self.wanted.round:
            self._classified(item)
        else:
            self._draft(item, read(item.data, item.name))
        self._seen.setdefault(item.sha256, item.name)

    def _again(self, item: Incoming, before: tuple[Key, Reply]) -> None:
        """A file that was collected before."""
        key, reply = before
        facts = {"round": key[1], "day": answered_on(reply)}
        self.issues.append(Issue("collect.known-file", Place(item.name), facts))
        whose = reply.unit or reply.person
        self.files.append(File(item.name, reply.file.state.value, "/".join(key), whose))

    def _classified(self, item: Incoming) -> None:
        found = classify(item.data, item.name)
        if found.kind in _OLD:
            found = self._modern(item, found.kind)
        if item.ending in _MAIL and found.picture is None:
            found = Found(FileKind.EVIDENCE, item.name)
        letter = found.kind is FileKind.LETTER and found.picture is not None
        pasted = self.records.alike(found.picture, least=_LETTER) if letter and found.picture else None
        if found.kind is FileKind.DRAFT or pasted:
            self._draft(item, Outcome(found.picture, found.issues))
        elif found.kind in _SAID:
            self._opinions(item, found)
        else:
            self._keep(item, found.kind)

    def _modern(self, item: Incoming, kind: FileKind) -> Found:
        """What a file of an older program is, once LibreOffice has read it; without LibreOffice it is kept as it is."""
        if self._office is None:
            self._office = self._open.enter_context(Office())
        try:
            return classify(self._office.modern(item.data, item.name, _OLD[kind]), item.name)
        except Refused as refused:
            self.issues += [issue for issue in refused.issues if issue.code != "office.missing"]
            return Found(kind, item.name)

    # a draft

    def _draft(self, item: Incoming, outcome: Outcome[Picture]) -> None:
        if outcome.value is None:
            raise Refused(*outcome.issues)
        known = self._known(outcome.value, item)
        if known is None:
            self._keep(item, FileKind.EVIDENCE)
            return
        own = known.copy.recipient if known.copy and not self.wanted.sender else ""
        before = self.registering.there(item.sha256, own) if own else None
        if before is not None:  # whatever the folder is called that it lies in now
            self._again(item, before)
            return
        picture = replace(outcome.value, release=known.copy.id) if known.copy else outcome.value
        matched = match(known.record, picture, item.name)
        self.issues += [*outcome.issues, *matched.issues]
        remarks = matched.value or ()
        if known.how == "text":
            remarks = self._by_text(known, picture, item, remarks)
        key = self.registering.routing.of_copy(known, item)
        if key is None:
            self._listed(known, item, remarks)
        else:
            self._entered(key, known, item, picture, remarks)

    def _known(self, picture: Picture, item: Incoming) -> Known | None:
        """What it is a copy of; None where it is kept as what nobody reads. Raises `Refused` where it cannot be told and there is no round to keep it in."""
        try:
            return self.records.known(picture.release, item.name)
        except Refused as refused:
            codes = {issue.code for issue in refused.issues}
            if codes == {"collect.marked-copy"} and self.registering.now:
                self.issues += refused.issues
                return None
            if not codes <= _UNKNOWN:
                raise
            known = self.records.alike(picture, self.registering.routing.asked() or None)
            if known is None and not self.registering.now:
                raise
            return known

    def _by_text(
        self, known: Known, picture: Picture, item: Incoming, remarks: tuple[Marked, ...]
    ) -> tuple[Marked, ...]:
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

    def _listed(self, known: Known, item: Incoming, remarks: tuple[Marked, ...]) -> None:
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
        ids = tuple(remark.id for remark in numbered)
        self.files.append(File(item.name, State.READ.value, known=known.how, remarks=ids))

    def _entered(
        self, key: Key, known: Known, item: Incoming, picture: Picture, remarks: tuple[Marked, ...]
    ) -> None:
        remarks = weighed(known.record, remarks, self.desk.workspace.sources)
        entered = self.registering.copy(key, known, item, remarks)
        self._last = entered
        version = self.registering.now[key].round.version
        if version != known.version:
            facts = {"version": known.version or "—", "round": key[1], "on": version}
            self.issues.append(Issue("collect.other-version", Place(item.name), facts))
        held = {mark for remark in remarks if remark.id in entered.ids for mark in remark.marks}
        lost = account(picture, (), Own.of(known.record)).marks - held
        self._taken(item, (entered,), lost, len(remarks))
        if not remarks:
            self.issues.append(untouched(entered, self.registering.now[key].round, Place(item.name)))
        self._shown(entered, known.record, remarks)
        self.files.append(_read(item, (entered,), known.how))

    # what is no draft

    def _opinions(self, item: Incoming, found: Found) -> None:
        outcome = self._hearing.answers(found)
        self.issues += outcome.issues
        if outcome.value is None:
            self._keep(item, FileKind.EVIDENCE)
            return
        goals = self._hearing.goals(item, found, outcome.value)
        before = [self.registering.there(item.sha256, sender) for _, sender in goals]
        if before[0] is not None and all(before):  # whatever the folder is called that it lies in now
            self._again(item, before[0])
            return
        heard = tuple(self._hearing.heard(item, found, outcome.value, goals))
        self._last = heard[0].entered
        count = sum(len(each.opinions) for each in outcome.value)
        self._taken(item, [each.entered for each in heard], set(), count)
        for each in heard:
            self._shown(each.entered, each.record, each.remarks)
            if each.typed:
                self.issues.append(Issue("collect.typed-up", Place(item.name), {"rows": joined(each.typed)}))
        said = joined(dict.fromkeys(each.conclusion.value for each in outcome.value if each.conclusion))
        file = _read(item, [each.entered for each in heard], "")
        self.files.append(replace(file, conclusion=said))

    def _keep(self, item: Incoming, kind: FileKind) -> None:
        key = self.registering.routing.of_words(item)
        entered = self.registering.evidence(key, item)
        code = "collect.old-word" if kind in _OLD else "collect.evidence"
        facts = {"row": joined(entered.new), "kept": entered.kept}
        self.issues.append(Issue(code, Place(item.name), facts))
        self._row(entered, entered.new, "evidence")
        self.files.append(_evidence(item, entered))

    # what became of it

    def _taken(self, item: Incoming, entered: Sequence[Entered], lost: Names[str], count: int) -> None:
        """Tell what a person should know of how a file was taken, and whether all of it is in rows."""
        for each in entered:
            round_ = self.registering.now[each.round].round
            self.issues += told(each, round_, Place(item.name), apply=self.apply)
        missing = count - sum(len(each.ids) for each in entered)
        if lost or missing:
            facts = {"missing": joined(sorted(lost)) or str(missing)}
            self.issues.append(Issue("collect.unaccounted", Place(item.name), facts))

    def _shown(self, entered: Entered, record: Record, remarks: Iterable[Marked]) -> None:
        places = Issued(record.texts, self.desk.workspace.sources)
        self.remarks += [
            replace(shown(each, places), id=entered.ids[each.id], parent=entered.ids.get(each.parent, ""))
            for each in remarks
        ]
        for result, ids in (
            ("new", entered.new),
            ("known", _there(entered)),
            ("withdrawn", entered.withdrawn),
        ):
            self._row(entered, ids, result)

    def _row(self, entered: Entered, ids: Iterable[str], result: str) -> None:
        register = self.registering.now[entered.round]
        for id_ in ids:
            row = register.row(id_)
            file, line, _ = row.place if row else ("", 0, 0)
            self.rows.append(Row(id_, result, "", file, line))

    # the end

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


def _numbered(remarks: Iterable[Marked], first: int) -> tuple[Marked, ...]:
    """The remarks with ids that go on from those of the files before."""
    remarks = tuple(remarks)
    ids = {remark.id: f"r{number}" for number, remark in enumerate(remarks, first)}
    return tuple(replace(each, id=ids[each.id], parent=ids.get(each.parent, "")) for each in remarks)


def _there(entered: Entered) -> list[str]:
    return [id_ for id_ in entered.ids.values() if id_ not in entered.new]


def _read(item: Incoming, entered: Sequence[Entered], how: str) -> File:
    new, there, gone = (
        sum(map(len, each))
        for each in (
            [one.new for one in entered],
            [_there(one) for one in entered],
            [one.withdrawn for one in entered],
        )
    )
    rounds = dict.fromkeys("/".join(one.round) for one in entered)
    units = dict.fromkeys(one.unit for one in entered)
    names = ("、".join(rounds), "、".join(units), how, entered[0].kept)
    ids = tuple(id_ for one in entered for id_ in one.ids.values())
    return File(item.name, State.READ.value, *names, new, there, gone, ids)


def _evidence(item: Incoming, entered: Entered) -> File:
    round_ = "/".join(entered.round)
    return File(item.name, State.EVIDENCE.value, round_, entered.unit, "", entered.kept, len(entered.new))
