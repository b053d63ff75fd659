"""The frames of the tables of opinions: all of them (意见采纳情况汇总表, A4 across), what is published (意见采纳情况), what is handed out to be filled in
(意见办理表, A4 across). An office may edit them in Word."""

from __future__ import annotations

from functools import cache

from drafter.word.frames.tables import ACROSS, UPRIGHT, line, table_frame
from drafter.word.styles import PAPER

_AT_THE_TOP = '<w:spacing w:before="0" w:after="0" w:line="700" w:lineRule="exact"/>'
"""A table's title has no head above it that it must keep away from."""
_LAST = '<w:spacing w:before="0" w:after="290" w:line="700" w:lineRule="exact"/>'


def _title(name: str, words: str) -> str:
    return line("GwDocTitle", name, _AT_THE_TOP) + line("GwDocTitle", words, _LAST)


@cache
def summary_frame() -> bytes:
    """`templates/summary.docx`; the same bytes every time."""
    return table_frame(_title("{{ 名称 }}", "意见采纳情况汇总表"), ACROSS, PAPER)


@cache
def result_frame() -> bytes:
    """`templates/result.docx`; the same bytes every time."""
    return table_frame(_title("{{ 封面标题 }}", "意见采纳情况"), UPRIGHT, PAPER)


@cache
def register_frame() -> bytes:
    """`templates/register.docx`; the same bytes every time."""
    return table_frame(_title("{{ 名称 }}", "意见办理表"), ACROSS, PAPER)
