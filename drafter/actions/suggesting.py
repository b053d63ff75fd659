"""Planned edits as open questions of the writers, tried on the desk one way or the other: all together, and where that is not right each alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from drafter.actions.desk import Refile, Tried
from drafter.review.points import Blocked
from drafter.review.remarks import Remark, SliceEdit
from drafter.review.suggest import asks, suggested
from drafter.rounds.footprints import marks
from drafter.rounds.model import Row

_Edits = tuple[SliceEdit, ...]


def suggestions(
    refile: Refile, tried: Tried, rows: Sequence[Row], planned: Sequence[Remark]
) -> Mapping[str, _Edits | str]:
    """For each planned remark, by its id, the edits that put it in as a question, or why it cannot be one (a code)."""
    who = {row.id: f"{row.id} {row.unit or row.person}".strip() for row in rows}
    made = {each.id: _made(tried, each, who[each.id]) for each in planned}
    plain = {each.id: each.edits for each in planned}
    ready = [id_ for id_, edits in made.items() if not isinstance(edits, str)]
    if _right(refile, tried, ready, made, plain):
        return made
    good: list[str] = []
    for id_ in ready:
        if _right(refile, tried, [*good, id_], made, plain):
            good.append(id_)
        else:
            made[id_] = "apply.not-suggested"
    return made


def _made(tried: Tried, remark: Remark, note: str) -> _Edits | str:
    if not remark.edits:
        return "apply.not-markdown"
    if len({edit.slice.path for edit in remark.edits}) > 1:
        return "apply.not-suggested"
    try:
        return suggested(tried.workspace.sources[remark.edits[0].slice.path], remark.edits, note)
    except Blocked as blocked:
        return blocked.code


def _right(
    refile: Refile,
    tried: Tried,
    ids: Iterable[str],
    made: Mapping[str, _Edits | str],
    plain: Mapping[str, _Edits],
) -> bool:
    """Whether these questions ask for what the plain edits would do, and change nothing until they are answered."""
    ids = tuple(ids)
    asked = [edits for id_ in ids if not isinstance(edits := made[id_], str)]
    with_questions = refile(_patched(tried, asked))
    with_edits = refile(_patched(tried, [plain[id_] for id_ in ids]))
    if tried.file is None or with_questions is None or with_edits is None:
        return False
    return asks(tried.file, with_questions, with_edits.anchors.paragraphs)


def _patched(tried: Tried, groups: Iterable[_Edits]) -> Mapping[str, str]:
    by_path: dict[str, list[SliceEdit]] = defaultdict(list)
    for edits in groups:
        for edit in edits:
            by_path[edit.slice.path].append(edit)
    return {path: marks(tried.workspace.sources[path].text, edits)[0] for path, edits in by_path.items()}
