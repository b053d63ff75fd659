"""The files around the program say what is true."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from tests.house.catalogues import trees

ROOT = Path(__file__).parents[2]
MAKE = r"(?:`|^    )make ([a-z]+)"
TARGETS = {"draft", "test", "check", "bench", "golden", "canary", "catalogues"}


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").split()
    return {normal(name): version for name, version in (line.split("==") for line in lines)}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def project() -> dict[str, list[str]]:
    document = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return {"": document["dependencies"], **document["optional-dependencies"]}


def requires(name: str) -> list[str]:
    """What a package needs; nothing is known of a peer of the benchmark that is not installed."""
    try:
        return metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return ["platformdirs"] if name in PEERS else []


PEERS = {"python-redlines", "python-redlines-docxodus"}
"""What only `make bench` needs and installs."""


def test_every_package_that_is_installed_is_pinned() -> None:
    unpinned, todo, seen = [], [line for lines in project().values() for line in lines], set[str]()
    while todo:
        requirement = todo.pop()
        if "extra ==" in requirement or re.search(
            r"sys_platform|platform_system|python_version *<", requirement
        ):
            continue
        name = normal(re.split(r"[ <>=!~;\[(]", requirement, maxsplit=1)[0])
        if name in seen:
            continue
        seen.add(name)
        if name not in pins():
            unpinned.append(name)
        todo += requires(name)
    assert unpinned == []
    assert set(pins()) - seen - {"setuptools"} == set(), "pinned, but nothing needs it"


def test_the_pins_are_what_the_tests_run_with() -> None:
    here = {normal(each.name) for each in metadata.distributions()}
    absent = PEERS | {"platformdirs"} if not here >= PEERS else set[str]()
    wanted = {name: version for name, version in pins().items() if name not in absent | {"setuptools"}}
    assert {name: metadata.version(name) for name in wanted} == wanted


def test_the_makefile_has_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert set(re.findall(r"^([a-z]+):.*##", makefile, re.MULTILINE)) >= TARGETS


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readme_names_only_targets_and_rooms_that_exist(name: str) -> None:
    readme = (ROOT / name).read_text("utf-8")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    known = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert set(re.findall(MAKE, readme, re.MULTILINE)) <= known
    first, second = re.findall(MAKE, readme, re.MULTILINE)[:2]
    assert (first, second) == ("draft", "test")
    rooms = {folder.name for folder in (ROOT / "drafter").iterdir() if folder.is_dir()} - {
        "locale",
        "__pycache__",
    }
    assert set(re.findall(r"^\| `([a-z]+)` \|", readme, re.MULTILINE)) == rooms


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readme_says_of_every_dependency_what_it_is_for(name: str) -> None:
    said = {
        normal(found)
        for found in re.findall(r"^\| ([\w-]+) \|", (ROOT / name).read_text("utf-8"), re.MULTILINE)
    }
    wanted = {normal(re.split(r"[<>=]", line)[0]) for line in project()[""]}
    assert wanted - said == set()


@pytest.mark.parametrize("name", ["Makefile", ".ci/run", "pyproject.toml", "constraints.txt"])
def test_no_host_and_no_place_of_one_machine_is_written_down(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert re.findall(r"https?://\S+|index-url|find-links|/home/|/root/|/work/", text) == []


def imported() -> set[str]:
    """The distributions that the program imports."""
    names: set[str] = set()
    for _, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names.add((node.module or "").split(".")[0])
    known = metadata.packages_distributions()
    foreign = names - set(sys.stdlib_module_names) - {"drafter", "__future__"}
    return {normal(distribution) for name in foreign for distribution in known.get(name, [name])}


def test_the_program_imports_what_it_declares_and_nothing_else() -> None:
    declared = {normal(re.split(r"[<>=]", line)[0]) for line in project()[""]}
    assert imported() - declared == set(), "imported, but not declared"
    assert declared - imported() == set(), "declared, but imported nowhere"


def test_the_automatic_build_runs_the_targets_of_the_readme() -> None:
    script = ROOT / ".ci/run"
    subprocess.run(["bash", "-n", str(script)], check=True)
    assert os.access(script, os.X_OK)
    lines = script.read_text("utf-8").splitlines()
    assert "set -euo pipefail" in lines
    assert lines[-2:] == ["make test", "make check"]


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_data_that_the_readme_names_are_in_the_sample(name: str) -> None:
    indicators = (ROOT / "data/indicators.yaml").read_text("utf-8")
    named = set(re.findall(r"指标\.(\w+)\[", (ROOT / name).read_text("utf-8")))
    assert named
    assert [short for short in named if f"short: {short}\n" not in indicators] == []
