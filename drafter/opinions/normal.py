"""Words without what typists, word processors and phones change in them: width, kind of quotation mark, spaces, marks of objects.

Each kept character knows where it stood, so that what was found in the plain words can be cut out of the written ones.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from drafter.source.frozen import dataclass
from drafter.word.anchors import OBJECT

_SAME = {
    **dict.fromkeys("“”„‟＂「」『』﹁﹂〝〞‘’‚‛＇`´", '"'),
    "'": '"',
    **dict.fromkeys("—–―－−‐‑‒─━﹣~～∼〜", "-"),
    **dict.fromkeys("·•・∙⋅‧●", "·"),
    **dict.fromkeys("〔［【﹝", "["),
    **dict.fromkeys("〕］】﹞", "]"),
    **dict.fromkeys("〇○◯", "0"),
    **dict.fromkeys("〈＜﹤", "<"),
    **dict.fromkeys("〉＞﹥", ">"),
    "。": "。",
    OBJECT: "",
}
_INVISIBLE = ("Cf", "Cc", "Zs", "Zl", "Zp")
GAP = re.compile(r"(?:…|⋯|\.{3,}|。{3,}|·{3,}|．{3,})+")
"""An ellipsis: words left out of a quotation."""


@dataclass(frozen=True, slots=True)
class Plain:
    """Plain words, and for each of their characters its offset in the written ones."""

    text: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where plain characters `start:end` stand in the written words; a point is before the character that follows it."""
        if start < end:
            return self.at[start], self.at[end - 1] + 1
        at = self.at[start] if start < len(self.at) else (self.at[-1] + 1 if self.at else 0)
        return at, at


@cache
def _plain(character: str) -> str:
    known = _SAME.get(character)
    if known is not None:
        return known
    if unicodedata.category(character) in _INVISIBLE:
        return ""
    folded = unicodedata.normalize("NFKC", character)
    return "".join(_SAME.get(each, each) for each in folded if not each.isspace())


def plain(text: str) -> Plain:
    """The plain words of a text."""
    out: list[str] = []
    at: list[int] = []
    for offset, character in enumerate(text):
        folded = _plain(character)
        if folded:
            out.append(folded)
            at += [offset] * len(folded)
    return Plain("".join(out), tuple(at))
