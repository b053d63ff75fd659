"""The full names of persons whom a register of the public shows masked: `private/rounds/<plan>/<round>.yaml`, outside git."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from drafter.rounds.scalars import written
from drafter.source.files import Source
from drafter.source.issues import Outcome
from drafter.source.yaml import parse
from drafter.workspace.fields import ByText, Field, Record, Report, Text

HEAD = "# 公开征求意见的提出人姓名，按意见编号。只留在本机，不放进 git。\npersons:\n"
_PERSONS = Field("persons", ByText(Text()))
_FILE = Record((_PERSONS,))


def loaded(source: Source) -> Outcome[Mapping[str, str]]:
    """The names by the ids of their rows; None where the file is none of ours."""
    parsed = parse(source)
    if parsed.value is None:
        return Outcome(None if parsed.issues else {}, parsed.issues)
    report = Report(source)
    entries = _FILE.read(parsed.value, "persons", report)
    issues = (*parsed.issues, *report.issues)
    if entries is None or issues:
        return Outcome(None, issues)
    return Outcome({key.text: value.text for key, value in entries.get(_PERSONS) or ()})


def extended(text: str, names: Mapping[str, str]) -> str:
    """The text of the file with more names; of a new one where `text` is empty."""
    lines = [f"  {id_}: {written(name)}\n" for id_, name in names.items()]
    body = text or HEAD
    return body + ("" if body.endswith("\n") else "\n") + "".join(lines)


def without(text: str, ids: Iterable[str]) -> str:
    """The text of the file without the names of these rows."""
    gone = {f"{id_}:" for id_ in ids}
    lines = text.splitlines(keepends=True)
    return "".join(line for line in lines if line.strip().partition(" ")[0] not in gone)
