"""Runs under the system's Python, which has `uno`: makes edits inside LibreOffice through its own commands.

Called with a folder of its own, in which the profile lies. Reads jobs as JSON on standard input: `[{"input", "output", "track", "author",
"edits"}]`; writes for each a line with the numbers of the edits that could be made. An edit is `{"kind", "said", "start", "end", "new",
"author", "target"}`, `said` being the whole text of its paragraph.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import DisposedException

Uno = Any
"""What LibreOffice hands out has no types."""

STARTS = 120  # half seconds until it must have started
STOPS = 15  # seconds until it is killed


def prop(name: str, value: object) -> Uno:
    """A property for a call."""
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


class Office:
    """One LibreOffice with a profile and a pipe of its own."""

    def __init__(self, folder: str) -> None:
        pipe = f"harness{os.getpid()}"
        where = f"pipe,name={pipe};urp;StarOffice.ComponentContext"
        self.process = subprocess.Popen(
            [
                "soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore", "--invisible",
                "--nologo", f"--accept={where}",
            ],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        try:
            context = self._context(where)
        except BaseException:
            self.kill()
            raise
        services = context.ServiceManager
        self.desktop = services.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        self.dispatcher = services.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
        settings = services.createInstanceWithContext(
            "com.sun.star.configuration.ConfigurationProvider", context
        )
        self.user = settings.createInstanceWithArguments(
            "com.sun.star.configuration.ConfigurationUpdateAccess",
            (prop("nodepath", "/org.openoffice.UserProfile/Data"),),
        )

    def _context(self, where: str) -> Uno:
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for _ in range(STARTS):
            try:
                return resolver.resolve(f"uno:{where}")
            except NoConnectException:
                time.sleep(0.5)
        raise SystemExit("LibreOffice did not start")

    def author(self, name: str) -> None:
        """The name that changes are made under from now on."""
        self.user.setPropertyValue("sn", name)
        self.user.commitChanges()

    def close(self) -> None:
        """End it, by force where it does not listen."""
        with contextlib.suppress(DisposedException):
            self.desktop.terminate()
        try:
            self.process.wait(STOPS)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End it and all that it started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(STOPS)


class Sheet:
    """One open document."""

    def __init__(self, office: Office, path: str) -> None:
        self.office = office
        self.known: dict[str, list[Uno]] = {}
        self.document = office.desktop.loadComponentFromURL(
            "file://" + path, "_blank", 0, (prop("Hidden", True),)
        )

    def save(self, path: str) -> None:
        """Save as Word and close."""
        self.document.storeToURL("file://" + path, (prop("FilterName", "MS Word 2007 XML"),))
        self.document.close(True)

    def command(self, name: str, **values: object) -> None:
        """One of LibreOffice's own commands."""
        arguments = tuple(prop(key, value) for key, value in values.items())
        self.office.dispatcher.executeDispatch(
            self.document.CurrentController.Frame, ".uno:" + name, "", 0, arguments
        )

    def select(self, cursor: Uno) -> None:
        """Select a stretch."""
        self.document.CurrentController.select(cursor)

    def paragraphs(self) -> Iterator[Uno]:
        """Paragraphs of the text, its tables and its footnotes."""
        yield from _paragraphs(self.document.Text)
        notes = self.document.Footnotes
        for number in range(notes.Count):
            yield from _paragraphs(notes.getByIndex(number))

    def find(self, said: str) -> Uno:
        """The one paragraph that had this text when the file was opened, or None."""
        if not self.known:
            for paragraph in self.paragraphs():
                self.known.setdefault(paragraph.String.strip(), []).append(paragraph)
        hits = self.known.get(said, [])
        return hits[0] if len(hits) == 1 else None


def _paragraphs(text: Uno) -> Iterator[Uno]:
    items = text.createEnumeration()
    while items.hasMoreElements():
        item = items.nextElement()
        if item.supportsService("com.sun.star.text.Paragraph"):
            yield item
        elif item.supportsService("com.sun.star.text.TextTable"):
            for name in item.CellNames:
                yield from _paragraphs(item.getCellByName(name))


def cursor(paragraph: Uno, start: int, end: int) -> Uno:
    """A stretch of a paragraph."""
    lead = len(paragraph.String) - len(paragraph.String.lstrip())
    made = paragraph.Text.createTextCursorByRange(paragraph.Start)
    made.goRight(start + lead, False)
    made.goRight(end - start, True)
    return made


def perform(sheet: Sheet, edit: dict[str, Any]) -> bool:
    """Make an edit; False where its paragraph cannot be found."""
    paragraph = sheet.find(edit["said"])
    if paragraph is None:
        return False
    match edit["kind"]:
        case "comment" | "comment-point":
            _comment(sheet, paragraph, edit)
        case "delete-paragraph":
            _select_whole(sheet, paragraph)
            sheet.command("Delete")
        case "insert-paragraph":
            sheet.select(paragraph.End)
            sheet.command("InsertPara")
            sheet.command("InsertText", Text=edit["new"])
        case "split":
            sheet.select(cursor(paragraph, edit["start"], edit["start"]))
            sheet.command("InsertPara")
        case "merge":
            sheet.select(paragraph.End)
            sheet.command("Delete")
        case "move" | "copy":
            return _pasted(sheet, paragraph, edit)
        case _:
            sheet.select(cursor(paragraph, edit["start"], edit["end"]))
            if edit["new"]:
                sheet.command("InsertText", Text=edit["new"])
            else:
                sheet.command("Delete")
    return True


def _comment(sheet: Sheet, paragraph: Uno, edit: dict[str, Any]) -> None:
    where = cursor(paragraph, edit["start"], edit["end"])
    note = sheet.document.createInstance("com.sun.star.text.textfield.Annotation")
    note.Author, note.Content = edit["author"], edit["new"]
    where.Text.insertTextContent(where, note, edit["end"] > edit["start"])


def _pasted(sheet: Sheet, paragraph: Uno, edit: dict[str, Any]) -> bool:
    """A paragraph cut or copied, and pasted at the beginning of the one after the goal."""
    goal = sheet.find(edit["target"])
    if goal is None:
        return False
    _select_whole(sheet, paragraph)
    sheet.command("Cut" if edit["kind"] == "move" else "Copy")
    after = goal.Text.createTextCursorByRange(goal.End)
    after.goRight(1, False)
    sheet.select(after)
    sheet.command("Paste")
    return True


def _select_whole(sheet: Sheet, paragraph: Uno) -> None:
    made = paragraph.Text.createTextCursorByRange(paragraph.Start)
    made.gotoEndOfParagraph(True)
    made.goRight(1, True)
    sheet.select(made)


def main() -> None:
    """Do the jobs."""
    jobs = json.load(sys.stdin)
    office = Office(sys.argv[1])
    try:
        for job in jobs:
            office.author(job["author"])
            sheet = Sheet(office, job["input"])
            sheet.document.RecordChanges = job["track"]
            made = [number for number, edit in enumerate(job["edits"]) if perform(sheet, edit)]
            sheet.save(job["output"])
            print(json.dumps(made), flush=True)
    finally:
        office.close()


if __name__ == "__main__":
    main()
