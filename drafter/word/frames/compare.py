"""The frame of the table of changes (修改对照表): A4 across, a title, the place of the table, page numbers. An office may edit it in Word."""

from __future__ import annotations

from functools import cache

from drafter.word.frames.tables import ACROSS, line, table_frame


@cache
def compare_frame() -> bytes:
    """`templates/compare.docx`; the same bytes every time."""
    return table_frame(line("GwTitle", "{{ 名称 }}") + line("GwTitle", "修改对照表"), ACROSS)
