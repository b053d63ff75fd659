"""`drafter trace`: where something comes from, and where it is printed.

WHERE is a datum as a writer says it (`指标.护理型占比[2020]`), a line of a source (`sections/…/01.md:12`), a 段号 of a plan as it is today
(`p145#1.2-3`, `#1.2-3`), or a place in a built file: its 段号 (`FILE.docx#1.2-3`) or words of it (`FILE.docx` with `--text`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from functools import cache
from pathlib import Path

from drafter.actions import held
from drafter.actions.branches import conditional, governed
from drafter.actions.composing import Composer, chosen_plans, loaded
from drafter.actions.places import Issued, Line, slice_of
from drafter.actions.settings import settings_for
from drafter.document.cited import nearest_numbers, paragraph_number
from drafter.document.tree import Box, Figure, NodeId, Table
from drafter.document.walk import blocks
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Misnamed, Outcome, Place, Refused, has_errors
from drafter.source.origins import DataValue, Datum, Piece, SourceSlice, lineage
from drafter.word.anchors import OBJECT, Anchor
from drafter.workspace.formulas import FormulaError, Setting, calculated
from drafter.workspace.loading import for_plan
from drafter.workspace.model import Plan, Workspace
from drafter.workspace.values import Absent

PLAN = "规划"
"""What a fragment calls its plan."""

SHOWN = 60
"""Characters of a paragraph that a use shows."""

BEGINNING = 12
"""Characters by which one of several paragraphs is known."""

_LINE = re.compile(r"(?P<path>.+?):(?P<line>\d{1,9})(?::\d+)?")
_NUMBER = re.compile(r"(?P<whose>.*)[#＃](?P<number>[^#＃]*)")
_WORD = ".docx"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text or value comes from; `key`, `formula` and `inputs` are a datum's."""

    file: str
    line: int
    column: int
    key: str = ""
    formula: str = ""
    inputs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Use:
    """A paragraph that prints it: in which plan, where a reader finds it, which line of a source prints it, and how it begins."""

    plan: str
    place: str
    file: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Traced:
    """What was found."""

    origins: tuple[Origin, ...]
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """All paragraphs of a plan as it is today, or as a file was built."""

    plan: str
    anchors: tuple[Anchor, ...]
    lines: Issued
    openers: Mapping[NodeId, SourceSlice] = field(
        default_factory=dict
    )  # where tables and boxes begin in a fragment
    views: Mapping[NodeId, SourceSlice] = field(default_factory=dict)  # the entries of tables made from data


def trace(root: Path, where: str, words: str = "") -> Outcome[Traced]:
    """Trace WHERE; refused where it says nothing that is known, with the errors of files that may be the reason."""
    workspace, problems = loaded(root)
    cited = None if where.lower().endswith(_WORD) else _NUMBER.fullmatch(where)
    if where.lower().endswith(_WORD):
        return Outcome(_in_file(root, workspace, where, words))
    if cited and cited["whose"].lower().endswith(_WORD):
        return Outcome(_in_file(root, workspace, cited["whose"], words, cited["number"]))
    if cited or paragraph_number(where):
        whose, number = (cited["whose"], cited["number"]) if cited else ("", where)
        plans = chosen_plans(workspace, (whose,) if whose else (), problems)
        return Outcome(_in_plans(workspace, plans, number))
    line = _LINE.fullmatch(where)
    if line:
        return Outcome(_at_line(root, workspace, line["path"], int(line["line"])))
    if where.endswith((".md", ".yaml", ".md.j2")):
        raise Misnamed(Issue("trace.which-line", Place(where)))
    try:
        return Outcome(_of_datum(workspace, where))
    except Misnamed as unknown:
        errors = [issue for issue in problems if has_errors((issue,))]
        raise Refused(*errors, *unknown.issues) if errors else unknown from None


