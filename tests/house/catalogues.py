"""What the tests of the house ask of catalogues and sources: messages, placeholders, and the literals that use them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

from drafter.source.messages import LANGUAGES, LOCALE

DRAFTER = LOCALE.parent


def po(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "drafter.po"


@cache
def messages(language: str) -> dict[str, str]:
    """msgid -> msgstr of the file people edit."""
    from babel.messages.pofile import read_po

    with po(language).open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}


def msgids_as_written(language: str) -> list[str]:
    """With repetitions, which a reader of the format folds together."""
    return [
        found
        for found in re.findall(r'^msgid "(.*)"$', po(language).read_text("utf-8"), re.MULTILINE)
        if found
    ]


def placeholders(pattern: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(pattern) if name is not None}


def wanted(msgid: str) -> set[str]:
    """The facts that a message needs in any language."""
    return {name for language in LANGUAGES for name in placeholders(messages(language).get(msgid, ""))}


@cache
def trees() -> tuple[tuple[Path, ast.Module], ...]:
    return tuple((path, ast.parse(path.read_text("utf-8"))) for path in sorted(DRAFTER.rglob("*.py")))


@cache
def used() -> tuple[frozenset[str], tuple[str, ...]]:
    """Every string literal of the program outside the tables of codes, and the beginnings of its f-strings."""
    literals: set[str] = set()
    beginnings: set[str] = set()
    for path, tree in trees():
        if path.name.endswith("codes.py"):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                literals.add(node.value)
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                beginnings.add(str(node.values[0].value))
    return frozenset(literals), tuple(
        text for text in beginnings if re.fullmatch(r"[a-z]+(\.[a-z-]+)*\.[a-z-]*", text)
    )


def is_used(msgid: str) -> bool:
    literals, beginnings = used()
    return msgid in literals or msgid.startswith(beginnings)


def calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    """Calls of a function by its bare name, each with its place."""
    for path, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                yield f"{path.relative_to(DRAFTER.parent)}:{node.lineno}", node


def literal(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
