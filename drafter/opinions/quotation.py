"""What a quotation may mean: people put it in quotation marks, write the number of its heading before it, or leave words out of its middle."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafter.opinions.normal import GAP, plain
from drafter.source.frozen import dataclass

_PAIRS = ("“”", '""', "「」", "『』", "‘’", "''", "＂＂", "【】")
_LEAD = re.compile(
    r"(?:\s*(?:原文(?:为|是|如下)?|原稿|原句|原表述)\s*[:：]\s*"
    r"|\s*(?:第\s*[0-9０-９]+\s*页(?:倒数)?(?:第?\s*[0-9０-９一二三四五六七八九十]+\s*[行段])*|[PpＰ]\.?\s*[0-9０-９]+)\s*[，,：:、\s]\s*"
    r"|\s*[【\[（(]?(?:第|段号)?\s*(?:附[0-9０-９]+|[0-9０-９]+)[.．][0-9０-９]+[-－—–][0-9０-９]+(?:[/／][0-9０-９]+)?段?[】\]）)]?\s*[：:、，,\s]?\s*)+"
)
_SIGN = re.compile(
    r"\s*(?:第[一二三四五六七八九十百0-9０-９]+[章节]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十0-9０-９]+[）)]"
    r"|[0-9０-９]+[.．、](?![0-9０-９])|[①-⑳]|(?:附?[表图]|专栏|附件)\s*[0-9０-９一二三四五六七八九十]+)[\s　]*"
)
_LABEL = re.compile(r"(?:附?[表图]|专栏|附件)[0-9０-９]{1,3}")
_STOPS = "。；，、：;,:"


@dataclass(frozen=True, slots=True)
class Quotation:
    """A reading of quoted words, as written and plain, in stretches between gaps; and the words wanted instead, read the same way."""

    written: tuple[str, ...]
    stretches: tuple[str, ...]
    instead: str | None

    @property
    def plain(self) -> str:
        """All plain words."""
        return "".join(self.stretches)


def meanings(quote: str, instead: str | None) -> list[Quotation]:
    """The readings of quoted words, the most literal first."""
    out: dict[tuple[str, ...], Quotation] = {}
    for words, new in _readings(quote, instead):
        for written in ((words,), tuple(filter(lambda part: plain(part).text, GAP.split(words)))):
            if written and plain(written[0]).text:
                reading = Quotation(
                    written, tuple(plain(each).text for each in written), _trimmed(words, new)
                )
                out.setdefault(reading.stretches, reading)
    return list(out.values())


def _readings(quote: str, instead: str | None) -> Iterator[tuple[str, str | None]]:
    new = None if instead is None else instead.strip()
    yield quote.strip(), new
    bare = unwrapped(_LEAD.sub("", quote, count=1))
    new = None if new is None else unwrapped(new)
    yield bare, new
    if _LABEL.search(bare):  # a reference is a field, whose result is no text
        yield _LABEL.sub("", bare), new and _LABEL.sub("", new)
    short = bare.rstrip(_STOPS)
    ended = bare[len(short) :]
    if ended:
        yield short, new.rstrip(_STOPS) if new else new
    sign = _SIGN.match(bare)
    if sign and sign.end() < len(bare):
        yield bare[sign.end() :], new and new.removeprefix(sign[0])


def _trimmed(quote: str, instead: str | None) -> str | None:
    """Without the gaps at either end that the quoted words have too."""
    if not instead:
        return instead
    start = GAP.match(instead)
    if start and GAP.match(quote):
        instead = instead[start.end() :]
    ends = [match for match in GAP.finditer(instead) if match.end() == len(instead)]
    if ends and any(match.end() == len(quote) for match in GAP.finditer(quote)):
        instead = instead[: ends[0].start()]
    return instead


def unwrapped(text: str) -> str:
    """Without quotation marks around the whole."""
    text = text.strip()
    for pair in _PAIRS:
        opening, closing, inner = pair[0], pair[1], text[1:-1]
        if (
            len(text) > 1
            and text[0] == opening
            and text[-1] == closing
            and _balanced(inner, opening, closing)
        ):
            return inner.strip()
    return text


def _balanced(inner: str, opening: str, closing: str) -> bool:
    if opening == closing:
        return opening not in inner
    depth = 0
    for character in inner:
        depth += (character == opening) - (character == closing)
        if depth < 0:
            return False
    return depth == 0
