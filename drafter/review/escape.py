"""A reviewer's plain words as source text: what would be markup in Markdown, Jinja2 or YAML is made literal.

Only what could be read as markup where it stands is escaped, so that a fragment stays readable for its writer.
"""

from __future__ import annotations

import re

_SIGNS = re.compile(r"[\\`*_\[\]~$|]")
_REFERENCE = re.compile(r"@(?=(?:tbl|fig|box|sec|eq):)")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\ufffc\ue000-\uf8ff]")
_LINE_MARK = re.compile(r"#{1,6}(?=[ \t\n]|$)|[-+*](?=[ \t\n]|$)|>|:(?=::|[ \t])|=+[ \t]*$|-+[ \t]*$|~~~|\|")
_NUMBER_MARK = re.compile(r"\d{1,9}(?=[.)]([ \t\n]|\D|$))")
PREFIX = re.compile(
    r"[ \t]*(?:(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])|\[\^[^\]\n]+\]:|:(?=[ \t])|#{1,6}(?=[ \t]))[ \t]*)*"
)
"""What may stand in a line before its words: indentation, quotation, list and footnote marks, `#`."""

_YAML_RISKY = re.compile(r":(?=\s|$)|(?<=\s)#|[\n\t]")
_YAML_FIRST = "!&*-?:,[]{}#|>@`\"'% "


def writable(text: str) -> bool:
    """Whether the words can stand in a source at all: no object, no control character."""
    return not _CONTROL.search(text)


def markdown(text: str, before: str = "", after: str = "") -> str:
    """Words for the middle of a line, between the source characters `before` and `after`."""
    text = _SIGNS.sub(r"\\\g<0>", text)
    text = _REFERENCE.sub(r"\\@", text)
    text = _ENTITY.sub("&amp;", text).replace("<", "&lt;")
    return _braces(text, before[-1:], after[:1]).replace("\t", "&#9;")


def _braces(text: str, before: str, after: str) -> str:
    """`{` opens a Jinja tag before one of `{%#`, else perhaps attributes; a backslash is no help against the first."""
    out = []
    for index, sign in enumerate(text):
        following = text[index + 1 : index + 2] or after
        previous = text[index - 1] if index else before
        if sign == "{":
            out.append("&#123;" if following in ("{", "%", "#") or previous == "{" else "\\{")
        elif previous == "{" and not index and sign in "%#":
            out.append(f"&#{ord(sign)};")
        else:
            out.append(sign)
    return "".join(out)


def spaces(text: str, *, first: bool, last: bool) -> str:
    """White space that Markdown would drop at the beginning or end of a paragraph, written as entities."""
    head = text[: len(text) - len(text.lstrip())] if first else ""
    text = text[len(head) :]
    tail = text[len(text.rstrip()) :] if last else ""
    body = text[: len(text) - len(tail)]
    return _entities(head) + body + _entities(tail)


def _entities(space: str) -> str:
    return "".join(f"&#{ord(sign)};" for sign in space)


def line_mark(line: str) -> int:
    """Where a backslash must go so that a line's words are not read as the mark of a block; -1 for nowhere."""
    if _LINE_MARK.match(line):
        return 0
    number = _NUMBER_MARK.match(line)
    return number.end() if number else -1


def broken(text: str, indent: str) -> str:
    """Hard line breaks inside words, as Markdown writes them."""
    return text.replace("\n", "\\\n" + indent)


def yaml(text: str, start: int, end: int, content: tuple[int, int], new: str) -> str | None:
    """What to write for characters `start:end` of the scalar whose words stand at `content`; None where it would not stay one."""
    if "\n" in new:
        return None
    quote = text[content[0] - 1 : content[0]]
    if quote == "'":
        return new.replace("'", "''")
    if quote == '"':
        return new.replace("\\", "\\\\").replace('"', '\\"')
    whole = text[content[0] : start] + new + text[end : content[1]]
    if not whole.strip() or whole != whole.strip() or whole[0] in _YAML_FIRST or _YAML_RISKY.search(whole):
        return None
    return None if re.search(r"[\[\]{},]", new) else new
