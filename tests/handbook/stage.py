"""The workspace in which a page's examples are run, one after the other, as a reader would."""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import zipfile
from contextlib import chdir, redirect_stderr, redirect_stdout
from functools import partial
from pathlib import Path
from unittest.mock import patch

from drafter.actions import watch
from drafter.actions.init import init
from drafter.cli.program import run
from tests.handbook.examples import Example
from tests.handbook.printing import FRAGMENT, built
from tests.word.pictures import png

HOME = "工作区"
FROM_NOTHING = frozenset({"coordinator"})
"""Pages that make their workspace themselves."""
FILE = "sections/plan/01-first/01-first.md"
FRONT = f"---\nid: {FRAGMENT}\ntitle: 主要成就\nowner: 规划财务科\nstatus: 初稿\n---\n"
_SECONDS = re.compile(r"\d+\.\d+( 秒| s\b)")
_HASH = re.compile(r"\b[0-9a-f]{64}\b")  # of a ledger, which knows the hour
_JSON_SECONDS = re.compile(r'"seconds": [\d.e-]+')
_GIT = {
    "GIT_AUTHOR_NAME": "a",
    "GIT_AUTHOR_EMAIL": "a@example",
    "GIT_COMMITTER_NAME": "a",
    "GIT_COMMITTER_EMAIL": "a@example",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


class Terminal(io.StringIO):
    """Hears what a command says, as a terminal that shows every character."""

    encoding = "utf-8"


class Stage:
    """One page's examples; `said` collects what each console and print should hold."""

    def __init__(self, folder: Path, page: str) -> None:
        self.here = folder
        if page not in FROM_NOTHING:
            self.here = folder / HOME
            init(self.here)
            self.laid("sections/plan/01-first/图/布局.png", png(60, 30))

    def play(self, example: Example) -> str:
        """Run an example; what stands in it as it should stand."""
        match example.kind, example.about:
            case "console", _:
                return self.console(example.text)
            case "text", "prints":
                return self.prints(example)
            case "text", "reviewer":
                self.review(example)
            case "text", "filled":
                self.fill(example)
            case "text", "edit":
                self.edit(example)
            case "markdown", "fragment" | "wrong":
                self.written(FILE, FRONT + example.text)
                self.check(set(example.words[1:]))
            case "yaml" | "markdown" | "jinja", path if "/" in path:
                self.written(path, example.text)
            case other:
                raise AssertionError(other)
        return example.text

    def written(self, path: str, text: str) -> None:
        self.laid(path, text.encode())

    def laid(self, path: str, data: bytes) -> None:
        place = self.here / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)

    def edit(self, example: Example) -> None:
        path = self.here / example.words[1]
        text = path.read_text("utf-8")
        for before, after in _pairs(example):
            assert text.count(before) == 1, before
            text = text.replace(before, after)
        path.write_text(text, "utf-8")

    def check(self, expected: set[str]) -> None:
        _, issues = built(self.here)
        codes = {issue.code for issue in issues}
        assert codes == expected, [(issue.code, issue.place) for issue in issues]

    def prints(self, example: Example) -> str:
        return built(self.here, example.words[1:])[0]

    # -- a console ------------------------------------------------------------------------------------------------------

    def console(self, text: str) -> str:
        out: list[str] = []
        for line in text.splitlines():
            if line.startswith("$ "):
                out.append(f"{line}\n{self.said(line[2:])}")
            elif line.startswith("# "):
                out.append(f"{line}\n")
        return "".join(out)

    def said(self, command: str) -> str:
        program, *words = shlex.split(command)
        if program == "cd":
            self.here = self.here / words[0]
            return ""
        with chdir(self.here):
            if program == "git":
                return self.git(words)
            assert program == "drafter", command
            heard = Terminal()
            impatient = partial(watch.watch, sleep=_stop)
            with (
                redirect_stdout(heard),
                redirect_stderr(heard),
                patch("drafter.actions.watch.watch", impatient),
            ):
                run(words)
            return heard.getvalue()

    def git(self, words: list[str]) -> str:
        done = subprocess.run(
            ["git", "-c", "core.quotepath=false", *words],
            check=True,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, **_GIT},
        )
        return done.stdout

    # -- an office ------------------------------------------------------------------------------------------------------

    def fill(self, example: Example) -> None:
        """Type words into cells of a table that was handed out, and save it under a new name."""
        import openpyxl

        with chdir(self.here):
            book = openpyxl.load_workbook(" ".join(example.words[1:-1]))
            page = book.worksheets[0]
            top = next(row for row in range(1, 20) if page.cell(row, 1).value == "编号")
            columns = {page.cell(top, at).value: at for at in range(1, page.max_column + 1)}
            rows = {page.cell(at, 1).value: at for at in range(top + 1, page.max_row + 1)}
            for line in example.text.splitlines():
                id_, head, words = line.split(" ", 2)
                page.cell(rows[id_], columns[head]).value = words
            book.save(example.words[-1])

    # -- a reviewer -----------------------------------------------------------------------------------------------------

    def review(self, example: Example) -> None:
        """Change a built file as somebody would who does not track changes, and send it back under a new name."""
        with chdir(self.here):
            source, target = Path(example.words[1]), Path(example.words[2])
            pairs = _pairs(example)
            target.parent.mkdir(parents=True, exist_ok=True)
            with zipfile.ZipFile(source) as issued, zipfile.ZipFile(target, "w") as returned:
                for name in issued.namelist():
                    data = issued.read(name)
                    returned.writestr(name, _changed(data, pairs) if name == "word/document.xml" else data)


def _stop(_: float) -> None:
    """Who watches presses Ctrl-C at once."""
    raise KeyboardInterrupt


def _pairs(example: Example) -> list[tuple[str, str]]:
    pairs = re.findall(r"^- (.*)\n\+ (.*)$", example.text, re.MULTILINE)
    assert len(pairs) * 2 == example.text.count("\n")
    return pairs


def _changed(data: bytes, pairs: list[tuple[str, str]]) -> bytes:
    text = data.decode()
    for before, after in pairs:
        assert before in text, before
        at = text.rindex(before)  # the last: a title stands in the table of contents too
        while text.rfind("<", 0, at) > text.rfind(">", 0, at):  # in an attribute, where no reviewer writes
            at = text.rindex(before, 0, at)
        text = text[:at] + after + text[at + len(before) :]
    return text.encode()


def tolerant(text: str) -> str:
    """What was said, but for what differs from run to run."""
    return _HASH.sub("0" * 64, _JSON_SECONDS.sub('"seconds": 0.1', _SECONDS.sub(r"0.1\1", text)))
