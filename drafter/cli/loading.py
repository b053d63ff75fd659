"""All commands by name. The help page needs no more than that; the one that runs is made when it is asked for.

Making a command means importing its module and reading every option's type, a millisecond or two each: for all of them that took
as long as drawing the help page.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from typer.main import get_command_from_info, get_command_name, get_group_from_info

from drafter.cli.application import HELP_OPTIONS, app
from drafter.cli.help import Command, Group
from drafter.source.messages import text

if TYPE_CHECKING:
    from typer._click import Command as AnyCommand  # what typer's own classes are typed with
    from typer._click import Context

COMMANDS: Mapping[str, str] = {
    "init": "commands",
    "build": "commands",
    "check": "commands",
    "watch": "commands",
    "trace": "commands",
    "data-diff": "commands",
    "schema": "commands",
    "collect": "collecting",
    "apply": "apply",
    "handbook": "commands",
    "redline": "comparing",
    "compare": "comparing",
    "release": "issuing",
    "releases": "issuing",
    "verify": "issuing",
    "round": "rounds",
    "register": "register",
    "decide": "register",
    "answer": "answering",
    "frame": "frame",
}
"""The module of this room that gives the application each command, in the order of the help page. `cli.<name>` is what it does."""


class Program(Group):
    """The program `drafter`."""

    def resolve_command(
        self, ctx: Context, args: list[str]
    ) -> tuple[str | None, AnyCommand | None, list[str]]:
        """Make the named command before it is looked up."""
        if args[0] in COMMANDS:
            self.commands[args[0]] = made(args[0])
        return super().resolve_command(ctx, args)


def program() -> Program:
    """The program with a name and a sentence for each command."""
    named = [Command(name, help=text(f"cli.{name}"), rich_markup_mode=None) for name in COMMANDS]
    return Program(
        name="drafter",
        commands=named,
        help=text("cli"),
        epilog=text("cli.epilog"),
        no_args_is_help=True,
        context_settings={**HELP_OPTIONS},
        rich_markup_mode=None,  # rich takes longer to import than the whole of our help
    )


def made(name: str) -> AnyCommand:
    """A command with its arguments and options, or a group with its commands."""
    import_module(f"drafter.cli.{COMMANDS[name]}")
    for group in app.registered_groups:
        if group.name == name:
            return get_group_from_info(
                group, pretty_exceptions_short=True, rich_markup_mode=None, suggest_commands=True
            )
    for command in app.registered_commands:
        if name == command.name or (command.callback and name == get_command_name(command.callback.__name__)):
            return get_command_from_info(command, pretty_exceptions_short=True, rich_markup_mode=None)
    raise LookupError(name)
