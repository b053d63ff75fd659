"""Commands by name: the table is complete, and what runs is made alone."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from typer.main import get_command_name

from drafter.cli.application import app
from drafter.cli.loading import COMMANDS, made
from drafter.source.messages import text


def registered() -> dict[str, str]:
    """What the modules of commands have given the application: names and help."""
    groups = {
        str(group.name): str(group.typer_instance.info.help)
        for group in app.registered_groups
        if group.typer_instance
    }
    for command in app.registered_commands:
        name = command.name or get_command_name(command.callback.__name__ if command.callback else "")
        groups[name] = str(command.help)
    return groups


def test_every_command_of_every_module_is_in_the_table_with_the_sentence_of_its_name() -> None:
    for name in COMMANDS:
        made(name)
    assert registered() == {name: text(f"cli.{name}") for name in COMMANDS}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_made_under_its_name(name: str) -> None:
    command = made(name)
    assert (command.name, command.help) == (name, text(f"cli.{name}"))


def test_a_name_that_no_module_gives_is_a_fault_of_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(COMMANDS, "nothing", "commands")
    with pytest.raises(LookupError):
        made("nothing")


def process(*arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "drafter", *arguments]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "DRAFTER_LANG": "en"}
    )


def test_everything_printed_has_left_before_the_process_ends() -> None:
    said, complained = process("handbook", "--help").communicate()
    assert said.startswith(b"Usage: drafter handbook")
    assert said.rstrip().endswith(b"Show this help")
    assert complained == b""


def test_a_reader_who_has_gone_is_no_traceback() -> None:
    running = process("--help")
    assert running.stdout
    assert running.stderr
    running.stdout.close()
    assert b"Traceback" not in running.stderr.read()
    running.wait()


def test_one_command_does_not_import_the_others() -> None:
    code = (
        "import sys; from drafter.cli.program import run; run(['verify', '--help']);"
        "print([n for n in ('commands', 'comparing', 'frame') if f'drafter.cli.{n}' in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.splitlines()[-1] == b"[]"
