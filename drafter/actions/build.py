"""`drafter build`: plans as Word files, each with the record that a returned copy is held against."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.actions import store
from drafter.actions.composing import Composer, Form, chosen_plans, loaded
from drafter.actions.settings import settings_for
from drafter.merge.names import Settings
from drafter.source.edits import write_atomically
from drafter.source.filenames import clean
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Outcome, Place, Refused
from drafter.word.anchors import WordFile
from drafter.workspace.model import Plan

if TYPE_CHECKING:
    # Types only: most builds ask LibreOffice for nothing.
    from drafter.actions.office import Office
    from drafter.actions.printing import Laid

OUT = "build"
PDF = ".pdf"

QUIET = frozenset({"workspace.slot-empty", "frame.style-changed"})
"""What only `check` says: a plan in the making has many slots that nobody has written yet, and builds all the same; a frame of
the office's own has many styles of its own."""


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """One Word file: of which plan, where, characters of text, and seconds that it took (reading the workspace included in the first).

    `pages` is how many it has as LibreOffice lays it out, 0 where nobody counted; `pdf` the path of the PDF beside it, empty without one.
    """

    plan: str
    path: str
    characters: int
    seconds: float
    pages: int = 0
    pdf: str = ""


@dataclass(frozen=True, slots=True)
class Built:
    """What was built."""

    files: tuple[BuiltFile, ...]


def build(  # noqa: PLR0913 -- the flags of the command line
    root: Path,
    plans: Iterable[str],
    stage: str | None = None,
    day: date | None = None,
    internal: bool = False,  # noqa: FBT001, FBT002 -- the command line's own flags
    public: bool = False,  # noqa: FBT001, FBT002 -- the same
    out: Path | None = None,
    *,
    sources: bool = False,
    reading: bool = False,
    pages: bool = False,
    pdf: bool = False,
) -> Outcome[Built]:
    """Build the named plans, or all. A problem in one fragment or plan does not keep the others from being built.

    `sources` adds the annex that says where each number comes from, `reading` makes reading copies; `pages` has LibreOffice fill in the pages
    of the contents, `pdf` has it make a PDF beside each Word file, with the pages too, because nobody can put them in later.
    """
    began = time.perf_counter()
    workspace, found = loaded(root)
    files: list[BuiltFile] = []
    issues = [issue for issue in found if issue.code not in QUIET]
    titles = Counter(plan.title.text for plan in workspace.plans.values())
    with ExitStack() as stack:
        office = stack.enter_context(_office()) if pages or pdf else None
        building = _Building(root, Composer(workspace), Form(reading=reading), office, pdf=pdf)
        for plan in chosen_plans(workspace, plans, found):
            asked = settings_for(workspace, plan, stage, day, internal=internal, public=public)
            settings = replace(asked, sources=sources)
            name = file_name(plan, settings, alone=titles[plan.title.text] == 1, reading=reading)
            file = building.built(plan, settings, (out or root / OUT) / name, issues)
            if file is not None:
                files.append(replace(file, seconds=time.perf_counter() - began))
                began = time.perf_counter()
    return Outcome(Built(tuple(files)), once(issues))


@dataclass(frozen=True, slots=True)
class _Building:
    """What all plans of one build share."""

    root: Path
    composer: Composer
    form: Form
    office: Office | None
    pdf: bool

    def built(self, plan: Plan, settings: Settings, path: Path, issues: list[Issue]) -> BuiltFile | None:
        """One plan's files, None where there is no Word file; what was wrong is added to `issues`."""
        made = self.composer.written(plan, settings, self.form)
        issues += [issue for issue in made.issues if issue.code not in QUIET]
        issues += self.composer.checked(plan, settings)
        if made.value is None:
            return None
        file, laid = made.value, None
        if self.office is not None:
            laid = self._laid(self.office, plan, settings, path, file)
            file = laid.file
            issues += laid.issues
        try:
            # The record first: a Word file that nobody could hold a returned copy against must not leave the house.
            store.keep(self.root, self.composer.record(plan, settings, file, self.form))
            issues += _put(path, file.data)
        except Refused as refused:
            issues += refused.issues
            return None
        built = BuiltFile(plan.id, path.as_posix(), characters(file), 0.0)
        return replace(built, pages=laid.pages, pdf=_put_pdf(path, laid.pdf, issues)) if laid else built

    def _laid(self, office: Office, plan: Plan, settings: Settings, path: Path, file: WordFile) -> Laid:
        from drafter.actions.printing import Laid, laid_out

        def write(form: Form) -> WordFile | None:
            return self.composer.written(plan, settings, form).value

        return laid_out(office, write, Laid(file, self.form), path.as_posix(), pdf=self.pdf)


def _office() -> Office:
    from drafter.actions.office import Office

    return Office()


def _put(path: Path, data: bytes) -> Iterator[Issue]:
    """Write a file. One that is open in a word processor is written all the same where the system allows it, and said."""
    for lock in (*(f"~${path.name[cut:]}" for cut in range(3)), f".~lock.{path.name}#", f".~{path.name}"):
        if (path.parent / lock).exists():
            yield Issue("build.open", Place(path.as_posix()))
            break
    write_atomically(path, data)


def _put_pdf(path: Path, data: bytes, issues: list[Issue]) -> str:
    """Write the PDF beside its Word file; its path, or empty where there is none."""
    if not data:
        return ""
    target = path.with_suffix(PDF)
    try:
        write_atomically(target, data)
    except Refused as refused:
        issues += refused.issues
        return ""
    return target.as_posix()


def characters(file: WordFile) -> int:
    """How much text a file has. Breaks and tabs are none, and the table of contents only repeats."""
    shown = "".join([anchor.text for anchor in file.anchors.paragraphs if anchor.kind != "toc"])
    return len(shown) - shown.count("\n") - shown.count("\t")


def file_name(plan: Plan, settings: Settings, *, alone: bool = True, reading: bool = False) -> str:
    """`计划名（征求意见稿）.docx`, of a paper its title alone, with what a file name cannot hold replaced; a plan that is not `alone` in its title adds its id."""
    kind = "（内部）" if settings.internal else "（公开）" if settings.public else ""
    stage = f"（{settings.stage}）" if settings.stage and plan.paper is None else ""
    copy = "（阅读稿）" if reading else ""
    return clean(f"{plan.title.text}{'' if alone else f'（{plan.id}）'}{stage}{kind}{copy}") + ".docx"


def once(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Each issue once, file by file: two plans that print one fragment meet its problems twice."""
    seen: dict[tuple[object, ...], Issue] = {}
    for issue in issues:
        seen.setdefault((issue.code, issue.place, tuple(sorted(issue.facts.items()))), issue)
    return tuple(sorted(seen.values(), key=_position))


def _position(issue: Issue) -> tuple[str, int, int]:
    return issue.place.file, issue.place.line, issue.place.column
