"""Sentences for people: looked up by message id in the catalogue of the user's language.

The ids are the issue codes of `drafter.source.codes` (`merge.undefined`, with `merge.undefined.hint` for what to
do) and the command line's own words (`cli.build`). People edit the `.po` files; `make catalogues` compiles them.
A message that is missing must never cost a user the sentence it belongs to: the id and the facts are shown instead.
Tests set `DRAFTER_MESSAGES=strict`, which makes the same an error.
"""

import errno
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

from drafter.source.issues import Issue
from drafter.source.listed import Listed

if TYPE_CHECKING:
    from gettext import NullTranslations

LANGUAGES = ("zh_CN", "en")
LOCALE = Path(__file__).parent.parent / "locale"
STRICT = "DRAFTER_MESSAGES"

_COMMAS: Mapping[str, str] = {"en": ", "}
"""What stands between the names of a list in a language that does not join them with `、`."""


class MessageMissing(LookupError):
    """A message id or one of its facts is missing; raised under `DRAFTER_MESSAGES=strict` only."""


def language(environment: Mapping[str, str] = os.environ) -> str:
    """The user's language: `zh_CN` or `en`; Chinese where the environment says nothing."""
    for name in ("DRAFTER_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return "zh_CN" if value.lower().startswith("zh") else "en"
    return "zh_CN"


def os_reason(error: OSError) -> str:
    """Why the system refused, in the user's language; in the system's words where we have none."""
    msgid = f"errno.{errno.errorcode.get(error.errno or 0, '')}"
    return text(msgid) if has(msgid) else error.strerror or str(error)


def sentence(issue: Issue) -> str:
    """What is wrong."""
    return text(issue.code, **issue.facts)


def hint(issue: Issue) -> str:
    """What to do about it; empty where there is nothing to say, also where it would name the nearest name and there is none."""
    msgid = f"{issue.code}.hint"
    if issue.facts.get("nearest") == "":
        msgid = f"{msgid}.none"
    return text(msgid, **issue.facts) if has(msgid) else ""


def has(msgid: str) -> bool:
    """Whether the catalogue of the user's language knows the message."""
    return _catalogue(language()).gettext(msgid) != msgid


def text(msgid: str, /, **facts: object) -> str:
    """The message in the user's language with its `{name}` places filled from the facts."""
    return translate(msgid, facts, language())


def translate(msgid: str, facts: Mapping[str, object], lang: str) -> str:
    """The message in a given language of `LANGUAGES`."""
    pattern = _catalogue(lang).gettext(msgid)
    if pattern == msgid:
        _missing(msgid)
        return f"{msgid} {', '.join(f'{name}={value}' for name, value in facts.items())}".rstrip()
    return pattern.format_map(_Facts(facts, msgid, _COMMAS.get(lang)))


def blank(msgid: str) -> str:
    """The message in the user's language with its places left open: what can be said of it without a case."""
    parts = Formatter().parse(_catalogue(language()).gettext(msgid))
    return "".join(literal + ("" if name is None else "…") for literal, name, _, _ in parts)


class _Facts(dict[str, object]):
    """The facts of one message; a missing one is shown as its own place."""

    def __init__(self, facts: Mapping[str, object], msgid: str, comma: str | None) -> None:
        super().__init__(facts)
        self._msgid, self._comma = msgid, comma

    def __getitem__(self, name: str) -> object:
        found = super().__getitem__(name)
        return found.joined(self._comma) if self._comma and isinstance(found, Listed) else found

    def __missing__(self, name: str) -> str:
        _missing(f"{self._msgid}: {{{name}}}")
        return f"{{{name}}}"


def _missing(what: str) -> None:
    if os.environ.get(STRICT) == "strict":
        raise MessageMissing(what)


@cache
def _catalogue(lang: str) -> "NullTranslations":
    import gettext

    return gettext.translation("drafter", LOCALE, [lang], fallback=True)
