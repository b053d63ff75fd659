"""The commands of the register: decide and register."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from drafter.cli import decided, show
from drafter.cli.application import AsJson, Workspace, app, day_option
from drafter.cli.help import Command
from drafter.cli.place import workspace_root
from drafter.source.messages import text

Plan = Annotated[str, typer.Argument(metavar="PLAN", help=text("cli.release.plan"))]


UNDECIDED = "未定"
"""What people call what the registers have as `open`."""


@app.command(cls=Command, help=text("cli.decide"))
def decide(
    plan: Plan,
    rows: Annotated[list[str], typer.Argument(metavar="ROW…", help=text("cli.decide.rows"))],
    result: Annotated[
        str | None, typer.Option(metavar="采纳|部分采纳|未采纳|未定", help=text("cli.decide.result"))
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

    if result == UNDECIDED:
        result = Decision.OPEN.value
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
    export: Annotated[bool, typer.Option("--export", help=text("cli.register.export"))] = False,
    to: Annotated[list[str] | None, typer.Option(metavar="xlsx|docx", help=text("cli.register.to"))] = None,
    by_office: Annotated[bool, typer.Option("--by-office", help=text("cli.register.by-office"))] = False,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="DIR", help=text("cli.register.out"))
    ] = None,
    import_: Annotated[
        list[Path] | None, typer.Option("--import", metavar="FILE", help=text("cli.register.import"))
    ] = None,
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE…]", help=text("cli.register.files"))
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=text("cli.register.dry-run"))] = False,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> int:
    """List the register, hand it out, take it back."""
    back = [*(import_ or ()), *(files or ())]
    _refuse_mixed(import_, back, export=export, only=to or by_office or out, dry=dry_run)
    root = workspace_root(workspace)
    from drafter.actions.register import Chosen

    chosen = Chosen(round, open, office, unit)
    if import_:
        if chosen != Chosen():
            raise typer.BadParameter(text("cli.register.import.alone"))
        return _taken(root, plan, back, dry=dry_run, as_json=as_json)
    if export:
        forms = _forms(to)
        from drafter.actions.hand_out import hand_out

        made = hand_out(root, plan, chosen, forms, out, by_office=by_office)
        return show.outcome(made, decided.handed_out, as_json=as_json)
    from drafter.actions.register import register as action

    return show.outcome(action(root, plan, chosen), decided.listed, as_json=as_json)


def _taken(root: Path, plan: str, files: list[Path], *, dry: bool, as_json: bool) -> int:
    from drafter.actions.take_back import take_back

    return show.outcome(take_back(root, plan, files, dry=dry), decided.taken_back, as_json=as_json)


def _refuse_mixed(
    import_: list[Path] | None, back: list[Path], *, export: bool, only: object, dry: bool
) -> None:
    """What is said to be done must be one thing, with the options of that one."""
    if export and import_:
        raise typer.BadParameter(text("cli.register.both"))
    if only and not export:
        raise typer.BadParameter(text("cli.register.export.only"))
    if (dry or back) and not import_:
        raise typer.BadParameter(text("cli.register.import.only"))


def _forms(written: list[str] | None) -> tuple[str, ...]:
    """The forms that options say: one of them given several times, or several with a comma between."""
    from drafter.actions.hand_out import FORMS

    asked = tuple(dict.fromkeys(each for word in written or FORMS[:1] for each in word.split(",") if each))
    wrong = [each for each in asked if each not in FORMS]
    if wrong or not asked:
        raise typer.BadParameter(text("cli.register.to.wrong", given="、".join(wrong)))
    return asked
