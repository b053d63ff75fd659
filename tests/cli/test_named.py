"""Every command and option that a message, a page or the README names is one of the command line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from typer.core import TyperCommand, TyperGroup

from drafter.cli.loading import COMMANDS, made
from drafter.handbook import FOLDER
from drafter.source.messages import LANGUAGES
from tests.house import catalogues

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", ROOT / "README.zh-CN.md", ROOT / "CHANGELOG.md", *sorted(FOLDER.rglob("*.md")))

_COMMAND = re.compile(r"\bdrafter (?P<name>[a-z][a-z-]*)(?P<rest>[^`\n。；，;]*)")
_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*|(?<![\w-])-[a-z]\b(?!-)")
_OF_OTHERS = re.compile(r"\{--.*?--\}|\bgit [^`\n]*|`--\w+--`")
"""Words of others that look like options: CriticMarkup and git's."""

_HELP = frozenset({"--help", "-h"})
_ROOMS = {
    "rounds": "round",
    "opinions": "collect",
    "archives": "collect",
    "decided": "decide",
    "remark": "collect",
}
"""The commands whose messages begin otherwise."""

_PROSE = frozenset({"is", "writes"})
"""Words behind the program's name in a sentence about it."""


@cache
def options() -> Mapping[str, frozenset[str]]:
    """The options of each command; those of `frame new` and `frame inspect` also under `frame`."""
    return {name: frozenset(_options(made(name))) for name in COMMANDS}


def _options(command: object) -> Iterator[str]:
    if isinstance(command, TyperGroup):
        for inner in command.commands.values():
            yield from _options(inner)
    elif isinstance(command, TyperCommand):
        for parameter in command.params:
            yield from parameter.opts


def wrong(text: str) -> Iterator[str]:
    """The commands and options in a text that are none."""
    text = _OF_OTHERS.sub("", text)
    for found in _COMMAND.finditer(text):
        name = found["name"]
        if name not in options():
            if name not in _PROSE:
                yield f"drafter {name}"
            continue
        for option in _OPTION.findall(found["rest"]):
            if option not in options()[name] | _HELP:
                yield f"drafter {name} {option}"
    every = frozenset().union(*options().values()) | _HELP
    yield from (option for option in _OPTION.findall(text) if option.startswith("--") and option not in every)


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_name_commands_and_options_that_there_are(language: str) -> None:
    found = {msgid: list(wrong(said)) for msgid, said in catalogues.messages(language).items()}
    assert {msgid: names for msgid, names in found.items() if names} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_options_without_a_command_are_those_of_the_command_that_says_them(language: str) -> None:
    """`--for` in a hint of `collect.whose` is an option of `collect`."""
    of_others = {}
    for msgid, said in catalogues.messages(language).items():
        room = msgid.removeprefix("cli.").partition(".")[0]
        own = options().get(_ROOMS.get(room, room))
        alone = set(_OPTION.findall(_COMMAND.sub("", _OF_OTHERS.sub("", said))))
        if own is not None and alone - own - _HELP:
            of_others[msgid] = alone - own
    assert of_others == {}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_pages_name_commands_and_options_that_there_are(page: Path) -> None:
    assert list(wrong(page.read_text("utf-8"))) == []


@pytest.mark.parametrize("page", PAGES[:2], ids=lambda page: page.name)
def test_the_readme_names_every_command(page: Path) -> None:
    text = page.read_text("utf-8")
    assert [name for name in COMMANDS if f"`drafter {name}" not in text] == []
