"""A change carried over to what a plan prints today, or why it cannot be."""

from __future__ import annotations

from drafter.review.remarks import BREAK, Change
from drafter.review.since import Since
from drafter.source.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Texts:
    """The same words three times: as issued, as the reviewer wants them, as they are today. `key` where they are a datum's."""

    issued: str
    proposed: str
    today: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Carried:
    """A change on the paragraphs of today; or `change` is None and today already reads so (no `obstacle`), or why it cannot be carried.

    `paragraph` is the one of today, -1 for none, and `at` where in it the words stand.
    """

    change: Change | None = None
    obstacle: str = ""
    texts: Texts | None = None
    paragraph: int = -1
    at: int = 0


class Stuck(Exception):
    """The change cannot be carried over."""

    def __init__(self, code: str, texts: Texts, paragraph: int = -1) -> None:
        super().__init__(code)
        self.carried = Carried(obstacle=code, texts=texts, paragraph=paragraph)


def stuck(
    since: Since, code: str, index: int, proposed: str, here: int | None, today: str | None = None
) -> Stuck:
    """Why, with the whole paragraphs as the three texts."""
    said = today if today is not None else since.today[here].text if here is not None else ""
    texts = Texts(since.issued[index].text, shown(proposed), shown(said))
    return Stuck(code, texts, -1 if here is None else here)


def shown(text: str) -> str:
    """Words as people read them: the end of a paragraph is a line end."""
    return text.replace(BREAK, "\n")


def like(since: Since, change: Change) -> int:
    """The paragraph of today whose style a new one has."""
    return since.now.get(change.like, -1)
