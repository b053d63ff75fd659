"""Filled-in tables taken back into a register, three ways: what was handed out, what the file says now, what the register says meanwhile.

Nothing is overwritten silently. A row of which two have changed the same part otherwise stays as it is, whatever else its file says of it; so does one
that is not what was handed out, or that says what cannot be. An empty cell takes nothing away.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from drafter.rounds import sheet
from drafter.rounds.becoming import Who, became, plain
from drafter.rounds.filled import Cell, Entry, Filled
from drafter.rounds.model import Row
from drafter.rounds.sheet import FILLED, FIXED, PARTS, Head, Stamp, same
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Place, has_errors
from drafter.source.listed import listed
from drafter.source.nearest import nearest


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody says of a cell: where (`file` and what people call the `cell`, both empty for the register), and the words."""

    file: str
    cell: str
    words: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A cell of which the register or other files say something else than a file does."""

    id: str
    head: str
    said: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """The rows as they become, by their ids (only those that change), and the contradictions, whose rows stay as they are.

    `same` counts the rows of the files that say what the register says, `refused` those that cannot be taken.
    """

    rows: Mapping[str, Row]
    conflicts: tuple[Conflict, ...]
    same: int
    refused: int
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class _Change:
    """What a file changes of a part of a row: the cells by their heads, and what of the part the register has changed meanwhile."""

    part: tuple[Head, ...]
    cells: Mapping[Head, Cell]
    contested: tuple[Head, ...]


def taken(plan: str, rows: Sequence[Row], files: Iterable[Filled], units: Collection[str], who: Who) -> Taken:
    """What files change of a plan's rows. `units` are the offices there are, none where nobody has listed them."""
    known = {row.id: row for row in rows}
    issues: list[Issue] = []
    changes: dict[str, list[_Change]] = {}
    same_as, refused = set[str](), set[str]()
    for file in files:
        for entry in _sound(plan, known, file, issues, refused):
            found = list(_changes(known[entry.id], entry, file.stamps.get(entry.id), issues))
            if found:
                changes.setdefault(entry.id, []).extend(found)
            else:
                same_as.add(entry.id)
        issues += _lost(file, known)
    out: dict[str, Row] = {}
    conflicts: list[Conflict] = []
    for id_, own in changes.items():
        against = list(_against(known[id_], own))
        if against:
            conflicts += against
            issues += _told(known[id_], own)
            continue
        cells = {head: cell for change in own for head, cell in change.cells.items()}
        row, wrong = became(known[id_], cells, units, who)
        issues += wrong
        if has_errors(wrong):
            refused.add(id_)
        elif row != known[id_]:
            out[id_] = row
    left = same_as - out.keys() - refused - {each.id for each in conflicts}
    return Taken(MappingProxyType(out), tuple(conflicts), len(left), len(refused), tuple(issues))


# -- which rows of a file can be believed ------------------------------------------------------------------------------


def _sound(
    plan: str, known: Mapping[str, Row], file: Filled, issues: list[Issue], refused: set[str]
) -> Iterator[Entry]:
    """The rows of a file that are what was handed out; of the others it is said what is wrong with them."""
    first: dict[str, Entry] = {}
    twice = set[str]()
    for entry in file.entries:
        if entry.id in first:
            twice.add(entry.id)
            facts = {
                "id": entry.id,
                "cell": entry.cells[Head.ID].name,
                "first": first[entry.id].cells[Head.ID].name,
            }
            issues.append(Issue("register.id-twice", entry.cells[Head.ID].place, facts))
        first.setdefault(entry.id, entry)
    for entry in first.values():
        if entry.broken:  # it was said where the file was read
            refused |= {entry.id} & known.keys()
            continue
        wrong = None if entry.id in twice else _wrong(plan, known, entry, file.stamps.get(entry.id))
        if wrong is None and entry.id not in twice:
            yield entry
            continue
        issues += [wrong] if wrong else []
        refused |= {entry.id} & known.keys()


