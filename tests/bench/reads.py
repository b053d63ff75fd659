"""The peer of `drafter collect`: pandoc reads returned files one after another. Arguments: the program, the files."""

import subprocess
import sys


def main(pandoc: str, *files: str) -> None:
    """Read each file with its tracked changes and comments."""
    for file in files:
        command = [pandoc, "-f", "docx", "--track-changes=all", "-t", "native", file]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
