"""The command line: each command parses, calls one action, shows. Exit codes exist only here and in no other room."""


def main() -> None:
    """The program `drafter`."""
    import sys

    from drafter.cli.program import run

    sys.exit(run(sys.argv[1:]))
