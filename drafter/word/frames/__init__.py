"""The Word frames that come with the program, made by script, so that everybody gets the same bytes."""

from drafter.word.frames.plan import plan_frame

__all__ = ["plan_frame"]
