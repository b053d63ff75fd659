"""What somebody said of an issued draft without marking it, and the answer that it came with."""

from __future__ import annotations

from enum import StrEnum

from drafter.source.frozen import dataclass
from drafter.source.issues import Place


class Channel(StrEnum):
    """How an opinion came, in the words of the register; those of the entry sheet's drop-down."""

    DRAFT = "修订稿"
    FORM = "反馈意见表"
    LETTER = "来函"
    CALL = "电话"
    MEETING = "会议"
    PAPER = "书面"
    POST = "邮寄"
    MAIL = "邮件"
    FACE = "当面"
    OTHER = "其他"


class Conclusion(StrEnum):
    """What an answer says as a whole; empty where it does not say."""

    HAS = "有意见"
    NONE = "无意见"
    AGREED = "原则同意"
    UNSAID = ""


@dataclass(frozen=True, slots=True)
class Opinion:
    """One opinion as it was written; nothing in it is interpreted further than into these fields.

    `unit`, `person` (name and post, where it is a person's own), `date` (ISO, or as written), `channel`: whose it is and how it came. `place` is the 段号 or the words for a
    chapter, `quote` the words of the draft that it speaks of (原文), `instead` what it wants there: None where it proposes no words, empty where
    the words are to go, the quoted words and more where something is to be put in beside them. `words` is the opinion itself, `reason` the
    reason, `evidence` the name of a file that shows it (a scan, a recording). `where` is the file, with the sheet in its name and the row as
    its line, for messages. `section` is the heading of the letter that it stands under, which leads its words.
    """

    where: Place
    unit: str = ""
    person: str = ""
    channel: Channel = Channel.OTHER
    date: str = ""
    place: str = ""
    quote: str = ""
    instead: str | None = None
    words: str = ""
    reason: str = ""
    evidence: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: who gave it, what it concludes, and its opinions.

    `contact` and `telephone` as the form has them; `date` ISO where it can be told. `preface` is the text that belongs to no opinion
    (salutation, closing words, signature), so that nothing of a letter is lost. `marked`: it says that its opinions stand in the draft itself.
    """

    unit: str = ""
    contact: str = ""
    telephone: str = ""
    date: str = ""
    channel: Channel = Channel.OTHER
    conclusion: Conclusion = Conclusion.UNSAID
    opinions: tuple[Opinion, ...] = ()
    preface: str = ""
    marked: bool = False
