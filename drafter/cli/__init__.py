"""The command line: each command parses, calls one action, shows. Exit codes exist only here and in no other room."""


def main() -> None:
    """The program `drafter`."""
    import gc
    import sys

    # One command is one short process that builds much and throws little away: looking for cycles every few hundred
    # objects costs a sixth of a build and finds nothing.
    gc.set_threshold(200_000, 50, 50)
    try:
        from drafter.cli.program import run

        code = run(sys.argv[1:])
    except (
        KeyboardInterrupt
    ):  # while the program itself was being loaded: there is nothing to say and nothing to undo
        code = 130
    sys.exit(code)
