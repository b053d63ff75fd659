"""The way from files to a document, stage by stage, for every command that needs a plan as it would be printed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from pathlib import Path

from drafter.actions.settings import frame_facts, noted, source_of
from drafter.document.assemble import assemble, levels
from drafter.document.extract import Whole, extracted, giving
from drafter.document.numbering import number
from drafter.document.reader import read_fragment
from drafter.document.references import Mentions, references
from drafter.document.tree import Document, FragmentTree, Line, NodeId, Numbering, Paragraph, Text
from drafter.merge.merger import Merger
from drafter.merge.names import Settings
from drafter.source.files import Source
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Misnamed, Outcome, Place, Refused, has_errors
from drafter.source.messages import os_reason
from drafter.source.nearest import suggestion
from drafter.source.origins import generated
from drafter.views import filled_tree
from drafter.word.anchors import READING, Record, WordFile
from drafter.word.dressing import dressed, noted_dress
from drafter.word.keeping import Kept
from drafter.word.record import Parts
from drafter.word.writing import write
from drafter.workspace.loading import load
from drafter.workspace.model import Fragment, Plan, Workspace
from drafter.workspace.pictures import PictureFile, picture_file

FAILED = "（本节有错误，未能排出。）"
"""Stands in the draft for a fragment that could not be read; which one and why is in the issues, never in the file."""


@dataclass(frozen=True, slots=True)
class Composed:
    """A plan as one numbered document."""

    document: Document
    numbering: Numbering
    pictures: Mapping[str, PictureFile] = field(default_factory=dict)
    formulas: Mapping[str, str] = field(default_factory=dict)
    whole: Document | None = None  # of an extract, what it was taken from


@dataclass(frozen=True, slots=True)
class Form:
    """What a Word file may be besides its text: a reading copy, and with the pages of its headings in the contents."""

    reading: bool = False
    pages: Mapping[NodeId, int] | None = None


ORDINARY = Form()

Trees = dict[tuple[str, ...], Outcome[FragmentTree]]
"""Fragments' trees by all that they were made from, so that a change of one file reads one file again."""


@dataclass(slots=True)
class Keeping:
    """What a running process keeps of one plan from one build to the next, beside its trees."""

    written: Kept = field(default_factory=Kept)
    mentions: Mentions = field(default_factory=dict)
    parts: Parts = field(default_factory=dict)


