"""`drafter trace`: where something comes from, and where it is printed.

WHERE is a datum as a writer says it (`指标.护理型占比[2020]`), a line of a source (`sections/…/01.md:12`), or a place in a built file: its 段号
(`FILE.docx#1.2-3`) or words of it (`FILE.docx` with `--text`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from drafter.actions import store
from drafter.actions.composing import Composer, loaded, settings_for
from drafter.actions.places import Issued, Line, slice_of
from drafter.document.tree import Box, Figure, NodeId, Table
from drafter.document.walk import blocks
from drafter.source.issues import Issue, Misnamed, Outcome, Place, Refused, has_errors
from drafter.source.origins import DataValue, Datum, Piece, SourceSlice, lineage
from drafter.word.anchors import OBJECT, Anchor
from drafter.workspace.formulas import FormulaError, Setting, calculated
from drafter.workspace.loading import for_plan
from drafter.workspace.model import Workspace
from drafter.workspace.values import Absent

PLAN = "规划"
"""What a fragment calls its plan."""

SHOWN = 60
"""Characters of a paragraph that a use shows."""

_LINE = re.compile(r"(?P<path>.+?):(?P<line>\d{1,9})(?::\d+)?")
_NUMBER = re.compile(r"(?P<path>.+\.docx)#(?P<number>.+)", re.IGNORECASE)


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


def trace(root: Path, where: str, words: str = "") -> Outcome[Traced]:
    """Trace WHERE; refused where it says nothing that is known, with the errors of files that may be the reason."""
    workspace, problems = loaded(root)
    if where.lower().endswith(".docx") or _NUMBER.fullmatch(where):
        return Outcome(_in_file(root, workspace, where, words))
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


def today(workspace: Workspace) -> Iterator[Printed]:
    """All that every plan prints, as the workspace stands."""
    composer = Composer(workspace)
    lines = Issued({path: source.text for path, source in workspace.sources.items()}, workspace.sources)
    for plan in workspace.plans.values():
        settings = settings_for(workspace, plan, None, None, internal=False, public=False)
        composed, made = composer.composed(plan, settings).value, composer.written(plan, settings).value
        if composed is not None and made is not None:
            openers = {
                block.id: block.origin
                for block in blocks(composed.document.blocks)
                if isinstance(block, Table | Box | Figure) and block.origin
            }
            yield Printed(plan.id, made.anchors.paragraphs, lines, openers)


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


def _origins(datum: Datum, lines: Issued) -> Iterator[Origin]:
    """The datum, and below it all that it rests on."""
    for each in lineage(datum):
        line = lines.line(each.place) if each.place else Line("", 0, 0)
        inputs = tuple(behind.key for behind in each.inputs)
        yield Origin(line.file, line.line, line.column, each.key, each.formula, inputs)


# -- a line of a source ------------------------------------------------------------------------------------------------


def _at_line(root: Path, workspace: Workspace, path: str, number: int) -> Traced:
    name = _inside(root, workspace, path)
    source = workspace.sources[name]
    if not 1 <= number <= source.text.count("\n") + 1:
        raise Misnamed(Issue("trace.no-line", Place(name), {"line": str(number)}))
    hits = [hit for one in today(workspace) for hit in _hits(one, name, number)]
    lines = Issued({name: source.text for name, source in workspace.sources.items()}, workspace.sources)
    origins = [Origin(name, number, 1)]
    for _, _, piece in hits:
        value = piece.origin
        own = (value.expression, value.datum.place) if isinstance(value, DataValue) else ()
        if isinstance(value, DataValue) and any(
            part and part.path == name and lines.line(part).line == number for part in own
        ):
            origins += _origins(value.datum, lines)
    return Traced(tuple(dict.fromkeys(origins)), tuple(dict.fromkeys(use_of(*hit) for hit in hits)))


def _inside(root: Path, workspace: Workspace, path: str) -> str:
    """A source's path in the workspace, given as seen from there or from here."""
    seen = Path(path).resolve()
    relative = seen.relative_to(root.resolve()).as_posix() if seen.is_relative_to(root.resolve()) else path
    for name in (path, relative):
        if name in workspace.sources:
            return name
    raise Misnamed(Issue("trace.no-source", Place(path)))


