"""Runs under the system's Python, which has `uno`: makes edits inside LibreOffice through its own commands.

Reads jobs as JSON on standard input: `[{"input": …, "output": …, "track": bool, "author": …, "edits": […]}]`; writes for each the numbers of
the edits that could be made. An edit is `{"kind", "said", "start", "end", "new", "target"}`, `said` being the whole text of its paragraph.
"""

import contextlib
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

PIPE = "drafterharness"


def prop(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


class Office:
    """One LibreOffice with a profile of its own."""

    def __init__(self, folder):
        self.process = subprocess.Popen(
            [
                "soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore", "--invisible",
                f"--accept=pipe,name={PIPE};urp;StarOffice.ComponentContext",
            ],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for _ in range(120):
            try:
                context = resolver.resolve(f"uno:pipe,name={PIPE};urp;StarOffice.ComponentContext")
                break
            except NoConnectException:
                time.sleep(0.5)
        else:
            self.process.kill()
            raise SystemExit("LibreOffice did not start")
        services = context.ServiceManager
        self.desktop = services.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        self.dispatcher = services.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
        config = services.createInstanceWithContext("com.sun.star.configuration.ConfigurationProvider", context)
        self.user = config.createInstanceWithArguments(
            "com.sun.star.configuration.ConfigurationUpdateAccess", (prop("nodepath", "/org.openoffice.UserProfile/Data"),)
        )

    def author(self, name):
        self.user.setPropertyValue("sn", name)
        self.user.commitChanges()

    def close(self):
        with contextlib.suppress(Exception):
            self.desktop.terminate()
        self.process.wait(30)


class Sheet:
    """One open document."""

    def __init__(self, office, path):
        self.office = office
        self.document = office.desktop.loadComponentFromURL("file://" + path, "_blank", 0, (prop("Hidden", True),))

    def save(self, path):
        self.document.storeToURL("file://" + path, (prop("FilterName", "MS Word 2007 XML"),))
        self.document.close(True)

    def command(self, name, **values):
        arguments = tuple(prop(key, value) for key, value in values.items())
        self.office.dispatcher.executeDispatch(self.document.CurrentController.Frame, ".uno:" + name, "", 0, arguments)

    def select(self, cursor):
        self.document.CurrentController.select(cursor)

    def paragraphs(self):
        yield from _paragraphs(self.document.Text)
        notes = self.document.Footnotes
        for number in range(notes.Count):
            yield from _paragraphs(notes.getByIndex(number))

    def find(self, said):
        hits = [paragraph for paragraph in self.paragraphs() if paragraph.String.strip() == said]
        return hits[0] if len(hits) == 1 else None


def _paragraphs(text):
    items = text.createEnumeration()
    while items.hasMoreElements():
        item = items.nextElement()
        if item.supportsService("com.sun.star.text.Paragraph"):
            yield item
        elif item.supportsService("com.sun.star.text.TextTable"):
            for name in item.CellNames:
                yield from _paragraphs(item.getCellByName(name))


def cursor(paragraph, start, end):
    lead = len(paragraph.String) - len(paragraph.String.lstrip())
    made = paragraph.Text.createTextCursorByRange(paragraph.Start)
    made.goRight(start + lead, False)
    made.goRight(end - start, True)
    return made


def perform(sheet, edit):
    paragraph = sheet.find(edit["said"])
    if paragraph is None:
        return False
    kind = edit["kind"]
    if kind in ("comment", "comment-point"):
        where = cursor(paragraph, edit["start"], edit["end"])
        note = sheet.document.createInstance("com.sun.star.text.textfield.Annotation")
        note.Author, note.Content = edit["author"], edit["new"]
        where.Text.insertTextContent(where, note, edit["end"] > edit["start"])
    elif kind == "delete-paragraph":
        _select_whole(sheet, paragraph)
        sheet.command("Delete")
    elif kind == "insert-paragraph":
        sheet.select(paragraph.End)
        sheet.command("InsertPara")
        sheet.command("InsertText", Text=edit["new"])
    elif kind == "split":
        sheet.select(cursor(paragraph, edit["start"], edit["start"]))
        sheet.command("InsertPara")
    elif kind == "merge":
        sheet.select(paragraph.End)
        sheet.command("Delete")
    elif kind == "move":
        goal = sheet.find(edit["target"])
        if goal is None:
            return False
        _select_whole(sheet, paragraph)
        sheet.command("Cut")
        goal = sheet.find(edit["target"])
        after = goal.Text.createTextCursorByRange(goal.End)
        after.goRight(1, False)
        sheet.select(after)
        sheet.command("Paste")
    else:
        where = cursor(paragraph, edit["start"], edit["end"])
        sheet.select(where)
        if edit["new"]:
            sheet.command("InsertText", Text=edit["new"])
        else:
            sheet.command("Delete")
    return True


def _select_whole(sheet, paragraph):
    made = paragraph.Text.createTextCursorByRange(paragraph.Start)
    made.gotoEndOfParagraph(True)
    made.goRight(1, True)
    sheet.select(made)


def main():
    jobs = json.load(sys.stdin)
    with tempfile.TemporaryDirectory() as folder:
        office = Office(folder)
        try:
            for job in jobs:
                office.author(job["author"])
                sheet = Sheet(office, str(Path(job["input"])))
                sheet.document.RecordChanges = job["track"]
                made = [number for number, edit in enumerate(job["edits"]) if perform(sheet, edit)]
                sheet.save(job["output"])
                print(json.dumps(made), flush=True)
        finally:
            office.close()


if __name__ == "__main__":
    main()
