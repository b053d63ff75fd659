"""`drafter build`: plans as Word files, each with the record that a returned copy is held against."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from drafter.actions import store
from drafter.actions.composing import Composer, chosen_plans, loaded, settings_for
from drafter.merge.names import Settings
from drafter.source.edits import write_atomically
from drafter.source.issues import Issue, Outcome, Refused
from drafter.word.anchors import WordFile
from drafter.workspace.model import Plan

OUT = "build"

QUIET = frozenset({"workspace.slot-empty", "frame.style-changed"})
"""What only `check` says: a plan in the making has many slots that nobody has written yet, and builds all the same; a frame of
the office's own has many styles of its own."""


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """One Word file: of which plan, where, characters of text, and seconds that it took (reading the workspace included in the first)."""

    plan: str
    path: str
    characters: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Built:
    """What was built."""

    files: tuple[BuiltFile, ...]


def build(  # noqa: PLR0913 -- the flags of the command line
    root: Path,
    plans: Iterable[str],
    stage: str | None = None,
    day: date | None = None,
    internal: bool = False,  # noqa: FBT001, FBT002 -- the command line's own flags
    public: bool = False,  # noqa: FBT001, FBT002 -- the same
    out: Path | None = None,
    *,
    sources: bool = False,
) -> Outcome[Built]:
    """Build the named plans, or all. A problem in one fragment or plan does not keep the others from being built.

    `sources` adds the annex that says where each number comes from.
    """
    began = time.perf_counter()
    workspace, found = loaded(root)
    composer = Composer(workspace)
    files: list[BuiltFile] = []
    issues = [issue for issue in found if issue.code not in QUIET]
    titles = Counter(plan.title.text for plan in workspace.plans.values())
    for plan in chosen_plans(workspace, plans, found):
        asked = settings_for(workspace, plan, stage, day, internal=internal, public=public)
        settings = replace(asked, sources=sources)
        made = composer.written(plan, settings)
        issues += [issue for issue in made.issues if issue.code not in QUIET]
        issues += composer.checked(plan, settings)
        if made.value is not None:
            path = (out or root / OUT) / file_name(plan, settings, alone=titles[plan.title.text] == 1)
            try:
                # The record first: a Word file that nobody could hold a returned copy against must not leave the house.
                store.keep(root, composer.record(plan, settings, made.value))
                write_atomically(path, made.value.data)
            except Refused as refused:
                issues += refused.issues
                continue
            count = characters(made.value)
            files.append(BuiltFile(plan.id, path.as_posix(), count, time.perf_counter() - began))
            began = time.perf_counter()
    return Outcome(Built(tuple(files)), once(issues))


def characters(file: WordFile) -> int:
    """How much text a file has; the table of contents only repeats."""
    return sum(len(anchor.text) for anchor in file.anchors.paragraphs if anchor.kind != "toc")


def file_name(plan: Plan, settings: Settings, *, alone: bool = True) -> str:
    """`计划名（征求意见稿）.docx`, of a paper its title alone, with what a file name cannot hold replaced; a plan that is not `alone` in its title adds its id."""
    kind = "（内部）" if settings.internal else "（公开）" if settings.public else ""
    stage = f"（{settings.stage}）" if settings.stage and plan.paper is None else ""
    name = f"{plan.title.text}{'' if alone else f'（{plan.id}）'}{stage}{kind}"
    return (
        "".join(
            "_" if character in '\\/:*?"<>|' or ord(character) < ord(" ") else character for character in name
        )
        + ".docx"
    )


def once(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Each issue once, file by file: two plans that print one fragment meet its problems twice."""
    seen: dict[tuple[object, ...], Issue] = {}
    for issue in issues:
        seen.setdefault((issue.code, issue.place, tuple(sorted(issue.facts.items()))), issue)
    return tuple(sorted(seen.values(), key=_position))


def _position(issue: Issue) -> tuple[str, int, int]:
    return issue.place.file, issue.place.line, issue.place.column
