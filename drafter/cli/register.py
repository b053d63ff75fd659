"""The commands of the register: decide and register."""

from __future__ import annotations

from typing import Annotated

import typer

from drafter.cli import decided, show
from drafter.cli.application import AsJson, Workspace, app, day_option
from drafter.cli.help import Command
from drafter.cli.place import workspace_root
from drafter.source.messages import text

Plan = Annotated[str, typer.Argument(metavar="PLAN", help=text("cli.release.plan"))]


@app.command(cls=Command, help=text("cli.decide"))
def decide(
    plan: Plan,
    rows: Annotated[list[str], typer.Argument(metavar="ROW…", help=text("cli.decide.rows"))],
    result: Annotated[
        str | None, typer.Option(metavar="采纳|部分采纳|未采纳|open", help=text("cli.decide.result"))
    ] = None,
    reason: Annotated[str | None, typer.Option(metavar="WORDS", help=text("cli.decide.reason"))] = None,
    adopted: Annotated[str | None, typer.Option(metavar="TEXT", help=text("cli.decide.adopted"))] = None,
    office: Annotated[str | None, typer.Option(metavar="NAME", help=text("cli.decide.office"))] = None,
    contact: Annotated[str | None, typer.Option(metavar="WORDS", help=text("cli.decide.contact"))] = None,
    by: Annotated[str, typer.Option(metavar="NAME", help=text("cli.decide.by"))] = "",
    on: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help=text("cli.decide.on"))] = None,
    all_alike: Annotated[bool, typer.Option("--all-alike", help=text("cli.decide.alike"))] = False,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> int:
    """Set what was decided on rows."""
    day = day_option(on)
    if all(each is None for each in (result, reason, adopted, office, contact)):
        raise typer.BadParameter(text("cli.decide.nothing"))
    if (by or day) and result is None:
        raise typer.BadParameter(text("cli.decide.by-alone"))
    root = workspace_root(workspace)
    from drafter.actions.decide import decide as action
    from drafter.rounds.deciding import Wanted
    from drafter.rounds.model import Decision

    if result is not None and result not in tuple(Decision):
        raise typer.BadParameter(text("cli.decide.result.wrong", given=result))
    wanted = Wanted(
        Decision(result) if result is not None else None,
        reason=reason,
        adopted=adopted,
        office=office,
        contact=contact,
        by=by,
        on=day.isoformat() if day else "",
        alike=all_alike,
    )
    return show.outcome(action(root, plan, rows, wanted), decided.settings, as_json=as_json)


@app.command(cls=Command, help=text("cli.register"))
def register(
    plan: Plan,
    round: Annotated[str, typer.Option(metavar="R2", help=text("cli.register.round"))] = "",  # noqa: A002 -- an option's name
    open: Annotated[bool, typer.Option("--open", help=text("cli.register.open"))] = False,  # noqa: A002 -- the same
    office: Annotated[str, typer.Option(metavar="NAME", help=text("cli.register.office"))] = "",
    unit: Annotated[str, typer.Option(metavar="NAME", help=text("cli.register.unit"))] = "",
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> int:
    """List the register, hand it out, take it back."""
    root = workspace_root(workspace)
    from drafter.actions.register import Chosen
    from drafter.actions.register import register as action

    chosen = Chosen(round, open, office, unit)
    return show.outcome(action(root, plan, chosen), decided.listed, as_json=as_json)
