"""`drafter schema`: JSON Schemas under `build/schema`: of the workspace's files for editors, of what `--json` prints for programs."""

from __future__ import annotations

import json
from pathlib import Path

from drafter.actions.promises import promises
from drafter.rounds.reading import schema as round_schema
from drafter.source.edits import write_atomically
from drafter.source.frozen import dataclass
from drafter.source.issues import Outcome
from drafter.workspace.schema import schemas, titled

FOLDER = Path("build/schema")


@dataclass(frozen=True, slots=True)
class Written:
    """The files that were written."""

    files: tuple[str, ...]


def schema(root: Path) -> Outcome[Written]:
    """Write a schema for each kind of file and, as `output-<command>`, for what each command prints."""
    paths = []
    rounds = {"round": titled("data/rounds/*/*.yaml", round_schema())}
    bodies = {**schemas(), **rounds, **{f"output-{name}": body for name, body in promises().items()}}
    for name, body in bodies.items():
        path = root / FOLDER / f"{name}.schema.json"
        write_atomically(path, (json.dumps(body, ensure_ascii=False, indent=2) + "\n").encode())
        paths.append(path.as_posix())
    return Outcome(Written(tuple(paths)))
