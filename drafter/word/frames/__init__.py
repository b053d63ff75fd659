"""The Word frames that come with the program, made by script, so that everybody gets the same bytes."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from drafter.word.frames.compare import compare_frame
from drafter.word.frames.feedback import feedback_frame
from drafter.word.frames.gongwen import letter_frame, notice_frame
from drafter.word.frames.opinions import register_frame, result_frame, summary_frame
from drafter.word.frames.plan import plan_frame

FRAMES: Mapping[str, Callable[[], bytes]] = MappingProxyType(
    {
        "plan": plan_frame,
        "notice": notice_frame,
        "letter": letter_frame,
        "compare": compare_frame,
        "feedback": feedback_frame,
        "summary": summary_frame,
        "result": result_frame,
        "register": register_frame,
    }
)
"""What makes each frame, by its name in a plan's file; those of tables and forms are found by their names alone."""

__all__ = [
    "FRAMES",
    "compare_frame",
    "feedback_frame",
    "letter_frame",
    "notice_frame",
    "plan_frame",
    "register_frame",
    "result_frame",
    "summary_frame",
]
