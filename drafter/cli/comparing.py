"""The commands that compare: two versions of a plan, or two Word files."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from drafter.cli import show
from drafter.cli.application import AsJson, Workspace, app, day_option
from drafter.cli.help import Command
from drafter.cli.place import workspace_root
from drafter.source.listed import listed
from drafter.source.messages import text

if TYPE_CHECKING:
    from drafter.actions.compare import Tabled
    from drafter.actions.redline import Redlined
    from drafter.redline.resolve import Revisions

_TWO, _THREE = 2, 3
_SHOWN = 30
"""Characters of a change by which a reader knows it again."""

Plan = Annotated[str, typer.Argument(metavar="PLAN", help=text("cli.release.plan"))]
Stage = Annotated[str | None, typer.Option(metavar="S", help=text("cli.compare.stage"))]


@app.command(cls=Command, help=text("cli.redline"))
def redline(
    names: Annotated[list[str], typer.Argument(metavar="PLAN OLD [NEW]", help=text("cli.redline.names"))],
    docx: Annotated[bool, typer.Option("--docx", help=text("cli.redline.docx"))] = False,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="FILE.docx", help=text("cli.redline.out"))
    ] = None,
    author: Annotated[str, typer.Option(metavar="NAME", help=text("cli.redline.author"))] = "",
    date: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD[THH:MM]", help=text("cli.redline.date"))
    ] = None,
    stage: Stage = None,
    no_reasons: Annotated[bool, typer.Option("--no-reasons", help=text("cli.redline.no-reasons"))] = False,
    revisions: Annotated[
        str | None, typer.Option(metavar="accept|reject", help=text("cli.redline.revisions"))
    ] = None,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> int:
    """Two versions of a plan, or two Word files, into one with tracked changes."""
    if docx:
        if stage or no_reasons:
            raise typer.BadParameter(text("cli.redline.docx.alone"))
        return _files(names, out, author, _moment(date), _revisions(revisions), as_json=as_json)
    if revisions or not _TWO <= len(names) <= _THREE:
        raise typer.BadParameter(text("cli.redline.two"))
    moment, root = _moment(date), workspace_root(workspace)
    from drafter.actions.marking import Marks, mark
    from drafter.actions.versions import Asked

    plan, old, new = (*names, "")[:_THREE]
    asked = Asked(plan, old, new, stage, moment.date() if moment else None)
    marks = Marks(author, moment, reasons=not no_reasons)
    return show.outcome(mark(root, asked, marks, out), redlined, as_json=as_json)


@app.command(cls=Command, help=text("cli.compare"))
def compare(
    plan: Plan,
    old: Annotated[str, typer.Argument(metavar="OLD", help=text("cli.compare.old"))],
    new: Annotated[str, typer.Argument(metavar="[NEW]", help=text("cli.compare.new"))] = "",
    docx: Annotated[bool, typer.Option("--docx", help=text("cli.compare.docx"))] = False,
    xlsx: Annotated[bool, typer.Option("--xlsx", help=text("cli.compare.xlsx"))] = False,
    stage: Stage = None,
    date: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help=text("cli.compare.date"))] = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="DIR", help=text("cli.compare.out"))
    ] = None,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> int:
    """The table of changes between two versions of a plan."""
    day, root = day_option(date), workspace_root(workspace)
    from drafter.actions.compare import FORMS
    from drafter.actions.compare import compare as action
    from drafter.actions.versions import Asked

    wanted = tuple(form for form, asked in zip(FORMS, (docx, xlsx), strict=True) if asked) or FORMS
    return show.outcome(action(root, Asked(plan, old, new, stage, day), wanted, out), tabled, as_json=as_json)


def redlined(value: Redlined) -> None:
    """Where the file is, and how much has changed."""
    if not value.same:
        counts = {"inserted": value.inserted, "deleted": value.deleted, "formatted": value.formatted}
        print(text("cli.redlined", blocks=len(value.changes), **counts))
    print(text("cli.written", path=value.path))
    _opinions(value)


def tabled(value: Tabled) -> None:
    """The sentence that counts the changes, and where the files are."""
    print(value.sentence)
    for path in value.files:
        print(text("cli.written", path=path))
    _opinions(value)


def _opinions(value: Redlined | Tabled) -> None:
    """How many changes answer an opinion, each that answers none, the adopted opinions that no change answers."""
    if not value.rounds:
        return
    alone = [each for each in value.changes if not each.rows]
    answering = len(value.changes) - len(alone)
    print(text("cli.opinions", rounds=listed(value.rounds), answering=answering, alone=len(alone)))
    for each in alone:
        where = " ".join(filter(None, (each.place, each.number, each.table, each.row)))
        facts = {"where": where or text("cli.opinions.cover"), "reason": each.reason}
        print("    " + text("cli.opinions.alone", **facts, words=_cut(each.new or each.old)))
    if value.unmade:
        print(text("cli.opinions.unmade", count=len(value.unmade), rows=listed(value.unmade)))


def _cut(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


def _files(
    names: list[str],
    out: Path | None,
    author: str,
    moment: datetime | None,
    revisions: Revisions | None,
    *,
    as_json: bool,
) -> int:
    if len(names) != _TWO:
        raise typer.BadParameter(text("cli.redline.two"))
    from drafter.actions.redline import compare_files

    files = (Path(names[0]), Path(names[1]))
    return show.outcome(compare_files(files, out, author, moment, revisions), redlined, as_json=as_json)


def _revisions(written: str | None) -> Revisions | None:
    """How an option says that tracked changes are read."""
    from drafter.redline.resolve import Revisions

    if written not in (None, *Revisions):
        raise typer.BadParameter(text("cli.redline.revisions.wrong", given=written))
    return None if written is None else Revisions(written)


def _moment(written: str | None) -> datetime | None:
    """The time that an option says, as 2021-01-15 or 2021-01-15T09:30; Word keeps no zone, so none is turned."""
    if written is None:
        return None
    try:
        return datetime.fromisoformat(written).replace(tzinfo=None)
    except ValueError as error:
        raise typer.BadParameter(text("cli.redline.date.wrong", date=written)) from error