def today(
    workspace: Workspace, plans: Iterable[Plan] | None = None, *, internal: bool = False, stage: str = ""
) -> Iterator[Printed]:
    """All that every plan prints, or these, as the workspace stands; `internal` in the drafts for the house, or in those of a stage."""
    option = " --internal" if internal else f" --stage {stage}" if stage else ""
    composer = Composer(workspace)
    lines = Issued({path: source.text for path, source in workspace.sources.items()}, workspace.sources)
    for plan in workspace.plans.values() if plans is None else plans:
        settings = settings_for(workspace, plan, stage or None, None, internal=internal, public=False)
        composed, made = composer.composed(plan, settings).value, composer.written(plan, settings).value
        if composed is not None and made is not None:
            found = tuple(blocks(composed.document.blocks))
            openers = {
                block.id: block.origin
                for block in found
                if isinstance(block, Table | Box | Figure) and block.origin
            }
            views = {block.id: block.view for block in found if isinstance(block, Table) and block.view}
            yield Printed(plan.id + option, made.anchors.paragraphs, lines, openers, views)


# -- a datum -----------------------------------------------------------------------------------------------------------


def _of_datum(workspace: Workspace, name: str) -> Traced:
    datum = _datum(workspace, name)
    lines = Issued({path: source.text for path, source in workspace.sources.items()}, workspace.sources)
    uses = [
        use_of(one, anchor, piece)
        for one in today(workspace)
        for anchor in one.anchors
        for piece in anchor.pieces
        if isinstance(piece.origin, DataValue) and _rests_on(piece.origin.datum, datum)
    ]
    return Traced(tuple(dict.fromkeys(_origins(datum, lines))), tuple(dict.fromkeys(uses)))


def _datum(workspace: Workspace, name: str) -> Datum:
    """The datum that a writer's expression names, whatever of its names they used."""
    names = [for_plan(workspace, plan) for plan in workspace.plans.values()] or [workspace.names]
    problem = Issue("trace.unknown", Place(""), {"where": name})
    for plan in workspace.plans.values():
        known = plan.facts.get(name.removeprefix(f"{PLAN}.")) if name.startswith(f"{PLAN}.") else None
        if known is not None:
            return known
    for scope in names:
        try:
            return calculated(name, Setting(scope)).datum
        except FormulaError as error:
            # A word that is no name at all is no formula that went wrong: then it helps to hear what can be asked.
            if error.issue.code not in {"formula.unknown-dataset", "formula.syntax", "formula.unfinished"}:
                problem = Issue(error.issue.code, Place(name), error.issue.facts)
        except Absent as absent:
            problem = Issue("formula.absent", Place(name), {"scope": absent.scope, "name": absent.name})
    raise Misnamed(problem)


def _rests_on(datum: Datum, other: Datum) -> bool:
    return any(each.place == other.place if other.place else each.key == other.key for each in lineage(datum))


def _origins(datum: Datum, lines: Issued, formula: SourceSlice | None = None) -> Iterator[Origin]:
    """The datum, and below it all that it rests on; `formula` is where a result that stands nowhere is calculated."""
    for each in lineage(datum):
        place = each.place or (formula if each is datum else None)
        line = lines.line(place) if place else Line("", 0, 0)
        inputs = tuple(behind.key for behind in each.inputs)
        yield Origin(line.file, line.line, line.column, each.key, each.formula, inputs)


# -- a line of a source ------------------------------------------------------------------------------------------------


def _at_line(root: Path, workspace: Workspace, path: str, number: int) -> Traced:
    name = _inside(root, workspace, path)
    source = workspace.sources[name]
    if not 1 <= number <= source.text.count("\n") + 1:
        raise Misnamed(Issue("trace.no-line", Place(name), {"line": str(number)}))
    hits = _of_line(workspace, name, number)
    lines = Issued({name: source.text for name, source in workspace.sources.items()}, workspace.sources)
    origins = [Origin(name, number, 1)]
    for _, _, piece in hits:
        value = piece.origin
        if not isinstance(value, DataValue):
            continue
        own = (value.expression, value.datum.place or value.column)
        if any(part and part.path == name and lines.line(part).line == number for part in own):
            origins += _origins(value.datum, lines, value.expression or value.column)
    return Traced(tuple(dict.fromkeys(origins)), tuple(dict.fromkeys(use_of(*hit) for hit in hits)))


