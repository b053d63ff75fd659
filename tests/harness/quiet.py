"""Edits that leave the text as it is: looks that were changed, tracked or by hand, and words put into a footer.

They are strewn among the others from a row of random numbers of their own, so that these stay what a seed has always made.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator, Sequence

from lxml import etree

from tests.harness.edits import FOOTER, LOOK, Edit, Operation
from tests.harness.package import OBJECT, W, serialised
from tests.harness.places import Site
from tests.harness.runs import element, runs
from tests.harness.surgery import DATE, Surgeon

Looks = tuple[tuple[str, dict[str, str]], ...]
TRACKED: Looks = (("b", {}), ("sz", {"val": "44"}))
BY_HAND: Looks = (("highlight", {"val": "yellow"}), ("strike", {}))
"""What is done to words, by the variant of the edit."""

_FOOTER = "word/footer1.xml"


def strewn(
    places: Sequence[Site],
    group: Sequence[Edit],
    words: Callable[[random.Random], str],
    source: random.Random,
) -> Iterator[Edit]:
    """Some such edits for a copy, in paragraphs where nothing else is done."""
    busy = {
        number
        for edit in group
        for op in edit.operations
        for number in range(op.paragraph - 1, op.paragraph + 3)
    }
    said = {edit.said for edit in group}
    free = [
        site for site in places
        if site.index not in busy and site.said not in said and len(site.said) > 8 and OBJECT not in site.said
    ]  # fmt: skip
    author = f"审稿人{source.randint(1, 99)}号"
    for site in source.sample(free, min(len(free), source.randint(0, 3))):
        start = source.randint(0, len(site.said) - 4)
        end = start + source.randint(2, min(6, len(site.said) - start))
        tracked = author if source.random() < 0.5 else ""
        if (
            site.said.count(site.said[start:end]) == 1
            and site.said[start:end].strip() == site.said[start:end]
        ):
            yield Edit(
                LOOK, site.place, site.said, (Operation(site.index, start, end, ""),),
                variant=source.randint(0, 1), author=tracked,
            )  # fmt: skip
    if free and source.random() < 0.3:
        site = free[0]
        tracked = author if source.random() < 0.5 else ""
        point = Operation(site.index, 0, 0, "")
        yield Edit(FOOTER, "footer", "", (point,), words(source), author=tracked)


def look(surgeon: Surgeon, paragraph: etree._Element, edit: Edit) -> None:
    """Other looks for the words of an edit."""
    (operation,) = edit.operations
    name, values = (TRACKED if edit.author else BY_HAND)[edit.variant]
    for run in runs(paragraph, operation.start, operation.end):
        properties = run.find(f"{W}rPr")
        if properties is None:
            properties = element("rPr")
            run.insert(0, properties)
        before = copy.deepcopy(properties)
        properties.append(element(name, **values))
        if edit.author:
            change = element("rPrChange", id=surgeon.number(), author=edit.author, date=DATE)
            change.append(before)
            properties.append(change)


def footer(surgeon: Surgeon, edit: Edit) -> None:
    """New words at the beginning of the footer of odd pages."""
    root = etree.fromstring(surgeon.package.parts[_FOOTER])
    paragraph = next(root.iter(f"{W}p"))
    run = element("r")
    said = etree.SubElement(run, f"{W}t")
    said.text = edit.new
    if edit.author:
        wrapper = surgeon.mark("ins", edit.author)
        wrapper.append(run)
        run = wrapper
    paragraph.insert(1, run)
    surgeon.package.parts[_FOOTER] = serialised(root)
