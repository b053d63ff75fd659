"""STYLE: modules of at most 400 lines, functions of at most 50."""

import ast

from tests.house.catalogues import DRAFTER, trees

MODULE, FUNCTION = 400, 50


def test_no_module_outgrows_its_concept() -> None:
    sizes = {str(path.relative_to(DRAFTER)): len(path.read_text("utf-8").splitlines()) for path, _ in trees()}
    assert {name: size for name, size in sizes.items() if size > MODULE} == {}


def test_no_function_outgrows_a_screen() -> None:
    long = {}
    for path, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                size = (node.end_lineno or node.lineno) - node.lineno + 1
                if size > FUNCTION:
                    long[f"{path.relative_to(DRAFTER)}:{node.name}"] = size
    assert long == {}
