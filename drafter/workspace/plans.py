"""A plan's file: what it says of the plan, and its outline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from drafter.source.files import Source
from drafter.source.nearest import suggestion
from drafter.source.origins import Datum
from drafter.source.yaml import Mapping as YamlMapping
from drafter.source.yaml import Node, Scalar
from drafter.workspace.fields import Entries, Field, Report
from drafter.workspace.formats import FORMAT, read_format
from drafter.workspace.model import Cover, Entry, Extract, Plan
from drafter.workspace.papers import GONGWEN, Paper, check_end, read_paper
from drafter.workspace.profile import Profile
from drafter.workspace.shapes import SLOT, PlanFile

_PERIOD_ENDS = 2

# What a fragment asks the plan for as `规划.…`, and the key it stands under.
_FACTS: Mapping[str, Field[object]] = MappingProxyType(
    {
        "编号": PlanFile.ID,
        "名称": PlanFile.TITLE,
        "简称": PlanFile.SHORT,
        "基期": PlanFile.BASE,
        "目标年": PlanFile.TARGET,
        "远期": PlanFile.FAR,
        "编制单位": PlanFile.UNIT,
    }
)


def read_plan(
    node: Node, source: Source, report: Report, stages: Sequence[str], office: Profile
) -> Plan | None:
    """The plan of a file; None where what every reader needs is missing (all that is wrong is reported).

    `stages` and the `office`'s settings are those of the workspace.
    """
    entries = PlanFile.RECORD.read(node, "plan", report)
    head = None if entries is None else entries.get(PlanFile.PLAN)
    if entries is None or head is None:
        return None
    kind = head.text(PlanFile.PROFILE, "plan")
    outline = _Outline(report, paper=kind == "gongwen")
    body = outline.entries(entries.get(PlanFile.OUTLINE) or (), 1)
    annexes = outline.entries(entries.get(PlanFile.ANNEXES) or (), 1, annex=True)
    _check_stage(head, report, stages)
    _check_outline(entries, head, report)
    plan_id, title = head.get(PlanFile.ID), head.get(PlanFile.TITLE)
    paper = _paper(entries, head, report)
    year = paper.day.year if paper and paper.day else 0
    base, target = head.get(PlanFile.BASE) or year, head.get(PlanFile.TARGET) or year
    period = _period(head, report) or ((year, year) if paper else None)
    if plan_id is None or title is None or period is None or (paper is None and not (base and target)):
        return None
    return Plan(
        id=plan_id.text,
        path=source.path,
        title=title.mapped,
        short=head.text(PlanFile.SHORT),
        period=period,
        base_year=base,
        target_year=target,
        far_year=head.get(PlanFile.FAR),
        profile=replace(
            read_format(entries.get(FORMAT), office), scheme=head.text(PlanFile.NUMBERING, "章节"), kind=kind
        ),
        frame=head.text(PlanFile.FRAME, "plan"),
        unit=head.text(PlanFile.UNIT),
        stage=head.text(PlanFile.STAGE),
        outline=(*body, *annexes),
        facts=_facts(head),
        extract=_extract(head),
        paper=paper,
        cover=_cover(head),
        annex_captions=head.text(PlanFile.ANNEX_CAPTIONS),
    )


def _paper(entries: Entries, head: Entries, report: Report) -> Paper | None:
    """The facts of an official paper; a plan has none, but says over which years it runs."""
    written = entries.node.get(GONGWEN.name)
    if head.text(PlanFile.PROFILE, "plan") != "gongwen":
        if written is not None:
            report.add("workspace.paper-profile", written)
        for each in PlanFile.OF_PLANS:
            node = head.node.get(each.name)
            if node is None or (isinstance(node, Scalar) and node.empty):
                report.add("workspace.missing-key", node or head.node, key=each.name)
        return None
    found = entries.get(GONGWEN)
    if found is None:
        if written is None:
            report.add("workspace.missing-key", entries.node, key=GONGWEN.name)
        return None
    return read_paper(found, head.get(PlanFile.UNIT), report)


def slots(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The slots of an outline in printing order, those inside chapters included."""
    for entry in entries:
        if entry.slot:
            yield entry
        yield from slots(entry.entries)


def _period(head: Entries, report: Report) -> tuple[int, int] | None:
    years = head.get(PlanFile.PERIOD)
    if years is None:
        return None
    if len(years) != _PERIOD_ENDS or years[0] > years[1]:
        node = head.node.get(PlanFile.PERIOD.name)
        report.add("workspace.period", head.node if node is None else node)
        return None
    return years[0], years[1]


def _check_stage(head: Entries, report: Report, stages: Sequence[str]) -> None:
    stage = head.get(PlanFile.STAGE)
    if stage is not None and stage.text not in stages:
        report.add("workspace.unknown-stage", stage, stage=stage.text, nearest=suggestion(stage.text, stages))


def _check_outline(entries: Entries, head: Entries, report: Report) -> None:
    """A plan has an outline, an extract takes that of its plan."""
    extract = head.node.get(PlanFile.EXTRACT.name)
    written = [entries.node.get(each.name) for each in (PlanFile.OUTLINE, PlanFile.ANNEXES)]
    if extract is None and written[0] is None:
        report.add("workspace.missing-key", entries.node, key=PlanFile.OUTLINE.name)
    for node in written if extract is not None else ():
        if node is not None:
            report.add("workspace.extract-outline", node)