def _wrong(plan: str, known: Mapping[str, Row], entry: Entry, stamp: Stamp | None) -> Issue | None:
    """What is wrong with a row: it is none of ours, of another plan, or its fixed cells were changed."""
    at = entry.cells[Head.ID]
    facts = {"id": entry.id, "cell": at.name}
    if stamp is not None and stamp.plan != plan:
        return Issue("register.other-plan", at.place, {**facts, "plan": stamp.plan, "wanted": plan})
    if entry.id not in known:
        near = nearest(entry.id, known)
        return Issue("register.unknown-id", at.place, {**facts, "nearest": near})
    cells = {head: entry.cells[head].text for head in FIXED if head in entry.cells}
    if stamp is not None and len(cells) == len(FIXED) and sheet.fixed_hash(cells) == stamp.fixed:
        return None
    ours = sheet.fixed(known[entry.id])
    other = [head for head in cells if head in ours and same(cells[head]) != same(ours[head])]
    if not other and (stamp is None or len(cells) < len(FIXED)):
        return None  # nobody can tell how an opinion was said where its stamp, or one of the columns, is gone
    head = other[0] if other else Head.SAID
    cell = entry.cells[head]
    return Issue("register.changed", cell.place, {**facts, "cell": cell.name, "head": head})


def _lost(file: Filled, known: Mapping[str, Row]) -> Iterator[Issue]:
    there = {entry.id for entry in file.entries}
    lost = [id_ for id_ in file.handed_out(known) if id_ not in there]
    if lost:
        yield Issue("register.lost", Place(file.file), {"rows": listed(lost)})
    if not any("{" in each for each in file.contents):
        yield Issue("register.unstamped", Place(file.file))


# -- what a file changes -----------------------------------------------------------------------------------------------


def _changes(row: Row, entry: Entry, stamp: Stamp | None, issues: list[Issue]) -> Iterator[_Change]:
    now = sheet.filled(row)
    for part in PARTS:
        cells: dict[Head, Cell] = {}
        for head in part:
            cell = entry.cells.get(head)
            if cell is None:
                continue
            before = stamp.filled.get(head) if stamp else None
            text = plain(head, cell.text)
            if not text:
                # what is there since the table was handed out was never in the cell
                if same(now[head]) and before is not None and not sheet.changed(now[head], before):
                    facts = {"id": entry.id, "head": head, "row": str(cell.place.line)}
                    issues.append(Issue("register.not-erased", cell.place, facts))
            elif same(text) != same(now[head]) and (before is None or sheet.changed(text, before)):
                cells[head] = replace(cell, text=text)
        if cells:
            unseen = [head for head in cells if stamp and head not in stamp.filled and same(now[head])]
            yield _Change(part, cells, (*_contested(part, now, stamp), *unseen))


def _contested(part: Iterable[Head], now: Mapping[Head, str], stamp: Stamp | None) -> Iterator[Head]:
    """What of a part the register says otherwise than it was handed out; all that it says, where nobody knows what was handed out."""
    for head in part:
        before = stamp.filled.get(head) if stamp else None
        if same(now[head]) if stamp is None else before is not None and sheet.changed(now[head], before):
            yield head


def _against(row: Row, changes: Sequence[_Change]) -> Iterator[Conflict]:
    """What contradicts: the register and a file, two files."""
    now = sheet.filled(row)
    for own in _contradicting(changes):
        contested = {head for change in own for head in change.contested}
        for head in FILLED:
            cells = [change.cells[head] for change in own if head in change.cells]
            said = [Words(cell.place.file, cell.name, cell.text) for cell in cells]
            if contested and (said or head in contested):
                said.insert(0, Words("", "", now[head]))
            if said:
                yield Conflict(row.id, head, tuple(said))


def _contradicting(changes: Sequence[_Change]) -> Iterator[list[_Change]]:
    """The changes of each part that the register has changed as well, or that files change differently."""
    for part in PARTS:
        own = [change for change in changes if change.part == part]
        words = {tuple((head, same(cell.text)) for head, cell in change.cells.items()) for change in own}
        if len(words) > 1 or any(change.contested for change in own):
            yield own


def _told(row: Row, changes: Sequence[_Change]) -> Iterator[Issue]:
    now = sheet.filled(row)
    for first, *others in _contradicting(changes):
        at = next(iter(first.cells.values()))
        facts = {"id": row.id, "cell": at.name, "words": _words({h: c.text for h, c in first.cells.items()})}
        if first.contested or any(change.contested for change in others):
            heads = [head for head in first.part if head in {*first.cells, *first.contested}]
            yield Issue("register.conflict", at.place, {**facts, "ours": _words({h: now[h] for h in heads})})
        for other in others:
            cell = next(iter(other.cells.values()))
            own = _words({head: each.text for head, each in other.cells.items()})
            if own != facts["words"]:
                more = {"other": own, "where": cell.name, "file": cell.place.file}
                yield Issue("register.files-differ", at.place, {**facts, **more})


def _words(cells: Mapping[Head, str]) -> str:
    return "，".join(f"{head}“{text}”" for head, text in cells.items())
