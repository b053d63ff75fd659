"""Open questions of the writers, in the words of CriticMarkup: `{++in++} {--out--} {~~old~>new~~} {==these words==}{>>why?<<}`."""

from __future__ import annotations

from markdown_it.rules_inline.state_inline import StateInline

from drafter.document.tree import Proposed

_CLOSERS = {"{++": "++}", "{--": "--}", "{~~": "~~}", "{==": "==}", "{>>": "<<}"}
KINDS = {"{++": Proposed.IN, "{--": Proposed.OUT, "{~~": Proposed.OUT, "{==": Proposed.MARKED}
BETWEEN = "~>"
_WIDTH = 3


def question(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- a rule of the library
    """One open question, closed in the same block; what is proposed is read as any text, a comment as it stands."""
    start, opener = state.pos, state.src[state.pos : state.pos + _WIDTH]
    closer = _CLOSERS.get(opener)
    if closer is None:
        return False
    stop = state.src.find(closer, start + _WIDTH, state.posMax)
    between = state.src.find(BETWEEN, start + _WIDTH, stop) if opener == "{~~" else stop
    if stop < 0 or between < 0:
        return False
    if not silent:
        if opener == "{>>":
            token = state.push("question_comment", "", 0)
            token.content, token.map = state.src[start + _WIDTH : stop], [start, stop + _WIDTH]
        else:
            _part(state, KINDS[opener], start, (start + _WIDTH, between), stop + _WIDTH)
            if between < stop:
                inner = (between + len(BETWEEN), stop)
                _part(state, Proposed.IN, between, inner, stop + _WIDTH)
    state.pos = stop + _WIDTH
    return True


def _part(state: StateInline, kind: Proposed, start: int, inner: tuple[int, int], end: int) -> None:
    opened = state.push("question_open", "", 1)
    opened.info, opened.map = kind.value, [start, inner[0]]
    most = state.posMax
    state.pos, state.posMax = inner
    state.md.inline.tokenize(state)
    state.posMax = most
    closed = state.push("question_close", "", -1)
    closed.info, closed.map = kind.value, [inner[1], end]
