"""The commands: names, options, help. Each imports its action when it runs, so that `--help` stays quick."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from drafter.cli import results, show
from drafter.cli.application import AsJson, Workspace, app, day_option
from drafter.cli.help import Command
from drafter.cli.place import beside_drafts, workspace_root
from drafter.handbook import PAGES as HANDBOOK
from drafter.source.messages import text

FORMATS = ("docx", "pdf")


@app.command(cls=Command, help=text("cli.init"))
def init(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help=text("cli.init.directory"))],
    as_json: AsJson = False,
) -> int:
    """Make an empty workspace."""
    from drafter.actions.init import init as action

    return show.outcome(action(directory), results.started, as_json=as_json)


@app.command(cls=Command, help=text("cli.build"))
def build(
    plans: Annotated[list[str] | None, typer.Argument(metavar="PLAN", help=text("cli.build.plans"))] = None,
    stage: Annotated[str | None, typer.Option(metavar="S", help=text("cli.build.stage"))] = None,
    date: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help=text("cli.build.date"))] = None,
    internal: Annotated[bool, typer.Option("--internal", help=text("cli.build.internal"))] = False,
    public: Annotated[bool, typer.Option("--public", help=text("cli.build.public"))] = False,
    sources: Annotated[bool, typer.Option("--sources", help=text("cli.build.sources"))] = False,
    reading: Annotated[bool, typer.Option("--reading", help=text("cli.build.reading"))] = False,
    pages: Annotated[bool, typer.Option("--pages", help=text("cli.build.pages"))] = False,
    to: Annotated[str, typer.Option("--to", metavar="docx|pdf", help=text("cli.build.to"))] = "docx",
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="DIR", help=text("cli.build.out"))
    ] = None,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> int:
    """Build the Word drafts."""
    if internal and public:
        raise typer.BadParameter(text("cli.build.both"))
    if to not in FORMATS:
        raise typer.BadParameter(text("cli.build.to.wrong", format=to))
    day, root = day_option(date), workspace_root(workspace)
    from drafter.actions.build import build as action

    copies = {"sources": sources, "reading": reading, "pages": pages, "pdf": to == "pdf"}
    made = action(root, tuple(plans or ()), stage, day, internal, public, out, **copies)
    return show.outcome(made, results.built, as_json=as_json)


@app.command(cls=Command, help=text("cli.check"))
def check(
    plans: Annotated[
        list[str] | None, typer.Argument(metavar="PLAN|FILE", help=text("cli.check.plans"))
    ] = None,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> int:
    """Find what is wrong."""
    root = workspace_root(workspace)
    from drafter.actions.check import check as action

    return show.outcome(action(root, tuple(plans or ())), results.checked, as_json=as_json)


@app.command(cls=Command, help=text("cli.watch"))
def watch(
    plans: Annotated[list[str] | None, typer.Argument(metavar="PLAN", help=text("cli.build.plans"))] = None,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> int:
    """Rebuild as files change."""
    root = workspace_root(workspace)
    from drafter.actions.watch import watch as action

    if not as_json:
        print(text("cli.watch.began"), flush=True)
    action(root, tuple(plans or ()), partial(results.rebuilt, as_json=as_json))
    if not as_json:
        print(text("cli.watch.ended"))
    return 0


@app.command(cls=Command, help=text("cli.trace"))
def trace(
    where: Annotated[str, typer.Argument(metavar="WHERE", help=text("cli.trace.where"))],
    words: Annotated[str, typer.Option("--text", metavar="WORDS", help=text("cli.trace.text"))] = "",
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> int:
    """Say where something comes from and where it is used."""
    root = workspace_root(workspace)
    from drafter.actions.trace import trace as action

    return show.outcome(action(root, where, words), results.traced, as_json=as_json)


@app.command("data-diff", cls=Command, help=text("cli.data-diff"))
def data_diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help=text("cli.data-diff.old"))],
    new: Annotated[str, typer.Argument(metavar="NEW", help=text("cli.data-diff.new"))] = "",
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> int:
    """Say what has changed in the data, and every place that prints it."""
    root = workspace_root(workspace)
    from drafter.actions.data_diff import data_diff as action

    return show.outcome(action(root, old, new), results.compared, as_json=as_json)


@app.command(cls=Command, help=text("cli.schema"))
def schema(workspace: Workspace = None, as_json: AsJson = False) -> int:
    """Write the JSON Schemas."""
    root = workspace_root(workspace)
    from drafter.actions.schema import schema as action

    return show.outcome(action(root), results.written, as_json=as_json)


@app.command(cls=Command, help=text("cli.handbook"))
def handbook(
    page: Annotated[
        str | None,
        typer.Argument(metavar="PAGE", help=text("cli.handbook.page", pages=", ".join(HANDBOOK))),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="FILE.html", help=text("cli.handbook.out"))
    ] = None,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> int:
    """Write the handbook as HTML."""
    place = out or beside_drafts(workspace, "handbook.html")
    from drafter.actions.handbook import handbook as action

    return show.outcome(action(page, place), results.printed, as_json=as_json)
