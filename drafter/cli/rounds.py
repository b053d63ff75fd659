"""`drafter round`: open a round, show how it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from drafter.cli import show
from drafter.cli.application import AsJson, Workspace, app, day_option
from drafter.cli.help import Command
from drafter.cli.place import workspace_root
from drafter.source.listed import listed
from drafter.source.messages import text

if TYPE_CHECKING:
    # Types only: an action is imported when its command runs.
    from drafter.actions.rounds import Opened, Rounds, Shown
    from drafter.rounds.standing import Standing

OPEN = "open"
COUNTED = frozenset(("无意见", "有意见"))
"""Conclusions that the number of opinions tells better."""
PUBLIC = "公众"
KINDS = ("部门", "系统", PUBLIC, "专家")


@app.command("round", cls=Command, help=text("cli.round"))
def round_(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help=text("cli.round.plan"))],
    what: Annotated[str, typer.Argument(metavar="[open]", help=text("cli.round.what"))] = "",
    version: Annotated[str, typer.Option(metavar="V", help=text("cli.round.version"))] = "",
    kind: Annotated[str, typer.Option(metavar="|".join(KINDS), help=text("cli.round.kind"))] = "",
    to: Annotated[list[str] | None, typer.Option(metavar="NAME", help=text("cli.round.to"))] = None,
    until: Annotated[
        str | None, typer.Option("--until", "--deadline", metavar="YYYY-MM-DD", help=text("cli.round.until"))
    ] = None,
    name: Annotated[str, typer.Option(metavar="WORDS", help=text("cli.round.name"))] = "",
    note: Annotated[str, typer.Option(metavar="WORDS", help=text("cli.round.note"))] = "",
    date: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help=text("cli.round.date"))] = None,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> int:
    """Open a round, or show how the rounds stand."""
    if what not in {"", OPEN}:
        raise typer.BadParameter(text("cli.round.what.wrong", written=what))
    if not what and any((version, kind, to, until, name, note)):
        raise typer.BadParameter(text("cli.round.only-open"))
    if what and kind not in KINDS:
        raise typer.BadParameter(
            text("cli.round.kind.wrong" if kind else "cli.round.kind.missing", written=kind)
        )
    day, last, root = day_option(date), day_option(until), workspace_root(workspace)
    from drafter.actions.rounds import Wanted, open_round
    from drafter.actions.rounds import rounds as action
    from drafter.rounds.model import RoundKind

    if not what:
        return show.outcome(action(root, plan, day), shown, as_json=as_json)
    wanted = Wanted(RoundKind(kind), version, tuple(to or ()), last, name, note, day)
    return show.outcome(open_round(root, plan, wanted), opened, as_json=as_json)


def opened(value: Opened) -> None:
    """The round, its file, and the forms to send along."""
    facts = {"plan": value.plan, "round": value.round, "version": value.version, "until": value.until}
    msgid = "cli.round.opened" if value.asked else "cli.round.opened.public"
    print(text(msgid, **facts, count=len(value.asked)))
    for path in (value.file, *value.forms):
        print(text("cli.written", path=path))


def shown(value: Rounds) -> None:
    """Each round with everybody who is asked."""
    if not value.rounds:
        print(text("cli.round.none", plan=value.plan))
    for each in value.rounds:
        _round(each)


def _round(each: Shown) -> None:
    facts = {"id": each.id, "version": each.version, "kind": each.kind, "name": each.name}
    print(text("cli.round.one", **facts, opened=each.opened, until=each.until, file=each.file))
    if each.note:
        print("    " + text("cli.round.noted", words=each.note))
    asked = [unit for unit in each.units if unit.asked]
    answered = [unit for unit in asked if unit.answered]
    counts = {
        "asked": len(asked),
        "answered": len(answered),
        "none": each.none,
        "late": sum(unit.late and not unit.answered for unit in asked),
        "replies": each.replies,
        "remarks": sum(unit.remarks for unit in each.units),
        "decided": sum(unit.decided for unit in each.units),
        "waiting": sum(unit.waiting for unit in each.units),
        "unasked": each.replies - len(answered),
    }
    if each.kind == PUBLIC:
        print("    " + text("cli.round.counts.public", **counts))
        return
    print("    " + text("cli.round.counts.more" if counts["unasked"] else "cli.round.counts", **counts))
    for unit in each.units:
        print("    " + _standing(unit))
    missing = [unit.unit for unit in asked if not unit.answered]
    if missing and answered:
        print("    " + text("cli.round.missing", units=listed(missing)))


def _standing(unit: Standing) -> str:
    number = f"{unit.copy:02d}" if unit.copy else "—"
    if not unit.answered and unit.asked:
        said = text("cli.round.overdue" if unit.late else "cli.round.waiting", until=unit.until)
    else:
        said = text("cli.comma").join(_answer(unit)) + ("" if unit.asked else text("cli.round.unasked"))
    return f"{number} {unit.unit}  {said}"


def _answer(unit: Standing) -> list[str]:
    came = "cli.round.late" if unit.late else "cli.round.answered"
    parts = [text(came, date=unit.answered)] if unit.answered else []
    parts += (
        [unit.conclusion] if unit.conclusion and not (unit.remarks and unit.conclusion in COUNTED) else []
    )
    if unit.remarks:
        parts.append(text("cli.round.remarks", count=unit.remarks, decided=unit.decided))
    elif not (unit.conclusion or unit.waiting):
        parts.append(text("cli.round.nothing"))
    parts += [text("cli.round.evidence", count=unit.waiting)] if unit.waiting else []
    return parts
