"""A workspace built in memory, and reviewers who change what was issued: no Word file is written, so that thousands of edits are cheap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from drafter.picture.model import CellPlace, Paragraph, Picture, Revision, Run
from drafter.review.apply import Plan, plan_edits
from drafter.review.match import match
from drafter.review.remarks import Remark
from drafter.source.files import Source
from drafter.word.anchors import Anchor, AnchorMap, Record


@dataclass
class Desk:
    """A workspace on disk, its issued anchors, and the calls that bring a returned picture home."""

    root: Path
    record: Record = field(init=False)
    sources: Mapping[str, Source] = field(init=False)

    def __post_init__(self) -> None:
        from drafter.actions.composing import Composer, loaded
        from drafter.actions.settings import settings_for

        workspace, _ = loaded(self.root)
        plan = next(iter(workspace.plans.values()))
        settings = settings_for(workspace, plan, None, None, internal=False, public=False)
        self._trees: dict[object, object] = {}
        composer = Composer(workspace, self._trees)  # type: ignore[arg-type]
        made = composer.written(plan, settings)
        assert made.value is not None, made.issues
        self.issues = made.issues
        self.sources = workspace.sources
        self.record = composer.record(plan, settings, made.value)
        self._settings = settings
        self.builds = 0

    @property
    def issued(self) -> tuple[Anchor, ...]:
        return self.record.anchors.paragraphs

    def rebuild(self, overlay: Mapping[str, str]) -> AnchorMap | None:
        from drafter.actions.composing import Composer, loaded

        self.builds += 1
        workspace, _ = loaded(self.root, overlay)
        plan = workspace.plans.get(self.record.plan)
        if plan is None:
            return None
        made = Composer(workspace, self._trees).written(plan, self._settings)  # type: ignore[arg-type]
        return made.value.anchors if made.value else None

    def collect(self, picture: Picture) -> tuple[tuple[Remark, ...], Plan]:
        remarks = match(self.record, picture).value
        assert remarks is not None
        return remarks, plan_edits(self.record, remarks, self.sources, self.rebuild)

    def texts(self, plan: Plan) -> list[str]:
        rebuilt = self.rebuild(plan.patched)
        assert rebuilt is not None
        return printed(rebuilt.paragraphs)


def printed(anchors: Sequence[Anchor]) -> list[str]:
    return [anchor.text for anchor in anchors if anchor.kind != "toc"]


@dataclass
class Draft:
    """A returned paragraph in the making: runs of text, each with its revisions."""

    runs: list[Run]
    style: str
    names: tuple[str, ...] = ()
    cell: CellPlace | None = None
    mark: tuple[Revision, ...] = ()
    row: tuple[Revision, ...] = ()
    story: str = "body"
    toc: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    def say(self, text: str) -> None:
        """Silently another text."""
        self.runs = [Run(text)]

    def track(self, start: int, end: int, new: str, author: str = "张三", number: int = 1) -> None:
        """Another text by tracked changes."""
        from drafter.picture.model import Change

        old = self.text
        gone = Revision(f"{number}", Change.DELETED, author, "2021-01-20T09:00:00Z")
        come = Revision(f"{number}", Change.INSERTED, author, "2021-01-20T09:00:00Z")
        parts = [Run(old[:start]), Run(old[start:end], (gone,)), Run(new, (come,)), Run(old[end:])]
        self.runs = [run for run in parts if run.text]


def drafts(issued: Sequence[Anchor], *, names: bool = True) -> list[Draft]:
    """The issued paragraphs as a word processor gives them back untouched."""
    out: list[Draft] = []
    tables, rows, notes = 0, 0, 0
    last: Anchor | None = None
    for anchor in issued:
        cell = None
        if anchor.column >= 0:
            fresh = last is None or last.name != anchor.name
            tables += last is None or last.column < 0
            rows += fresh
            cell = CellPlace(tables, rows, anchor.column)
        story = "body"
        if anchor.kind == "footnote":
            notes += 1
            story = f"footnote:{notes}"
        first = names and anchor.name and anchor.column <= 0
        out.append(
            Draft(
                [Run(anchor.text)] if anchor.text else [],
                anchor.kind,
                (anchor.name,) if first else (),
                cell,
                story=story,
                toc=anchor.kind == "toc",
            )
        )
        last = anchor
    return out


def picture(made: Sequence[Draft]) -> Picture:
    paragraphs = tuple(
        Paragraph(
            index, tuple(draft.runs), draft.style, draft.names, (), draft.mark, draft.cell, draft.row, draft.story, draft.toc
        )
        for index, draft in enumerate(made)
    )  # fmt: skip
    return Picture(paragraphs, (), "r", {})
