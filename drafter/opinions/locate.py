"""An opinion held against what was issued: the words it quotes, the part it cites, and the change it asks for.

Sure is only what was quoted as it stands and stands once, or stands where the 段号 says. What is nearly quoted is likely where nothing else comes
near; a part alone shows where to look. Where the words are there but the change is not clear, a person decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from drafter.opinions.chapters import (
    Chapters,
    Scope,
    cites_page,
    first_of,
    number_words,
    place_words,
    speaks_of_whole,
)
from drafter.opinions.index import Hit, Index
from drafter.opinions.model import Opinion
from drafter.opinions.quotation import Quotation, meanings
from drafter.opinions.wanted import Stretch, stretch, wanted
from drafter.review.diff import Op
from drafter.review.locate import target
from drafter.review.match import aimed
from drafter.review.remarks import BREAK, Change, Confidence, Kind, Remark, Unlocated
from drafter.review.spots import nearby
from drafter.source.frozen import dataclass
from drafter.word.anchors import Record

_FEW = 4  # fewer plain characters may be anywhere: they are never sure by themselves
_CLEAR, _MARGIN = 0.8, 0.1
"""So much alike, and so much more than anything else, is likely meant."""
_SAME = 0.85  # words that alike, where the 段号 says, are asked for nowhere else
_INSIDE = 0.66  # words that alike are meant where the cited part has them
_ELSEWHERE = 12  # so many other places are named


@dataclass(frozen=True, slots=True)
class _Found:
    """Quoted words in the index, one hit for each stretch between gaps; `others` are the places that have them as well."""

    quotation: Quotation
    hits: tuple[Hit, ...]
    confidence: Confidence
    others: tuple[int, ...] = ()
    obstacle: str = ""


class Locator:
    """A record made ready for many opinions."""

    def __init__(self, record: Record) -> None:
        self.index = Index(record.anchors.paragraphs)
        self.chapters = Chapters(record)
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
        found = None if whole else self._found(opinion, scope)
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
        if opinion.quote.strip() and not speaks_of_whole(opinion.place):
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
        if self.chapters.known(words):
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

    # what is quoted

    def _found(self, opinion: Opinion, scope: Scope | None) -> _Found | None:
        readings = meanings(opinion.quote, opinion.instead)
        for reading in readings:
            found = self._exact(reading, scope)
            if found is not None:
                return found
        return self._near(readings[0], scope) if readings else None

    def _exact(self, reading: Quotation, scope: Scope | None) -> _Found | None:
        chains = self._chains(reading)
        if not chains:
            return None
        among = frozenset(scope.paragraphs) if scope else frozenset[int]()
        inside = [chain for chain in chains if self.index.home(chain[0]) in among]
        chosen = inside or chains
        others = tuple(self.index.home(chain[0]) for chain in chosen[1:])
        homes = {self.index.home(chain[0]) for chain in chosen}
        if len(chosen) > 1:
            confidence = Confidence.LIKELY if len(homes) == 1 and inside else Confidence.UNSURE
            return _Found(reading, chosen[0], confidence, others, "opinions.several")
        return _Found(reading, chosen[0], self._sureness(reading, chains, scope, bool(inside)))

    def _sureness(
        self,
        reading: Quotation,
        chains: Sequence[tuple[Hit, ...]],
        scope: Scope | None,
        inside: bool,  # noqa: FBT001 -- of one call
    ) -> Confidence:
        """How sure one place is, of all that have the words."""
        if inside and scope is not None and scope.numbered:
            return Confidence.SURE
        alone = len(chains) == 1 and (len(reading.plain) >= _FEW or inside)
        return Confidence.SURE if alone and (inside or scope is None) else Confidence.LIKELY

    def _chains(self, reading: Quotation) -> list[tuple[Hit, ...]]:
        """The places that have all stretches of a quotation, one behind the other in one paragraph."""
        first, *rest = reading.stretches
        chains: list[tuple[Hit, ...]] = [(hit,) for hit in self.index.exact(first)]
        for words in rest:
            chains = [
                (*chain, following)
                for chain in chains
                if (following := self._following(chain[-1], words)) is not None
            ]
        return chains

    def _following(self, before: Hit, words: str) -> Hit | None:
        home = self.index.home(before)
        return next((hit for hit in self.index.exact(words, (home,)) if hit.start >= before.end), None)

    def _near(self, reading: Quotation, scope: Scope | None) -> _Found | None:
        """The first stretch nearly; of several the longest counts."""
        words = max(reading.stretches, key=len)
        inside = self.index.near(words, frozenset(scope.paragraphs)) if scope else []
        here = inside[0] if inside else None
        beyond_doubt = scope is not None and scope.numbered and here is not None and here.alike >= _SAME
        everywhere = [] if beyond_doubt else self.index.near(words)
        best = everywhere[0] if everywhere else None
        if (
            here is not None
            and here.alike >= _INSIDE
            and (best is None or here.alike >= best.alike - _MARGIN)
        ):
            clear = len(inside) == 1 or here.alike - inside[1].alike >= _MARGIN
            return self._nearly(reading, here, inside[1:], clear=clear)
        if best is None:
            return None
        alone = len(everywhere) == 1 or best.alike - everywhere[1].alike >= _MARGIN
        clear = alone and best.alike >= _CLEAR and scope is None
        if not clear and scope is not None and scope.numbered:
            return None  # the 段号 says more than words that are only like the quoted ones
        return self._nearly(reading, best, everywhere[1:], clear=clear)

    def _nearly(self, reading: Quotation, hit: Hit, rest: Sequence[Hit], *, clear: bool) -> _Found:
        others = (
            () if clear else tuple(self.index.home(each) for each in rest if hit.alike - each.alike < _MARGIN)
        )
        obstacle = "opinions.gap" if len(reading.stretches) > 1 else ""
        if not clear:
            obstacle = "opinions.several" if others else "opinions.unlike"
        return _Found(reading, (hit,), Confidence.LIKELY if clear else Confidence.UNSURE, others, obstacle)

    # what is wanted

    def _changed(self, remark: Remark, found: _Found, instead: str) -> Remark:
        quoted = self._stretches(found)
        made = wanted(self.index, quoted, found.quotation.instead or "")
        if made.change is None:
            return replace(remark, obstacle=made.obstacle)
        return self._with(remark, made.change)

    def _stretches(self, found: _Found) -> list[Stretch]:
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
