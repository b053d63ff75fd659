"""The blank forms of a round, under `build/rounds/<plan>/<round>/`: what reviewers fill in, and the sheet for what comes by telephone and on paper."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from drafter.actions.framing import frame_of
from drafter.opinions.blanks import ENTRY, FORM, Occasion, entry_as_excel, form_as_excel, form_as_word
from drafter.release.manifest import Manifest
from drafter.release.naming import opinions_name
from drafter.rounds.model import Round
from drafter.source.edits import write_atomically
from drafter.source.issues import Issue, Outcome, Refused
from drafter.word.grids import Framed

_FRAME = "feedback"


def write_forms(root: Path, manifest: Manifest, round_: Round) -> Outcome[tuple[str, ...]]:
    """Write the forms of a round on this release; their paths. What cannot be made or written is told, the others are written all the same."""
    made = manifest.issuance
    title = manifest.title.replace("\n", "")
    occasion = Occasion(title, made.label, made.version, round_.until)
    folder = PurePosixPath("build/rounds", round_.plan, round_.id)
    facts = {**manifest.facts, "名称": manifest.title, "稿次": made.label}
    issues: list[Issue] = []
    files = {
        (FORM, "xlsx"): form_as_excel(occasion, round_.opened),
        (ENTRY, "xlsx"): entry_as_excel(occasion, round_.opened),
    }
    try:
        frame, name = frame_of(root, _FRAME)
        word = form_as_word(occasion, Framed(frame, name, facts))
        issues += word.issues
        files = {(FORM, "docx"): word.value, **files} if word.value else files
    except Refused as refused:
        issues += refused.issues
    written = []
    for (kind, ending), data in files.items():
        path = folder / f"{opinions_name(title, kind, round_.id)}.{ending}"
        try:
            write_atomically(root / path, data)
            written.append(path.as_posix())
        except Refused as refused:
            issues += refused.issues
    return Outcome(tuple(written), tuple(issues))