def _cover(head: Entries) -> Cover:
    found = head.get(PlanFile.COVER)
    if found is None:
        return Cover()
    return Cover(
        found.text(PlanFile.COVER_DATE),
        found.text(PlanFile.COVER_NOTE),
        found.text(PlanFile.COVER_SECRECY),
        found.text(PlanFile.COVER_TERM),
    )


def _extract(head: Entries) -> Extract | None:
    found = head.get(PlanFile.EXTRACT)
    of = None if found is None else found.get(PlanFile.EXTRACT_OF)
    mark = None if found is None else found.get(PlanFile.EXTRACT_MARK)
    if found is None or of is None or mark is None:
        return None
    limit = PlanFile.EXTRACT_LIMIT
    return Extract(of.text, mark.text, found.get(limit), of.slice, found.place(limit.name))


def check_extracts(
    plans: Mapping[str, Plan], listed: Sequence[str], reports: Callable[[str], Report]
) -> dict[str, Plan]:
    """The plans without those extracts whose plan is not there, or is an extract itself."""
    found = dict(plans)
    whole = [name for name in listed if name not in plans or plans[name].extract is None]
    for plan in plans.values():
        extract = plan.extract
        if extract is None:
            continue
        if extract.of not in whole:
            facts = {"plan": extract.of, "nearest": suggestion(extract.of, whole)}
            reports(plan.path).add("workspace.extract-of", extract.place.start, **facts)
        if extract.of not in whole or extract.of not in plans:
            del found[plan.id]
    return found


def _facts(head: Entries) -> Mapping[str, Datum]:
    facts = {}
    for name, declared in _FACTS.items():
        if isinstance(scalar := head.node.get(declared.name), Scalar) and not scalar.empty:
            facts[name] = Datum(f"规划.{name}", scalar.slice)
    return MappingProxyType(facts)


class _Outline:
    """Reads the entries of one plan; `seen` are its slots with where they stand."""

    def __init__(self, report: Report, *, paper: bool = False) -> None:
        self.report = report
        self.paper = paper
        self.seen: dict[str, int] = {}

    def entries(self, nodes: Iterable[Node], level: int, *, annex: bool = False) -> tuple[Entry, ...]:
        found = (self.entry(node, level, annex=annex) for node in nodes)
        return tuple(entry for entry in found if entry is not None)

    def entry(self, node: Node, level: int, *, annex: bool) -> Entry | None:
        if isinstance(node, Scalar):
            slot = SLOT.read(node, "slots", self.report)
            if slot is None:
                return None
            # The text of a paper stands right under the paper's own title.
            own = 0 if self.paper and level == 1 and not annex else level
            return self.once(slot, Entry(own, slot.text, None, "", annex, slot.slice))
        if self.paper and annex and isinstance(node, YamlMapping) and node.get(PlanFile.SLOT_ID.name) is None:
            return self.named(node)
        if isinstance(node, YamlMapping) and (annex or not self.is_chapter(node)):
            return self.unwritten(node, level, annex=annex)
        chapter = PlanFile.CHAPTER.read(node, "outline", self.report)
        if chapter is None:
            return None
        title = chapter.get(PlanFile.CHAPTER_TITLE)
        if title is None:
            return None
        below = self.entries(chapter.get(PlanFile.SLOTS) or (), level + 1)
        name = chapter.get(PlanFile.CHAPTER_ID)
        return Entry(
            level, "", title.mapped, "", annex, title.slice, below, name="" if name is None else name.text
        )

    def named(self, node: YamlMapping) -> Entry | None:
        """An attachment that travels by itself."""
        entries = PlanFile.NAMED.read(node, "annexes", self.report)
        title = None if entries is None else entries.get(PlanFile.NAMED_TITLE)
        check_end(title, self.report)
        return None if title is None else Entry(1, "", title.mapped, "", annex=True, place=title.slice)

    def is_chapter(self, node: YamlMapping) -> bool:
        return node.get(PlanFile.SLOTS.name) is not None or node.get(PlanFile.SLOT_ID.name) is None

    def unwritten(self, node: YamlMapping, level: int, *, annex: bool) -> Entry | None:
        entries = PlanFile.UNWRITTEN.read(node, "slots", self.report)
        slot = None if entries is None else entries.get(PlanFile.SLOT_ID)
        if entries is None or slot is None:
            return None
        title, owner = entries.get(PlanFile.SLOT_TITLE), entries.get(PlanFile.SLOT_OWNER)
        written = Entry(
            level=level,
            slot=slot.text,
            title=None if title is None else title.mapped,
            owner="" if owner is None else owner.text,
            annex=annex,
            place=slot.slice,
            owner_place=None if owner is None else owner.slice,
        )
        return self.once(slot, written)

    def once(self, slot: Scalar, entry: Entry) -> Entry | None:
        first = self.seen.setdefault(slot.text, slot.start)
        if first == slot.start:
            return entry
        line = str(self.report.source.position(first)[0])
        self.report.add("workspace.duplicate-slot", slot, slot=slot.text, line=line)
        return None
