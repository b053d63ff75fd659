"""The application that all commands belong to, and the options that most of them take."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as Date  # noqa: N812 -- `date` is an option's name
from pathlib import Path
from typing import Annotated

import typer

from drafter.source.messages import text

app = typer.Typer()
"""What the modules of commands give their commands to; `loading` makes a program of them."""

HELP_OPTIONS: Mapping[str, list[str]] = {"help_option_names": ["-h", "--help"]}

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
