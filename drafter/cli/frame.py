"""`drafter frame`: its two commands, and what they print."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from drafter.cli import show
from drafter.cli.application import HELP_OPTIONS, AsJson, Workspace, app
from drafter.cli.excerpt import width
from drafter.cli.help import Command, Group
from drafter.cli.place import workspace_root
from drafter.source.listed import listed
from drafter.source.messages import text

if TYPE_CHECKING:
    # Types only: an action is imported when its command runs.
    from drafter.actions.frames import Framed, Inspected

DECISIONS = ("accept", "reject")

frame = typer.Typer(
    cls=Group,
    help=text("cli.frame"),
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={**HELP_OPTIONS},
)
app.add_typer(frame, name="frame")


@frame.command("new", cls=Command, help=text("cli.frame.new"))
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help=text("cli.frame.new.name"))],
    source: Annotated[Path, typer.Option("--from", metavar="FILE.docx", help=text("cli.frame.new.from"))],
    revisions: Annotated[
        str, typer.Option("--revisions", metavar="accept|reject", help=text("cli.frame.new.revisions"))
    ] = "",
    force: Annotated[bool, typer.Option("--force", help=text("cli.frame.new.force"))] = False,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> int:
    """Make a frame from an office's own Word file."""
    if revisions and revisions not in DECISIONS:
        raise typer.BadParameter(text("cli.frame.new.revisions.wrong", written=revisions))
    root = workspace_root(workspace)
    from drafter.actions.frames import frame_new as action

    return show.outcome(action(root, name, source, revisions, force=force), framed, as_json=as_json)


@frame.command("inspect", cls=Command, help=text("cli.frame.inspect"))
def inspect(
    file: Annotated[Path, typer.Argument(metavar="FILE.docx", help=text("cli.frame.inspect.file"))],
    profile: Annotated[
        str, typer.Option("--profile", metavar="plan|gongwen", help=text("cli.frame.inspect.profile"))
    ] = "plan",
    as_json: AsJson = False,
) -> int:
    """Hold a Word file beside a profile."""
    from drafter.actions.frames import frame_inspect as action

    return show.outcome(action(file, profile), inspected, as_json=as_json)


def framed(value: Framed) -> None:
    """The tags with the words that they stand for, where each style is from, what was left behind."""
    from drafter.word.telling import style_name

    for tag in value.tags:
        where = text(f"cli.frame.where.{tag.where}")
        code = "cli.frame.tag" if tag.replaced else "cli.frame.slot"
        print(text(code, where=where, tag=f"{{{{ {tag.tag} }}}}", replaced=tag.replaced))
    for words in value.kept:
        print(text("cli.frame.kept", words=words))
    for style in value.styles:
        if style.source in {"style", "look"}:
            facts = {"style": style_name(style.name), "origin": style_name(style.origin)}
            facts["text"] = " ".join(style.text.split())[:SHOWN]
            print(text(f"cli.frame.style.{style.source}", **facts))
    for source in ("name", "profile"):
        named = [style_name(style.name) for style in value.styles if style.source == source]
        if named:
            print(text(f"cli.frame.style.{source}", styles=listed(named)))
    for left in value.left:
        print(text(f"cli.frame.left.{left.kind}", count=left.count))
    if value.scheme:
        print(text("cli.frame.scheme", scheme=value.scheme))
    print(text("cli.frame.made", path=value.path, name=Path(value.path).stem))


SHOWN = 20


def inspected(value: Inspected) -> None:
    """A table: item, profile, file, whether they differ."""
    heads = tuple(text(f"cli.frame.head.{name}") for name in ("item", "profile", "file", "differs"))
    rows = [(line.item, line.profile, line.file, heads[3] if line.differs else "") for line in value.lines]
    sizes = [max(width(row[at]) for row in (heads, *rows)) for at in range(3)]
    print(_row(heads, sizes))
    for group, lines in groupby(value.lines, key=lambda line: line.group):
        print(f"[{group}]")
        for line in lines:
            print(_row((line.item, line.profile, line.file, heads[3] if line.differs else ""), sizes))
    print(
        text("cli.frame.inspected", differing=value.differing, lines=len(value.lines), profile=value.profile)
    )


def _row(cells: tuple[str, ...], sizes: list[int]) -> str:
    padded = [cell + " " * (size - width(cell)) for cell, size in zip(cells, sizes, strict=False)]
    return " | ".join((*padded, cells[3])).rstrip(" |")
