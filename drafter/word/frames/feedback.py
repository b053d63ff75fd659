"""The frame of the form for opinions (反馈意见表): A4 across, the plan's title, the place of the table, page numbers. An office may edit it in Word."""

from __future__ import annotations

from functools import cache

from drafter.word.frames.tables import ACROSS, line, table_frame


@cache
def feedback_frame() -> bytes:
    """`templates/feedback.docx`; the same bytes every time."""
    return table_frame(line("GwTitle", "{{ 名称 }}") + line("GwTitle", "反馈意见表"), ACROSS)
