"""`drafter check`: everything that loading, merging, reading and referencing and the checks find, without writing a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from drafter import checks
from drafter.actions.build import once
from drafter.actions.composing import Composer, chosen_plans, loaded
from drafter.actions.registers import Registers
from drafter.actions.settings import settings_for
from drafter.checks import Draft
from drafter.document.extract import giving
from drafter.merge.names import Settings
from drafter.rounds.checking import examined as register_checked
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Misnamed, Outcome, Place, Refused, has_errors
from drafter.source.listed import listed
from drafter.workspace.consistency import units
from drafter.workspace.model import Plan, Workspace
from drafter.workspace.names import Names

BRIEF = frozenset({"frame.styles-changed"})
"""What only `build` says, because here each style is named."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at; `files` are those that were named, and only what is wrong in them is said."""

    plans: tuple[str, ...]
    fragments: int
    files: tuple[str, ...] = ()


def check(root: Path, wanted: Iterable[str]) -> Outcome[Checked]:
    """Check the named plans, all without a name; where files or folders are named, only what is wrong in those is said."""
    workspace, found = loaded(root)
    files, names = _files(root, workspace, tuple(wanted))
    composer = Composer(workspace)
    plans = chosen_plans(workspace, names, found)
    asked = [
        (plan, settings_for(workspace, plan, None, None, internal=False, public=False)) for plan in plans
    ]
    registers = Registers(root)
    rounds = registers.plans() if not names else [plan.id for plan in plans]
    issues = examined(composer, asked, found)
    issues += (issue for plan in rounds for issue in _register(registers, plan, workspace))
    issues += (issue for plan, settings in asked for issue in _undone(registers, composer, plan, settings))
    known = workspace.fragments.values()
    fragments = {path for plan in plans for path in giving(plan, known, workspace.sources)}
    if files:
        issues = [issue for issue in issues if _among(issue.place.file, files)]
        fragments = {path for path in fragments if _among(path, files)}
    return Outcome(Checked(tuple(plan.id for plan in plans), len(fragments), files), once(issues))


def examined(
    composer: Composer, asked: Iterable[tuple[Plan, Settings]], found: Iterable[Issue]
) -> list[Issue]:
    """All that is wrong with these plans as they would be printed; `found` is what loading has said already."""
    found = tuple(found)
    issues = list(found)
    drafts: list[Draft] = []
    for plan, settings in asked:
        made = composer.written(plan, settings)
        issues += [issue for issue in made.issues if issue.code not in BRIEF]
        issues += composer.checked(plan, settings)
        composed = composer.composed(plan, settings).value
        if composed is not None:
            told = (*found, *made.issues)
            wrong = frozenset(each.place.file for each in told if has_errors((each,)))
            drafts.append(
                Draft(plan, composed.document, settings.stage, settings.date, not wrong, broken=wrong)
            )
    return issues + list(checks.run(composer.workspace, drafts))


def _register(registers: Registers, plan: str, workspace: Workspace) -> Iterator[Issue]:
    """What is wrong with the rounds of a plan."""
    found = registers.of_plan(plan)
    yield from found.issues
    known = units(workspace.names) if isinstance(workspace.names, Names) else ()
    for held in found.value or ():
        yield from register_checked(held.source, held.register, known)


def _undone(registers: Registers, composer: Composer, plan: Plan, settings: Settings) -> Iterator[Issue]:
    """Opinions that were adopted, and whose paragraphs still read as they were issued."""
    from drafter.papers.unchanged import asked_of, unchanged

    found = [held for held in registers.of_plan(plan.id).value or () if asked_of(held.register.rows)]
    written = composer.written(plan, settings).value if found else None
    for held in found if written else ():
        try:
            record = registers.record(plan.id, held.register.round.version)
        except Refused:
            continue  # that it cannot be read is said of the register
        now = written.anchors.paragraphs if written else ()
        rows = unchanged(held.register.rows, record.anchors.paragraphs, now)
        if rows:
            facts = {"rows": listed(row.id for row in rows)}
            yield Issue("answer.unchanged", Place(held.source.path), facts)


def _among(path: str, files: Iterable[str]) -> bool:
    """Whether a file is one of these, or in a folder that is."""
    return any(path == file or path.startswith(f"{file}/") for file in files)


def _files(
    root: Path, workspace: Workspace, wanted: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Which of the words are files or folders of the workspace, as their paths in it, and which are plans."""
    files: list[str] = []
    names: list[str] = []
    for word in wanted:
        path = None if word in workspace.plans else _inside(root, word)
        if path is not None:
            files.append(path)
        elif "/" in word or "." in word:
            raise Misnamed(Issue("check.unknown-file", Place(word)))
        else:
            names.append(word)
    return tuple(dict.fromkeys(files)), tuple(names)


def _inside(root: Path, word: str) -> str | None:
    """The path in the workspace of a file or folder given as seen from here or from the workspace."""
    for path in (Path(word), root / word):
        if path.exists() and path.resolve().is_relative_to(root.resolve()):
            return path.resolve().relative_to(root.resolve()).as_posix()
    return None
