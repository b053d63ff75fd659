"""Frozen dataclasses come from the decorator that is quick: every class that a command loads costs its time."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2] / "drafter"
STANDARD = re.compile(r"^from dataclasses import .*\bdataclass\b", re.MULTILINE)


def test_frozen_dataclasses_come_from_our_own_decorator() -> None:
    slow = [
        str(path.relative_to(ROOT))
        for path in ROOT.rglob("*.py")
        if path.name != "frozen.py"
        and "(frozen=True, slots=True" in (text := path.read_text("utf-8"))
        and STANDARD.search(text)
    ]
    assert not slow, (
        "write `from drafter.source.frozen import dataclass` (field and replace stay) in: " + ", ".join(slow)
    )
