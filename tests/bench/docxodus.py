"""The peer of `drafter redline`: python-redlines with its Docxodus engine. Arguments: the old file, the new one, the result."""

import sys
from pathlib import Path

from python_redlines import DocxodusEngine


def main(old: str, new: str, out: str) -> None:
    """Compare two files."""
    made, *_ = DocxodusEngine().run_redline("规划财务科", Path(old).read_bytes(), Path(new).read_bytes())
    Path(out).write_bytes(made)


if __name__ == "__main__":
    main(*sys.argv[1:])