def _of_line(workspace: Workspace, path: str, number: int) -> list[tuple[Printed, Anchor, Piece]]:
    """What a line prints; of one that prints nothing itself what it governs: a view its tables, a tag the lines up to its end.

    What only other drafts print, internal ones or those of another stage, is looked for in them.
    """
    drafts = [tuple(today(workspace))]
    hits = [hit for one in drafts[0] for hit in _hits(one, path, range(number, number + 1))]
    if hits or not path.endswith((".md", ".md.j2")):
        return hits or [hit for one in drafts[0] for hit in _of_view(one, path, number)]
    text = workspace.sources[path].text
    lines = governed(text, number) or range(number, number + 1)
    others = (today(workspace, internal=True), *(today(workspace, stage=each) for each in workspace.stages))
    for draft in (drafts[0], *(others if conditional(text, number) else ())):
        hits = [hit for one in draft for hit in _hits(one, path, lines)]
        if hits:
            break
    return hits


def _inside(root: Path, workspace: Workspace, path: str) -> str:
    """A source's path in the workspace, given as seen from there or from here."""
    seen = Path(path).resolve()
    relative = seen.relative_to(root.resolve()).as_posix() if seen.is_relative_to(root.resolve()) else path
    for name in (path, relative):
        if name in workspace.sources:
            return name
    raise Misnamed(Issue("trace.no-source", Place(path)))


def _of_view(one: Printed, path: str, number: int) -> list[tuple[Printed, Anchor, Piece]]:
    """Where a line of a view says nothing that is printed itself (its rows, its order): the tables of the view."""
    found = []
    for node, entry in one.views.items():
        if entry.path == path and one.lines.line(entry).line <= number <= one.lines.last(entry):
            first = next(
                each for each in one.anchors if each.node == node or each.node.startswith(f"{node}/")
            )
            found.append((one, first, Piece(0, len(first.text), entry)))
    return found


def _hits(one: Printed, path: str, numbers: range) -> list[tuple[Printed, Anchor, Piece]]:
    """The pieces that some lines print, what is derived from its data included; of a table or box that it opens, the whole title."""

    @cache
    def on_line(part: SourceSlice) -> bool:
        return part.path == path and one.lines.line(part).line in numbers

    hits: list[tuple[Printed, Anchor, Piece]] = []
    opened = {node: origin for node, origin in one.openers.items() if on_line(origin)}
    for anchor in one.anchors:
        if anchor.kind == "toc":
            continue
        found = [piece for piece in anchor.pieces if any(map(on_line, _parts(piece)))]
        opener = opened.pop(anchor.node, None)
        if opener is not None and not found:
            found = [Piece(0, len(anchor.text), opener)]
        hits += ((one, anchor, piece) for piece in found)
    return hits


def _parts(piece: Piece) -> Iterator[SourceSlice]:
    """Every place in the sources that a piece rests on."""
    origin = piece.origin
    found = (
        [origin.expression, origin.column, *(datum.place for datum in lineage(origin.datum))]
        if isinstance(origin, DataValue)
        else [slice_of(origin)]
    )
    return (part for part in found if part is not None)


# -- a place in a built file -------------------------------------------------------------------------------------------


def _in_plans(workspace: Workspace, plans: Iterable[Plan], number: str) -> Traced:
    """A 段号 in the plans as they are today."""
    printed = tuple(today(workspace, plans))
    wanted = _known(number, "", (anchor for one in printed for anchor in one.anchors))
    found = [
        _told(replace(one, anchors=anchors))
        for one in printed
        if (anchors := tuple(anchor for anchor in one.anchors if anchor.number == wanted))
    ]
    origins = dict.fromkeys(origin for each in found for origin in each.origins)
    return Traced(tuple(origins), tuple(use for each in found for use in each.uses))


