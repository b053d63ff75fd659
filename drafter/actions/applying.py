"""The rows of registers brought into the texts of a workspace, one register after the other; nothing is written here.

Each register counts from the version that its round is on, and finds the texts as the ones before it leave them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace

from drafter.actions.desk import Desk, Tried
from drafter.actions.following import Moved, following
from drafter.actions.places import slice_of
from drafter.actions.registers import Held, Registers
from drafter.actions.rowstates import APPLIED, OPEN, Follows, Row, Texts
from drafter.actions.suggesting import suggestions
from drafter.review.remarks import Change, SliceEdit
from drafter.review.today import Brought, Today, bring
from drafter.rounds.adopting import Adopted, adopted, change_of
from drafter.rounds.footprints import Mark, footprints, marks, moved
from drafter.rounds.model import Applied
from drafter.rounds.model import Row as RegisterRow
from drafter.source.edits import retexted
from drafter.source.files import Source
from drafter.source.frozen import dataclass
from drafter.source.issues import Refused
from drafter.source.origins import DataValue, SourceSlice, lineage
from drafter.word.anchors import Anchor, Record

_Edits = tuple[SliceEdit, ...]

ALREADY = "apply.already"
"""The text says so already: an applied row for which nothing was written."""


@dataclass(frozen=True, slots=True)
class _State:
    """What becomes of a row: its edits of the texts at its stage; without any it is there already, or open with a reason.

    `at` is its place there, `own` the paragraph that it changes.
    """

    row: RegisterRow
    edits: _Edits = ()
    reason: str = ""
    at: SourceSlice | None = None
    own: Anchor | None = None
    texts: tuple[Texts, ...] = ()

    @property
    def done(self) -> bool:
        """Whether the text has it, or will have it."""
        return bool(self.edits) or self.reason == ALREADY


@dataclass(frozen=True, slots=True)
class _Stage:
    """One register brought in: what became of its rows, and the marks of its edits by file."""

    held: Held
    states: tuple[_State, ...]
    marks: Mapping[str, tuple[Mark, ...]]


@dataclass
class Applying:
    """The work on the registers of one plan: `texts` are the files as they will be, `moment` (ISO) is noted with what is applied."""

    desk: Desk
    registers: Registers
    moment: str
    suggest: bool = False
    texts: dict[str, str] = field(default_factory=dict)
    follows: list[Follows] = field(default_factory=list)
    _stages: list[_Stage] = field(default_factory=list)

    def bring(self, held: Held, rows: Sequence[RegisterRow], named: frozenset[str]) -> None:
        """Bring in rows of a register. Raises `Refused` where the version of its round cannot be read, or the plan cannot be built."""
        round_ = held.register.round
        record = self.registers.record(round_.plan, round_.version)
        tried = self.desk.tried(record, self.texts)
        if tried.file is None:
            raise Refused(*tried.issues)
        wanted = adopted(rows, record.anchors.paragraphs, named)
        today = Today(
            replace(record, anchors=tried.file.anchors),
            tried.workspace.sources,
            self.desk.rebuilding(record, self.texts),
        )
        made = self._before(held, frozenset(row.id for row in rows), record.anchors.paragraphs)
        brought = bring(record, today, wanted.remarks, named, wanted.files, made)
        edits = self._made(record, tried, rows, brought)
        anchors = tried.file.anchors.paragraphs
        states = tuple(_state(row, wanted, brought, edits, anchors) for row in rows)
        self._take(held, tried, states, edits.values())

    def _before(self, held: Held, own: Collection[str], issued: Sequence[Anchor]) -> list[Change]:
        """What rows on the same version have done to its paragraphs before these: in earlier runs, and in this one."""
        round_ = held.register.round
        rounds = self.registers.of_plan(round_.plan).value or ()
        same = [each.register for each in rounds if each.register.round.version == round_.version]
        rows = [row for each in same for row in each.rows if row.applied and row.id not in own]
        rows += [
            state.row
            for stage in self._stages
            if stage.held.register.round.version == round_.version
            for state in stage.states
            if state.done
        ]
        return [change for row in rows if (change := change_of(row, issued)) is not None]

    def _made(
        self, record: Record, tried: Tried, rows: Sequence[RegisterRow], brought: Brought
    ) -> Mapping[str, _Edits | str]:
        """The edits of every remark that is planned, by its id, or why it cannot be a suggestion."""
        planned = brought.planned.applied
        if not self.suggest:
            return {each.id: each.edits for each in planned}
        return suggestions(self.desk.refiling(record, self.texts), tried, rows, planned)

    def _take(
        self, held: Held, tried: Tried, states: tuple[_State, ...], made: Iterable[_Edits | str]
    ) -> None:
        """The texts with what was made, in that order: it was tried so."""
        by_path: dict[str, list[SliceEdit]] = defaultdict(list)
        for edits in made:
            for edit in () if isinstance(edits, str) else edits:
                by_path[edit.slice.path].append(edit)
        found: dict[str, tuple[Mark, ...]] = {}
        for path, each in by_path.items():
            self.texts[path], found[path] = marks(tried.workspace.sources[path].text, each)
        self._stages.append(_Stage(held, states, found))
        data = [
            Moved(state.row.id, edit.slice, state.own)
            for state in states
            for edit in state.edits
            if state.own and edit.slice.path.endswith(".yaml")
        ]
        if data:
            after = self.desk.loaded(self.texts)
            self.follows += following(tried.workspace, after, held.register.round.plan, data)

    # what comes of it

    def sources(self) -> Mapping[str, Source]:
        """The files as they will be."""
        now = self.desk.workspace.sources
        return {
            path: retexted(now[path], text) for path, text in self.texts.items() if text != now[path].text
        }

    def rows(self) -> Iterator[Row]:
        """What became of each row, with its place in the files as they will be."""
        after = self.sources()
        for number, stage in enumerate(self._stages):
            entries = self._entries(number, after)
            for state in stage.states:
                applied = _applied(state, entries)
                file, line = (
                    (applied[0].file, applied[0].line) if applied else self._where(number, state, after)
                )
                result = APPLIED if state.done else OPEN
                yield Row(state.row.id, result, state.reason, file, line, state.texts)

    def applied(self) -> Iterator[tuple[Held, Mapping[str, tuple[Applied, ...]]]]:
        """What each register is to keep of its applied rows, by their ids."""
        after = self.sources()
        for number, stage in enumerate(self._stages):
            entries = self._entries(number, after)
            kept: dict[str, tuple[Applied, ...]] = {}
            for state in stage.states:
                if state.edits:
                    kept[state.row.id] = _applied(state, entries)
                elif state.done:
                    kept[state.row.id] = (self._standing(number, state, after),)
            yield stage.held, kept

    def _entries(self, number: int, after: Mapping[str, Source]) -> Mapping[SliceEdit, Applied]:
        """The footprints of a stage in the files as they will be, by edit."""
        out: dict[SliceEdit, Applied] = {}
        for path, mine in self._stages[number].marks.items():
            everything: list[Mark] = []
            own: tuple[Mark, ...] = ()
            for other, stage in enumerate(self._stages):
                found = stage.marks.get(path, ())
                for later in self._stages[other + 1 :]:
                    found = moved(found, later.marks.get(path, ()))
                everything += found
                own = found if other == number else own
            source = after.get(path, self.desk.workspace.sources[path])
            made = dict(zip(map(id, everything), footprints(source, everything, self.moment), strict=True))
            out |= {mark.edit: made[id(now)] for mark, now in zip(mine, own, strict=True)}
        return out

    def _where(self, number: int, state: _State, after: Mapping[str, Source]) -> tuple[str, int]:
        """The place of a row for which nothing was written; as it was collected, where today has none."""
        if state.at is None:
            return state.row.place[:2]
        path, start = state.at.path, state.at.start
        for stage in self._stages[number:]:
            point = Mark(start, start, "", SliceEdit(state.at, ""))
            start = moved((point,), stage.marks.get(path, ()))[0].start
        source = after.get(path) or self.desk.workspace.sources.get(path)
        return (path, source.position(start)[0]) if source else (path, 0)

    def _standing(self, number: int, state: _State, after: Mapping[str, Source]) -> Applied:
        """What a register keeps of a row that stood there already; of words that came from no file any more the outline is their place."""
        file, line = self._where(number, state, after)
        sources = {**self.desk.workspace.sources, **after}
        if file not in sources:
            plan = self._stages[number].held.register.round.plan
            file, line = self.desk.workspace.plans[plan].path, 1
        return Applied(file, line, sources[file].sha256, at=self.moment)


def _state(
    row: RegisterRow,
    wanted: Adopted,
    brought: Brought,
    made: Mapping[str, _Edits | str],
    anchors: Sequence[Anchor],
) -> _State:
    """What becomes of a row; `made` are the edits of what is planned."""
    at = place_of(anchors, *_paragraph(row, brought))
    carried = brought.carried.get(row.id)
    first = brought.alike.get(row.id, row.id)
    if carried is None:
        reason = wanted.refused.get(row.id) or brought.planned.obstacles.get(row.id, "review.no-place")
        return _State(row, reason=reason, at=at)
    if carried.obstacle:
        found = (carried.texts,) if carried.texts else ()
        texts = tuple(Texts(each.issued, each.proposed, each.today, each.key) for each in found)
        return _State(row, reason=carried.obstacle, at=at, texts=texts)
    if carried.change is None:
        return _State(row, reason=ALREADY, at=at)
    edits = made.get(first, brought.planned.obstacles.get(first, "review.guard"))
    if isinstance(edits, str):
        return _State(row, reason=edits, at=at)
    own = anchors[carried.change.anchor]
    edits = edits or _of_cell(own, made.values())
    return _State(row, edits, "" if edits else ALREADY, at, own)


def _applied(state: _State, entries: Mapping[SliceEdit, Applied]) -> tuple[Applied, ...]:
    return tuple(dict.fromkeys(entries[edit] for edit in state.edits))


def _paragraph(row: RegisterRow, brought: Brought) -> tuple[int, int]:
    """The paragraph of today that a row speaks of, and where in it; -1 where there is none."""
    carried = brought.carried.get(row.id)
    if carried is not None and carried.paragraph >= 0:
        return carried.paragraph, carried.at
    index = row.change.anchor if row.change else row.spot.paragraph if row.spot else -1
    return brought.since.now.get(index, -1), row.spot.start if row.spot else 0


def place_of(anchors: Sequence[Anchor], paragraph: int, offset: int) -> SourceSlice | None:
    """Where the words of a paragraph of today stand."""
    if not 0 <= paragraph < len(anchors):
        return None
    pieces = anchors[paragraph].pieces
    near = [each for each in pieces if each.start <= offset < each.end] or list(pieces)
    for piece in (*near, *pieces):
        place = slice_of(piece.origin)
        if place is not None:
            inside = isinstance(piece.origin, SourceSlice) and piece.start <= offset < piece.end
            start = place.start + (offset - piece.start if inside else 0)
            return SourceSlice(place.path, min(start, place.end), place.end)
    return None


def _of_cell(anchor: Anchor, made: Iterable[_Edits | str]) -> _Edits:
    """Of a calculated cell that reads as it was wished: the edits of the data that have brought it about."""
    places = {
        datum.place
        for piece in anchor.pieces
        if isinstance(piece.origin, DataValue)
        for datum in lineage(piece.origin.datum)
    }
    every = (edit for edits in made if not isinstance(edits, str) for edit in edits)
    return tuple(dict.fromkeys(edit for edit in every if edit.slice in places))
