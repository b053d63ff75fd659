"""How much a problem weighs."""

from __future__ import annotations

from enum import StrEnum


class Severity(StrEnum):
    """How much a problem weighs: an error makes the command exit with 1."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