def _hits(one: Printed, path: str, number: int) -> Iterator[tuple[Printed, Anchor, Piece]]:
    """The pieces that a line prints, what is derived from its data included; of a table or box that it opens, the whole title."""

    @cache
    def on_line(part: SourceSlice) -> bool:
        return part.path == path and one.lines.line(part).line == number

    opened = {node: origin for node, origin in one.openers.items() if on_line(origin)}
    for anchor in one.anchors:
        if anchor.kind == "toc":
            continue
        found = [piece for piece in anchor.pieces if any(map(on_line, _parts(piece)))]
        opener = opened.pop(anchor.node, None)
        if opener is not None and not found:
            found = [Piece(0, len(anchor.text), opener)]
        for piece in found:
            yield one, anchor, piece


def _parts(piece: Piece) -> Iterator[SourceSlice]:
    """Every place in the sources that a piece rests on."""
    origin = piece.origin
    found = (
        [origin.expression, *(datum.place for datum in lineage(origin.datum))]
        if isinstance(origin, DataValue)
        else [slice_of(origin)]
    )
    return (part for part in found if part is not None)


# -- a place in a built file -------------------------------------------------------------------------------------------


def _in_file(root: Path, workspace: Workspace, where: str, words: str) -> Traced:
    from drafter.picture.reading import read

    cited = _NUMBER.fullmatch(where)
    path = Path(cited["path"] if cited else where)
    picture = read(path.read_bytes(), path.as_posix())
    if picture.value is None:
        raise Refused(*picture.issues)
    record = store.find(root, picture.value.release, path.as_posix())
    lines = Issued(record.texts, workspace.sources)
    if cited:
        found = [a for a in record.anchors.paragraphs if a.number == cited["number"]]
    elif words:
        found = [a for a in record.anchors.paragraphs if words in a.text and a.kind != "toc"]
    else:
        raise Misnamed(Issue("trace.which", Place(path.as_posix())))
    if not found:
        raise Misnamed(
            Issue("trace.not-there", Place(path.as_posix()), {"where": cited["number"] if cited else words})
        )
    whole = Printed(record.plan, tuple(found), lines)
    origins = [
        origin
        for anchor in found
        for piece in _wanted(anchor, words)
        for origin in _piece_origins(piece, lines)
    ]
    uses = [use_of(whole, anchor, anchor.pieces[0]) for anchor in found if anchor.pieces]
    return Traced(tuple(dict.fromkeys(origins)), tuple(uses))


def _wanted(anchor: Anchor, words: str) -> Iterator[Piece]:
    """The pieces of a paragraph that the words touch; all without words."""
    start = anchor.text.find(words) if words else 0
    end = start + len(words) if words else len(anchor.text)
    yield from (piece for piece in anchor.pieces if piece.start < end and piece.end > start)


def _piece_origins(piece: Piece, lines: Issued) -> Iterator[Origin]:
    if isinstance(piece.origin, DataValue):
        yield from _origins(piece.origin.datum, lines)
    elif (part := slice_of(piece.origin)) is not None:
        line = lines.line(part)
        yield Origin(line.file, line.line, line.column)


def use_of(printed: Printed, anchor: Anchor, piece: Piece) -> Use:
    """A paragraph as the use of one of its pieces."""
    origin = piece.origin
    part: SourceSlice | None = origin.expression if isinstance(origin, DataValue) else slice_of(origin)
    part = part or slice_of(origin)
    line = printed.lines.line(part) if part else Line("", 0, 0)
    place = " ".join(filter(None, (anchor.place, anchor.number)))
    return Use(printed.plan, place, line.file, line.line, anchor.text.replace(OBJECT, "")[:SHOWN])
