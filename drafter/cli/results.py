"""What the commands print for people when there is a result; the protocols say which fields of it are used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from drafter.cli.show import plain
from drafter.source.messages import has, text


class BuiltFile(Protocol):
    """A Word file that was written: of which plan, where, its size and the time it took."""

    @property
    def plan(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def characters(self) -> int: ...
    @property
    def seconds(self) -> float: ...


class Built(Protocol):
    """What `build` made."""

    @property
    def files(self) -> Sequence[BuiltFile]: ...


class Written(Protocol):
    """What `init` and `schema` wrote, as paths."""

    @property
    def files(self) -> Sequence[str]: ...


class Checked(Protocol):
    """What `check` looked at."""

    @property
    def plans(self) -> Sequence[str]: ...
    @property
    def fragments(self) -> int: ...


class Origin(Protocol):
    """Where a text or a value comes from."""

    @property
    def file(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...
    @property
    def key(self) -> str: ...
    @property
    def formula(self) -> str: ...
    @property
    def inputs(self) -> Sequence[str]: ...


class Use(Protocol):
    """Where a text or a value is printed."""

    @property
    def plan(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def file(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def text(self) -> str: ...


class Traced(Protocol):
    """What `trace` found."""

    @property
    def origins(self) -> Sequence[Origin]: ...
    @property
    def uses(self) -> Sequence[Use]: ...


class Remark(Protocol):
    """Something a reviewer did."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def author(self) -> str: ...
    @property
    def original(self) -> str: ...
    @property
    def proposed(self) -> str: ...
    @property
    def comment(self) -> str: ...
    @property
    def confidence(self) -> str: ...
    @property
    def target(self) -> object: ...


class Account(Protocol):
    """What came in and what became of it."""

    @property
    def received(self) -> int: ...
    @property
    def read(self) -> int: ...
    @property
    def refused(self) -> int: ...
    @property
    def remarks(self) -> int: ...


class Applied(Protocol):
    """What became of a remark under `--apply`: `result` is `applied` or `open`, then `reason` says why."""

    @property
    def id(self) -> str: ...
    @property
    def result(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def file(self) -> str: ...
    @property
    def line(self) -> int: ...


class Collected(Protocol):
    """What `collect` read; `rows` is empty without `--apply`."""

    @property
    def remarks(self) -> Sequence[Remark]: ...
    @property
    def account(self) -> Account: ...
    @property
    def rows(self) -> Sequence[Applied]: ...


def built(value: Built) -> None:
    """A line for each Word file."""
    for file in value.files:
        seconds = f"{file.seconds:.1f}"
        print(text("cli.built", plan=file.plan, path=file.path, characters=file.characters, seconds=seconds))


def written(value: Written) -> None:
    """A line for each file that was written."""
    for path in value.files:
        print(text("cli.written", path=path))


def checked(value: Checked) -> None:
    """What was looked at."""
    print(text("cli.checked", plans="、".join(value.plans), fragments=value.fragments))


def traced(value: Traced) -> None:
    """Each origin with its formula and inputs, then each use."""
    for origin in value.origins:
        print(
            text("cli.origin", where=_where(origin.file, origin.line, origin.column), key=origin.key).rstrip()
        )
        if origin.formula:
            print("    " + text("cli.origin.formula", formula=origin.formula))
        for name in origin.inputs:
            print("    " + text("cli.origin.input", name=name))
    print(text("cli.uses", count=len(value.uses)))
    for use in value.uses:
        print(f"    {_where(use.file, use.line, 0)}: {use.plan} {use.place}: {use.text}")


def collected(value: Collected) -> None:
    """Each remark with its place, what became of it, and the account."""
    for remark in value.remarks:
        print(_remark(remark))
    for row in value.rows:
        result = text(
            f"cli.row.{row.result}", where=_where(row.file, row.line, 0), reason=_reason(row.reason)
        )
        print(f"{row.id}: {result}")
    account = value.account
    counts = {"received": account.received, "read": account.read, "refused": account.refused}
    print(text("cli.account", **counts, remarks=account.remarks))


def _remark(remark: Remark) -> str:
    place = target_place(remark.target)
    head = text(
        "cli.remark",
        id=remark.id,
        place=place,
        author=remark.author or text("cli.remark.nobody"),
        kind=text(f"cli.kind.{remark.kind}"),
        confidence=text(f"cli.confidence.{remark.confidence}"),
    )
    lines = [head]
    lines += [f"    - {remark.original}"] if remark.original else []
    lines += [f"    + {remark.proposed}"] if remark.proposed else []
    lines += ["    " + text("cli.remark.comment", comment=remark.comment)] if remark.comment else []
    return "\n".join(lines)


def target_place(target: object) -> str:
    """A target of the promised shapes as `file:line:column (key)`, or why it has no place."""
    fields = plain(target)
    if not isinstance(fields, dict):
        return str(fields)
    if fields.get("unlocated"):
        return text("cli.unlocated", reason=_reason(str(fields["unlocated"])))
    where = ":".join(str(fields[name]) for name in ("file", "line", "column") if fields.get(name))
    return f"{where} ({fields['key']})" if fields.get("key") else where


def _where(file: str, line: int, column: int) -> str:
    return ":".join([file, *(str(number) for number in (line, column) if number)])


def _reason(reason: str) -> str:
    """A reason is a code of the catalogue or already a sentence."""
    return text(reason) if has(reason) else reason
