"""What `--json` prints, as JSON Schemas: made from the results' own types, so that the promise cannot differ from what is kept."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from typing import Union, get_args, get_origin, get_type_hints

from drafter.actions.answer import Answered
from drafter.actions.build import Built
from drafter.actions.check import Checked
from drafter.actions.collected import Collected
from drafter.actions.compare import Tabled
from drafter.actions.data_diff import Compared
from drafter.actions.decide import Decided
from drafter.actions.frames import Framed, Inspected
from drafter.actions.hand_out import HandedOut
from drafter.actions.handbook import Printed
from drafter.actions.init import Started
from drafter.actions.redline import Redlined
from drafter.actions.register import Listed
from drafter.actions.release import Released
from drafter.actions.releases import Releases
from drafter.actions.rounds import Opened, Rounds
from drafter.actions.rowstates import Brought
from drafter.actions.take_back import TakenBack
from drafter.actions.trace import Traced
from drafter.actions.verify import Verified
from drafter.actions.watch import Rebuilt
from drafter.source.codes import Severity
from drafter.source.issues import Issue

RESULTS: Mapping[str, type] = types.MappingProxyType(
    {
        "init": Started,
        "build": Built,
        "check": Checked,
        "watch": Rebuilt,
        "trace": Traced,
        "data-diff": Compared,
        "collect": Collected,
        "decide": Decided,
        "register": Listed,
        "apply": Brought,
        "register-export": HandedOut,
        "register-import": TakenBack,
        "redline": Redlined,
        "compare": Tabled,
        "frame-new": Framed,
        "frame-inspect": Inspected,
        "release": Released,
        "releases": Releases,
        "verify": Verified,
        "round": Rounds,
        "round-open": Opened,
        "answer": Answered,
        "handbook": Printed,
    }
)
"""The result of each command; `watch` prints one a line."""

Schema = dict[str, "Json"]
Json = None | bool | int | float | str | list["Json"] | Schema

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PLAIN: Mapping[type, str] = {str: "string", bool: "boolean", int: "integer", float: "number"}
"""In this order, for a bool is an int."""


def promises() -> Mapping[str, Schema]:
    """A schema for what each command prints with `--json`; a command that was refused prints `issues` alone."""
    out: dict[str, Schema] = {}
    for name, result in RESULTS.items():
        properties = {**_fields(result), "issues": _list(_issue())}
        title = f"drafter {name} --json"
        out[name] = {"$schema": _DIALECT, "title": title, **_object(properties), "required": ["issues"]}
    return types.MappingProxyType(out)


def _issue() -> Schema:
    """The shape that `cli.show.issue_fields` gives a problem."""
    text: Schema = {"type": "string"}
    number: Schema = {"type": ["integer", "null"]}
    severities: list[Json] = [severity.value for severity in Severity]
    properties: Schema = {
        "code": text,
        "severity": {"enum": severities},
        "file": text,
        "line": number,
        "column": number,
        "message": text,
        "hint": {"type": ["string", "null"]},
    }
    return _object(properties)


def _object(properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _fields(kind: type) -> Schema:
    hints = get_type_hints(kind)
    return {name: _of(hint) for name, hint in hints.items()}


def _of(kind: object) -> Schema:
    """The schema of a result's type: dataclasses, tuples of one kind, unions and plain values are all there is."""
    if kind is Issue:
        return _issue()
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return _object(_fields(kind))
    if get_origin(kind) is tuple:
        return _list(_of(get_args(kind)[0]))
    if get_origin(kind) in (Union, types.UnionType):
        return {"anyOf": [_of(each) for each in get_args(kind)]}
    if isinstance(kind, type):
        for plain, word in _PLAIN.items():
            if issubclass(kind, plain):
                return {"type": word}
    msg = f"{kind} has no JSON form"
    raise TypeError(msg)
