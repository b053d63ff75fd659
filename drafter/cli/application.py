"""The application that all commands belong to, and the options that most of them take."""

from __future__ import annotations

from datetime import date as Date  # noqa: N812 -- `date` is an option's name
from pathlib import Path
from typing import Annotated

import typer

from drafter.cli.help import Group
from drafter.source.messages import text

app = typer.Typer(
    cls=Group,
    help=text("cli"),
    epilog=text("cli.epilog"),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # rich takes longer to import than the whole of our help
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Workspace = Annotated[
    Path | None, typer.Option("-w", "--workspace", metavar="DIR", help=text("cli.option.workspace"))
]
AsJson = Annotated[bool, typer.Option("--json", help=text("cli.option.json"))]


def day_option(written: str | None) -> Date | None:
    """The date that an option says, as 2021-01-15."""
    if written is None:
        return None
    try:
        return Date.fromisoformat(written)
    except ValueError as error:
        raise typer.BadParameter(text("cli.build.date.wrong", date=written)) from error
