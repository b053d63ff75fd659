"""`drafter release`: a draft leaves the office as a version that can never change, with a numbered copy for each recipient.

What speaks against it is said all at once, and nothing is written. With a reason given by `force` it is made all the same, and the reason is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path, PurePosixPath

from drafter.actions.composing import chosen_plans, loaded
from drafter.actions.copies import copies_folder, write_copies
from drafter.actions.freezing import Version, Wanted
from drafter.actions.office import Office
from drafter.actions.shelf import Shelf, issued_before
from drafter.release.manifest import Manifest
from drafter.release.proof import Proof
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Outcome, Place, Refused

__all__ = ["Released", "Wanted", "release"]


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
        draft = Version(workspace, plan, wanted, issued_before(shelf, plan.id))
        against = tuple(draft.against(found))
        if against and not wanted.force:
            raise Refused(*told, *against)
        moment = now or datetime.now().astimezone()
        manifest, files, copies = draft.made(moment.isoformat(timespec="seconds"))
        proof = draft.proof(copies)
        ledger = shelf.put(manifest, files)
    paths, more = _put(root, manifest, copies, pdf=wanted.pdf)
    made = manifest.issuance
    folder = f"data/releases/{plan.id}/{made.version}"
    result = Released(plan.id, made.version, made.label, folder, paths, ledger.head, proof)
    return Outcome(result, (*told, *draft.told, *more))


def _put(
    root: Path, manifest: Manifest, copies: Mapping[str, bytes], *, pdf: bool
) -> tuple[tuple[str, ...], tuple[Issue, ...]]:
    """The copies under `build`, each with its PDF where that is asked for; what cannot be had is said, the version stands all the same."""
    try:
        paths = list(write_copies(root, manifest, copies))
    except Refused as refused:
        again = f"drafter releases {manifest.plan} {manifest.issuance.version} --copies"
        place = Place(copies_folder(manifest).as_posix())
        return (), (*refused.issues, Issue("release.copies-unwritten", place, {"command": again}))
    issues: list[Issue] = []
    if pdf:
        with Office() as office:
            for name, data in copies.items():
                try:
                    made = {PurePosixPath(name).with_suffix(".pdf").name: office.pdf(data, name)}
                    paths += write_copies(root, manifest, made)
                except Refused as refused:
                    issues += [
                        issue for issue in refused.issues if issue.code not in {each.code for each in issues}
                    ]
    return tuple(paths), tuple(issues)
