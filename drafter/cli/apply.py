"""`drafter apply`: write adopted rows into the text, take them back, note what was written by hand."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from drafter.cli import show
from drafter.cli.application import AsJson, Workspace, app
from drafter.cli.help import Command
from drafter.cli.place import workspace_root
from drafter.cli.results import OBJECT
from drafter.source.listed import listed
from drafter.source.messages import has, text

if TYPE_CHECKING:
    # Types only: an action is imported when its command runs.
    from drafter.actions.rowstates import Brought, Follows, Row, Texts

LINE_END = " ／ "
"""Stands for the end of a line or paragraph where a text is shown on one line."""

NOWHERE = "—"
"""Stands for the place of what is in no file any more."""

_NAMED = frozenset(("review.unsure", "review.printed-elsewhere", "review.together", "apply.withdrawn"))
"""What keeps a row open only as long as nobody names it."""


@app.command("apply", cls=Command, help=text("cli.apply"))
def apply_(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help=text("cli.apply.plan"))],
    rows: Annotated[list[str] | None, typer.Argument(metavar="ROW", help=text("cli.apply.rows"))] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=text("cli.apply.dry-run"))] = False,
    suggestion: Annotated[bool, typer.Option("--as-suggestion", help=text("cli.apply.suggestion"))] = False,
    undo: Annotated[bool, typer.Option("--undo", help=text("cli.apply.undo"))] = False,
    done: Annotated[bool, typer.Option("--done", help=text("cli.apply.done"))] = False,
    at: Annotated[str, typer.Option("--at", metavar="FILE:LINE", help=text("cli.apply.at"))] = "",
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> int:
    """Write adopted rows into the text."""
    if sum((suggestion, undo, done)) > 1:
        raise typer.BadParameter(text("cli.apply.one"))
    if done and not rows:
        raise typer.BadParameter(text("cli.apply.done.which"))
    if at and not done:
        raise typer.BadParameter(text("cli.apply.at.only"))
    root = workspace_root(workspace)
    from drafter.actions.apply import Wanted
    from drafter.actions.apply import apply as action

    moment = datetime.now().astimezone().isoformat(timespec="milliseconds")
    wanted = Wanted(tuple(rows or ()), moment, dry_run, suggestion)
    if undo:
        from drafter.actions.undoing import undo as back

        return show.outcome(back(root, plan, wanted), taken_back, as_json=as_json)
    if done:
        from drafter.actions.byhand import done as by_hand

        return show.outcome(by_hand(root, plan, wanted, at), brought, as_json=as_json)
    printer = partial(brought, asked=suggestion)
    return show.outcome(action(root, plan, wanted), printer, as_json=as_json)


def brought(value: Brought, *, asked: bool = False) -> None:
    """What would change in the files, each row with what became of it, what follows from it, and the counts; `asked`: as open questions."""
    _told(value, asked=asked)
    there = [row for row in value.rows if row.result == "applied" and row.reason]
    written = sum(row.result == "applied" for row in value.rows) - len(there)
    counts = {"written": written, "there": len(there), "open": len(value.rows) - written - len(there)}
    _summary("cli.apply.summary", value, counts)


def taken_back(value: Brought) -> None:
    """The same for rows that were taken back: those are the open ones."""
    _told(value)
    counts = {"back": sum(row.result == "open" for row in value.rows), "rows": len(value.rows)}
    _summary("cli.apply.undone", value, counts)


def _told(value: Brought, *, asked: bool = False) -> None:
    for each in value.diffs:
        print(each.diff)
    for row in value.rows:
        print("\n".join(_row(row, asked=asked, dry=not value.written)))
    for place in value.follows:
        print(_follows(place))


def _summary(code: str, value: Brought, counts: dict[str, int]) -> None:
    if not value.rows:
        print(text("cli.apply.nothing"))
        return
    print(text(code, **counts))
    if not value.written:
        print(text("cli.apply.dry", files=listed(value.files) if value.files else NOWHERE))
    elif value.files:
        print(text("cli.apply.files", files=listed(value.files)))


def _row(row: Row, *, asked: bool, dry: bool) -> list[str]:
    where = f"{row.file}:{row.line}" if row.line else row.file
    facts = {"id": row.id, "where": where or NOWHERE}
    if not row.reason:
        what = "suggested" if asked else row.result
        return [text(f"cli.apply.row.{what}{'-dry' if dry else ''}", **facts)]
    reason = text(row.reason) if has(row.reason) else row.reason
    lines = [text(f"cli.apply.row.{row.result}-why", **facts, reason=reason)]
    for each in row.texts:
        lines += [f"    {line}" for line in _texts(each)]
    if row.reason in _NAMED:
        return [*lines, f"    {text('cli.apply.name-it')}"]
    hint = f"{row.reason}.hint"
    return [*lines, *([f"    {text(hint)}"] if has(hint) else [])]


def _texts(each: Texts) -> list[str]:
    told = [each.key] if each.key else []
    for code, said in (("issued", each.issued), ("proposed", each.proposed), ("today", each.today)):
        words = (
            LINE_END.join(said.replace(OBJECT, "…").split("\n")) if said else text("cli.apply.texts.nothing")
        )
        told.append(text(f"cli.apply.texts.{code}", words=words))
    return told


def _follows(place: Follows) -> str:
    where = f"{place.file}:{place.line}" if place.line else place.file
    return text(
        "cli.apply.follows",
        key=place.key or text("cli.apply.follows.words"),
        was=place.was,
        now=place.now,
        place=f"{place.plan} {place.place}".strip(),
        where=where,
        rows=listed(place.rows),
    )
