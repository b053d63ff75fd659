"""The full names of the public's persons on disk, `private/rounds/<plan>/<round>.yaml`: read when asked for, written with the registers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from drafter.rounds.persons import extended, loaded, without
from drafter.source.edits import write_atomically
from drafter.source.files import read
from drafter.source.issues import Refused

FOLDER: Final = "private/rounds"

_Key = tuple[str, str]


class Secrets:
    """The names of a collection; those of other rounds are not looked at."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._texts: dict[_Key, str] = {}
        self._names: dict[_Key, dict[str, str]] = {}
        self._new: dict[_Key, dict[str, str]] = {}
        self._written: list[_Key] = []

    def of(self, key: _Key) -> Mapping[str, str]:
        """The full names of a round by the ids of their rows. Raises `Refused` where their file cannot be read."""
        if key not in self._names:
            self._names[key] = {}
            self._texts[key] = ""
            if (self.root / _path(key)).exists():
                source = read(self.root, _path(key))
                outcome = loaded(source.value) if source.value else None
                if source.value is None or outcome is None or outcome.value is None:
                    raise Refused(*source.issues, *(outcome.issues if outcome else ()))
                self._names[key] = dict(outcome.value)
                self._texts[key] = source.value.text
        return self._names[key]

    def add(self, key: _Key, names: Mapping[str, str]) -> None:
        """The names of new rows, empty for those that gave none; written by `write`."""
        self.of(key)
        self._names[key] |= names
        self._new.setdefault(key, {}).update(names)

    def write(self) -> None:
        """Write what is new, in place of what a killed process left under these ids. Raises `Refused`."""
        for key, names in self._new.items():
            found = {id_: name for id_, name in names.items() if name}
            left = without(self._texts[key], names)
            text = extended(left, found) if found else left
            if text != self._texts[key]:
                self._written.append(key)
                write_atomically(self.root / _path(key), text.encode())

    def put_back(self) -> None:
        """Everything as it was before `write`."""
        for key in self._written:
            path = self.root / _path(key)
            if self._texts[key]:
                write_atomically(path, self._texts[key].encode())
            else:
                path.unlink(missing_ok=True)

    def forget(self, key: _Key, ids: Iterable[str]) -> None:
        """Take the names of these rows out of their file. Raises `Refused`."""
        self.of(key)
        after = without(self._texts[key], ids)
        if after != self._texts[key]:
            write_atomically(self.root / _path(key), after.encode())


def _path(key: _Key) -> str:
    plan, round_ = key
    return f"{FOLDER}/{plan}/{round_}.yaml"
