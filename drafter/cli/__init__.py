"""The command line: each command parses, calls one action, shows."""


def main() -> None:
    """The program `drafter`."""
