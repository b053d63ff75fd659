"""Two Word files → one with tracked changes: accepting all gives the new one, rejecting all the old one.

Not here: which files are compared, who is said to have changed them and when, why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from drafter.redline.making import Redline, Settings
    from drafter.source.issues import Outcome


def redline(old: bytes, new: bytes, settings: Settings) -> Outcome[Redline]:
    """The redline of two Word files. Raises `Refused` where one of them cannot be read, or holds changes and nothing says how to read them."""
    from drafter.redline.making import redline as make

    return make(old, new, settings)
