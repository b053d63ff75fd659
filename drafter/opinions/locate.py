"""An opinion held against what was issued: the words it quotes, the part it cites, and the change it asks for.

Sure is only what was quoted as it stands and stands once, or stands where the 段号 says. What is nearly quoted is likely where nothing else comes
near; a part alone shows where to look. Where the words are there but the change is not clear, a person decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from drafter.opinions.chapters import Chapters, Scope, first_of
from drafter.opinions.citing import cites, cites_page, number_words, place_words, speaks_of_whole
from drafter.opinions.finding import Finder, Found
from drafter.opinions.index import Index
from drafter.opinions.model import Opinion
from drafter.opinions.wanted import Stretch, stretch, wanted
from drafter.review.diff import Op
from drafter.review.locate import target
from drafter.review.match import aimed
from drafter.review.remarks import BREAK, Change, Confidence, Kind, Remark, Unlocated
from drafter.review.spots import nearby
from drafter.word.anchors import Record

_ELSEWHERE = 12  # so many other places are named


class Locator:
    """A record made ready for many opinions."""

    def __init__(self, record: Record) -> None:
        self.index = Index(record.anchors.paragraphs)
        self.chapters = Chapters(record)
        self._finder = Finder(self.index)
        self.issued = record.anchors.paragraphs

    def remarks(self, opinions: Iterable[Opinion], first: int = 1) -> tuple[Remark, ...]:
        """A remark for each opinion, in their order; ids count from `first`, marks (`opinion:1`) from 1."""
        return tuple(
            replace(self.remark(opinion), id=f"r{number + first - 1}", marks=(f"opinion:{number}",))
            for number, opinion in enumerate(opinions, 1)
        )

    def remark(self, opinion: Opinion) -> Remark:
        """The remark of one opinion."""
        scope, words = self._scope(opinion)
        whole = opinion.instead is None and speaks_of_whole(opinion.place)
        found = None if whole else self._finder.found(opinion, scope)
        remark = _bare(opinion)
        if found is None:
            return self._by_place(remark, opinion, scope, words)
        home, start, end = self.index.inside(found.hits[0])
        last, _, behind = self.index.inside(found.hits[-1])
        end = behind if last == home else end
        remark = self._at(remark, home, start, end, found.confidence)
        cited = [self.issued[each].number or self.issued[each].place for each in found.others]
        remark = replace(remark, elsewhere=tuple(dict.fromkeys(filter(None, cited)))[:_ELSEWHERE])
        if opinion.instead is None:
            return replace(remark, obstacle="opinions.words")
        if found.obstacle:
            return replace(remark, obstacle=found.obstacle)
        return self._changed(remark, found, opinion.instead)

    # what is cited

    def _scope(self, opinion: Opinion) -> tuple[Scope | None, str]:
        """The cited part, and the words that cite: the place, else what the opinion says itself, else its heading."""
        for words in (
            opinion.place,
            number_words(opinion.quote),
            place_words(opinion.words),
            place_words(opinion.section),
            opinion.section,
        ):
            scope = self.chapters.cited(words) if words.strip() else None
            if scope is not None:
                return scope, words
        return None, opinion.place or place_words(opinion.words)

    def _by_place(self, remark: Remark, opinion: Opinion, scope: Scope | None, words: str) -> Remark:
        """Where no words were found."""
        obstacle = "opinions.words"
        if opinion.quote.strip() and opinion.instead is None and not remark.comment:
            # nothing else was written, and it is nothing of the draft: this is what they say
            remark = replace(remark, original="", comment=opinion.quote)
        elif opinion.quote.strip() and not speaks_of_whole(opinion.place):
            obstacle = "opinions.not-found"
        elif opinion.instead is not None:
            obstacle = "opinions.no-quote"
        first = first_of(scope, self.issued)
        if scope is None or first < 0:
            reason = self._reason(opinion, words)
            return replace(remark, target=Unlocated(reason), obstacle=obstacle)
        firm = scope.firm and (scope.numbered or not opinion.quote.strip())
        confidence = Confidence.LIKELY if firm else Confidence.UNSURE
        remark = self._at(remark, first, 0, len(self.issued[first].text), confidence)
        # it speaks of a part, not of the words that are its title
        return replace(remark, obstacle=obstacle, span=(0, 0))

    def _reason(self, opinion: Opinion, words: str) -> str:
        """Why there is no place."""
        if speaks_of_whole(opinion.place):
            return "opinions.whole"
        if opinion.quote.strip():
            return "opinions.not-found"
        if cites(words):
            return "opinions.unknown-place"
        return "opinions.page" if cites_page(words) else "opinions.no-place"

    def _at(self, remark: Remark, home: int, start: int, end: int, confidence: Confidence) -> Remark:
        anchor = self.issued[home]
        spot = target(anchor, start, end)
        if isinstance(spot, Unlocated):
            near, own = nearby(self.issued, home)
            spot = near or spot
            if not own and confidence is Confidence.SURE:
                confidence = Confidence.LIKELY
        return replace(
            remark,
            target=spot,
            confidence=confidence,
            place=anchor.place,
            number=anchor.number,
            context=anchor.text,
            anchor=home,
            span=(start, end),
        )

    # what is wanted

    def _changed(self, remark: Remark, found: Found, instead: str) -> Remark:
        quoted = self._stretches(found)
        made = wanted(self.index, quoted, found.quotation.instead or "")
        if made.change is None:
            return replace(remark, obstacle=made.obstacle)
        return self._with(remark, made.change)

    def _stretches(self, found: Found) -> list[Stretch]:
        return [
            stretch(self.index, written, hit.start, hit.end)
            for written, hit in zip(found.quotation.written, found.hits, strict=True)
        ]

    def _with(self, remark: Remark, change: Change) -> Remark:
        """The remark with its change, told as one that was tracked would be: the words that change, no more."""
        new = change.new.replace("\r\n", "\n").replace("\r", "\n")
        if "\n" in new or BREAK in new:
            return replace(remark, obstacle="opinions.paragraphs")
        anchor = self.issued[change.anchor]
        words = anchor.text[change.start : change.end]
        kind = Kind.REPLACEMENT if words and new else Kind.DELETION if words else Kind.INSERTION
        remark = replace(
            remark,
            kind=kind,
            original=words,
            proposed=new,
            change=replace(change, new=new),
            anchor=change.anchor,
            place=anchor.place,
            number=anchor.number,
            context=anchor.text,
            span=None,
        )
        return aimed(self.issued, remark, Op(change.start, change.end, new))


def _bare(opinion: Opinion) -> Remark:
    """The remark before anything was found: an explicit act of a person, as a tracked change is."""
    return Remark(
        id="",
        kind=Kind.OPINION,
        tracked=True,
        author=opinion.person or opinion.unit,
        date=opinion.date,
        original=opinion.quote,
        proposed=opinion.instead or "",
        comment=_comment(opinion),
        confidence=Confidence.UNSURE,
        target=Unlocated("opinions.no-place"),
    )


def _comment(opinion: Opinion) -> str:
    """What was said beside the change: the opinion, and the reason behind it."""
    reason = f"理由：{opinion.reason}" if opinion.reason and opinion.words else opinion.reason
    return "\n".join(filter(None, (opinion.section, opinion.words, reason)))
