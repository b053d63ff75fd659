"""What looks like markup of ours and was not read: constructs of later, raw HTML, names that are no names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from drafter.document.shield import original

if TYPE_CHECKING:
    from markdown_it.token import Token

_MATERIAL = re.compile(r"[{<@]")
_SUSPECT = re.compile(
    r"(?P<question>\{(?:\+\+|--|~~|==|>>))"
    r"|(?P<html><!--)"
    r"|(?P<name>@(?:tbl|fig|box|sec|eq):)",
    re.DOTALL,
)
_CODES = {
    "question": "document.critic-unclosed",
    "html": "document.html",
    "name": "document.reference",
}
_READ = (
    "question_open",
    "question_close",
    "question_comment",
    "code_inline",
    "image",
    "formula",
    "text_special",
    "html_inline",
    "cross_reference",
    "link_close",
)


def suspects(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, str, str]]:
    """Offset, issue code and wording of each; what the tokens say is code, escaped or read already is passed over."""
    if not _MATERIAL.search(text):
        return
    left, at = list[str](), 0
    for token in tokens:
        if token.type in _READ and token.map and token.map[0] >= at:
            left += (text[at : token.map[0]], " " * (token.map[1] - token.map[0]))
            at = token.map[1]
    left.append(text[at:])
    for match in _SUSPECT.finditer("".join(left)):
        yield match.start(), _CODES[match.lastgroup or "html"], original(text[match.start() : match.end()])
