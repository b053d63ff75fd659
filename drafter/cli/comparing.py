"""The command that compares Word files."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from drafter.cli import show
from drafter.cli.application import AsJson, app
from drafter.cli.help import Command
from drafter.source.messages import text

if TYPE_CHECKING:
    from drafter.actions.redline import Redlined

_TWO = 2


@app.command(cls=Command, help=text("cli.redline"))
def redline(
    files: Annotated[list[Path], typer.Argument(metavar="OLD NEW", help=text("cli.redline.files"))],
    docx: Annotated[bool, typer.Option("--docx", help=text("cli.redline.docx"))] = False,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="FILE.docx", help=text("cli.redline.out"))
    ] = None,
    author: Annotated[str, typer.Option(metavar="NAME", help=text("cli.redline.author"))] = "",
    date: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD[THH:MM]", help=text("cli.redline.date"))
    ] = None,
    revisions: Annotated[
        str | None, typer.Option(metavar="accept|reject", help=text("cli.redline.revisions"))
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Two Word files into one with tracked changes."""
    if not docx or len(files) != _TWO:
        raise typer.BadParameter(text("cli.redline.two"))
    moment = _moment(date)
    from drafter.actions.redline import compare_files
    from drafter.redline.resolve import Revisions

    if revisions not in (None, *Revisions):
        raise typer.BadParameter(text("cli.redline.revisions.wrong", given=revisions))
    how = None if revisions is None else Revisions(revisions)
    return show.outcome(
        compare_files((files[0], files[1]), out, author, moment, how), redlined, as_json=as_json
    )


def redlined(value: Redlined) -> None:
    """Where the file is, and how much has changed."""
    if not value.same:
        counts = {"inserted": value.inserted, "deleted": value.deleted, "formatted": value.formatted}
        print(text("cli.redlined", blocks=len(value.changes), **counts))
    print(text("cli.written", path=value.path))


def _moment(written: str | None) -> datetime | None:
    """The time that an option says, as 2021-01-15 or 2021-01-15T09:30; Word keeps no zone, so none is turned."""
    if written is None:
        return None
    try:
        return datetime.fromisoformat(written).replace(tzinfo=None)
    except ValueError as error:
        raise typer.BadParameter(text("cli.redline.date.wrong", date=written)) from error
