"""A folder → a workspace: every file read, checked, and held against the others; all problems of all files in one run."""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from drafter.source.files import Source, read
from drafter.source.issues import Issue, Outcome, Place
from drafter.source.nearest import suggestion
from drafter.source.yaml import Mapping as YamlMapping
from drafter.source.yaml import Node, Scalar, parse
from drafter.workspace.consistency import Outlines, check_outlines, check_references, check_units
from drafter.workspace.derived import Calculation, Derived
from drafter.workspace.fields import Entries, Report
from drafter.workspace.formulas import FormulaError
from drafter.workspace.fragments import Written, read_fragment
from drafter.workspace.indicators import IndicatorDataset, read_indicators
from drafter.workspace.model import Plan, StageDate, View, Workspace
from drafter.workspace.names import Names
from drafter.workspace.plans import read_plan
from drafter.workspace.records import RecordDataset, read_records
from drafter.workspace.shapes import DatasetFile, IndicatorsFile, RecordsFile, WorkspaceFile
from drafter.workspace.tables import read_views
from drafter.workspace.values import Absent, Scope

WORKSPACE = "data/workspace.yaml"
TABLES = "data/tables.yaml"

# Names that fragments and formulas have already.
RESERVED = frozenset({"规划", "稿次", "日期", "内部", "公开"})


_NAMED = re.compile(r"\b(?:name|short):[ \t]*([^\s,}]+)")
_ID = re.compile(r"^id:[ \t]*(\S+)", re.MULTILINE)


def find_root(start: Path) -> Path | None:
    """The nearest folder from `start` upward that is a workspace."""
    start = start.resolve()
    return next((folder for folder in (start, *start.parents) if (folder / WORKSPACE).is_file()), None)


def load(root: Path, overlay: Mapping[str, str] | None = None) -> Outcome[Workspace]:
    """The workspace at `root`; `overlay` has texts that stand in for those of files, by path, to try an edit before it is made.

    The value is None only where `data/workspace.yaml` itself cannot be read; a file that does not parse hides no other.
    """
    loading = _Loading(root, overlay or {})
    with _uncollected():
        workspace = loading.workspace()
    return Outcome(workspace, tuple(_once(loading.issues)))


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


def for_plan(workspace: Workspace, plan: Plan) -> Scope:
    """The names of the workspace as a plan's fragments and tables see them: with `.增幅` over its period."""
    names = workspace.names
    return names.with_period(plan.base_year, plan.target_year) if isinstance(names, Names) else names


def _once(issues: Iterable[Issue]) -> Iterator[Issue]:
    """Each problem once, by file and place: a failed formula is met by all that depend on it."""
    found = {(each.code, each.place, tuple(sorted(each.facts.items()))): each for each in issues}
    return iter(
        sorted(found.values(), key=lambda issue: (issue.place.file, issue.place.line, issue.place.column))
    )


