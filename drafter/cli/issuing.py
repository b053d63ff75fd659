"""The commands around what was issued: release, releases, verify."""

from __future__ import annotations

from typing import Annotated

import typer

from drafter.cli import issued, show
from drafter.cli.application import AsJson, Workspace, app, day_option
from drafter.cli.help import Command
from drafter.cli.place import workspace_root
from drafter.source.messages import text

Plan = Annotated[str, typer.Argument(metavar="PLAN", help=text("cli.release.plan"))]


@app.command(cls=Command, help=text("cli.release"))
def release(
    plan: Plan,
    stage: Annotated[str, typer.Option(metavar="S", help=text("cli.release.stage"))],
    to: Annotated[list[str] | None, typer.Option(metavar="NAME", help=text("cli.release.to"))] = None,
    deadline: Annotated[
        str | None,
        typer.Option("--deadline", "--until", metavar="YYYY-MM-DD", help=text("cli.release.deadline")),
    ] = None,
    note: Annotated[str, typer.Option(metavar="WORDS", help=text("cli.release.note"))] = "",
    date: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help=text("cli.build.date"))] = None,
    internal: Annotated[bool, typer.Option("--internal", help=text("cli.build.internal"))] = False,
    public: Annotated[bool, typer.Option("--public", help=text("cli.release.public"))] = False,
    reading: Annotated[bool, typer.Option("--reading", help=text("cli.release.reading"))] = False,
    pages: Annotated[bool, typer.Option("--pages", help=text("cli.build.pages"))] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help=text("cli.release.pdf"))] = False,
    enforce: Annotated[bool, typer.Option("--enforce", help=text("cli.release.enforce"))] = False,
    watermark: Annotated[str, typer.Option(metavar="WORDS", help=text("cli.release.watermark"))] = "",
    again: Annotated[bool, typer.Option("--again", help=text("cli.release.again"))] = False,
    force: Annotated[str, typer.Option(metavar="REASON", help=text("cli.release.force"))] = "",
    by: Annotated[str, typer.Option(metavar="NAME", help=text("cli.release.by"))] = "",
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> int:
    """Issue a version."""
    if public and (internal or to or reading):
        raise typer.BadParameter(text("cli.build.both" if internal else "cli.release.public.to"))
    day, until, root = day_option(date), day_option(deadline), workspace_root(workspace)
    from drafter.actions.release import Wanted
    from drafter.actions.release import release as action

    wanted = Wanted(
        stage,
        to=tuple(to or ()),
        deadline=until,
        note=note,
        day=day,
        again=again,
        force=force,
        internal=internal,
        public=public,
        reading=reading,
        pages=pages,
        pdf=pdf,
        enforce=enforce,
        watermark=watermark,
        by=by,
    )
    return show.outcome(action(root, plan, wanted), issued.released, as_json=as_json)


@app.command(cls=Command, help=text("cli.releases"))
def releases(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help=text("cli.releases.plan"))] = "",
    version: Annotated[str, typer.Argument(metavar="VERSION", help=text("cli.releases.version"))] = "",
    copies: Annotated[bool, typer.Option("--copies", help=text("cli.releases.copies"))] = False,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> int:
    """List what was issued."""
    root = workspace_root(workspace)
    from drafter.actions.releases import releases as action

    return show.outcome(action(root, plan, version, copies=copies), issued.listed, as_json=as_json)


@app.command(cls=Command, help=text("cli.verify"))
def verify(workspace: Workspace = None, as_json: AsJson = False) -> int:
    """Hold what was issued against the ledger."""
    root = workspace_root(workspace)
    from drafter.actions.verify import verify as action

    return show.outcome(action(root), issued.verified, as_json=as_json)
