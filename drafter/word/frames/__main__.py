"""`python -m drafter.word.frames [FILE]`: write the frame of a plan, to `templates/plan.docx` unless told otherwise."""

from __future__ import annotations

import sys
from pathlib import Path

from drafter.word.frames.plan import plan_frame


def main(arguments: list[str]) -> None:
    """Write the frame."""
    target = Path(arguments[0] if arguments else "templates/plan.docx")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(plan_frame())


if __name__ == "__main__":
    main(sys.argv[1:])
