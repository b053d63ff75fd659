import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import PurePosixPath

import pytest

from drafter.cli import show
from drafter.source.issues import Issue, Outcome, Place

WRONG = Issue("source.encoding", Place("data/units.yaml", 3, 7, "- 名称: 养老"))
SAID = Issue("source.gb18030", Place("data/units.yaml", 1, 1))
UNREADABLE = Issue("source.unreadable", Place("data/units.yaml"), {"reason": "没有权限"})


@dataclass(frozen=True, slots=True)
class Inner:
    key: str
    amount: Decimal
    day: date


@dataclass(frozen=True, slots=True)
class Made:
    files: tuple[Inner, ...]
    path: PurePosixPath


def test_a_problem_has_place_code_fact_source_line_caret_and_hint() -> None:
    assert show.render(WRONG).splitlines() == [
        "data/units.yaml:3:7: source.encoding: 文件不是 UTF-8 编码，从这一行起读不懂",
        "    - 名称: 养老",
        "            ^",
        "    请在编辑器里用“另存为”选 UTF-8 编码。",
    ]


def test_a_problem_of_a_whole_file_has_no_numbers() -> None:
    assert show.render(UNREADABLE).startswith("data/units.yaml: source.unreadable: 文件读不了：没有权限\n")


def test_what_is_not_an_error_says_so() -> None:
    assert show.render(SAID).startswith("data/units.yaml:1:1: source.gb18030: 说明：")


def test_the_same_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAFTER_LANG", "en")
    assert show.render(SAID).startswith("data/units.yaml:1:1: source.gb18030: note: the file is in GB18030")


def test_json_has_the_promised_fields(capsys: pytest.CaptureFixture[str]) -> None:
    made = Made((Inner("指标.X", Decimal("55.0"), date(2021, 1, 15)),), PurePosixPath("build/p145.docx"))
    code = show.outcome(Outcome(made, (WRONG, UNREADABLE)), lambda _: None, as_json=True)
    document = json.loads(capsys.readouterr().out)
    assert code == 1
    assert document["files"] == [{"key": "指标.X", "amount": "55.0", "day": "2021-01-15"}]
    assert document["path"] == "build/p145.docx"
    assert document["issues"] == [
        {
            "code": "source.encoding",
            "severity": "error",
            "file": "data/units.yaml",
            "line": 3,
            "column": 7,
            "message": "文件不是 UTF-8 编码，从这一行起读不懂",
            "hint": "请在编辑器里用“另存为”选 UTF-8 编码。",
        },
        {
            "code": "source.unreadable",
            "severity": "error",
            "file": "data/units.yaml",
            "line": None,
            "column": None,
            "message": "文件读不了：没有权限",
            "hint": "请检查文件是否还在、有没有权限，是否被别的程序占用。",
        },
    ]


@pytest.mark.parametrize(("issues", "code"), [((), 0), ((SAID,), 0), ((SAID, WRONG), 1)])
def test_only_errors_make_the_exit_code_one(issues: tuple[Issue, ...], code: int) -> None:
    assert show.outcome(Outcome("x", issues), lambda _: None, as_json=False) == code


def test_problems_go_to_standard_error_and_results_to_standard_output(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show.outcome(Outcome("build/p145.docx", (WRONG,)), print, as_json=False)
    captured = capsys.readouterr()
    assert captured.out == "build/p145.docx\n"
    assert captured.err.endswith("1 个错误，0 个提醒。\n")


def test_a_result_without_a_json_form_is_a_fault_of_ours() -> None:
    with pytest.raises(TypeError):
        show.plain(object())
