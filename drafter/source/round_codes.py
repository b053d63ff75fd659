"""The codes of the catalogue (`codes`) around rounds: what is asked, collected, decided, applied and answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from drafter.source.severity import Severity

ROUNDS: Final[Mapping[str, Severity]] = {
    # rounds: the register of a round
    "rounds.not-round-id": Severity.ERROR,
    "rounds.not-row-id": Severity.ERROR,
    "rounds.not-moment": Severity.ERROR,
    "rounds.not-hash": Severity.ERROR,
    "rounds.not-version": Severity.ERROR,
    "rounds.not-kept": Severity.ERROR,
    "rounds.not-path": Severity.ERROR,
    "rounds.misplaced": Severity.ERROR,
    "rounds.until-early": Severity.ERROR,
    "rounds.foreign-row": Severity.ERROR,
    "rounds.row-twice": Severity.ERROR,
    "rounds.unknown-row": Severity.ERROR,
    "rounds.not-as-meant": Severity.ERROR,
    "rounds.unknown-round": Severity.ERROR,
    "rounds.no-such-row": Severity.ERROR,
    "rounds.nothing-issued": Severity.ERROR,
    "rounds.nobody-asked": Severity.ERROR,
    "rounds.no-deadline": Severity.ERROR,
    "rounds.until-past": Severity.ERROR,
    "rounds.public-short": Severity.WARNING,
    "rounds.asked-twice": Severity.WARNING,
    "rounds.no-reason": Severity.ERROR,
    "rounds.no-round": Severity.ERROR,
    "rounds.adopted-rejected": Severity.WARNING,
    # collect: what came back
    "collect.twice": Severity.INFO,
    "collect.follows": Severity.INFO,
    "collect.elsewhere": Severity.INFO,
    "collect.other-plan": Severity.INFO,
    "collect.not-written": Severity.INFO,
    "collect.no-id": Severity.ERROR,
    "collect.no-record": Severity.ERROR,
    "collect.bad-record": Severity.ERROR,
    "collect.source-changed": Severity.WARNING,
    # decide: what people decide on rows of a register
    "decide.unknown-row": Severity.ERROR,
    "decide.no-rows": Severity.ERROR,
    "decide.range": Severity.ERROR,
    "decide.no-reason": Severity.ERROR,
    "decide.applied": Severity.ERROR,
    "decide.adopted-words": Severity.ERROR,
    "decide.unknown-office": Severity.ERROR,
    "decide.conflict": Severity.WARNING,
    "decide.alike-left": Severity.INFO,
    "decide.alike-differs": Severity.WARNING,
    # register: the register listed, handed out and taken back
    "register.nobody": Severity.ERROR,
    # answer: the papers that say what became of the opinions
    "answer.no-rounds": Severity.ERROR,
    "answer.open": Severity.ERROR,
    "answer.open-draft": Severity.INFO,
    "answer.unread": Severity.ERROR,
    "answer.unread-draft": Severity.WARNING,
    "answer.no-public": Severity.ERROR,
    "answer.no-replies": Severity.WARNING,
    "answer.not-late": Severity.WARNING,
    "answer.unchanged": Severity.WARNING,
    "answer.public-words": Severity.ERROR,
    "answer.public-names": Severity.ERROR,
}
