"""How broad a picture is asked to be: `width=80%` of the line, or `width=12cm`."""

from __future__ import annotations

import re

from drafter.document.attributes import Attributes
from drafter.document.ground import Ground
from drafter.document.tree import Width
from drafter.source.issues import Issue

_WIDTH = re.compile(r"(\d{1,4}(?:\.\d{1,3})?)(%|cm|mm|in)")
_INCHES = {"cm": 2.54, "mm": 25.4, "in": 1.0}


def asked_width(found: Attributes, issues: list[Issue], ground: Ground) -> Width | None:
    """The width that a picture's attributes ask for; what else they say goes to `issues`."""
    width = None
    for key, value in found.values:
        match = _WIDTH.fullmatch(value) if key == "width" else None
        if key != "width":
            issues.append(ground.issue("document.attribute", found.at, text=key))
        elif match is None or not float(match[1]):
            issues.append(ground.issue("figure.width", found.at, text=value))
        elif match[2] == "%":
            width = Width(share=min(float(match[1]) / 100, 1.0))
        else:
            width = Width(inches=float(match[1]) / _INCHES[match[2]])
    return width
