"""A redline made ready to be read: everybody can take or refuse its changes, reasons stand beside them as comments, and it is no issued copy.

One that would say the same at the same paragraph again is left out.
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from drafter.comparison.model import Change
from drafter.ooxml.package import zipped
from drafter.ooxml.xml import w
from drafter.redline.comments import attach
from drafter.redline.names import BOX, P
from drafter.redline.opened import Opened
from drafter.redline.stamp import Signature
from drafter.redline.story import Changed
from drafter.word.public import marked


def commented(redline: bytes, told: Iterable[tuple[Change, str]], signature: Signature) -> bytes:
    """The redline with a comment for each change that is told."""
    opened = Opened(redline, "")
    _unlock(opened)
    story = [p for p in opened.tree(opened.main).iter(P) if next(p.iterancestors(BOX), None) is None]
    wanted = dict.fromkeys((change.at, reason) for change, reason in told if change.at < len(story))
    found = [Changed(f"{at} {reason}", "", "", story[at]) for at, reason in wanted]
    said = {each.id: reason for each, (_, reason) in zip(found, wanted, strict=True)}
    attach(opened, found, said, "", signature)
    # with the new version's id it would be collected as a returned copy of it, our own changes as a reviewer's
    return marked(zipped(opened.stored()))


def _unlock(opened: Opened) -> None:
    """A copy that enforces tracking lets nobody take or refuse a change."""
    part = opened.related("settings")
    if part:
        etree.strip_elements(opened.tree(part), w("documentProtection"), with_tail=False)
