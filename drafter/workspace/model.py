"""What a workspace is once it is read: plans with their outlines, fragments, datasets, table views."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from drafter.source.files import Source
from drafter.source.frozen import dataclass
from drafter.source.origins import Datum, MappedText, SourceSlice
from drafter.workspace.papers import Paper
from drafter.workspace.profile import Profile
from drafter.workspace.values import Scope


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of an outline.

    A chapter has a title of its own and entries below; an attachment of a paper that travels by itself has a title alone; a slot has `slot`, the id of its fragment; a slot that nobody has
    written yet has its title (and owner) here. `level` is that of the title, from 1, or 0 where the title is not printed. `name` is a chapter's id, by which `@sec:…` refers to it.
    """

    level: int
    slot: str
    title: MappedText | None
    owner: str
    annex: bool
    place: SourceSlice
    entries: tuple[Entry, ...] = ()
    owner_place: SourceSlice | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Extract:
    """What a plan takes from another: of which, by which mark (`纲要`), and how many characters it may have, None for any."""

    of: str
    mark: str
    limit: int | None
    place: SourceSlice
    limit_place: SourceSlice


@dataclass(frozen=True, slots=True)
class Cover:
    """What a plan's file asks of its cover: how the month is written, and the lines in the corner; empty where it does not say."""

    date: str = ""
    note: str = ""
    secrecy: str = ""
    term: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan: what its file says of it, and its outline in printing order (annexes last, with `annex` set)."""

    id: str
    path: str
    title: MappedText
    short: str
    period: tuple[int, int]
    base_year: int
    target_year: int
    far_year: int | None
    profile: Profile
    frame: str
    unit: str
    outline: tuple[Entry, ...]
    facts: Mapping[str, Datum]  # 名称, 简称, 基期, 目标年, 远期 … -> where each stands
    stage: str = ""  # the one that is being written, empty where the plan does not say
    extract: Extract | None = None  # where it has no outline of its own
    paper: Paper | None = None  # of an official paper
    cover: Cover = Cover()
    annex_captions: str = ""  # 附表 where the tables and figures of annexes count by themselves

    @property
    def numbering(self) -> str:
        """Its numbering scheme."""
        return self.profile.scheme


@dataclass(frozen=True, slots=True)
class Fragment:
    """A section writer's file: its front matter, and where its Markdown begins (`body`, an offset in its text)."""

    id: str
    path: str
    plan: str
    title: MappedText
    owner: str
    status: str
    extract: tuple[str, ...]
    body: int


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a records dataset, as declared."""

    name: str
    type: str  # text | number | choice | date | year | ref | list | formula
    unit: str
    decimals: int | None
    of: tuple[str, ...]  # choices, or the one dataset a ref points to
    formula: str
    place: SourceSlice


@dataclass(frozen=True, slots=True)
class ViewColumn:
    """A column of a table view: its heads from top to bottom, and the expression that each row answers.

    `merged`: equal cells one below the other, in one group, are one cell. `of`: below these values of a pivot only, empty for all.
    """

    heads: tuple[str, ...]
    value: str
    width: float | None
    align: str  # left | center | right, or empty
    decimals: int | None
    format: str  # 亿元, 万元, 公顷 … or empty
    bare: bool
    place: SourceSlice
    head_places: tuple[SourceSlice, ...] = ()  # the scalar of each head in tables.yaml
    merged: bool = False
    of: tuple[str, ...] = ()
    internal: bool = False  # not for the public


@dataclass(frozen=True, slots=True)
class Filter:
    """What a view wants of a column: one of `words` where there are any, and every comparison (`("≥", "10000")`) to hold."""

    column: str
    words: tuple[str, ...]
    comparisons: tuple[tuple[str, str], ...]
    place: SourceSlice


@dataclass(frozen=True, slots=True)
class Pivot:
    """A view with a row for each value of one column, and the columns `metrics` for each value of another.

    `of` are the values wanted, in order, empty for all, `of_places` where each is named; `total` the head of the same columns over all values, or empty; `lead` the column of
    `rows`, printed where the view has no columns of its own.
    """

    rows: str
    by: str
    of: tuple[str, ...]
    metrics: tuple[ViewColumn, ...]
    total: MappedText
    lead: ViewColumn
    of_places: tuple[SourceSlice, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """A table made from data (`data/tables.yaml`).

    `sort` are columns, each with whether it falls; `group` one or two columns, as merged cells or, with `group_rows`, as rows of their own;
    `leads` are the columns of these merged cells; `subtotal` is the label of a row below each group of the first, or empty. With a `pivot`,
    `columns` are those left of it.
    """

    name: str
    caption: MappedText
    datasets: tuple[str, ...]
    where: tuple[Filter, ...]
    sort: tuple[tuple[str, bool], ...]
    group: tuple[str, ...]
    group_rows: bool
    leads: tuple[ViewColumn, ...]
    subtotal: MappedText
    columns: tuple[ViewColumn, ...]
    pivot: Pivot | None
    total: MappedText  # the label of the total row, or empty
    unit_line: MappedText
    notes: tuple[MappedText, ...]
    orientation: str
    place: SourceSlice
    entry: SourceSlice  # all of it


@dataclass(frozen=True, slots=True)
class StageDate:
    """A stage of a plan in the calendar."""

    plan: str
    stage: str
    date: date


@dataclass(frozen=True)
class Workspace:
    """All that was read. `names` is the scope that formulas and fragments start from (`指标`, `设施` …)."""

    root: Path
    name: str
    bureau: str
    stages: tuple[str, ...]
    calendar: tuple[StageDate, ...]
    plans: Mapping[str, Plan]
    fragments: Mapping[str, Fragment]
    views: Mapping[str, View]
    sources: Mapping[str, Source]  # by path, fragments, data and templates/*.md.j2 alike
    names: Scope
    internal: tuple[str, ...] = ()  # words that no text for the public may have
