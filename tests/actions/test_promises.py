"""What each command prints with `--json` is what its schema says, on a workspace with something to say."""

import json
from pathlib import Path
from typing import Any

import pytest

from drafter.actions.promises import RESULTS, promises
from drafter.actions.registers import Registers
from drafter.cli.program import run
from drafter.rounds.sheet import Head
from tests.actions.registering import issued, opened, rows_of
from tests.actions.workspace import SECOND, Desk, tracked
from tests.rounds.handing import as_excel, typed
from tests.rounds.making import of_plan as register_of


def fits(value: Any, schema: Any) -> bool:
    """As much of JSON Schema as the promises use."""
    if "anyOf" in schema:
        return any(fits(value, each) for each in schema["anyOf"])
    if "enum" in schema:
        return value in schema["enum"]
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(_is(value, kind) for kind in kinds):
        return False
    if isinstance(value, dict):
        known = schema["properties"]
        return set(schema["required"]) <= set(value) <= set(known) and all(
            fits(item, known[name]) for name, item in value.items()
        )
    return not isinstance(value, list) or all(fits(item, schema["items"]) for item in value)


KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "object": (dict,),
    "array": (list,),
    "null": (type(None),),
}


def _is(value: Any, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, KINDS.get(kind, ()))


def test_the_measure_itself_can_fail() -> None:
    schema = promises()["build"]
    assert fits({"files": [], "issues": []}, schema)
    assert not fits({"files": [{"plan": "p"}], "issues": []}, schema)
    assert not fits({"files": [], "issues": [], "more": 1}, schema)
    assert not fits({"files": []}, schema)


PARTS = {"round-open", "register-export", "register-import"}
"""Results of one command that prints several."""


@pytest.mark.parametrize("command", sorted(set(RESULTS) - {"watch", "init", "handbook"}))
def test_each_command_prints_what_is_promised(
    command: str, desk: Desk, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    root = str(desk.root)
    run(["build", "-w", root])
    file = str(next((desk.root / "build").glob("*.docx")))
    more = {
        "trace": ["规划.名称"],
        "collect": [file],
        "data-diff": [root],
        "release": ["p1", "--stage", "讨论稿"],
        "frame-new": ["old", "--from", file],
        "frame-inspect": [file],
        "redline": ["--docx", file, file],
        "compare": ["p1", "v1"],
        "round": ["p1"],
        "register": ["p1"],
        "register-export": ["p1", "--export"],
        "register-import": ["p1", "--import", str(tmp_path / "filled.xlsx"), "--dry-run"],
        "apply": ["p1", "--dry-run"],
        "decide": ["p1", "R2-001", "--result", "采纳"],
        "answer": ["p1", "--draft"],
        "round-open": ["p1", "open", "--kind", "公众", "--until", "2099-12-31"],
    }.get(command, [])
    words = (
        command.split("-", 1)
        if command.startswith("frame-")
        else [command.partition("-")[0] if command in PARTS else command]
    )
    own = (
        [] if command in ("frame-inspect", "redline") else ["-w", root]
    )  # these look at any file, of no workspace
    if command in {"compare", "round", "round-open", "answer"}:
        run(["release", "p1", "--stage", "讨论稿", "-w", root])
    if command == "round":
        run(["round", "p1", "open", "--kind", "公众", "--until", "2099-12-31", "-w", root])
    if command == "apply":
        opened(desk.root, rows_of(desk.root, "p1", [tracked(issued(desk.root), "市场", "社会")]))
        changed = (desk.root / SECOND).read_text("utf-8").replace("市场", "各方")
        (desk.root / SECOND).write_text(changed, "utf-8")
    if command in {"register", "register-export", "register-import", "decide", "answer"}:
        Registers(desk.root).put(register_of("p1"))
    if command == "register-import":
        cells = {("R2-001", Head.DECISION): "采纳", ("R2-008", Head.DECISION): "采纳"}
        run(["decide", "p1", "R2-008", "--reason", "另有规定", "-w", root])
        (tmp_path / "filled.xlsx").write_bytes(typed(as_excel(register_of("p1")), cells))
    capsys.readouterr()
    run([*words, *more, *own, "--json"])
    said = json.loads(capsys.readouterr().out)
    assert fits(said, promises()[command]), said
    assert len(said) > 1


def test_a_new_workspace_and_the_handbook_too(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    run(["init", str(tmp_path / "new"), "--json"])
    assert fits(json.loads(capsys.readouterr().out), promises()["init"])
    run(["handbook", "-o", str(tmp_path / "handbook.html"), "--json"])
    assert fits(json.loads(capsys.readouterr().out), promises()["handbook"])
