"""What a file is that somebody sent, by what is in it, and the answers that it holds.

Not here: drafts that come back (`drafter.review`), the conversion of what older programs wrote (an action, which runs LibreOffice and asks again), and what
is kept as evidence because only a person can read it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum

from drafter.ooxml.entries import at_most
from drafter.ooxml.reading import LIMITS, weighed
from drafter.ooxml.sheets import open_workbook
from drafter.opinions import archives, texts
from drafter.opinions.columns import Role, columns_of
from drafter.opinions.envelope import is_letter
from drafter.opinions.forms import is_form, read_form
from drafter.opinions.labels import iso_day, labels_of
from drafter.opinions.letters import read_letter
from drafter.opinions.lines import Line, of_picture, of_sheets
from drafter.opinions.model import Channel, Conclusion, Opinion, Reply
from drafter.opinions.points import Paragraph
from drafter.picture.model import Picture
from drafter.picture.reading import read
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Outcome, Place, Refused
from drafter.word.anchors import PREFIX

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECRET, _WORD, _BOOKS = (
    name.encode("utf-16-le") for name in ("EncryptedPackage", "WordDocument", "Workbook")
)
_BOOK = "Book".encode("utf-16-le") + b"\0\0"
_LONG, _MANY, _OURS = 8_000, 80, 5
"""Characters and paragraphs that no letter has, and bookmarks of ours that are no accident: a draft that lost its id."""


class FileKind(StrEnum):
    """What a file is. `doc` and `xls` (older Word and Excel files, and OpenDocument) are to be converted first: what comes out is asked about anew."""

    DRAFT = "draft"
    FORM = "form"
    ENTRY = "entry"
    LETTER = "letter"
    ARCHIVE = "archive"
    OLD_WORD = "doc"
    OLD_EXCEL = "xls"
    EVIDENCE = "evidence"


_OPEN_DOCUMENT = {
    "application/vnd.oasis.opendocument.text": FileKind.OLD_WORD,
    "application/vnd.oasis.opendocument.spreadsheet": FileKind.OLD_EXCEL,
}


@dataclass(frozen=True, slots=True)
class Found:
    """What a file is: its kind, the release id of a draft (empty where it has lost it), and what was read of it on the way."""

    kind: FileKind
    name: str
    release: str = ""
    picture: Picture | None = None
    lines: tuple[Line, ...] = ()
    text: str = ""
    issues: tuple[Issue, ...] = ()


def classify(data: bytes, name: str) -> Found:
    """What a file is; `name` is for messages only. Raises `Refused` for what is empty, encrypted, broken or larger than the limits."""
    if not data:
        raise Refused(Issue("ooxml.empty", Place(name)))
    if len(data) > LIMITS.file:
        raise Refused(
            Issue("ooxml.too-large", Place(name), {"part": name, "limit": str(LIMITS.file // 1_000_000)})
        )
    if data.startswith(_OLE):
        return _old(data, name)
    if data.startswith((archives.MAGIC, b"PK\x05\x06")):
        return _packed(data, name)
    if data.startswith(b"{\\rtf"):
        return Found(FileKind.OLD_WORD, name)
    text = texts.decoded(data)
    return Found(FileKind.EVIDENCE, name) if text is None else Found(FileKind.LETTER, name, text=text)


def read_opinions(data: bytes, name: str, channel: Channel | None = None) -> Outcome[tuple[Reply, ...]]:
    """The answers in a form, an entry sheet or a letter; none, and why, for any other file. Raises `Refused` as `classify` does.

    `channel` is how it came where that is known better than the file tells: by post, in a meeting.
    """
    return replies_of(classify(data, name), channel)


def replies_of(found: Found, channel: Channel | None = None) -> Outcome[tuple[Reply, ...]]:
    """The answers of a file that was looked at."""
    if found.kind in (FileKind.FORM, FileKind.ENTRY):
        default = Channel.FORM if found.kind is FileKind.FORM else Channel.OTHER
        read_as = read_form(found.lines, channel or default)
        replies = _with_letter(read_as.value or (), found)
    elif found.kind is FileKind.LETTER:
        read_as = Outcome(())
        replies = (_letter(found, channel or Channel.LETTER),)
    else:
        return Outcome(None, (Issue("opinions.no-words", Place(found.name)),))
    replies = _with_comments(replies, found)
    told = [issue for reply in replies for issue in _told(reply, found.name)]
    return Outcome(replies, (*found.issues, *read_as.issues, *told))


# what it is


def _old(data: bytes, name: str) -> Found:
    if _SECRET in data:
        raise Refused(Issue("ooxml.encrypted", Place(name)))
    if _WORD in data:
        return Found(FileKind.OLD_WORD, name)
    old_excel = _BOOKS in data or _BOOK in data
    return Found(FileKind.OLD_EXCEL if old_excel else FileKind.EVIDENCE, name)


def _packed(data: bytes, name: str) -> Found:
    names = archives.names_in(data)
    if not names and at_most(data) > archives.MOST:
        raise Refused(Issue("archives.too-many", Place(name), {"limit": str(archives.MOST)}))
    if not names:
        raise Refused(Issue("ooxml.truncated", Place(name)))
    if archives.is_archive(data):
        return Found(FileKind.ARCHIVE, name)
    if any(each.startswith("word/") for each in names):
        return _word(data, name)
    if any(each.startswith("xl/") for each in names):
        return _excel(data, name)
    kind = _OPEN_DOCUMENT.get(archives.mimetype(data), FileKind.EVIDENCE)
    if kind is not FileKind.EVIDENCE:
        weighed(data, name)
    return Found(kind, name)


def _excel(data: bytes, name: str) -> Found:
    lines = of_sheets(open_workbook(data, name), name)
    if not is_form(lines):
        return Found(FileKind.EVIDENCE, name, lines=lines, issues=(Issue("opinions.no-heads", Place(name)),))
    return Found(FileKind.ENTRY if _has_units(lines) else FileKind.FORM, name, lines=lines)


def _has_units(lines: tuple[Line, ...]) -> bool:
    found = (columns_of(lines, at) for at in range(len(lines)))
    return any(Role.UNIT in columns[0].roles.values() for columns in found if columns)


def _word(data: bytes, name: str) -> Found:
    outcome = read(data, name)
    picture = outcome.value
    if picture is None:
        raise Refused(*outcome.issues)
    ours = sum(each.startswith(PREFIX) for paragraph in picture.paragraphs for each in paragraph.bookmarks)
    if picture.release or ours >= _OURS:
        return Found(FileKind.DRAFT, name, picture.release, picture, issues=outcome.issues)
    lines = of_picture(picture, name)
    around = [line.text for line in lines if line.table < 0]
    form = is_form(lines)
    if len(around) >= _MANY and sum(map(len, around)) >= _LONG:
        return Found(FileKind.DRAFT, name, "", picture, issues=outcome.issues)
    if not form and not any(line.text for line in lines):
        # a scan in a Word file
        return Found(FileKind.EVIDENCE, name, picture=picture, issues=outcome.issues)
    kind = FileKind.FORM if form else FileKind.LETTER
    return Found(kind, name, "", picture, lines, issues=outcome.issues)


# what it says


def _letter(found: Found, channel: Channel) -> Reply:
    """A letter; where its words stand in a table of fields (专家意见表), the fields say whose they are."""
    if found.picture is None:
        return read_letter(texts.paragraphs(found.text), found.name, channel)
    fields: dict[str, str] = {}
    words: list[Paragraph] = []
    aside: list[str] = []
    for number, line in enumerate(found.lines, 1):
        labels = labels_of(line) if line.table >= 0 else ()
        for label in labels:
            fields.setdefault(label.name, label.value)
        if labels:
            aside.append(line.text)
        else:
            words += _split(line, number)
    reply = read_letter(words, found.name, channel)
    if not aside:
        return reply
    unit, person = fields.get("unit") or reply.unit, fields.get("person", "")
    day = iso_day(fields.get("date", "")) or reply.date
    return replace(
        reply,
        unit=unit,
        contact=fields.get("contact") or reply.contact,
        telephone=fields.get("telephone") or reply.telephone,
        date=day,
        opinions=tuple(replace(each, unit=unit, person=person, date=day) for each in reply.opinions),
        preface="\n".join(filter(None, (*aside, reply.preface))),
    )


def _split(line: Line, number: int) -> Iterator[Paragraph]:
    """The paragraphs of a line, cell by cell."""
    for column in sorted(line.cells):
        for text in line.cells[column].split("\n"):
            if text.strip():
                yield Paragraph(text.strip(), number)


def _with_letter(replies: tuple[Reply, ...], found: Found) -> tuple[Reply, ...]:
    """The answers of a form, with the points of the letter that it is annexed to."""
    first = next((at for at, line in enumerate(found.lines) if line.table >= 0), 0)
    words = [each for number, line in enumerate(found.lines[:first], 1) for each in _split(line, number)]
    if not replies or not is_letter(words):
        return replies
    letter = read_letter(words, found.name, replies[0].channel)
    form = replies[0]
    unit = form.unit or letter.unit
    opinions = tuple(replace(each, unit=unit) for each in (*letter.opinions, *form.opinions))
    conclusion = letter.conclusion if letter.conclusion is Conclusion.AGREED else form.conclusion
    if opinions and conclusion is not Conclusion.AGREED:
        conclusion = Conclusion.HAS
    whole = replace(
        form,
        unit=unit,
        date=form.date or letter.date,
        conclusion=conclusion or letter.conclusion,
        opinions=opinions,
        marked=form.marked or letter.marked,
    )
    return (whole, *replies[1:])


def _with_comments(replies: tuple[Reply, ...], found: Found) -> tuple[Reply, ...]:
    """Comments in a form or a letter are opinions too."""
    comments = found.picture.comments if found.picture else ()
    if not comments or not replies:
        return replies
    first = replies[0]
    more = tuple(
        Opinion(Place(found.name), first.unit, each.author, first.channel, first.date, words=each.text)
        for each in comments
        if each.text.strip()
    )
    conclusion = first.conclusion if first.conclusion is Conclusion.AGREED or not more else Conclusion.HAS
    return (replace(first, opinions=(*first.opinions, *more), conclusion=conclusion), *replies[1:])


def _told(reply: Reply, name: str) -> Iterator[Issue]:
    if reply.marked:
        yield Issue("opinions.marked", Place(name))
    if not (reply.opinions or reply.conclusion or reply.marked):
        yield Issue("opinions.nothing", Place(name))
