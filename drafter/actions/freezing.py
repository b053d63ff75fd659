"""A version of a plan in the making: what speaks against it, its manifest, its files and its copies. Nothing is written here."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path

from drafter.actions import git
from drafter.actions.build import once
from drafter.actions.check import examined
from drafter.actions.composing import ORDINARY, Composer, Form, frame_name
from drafter.actions.copies import copy_edges, made_copies, master_of, public_copy
from drafter.actions.office import Office
from drafter.actions.printing import Laid, laid_out
from drafter.actions.settings import frame_facts, settings_for, source_of
from drafter.actions.shelf import FOLDER, RECORDS, SNAPSHOT
from drafter.actions.words import refuse_unwritable
from drafter.document.extract import giving
from drafter.release.manifest import MASTER, READING, Copy, Manifest, snapshot_hash
from drafter.release.naming import refused_recipients
from drafter.release.proof import Proof, prove
from drafter.release.recipients import chosen, known
from drafter.release.stages import Issuance, following, goes_back
from drafter.source.codes import Severity
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Place, Refused, has_errors
from drafter.source.listed import listed
from drafter.source.messages import os_reason
from drafter.word.anchors import Record, WordFile
from drafter.word.public import stripped
from drafter.word.record import dumped
from drafter.workspace.model import Plan, Workspace


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a release is asked for. `to` are recipients and groups; `force` is the reason to go on against what speaks against it.

    `reading` adds reading copies, `pages` has LibreOffice count the pages of the contents, `pdf` has it make a PDF beside each copy.
    """

    stage: str
    to: tuple[str, ...] = ()
    deadline: date | None = None
    note: str = ""
    day: date | None = None
    again: bool = False
    force: str = ""
    internal: bool = False
    public: bool = False
    reading: bool = False
    pages: bool = False
    pdf: bool = False
    enforce: bool = False
    watermark: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class _Edition:
    """The version in one form: the name of its master, its bytes, and the record that its copies are held against."""

    master: str
    data: bytes
    record: Record


