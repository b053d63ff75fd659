"""What the data files of a workspace say together: stages, datasets, plans and table views, each held against the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from drafter.source.files import Source
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Place
from drafter.source.nearest import suggestion
from drafter.source.yaml import Mapping as YamlMapping
from drafter.source.yaml import Node, Scalar, parse
from drafter.workspace.consistency import check_references
from drafter.workspace.derived import Calculation, Derived
from drafter.workspace.fields import Entries, Report
from drafter.workspace.folder import TABLES, WORKSPACE
from drafter.workspace.formats import FORMAT, read_format
from drafter.workspace.formulas import FormulaError
from drafter.workspace.indicators import IndicatorDataset, read_indicators
from drafter.workspace.model import Plan, StageDate, View
from drafter.workspace.names import Names
from drafter.workspace.plans import check_extracts, read_plan
from drafter.workspace.profile import Profile
from drafter.workspace.records import RecordDataset, read_records
from drafter.workspace.shapes import DatasetFile, IndicatorsFile, RecordsFile, WorkspaceFile
from drafter.workspace.tables import read_views
from drafter.workspace.values import Absent

PLANS = "data/plans"

# Names that fragments and formulas have already.
RESERVED = frozenset({"规划", "稿次", "日期", "内部", "公开"})

_NAMED = re.compile(r"\b(?:name|short):[ \t]*([^\s,}]+)")


@dataclass(frozen=True, slots=True)
class Truths:
    """All of it, with the sources it was read from; `head` is None where the workspace's own file cannot be read."""

    sources: Mapping[str, Source]
    head: Entries | None
    names: Names
    plans: Mapping[str, Plan]
    listed: tuple[str, ...]  # the plans that the workspace lists, whether or not their files are right
    views: Mapping[str, View]
    calendar: tuple[StageDate, ...]
    issues: tuple[Issue, ...]


def read_truths(sources: Mapping[str, Source]) -> Truths:
    """What these files say."""
    reading = _Reading(sources)
    node = reading.yaml(WORKSPACE) if WORKSPACE in sources else None
    head = None if node is None else WorkspaceFile.RECORD.read(node, "", reading.report(WORKSPACE))
    tables = reading.datasets()
    plans = {} if head is None else reading.plans(head)
    views = {} if tables is None else read_views(tables, reading.report(TABLES), reading.names)
    found = [
        each
        for each in reading.names.datasets().values()
        if isinstance(each, IndicatorDataset | RecordDataset)
    ]
    check_references(found, reading.names.unread, reading.reports)
    reading.calculate(cell for dataset in found for cell in dataset.derived())
    calendar = () if head is None else reading.calendar(head)
    for report in reading.reports.values():
        reading.issues.extend(report.issues)
    listed = () if head is None else tuple(each.text for each in head.get(WorkspaceFile.PLANS) or ())
    issues = tuple(reading.issues)
    return Truths(sources, head, reading.names, plans, listed, views, calendar, issues)


class _Reading:
    """One run: what was read, and what was wrong."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self.sources = sources
        self.issues: list[Issue] = []
        self.names = Names()
        self.calculation = Calculation(self.names)
        self.reports: dict[str, Report] = {}

    def report(self, path: str) -> Report:
        """Where the problems of a file are put down."""
        return self.reports.setdefault(path, Report(self.sources[path]))

    def yaml(self, path: str) -> Node | None:
        """The nodes of a YAML file."""
        outcome = parse(self.sources[path])
        self.issues.extend(outcome.issues)
        if outcome.value is None and not outcome.issues:
            self.issues.append(Issue("workspace.empty-file", Place(path, 1, 1)))
        return outcome.value

    def datasets(self) -> Node | None:
        """Reads `data/*.yaml`; gives back the nodes of the table views, which are read when the datasets are known."""
        tables = None
        for path in self.sources:
            if path == WORKSPACE or path.startswith(f"{PLANS}/"):
                continue
            node = self.yaml(path)
            if node is None:
                self.unread(path)
            elif path == TABLES:
                tables = node
            elif not isinstance(node, YamlMapping) or node.get(DatasetFile.DATASET.name) is None:
                self.report(path).add("workspace.no-dataset", node)
            else:
                self.dataset(node, self.report(path))
        return tables

    def unread(self, path: str) -> None:
        """Remembers the names of a dataset that does not parse, as far as its text shows them, so that one mistake is one problem."""
        issue = next((each for each in reversed(self.issues) if each.place.file == path), None)
        if issue is not None:
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
        checks = tuple(entries.get(DatasetFile.CHECKS) or ())
        if self.free(head, read_dataset, report):
            self.names.add(replace(read_dataset, checks=checks) if checks else read_dataset)

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

    def plans(self, head: Entries) -> dict[str, Plan]:
        """Reads the plans that the workspace lists."""
        found: dict[str, Plan] = {}
        stages, office = stages_of(head), read_format(head.get(FORMAT), Profile())
        listed = {f"{PLANS}/{each.text}.yaml": each for each in head.get(WorkspaceFile.PLANS) or ()}
        paths = [path for path in self.sources if path.startswith(f"{PLANS}/")]
        for path, scalar in listed.items():
            if path not in paths:
                self.report(WORKSPACE).add("workspace.plan-missing", scalar, plan=scalar.text)
                continue
            node = self.yaml(path)
            report = self.report(path)
            plan = None if node is None else read_plan(node, self.sources[path], report, stages, office)
            if plan is not None and plan.id != scalar.text:
                at = plan.facts["编号"].place
                facts = {"id": plan.id, "file": scalar.text}
                report.add("workspace.plan-id", at.start if at else 0, **facts)
            elif plan is not None:
                found[plan.id] = plan
        for path in paths:
            if path not in listed:
                self.issues.append(Issue("workspace.plan-unlisted", Place(path)))
        return check_extracts(found, [each.text for each in listed.values()], self.report)

    def calendar(self, head: Entries) -> tuple[StageDate, ...]:
        """The dates of the stages; an entry that is not right is left out."""
        report, found = self.report(WORKSPACE), []
        stages = stages_of(head)
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


def stages_of(head: Entries) -> tuple[str, ...]:
    """The stages of a workspace, in order."""
    return tuple(each.text for each in head.get(WorkspaceFile.STAGES) or ())
