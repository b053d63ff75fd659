"""Units by the short names that everybody uses: 市残联 is 市残疾人联合会, 卫健委 市卫生健康委员会. A short name means somebody only where it can mean nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterable

from drafter.rounds.standing import same

_SEAT = re.compile(r"^[市县区]")
_ENDS = {"委": "委员会", "联": "联合会", "办": "办公室"}
_SHORT = range(2, 8)  # characters of a short name
_HAN = re.compile(r"[\u3400-\u9fff]+")
_BEHIND = re.compile(
    r"意见|反馈|回复|答复|复函|回函|来函|函|关于|对|的|修改|修订|批注|手写|书面|电话|邮件|建议|征求|会签|稿|表|记录|无"
)
"""Words that follow the name of a unit in the name of a file; anything else may go on with it: 公安局交警支队 is not 公安局."""


def full_name(said: str, names: Iterable[str]) -> str:
    """The one of these names that these words shorten, or are but for brackets and blanks; empty where none is, or several are."""
    known = tuple(dict.fromkeys(names))
    exact = [name for name in known if same(name) == same(said)]
    found = exact or [name for name in known if _shortens(same(said), same(name))]
    return found[0] if len(found) == 1 else ""


def _shortens(said: str, name: str) -> bool:
    """Whether each character of the short name stands in the whole one, in order, the first and the last where they do there."""
    if _SEAT.match(said) and said[0] != name[:1]:
        return False
    short, whole = _SEAT.sub("", said), _SEAT.sub("", name)
    if len(short) not in _SHORT or not whole or short[0] != whole[0]:
        return False
    if not whole.endswith(_ENDS.get(short[-1], short[-1])) and not whole.endswith(short[-1]):
        return False
    rest = iter(whole)
    return all(character in rest for character in short)


def named_at_start(words: str, names: Iterable[str]) -> str:
    """The unit whose short name the name of a file or folder begins with; empty where what follows may be more of another unit's name."""
    known = tuple(names)
    head = _HAN.search(words)
    run = head[0] if head else ""
    for length in reversed(_SHORT):
        behind = run[length:]
        if len(run) < length or (behind and not _BEHIND.match(behind)):
            continue
        found = full_name(run[:length], known)
        if found:
            return found
    return ""
