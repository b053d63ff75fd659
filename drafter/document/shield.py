"""Values are text, never markup: stand-ins for the characters of a value while Markdown is read.

Each stand-in is one character for one character, so that every offset stays, and each knows the character it stands for, so that
`**` beside a value opens or closes as it would beside the value's own first or last character.
"""

from __future__ import annotations

from markdown_it.common.utils import MD_TRIM_CHARS

from drafter.source.origins import DataValue, Generated, MappedText, Origin, SourceSlice

_FIRST = 0xF600
_SHIELDED = [chr(code) for code in range(128)] + [char for char in MD_TRIM_CHARS if ord(char) > 127]  # noqa: PLR2004
_STAND_INS = {ord(char): chr(_FIRST + number) for number, char in enumerate(_SHIELDED)}
_ORIGINALS = {ord(stand_in): chr(code) for code, stand_in in _STAND_INS.items()}

AS_MARKUP = "标记"
"""The filter by which a writer lets a value carry markup."""


def shielded(mapped: MappedText) -> str:
    """The text with every value's ASCII and spaces replaced by stand-ins, of the same length.

    Letters and digits too: `{{ n }}. x` at the start of a line is no list, `&{{ name }};` no entity.
    """
    parts: list[str] = []
    last = 0
    for piece in mapped.pieces:
        if not _is_markup(piece.origin):
            parts += (
                mapped.text[last : piece.start],
                mapped.text[piece.start : piece.end].translate(_STAND_INS),
            )
            last = piece.end
    parts.append(mapped.text[last:])
    # A lone carriage return ends a line of Markdown.
    return "".join(parts).replace("\r", "\n")


def original(text: str) -> str:
    """The text with stand-ins put back."""
    return text.translate(_ORIGINALS)


def _is_markup(origin: Origin) -> bool:
    if isinstance(origin, SourceSlice):
        return True
    if isinstance(origin, DataValue):
        return AS_MARKUP in origin.form
    return isinstance(origin, Generated) and origin.what in ("markup", "loop")
