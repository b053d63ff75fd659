"""Problems in a user's files, as values: places, issues with a code of the catalogue (`codes`), and outcomes that carry them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Generic, TypeVar

from drafter.source.codes import SEVERITIES, Severity

T = TypeVar("T")


class Severity(StrEnum):
    """How much a problem weighs: an error makes the command exit with 1."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


SEVERITIES: Mapping[str, Severity] = MappingProxyType(
    {
        # source: files
        "source.encoding": Severity.ERROR,
        "source.gb18030": Severity.INFO,
        "source.binary": Severity.ERROR,
        "source.unreadable": Severity.ERROR,
        "source.unwritable": Severity.ERROR,
        "source.changed-meanwhile": Severity.ERROR,
        "source.outside": Severity.ERROR,
        "source.locked": Severity.ERROR,
        # yaml: the layer below the schemas
        "yaml.syntax": Severity.ERROR,
        "yaml.quote": Severity.ERROR,
        "yaml.colon": Severity.ERROR,
        "yaml.odd-space": Severity.ERROR,
        "yaml.full-width": Severity.ERROR,
        "yaml.space": Severity.ERROR,
        "yaml.two-colons": Severity.ERROR,
        "yaml.no-colon": Severity.ERROR,
        "yaml.indent": Severity.ERROR,
        "yaml.bracket": Severity.ERROR,
        "yaml.comma": Severity.ERROR,
        "yaml.after-quote": Severity.ERROR,
        "yaml.needs-quotes": Severity.ERROR,
        "yaml.tab": Severity.ERROR,
        "yaml.duplicate-key": Severity.ERROR,
        "yaml.anchor": Severity.ERROR,
        "yaml.tag": Severity.ERROR,
        "yaml.documents": Severity.ERROR,
        "yaml.key": Severity.ERROR,
        "yaml.character": Severity.ERROR,
        "yaml.too-deep": Severity.ERROR,
        # workspace: plans, fragments, datasets, formulas
        "workspace.empty-file": Severity.ERROR,
        "workspace.not-text": Severity.ERROR,
        "workspace.not-whole": Severity.ERROR,
        "workspace.not-year": Severity.ERROR,
        "workspace.not-number": Severity.ERROR,
        "workspace.not-date": Severity.ERROR,
        "workspace.not-flag": Severity.ERROR,
        "workspace.not-list": Severity.ERROR,
        "workspace.not-mapping": Severity.ERROR,
        "workspace.not-identifier": Severity.ERROR,
        "workspace.not-slot": Severity.ERROR,
        "workspace.choice": Severity.ERROR,
        "workspace.unknown-key": Severity.ERROR,
        "workspace.missing-key": Severity.ERROR,
        "workspace.only-records": Severity.ERROR,
        "workspace.view-groups": Severity.ERROR,
        "workspace.view-datasets": Severity.ERROR,
        "workspace.no-dataset": Severity.ERROR,
        "workspace.dataset-clash": Severity.ERROR,
        "workspace.reserved": Severity.ERROR,
        "workspace.duplicate-id": Severity.ERROR,
        "workspace.duplicate-column": Severity.ERROR,
        "workspace.unknown-column": Severity.ERROR,
        "workspace.option": Severity.ERROR,
        "workspace.one-dataset": Severity.ERROR,
        "workspace.formula-cell": Severity.ERROR,
        "workspace.ambiguous": Severity.ERROR,
        "workspace.unknown-dataset": Severity.ERROR,
        "workspace.unknown-row": Severity.ERROR,
        "workspace.unknown-owner": Severity.ERROR,
        "workspace.value-or-formula": Severity.ERROR,
        "workspace.view-year": Severity.ERROR,
        "workspace.no-year": Severity.ERROR,
        "workspace.period": Severity.ERROR,
        "workspace.format-line": Severity.ERROR,
        "workspace.format-font": Severity.ERROR,
        "workspace.plan-missing": Severity.ERROR,
        "workspace.extract-of": Severity.ERROR,
        "workspace.extract-outline": Severity.ERROR,
        "workspace.plan-id": Severity.ERROR,
        "workspace.plan-unlisted": Severity.WARNING,
        "workspace.unknown-plan": Severity.ERROR,
        "workspace.unknown-stage": Severity.ERROR,
        "workspace.no-front-matter": Severity.ERROR,
        "workspace.unclosed-front-matter": Severity.ERROR,
        "workspace.duplicate-fragment": Severity.ERROR,
        "workspace.duplicate-slot": Severity.ERROR,
        "workspace.slot-plan": Severity.ERROR,
        "workspace.slot-written": Severity.WARNING,
        "workspace.slot-empty": Severity.WARNING,
        "workspace.fragment-missing": Severity.ERROR,
        "workspace.fragment-orphan": Severity.ERROR,
        "formula.syntax": Severity.ERROR,
        "formula.unfinished": Severity.ERROR,
        "formula.unknown-function": Severity.ERROR,
        "formula.too-deep": Severity.ERROR,
        "formula.arguments": Severity.ERROR,
        "formula.unknown-dataset": Severity.ERROR,
        "formula.unknown-name": Severity.ERROR,
        "formula.absent": Severity.ERROR,
        "formula.missing-year": Severity.ERROR,
        "formula.no-years": Severity.ERROR,
        "formula.year-needed": Severity.ERROR,
        "formula.no-member": Severity.ERROR,
        "formula.column": Severity.ERROR,
        "formula.no-value": Severity.ERROR,
        "formula.not-numbers": Severity.ERROR,
        "formula.not-counted": Severity.ERROR,
        "formula.text": Severity.ERROR,
        "formula.unknown-value": Severity.ERROR,
        "formula.unit": Severity.ERROR,
        "formula.units": Severity.ERROR,
        "formula.division-by-zero": Severity.ERROR,
        "formula.cagr-sign": Severity.ERROR,
        "formula.too-large": Severity.ERROR,
        "formula.nothing": Severity.ERROR,
        "formula.cycle": Severity.ERROR,
        # merge: Jinja2
        "merge.undefined": Severity.ERROR,
        "merge.no-member": Severity.ERROR,
        "merge.empty": Severity.ERROR,
        "merge.no-value": Severity.ERROR,
        "merge.unprintable": Severity.ERROR,
        "merge.private-use": Severity.ERROR,
        "merge.captured": Severity.ERROR,
        "merge.syntax": Severity.ERROR,
        "merge.sign": Severity.ERROR,
        "merge.unclosed": Severity.ERROR,
        "merge.tag": Severity.ERROR,
        "merge.filter": Severity.ERROR,
        "merge.template": Severity.ERROR,
        "merge.endless": Severity.ERROR,
        "merge.argument": Severity.ERROR,
        "merge.form": Severity.ERROR,
        "merge.failed": Severity.ERROR,
        "merge.guard": Severity.ERROR,
        # document: Markdown, numbering, references
        "document.unclosed-block": Severity.ERROR,
        "document.stray-close": Severity.ERROR,
        "document.unknown-block": Severity.ERROR,
        "document.table-block": Severity.ERROR,
        "document.table-cells": Severity.ERROR,
        "document.html": Severity.ERROR,
        "document.list-space": Severity.WARNING,
        "document.definition": Severity.WARNING,
        "document.note-undefined": Severity.ERROR,
        "document.note-unused": Severity.WARNING,
        "document.note-doubled": Severity.ERROR,
        "document.level": Severity.ERROR,
        "document.attribute": Severity.WARNING,
        "document.name": Severity.ERROR,
        "document.reference": Severity.ERROR,
        "document.link-unused": Severity.WARNING,
        "document.untraced": Severity.ERROR,
        "document.critic-open": Severity.WARNING,
        "document.critic-unclosed": Severity.ERROR,
        "document.critic-content": Severity.ERROR,
        "document.critic-in-note": Severity.ERROR,
        "math.tex": Severity.ERROR,
        "math.pandoc": Severity.ERROR,
        "figure.outside": Severity.ERROR,
        "figure.missing": Severity.ERROR,
        "figure.unreadable": Severity.ERROR,
        "figure.format": Severity.ERROR,
        "figure.too-large": Severity.ERROR,
        "figure.width": Severity.ERROR,
        "figure.block": Severity.ERROR,
        "refs.unknown-target": Severity.ERROR,
        "refs.doubled-id": Severity.ERROR,
        # views: tables made from data
        "views.unknown-view": Severity.ERROR,
        "views.unknown-name": Severity.ERROR,
        # checks: what is wrong with a plan, though every file can be read
        "checks.extract-limit": Severity.ERROR,
        "checks.binding-left-out": Severity.WARNING,
        "checks.failed": Severity.ERROR,
        "checks.not-filled": Severity.ERROR,
        "checks.broken": Severity.ERROR,
        "checks.not-alike": Severity.ERROR,
        "checks.quotes": Severity.ERROR,
        "checks.not-written": Severity.WARNING,
        "checks.unused": Severity.INFO,
        "checks.unused-rows": Severity.WARNING,
        "checks.direction": Severity.WARNING,
        "checks.percent": Severity.WARNING,
        "checks.no-owner": Severity.WARNING,
        "checks.typed-number": Severity.WARNING,
        "checks.later": Severity.ERROR,
        "checks.later-draft": Severity.WARNING,
        # frame, word: the Word file
        "frame.missing": Severity.ERROR,
        "frame.no-slot": Severity.ERROR,
        "frame.unknown-tag": Severity.ERROR,
        "frame.not-word": Severity.ERROR,
        "frame.unreadable": Severity.ERROR,
        "frame.braces": Severity.ERROR,
        "frame.unclosed": Severity.ERROR,
        "frame.syntax": Severity.ERROR,
        "frame.filter": Severity.ERROR,
        "frame.statement": Severity.ERROR,
        "frame.block": Severity.ERROR,
        "frame.failed": Severity.ERROR,
        "frame.together": Severity.ERROR,
        "frame.slot-place": Severity.ERROR,
        "frame.slot-not-alone": Severity.ERROR,
        "frame.two-slots": Severity.ERROR,
        "frame.page-size": Severity.WARNING,
        "frame.even-footer": Severity.WARNING,
        "frame.marks": Severity.WARNING,
        "frame.theme-font": Severity.WARNING,
        "frame.clips": Severity.WARNING,
        "frame.style-undefined": Severity.WARNING,
        "frame.style-missing": Severity.INFO,
        "frame.style-changed": Severity.INFO,
        "frame.styles-changed": Severity.INFO,
        "word.view-unmade": Severity.ERROR,
        "word.note-in-note": Severity.ERROR,
        # picture, ooxml: a returned file
        "ooxml.empty": Severity.ERROR,
        "ooxml.not-zip": Severity.ERROR,
        "ooxml.truncated": Severity.ERROR,
        "ooxml.damaged": Severity.ERROR,
        "ooxml.encrypted": Severity.ERROR,
        "ooxml.old-format": Severity.ERROR,
        "ooxml.too-large": Severity.ERROR,
        "ooxml.too-many-parts": Severity.ERROR,
        "ooxml.bomb": Severity.ERROR,
        "ooxml.path": Severity.ERROR,
        "ooxml.doubled-part": Severity.ERROR,
        "ooxml.entities": Severity.ERROR,
        "ooxml.malformed": Severity.ERROR,
        "ooxml.too-deep": Severity.ERROR,
        "ooxml.not-word": Severity.ERROR,
        "ooxml.no-document": Severity.ERROR,
        "ooxml.part-left-out": Severity.WARNING,
        "picture.unknown-elements": Severity.WARNING,
        "picture.changes-in-headers": Severity.WARNING,
        # redline: two Word files compared
        "redline.revisions": Severity.ERROR,
        "redline.unrelated": Severity.WARNING,
        "redline.styles": Severity.INFO,
        "redline.header": Severity.INFO,
        "redline.comments": Severity.INFO,
        "redline.untracked": Severity.WARNING,
        # review: matching and applying
        "review.unaligned": Severity.INFO,
        "review.generated": Severity.INFO,
        "review.no-place": Severity.INFO,
        "review.no-range": Severity.INFO,
        "review.unsure": Severity.INFO,
        "review.structure": Severity.INFO,
        "review.move": Severity.INFO,
        "review.question": Severity.INFO,
        "review.copy": Severity.INFO,
        "review.comment": Severity.INFO,
        "review.conflict": Severity.INFO,
        "review.printed-elsewhere": Severity.INFO,
        "review.derived": Severity.INFO,
        "review.two-values": Severity.INFO,
        "review.value-neighbour": Severity.INFO,
        "review.value-removed": Severity.INFO,
        "review.unit": Severity.INFO,
        "review.unreadable-value": Severity.INFO,
        "review.template": Severity.INFO,
        "review.object": Severity.INFO,
        "review.character": Severity.INFO,
        "review.line-break": Severity.INFO,
        "review.yaml": Severity.INFO,
        "review.source-changed": Severity.INFO,
        "review.guard": Severity.INFO,
        "review.empty-paragraph": Severity.INFO,
        "review.data-row": Severity.INFO,
        "review.together": Severity.INFO,
        "review.mark-lost": Severity.WARNING,
        "review.looks-changed": Severity.WARNING,
        # release: versions that were issued
        "release.ledger-altered": Severity.ERROR,
        "release.ledger-broken": Severity.ERROR,
        "release.unknown-version": Severity.ERROR,
        "release.file-altered": Severity.ERROR,
        "release.cleaned": Severity.INFO,
        "release.entered": Severity.INFO,
        "release.unknown-recipient": Severity.ERROR,
        "release.recipient-twice": Severity.ERROR,
        "release.recipient-name": Severity.ERROR,
        # actions: commands
        "build.unknown-stage": Severity.ERROR,
        "build.unknown-plan": Severity.ERROR,
        "check.unknown-file": Severity.ERROR,
        "collect.twice": Severity.INFO,
        "collect.follows": Severity.INFO,
        "collect.elsewhere": Severity.INFO,
        "collect.not-written": Severity.INFO,
        "collect.no-id": Severity.ERROR,
        "collect.no-record": Severity.ERROR,
        "collect.bad-record": Severity.ERROR,
        "collect.source-changed": Severity.WARNING,
        "handbook.unknown-page": Severity.ERROR,
        "handbook.not-html": Severity.ERROR,
        "init.exists": Severity.ERROR,
        "watch.held": Severity.WARNING,
        "data-diff.unknown": Severity.ERROR,
        "data-diff.no-git": Severity.ERROR,
        "data-diff.no-workspace": Severity.ERROR,
        "data-diff.incomplete": Severity.WARNING,
        "trace.unknown": Severity.ERROR,
        "trace.no-line": Severity.ERROR,
        "trace.which-line": Severity.ERROR,
        "trace.no-source": Severity.ERROR,
        "trace.which": Severity.ERROR,
        "trace.not-there": Severity.ERROR,
        "trace.no-number": Severity.ERROR,
        "trace.bad-number": Severity.ERROR,
        # cli: the command line
        "cli.no-workspace": Severity.ERROR,
        "cli.not-a-workspace": Severity.ERROR,
        "cli.file": Severity.ERROR,
    }
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file: line and column from 1, or 0 where only the file is known; `excerpt` is the line itself."""

    file: str
    line: int = 0
    column: int = 0
    excerpt: str = field(default="", compare=False)


_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Issue:
    """One problem: a code of the catalogue, its place, and the facts that its sentence names."""

    code: str
    place: Place
    facts: Mapping[str, str] = field(default_factory=lambda: _NOTHING)

    @property
    def severity(self) -> Severity:
        """What the catalogue says of this code."""
        return SEVERITIES[self.code]


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What a stage could make, and what was wrong: `value` is None only where nothing could be made."""

    value: T | None
    issues: tuple[Issue, ...] = ()


class Refused(Exception):
    """An operation that cannot go on, with the issue that says why."""

    def __init__(self, *issues: Issue) -> None:
        super().__init__(*(issue.code for issue in issues))
        self.issues = issues


class Misnamed(Refused):
    """What was named on the command line is not there: wrong usage, and no fault of any file."""


def has_errors(issues: Iterable[Issue]) -> bool:
    """Whether any of the issues is an error."""
    return any(issue.severity is Severity.ERROR for issue in issues)
