"""Marks that no word processor sets so, each in a copy with a comment and a tracked change: both come into the register all the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from drafter.actions.registers import Registers
from tests.actions.workspace import packed, parts
from tests.fuzz.material import NEW
from tests.fuzz.running import Running

COMMENT = "怎么落实？"
Change = Callable[[str], str]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DRAFTER_MESSAGES", "strict")
        yield Running(tmp_path_factory.mktemp("marks"), 5)


def told(
    running: Running, document: Change, comments: Change, more: dict[str, Change] | None = None
) -> list[tuple[str, str, str]]:
    """Who said what, and when, of a copy after these changes; nothing may be wrong with the collection."""
    files = parts(running.material["批注.docx"])
    for name, change in {
        "word/document.xml": document,
        "word/comments.xml": comments,
        **(more or {}),
    }.items():
        files[name] = change(files[name].decode()).encode()
    assert tuple(running.judged("批注.docx", packed(files))) == ()
    rows = Registers(running.root).named("p1", "R1").register.rows
    assert len({row.id for row in rows}) == len(rows)
    return [(row.person, row.date, row.comment or row.proposed) for row in rows if row.unit == "市财政局"]


def same(text: str) -> str:
    return text


def replaced(pattern: str, new: str | Callable[[re.Match[str]], str], count: int = 0) -> Change:
    return lambda text: re.sub(pattern, new, text, count=count)


@pytest.mark.parametrize(
    "written",
    [
        "", "0-00-00T00:00:00Z", "99999-01-01T00:00:00Z", "昨天", "2021-13-45T99:99:99Z", "2021-02-30T09:00:00Z", "-1", "9999-12-31T23:59:59Z",
        "２０２１-01-21T09:00:00Z", "0001-01-01T00:00:00+14:00",
    ],
)  # fmt: skip
def test_a_date_that_is_none_is_left_out(running: Running, written: str) -> None:
    change = replaced('w:date="[^"]*"', f'w:date="{written}"')
    found = told(running, change, change)
    assert {day for _, day, _ in found} == {""}
    assert {COMMENT, NEW} <= {words for _, _, words in found}


def test_marks_without_a_date_or_an_author_come_in(running: Running) -> None:
    change = replaced(' w:(?:date|author)="[^"]*"', "")
    found = told(running, change, change)
    assert ("", "", COMMENT) in found
    assert ("", "", NEW) in found


@pytest.mark.parametrize(
    "author",
    ["x" * 10_000, "王&#10;五", "王&#9;五", "&#x202E;王五", "=cmd|&apos;/c calc&apos;!A1", "{{ 7*7 }}", "- a: b", "~", "&#xE000;", "&#x85;", "王五、李四", "../../王"],
)  # fmt: skip
def test_an_author_of_any_name_comes_in(running: Running, author: str) -> None:
    change = replaced('w:author="[^"]*"', f'w:author="{author}"')
    found = told(running, change, change)
    assert {COMMENT, NEW} <= {words for _, _, words in found}
    assert len({name for name, _, _ in found}) == 1


def _ends_swapped(match: re.Match[str]) -> str:
    return f"<w:bookmark{'End' if match[1] == 'Start' else 'Start'} {match[2]}"


MARKS: dict[str, Change] = {
    "revisions of one id": replaced('w:id="90[01]"', 'w:id="900"'),
    "revisions without an id": replaced(' w:id="90[01]"', ""),
    "bookmarks of one id": replaced('(bookmarkStart w:id=)"[^"]*"', r'\1"1"'),
    "bookmarks of one name": replaced('w:name="_pf_[^"]*"', 'w:name="_pf_1"'),
    "copied bookmarks": replaced('w:name="_pf_([^"]*)"', r'w:name="_pf_\1_Copy_1"'),
    "bookmarks that never end": replaced("<w:bookmarkEnd [^>]*/>", ""),
    "bookmarks that never begin": replaced("<w:bookmarkStart [^>]*/>", ""),
    "bookmarks that end before they begin": replaced("<w:bookmark(Start|End) ([^>]*/>)", _ends_swapped),
    "a comment's range turned round": replaced("commentRange(Start|End)", lambda m: f"commentRange{'End' if m[1] == 'Start' else 'Start'}"),
    "a comment without a range": replaced("<w:comment(?:Range|Reference)[^>]*/>", ""),
    "revisions in ten others": lambda text: text.replace("<w:ins ", '<w:ins w:id="77" w:author="李四">' * 10 + "<w:ins ", 1).replace("</w:ins>", "</w:ins>" * 11, 1),
    "notes without a number": replaced("<w:footnoteReference [^>]*/>", "<w:footnoteReference/>"),
    "notes that are not there": replaced("<w:footnoteReference [^>]*/>", '<w:footnoteReference w:id="99999"/>'),
}  # fmt: skip


@pytest.mark.parametrize("change", MARKS.values(), ids=MARKS)
def test_marks_set_wrong_hide_no_words(running: Running, change: Change) -> None:
    assert {COMMENT, NEW} <= {words for _, _, words in told(running, change, same)}


def test_two_comments_of_one_id_are_two(running: Running) -> None:
    doubled = replaced("(<w:comment .*?</w:comment>)", lambda m: m[1] + m[1].replace(COMMENT, "再议。"), 1)
    assert {COMMENT, "再议。"} <= {words for _, _, words in told(running, same, doubled)}


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1:9/x.dotm", "file:///etc/passwd", "\\\\127.0.0.1\\x.docx"]
)
@pytest.mark.parametrize(
    "kind", ["attachedTemplate", "image", "comments", "footnotes", "header", "subDocument"]
)
def test_nothing_outside_is_opened(
    running: Running, monkeypatch: pytest.MonkeyPatch, kind: str, target: str
) -> None:
    def connected(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("socket.socket.connect", connected)
    monkeypatch.setattr("socket.getaddrinfo", connected)
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = f'<Relationship Id="rIdX" Type="{office}/{kind}" Target="{target}" TargetMode="External"/>'
    outside = replaced("</Relationships>", lambda _: f"{relation}</Relationships>")
    found = told(running, same, same, {"word/_rels/document.xml.rels": outside})
    assert {COMMENT, NEW} <= {words for _, _, words in found}
