"""The codes of the catalogue (`codes`) around opinions that are not written into the draft, and the files that bring them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from drafter.source.severity import Severity

OPINIONS: Final[Mapping[str, Severity]] = {
    # opinions: what is not written into the draft
    "opinions.words": Severity.INFO,
    "opinions.several": Severity.INFO,
    "opinions.unlike": Severity.INFO,
    "opinions.not-found": Severity.INFO,
    "opinions.misquoted": Severity.INFO,
    "opinions.gap": Severity.INFO,
    "opinions.paragraphs": Severity.INFO,
    "opinions.no-quote": Severity.INFO,
    "opinions.extent": Severity.INFO,
    "opinions.same": Severity.INFO,
    "opinions.no-place": Severity.INFO,
    "opinions.whole": Severity.INFO,
    "opinions.page": Severity.INFO,
    "opinions.unknown-place": Severity.INFO,
    "opinions.unit-above": Severity.INFO,
    "opinions.channel": Severity.INFO,
    "opinions.no-words": Severity.WARNING,
    "opinions.no-heads": Severity.WARNING,
    "opinions.marked": Severity.WARNING,
    "opinions.nothing": Severity.WARNING,
    "archives.damaged": Severity.ERROR,
    "archives.encrypted": Severity.ERROR,
    "archives.too-many": Severity.ERROR,
    "archives.too-large": Severity.ERROR,
    "archives.empty": Severity.ERROR,
    "archives.member-large": Severity.ERROR,
    "archives.member-damaged": Severity.ERROR,
    "archives.link": Severity.ERROR,
    "archives.path": Severity.ERROR,
    "archives.deep": Severity.WARNING,
}