def _known(number: str, file: str, anchors: Iterable[Anchor]) -> str:
    """The 段号 that somebody wrote, as it is printed there; refused with the nearest ones where it is not."""
    wanted = paragraph_number(number)
    begins: dict[str, str] = {}
    for anchor in anchors:
        if anchor.number:
            begins[anchor.number] = begins.get(anchor.number) or _begin(anchor.text)
    if not wanted:
        raise Misnamed(Issue("trace.bad-number", Place(file), {"number": number}))
    if wanted not in begins:
        near = "、".join(f"{each}（{begins[each]}…）" for each in nearest_numbers(wanted, begins))
        raise Misnamed(Issue("trace.no-number", Place(file), {"number": wanted, "nearest": near}))
    return wanted


def _begin(text: str) -> str:
    return text.replace(OBJECT, "").replace("　", "")[:BEGINNING].rstrip("（，。、：；")


def _in_file(root: Path, workspace: Workspace, file: str, words: str, number: str | None = None) -> Traced:
    from drafter.picture.reading import read

    path = Path(file)
    picture = read(path.read_bytes(), path.as_posix())
    if picture.value is None:
        raise Refused(*picture.issues)
    record = held.Records(root).find(picture.value.release, path.as_posix())
    lines = Issued(record.texts, workspace.sources)
    issued = record.anchors.paragraphs
    if number is not None:
        wanted = _known(number, path.as_posix(), issued)
        return _told(Printed(record.plan, tuple(a for a in issued if a.number == wanted), lines), words)
    if not words:
        raise Misnamed(Issue("trace.which", Place(path.as_posix())))
    found = tuple(a for a in issued if words in a.text and a.kind != "toc")
    if not found:
        raise Misnamed(Issue("trace.not-there", Place(path.as_posix()), {"where": words}))
    return _told(Printed(record.plan, found, lines), words)


def _told(one: Printed, words: str = "") -> Traced:
    """Where these paragraphs, or the words in them, come from."""
    origins = [
        origin
        for anchor in one.anchors
        for piece in _wanted(anchor, words)
        for origin in _piece_origins(piece, one.lines)
    ]
    uses = [use_of(one, anchor, _first(anchor)) for anchor in one.anchors if anchor.pieces]
    return Traced(tuple(dict.fromkeys(origins)), tuple(uses))


def _wanted(anchor: Anchor, words: str) -> Iterator[Piece]:
    """The pieces of a paragraph that the words touch; all without words."""
    start = anchor.text.find(words) if words else 0
    end = start + len(words) if words else len(anchor.text)
    yield from (piece for piece in anchor.pieces if piece.start < end and piece.end > start)


def _piece_origins(piece: Piece, lines: Issued) -> Iterator[Origin]:
    value = piece.origin if isinstance(piece.origin, DataValue) else None
    if value is not None:
        yield from _origins(value.datum, lines, value.expression or value.column)
    part = slice_of(piece.origin) if value is None else value.column
    if part is not None:
        line = lines.line(part)
        yield Origin(line.file, line.line, line.column)


def _first(anchor: Anchor) -> Piece:
    """The first piece of a paragraph that stands in a source, before labels that nobody typed."""
    return next((piece for piece in anchor.pieces if slice_of(piece.origin)), anchor.pieces[0])


def use_of(printed: Printed, anchor: Anchor, piece: Piece) -> Use:
    """A paragraph as the use of one of its pieces."""
    origin = piece.origin
    printer = (origin.expression or origin.column) if isinstance(origin, DataValue) else None
    part = printer or slice_of(origin)
    line = printed.lines.line(part) if part else Line("", 0, 0)
    place = " ".join(filter(None, (anchor.place, anchor.number)))
    words = anchor.text.replace(OBJECT, "")
    shown = words if len(words) <= SHOWN else f"{words[:SHOWN]}…"
    return Use(printed.plan, place, line.file, line.line, shown)
