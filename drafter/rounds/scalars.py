"""Values as YAML on one line: plain where that is safe, else in double quotes, so that every character is read back as it was."""

from __future__ import annotations

import re
from collections.abc import Mapping

Value = str | int | bool | tuple["Value", ...] | Mapping[str, "Value"]
"""What a key of a round's file may hold."""

# Letters, digits, Chinese signs, and such ASCII as means nothing to YAML inside a plain scalar.
_PLAIN = re.compile(
    r"[\w《“（〔【「『][\w《》“”‘’（）〔〕【】「」『』、，。；：！？…—·．％+./%()-]*(?: [\w《》“”‘’（）〔〕【】「」『』、，。；：！？…—·．％+./%()-]+)*"
)
_COLON = re.compile(r":(?=\w)")
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
"""What other readers of YAML take for no text."""

# So many openers in a row are refused unread (`source.yaml`), in quotes too.
_DEEP = re.compile(r"[\[{\s]{50}|(?:-\s*){50}")
_ESCAPES: Mapping[str, str] = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_IDEOGRAPHIC_SPACE = "\u3000"


def written(value: Value, *, flow: bool = False) -> str:
    """A value as it stands behind its colon; in `flow` style it stands between brackets. Lists and mappings are always in flow style."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return _text(value, flow=flow)
    if isinstance(value, tuple):
        return "[" + ", ".join(written(each, flow=True) for each in value) + "]"
    return "{" + ", ".join(f"{key}: {written(each, flow=True)}" for key, each in value.items()) + "}"


def _text(text: str, *, flow: bool) -> str:
    # A colon between letters is one of the text (`01.md:12:7`), between brackets not everywhere.
    bare = text if flow else _COLON.sub("", text)
    if _PLAIN.fullmatch(bare) and text[0] != ":" and text.lower() not in _WORDS:
        return text
    harmless = not _DEEP.search(text)
    return '"' + "".join(_quoted(character, harmless=harmless) for character in text) + '"'


def _quoted(character: str, *, harmless: bool) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if (character.isprintable() or character == _IDEOGRAPHIC_SPACE) and (harmless or character not in "[{- "):
        return character
    code = ord(character)
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"  # noqa: PLR2004 -- what four digits can say
