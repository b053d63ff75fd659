"""`drafter answer`: the papers that say what became of the opinions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from drafter.cli import show
from drafter.cli.application import AsJson, Workspace, app, day_option
from drafter.cli.help import Command
from drafter.cli.place import workspace_root
from drafter.source.messages import text

if TYPE_CHECKING:
    # Types only: an action is imported when its command runs.
    from drafter.actions.answer import Answered

FORMS = ("docx", "xlsx")


@app.command(cls=Command, help=text("cli.answer"))
def answer(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help=text("cli.release.plan"))],
    round_: Annotated[str, typer.Option("--round", metavar="R", help=text("cli.answer.round"))] = "",
    summary: Annotated[bool, typer.Option("--summary", help=text("cli.answer.summary"))] = False,
    replies: Annotated[bool, typer.Option("--replies", help=text("cli.answer.replies"))] = False,
    public: Annotated[bool, typer.Option("--public", help=text("cli.answer.public"))] = False,
    draft: Annotated[bool, typer.Option("--draft", help=text("cli.answer.draft"))] = False,
    silent_as_none: Annotated[
        bool, typer.Option("--silent-as-none", help=text("cli.answer.silent-as-none"))
    ] = False,
    to: Annotated[str, typer.Option(metavar="|".join(FORMS), help=text("cli.answer.to"))] = "",
    date: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help=text("cli.answer.date"))] = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="DIR", help=text("cli.answer.out"))
    ] = None,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> int:
    """Write what became of the opinions."""
    if to not in ("", *FORMS):
        raise typer.BadParameter(text("cli.answer.to.wrong", given=to))
    day, root = day_option(date), workspace_root(workspace)
    from drafter.actions.answer import PAPERS, Wanted
    from drafter.actions.answer import answer as action

    papers = tuple(paper for paper, asked in zip(PAPERS, (summary, replies, public), strict=True) if asked)
    forms = (to,) if to else FORMS
    wanted = Wanted(round_, papers or PAPERS, forms, draft, silent_as_none, day)
    return show.outcome(action(root, plan, wanted, out), answered, as_json=as_json)


def answered(value: Answered) -> None:
    """The sentence of each round, that of all of them, and where the files are."""
    if len(value.rounds) > 1:
        for each in value.rounds:
            print(f"{each.round} {each.kind}：{each.sentence}")  # the sentence is Chinese
    print(value.sentence)
    for file in value.files:
        print(text("cli.written", path=file.path))
