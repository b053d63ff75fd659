"""LibreOffice, where it is present: a Word file made a PDF, in a process of its own, with a profile of its own, for a limited time.

The only module that runs it. It is never needed: who asks for what it makes is told why there is none, and gets the Word file all the same.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from drafter.source.issues import Issue, Place, Refused

LIMIT = 300.0
"""Seconds for one file; a plan of a hundred pages takes about ten."""

_NAMES = ("soffice", "libreoffice")
_USUAL = (
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/opt/libreoffice/program/soffice",
)
_WITH_NAMES = 'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}'
_SCRIPTING, _NET = "Office.Common/Security/Scripting", "Inet/Settings"
_GUARDED: Mapping[str, Mapping[str, str]] = {
    _SCRIPTING: {
        "BlockUntrustedRefererLinks": "true",
        "DisableActiveContent": "true",
        "DisableMacrosExecution": "true",
        "MacroSecurityLevel": "3",
    },
    # A way into the net that ends at once: 7.4 fetches the linked pictures of a .doc, whatever else is said.
    _NET: {
        "ooInetProxyType": "2",
        "ooInetNoProxy": "",
        **{f"ooInet{kind}ProxyName": "127.0.0.1" for kind in ("HTTP", "HTTPS", "FTP")},
        **{f"ooInet{kind}ProxyPort": "9" for kind in ("HTTP", "HTTPS", "FTP")},
    },
}
"""What is set in a profile, by its place in the registry of LibreOffice."""

_BOOKS = frozenset({"xls", "ods", "et"})
_LAST = 200  # characters of what it said


class Office:
    """A LibreOffice of this process, from `with` to its end; its profile and files are in a temporary folder that goes with it."""

    def __init__(self) -> None:
        self._program = _program()
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._folder is not None:
            # What it may have left running on Windows holds its files: the folder is then left to the system.
            with contextlib.suppress(OSError):
                self._folder.cleanup()

    def pdf(self, data: bytes, name: str, *, names: bool = False) -> bytes:
        """A Word file as PDF, with its bookmarks as named destinations where asked; `name` is the file in messages. Raises `Refused`."""
        return self._converted(data, name, ("docx", "pdf"), _WITH_NAMES if names else "pdf")

    def modern(self, data: bytes, name: str, ending: str) -> bytes:
        """A file of an older program (`doc`, `xls`, `rtf` …) as `docx` or `xlsx`; `name` is the file in messages. Raises `Refused`.

        It comes from outside: nothing in it is run, and nothing that it links to is fetched.
        """
        wanted = "xlsx" if ending in _BOOKS else "docx"
        return self._converted(data, name, (ending, wanted), wanted)

    def _converted(self, data: bytes, name: str, endings: tuple[str, str], to: str) -> bytes:
        if not self._program:
            raise Refused(Issue("office.missing", Place(name)))
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="drafter-")
            _guard(Path(self._folder.name) / "profile")
        self._count += 1
        home = Path(self._folder.name)
        here = home / str(self._count)
        here.mkdir()
        source = here / f"file.{endings[0]}"
        source.write_bytes(data)
        command = [
            self._program,
            f"-env:UserInstallation={(home / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--convert-to", to),
            *("--outdir", str(here), str(source)),
        ]
        said = _run(command, here, name)
        try:
            return (here / f"file.{endings[1]}").read_bytes()
        except FileNotFoundError:
            # It says 0 where it could not load a file.
            raise Refused(_failed(name, said)) from None


def _guard(profile: Path) -> None:
    """A profile under which no macro runs and nothing is fetched, whatever is opened."""
    user = profile / "user"
    user.mkdir(parents=True)
    settings = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, values in _GUARDED.items()
        for name, value in values.items()
    )
    head = '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n{head}{settings}</oor:items>\n'
    (user / "registrymodifications.xcu").write_text(text, "utf-8")


def _program() -> str:
    """The program on the path, or where its installer puts it."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), "")
    return found or next((path for path in _USUAL if Path(path).is_file()), "")


def _run(command: list[str], here: Path, name: str) -> str:
    """Run to the end or to the limit; what it said. Nothing of it goes on running."""
    log = here / "log"
    with log.open("wb") as said:
        try:
            # A group of its own, because the program starts another one that does the work.
            process = subprocess.Popen(  # noqa: S603 -- the program that the user has installed, no shell
                command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True
            )
        except OSError as error:
            raise Refused(_failed(name, str(error))) from error
        try:
            code = process.wait(LIMIT)
        except subprocess.TimeoutExpired:
            raise Refused(Issue("office.slow", Place(name), {"seconds": f"{LIMIT:.0f}"})) from None
        finally:
            if process.poll() is None:
                _end(process)
    text = log.read_bytes().decode("utf-8", "replace")
    if code:
        raise Refused(_failed(name, text or str(code)))
    return text


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and what it started."""
    if sys.platform == "win32":
        taskkill = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
        subprocess.run(taskkill, capture_output=True, check=False)  # noqa: S603 -- our own child
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _failed(name: str, said: str) -> Issue:
    lines = [line for line in said.strip().splitlines() if line.strip() and "javaldx" not in line]
    return Issue("office.failed", Place(name), {"reason": lines[-1][:_LAST] if lines else "?"})
