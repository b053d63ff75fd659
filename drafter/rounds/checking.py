"""What people typed into a register's file and what does not fit together in it, each at its line; what cannot even be read says `reading`."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from drafter.rounds.deciding import contradictions, uneven, unknown_office
from drafter.rounds.model import Decision, Register
from drafter.rounds.shape import RegisterFile, RowKeys
from drafter.source.files import Source
from drafter.source.issues import Issue, Place
from drafter.source.yaml import Mapping, Scalar, Sequence, parse


def examined(source: Source, register: Register, units: Collection[str]) -> Iterator[Issue]:
    """Offices that are none of `units`, words to put of what was rejected, and rows that contradict each other. `source` is the register's file."""
    places = _Places(source)
    for row in register.rows:
        unknown = unknown_office(row.office, units, places.at(row.id, RowKeys.OFFICE.name))
        if unknown is not None:
            yield unknown
        if row.adopted and row.decision is Decision.REJECTED:
            at = places.at(row.id, RowKeys.ADOPTED.name)
            yield Issue("rounds.adopted-rejected", at, {"id": row.id})
    everybody = {row.id for row in register.rows}
    for issue in (*contradictions(register.rows, everybody), *uneven(register.rows, everybody)):
        first = issue.facts.get("second") or issue.facts["rows"].partition(" ")[0]
        yield replace(issue, place=places.at(first, RowKeys.DECISION.name))


class _Places:
    """Where the values of rows stand."""

    def __init__(self, source: Source) -> None:
        self.source = source
        root = parse(source).value
        rows = root.get(RegisterFile.ROWS.name) if isinstance(root, Mapping) else None
        found = rows.items if isinstance(rows, Sequence) else ()
        self._rows = {
            id_.text: each
            for each in found
            if isinstance(each, Mapping) and isinstance(id_ := each.get(RowKeys.ID.name), Scalar)
        }

    def at(self, id_: str, key: str) -> Place:
        """The value of a row's key, else the row, else the file."""
        row = self._rows.get(id_)
        if row is None:
            return Place(self.source.path)
        return self.source.place((row.get(key) or row).start)
