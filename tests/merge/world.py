"""A small workspace in memory: two indicators, two projects, one plan."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from drafter.merge import Merger, Settings
from drafter.source.files import Source
from drafter.source.issues import Issue, Outcome
from drafter.source.origins import Datum, MappedText, SourceSlice, literal
from drafter.workspace.model import Plan, Workspace
from drafter.workspace.profile import Profile
from drafter.workspace.values import Absent, Quantity, Scope, UnknownName, Value, Words

INDICATORS = "data/indicators.yaml"
FRAGMENT = "sections/p145/01/01.md"


class Members:
    """A scope of members, which are its rows too."""

    def __init__(self, key: str, members: Mapping[str, Scope | Value]) -> None:
        self.key, self._members = key, members

    def member(self, name: str) -> Scope | Value:
        if name == "空格":
            raise Absent(self.key, name)
        if name not in self._members:
            raise UnknownName(self.key, name)
        return self._members[name]

    def at(self, year: int) -> Value:
        raise UnknownName(self.key, str(year))

    def value(self) -> Value | None:
        return None

    def names(self) -> Iterable[str]:
        return tuple(self._members)

    def rows(self) -> Iterator[Scope]:
        return (each for each in self._members.values() if not isinstance(each, Quantity | Words))


class Indicator(Members):
    """A scope with years."""

    def __init__(self, key: str, members: Mapping[str, Scope | Value], years: Mapping[int, Value]) -> None:
        super().__init__(key, members)
        self._years = years

    def at(self, year: int) -> Value:
        if year not in self._years:
            raise UnknownName(self.key, str(year))
        return self._years[year]

    def years(self) -> Sequence[int]:
        return tuple(self._years)


def quantity(key: str, number: str, unit: str, decimals: int | None, at: int = 0) -> Quantity:
    return Quantity(
        Decimal(number), unit, decimals, Datum(key, SourceSlice(INDICATORS, at, at + len(number)))
    )


def words(key: str, text: str) -> Words:
    return Words(text, Datum(key, SourceSlice(INDICATORS, 0, len(text))))


def indicator(short: str, name: str, unit: str, decimals: int, years: Mapping[int, str]) -> Indicator:
    key = f"指标.{short}"
    values = {year: quantity(f"{key}[{year}]", number, unit, decimals) for year, number in years.items()}
    return Indicator(key, {"名称": words(f"{key}.名称", name)}, values)


def project(number: str, name: str, invested: str) -> Members:
    key = f"项目.{number}"
    return Members(
        key,
        {
            "名称": words(f"{key}.名称", name),
            "总投资": quantity(f"{key}.总投资", invested, "万元", 0),
            "开工": words(f"{key}.开工", "2021-03-01"),
        },
    )


BEDS = indicator("养老床位", "养老机构床位*", "张", 0, {2020: "18800", 2025: "24000"})
SHARE = indicator("护理型占比", "护理型床位占比", "%", 1, {2020: "37.2", 2025: "55"})
NAMES = Members(
    "",
    {
        "指标": Members("指标", {"养老床位": BEDS, "护理型占比": SHARE}),
        "项目": Members(
            "项目",
            {"P01": project("P01", "福利院_改造", "223450"), "P02": project("P02", "护理楼|新建", "9050")},
        ),
    },
)
PLAN = Plan(
    id="p145",
    path="data/plans/p145.yaml",
    title=literal("data/plans/p145.yaml", "临港市规划", 20),
    short="《规划》",
    period=(2021, 2025),
    base_year=2020,
    target_year=2025,
    far_year=2035,
    profile=Profile(),
    frame="plan",
    unit="临港市民政局",
    outline=(),
    facts=MappingProxyType({"名称": Datum("规划.名称", SourceSlice("data/plans/p145.yaml", 20, 25))}),
)


def workspace(text: str, templates: Mapping[str, str] | None = None) -> Workspace:
    sources = {FRAGMENT: Source(FRAGMENT, text)}
    for name, macros in (templates or {}).items():
        sources[f"templates/{name}"] = Source(f"templates/{name}", macros)
    return Workspace(
        root=Path(),
        name="",
        bureau="",
        stages=(),
        calendar=(),
        plans={"p145": PLAN},
        fragments={},
        views={},
        sources=sources,
        names=NAMES,
    )


def merge(
    text: str, templates: Mapping[str, str] | None = None, settings: Settings | None = None, body: int = 0
) -> Outcome[MappedText]:
    """The fragment merged, its slices checked against its text."""
    made = workspace(text, templates)
    outcome = Merger(made).merge(FRAGMENT, PLAN, settings or Settings(), body)
    if outcome.value is not None:
        check_slices(outcome.value, made)
    return outcome


def check_slices(mapped: MappedText, made: Workspace) -> None:
    """Pieces have no gaps, and every literal equals its slice."""
    at = 0
    for piece in mapped.pieces:
        assert piece.start == at < piece.end
        at = piece.end
        if isinstance(piece.origin, SourceSlice):
            source = made.sources[piece.origin.path].text
            assert mapped.text[piece.start : piece.end] == source[piece.origin.start : piece.origin.end]
    assert at == len(mapped.text)


def text_of(outcome: Outcome[MappedText]) -> str:
    assert outcome.value is not None, outcome.issues
    return outcome.value.text


def told(issues: Iterable[Issue]) -> list[tuple[str, str]]:
    """Each issue as its code and `line:column`."""
    return [(each.code, f"{each.place.line}:{each.place.column}") for each in issues]
