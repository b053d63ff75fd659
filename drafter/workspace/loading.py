"""A folder → a workspace: every file read, checked, and held against the others; all problems of all files in one run."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from drafter.source.files import Source
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Outcome
from drafter.workspace.consistency import Outlines, check_outlines, check_units
from drafter.workspace.fields import Report
from drafter.workspace.folder import Folder
from drafter.workspace.fragments import Written, read_fragment
from drafter.workspace.model import Plan, Workspace
from drafter.workspace.names import Names
from drafter.workspace.shapes import WorkspaceFile
from drafter.workspace.truths import Truths, read_truths, stages_of
from drafter.workspace.values import Scope

_ID = re.compile(r"^id[:：][ \t]*(\S+)", re.MULTILINE | re.IGNORECASE)


def load(root: Path, overlay: Mapping[str, str] | None = None) -> Outcome[Workspace]:
    """The workspace at `root`; `overlay` has texts that stand in for those of files, by path, to try an edit before it is made.

    The value is None only where `data/workspace.yaml` itself cannot be read; a file that does not parse hides no other.
    """
    return Loader(root).load(overlay)


def for_plan(workspace: Workspace, plan: Plan) -> Scope:
    """The names of the workspace as a plan's fragments and tables see them: with `.增幅` over its period."""
    names = workspace.names
    return names.with_period(plan.base_year, plan.target_year) if isinstance(names, Names) else names


@dataclass(frozen=True, slots=True)
class _Read:
    """A fragment's file as it was read, and what was wrong with it."""

    source: Source
    written: Written | None
    issues: tuple[Issue, ...]


class Loader:
    """Loads a workspace again and again; what has not changed since the last time is not read anew.

    Every load looks at every file, and gives the same as the first load of a new loader would.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._truths: Truths | None = None
        self._fragments: dict[str, _Read] = {}

    def load(self, overlay: Mapping[str, str] | None = None) -> Outcome[Workspace]:
        """The workspace as it is now, as `load` gives it."""
        folder = Folder(self.root, overlay or {})
        with _uncollected():
            truths = self._read_truths(folder)
            fragments = self._read_fragments(folder)
            for path in folder.listed("templates", ".md.j2"):
                folder.source(path)
            found = _distinct(fragments)
            reports = {path: Report(source) for path, source in folder.sources.items()}
            check_units(truths.names, found.fragments, truths.plans, reports)
            dark = _unread(folder)
            outlines = Outlines(
                found.fragments,
                truths.plans,
                found.hidden | dark.hidden,
                found.unread | dark.unread,
                truths.listed,
            )
            if truths.head is not None:  # else no plan is known: the one cause is said, not each fragment
                check_outlines(outlines, reports)
            issues = [*folder.issues, *truths.issues, *found.issues]
            issues.extend(issue for each in fragments for issue in each.issues)
            issues.extend(issue for report in reports.values() for issue in report.issues)
        return Outcome(_workspace(folder, truths, found.fragments), tuple(_once(issues)))

    def _read_truths(self, folder: Folder) -> Truths:
        sources = folder.data()
        if self._truths is None or self._truths.sources != sources:
            self._truths = read_truths(sources)
        return self._truths

    def _read_fragments(self, folder: Folder) -> list[_Read]:
        before, self._fragments = self._fragments, {}
        for path in folder.listed("sections", ".md", deep=True):
            source = folder.source(path)
            if source is None:
                continue
            known = before.get(path)
            if known is None or known.source != source:
                report = Report(source)
                known = _Read(source, read_fragment(source, report), tuple(report.issues))
            self._fragments[path] = known
        return list(self._fragments.values())


@dataclass(frozen=True, slots=True)
class _Found:
    """The fragments by id, the ids of those whose front matter cannot be read, and the plans of those that do not tell their id."""

    fragments: Mapping[str, Written]
    hidden: frozenset[str]
    unread: frozenset[str]
    issues: tuple[Issue, ...]


def _distinct(read: Iterable[_Read]) -> _Found:
    """Of two fragments with one id the first is kept."""
    fragments: dict[str, Written] = {}
    hidden: set[str] = set()
    nameless: set[str] = set()
    issues: list[Issue] = []
    for each in read:
        if each.written is None:
            ids = _ID.findall(each.source.text)
            hidden.update(ids)
            nameless.update(() if ids else (each.source.path,))
            continue
        first = fragments.setdefault(each.written.fragment.id, each.written)
        if first is not each.written:
            facts = {"id": first.fragment.id, "file": first.fragment.path}
            place = each.source.place(each.written.id.start)
            issues.append(Issue("workspace.duplicate-fragment", place, facts))
    return _Found(fragments, frozenset(hidden), _folders(nameless), tuple(issues))


def _unread(folder: Folder) -> _Found:
    """What is known of the files that are no text: the id, where the bytes still show it."""
    hidden: set[str] = set()
    nameless: set[str] = set()
    for path in {issue.place.file for issue in folder.issues} - set(folder.sources):
        try:
            ids = _ID.findall((folder.root / path).read_bytes().decode("utf-8", "replace"))
        except OSError:
            ids = []
        hidden.update(ids)
        nameless.update(() if ids else (path,))
    return _Found({}, frozenset(hidden), _folders(nameless), ())


def _folders(paths: Iterable[str]) -> frozenset[str]:
    """The plans in whose folders below `sections` these files are."""
    parts = (path.split("/") for path in paths)
    return frozenset(folders[1] for folders in parts if folders[0] == "sections" and len(folders) > 2)  # noqa: PLR2004 -- sections/<plan>/…


def _workspace(folder: Folder, truths: Truths, fragments: Mapping[str, Written]) -> Workspace | None:
    if truths.head is None:
        return None
    about = truths.head.get(WorkspaceFile.WORKSPACE)
    return Workspace(
        root=folder.root,
        name="" if about is None else about.text(WorkspaceFile.NAME),
        bureau="" if about is None else about.text(WorkspaceFile.BUREAU),
        stages=stages_of(truths.head),
        calendar=truths.calendar,
        plans=MappingProxyType(dict(truths.plans)),
        fragments=MappingProxyType({name: each.fragment for name, each in fragments.items()}),
        views=MappingProxyType(dict(truths.views)),
        sources=MappingProxyType(folder.sources),
        names=truths.names,
        internal=tuple(each.text for each in truths.head.get(WorkspaceFile.INTERNAL) or ()),
    )


def _once(issues: Iterable[Issue]) -> Iterator[Issue]:
    """Each problem once, by file and place: a failed formula is met by all that depend on it."""
    found = {(each.code, each.place, tuple(sorted(each.facts.items()))): each for each in issues}
    return iter(
        sorted(found.values(), key=lambda issue: (issue.place.file, issue.place.line, issue.place.column))
    )


@contextmanager
def _uncollected() -> Iterator[None]:
    """No garbage collection while thousands of nodes are made that all stay: it takes a quarter of the time and finds nothing."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
