"""`drafter watch`: drafts that follow their files, rebuilt whenever one is saved.

Files are looked at by their size and time of change, a few times a second: that works on every system and on network drives, where
notices of changes are lost. A file that an editor still holds, and a draft that is open in Word, are tried again until they let go.
"""

from __future__ import annotations

import gc
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from drafter.actions import store
from drafter.actions.build import OUT, QUIET, BuiltFile, characters, file_name, once
from drafter.actions.composing import Composer, Keeping, Trees, chosen_plans, usable
from drafter.actions.settings import settings_for
from drafter.source.edits import write_atomically
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Misnamed, Place, Refused
from drafter.workspace.loading import Loader
from drafter.workspace.model import Plan, Workspace

FOLDERS = ("data", "sections", "templates")
PAUSE = 0.3
"""Seconds between two looks at the files."""
SETTLED = 0.08
"""Seconds for which nothing may change before a rebuild: editors save in several steps."""
PATIENCE = 20
"""Looks after which a rebuild is made even though files go on changing."""

HELD = "watch.held"

Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """One rebuild: which files had changed (none at the first), what was written, what is wrong now, and how long it took.

    `new` are the issues that the rebuild before did not have, `solved` counts those that are gone.
    """

    changed: tuple[str, ...]
    files: tuple[BuiltFile, ...]
    issues: tuple[Issue, ...]
    new: tuple[Issue, ...]
    solved: int
    seconds: float


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A draft that is made but could not be put in place."""

    plan: str
    path: Path
    data: bytes
    characters: int


class Watcher:
    """The drafts of one workspace, made again and again in one process; what has not changed is not made anew."""

    def __init__(self, root: Path, plans: Iterable[str] = ()) -> None:
        self.root, self.plans = root, tuple(plans)
        self._loader = Loader(root)
        self._trees: Trees = {}
        self._kept: dict[str, Keeping] = {}
        self._issues: tuple[Issue, ...] = ()
        self._held: dict[str, _Waiting] = {}
        self._started = False
        self._tries = 0  # that are left for a file that could not be read

    @property
    def waiting(self) -> bool:
        """Whether a draft or a file is held by another program, so that there is something to try again."""
        return bool(self._held) or self._tries > 0

    def rebuild(self, changed: tuple[str, ...] = ()) -> Rebuilt:
        """Make all drafts. What keeps one of them from being made is in the issues; raises `Misnamed` at the first where a plan is none."""
        made = self._rebuilt(changed)
        unreadable = any(issue.code == "source.unreadable" for issue in made.issues)
        self._tries = PATIENCE if unreadable else 0
        return made

    def again(self) -> Rebuilt | None:
        """Try again what was held; None where nothing has come of it."""
        if self._tries > 0:
            left = self._tries - 1
            made = self._rebuilt(())
            unreadable = any(issue.code == "source.unreadable" for issue in made.issues)
            self._tries = left if unreadable else 0
            return made if made.new or made.solved else None
        began = time.perf_counter()
        held, self._held = self._held, {}
        files = [file for draft in held.values() for file in self._put(draft, began, [])]
        if not files:
            return None
        written = {file.path for file in files}
        before = len(self._issues)
        self._issues = tuple(i for i in self._issues if i.code != HELD or i.place.file not in written)
        gone = before - len(self._issues)
        return Rebuilt((), tuple(files), self._issues, (), gone, time.perf_counter() - began)

    def _rebuilt(self, changed: tuple[str, ...]) -> Rebuilt:
        began = time.perf_counter()
        try:
            files, issues = self._drafts(began)
        except Refused as refused:
            if isinstance(refused, Misnamed) and not self._started:
                raise
            files, issues = [], list(refused.issues)
        self._started = True
        told = once(issues)
        before, now = set(map(_identity, self._issues)), {_identity(issue): issue for issue in told}
        new = tuple(issue for key, issue in now.items() if key not in before)
        self._issues = told
        solved = len(before - now.keys())
        return Rebuilt(changed, tuple(files), told, new, solved, time.perf_counter() - began)

    def _drafts(self, began: float) -> tuple[list[BuiltFile], list[Issue]]:
        workspace, found = usable(self._loader.load())
        issues = [issue for issue in found if issue.code not in QUIET]
        plans = chosen_plans(workspace, self.plans, found)
        composer = Composer(
            workspace, self._trees, {plan.id: self._kept.setdefault(plan.id, Keeping()) for plan in plans}
        )
        self._held = {}
        files: list[BuiltFile] = []
        for plan in plans:
            files += self._draft(composer, workspace, plan, issues, began)
            began = time.perf_counter()
        self._trees = composer.used
        return files, issues

    def _draft(
        self, composer: Composer, workspace: Workspace, plan: Plan, issues: list[Issue], began: float
    ) -> Iterator[BuiltFile]:
        settings = settings_for(workspace, plan, None, None, internal=False, public=False)
        made = composer.written(plan, settings)
        issues += [issue for issue in made.issues if issue.code not in QUIET]
        issues += composer.checked(plan, settings)
        if made.value is None:
            return
        titles = Counter(each.title.text for each in workspace.plans.values())
        name = file_name(plan, settings, alone=titles[plan.title.text] == 1)
        draft = _Waiting(plan.id, self.root / OUT / name, made.value.data, characters(made.value))
        try:
            # The record first: a Word file that nobody could hold a returned copy against must not leave the house.
            store.keep(self.root, composer.record(plan, settings, made.value), self._kept[plan.id].parts)
        except Refused as refused:
            issues += refused.issues
            return
        yield from self._put(draft, began, issues)

    def _put(self, draft: _Waiting, began: float, issues: list[Issue]) -> Iterator[BuiltFile]:
        """Write a draft; where another program has it, keep it for the next try."""
        try:
            write_atomically(draft.path, draft.data, durable=False)
        except Refused as refused:
            self._held[draft.plan] = draft
            reasons = [issue.facts.get("reason", "") for issue in refused.issues]
            issues += [Issue(HELD, Place(draft.path.as_posix()), {"reason": reason}) for reason in reasons]
            return
        yield BuiltFile(draft.plan, draft.path.as_posix(), draft.characters, time.perf_counter() - began)


def _identity(issue: Issue) -> tuple[object, ...]:
    """What makes a problem the same after lines above it came or went."""
    facts = tuple(sorted(issue.facts.items()))
    return issue.code, issue.place.file, issue.place.excerpt or issue.place.line, facts


def watch(
    root: Path,
    plans: Iterable[str],
    told: Callable[[Rebuilt], None],
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Rebuild the named plans, or all, whenever a file changes, and tell of each rebuild, until interrupted."""
    watcher = Watcher(root, plans)
    try:
        seen = stamps(root)
        told(watcher.rebuild())
        while True:
            sleep(PAUSE)
            now = stamps(root)
            if now != seen:
                now = _settled(root, now, sleep)
                changed = tuple(sorted(path for path in seen.keys() | now if seen.get(path) != now.get(path)))
                seen = now
                if changed:
                    told(watcher.rebuild(changed))
                    # While nobody waits: a workspace that was read again leaves circles behind, and this process may run all day.
                    gc.collect()
            elif watcher.waiting and (made := watcher.again()) is not None:
                told(made)
    except KeyboardInterrupt:
        return


def _settled(root: Path, now: Mapping[str, Stamp], sleep: Callable[[float], None]) -> Mapping[str, Stamp]:
    """The files when they have stopped changing: an editor empties, writes and renames in quick succession."""
    for _ in range(PATIENCE):
        sleep(SETTLED)
        later = stamps(root)
        if later == now:
            break
        now = later
    return now


def stamps(root: Path) -> Mapping[str, Stamp]:
    """Every file that a draft may be made from, with what changes when it is saved."""
    return dict(_stamps(root, [root / folder for folder in FOLDERS]))


def _stamps(root: Path, folders: list[Path]) -> Iterator[tuple[str, Stamp]]:
    while folders:
        try:
            entries = list(os.scandir(folders.pop()))
        except OSError:
            continue  # it was there a moment ago, or is not there yet
        for entry in entries:
            if entry.name.startswith((".", "~$")) or entry.name.endswith(("~", ".tmp")):
                continue  # what editors and word processors put beside a file while they have it
            try:
                if entry.is_dir():
                    folders.append(Path(entry.path))
                    continue
                stat = entry.stat()
            except OSError:
                continue
            path = Path(entry.path).relative_to(root).as_posix()
            yield path, (stat.st_mtime_ns, stat.st_size, stat.st_ino)
