"""Rebuilds in a running process, as `drafter watch` makes them: prints the median seconds after each kind of edit, as JSON.

python -m tests.bench.rebuild WORKSPACE ROUNDS
"""

from __future__ import annotations

import gc
import json
import statistics
import sys
from pathlib import Path

from drafter.actions.watch import Watcher
from drafter.cli import CYCLES

EDITS = {
    "words": "。\n",
    "a paragraph": "。\n\n新增一段文字，说明有关情况。\n",
    "a list": "。\n\n1. 新增第一项任务。\n2. 新增第二项任务。\n",
}
"""What a text ends with after the edit; undoing it is the next edit."""


def main(root: Path, rounds: int) -> dict[str, float]:
    """Edit a fragment in the middle of the plan, rebuild, put it back, rebuild."""
    gc.set_threshold(*CYCLES)
    watcher = Watcher(root)
    cold = watcher.rebuild()
    if cold.issues or not cold.files:
        raise SystemExit("\n".join(f"{issue.place.file}: {issue.code}" for issue in cold.issues))
    fragments = sorted((root / "sections").rglob("*.md"))
    path = fragments[len(fragments) // 2]
    before = path.read_text("utf-8")
    taken: dict[str, list[float]] = {name: [] for name in EDITS}
    for _ in range(rounds):
        for name, end in EDITS.items():
            for text in (before.rstrip("\n").rstrip("。") + "，另行通知" + end, before):
                path.write_text(text, "utf-8", newline="\n")
                taken[name].append(watcher.rebuild((path.name,)).seconds)
    return {name: statistics.median(each) for name, each in taken.items()}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))
