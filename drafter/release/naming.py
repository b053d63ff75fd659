"""What the files of a release are called, and the opaque ids of its copies."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from drafter.release.stages import Issuance
from drafter.source.filenames import clean, holdable
from drafter.source.issues import Issue, Place

_LONGEST = 200  # bytes: file systems allow 255, and a word processor adds some of its own
_NAME, _LABEL = 120, 60  # bytes of them that a recipient and a stage may have
_LENGTH = 20
_READING = "（阅读稿）"


def copy_id(release: str, number: int) -> str:
    """The opaque id of a copy: nobody can tell from it whose it is, and the same release gives the same."""
    return hashlib.sha256(f"{release}/{number}".encode()).hexdigest()[:_LENGTH]


def copy_name(
    title: str, issuance: Issuance, date: str, number: int, recipient: str, *, reading: bool = False
) -> str:
    """`计划名（征求意见稿 v2 2020-11-30）-03-市财政局.docx`, short enough for every file system.

    What is too long is cut from the title, never from what tells the copies apart.
    """
    tail = (
        f"（{_told(issuance, date)}）-{number:02d}"
        + (f"-{recipient}" if recipient else "")
        + (_READING if reading else "")
    )
    room = _LONGEST - len(f"{tail}.docx".encode())
    return clean(f"{_cut(title, max(room, 0))}{tail}") + ".docx"


def public_name(title: str, issuance: Issuance, date: str) -> str:
    """`计划名（征求意见稿 v2 2020-11-30）（公开）.docx`."""
    tail = f"（{_told(issuance, date)}）（公开）.docx"
    return clean(f"{_cut(title, max(_LONGEST - len(tail.encode()), 0))}{tail}")


def between_name(title: str, kind: str, old: str, new: str) -> str:
    """`计划名（花脸稿 v1—v2）`, without the ending of a file: what two versions were made into."""
    tail = f"（{kind} {old}—{new}）"
    return clean(f"{_cut(title, _LONGEST - len(tail.encode()))}{tail}")


def opinions_name(title: str, kind: str, round_: str, unit: str = "", mark: str = "") -> str:
    """`计划名（意见采纳情况汇总表 R2）`, without the ending of a file; a letter's ends in `-市财政局`, a draft's in `（草稿）`.

    `round_` is empty for all rounds together, `mark` what stands in the last brackets. Too long a title is cut, never what tells files apart.
    """
    told = " ".join(filter(None, (kind, round_)))
    tail = f"（{told}）" + (f"-{_cut(unit, _NAME)}" if unit else "") + (f"（{mark}）" if mark else "")
    return clean(f"{_cut(title, max(_LONGEST - len(tail.encode()), 0))}{tail}")


def _told(issuance: Issuance, date: str) -> str:
    return " ".join(filter(None, (_cut(issuance.label, _LABEL), issuance.version, date)))


def _cut(text: str, room: int) -> str:
    return text.encode()[:room].decode(errors="ignore")


def refused_recipients(recipients: Iterable[str]) -> Iterator[Issue]:
    """Recipients that are named twice, have no name, one that a file name cannot hold, or one that is too long for it."""
    seen: set[str] = set()
    for name in recipients:
        if name in seen:
            yield Issue("release.recipient-twice", Place(""), {"name": name})
        seen.add(name)
        wrong = [character for character in name if not holdable(character)]
        if wrong or not name.strip() or name.strip(" .") != name:
            yield Issue("release.recipient-name", Place(""), {"name": name})
        if len(name.encode()) > _NAME:
            yield Issue("release.recipient-long", Place(""), {"name": name})
