"""Quoted words found in what was issued, exactly or nearly, with what else has them and how sure the place is."""

from __future__ import annotations

from collections.abc import Sequence

from drafter.opinions.chapters import Scope
from drafter.opinions.index import Hit, Index
from drafter.opinions.model import Opinion
from drafter.opinions.quotation import Quotation, meanings
from drafter.review.remarks import Confidence
from drafter.source.frozen import dataclass

_FEW = 4  # fewer plain characters may be anywhere: they are never sure by themselves
_CLEAR, _MARGIN = 0.8, 0.1
"""So much alike, and so much more than anything else, is likely meant."""
_SAME = 0.85  # words that alike, where the 段号 says, are asked for nowhere else
_INSIDE = 0.66  # words that alike are meant where the cited part has them


@dataclass(frozen=True, slots=True)
class Found:
    """Quoted words in the index, one hit for each stretch between gaps; `others` are the places that have them as well."""

    quotation: Quotation
    hits: tuple[Hit, ...]
    confidence: Confidence
    others: tuple[int, ...] = ()
    obstacle: str = ""


class Finder:
    """The search for quoted words."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def found(self, opinion: Opinion, scope: Scope | None) -> Found | None:
        """The words that an opinion quotes, in the cited part if they are there; None where nothing is like them."""
        readings = meanings(opinion.quote, opinion.instead)
        for reading in readings:
            found = self._exact(reading, scope)
            if found is not None:
                return found
        return self._near(readings[0], scope) if readings else None

    def _exact(self, reading: Quotation, scope: Scope | None) -> Found | None:
        chains = self._chains(reading)
        if not chains:
            return None
        among = frozenset(scope.paragraphs) if scope else frozenset[int]()
        inside = [chain for chain in chains if self._index.home(chain[0]) in among]
        chosen = inside or chains
        others = tuple(self._index.home(chain[0]) for chain in chosen[1:])
        homes = {self._index.home(chain[0]) for chain in chosen}
        if len(chosen) > 1:
            confidence = Confidence.LIKELY if len(homes) == 1 and inside else Confidence.UNSURE
            return Found(reading, chosen[0], confidence, others, "opinions.several")
        return Found(reading, chosen[0], self._sureness(reading, chains, scope, bool(inside)))

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
        chains: list[tuple[Hit, ...]] = [(hit,) for hit in self._index.exact(first)]
        for words in rest:
            chains = [
                (*chain, following)
                for chain in chains
                if (following := self._following(chain[-1], words)) is not None
            ]
        return chains

    def _following(self, before: Hit, words: str) -> Hit | None:
        home = self._index.home(before)
        return next((hit for hit in self._index.exact(words, (home,)) if hit.start >= before.end), None)

    def _near(self, reading: Quotation, scope: Scope | None) -> Found | None:
        """The first stretch nearly; of several the longest counts."""
        words = max(reading.stretches, key=len)
        inside = self._index.near(words, frozenset(scope.paragraphs)) if scope else []
        here = inside[0] if inside else None
        beyond_doubt = scope is not None and scope.numbered and here is not None and here.alike >= _SAME
        everywhere = [] if beyond_doubt else self._index.near(words)
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

    def _nearly(self, reading: Quotation, hit: Hit, rest: Sequence[Hit], *, clear: bool) -> Found:
        others = (
            ()
            if clear
            else tuple(self._index.home(each) for each in rest if hit.alike - each.alike < _MARGIN)
        )
        obstacle = "opinions.gap" if len(reading.stretches) > 1 else ""
        if not clear:
            obstacle = "opinions.several" if others else "opinions.unlike"
        return Found(reading, (hit,), Confidence.LIKELY if clear else Confidence.UNSURE, others, obstacle)
