"""The help pages in the user's language: typer's own few words are replaced by those of our catalogue."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from typer.core import TyperCommand, TyperGroup

from drafter.source.messages import text

if TYPE_CHECKING:
    from typer._click import Context  # what typer's own classes are typed with

_WORDS = re.compile(
    r"^(?P<usage>Usage:)|^(?P<arguments>Arguments:)|^(?P<options>Options:)|^(?P<commands>Commands:)"
    r"|(?P<choices>\[OPTIONS\])|(?P<rest>COMMAND \[ARGS\]\.\.\.)"
    r"|(?P<help>Show this message and exit\.)|(?P<required>\[required\])|(?P<default>\[default:)",
    re.MULTILINE,
)


class Command(TyperCommand):
    """A command whose help page speaks the user's language."""

    def get_help(self, ctx: Context) -> str:
        """The help page."""
        return _translated(super().get_help(ctx))


class Group(TyperGroup):
    """A group of commands, likewise."""

    def get_help(self, ctx: Context) -> str:
        """The help page."""
        return _translated(super().get_help(ctx))


def _translated(page: str) -> str:
    return _WORDS.sub(lambda found: text(f"cli.word.{found.lastgroup}"), page)
