"""The whole road for one fragment: its text built, the file returned, and what `collect --apply` makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from drafter.picture.model import View
from drafter.picture.reading import read
from drafter.picture.views import view
from tests.actions.workspace import SECOND, Desk, write
from tests.word.audit import audited

HEAD = "---\nid: p1/b\ntitle: 基本原则\nowner: 养老科\nstatus: 初稿\n---\n"
FRONT = HEAD.count("\n")


@dataclass
class Road:
    """A workspace whose second fragment is under test."""

    desk: Desk

    def put(self, text: str, more: Mapping[str, str | bytes] | None = None) -> None:
        """The fragment's text, and other files."""
        write(self.desk.root, {SECOND: HEAD + text, **(more or {})})

    @property
    def text(self) -> str:
        """The fragment as it is now."""
        return (self.desk.root / SECOND).read_text("utf-8").removeprefix(HEAD)

    def built(self, *arguments: str) -> bytes:
        """The Word file, which must be clean and come home without a remark."""
        path = self._file(*arguments)
        data = path.read_bytes()
        assert audited(data) == []
        path.unlink()
        assert self._file(*arguments).read_bytes() == data
        assert self.remarks(data) == []
        return data

    def _file(self, *arguments: str) -> Path:
        document = self.desk.json("build", *arguments)
        (file,) = document["files"]
        return Path(file["path"])

    def returned(self, data: bytes) -> str:
        path = self.desk.root.parent / "退回.docx"
        path.write_bytes(data)
        return str(path)

    def remarks(self, data: bytes) -> list[dict[str, Any]]:
        return list(self.desk.json("collect", self.returned(data))["remarks"])

    def applied(self, data: bytes) -> list[tuple[str, str]]:
        """What became of each remark: its result and reason."""
        rows = self.desk.json("collect", self.returned(data), "--apply")["rows"]
        return [(row["result"], row["reason"]) for row in rows]

    def said(self, *arguments: str, code: int = 1) -> list[str]:
        """Place in the fragment's text and code of every problem of `build`."""
        out = []
        for issue in self.desk.json("build", *arguments, code=code)["issues"]:
            line = issue["line"] - FRONT if issue["file"] == SECOND else 0
            where = f"{line}:{issue['column']}" if line > 0 else issue["file"]
            out.append(f"{where} {issue['code']}")
        return out


def shown(data: bytes, kind: View = View.ACCEPTED) -> list[str]:
    """The paragraphs of a file as a reader sees them, from the second fragment on."""
    picture = read(data, "x.docx").value
    assert picture
    texts = [paragraph.text for paragraph in view(picture, kind) if not paragraph.toc]
    return texts[texts.index("基本原则") + 1 :]
