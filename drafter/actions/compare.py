"""`drafter compare PLAN OLD [NEW]`: the table of changes (修改对照表) between two versions, as Word and as Excel."""

from __future__ import annotations

from pathlib import Path

from drafter.actions.build import OUT
from drafter.actions.differences import differences, told
from drafter.actions.framing import frame_of
from drafter.actions.marking import Marks, signed
from drafter.actions.opinions import causes, unmade
from drafter.actions.redline import Told
from drafter.actions.versions import Asked, Side, sides
from drafter.comparison.sheet import TITLE, Sheet, sheet
from drafter.papers.notes import annotated
from drafter.release.naming import between_name
from drafter.source.edits import write_atomically
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Outcome

FORMS = ("docx", "xlsx")


@dataclass(frozen=True, slots=True)
class Tabled:
    """The files that were written, the sentence that counts the changes, the changes; rounds and opinions as in `drafter.actions.redline.Redlined`."""

    files: tuple[str, ...]
    sentence: str
    changes: tuple[Told, ...]
    same: bool
    rounds: tuple[str, ...]
    unmade: tuple[str, ...]


def compare(
    root: Path, asked: Asked, forms: tuple[str, ...] = FORMS, out: Path | None = None
) -> Outcome[Tabled]:
    """Write the table in each of `forms`. Raises `Misnamed` and `Refused` (see `drafter.actions.versions.sides`)."""
    found = sides(root, asked)
    if found.value is None:
        return Outcome(None, found.issues)
    old, new = found.value
    opinions = causes(root, asked.plan, old, new)
    made = differences(root, asked.plan, found.value, signed(new, Marks()), opinions.value)
    issues = [*found.issues, *opinions.issues, *made.issues]
    if made.value is None:
        return Outcome(None, tuple(issues))
    table = sheet(new.title, (old.version, new.version), made.value.told)
    if opinions.value is not None:
        table = annotated(table, (change for change, _ in made.value.told), opinions.value)
    base = (out or root / OUT) / between_name(new.title, TITLE, old.name, new.name)
    written = []
    for form in forms:
        data = _as_word(root, table, new, issues) if form == "docx" else _as_excel(table, new)
        if data is None:
            return Outcome(None, tuple(issues))
        path = base.with_name(f"{base.name}.{form}")
        write_atomically(path, data)
        written.append(path.as_posix())
    shown = told(made.value.told, opinions.value)
    left = unmade(made.value, opinions.value)
    return Outcome(Tabled(tuple(written), table.sentence, shown, not shown, *left), tuple(issues))


def _as_word(root: Path, table: Sheet, new: Side, issues: list[Issue]) -> bytes | None:
    from drafter.comparison.word import document

    facts = {"名称": new.title, "编制单位": new.unit, "稿次": new.version.stage, "日期": new.version.day}
    made = document(table, *frame_of(root, "compare"), facts)
    issues += made.issues
    return made.value


def _as_excel(table: Sheet, new: Side) -> bytes:
    from drafter.comparison.excel import workbook

    return workbook(table, new.version.day)
