"""How results and problems are printed: for people in their language, for machines as one JSON document.

The shapes of the protocols below are what `--json` promises (DESIGN.md, "The command line").
"""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from decimal import Decimal
from pathlib import PurePath
from typing import TypeAlias, TypeVar

from drafter.source.codes import Severity
from drafter.source.issues import Issue, Outcome, has_errors
from drafter.source.messages import hint, sentence, text

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Value = TypeVar("Value")


def outcome(result: Outcome[Value], printer: Callable[[Value], None], *, as_json: bool) -> int:
    """Print what a command made and what was wrong, and give the exit code."""
    if as_json:
        fields = {} if result.value is None else plain(result.value)
        _print_json({"issues": [issue_fields(issue) for issue in result.issues]}, fields)
    else:
        issues(result.issues)
        if result.value is not None:
            printer(result.value)
    return 1 if has_errors(result.issues) or result.value is None else 0


def refusal(found: Sequence[Issue], *, as_json: bool) -> int:
    """Print why a command could not go on, and give the exit code."""
    if as_json:
        _print_json({"issues": [issue_fields(issue) for issue in found]}, {})
    else:
        issues(found)
    return 1


def event(value: object) -> None:
    """One of several results of a command that goes on, as one line of JSON."""
    print(json.dumps(plain(value), ensure_ascii=_ascii_only()), flush=True)


def issues(found: Iterable[Issue]) -> None:
    """Print problems on standard error, each with place, fact and hint, and how many there were. The same advice is given once."""
    counts = dict.fromkeys(Severity, 0)
    told: set[tuple[str, str]] = set()
    for issue in found:
        counts[issue.severity] += 1
        advice = (issue.code, hint(issue))
        print(render(issue, advised=advice in told), file=sys.stderr)
        told.add(advice)
    if counts[Severity.ERROR] or counts[Severity.WARNING]:
        words = {"errors": counts[Severity.ERROR], "warnings": counts[Severity.WARNING]}
        print(text("cli.summary", **words), file=sys.stderr)


def render(issue: Issue, *, advised: bool = False) -> str:
    """`file:line:column: code: sentence`, the source line with a caret, the hint where it was not given before."""
    place = issue.place
    numbers = [str(number) for number in (place.line, place.column) if number]
    where = ":".join([place.file, *numbers] if place.file else [text("cli.name")])
    said = sentence(issue)
    if issue.severity is not Severity.ERROR:
        said = text(f"cli.severity.{issue.severity}", sentence=said)
    lines = [f"{where}: {issue.code}: {said}"]
    if place.excerpt:
        from drafter.cli.excerpt import excerpt

        lines += [f"    {line}" for line in excerpt(place.excerpt, place.column)]
    lines += [] if advised else [f"    {line}" for line in hint(issue).splitlines()]
    return "\n".join(lines)


def issue_fields(issue: Issue) -> dict[str, Json]:
    """The promised JSON shape of a problem; line and column are null where only the file is known."""
    return {
        "code": issue.code,
        "severity": issue.severity.value,
        "file": issue.place.file,
        "line": issue.place.line or None,
        "column": issue.place.column or None,
        "message": sentence(issue),
        "hint": hint(issue) or None,
    }


def plain(value: object) -> Json:
    """A result as JSON: dataclasses by their fields, paths with `/`, decimals as exact text, dates as ISO 8601."""
    match value:
        case None | bool() | int() | float():
            return value
        case str() | date() | Decimal():
            return str(value)
        case PurePath():
            return value.as_posix()
        case Issue():
            return dict(issue_fields(value))
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case AbstractSet():
            return [plain(item) for item in sorted(value)]
        case Iterable():
            return [plain(item) for item in value]
    if dataclasses.is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    msg = f"a result of type {type(value).__name__} has no JSON form"
    raise TypeError(msg)


def _print_json(problems: Mapping[str, Json], fields: Json) -> None:
    document = {**(fields if isinstance(fields, dict) else {"value": fields}), **problems}
    print(json.dumps(document, ensure_ascii=_ascii_only(), indent=2))


def _ascii_only() -> bool:
    """A console or pipe that is not UTF-8 gets escapes, so that what a machine reads is always whole."""
    return (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
