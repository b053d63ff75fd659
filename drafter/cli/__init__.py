"""The command line: each command parses, calls one action, shows. Exit codes exist only here and in no other room."""

from typing import NoReturn

CYCLES = (500_000, 50, 50)
"""How seldom Python looks for cycles. One command is one short process that builds much and throws little away: looking every few
hundred objects costs a sixth of a build and finds nothing."""


def main() -> NoReturn:
    """The program `drafter`."""
    import gc
    import sys

    gc.set_threshold(*CYCLES)
    try:
        from drafter.cli.program import run

        code = run(sys.argv[1:])
    except (
        KeyboardInterrupt
    ):  # while the program itself was being loaded: there is nothing to say and nothing to undo
        code = 130
    _end(code)


def _end(code: int) -> NoReturn:
    """End at once. Python would take every object back one by one, a tenth of a build, and nobody needs the room."""
    import os
    import sys

    try:
        for stream in (sys.stdout, sys.stderr):
            print(end="", flush=True, file=stream)
    except (OSError, ValueError):  # nobody reads any more, or the disk is full: Python ends as it does
        sys.exit(code)
    os._exit(code)