class Composer:
    """One workspace as it stands, and the documents made from it. `trees` may be shared with composers of its earlier or later states, and `kept`, by plan."""

    def __init__(
        self, workspace: Workspace, trees: Trees | None = None, kept: Mapping[str, Keeping] | None = None
    ) -> None:
        self.workspace = workspace
        self._kept = kept or {}
        self._trees: Trees = {} if trees is None else trees
        self.used: Trees = {}  # those that went into a document of this composer
        self._merger = Merger(workspace)
        self._ground = _digest(workspace.sources)
        self._frames: dict[str, str] = {}
        self._shown: dict[str, Mapping[str, str]] = {}

    def composed(self, plan: Plan, settings: Settings) -> Outcome[Composed]:
        """The plan's document. A fragment with errors does not hide the others: what it says is left out, and said."""
        issues: list[Issue] = []
        trees: dict[str, FragmentTree] = {}
        source = source_of(self.workspace, plan)
        for slot, level in levels(source).items():
            fragment = self.workspace.fragments.get(slot)
            if fragment is not None:
                read = self._tree(fragment, source, settings, level)
                issues += read.issues
                trees[slot] = read.value or _failed(fragment)
        assembled = assemble(source, self.workspace.fragments, trees)
        if assembled.value is None:
            return Outcome(None, (*issues, *assembled.issues))
        document = assembled.value
        keeping = self._kept.get(plan.id)
        mentions = keeping.mentions if keeping else None
        issues += [*assembled.issues, *references(document, self.workspace.sources, mentions)]
        whole = document if plan.extract else None
        if whole is not None:
            document = self._extract(plan, whole)
        if not _may_ask(self.workspace.stages, settings.stage):
            facts = {"stage": settings.stage}
            issues += [Issue("document.critic-open", place, facts) for place in document.questions]
        pictures = self._pictures(document, issues)
        numbering = _numbered(document, plan)
        if settings.sources:
            from drafter.actions.sources import annex

            told = annex(document, numbering, self.workspace)
            document = replace(document, blocks=(*document.blocks, *told))
            numbering = _numbered(document, plan)
        formulas = _formulas(document, issues)
        return Outcome(Composed(document, numbering, pictures, formulas, whole), self._own(plan, issues))

    def _extract(self, plan: Plan, document: Document) -> Document:
        """What an extract takes from the document of its plan."""
        source = source_of(self.workspace, plan)
        mark = plan.extract.mark if plan.extract else ""
        taken = {each.id for each in self.workspace.fragments.values() if mark in each.extract}
        whole = Whole(document, _numbered(document, source), source.short or f"《{source.title.text}》")
        return extracted(plan, whole, taken)

    def _own(self, plan: Plan, issues: Iterable[Issue]) -> tuple[Issue, ...]:
        """What is wrong with a plan; an extract has nothing to do with fragments that give it nothing."""
        if plan.extract is None:
            return tuple(issues)
        own = giving(plan, self.workspace.fragments.values(), self.workspace.sources)
        sections = "sections/"
        return tuple(
            each for each in issues if each.place.file in own or not each.place.file.startswith(sections)
        )

    def _pictures(self, document: Document, issues: list[Issue]) -> Mapping[str, PictureFile]:
        """The files of the document's pictures, by their keys; what is wrong with one is said where it is shown."""
        found: dict[str, PictureFile] = {}
        for picture in document.pictures:
            origin = picture.origin
            source = self.workspace.sources.get(origin.path) if origin else None
            place = source.place(origin.start) if source and origin else Place(picture.base)
            try:
                found[picture.key] = picture_file(self.workspace.root, picture.base, picture.address, place)
            except Refused as refused:
                issues += refused.issues
        return found

    def checked(self, plan: Plan, settings: Settings) -> tuple[Issue, ...]:
        """What is wrong with an extract as it would be printed; not asked when an edit is tried, which may well make it too long."""
        composed = self.composed(plan, settings).value if plan.extract else None
        if composed is None or composed.whole is None:
            return ()
        from drafter.checks.extracts import check_extract

        found = check_extract(self.workspace, plan, composed.document, composed.numbering, composed.whole)
        return tuple(found)

    def written(self, plan: Plan, settings: Settings, form: Form = ORDINARY) -> Outcome[WordFile]:
        """The plan's Word file, None where its frame cannot be used."""
        composed = self.composed(plan, settings)
        if composed.value is None:
            return Outcome(None, composed.issues)
        name = frame_name(plan)
        try:
            frame = (self.workspace.root / name).read_bytes()
        except FileNotFoundError:
            return Outcome(None, (*composed.issues, Issue("frame.missing", Place(name), {"plan": plan.id})))
        except OSError as error:
            reason = {"reason": os_reason(error)}
            return Outcome(None, (*composed.issues, Issue("frame.unreadable", Place(name), reason)))
        self._frames[name] = hashlib.sha256(frame).hexdigest()
        self._shown[plan.id] = {file.path: file.sha256 for file in composed.value.pictures.values()}
        made = write(
            composed.value.document,
            composed.value.numbering,
            dressed(frame, noted_dress(noted(settings))),
            frame_facts(plan, settings),
            profile=plan.profile,
            frame_name=name,
            paper=plan.paper,
            pictures=composed.value.pictures,
            formulas=composed.value.formulas,
            pages=form.pages,
            reading=form.reading,
            kept=self._kept[plan.id].written if plan.id in self._kept else None,
        )
        # why a table is not made was said where the text asks for it
        told = {"word.view-unmade"} if has_errors(composed.issues) else set()
        news = tuple(issue for issue in made.issues if issue.code not in told)
        return Outcome(made.value, (*composed.issues, *news))

    def record(self, plan: Plan, settings: Settings, file: WordFile, form: Form = ORDINARY) -> Record:
        """What stays at home for a file that was written."""
        from drafter import __version__

        used = dict(_sources_of(self.workspace, plan))
        return Record(
            release=file.release,
            plan=plan.id,
            engine=__version__,
            settings={**noted(settings), **({READING: "yes"} if form.reading else {})},
            sources={**{path: source.sha256 for path, source in used.items()}, **self._frames_of(plan)},
            texts={path: source.text for path, source in used.items()},
            anchors=file.anchors,
            questions=file.questions,
            edges=file.edges,
        )

    def _frames_of(self, plan: Plan) -> Mapping[str, str]:
        name = frame_name(plan)
        frames = {name: self._frames[name]} if name in self._frames else {}
        return {**frames, **self._shown.get(plan.id, {})}

    def _tree(self, fragment: Fragment, plan: Plan, settings: Settings, level: int) -> Outcome[FragmentTree]:
        source = self.workspace.sources[fragment.path]
        key = (self._ground, source.sha256 or source.text, fragment.path, plan.id, repr(settings), str(level))
        if key not in self._trees:
            self._trees[key] = self._read(fragment, plan, settings, level)
        tree = self.used[key] = self._trees[key]
        return tree

    def _read(self, fragment: Fragment, plan: Plan, settings: Settings, level: int) -> Outcome[FragmentTree]:
        merged = self._merger.merge(fragment.path, plan, settings, fragment.body)
        if merged.value is None:
            return Outcome(None, merged.issues)
        read = read_fragment(fragment.id, merged.value, fragment.path, self.workspace.sources, level)
        if read.value is None:
            return Outcome(None, (*merged.issues, *read.issues))
        made = filled_tree(read.value, self.workspace, plan, public=settings.public)
        return Outcome(made.value, (*merged.issues, *read.issues, *made.issues))


