"""`drafter release`: a draft leaves the office as a version that can never change, with a numbered copy for each recipient.

What speaks against it is said all at once, and nothing is written. With a reason given by `force` it is made all the same, and the reason is kept.
"""

from __future__ import annotations

import getpass
import hashlib
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from drafter.actions.build import once
from drafter.actions.check import examined
from drafter.actions.composing import Composer, chosen_plans, frame_name, loaded
from drafter.actions.copies import made_copies, master_of, public_copy, write_copies
from drafter.actions.settings import frame_facts, settings_for, source_of
from drafter.actions.shelf import MASTER, RECORD, SNAPSHOT, Shelf, issued_before
from drafter.document.extract import giving
from drafter.release.manifest import Copy, Manifest, snapshot_hash
from drafter.release.naming import refused_recipients
from drafter.release.proof import Proof, prove
from drafter.release.recipients import chosen, known
from drafter.release.stages import Issuance, following, goes_back
from drafter.source.codes import Severity
from drafter.source.issues import Issue, Outcome, Place, Refused
from drafter.source.listed import listed
from drafter.source.messages import os_reason
from drafter.word.anchors import Record
from drafter.word.public import stripped
from drafter.word.record import dumped
from drafter.workspace.model import Plan, Workspace


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a release is asked for. `to` are recipients and groups; `force` is the reason to go on against what speaks against it."""

    stage: str
    to: tuple[str, ...] = ()
    deadline: date | None = None
    note: str = ""
    day: date | None = None
    again: bool = False
    force: str = ""
    internal: bool = False
    public: bool = False
    enforce: bool = False
    watermark: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Released:
    """What was issued: its version and stage as its cover shows it, its folder, the copies' files, and the ledger's new head.

    `proof` is what was looked for in a file for the public, and what was found.
    """

    plan: str
    version: str
    stage: str
    folder: str
    copies: tuple[str, ...]
    head: str
    proof: tuple[Proof, ...] = ()


def release(root: Path, plan_id: str, wanted: Wanted, now: datetime | None = None) -> Outcome[Released]:
    """Issue a version of a plan. Raises `Refused` with every reason against it, and `Misnamed` for unknown names."""
    workspace, found = loaded(root)
    plan = chosen_plans(workspace, (plan_id,), found)[0]
    shelf = Shelf(root)
    with shelf.held() as told:
        draft = _Draft(workspace, plan, wanted, issued_before(shelf, plan.id))
        against = tuple(draft.against(found))
        if against and not wanted.force:
            raise Refused(*told, *against)
        moment = now or datetime.now().astimezone()
        manifest, files, copies = draft.made(moment.isoformat(timespec="seconds"))
        proof = draft.proof(copies)
        ledger = shelf.put(manifest, files)
    paths = write_copies(root, manifest, copies)
    made = manifest.issuance
    folder = f"data/releases/{plan.id}/{made.version}"
    result = Released(plan.id, made.version, made.label, folder, paths, ledger.head, proof)
    return Outcome(result, told)


class _Draft:
    """A version in the making: what speaks against it, and what it will be."""

    def __init__(
        self, workspace: Workspace, plan: Plan, wanted: Wanted, before: tuple[Issuance, ...]
    ) -> None:
        self.workspace, self.plan, self.wanted, self.before = workspace, plan, wanted, before
        self.composer = Composer(workspace)
        asked = settings_for(
            workspace, plan, wanted.stage, wanted.day, internal=wanted.internal, public=wanted.public
        )
        self.issuance = following(before, asked.stage)
        again = self.issuance.time > 1
        self.settings = replace(
            asked,
            label=self.issuance.label if again else "",
            tracking=not wanted.public,
            enforced=wanted.enforce,
            watermark=wanted.watermark,
        )
        self.recipients = _recipients(workspace, wanted)

    def against(self, found: tuple[Issue, ...]) -> Iterator[Issue]:
        """Every reason not to issue it; what `force` overrides."""
        later = goes_back(self.workspace.stages, self.before, self.issuance.stage)
        if later and not self.wanted.again:
            facts = {"plan": self.plan.id, "stage": self.issuance.stage, "later": later}
            yield Issue("release.goes-back", Place(self.plan.path), facts)
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
        written = self.composer.written(self.plan, self.settings)
        if written.value is None:
            raise Refused(*written.issues)
        file = written.value
        record = self.composer.record(self.plan, self.settings, file)
        snapshot = dict(_snapshot(self.workspace.root, record.sources))
        data = stripped(file.data) if self.wanted.public else file.data
        files = {MASTER: data, RECORD: dumped(record)}
        manifest = self._manifest(record, moment, files)
        copies = self._copies(manifest, data, snapshot[manifest.frame])
        shelved = {**files, **{f"{SNAPSHOT}/{path}": data for path, data in snapshot.items()}}
        manifest = replace(manifest, copies=tuple(copy for copy, _ in copies))
        return manifest, shelved, {copy.file: data for copy, data in copies}

    def _copies(self, manifest: Manifest, data: bytes, frame: bytes) -> tuple[tuple[Copy, bytes], ...]:
        if self.wanted.public:
            return (public_copy(manifest, data),)
        until = self.wanted.deadline.isoformat() if self.wanted.deadline else ""
        return tuple(made_copies(manifest, master_of(manifest, data, frame), self.recipients, until))

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

    def _manifest(self, record: Record, moment: str, files: Mapping[str, bytes]) -> Manifest:
        """The manifest without its copies."""
        return Manifest(
            plan=self.plan.id,
            title=self.plan.title.text,
            issuance=self.issuance,
            date=self.settings.date.isoformat() if self.settings.date else "",
            issued=moment,
            by=self.wanted.by or _user(self.workspace.root),
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
            files={name: _sha256(data) for name, data in files.items()},
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
    """The revision of git that the workspace stands at, with `+` where files differ from it; empty without git."""
    try:
        head = _git(root, "rev-parse", "HEAD")
        return head + ("+" if _git(root, "status", "--porcelain") else "")
    except (OSError, subprocess.CalledProcessError):
        return ""


def _user(root: Path) -> str:
    """Who releases: as git knows them, else as the system does; empty where neither says."""
    try:
        name = _git(root, "config", "user.name")
    except (OSError, subprocess.CalledProcessError):
        name = ""
    try:
        return name or getpass.getuser()
    except (OSError, KeyError):
        return ""


def _git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=True)  # noqa: S603, S607 -- the user's own git
    return done.stdout.decode(errors="replace").strip()
