"""Words from the command line that go into files: some can be typed, or arrive broken from a terminal, that no file can hold."""

from __future__ import annotations

from collections.abc import Mapping

from drafter.ooxml.xml import unwritable
from drafter.source.issues import Issue, Misnamed, Place


def refuse_unwritable(words: Mapping[str, str]) -> None:
    """Raises `Misnamed` for each option whose words have such characters: half of a character, or a control character."""
    wrong = [option for option, said in words.items() if unwritable(said)]
    if wrong:
        raise Misnamed(*(Issue("cli.unwritable-words", Place(""), {"option": option}) for option in wrong))