def _numbered(document: Document, plan: Plan) -> Numbering:
    return number(document, plan.numbering, paper=plan.paper is not None, apart=plan.annex_captions == "附表")


def _formulas(document: Document, issues: list[Issue]) -> Mapping[str, str]:
    """The document's formulas as Word shows them; what is wrong with one is said where it stands."""
    if not document.formulas:
        return {}
    from drafter.word.formulas import NoPandoc, formulas

    try:
        found = formulas(each.tex for each in document.formulas)
    except NoPandoc as error:
        issues.append(Issue("math.pandoc", document.formulas[0].place, {"reason": error.reason}))
        return {}
    issues += [
        Issue("math.tex", each.place, {"text": each.tex}) for each in document.formulas if not found[each.tex]
    ]
    return found


ASKED_IN = "讨论稿"
"""The last stage in which the writers may have open questions."""


def _may_ask(stages: tuple[str, ...], stage: str) -> bool:
    known = ASKED_IN in stages and stage in stages
    return known and stages.index(stage) <= stages.index(ASKED_IN)


def frame_name(plan: Plan) -> str:
    """The path of a plan's frame in the workspace."""
    return f"templates/{plan.frame}.docx"


def _failed(fragment: Fragment) -> FragmentTree:
    line = Line((Text(generated(FAILED, "failed")),))
    return FragmentTree(fragment.id, fragment.path, (Paragraph(f"{fragment.id}#1", line),), {})


def _digest(sources: Mapping[str, Source]) -> str:
    """One hash for everything that any fragment may print: data and macros, not the fragments themselves."""
    whole = hashlib.sha256()
    for path in sorted(sources):
        if not path.startswith("sections/"):
            whole.update(f"{path}\0{sources[path].sha256}\0".encode())
            if not sources[path].sha256:
                whole.update(sources[path].text.encode())
    return whole.hexdigest()


def _sources_of(workspace: Workspace, plan: Plan) -> Iterator[tuple[str, Source]]:
    """The files that a plan is made from: its fragments, and all data and macros."""
    own = giving(plan, workspace.fragments.values(), workspace.sources)
    for path, source in workspace.sources.items():
        if path in own or not path.startswith("sections/"):
            yield path, source


def chosen_plans(workspace: Workspace, names: Iterable[str], found: Iterable[Issue] = ()) -> tuple[Plan, ...]:
    """The plans of these names, all where none is named; refused with every unknown name.

    A plan whose own file has errors is no unknown name: then those of the issues `found` say why it is not there.
    """
    wanted = tuple(dict.fromkeys(names))
    missing = [name for name in wanted if name not in workspace.plans]
    unknown = [name for name in missing if f"data/plans/{name}.yaml" not in workspace.sources]
    if unknown:
        raise Misnamed(*(_unknown_plan(name, workspace) for name in unknown))
    if missing:
        raise Refused(*(issue for issue in found if has_errors((issue,))))
    return tuple(workspace.plans[name] for name in wanted) if wanted else tuple(workspace.plans.values())


def _unknown_plan(name: str, workspace: Workspace) -> Issue:
    facts = {"plan": name, "nearest": suggestion(name, workspace.plans)}
    return Issue("build.unknown-plan", Place("data/workspace.yaml"), facts)


def loaded(root: Path, overlay: Mapping[str, str] | None = None) -> tuple[Workspace, tuple[Issue, ...]]:
    """The workspace at `root` and what is wrong with it; refused where nothing of it can be used."""
    return usable(load(root, overlay))


def usable(outcome: Outcome[Workspace]) -> tuple[Workspace, tuple[Issue, ...]]:
    """What was loaded, and what is wrong with it; refused where nothing of it can be used."""
    if outcome.value is None:
        raise Refused(*outcome.issues)
    return outcome.value, outcome.issues
