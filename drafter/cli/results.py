"""What the commands print for people when there is a result."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from drafter.cli import show
from drafter.source.listed import listed
from drafter.source.messages import has, text

SHOWN = 30
"""Characters of a paragraph by which a reader knows it again."""

OBJECT = "\ufffc"
"""Stands for what is no text (`drafter.word.anchors`)."""

if TYPE_CHECKING:
    # Types only: an action is imported when its command runs.
    from drafter.actions.build import Built
    from drafter.actions.check import Checked
    from drafter.actions.data_diff import Compared
    from drafter.actions.handbook import Printed
    from drafter.actions.init import Started
    from drafter.actions.quick import Row
    from drafter.actions.schema import Written
    from drafter.actions.shown import Remark, Target
    from drafter.actions.trace import Traced, Use
    from drafter.actions.watch import Rebuilt


def built(value: Built | Rebuilt) -> None:
    """A line for each Word file."""
    for file in value.files:
        seconds = f"{file.seconds:.1f}"
        print(text("cli.built", plan=file.plan, path=file.path, characters=file.characters, seconds=seconds))
        if file.pages:
            print("    " + text("cli.built.pages", pages=file.pages))
        if file.pdf:
            print("    " + text("cli.written", path=file.pdf))


def rebuilt(value: Rebuilt, *, as_json: bool) -> None:
    """One rebuild of a watched workspace: what had changed, what is newly wrong, what was written. JSON is one line for each."""
    if as_json:
        show.event(value)
        return
    if value.changed:
        print(text("cli.watch.changed", files="、".join(value.changed)))
    for issue in value.new:
        print(show.render(issue), file=sys.stderr)
    built(value)
    left = len(value.issues) - len(value.new)
    if left > 0:
        print(text("cli.watch.left", count=left))
    if value.solved:
        print(text("cli.watch.solved", count=value.solved))
    print(text("cli.watch.seconds", seconds=f"{value.seconds:.2f}"), flush=True)


def written(value: Written) -> None:
    """A line for each file that was written."""
    for path in value.files:
        print(text("cli.written", path=path))


def started(value: Started) -> None:
    """The files of a new workspace, and what comes next."""
    for path in value.files:
        print(text("cli.written", path=path))
    print(text("cli.started", directory=value.directory))


def printed(value: Printed) -> None:
    """Where the handbook is."""
    print(text("cli.handbook.written", path=value.path))


def checked(value: Checked) -> None:
    """What was looked at."""
    if value.files:
        print(text("cli.checked.files", files=listed(value.files)))
    else:
        print(text("cli.checked", plans=listed(value.plans), fragments=value.fragments))


def traced(value: Traced) -> None:
    """Each origin with its formula and inputs, then each use."""
    for origin in value.origins:
        where = _where(origin.file, origin.line, origin.column)
        print(text("cli.origin", where=" ".join(filter(None, (where, origin.key)))))
        if origin.formula:
            print("    " + text("cli.origin.formula", formula=origin.formula))
        for name in origin.inputs:
            print("    " + text("cli.origin.input", name=name))
    print(text("cli.uses", count=len(value.uses)))
    for use in value.uses:
        print("    " + _use(use))


def _use(use: Use) -> str:
    parts = (_where(use.file, use.line, 0), f"{use.plan} {use.place}", use.text)
    return ": ".join(filter(None, parts))


def compared(value: Compared) -> None:
    """Each changed datum with what follows from it and where it is printed, then rows and targets."""
    for change in value.changes:
        old, new = (each or text("cli.data-diff.nothing") for each in (change.old, change.new))
        where = _where(change.file, change.line, change.column)
        print(text("cli.data-diff.change", key=change.key, old=old, new=new, where=where))
        for each in change.derived:
            print("    " + text("cli.data-diff.derived", key=each.key, old=each.old, new=each.new))
        for use in change.uses:
            print("    " + _use(use))
    for code, rows in (("cli.data-diff.added", value.added), ("cli.data-diff.removed", value.removed)):
        for row in rows:
            print(text(code, key=row.key, where=_where(row.file, row.line, 0)))
    for lost in value.missed:
        print(text("cli.data-diff.missed", key=lost.key, target=lost.target, old=lost.old, new=lost.new))
    print(
        text("cli.data-diff.summary", changes=len(value.changes), rows=len(value.added) + len(value.removed))
    )


def applied_row(row: Row) -> str:
    """What became of a remark under `--apply`."""
    result = text(f"cli.row.{row.result}", where=_where(row.file, row.line, 0), reason=_reason(row.reason))
    return f"{row.id}: {result}"


def shown_remark(remark: Remark, *, tried: bool) -> str:
    """A remark with its place, its paragraph and its words; where nothing was `tried`, what would keep it from being written back."""
    return "\n".join(_remark(remark) + ([] if tried else _obstacle(remark)))


def _remark(remark: Remark) -> list[str]:
    place = target_place(remark.target)
    head = text(
        "cli.remark",
        id=remark.id,
        place=place,
        author=remark.author or text("cli.remark.nobody"),
        kind=text(f"cli.kind.{remark.kind}"),
        confidence=text(f"cli.confidence.{remark.confidence}"),
    )
    lines = [head]
    if remark.context:
        cited = " ".join(filter(None, (remark.place, remark.number)))
        lines.append("    " + text("cli.remark.context", place=cited, text=_begin(remark.context)))
    if remark.kind == "format-change":
        lines += ["    " + text("cli.remark.about", words=remark.original)] if remark.original else []
        lines.append("    " + text("cli.remark.looks", looks=remark.comment))
    elif remark.kind == "opinion":
        lines += ["    " + text("cli.remark.about", words=remark.original)] if remark.original else []
        lines += [f"    + {_indented(remark.proposed)}"] if remark.proposed else []
        lines += ["    " + text("cli.remark.said", said=_indented(remark.comment))] if remark.comment else []
    elif remark.comment and remark.kind in ("picture", "object"):
        lines.append("    " + text("cli.remark.object", what=remark.comment))
        lines += _words(remark)
    elif remark.kind == "comment":
        lines += ["    " + text("cli.remark.words", words=remark.original)] if remark.original else []
        lines.append("    " + text("cli.remark.comment", comment=remark.comment))
        lines += ["    " + text("cli.remark.answers", parent=remark.parent)] if remark.parent else []
        lines += ["    " + text("cli.remark.resolved")] if remark.resolved else []
    else:
        lines += _words(remark)
        lines += ["    " + text("cli.remark.said", said=_indented(remark.comment))] if remark.comment else []
    return lines


def _words(remark: Remark) -> list[str]:
    """The words before and after."""
    words = (("-", remark.original), ("+", remark.proposed))
    return [f"    {sign} {_indented(said)}" for sign, said in words if said]


def _obstacle(remark: Remark) -> list[str]:
    """Why a remark would not be written back: the place may be sure all the same. Of a comment and of words everybody knows."""
    from drafter.actions.shown import Unlocated

    said = isinstance(remark.target, Unlocated) and remark.target.unlocated == remark.obstacle
    known = remark.kind == "comment" or remark.obstacle == "opinions.words"
    if not remark.obstacle or known or said:
        return []
    lines = ["    " + text("cli.remark.open", reason=_reason(remark.obstacle))]
    if remark.elsewhere:
        lines.append("    " + text("cli.remark.elsewhere", places=listed(remark.elsewhere)))
    return lines


def _indented(said: str) -> str:
    """Several paragraphs or cells, each in a line under the first."""
    words = said.replace(OBJECT, "").strip("\n")
    return (words or text("cli.remark.sign")).replace("\n", "\n      ")


def _begin(paragraph: str) -> str:
    """How a paragraph begins; fields, pictures and note marks are no words."""
    words = paragraph.replace(OBJECT, "")
    return words if len(words) <= SHOWN else f"{words[:SHOWN]}…"


def target_place(target: Target) -> str:
    """A target as `file:line:column (key)`, or why it has no place."""
    from drafter.actions.shown import InData, Unlocated

    if isinstance(target, Unlocated):
        return text("cli.unlocated", reason=_reason(target.unlocated))
    where = _where(target.file, target.line, target.column)
    key = f"({target.key})" if isinstance(target, InData) else ""
    return " ".join(filter(None, (where, key)))


def _where(file: str, line: int, column: int) -> str:
    return ":".join(filter(None, (file, *(str(number) for number in (line, column) if number))))


def _reason(reason: str) -> str:
    """A reason is a code of the catalogue or already a sentence."""
    return text(reason) if has(reason) else reason
