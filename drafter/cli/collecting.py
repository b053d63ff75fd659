"""`drafter collect`, and what it prints."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from drafter.cli import results, show
from drafter.cli.application import AsJson, Workspace, app, day_option
from drafter.cli.help import Command
from drafter.cli.place import workspace_root
from drafter.source.listed import listed
from drafter.source.messages import text

HAS = "有意见"
"""What a file concludes that brings opinions: their number says so."""

if TYPE_CHECKING:
    # Types only: an action is imported when its command runs.
    from drafter.actions.collect import Progress
    from drafter.actions.collected import Collected, File


@app.command(cls=Command, help=text("cli.collect"))
def collect(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE|DIR", help=text("cli.collect.files"))
    ] = None,
    round_: Annotated[str, typer.Option("--round", metavar="R", help=text("cli.collect.round"))] = "",
    sender: Annotated[str, typer.Option("--for", metavar="NAME", help=text("cli.collect.for"))] = "",
    evidence: Annotated[Path | None, typer.Option(metavar="FILE", help=text("cli.collect.evidence"))] = None,
    date: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help=text("cli.collect.date"))] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=text("cli.collect.dry-run"))] = False,
    undo: Annotated[bool, typer.Option("--undo", help=text("cli.collect.undo"))] = False,
    apply: Annotated[bool, typer.Option("--apply", help=text("cli.collect.apply"))] = False,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> int:
    """Bring home what came back."""
    if undo and (files or round_ or sender or evidence or date or dry_run or apply):
        raise typer.BadParameter(text("cli.collect.undo-alone"))
    if not undo and not files:
        raise typer.BadParameter(text("cli.collect.no-file"))
    day, root = day_option(date), workspace_root(workspace)
    if undo:
        from drafter.actions.taking_back import take_back

        return show.outcome(take_back(root), taken_back, as_json=as_json)
    from drafter.actions.collect import collect as action
    from drafter.actions.routing import Wanted

    wanted = Wanted(round_, sender.strip(), day.isoformat() if day else "", evidence, dry_run)
    found = action(root, tuple(files or ()), apply, wanted, None if as_json else _progress())
    if not as_json:
        _ended()
    return show.outcome(found, dry if dry_run else collected, as_json=as_json)


def _progress() -> Progress | None:
    """A line that tells the file which is read, where a person sees it."""
    if not sys.stderr.isatty():
        return None

    def tell(done: int, count: int, name: str) -> None:
        if count > 1:
            print(f"\r\x1b[K{done + 1}/{count} {Path(name).name}", end="", file=sys.stderr, flush=True)

    return tell


def _ended() -> None:
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def collected(value: Collected) -> None:
    """Each file with its remarks that are new, each with its place and what became of it, and the account."""
    known = {row.id for row in value.rows if row.result == "known"}
    done = [row for row in value.rows if row.result in {"applied", "open"}]
    remarks = {remark.id: remark for remark in value.remarks}
    for file in value.files:
        if file.kept:
            print(_file(file))
        for id_ in file.remarks:
            if id_ not in known:
                print(results.shown_remark(remarks[id_], tried=bool(done)))
    for row in done:
        print(results.applied_row(row))
    print(_account(value))


def _account(value: Collected) -> str:
    """How many files came in, and how many rows or remarks they brought."""
    account = value.account
    evidence = [text("cli.account.evidence", count=account.evidence)] if account.evidence else []
    parts = [text("cli.account.files", received=account.received, read=account.read), *evidence]
    parts.append(text("cli.account.refused", count=account.refused))
    if any(file.round for file in value.files):
        sums = {
            name: sum(getattr(file, name) for file in value.files) for name in ("new", "there", "withdrawn")
        }
        end = text("cli.account.rows", **sums)
    else:
        end = text("cli.account.remarks", count=account.remarks)
    return text("cli.comma").join(parts) + end


def _file(file: File) -> str:
    who = {"name": Path(file.name).name, "round": file.round, "unit": file.unit}
    if file.state == "evidence":
        return text("cli.collected.evidence", **who, kept=file.kept)
    said = [file.conclusion] if file.conclusion and (not file.remarks or file.conclusion != HAS) else []
    counted = {"new": file.new, "there": file.there, "withdrawn": file.withdrawn}
    said += [text(f"cli.collected.{name}", count=count) for name, count in counted.items() if count]
    said = said or [text("cli.collected.nothing")]
    return text("cli.collected.file", **who, said=text("cli.comma").join(said))


def dry(value: Collected) -> None:
    """The same, and that nothing was written."""
    collected(value)
    print(text("cli.collected.dry"))


def taken_back(value: Collected) -> None:
    """The rows that are gone, and those that stand again."""
    for result in ("removed", "restored"):
        rows = [row.id for row in value.rows if row.result == result]
        if rows or result == "removed":
            print(text(f"cli.collected.{result}", count=len(rows), rows=listed(rows) or "—"))
