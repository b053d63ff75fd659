"""A fragment's front matter, and where its Markdown begins."""

from __future__ import annotations

import re

from drafter.source.files import Source
from drafter.source.frozen import dataclass
from drafter.source.yaml import Scalar, parse
from drafter.workspace.fields import Report
from drafter.workspace.model import Fragment
from drafter.workspace.shapes import FrontMatter

_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Written:
    """A fragment, with the scalars that have to be held against the rest of the workspace."""

    fragment: Fragment
    id: Scalar
    owner: Scalar | None
    contributors: tuple[Scalar, ...]


def read_fragment(source: Source, report: Report) -> Written | None:
    """The fragment of a file; None where it has no id."""
    opening = _FENCE.match(source.text)
    if opening is None:
        report.add("workspace.no-front-matter", 0)
        return None
    closing = _FENCE.search(source.text, opening.end())
    if closing is None:
        report.add("workspace.unclosed-front-matter", 0)
        return None
    parsed = parse(source, opening.end(), closing.start())
    report.issues.extend(parsed.issues)
    if parsed.value is None:
        if not parsed.issues:
            report.add("workspace.no-front-matter", 0)
        return None
    entries = FrontMatter.RECORD.read(parsed.value, "", report)
    identity = None if entries is None else entries.get(FrontMatter.ID)
    if entries is None or identity is None:
        return None
    title, owner = entries.get(FrontMatter.TITLE), entries.get(FrontMatter.OWNER)
    fragment = Fragment(
        id=identity.text,
        path=source.path,
        plan=identity.text.partition("/")[0],
        title=(title or identity).mapped,
        owner="" if owner is None else owner.text,
        status=entries.text(FrontMatter.STATUS),
        extract=tuple(each.text for each in entries.get(FrontMatter.EXTRACT) or ()),
        body=min(closing.end() + 1, len(source.text)),
    )
    return Written(fragment, identity, owner, entries.get(FrontMatter.CONTRIBUTORS) or ())
