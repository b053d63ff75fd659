"""`python -m drafter.word.frames [FOLDER]`: write the frames, to `templates` unless told otherwise."""

from __future__ import annotations

import sys
from pathlib import Path

from drafter.word.frames import FRAMES


def main(arguments: list[str]) -> None:
    """Write the frames."""
    folder = Path(arguments[0] if arguments else "templates")
    folder.mkdir(parents=True, exist_ok=True)
    for name, made in FRAMES.items():
        (folder / f"{name}.docx").write_bytes(made())


if __name__ == "__main__":
    main(sys.argv[1:])