class _Loading:
    """One run: the sources, what was read of them, and what was wrong."""

    def __init__(self, root: Path, overlay: Mapping[str, str]) -> None:
        self.root, self.overlay = root, overlay
        self.issues: list[Issue] = []
        self.sources: dict[str, Source] = {}
        self.names = Names()
        self.calculation = Calculation(self.names)
        self.reports: dict[str, Report] = {}
        self.hidden: set[str] = set()  # ids of fragments whose front matter cannot be read

    def workspace(self) -> Workspace | None:
        """The stages in their order; each reports what it finds."""
        node = self.yaml(WORKSPACE)
        head = None if node is None else WorkspaceFile.RECORD.read(node, "", self.report(WORKSPACE))
        tables = self.datasets()
        fragments = self.fragments()
        self.templates()
        plans = {} if head is None else self.plans(head)
        views = self.views(tables)
        datasets = [
            each
            for each in self.names.datasets().values()
            if isinstance(each, IndicatorDataset | RecordDataset)
        ]
        check_references(datasets, self.names.unread, self.reports)
        check_units(self.names, fragments, plans, self.reports)
        listed = [] if head is None else [each.text for each in head.get(WorkspaceFile.PLANS) or ()]
        check_outlines(Outlines(fragments, plans, self.hidden, listed), self.reports)
        self.calculate(cell for dataset in datasets for cell in dataset.derived())
        for report in self.reports.values():
            self.issues.extend(report.issues)
        if head is None:
            return None
        about = head.get(WorkspaceFile.WORKSPACE)
        return Workspace(
            root=self.root,
            name="" if about is None else about.text(WorkspaceFile.NAME),
            bureau="" if about is None else about.text(WorkspaceFile.BUREAU),
            stages=tuple(each.text for each in head.get(WorkspaceFile.STAGES) or ()),
            calendar=self.calendar(head, plans),
            plans=MappingProxyType(plans),
            fragments=MappingProxyType({name: each.fragment for name, each in fragments.items()}),
            views=MappingProxyType(views),
            sources=MappingProxyType(self.sources),
            names=self.names,
        )

    def report(self, path: str) -> Report:
        """Where the problems of a file are put down."""
        return self.reports.setdefault(path, Report(self.sources[path]))

    def source(self, path: str) -> Source | None:
        """The text of a file, or what stands in for it."""
        if path in self.overlay:
            self.sources[path] = Source(path, self.overlay[path])
        else:
            outcome = read(self.root, path)
            self.issues.extend(outcome.issues)
            if outcome.value is None:
                return None
            self.sources[path] = outcome.value
        return self.sources[path]

    def yaml(self, path: str) -> Node | None:
        """The nodes of a YAML file."""
        source = self.source(path)
        if source is None:
            return None
        outcome = parse(source)
        self.issues.extend(outcome.issues)
        if outcome.value is None and not outcome.issues:
            self.issues.append(Issue("workspace.empty-file", Place(path, 1, 1)))
        return outcome.value

    def listed(self, folder: str, ending: str, *, deep: bool = False) -> list[str]:
        """The files of a folder with this ending, by name, those of the overlay included."""
        found: set[str] = set()
        top = self.root / folder
        for directory, folders, files in os.walk(top):
            folders[:] = [each for each in folders if deep and not each.startswith(".")]
            inside = Path(directory).relative_to(self.root).as_posix()
            found.update(f"{inside}/{each}" for each in files if each.endswith(ending) and each[0] != ".")
        for path in self.overlay:
            parent = path.rpartition("/")[0]
            if path.endswith(ending) and (parent == folder or (deep and path.startswith(f"{folder}/"))):
                found.add(path)
        return sorted(found)

    def datasets(self) -> Node | None:
        """Reads `data/*.yaml`; gives back the nodes of the table views, which are read when the datasets are known."""
        tables = None
        for path in self.listed("data", ".yaml"):
            if path == WORKSPACE:
                continue
            node = self.yaml(path)
            if node is None:
                self.unread(path)
                continue
            if path == TABLES:
                tables = node
            elif not isinstance(node, YamlMapping) or node.get(DatasetFile.DATASET.name) is None:
                self.report(path).add("workspace.no-dataset", node)
            else:
                self.dataset(node, self.report(path))
        return tables

    def unread(self, path: str) -> None:
        """Remembers the names of a dataset that does not parse, as far as its text shows them, so that one mistake is one problem."""
        issue = next((each for each in reversed(self.issues) if each.place.file == path), None)
        if issue is not None and path in self.sources:
            for found in _NAMED.finditer(self.sources[path].text):
                self.names.unread[found[1]] = issue

    def dataset(self, node: YamlMapping, report: Report) -> None:
        """Reads a dataset and gives it its names."""
        dataset_node = node.get(DatasetFile.DATASET.name)
        kind = dataset_node.get(DatasetFile.KIND.name) if isinstance(dataset_node, YamlMapping) else None
        records = isinstance(kind, Scalar) and kind.text == "records"
        shape = RecordsFile.RECORD if records else IndicatorsFile.RECORD
        entries = shape.read(node, "", report)
        head = None if entries is None else entries.get(DatasetFile.DATASET)
        if entries is None or head is None or head.get(DatasetFile.NAME) is None:
            return
        read_dataset: IndicatorDataset | RecordDataset
        if records:
            columns = list(entries.get(RecordsFile.COLUMNS) or ())
            rows = entries.get(RecordsFile.ROWS) or ()
            read_dataset = read_records(head, columns, rows, report, self.calculation)
        elif head.get(DatasetFile.KIND) is not None:
            rows = entries.get(IndicatorsFile.ROWS) or ()
            read_dataset = read_indicators(head, rows, report, self.calculation)
        else:
            return  # said already: it has no kind, or one that is not known
        if self.free(head, read_dataset, report):
            self.names.add(read_dataset)

    def free(self, head: Entries, dataset: IndicatorDataset | RecordDataset, report: Report) -> bool:
        """Whether the names of a dataset are its own."""
        taken = {name for other in self.names.datasets().values() for name in (other.name, other.short)}
        for field in (DatasetFile.NAME, DatasetFile.SHORT):
            scalar = head.get(field)
            if scalar is not None and scalar.text in RESERVED:
                report.add("workspace.reserved", scalar, name=scalar.text)
                return False
            if scalar is not None and scalar.text in taken:
                other = next(
                    each for each in self.names.datasets().values() if scalar.text in {each.name, each.short}
                )
                report.add("workspace.dataset-clash", scalar, name=scalar.text, other=other.name)
                return False
        return True

    def fragments(self) -> dict[str, Written]:
        """Reads `sections/**/*.md`; of two with one id the first is kept."""
        found: dict[str, Written] = {}
        for path in self.listed("sections", ".md", deep=True):
            source = self.source(path)
            if source is None:
                continue
            written = read_fragment(source, self.report(path))
            if written is None:
                self.hidden.update(_ID.findall(source.text))
                continue
            first = found.setdefault(written.fragment.id, written)
            if first is not written:
                facts = {"id": written.fragment.id, "file": first.fragment.path}
                self.report(path).add("workspace.duplicate-fragment", written.id, **facts)
        return found

    def templates(self) -> None:
        """Reads `templates/*.md.j2` as texts."""
        for path in self.listed("templates", ".md.j2"):
            self.source(path)

    def plans(self, head: Entries) -> dict[str, Plan]:
        """Reads the plans that the workspace lists."""
        found: dict[str, Plan] = {}
        listed = {f"data/plans/{each.text}.yaml": each for each in head.get(WorkspaceFile.PLANS) or ()}
        paths = self.listed("data/plans", ".yaml")
        for path, scalar in listed.items():
            if path not in paths:
                self.report(WORKSPACE).add("workspace.plan-missing", scalar, plan=scalar.text)
                continue
            node = self.yaml(path)
            plan = None if node is None else read_plan(node, self.sources[path], self.report(path))
            if plan is not None and plan.id != scalar.text:
                at = plan.facts["编号"].place
                facts = {"id": plan.id, "file": scalar.text}
                self.report(path).add("workspace.plan-id", at.start if at else 0, **facts)
            elif plan is not None:
                found[plan.id] = plan
        for path in paths:
            if path not in listed:
                self.issues.append(Issue("workspace.plan-unlisted", Place(path)))
        return found

    def views(self, tables: Node | None) -> dict[str, View]:
        """Reads the table views."""
        return {} if tables is None else read_views(tables, self.report(TABLES), self.names)

    def calendar(self, head: Entries, plans: Mapping[str, Plan]) -> tuple[StageDate, ...]:
        """The dates of the stages; an entry that is not right is left out."""
        report, found = Report(self.sources[WORKSPACE]), []
        stages = [each.text for each in head.get(WorkspaceFile.STAGES) or ()]
        listed = [each.text for each in head.get(WorkspaceFile.PLANS) or ()]
        for entry in head.get(WorkspaceFile.CALENDAR) or ():
            plan, stage = entry.get(WorkspaceFile.PLAN), entry.get(WorkspaceFile.STAGE)
            day = entry.get(WorkspaceFile.DATE)
            if plan is None or stage is None or day is None:
                continue
            if plan.text not in listed:
                near = suggestion(plan.text, listed)
                report.add("workspace.unknown-plan", plan, plan=plan.text, nearest=near)
            elif stage.text not in stages:
                near = suggestion(stage.text, stages)
                report.add("workspace.unknown-stage", stage, stage=stage.text, nearest=near)
            else:
                found.append(StageDate(plan.text, stage.text, day))
        self.issues.extend(report.issues)
        return tuple(found)

    def calculate(self, cells: Iterable[Derived]) -> None:
        """Calculates every formula, so that each that fails is said."""
        for cell in cells:
            try:
                cell.quantity()
            except FormulaError as failed:
                self.issues.append(failed.issue)
            except Absent:
                continue
