"""Numbered lists of the old file under the numbers of the new one.

Two lists are the same where they are defined alike and, of several such, where paragraphs of the same words stand in them; a list that the new
file has not is added.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from copy import deepcopy

from drafter.ooxml.normal import Element
from drafter.ooxml.xml import w
from drafter.redline.names import VAL, P
from drafter.redline.properties import canonical
from drafter.redline.strips import paragraph_text

_NUM, _NUM_ID, _ABSTRACT, _ABSTRACT_ID = map(w, ("num", "numId", "abstractNum", "abstractNumId"))
_UNSAID = frozenset(map(w, ("nsid", "tmpl", "name", "lvlPicBulletId")))
_TIES = tuple(map(w, ("nsid", "lvlPicBulletId", "numStyleLink", "styleLink", "pStyle")))
"""What ties a list to the file it comes from."""

_NONE = "0"


class Lists:
    """The lists of both files; the trees are those of `numbering.xml`, None where a file has none."""

    def __init__(self, old: Element | None, new: Element | None, bodies: tuple[Element, Element]) -> None:
        self.new = new
        self._old = {} if old is None else {each.get(_NUM_ID, ""): each for each in old.iter(_NUM)}
        self._abstracts = _abstracts(old)
        ours = _definitions(new)
        theirs = _definitions(old)
        votes = _votes(*bodies)
        self.numbers: dict[str, str] = {}
        taken: set[str] = set()
        pairs = sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))
        same = [((number, number), 1) for number in theirs]
        alike = [((number, other), 0) for number in theirs for other in ours if theirs[number] == ours[other]]
        for (number, other), _ in (*pairs, *same, *alike):
            if number not in theirs or other not in ours or theirs[number] != ours[other]:
                continue
            if number not in self.numbers and other not in taken:
                self.numbers[number] = other
                taken.add(other)
        free = max((int(number) for number in (*ours, *theirs) if number.isdigit()), default=0)
        self._added: dict[str, str] = {}
        for number in theirs:
            if number not in self.numbers:
                free += 1
                self.numbers[number] = str(free)
                self._added[str(free)] = number

    def rename(self, root: Element) -> None:
        """Use the new file's numbers in a tree of the old one."""
        for use in root.iter(_NUM_ID):
            number = use.get(VAL, "")
            if self.numbers.get(number, number) != number:
                use.set(VAL, self.numbers[number])

    def missing(self, roots: Iterable[Element]) -> list[str]:
        """The numbers used now that the new file does not define."""
        used = dict.fromkeys(use.get(VAL, "") for root in roots for use in root.iter(_NUM_ID))
        return [number for number in used if number in self._added]

    def take_over(self, numbers: Iterable[str], known: frozenset[str]) -> None:
        """Add lists to the new file's tree; `known` are the ids of its styles, to which a level may be tied."""
        if self.new is None:
            return
        free = max((int(each.get(_ABSTRACT_ID, "0")) for each in self.new.iter(_ABSTRACT)), default=-1)
        at = sum(child.tag in (_ABSTRACT, w("numPicBullet")) for child in self.new)
        made: dict[str, str] = {}
        for number in numbers:
            num = deepcopy(self._old[self._added[number]])
            num.set(_NUM_ID, number)
            reference = num.find(_ABSTRACT_ID)
            source = "" if reference is None else reference.get(VAL, "")
            if reference is None or source not in self._abstracts:
                continue
            if source not in made:
                free += 1
                made[source] = str(free)
                self.new.insert(at, _copied(self._abstracts[source], str(free), known))
                at += 1
            reference.set(VAL, made[source])
            last = sum(child.tag in (_ABSTRACT, w("numPicBullet"), _NUM) for child in self.new)
            self.new.insert(last, num)


def _copied(abstract: Element, number: str, known: frozenset[str]) -> Element:
    made = deepcopy(abstract)
    made.set(_ABSTRACT_ID, number)
    gone = [each for each in made.iter(*_TIES) if each.tag != w("pStyle") or each.get(VAL, "") not in known]
    for each in gone:
        parent = each.getparent()
        if parent is not None:
            parent.remove(each)
    return made


def _abstracts(root: Element | None) -> dict[str, Element]:
    return {} if root is None else {each.get(_ABSTRACT_ID, ""): each for each in root.iter(_ABSTRACT)}


def _definitions(root: Element | None) -> dict[str, bytes]:
    """How each list is defined, as bytes to compare."""
    if root is None:
        return {}
    said = {
        id: b"".join(canonical(child) for child in abstract if child.tag not in _UNSAID)
        for id, abstract in _abstracts(root).items()
    }
    out = {}
    for num in root.iter(_NUM):
        reference = num.find(_ABSTRACT_ID)
        overrides = b"".join(canonical(child) for child in num if child.tag == w("lvlOverride"))
        out[num.get(_NUM_ID, "")] = (
            said.get("" if reference is None else reference.get(VAL, ""), b"") + overrides
        )
    return out


def _votes(old: Element, new: Element) -> Counter[tuple[str, str]]:
    """How many paragraphs of the same words stand in an old list and a new one."""
    places: dict[str, list[str]] = defaultdict(list)
    for text, number in _numbered(new):
        places[text].append(number)
    votes: Counter[tuple[str, str]] = Counter()
    for text, number in _numbered(old):
        if len(places.get(text, ())) == 1:
            votes[number, places[text][0]] += 1
    return votes


def _numbered(body: Element) -> list[tuple[str, str]]:
    out = []
    for use in body.iter(_NUM_ID):
        paragraph = next(use.iterancestors(P), None)
        if paragraph is not None and use.get(VAL) != _NONE:
            out.append((paragraph_text(paragraph), use.get(VAL, "")))
    return out
