"""The rounds of a workspace, `data/rounds/<plan>/<round>.yaml`: found, read and written.

How the others use it: `with registers.held(): held, row = registers.row(plan, "R2-017")`, then
`registers.save(held, after)` with `after` the `Register` as it is to be (`dataclasses.replace`). The file is edited by slice: what people wrote in it stays.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Final

from drafter.actions.keeping import FOLDER as EVIDENCE
from drafter.actions.secrets import FOLDER as NAMES
from drafter.actions.shelf import RECORDS, Shelf
from drafter.release.manifest import MASTER
from drafter.rounds.model import Register, Row
from drafter.rounds.reading import loaded
from drafter.rounds.writing import dumped, edited
from drafter.source.edits import retexted, save, sweep, write_atomically
from drafter.source.files import Source, decode, read
from drafter.source.folders import locked
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Misnamed, Outcome, Place, Refused
from drafter.source.nearest import suggestion
from drafter.word.anchors import Record
from drafter.word.record import UnreadableRecord
from drafter.word.record import loaded as record_of

FOLDER: Final = "data/rounds"
_LOCK = ".lock"


@dataclass(frozen=True, slots=True)
class Held:
    """A register and the file that it was read from, which says whether anybody has changed it since."""

    register: Register
    source: Source


class Registers:
    """The rounds of a workspace."""

    def __init__(self, root: Path) -> None:
        self.root = root

    # reading

    def plans(self) -> tuple[str, ...]:
        """The plans that have a round."""
        folder = self.root / FOLDER
        if not folder.is_dir():
            return ()
        return tuple(sorted(each.name for each in folder.iterdir() if each.is_dir() and each.name[0] != "."))

    def ids(self, plan: str) -> tuple[str, ...]:
        """The rounds of a plan, by their files, the first one first."""
        folder = self.root / FOLDER / plan
        names = (
            [each.stem for each in folder.glob("*.yaml") if each.name[0] != "."] if folder.is_dir() else []
        )
        return tuple(sorted(names, key=lambda name: (len(name), name)))

    def round(self, plan: str, id_: str) -> Outcome[Held]:
        """One round; None, and why, where its file cannot be read or anything in it is an error."""
        source = read(self.root, f"{FOLDER}/{plan}/{id_}.yaml")
        if source.value is None:
            return Outcome(None, source.issues)
        outcome = loaded(source.value)
        issues = (*source.issues, *outcome.issues)
        return Outcome(Held(outcome.value, source.value) if outcome.value else None, issues)

    def of_plan(self, plan: str) -> Outcome[tuple[Held, ...]]:
        """The rounds of a plan, the first one first: those that can be read, and what is wrong with the others."""
        outcomes = [self.round(plan, id_) for id_ in self.ids(plan)]
        issues = tuple(issue for outcome in outcomes for issue in outcome.issues)
        return Outcome(tuple(each.value for each in outcomes if each.value is not None), issues)

    def refuse_unasked(self, plan: str) -> None:
        """Raises `Misnamed` for a plan that has no round."""
        if not self.ids(plan):
            facts = {"plan": plan, "nearest": suggestion(plan, self.plans())}
            raise Misnamed(Issue("rounds.no-round", Place(FOLDER), facts))

    def named(self, plan: str, id_: str) -> Held:
        """The round that a person named. Raises `Misnamed` where there is none, `Refused` where it cannot be read."""
        known = self.ids(plan)
        plainly = unicodedata.normalize("NFKC", id_).strip().upper()
        id_ = plainly if plainly in known else id_
        if id_ not in known:
            facts = {"plan": plan, "id": id_, "nearest": suggestion(id_, known)}
            raise Misnamed(Issue("rounds.unknown-round", Place(f"{FOLDER}/{plan}"), facts))
        outcome = self.round(plan, id_)
        if outcome.value is None:
            raise Refused(*outcome.issues)
        return outcome.value

    def row(self, plan: str, id_: str) -> tuple[Held, Row]:
        """The row of a plan with this id (`R2-017`), and its round. Raises `Misnamed` where there is none, `Refused` where its round cannot be read."""
        round_ = id_.partition("-")[0]
        found = self.named(plan, round_) if round_ in self.ids(plan) else None
        row = found.register.row(id_) if found else None
        if found is None or row is None:
            held = (found,) if found else self.of_plan(plan).value or ()
            ids = [each.id for one in held for each in one.register.rows]
            facts = {"plan": plan, "id": id_, "nearest": suggestion(id_, ids)}
            raise Misnamed(Issue("rounds.no-such-row", Place(f"{FOLDER}/{plan}"), facts))
        return found, row

    def record(self, plan: str, version: str) -> Record:
        """The record of an issued version, from which the `spot` of a row counts. Raises `Misnamed` for an unknown version, `Refused` where it cannot be read."""
        shelf = Shelf(self.root)
        shelved = shelf.named(plan, version)
        try:
            return record_of(shelf.bytes_of(shelved, RECORDS[MASTER]))
        except UnreadableRecord:
            path = f"{shelved.folder}/{RECORDS[MASTER]}"
            facts = {"engine": shelved.manifest.engine}
            raise Refused(Issue("compare.bad-record", Place(path), facts)) from None

    # writing

    @contextmanager
    def held(self) -> Iterator[None]:
        """The rounds for one process alone; read them inside. Raises `Refused` where another holds them."""
        with locked(self.root / FOLDER / _LOCK):
            for folder in (FOLDER, NAMES, EVIDENCE):
                sweep(self.root / folder)
            yield

    def save(self, held: Held, after: Register) -> Held:
        """Write what a register has become. Raises `Refused` as `save_all` does."""
        return self.save_all(((held, after),))[0]

    def save_all(
        self,
        changes: Iterable[tuple[Held, Register]],
        beside: Mapping[str, tuple[Source, Source]] = MappingProxyType({}),
    ) -> tuple[Held, ...]:
        """Write what registers have become, all or none, and with them other files by their paths (`beside`: as they were read, and as they will be).

        Raises `Refused` where a file changed since it was read, cannot be written, or would not read as what was to be written.
        """
        changes = tuple(changes)
        out = tuple(Held(after, _edited(held, after)) for held, after in changes)
        before = {held.source.path: held.source for held, _ in changes}
        changed = {
            each.source.path: each.source for each in out if each.source is not before[each.source.path]
        }
        before |= {path: old for path, (old, _) in beside.items()}
        save(self.root, before, {**{path: new for path, (_, new) in beside.items()}, **changed})
        return out

    def put(self, register: Register) -> Held:
        """The file of a new round. Raises `Refused` where there is one already or it cannot be written."""
        path = f"{FOLDER}/{register.round.plan}/{register.round.id}.yaml"
        data = dumped(register).encode()
        source = decode(path, data).value
        if source is None or loaded(source).value != register:
            raise Refused(Issue("rounds.not-as-meant", Place(path)))
        if (self.root / path).exists():
            raise Refused(Issue("source.changed-meanwhile", Place(path)))
        write_atomically(self.root / path, data)
        return Held(register, source)


def _edited(held: Held, after: Register) -> Source:
    """The file as it is to be; refused where it would not read as `after`, however that came about."""
    if after == held.register:
        return held.source
    source = retexted(held.source, edited(held.source, held.register, after))
    outcome = loaded(source)
    if outcome.value != after:
        raise Refused(*(outcome.issues or (Issue("rounds.not-as-meant", Place(source.path)),)))
    return source
