"""The program as a whole: runs one command and turns whatever goes wrong into a sentence and an exit code.

0 is success, 1 means that the user's files have errors, 2 that the command was used wrongly, 130 that it was interrupted.
Nothing a user can cause ends in a traceback; a traceback is a fault of drafter and is left to show.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from typing import TextIO

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from drafter.cli import show
from drafter.cli.loading import program
from drafter.source.issues import Issue, Misnamed, Place, Refused
from drafter.source.messages import os_reason, text

MISUSED, INTERRUPTED = 2, 130


def run(arguments: Sequence[str]) -> int:
    """Run one command line and give its exit code."""
    as_json = "--json" in arguments
    for stream in (sys.stdout, sys.stderr):
        _tolerant(stream)
    try:
        code = program()(args=list(arguments), prog_name="drafter", standalone_mode=False)
    except TyperException as error:
        return _usage(error, arguments)
    except Misnamed as misnamed:
        show.refusal(misnamed.issues, as_json=as_json)
        return MISUSED
    except Refused as refused:
        return show.refusal(refused.issues, as_json=as_json)
    except ModuleNotFoundError as error:
        # the sources were updated, the environment was not
        if (error.name or "").partition(".")[0] == __name__.partition(".")[0]:
            raise
        return show.refusal((Issue("cli.package", Place(""), {"name": error.name or ""}),), as_json=as_json)
    except OSError as error:
        return show.refusal((_file_issue(error),), as_json=as_json)
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    if code == INTERRUPTED:
        print(text("cli.interrupted"), file=sys.stderr)
    return code or 0


def _tolerant(stream: TextIO) -> None:
    """A console that cannot print a character prints `?` instead of ending the program."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="replace")


def _usage(error: TyperException, arguments: Sequence[str]) -> int:
    """Wrong usage, said in the user's language as far as typer's exception tells what it is about."""
    if type(error).__name__ == "NoArgsIsHelpError":
        print(error.format_message())
        return error.exit_code
    context = getattr(error, "ctx", None)
    command = getattr(context, "command", None)
    in_command = getattr(context, "parent", None) is not None and not isinstance(command, TyperGroup)
    msgid, facts = _usage_facts(error, arguments, in_command=in_command)
    print(text(msgid, **facts), file=sys.stderr)
    print(text("cli.usage.hint", command=getattr(context, "command_path", "drafter")), file=sys.stderr)
    return error.exit_code


def _usage_facts(
    error: TyperException, arguments: Sequence[str], *, in_command: bool
) -> tuple[str, dict[str, str]]:
    option, parameter = getattr(error, "option_name", None), getattr(error, "param", None)
    match type(error).__name__:
        case "NoSuchOption" if option:
            return "cli.usage.option", {"option": str(option)}
        case "BadOptionUsage" if option and str(option) == arguments[-1]:
            return "cli.usage.value", {"option": str(option)}
        case "MissingParameter" if parameter is not None:
            option = parameter.param_type_name == "option"
            return "cli.usage.missing", {
                "parameter": parameter.opts[0] if option else parameter.human_readable_name
            }
        case "BadParameter" if parameter is None:
            return "cli.usage.other", {"message": error.message}
        case "UsageError" if not in_command:
            group = getattr(getattr(error, "ctx", None), "info_name", None)
            inside = arguments[arguments.index(group) + 1 :] if group in arguments else arguments
            named = next((argument for argument in inside if not argument.startswith("-")), "")
            return "cli.usage.command", {"command": named}
        case _:
            return "cli.usage.other", {"message": error.format_message()}


def _file_issue(error: OSError) -> Issue:
    path = error.filename if error.filename is not None else ""
    return Issue("cli.file", Place(str(path)), {"reason": os_reason(error)})