class Version:
    """A version in the making: what speaks against it, and what it will be."""

    def __init__(
        self, workspace: Workspace, plan: Plan, wanted: Wanted, before: tuple[Issuance, ...]
    ) -> None:
        self.workspace, self.plan, self.wanted, self.before = workspace, plan, wanted, before
        refuse_unwritable(
            {
                "--note": wanted.note,
                "--force": wanted.force,
                "--by": wanted.by,
                "--watermark": wanted.watermark,
            }
        )
        self.composer = Composer(workspace)
        asked = settings_for(
            workspace, plan, wanted.stage, wanted.day, internal=wanted.internal, public=wanted.public
        )
        self.issuance = following(before, asked.stage, public=wanted.public)
        again = self.issuance.time > 1
        self.settings = replace(
            asked,
            label=self.issuance.label if again else "",
            tracking=not wanted.public,
            enforced=wanted.enforce,
            watermark=wanted.watermark,
        )
        self.recipients = _recipients(workspace, wanted)
        self.told: tuple[Issue, ...] = ()  # what there is to say of it once it is made

    def against(self, found: tuple[Issue, ...]) -> Iterator[Issue]:
        """Every reason not to issue it; what `force` overrides."""
        later = goes_back(self.workspace.stages, self.before, self.issuance.stage)
        if later and not self.wanted.again:
            facts = {"plan": self.plan.id, "stage": self.issuance.stage, "later": later}
            yield Issue("release.goes-back", Place(self.plan.path), facts)
        until, drafted = self.wanted.deadline, self.settings.date
        if until and drafted and until < drafted:
            facts = {"deadline": until.isoformat(), "date": drafted.isoformat()}
            yield Issue("release.deadline-early", Place(self.plan.path), facts)
        looked = examined(self.composer, [(self.plan, self.settings)], found)
        yield from once(issue for issue in looked if _stops(issue) and self._concerns(issue.place.file))

    def _concerns(self, path: str) -> bool:
        """Whether a file has to do with this plan: other plans and their fragments keep no release back."""
        if path.startswith(("sections/", "data/plans/")):
            own = giving(self.plan, self.workspace.fragments.values(), self.workspace.sources)
            return path in own or path in {self.plan.path, source_of(self.workspace, self.plan).path}
        return True

    def made(self, moment: str) -> tuple[Manifest, Mapping[str, bytes], Mapping[str, bytes]]:
        """The manifest, the files beside it, and the copies by name."""
        editions = tuple(self._editions())
        record = editions[0].record
        snapshot = dict(_snapshot(self.workspace.root, record.sources))
        manifest = self._manifest(record, moment)
        frame = snapshot[manifest.frame]
        files: dict[str, bytes] = {}
        copies: list[tuple[Copy, bytes]] = []
        for each in editions:
            own, known = self._copies(manifest, each, frame)
            copies += own
            files |= {each.master: each.data, RECORDS[each.master]: dumped(known)}
        manifest = replace(manifest, files={name: _sha256(data) for name, data in files.items()})
        shelved = {**files, **{f"{SNAPSHOT}/{path}": data for path, data in snapshot.items()}}
        manifest = replace(manifest, copies=tuple(copy for copy, _ in copies))
        return manifest, shelved, {copy.file: data for copy, data in copies}

    def _editions(self) -> Iterator[_Edition]:
        """The version as it is issued: for everybody, and where it is asked for to be read on paper."""
        forms = {MASTER: ORDINARY, **({READING: Form(reading=True)} if self.wanted.reading else {})}
        with ExitStack() as stack:
            office = stack.enter_context(Office()) if self.wanted.pages else None
            for name, form in forms.items():
                file = self._written(form, office)
                record = self.composer.record(self.plan, self.settings, file, form)
                yield _Edition(name, stripped(file.data) if self.wanted.public else file.data, record)

    def _written(self, form: Form, office: Office | None) -> WordFile:
        """The file, with the pages of its contents where they are asked for. Raises `Refused` where it cannot be written or nobody can count them."""
        written = self.composer.written(self.plan, self.settings, form)
        if written.value is None:
            raise Refused(*written.issues)
        if office is None:
            return written.value
        laid = laid_out(office, self._write, Laid(written.value, form), self.plan.path, pdf=False)
        if has_errors(laid.issues):
            raise Refused(*laid.issues)
        self.told += laid.issues
        return laid.file

    def _write(self, form: Form) -> WordFile | None:
        return self.composer.written(self.plan, self.settings, form).value

    def _copies(
        self, manifest: Manifest, edition: _Edition, frame: bytes
    ) -> tuple[tuple[tuple[Copy, bytes], ...], Record]:
        """The copies of an edition, and its record with what their headers say."""
        if self.wanted.public:
            return (public_copy(manifest, edition.data),), edition.record
        until = self.wanted.deadline.isoformat() if self.wanted.deadline else ""
        master = master_of(manifest, edition.data, frame)
        release = edition.record.release
        made = tuple(made_copies(manifest, release, master, self.recipients, until, edition.master))
        lines = copy_edges(manifest, (copy for copy, _ in made), master, edition.record.edges)
        return made, replace(edition.record, copies=lines)

    def proof(self, copies: Mapping[str, bytes]) -> tuple[Proof, ...]:
        """What a file for the public was searched for. Raises `Refused` where anything was found and nobody gave a reason."""
        if not self.wanted.public:
            return ()
        (data,) = copies.values()
        proof = prove(data, self.workspace.internal)
        left = [each for each in proof if each.found]
        if left and not self.wanted.force:
            place = Place(self.plan.path)
            raise Refused(
                *(Issue(f"release.public-{each.what}", place, {"found": listed(each.found)}) for each in left)
            )
        return proof

    def _manifest(self, record: Record, moment: str) -> Manifest:
        """The manifest without its files and copies."""
        return Manifest(
            plan=self.plan.id,
            title=self.plan.title.text,
            issuance=self.issuance,
            date=self.settings.date.isoformat() if self.settings.date else "",
            issued=moment,
            by=self.wanted.by or git.user(self.workspace.root),
            note=self.wanted.note,
            forced=self.wanted.force,
            engine=record.engine,
            revision=_revision(self.workspace.root),
            id=record.release,
            settings=record.settings,
            frame=frame_name(self.plan),
            facts=frame_facts(self.plan, self.settings),
            snapshot=snapshot_hash(record.sources),
            sources=record.sources,
            files={},
            copies=(),
        )


def _stops(issue: Issue) -> bool:
    """Errors stop a release, and so does an open question where none may be asked any more."""
    return issue.severity is Severity.ERROR or issue.code == "document.critic-open"


def _recipients(workspace: Workspace, wanted: Wanted) -> tuple[str, ...]:
    """The names of who receives a copy. Raises `Misnamed` for unknown ones and for those that no file name can hold."""
    outcome = chosen(known(workspace), wanted.to)
    names = outcome.value or ()
    issues = (*outcome.issues, *refused_recipients(names))
    if issues:
        raise Refused(*issues)
    return names


def _snapshot(root: Path, sources: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """Every file that went in, as it is on the disk. Raises `Refused` where one is not any more what was read."""
    changed = []
    for path, digest in sources.items():
        try:
            data = (root / path).read_bytes()
        except OSError as error:
            changed.append(Issue("source.unreadable", Place(path), {"reason": os_reason(error)}))
            continue
        if _sha256(data) != digest:
            changed.append(Issue("source.changed-meanwhile", Place(path)))
        yield path, data
    if changed:
        raise Refused(*changed)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _revision(root: Path) -> str:
    """The revision of git that the workspace stands at, with `+` where its files differ from it, what was issued aside; empty without git."""
    try:
        head = git.said(root, "rev-parse", "HEAD")
        return head + (
            "+" if git.said(root, "status", "--porcelain", "--", ".", f":(exclude){FOLDER}") else ""
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
