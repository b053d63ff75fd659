"""States of a workspace that are not its files of today: another folder, or a revision of git, put into a folder to be read."""

from __future__ import annotations

import io
import subprocess
import tarfile
from pathlib import Path, PurePosixPath

from drafter.source.issues import Issue, Misnamed, Place, Refused

FOLDERS = ("data", "sections", "templates")
MARK = Path("data", "workspace.yaml")


def opened(root: Path, name: str, into: Path) -> Path:
    """The folder of a state: `name` itself where it is a workspace, else what git says of the revision, written to `into`.

    Raises `Misnamed` for what is neither, `Refused` where git is not there.
    """
    for folder in (Path(name), root / name):
        if (folder / MARK).is_file():
            return folder
        if folder.is_dir():
            raise Misnamed(Issue("cli.not-a-workspace", Place(str(folder))))
    unknown = Misnamed(Issue("data-diff.unknown", Place(""), {"state": name}))
    if name.startswith("-"):
        raise unknown
    try:
        commit = _git(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").decode().strip()
        archive = _git(root, "archive", "--format=tar", commit)
    except FileNotFoundError:
        raise Refused(Issue("data-diff.no-git", Place(""), {"state": name})) from None
    except subprocess.CalledProcessError:
        raise unknown from None
    _unpack(archive, into)
    if not (into / MARK).is_file():
        raise Misnamed(Issue("data-diff.no-workspace", Place(""), {"state": name}))
    return into


def _git(root: Path, *arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=True).stdout  # noqa: S603, S607 -- the user's own git


def _unpack(archive: bytes, into: Path) -> None:
    """The files of a workspace; links and whatever points elsewhere are left out."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            path = PurePosixPath(member.name)
            body = tar.extractfile(member) if member.isfile() else None
            if body is None or path.parts[0] not in FOLDERS or ".." in path.parts:
                continue
            target = into.joinpath(*path.parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(body.read())
