"""Formulas: TeX as Word's own, numbered where they are named, and nothing of pandoc where there are none."""

from __future__ import annotations

import subprocess
import sys

import pytest

from drafter.word import formulas
from tests.actions.workspace import silently, tracked
from tests.word.reading_back import found
from tests.word.road import Road, shown

TABLE = "\n见@tbl:facilities。\n\n::: table 设施表 {#tbl:facilities}\n:::\n"
TEXT = (
    r"""需求按$D=\frac{P}{1000}\times r_{i}$测算，见@eq:demand，价格$100和$200不变。

$$
S = \sum_{i=1}^{n} x_i
- y
$$ {#eq:demand}

$$a^2+b^2=c^2$$

甲$a^2+b^2=c^2$乙。
"""
    + TABLE
)


def test_formulas_are_words_own(road: Road) -> None:
    road.put(TEXT)
    data = road.built()
    assert shown(data)[:4] == [
        "需求按\ufffc测算，见式（1），价格$100和$200不变。",
        "\t\ufffc\t（\ufffc）",
        "\ufffc",
        "甲\ufffc乙。",
    ]
    assert len(found(data, "//*[local-name()='oMath']")) == 4
    assert len(found(data, "//*[local-name()='oMathPara']")) == 1
    assert found(data, "//*[local-name()='nary']")


@pytest.mark.parametrize("change", [silently, tracked])
@pytest.mark.parametrize(("old", "new"), [("测算，见", "计算，见"), ("乙", "丙")])
def test_an_edit_beside_a_formula_comes_home(road: Road, change: object, old: str, new: str) -> None:
    road.put(TEXT)
    assert callable(change)
    assert road.applied(change(road.built(), old, new)) == [("applied", "")]
    assert road.text == TEXT.replace(old, new)


def test_what_is_no_tex_is_said_at_its_place(road: Road) -> None:
    road.put(r"甲$\frac{a$乙" + "\n\n$$\n\\nothing{\n$$\n" + TABLE)
    assert road.said() == ["1:2 math.tex", "3:1 math.tex"]


def test_a_missing_pandoc_is_said_and_the_plan_still_built(
    road: Road, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(_: list[str]) -> bytes:
        raise formulas.NoPandoc("没有这个程序")

    monkeypatch.setattr(formulas, "_pandoc", missing)
    road.put("甲$x+31415$乙\n" + TABLE)
    assert road.said() == ["1:2 math.pandoc"]


def test_all_formulas_are_one_call_and_known_ones_none(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    real = formulas._pandoc

    def counted(tex: list[str]) -> bytes:
        calls.append(len(tex))
        return real(tex)

    monkeypatch.setattr(formulas, "_pandoc", counted)
    formulas.formulas(["q_1", "q_2", "q_1"])
    formulas.formulas(["q_2", "q_1"])
    assert calls == [2]


def test_without_formulas_nothing_of_pandoc_is_loaded(road: Road) -> None:
    road.put("甲\n" + TABLE)
    program = "import sys; from drafter.cli.program import run; run(sys.argv[1:]); sys.exit('pypandoc' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program, "build", "-w", str(road.desk.root)], check=False)
    assert done.returncode == 0
