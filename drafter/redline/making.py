"""The redline as a whole: both files opened, the old one's ids turned into the new one's, every story woven, what is still needed brought.

The new file is the base: its styles, settings, headers and properties. What no revision can record stays as the new file has it and is said
(`redline.styles`, `redline.header`, `redline.comments`, `redline.untracked`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from lxml import etree

from drafter.ooxml.normal import Element
from drafter.ooxml.package import zipped
from drafter.ooxml.xml import w
from drafter.picture.collector import resting
from drafter.redline import comments, notes, sections
from drafter.redline.guests import Guests
from drafter.redline.lists import Lists
from drafter.redline.names import BOOKMARK, BOOKMARK_END, BOX, ID, NAME, P, T
from drafter.redline.opened import Opened, highest
from drafter.redline.resolve import Revisions
from drafter.redline.stamp import Signature, Stamp
from drafter.redline.story import Loom
from drafter.redline.styles import Styles
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Outcome, Place
from drafter.source.listed import listed

UNRELATED = 0.1
"""Files that share less than this part of their characters have nothing to do with each other."""

_NO_IDS: Mapping[int, str] = {}


@dataclass(frozen=True, slots=True)
class Settings:
    """What is said of a redline besides its two files.

    `names` are those of the files, for messages; `revisions` says how tracked changes in them are read. `ids` are those of paragraphs of the
    old and the new file, by their number in the document (cells included, text boxes not, from 0): blocks of one id are one block.
    `reasons` say for an id why it was changed, each becomes a comment; `otherwise` is said of every other change, where it is not empty.
    """

    signature: Signature
    names: tuple[str, str] = ("old.docx", "new.docx")
    revisions: Revisions | None = None
    ids: tuple[Mapping[int, str], Mapping[int, str]] = (_NO_IDS, _NO_IDS)
    reasons: Mapping[str, str] = field(default_factory=dict)
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A block that was changed: its words before and after, and its id where it has one."""

    id: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Redline:
    """The Word file, what was changed in the order of the text, and how many revisions there are of each kind.

    `alike` is the part of the characters of both files that was kept, 0 to 1.
    """

    data: bytes
    changes: tuple[Change, ...]
    inserted: int
    deleted: int
    formatted: int
    alike: float

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not (self.inserted or self.deleted or self.formatted)


def redline(old: bytes, new: bytes, settings: Settings) -> Outcome[Redline]:
    """The redline of two Word files. Raises `Refused` (see `drafter.redline.redline`)."""
    with resting():
        return _Making(Opened(old, settings.names[0]), Opened(new, settings.names[1]), settings).made()


class _Making:
    def __init__(self, old: Opened, new: Opened, settings: Settings) -> None:
        self.old, self.new, self.settings = old, new, settings
        self.issues: list[Issue] = []
        for opened in (old, new):
            opened.revised(settings.revisions)
        self._roots = [opened.tree(opened.main) for opened in (old, new)]
        self._bodies = [_body(root) for root in self._roots]
        self._characters = sum(len(t.text or "") for body in self._bodies for t in body.iter(T))

    def made(self) -> Outcome[Redline]:
        """The stages in order."""
        loom = Loom(self._stamp(), self._ids())
        self._rename()
        loom.carried = self._carry()
        loom.noted = notes.in_both(self.old, self.new)
        order = self._weave(loom)
        self._bring()
        self._lasting(loom)
        changes = sorted(loom.changed, key=lambda change: order.get(change.element, len(order)))
        comments.attach(
            self.new, changes, self.settings.reasons, self.settings.otherwise, self.settings.signature
        )
        given = loom.stamp.given
        kept = self._characters - self._differing
        result = Redline(
            zipped(self.new.stored()),
            tuple(Change(each.id, each.old, each.new) for each in changes),
            given["ins"],
            given["del"],
            sum(count for kind, count in given.items() if kind.endswith("Change")),
            kept / self._characters if self._characters else 1.0,
        )
        if result.alike < UNRELATED:
            self._say("redline.unrelated", old=self.old.name)
        return Outcome(result, tuple(self.issues))

    def _say(self, code: str, **facts: str) -> None:
        self.issues.append(Issue(code, Place(self.new.name), facts))

    def _ids(self) -> dict[Element, str]:
        out = {}
        for body, ids in zip(self._bodies, self.settings.ids, strict=True):
            if ids:
                found = (p for p in body.iter(P) if next(p.iterancestors(BOX), None) is None)
                out.update({p: ids[number] for number, p in enumerate(found) if number in ids})
        return out

    def _stamp(self) -> Stamp:
        marks = (BOOKMARK, w("commentRangeStart"), w("comment"), w("permStart"), w("commentReference"))
        roots = [opened.tree(part) for opened in (self.old, self.new) for part in opened.stories()]
        return Stamp(self.settings.signature, max(highest(roots, tag, ID) for tag in marks) + 1001)

    # -- the old file's ids turned into the new one's

    def _rename(self) -> None:
        dropped = self.old.without_comments()
        if dropped:
            self._say("redline.comments", count=str(dropped), old=self.old.name)
        old, new = self.old, self.new
        self._styles = Styles(_optional(old, "styles"), _optional(new, "styles"))
        numbering = _optional(old, "numbering")
        if numbering is not None:
            self._styles.rename(numbering)
        self._lists = Lists(numbering, _optional(new, "numbering"), (self._bodies[0], self._bodies[1]))
        styles = _optional(old, "styles")
        if styles is not None:
            self._lists.rename(styles)
        notes.renumber(old, new)
        self._guests: dict[str, Guests] = {}
        differing: dict[str, None] = {}
        pairs = [(old.main, new.main), *((old.notes[kind], new.notes[kind]) for kind in old.notes)]
        self._headers = sections.headers(old, new)
        for name in sections.only_old(old, new, self._headers):
            self._say("redline.header", part=name)
        for part, other in (*pairs, *self._headers):
            if not part:
                continue
            differing.update(dict.fromkeys(self._styles.rename(old.tree(part))))
            self._lists.rename(old.tree(part))
            if other:
                self._guests[other] = Guests(old, new, (part, other))
                self._guests[other].rename(old.tree(part), new.tree(other))
        if differing:
            self._say("redline.styles", styles=listed(differing))

    def _carry(self) -> frozenset[str]:
        """The bookmarks that only the old file has, under numbers that are free."""
        names = {
            each.get(NAME, "").lower()
            for part in self.new.stories()
            for each in self.new.tree(part).iter(BOOKMARK)
        }
        numbers = self._stamp()
        carried: set[str] = set()
        for part in self.old.stories():
            root = self.old.tree(part)
            ends = {each.get(ID) for each in root.iter(BOOKMARK_END)}
            given: dict[str | None, str] = {}
            for each in root.iter(BOOKMARK, BOOKMARK_END):
                id = each.get(ID)
                if each.tag == BOOKMARK:
                    given[id] = f"-{numbers.number()}"
                    name = each.get(NAME, "").lower()
                    if id in ends and name not in names and name != "_goback":
                        carried.add(given[id])
                        names.add(name)
                each.set(ID, given.pop(id, "") if each.tag == BOOKMARK_END else given[id])
        return frozenset(carried)

    # -- the stories

    def _weave(self, loom: Loom) -> dict[Element, int]:
        """Weave everything; the paragraphs of the body with their place in it."""
        for old, new in self._headers:
            mine, other = self.old.tree(old), self.new.tree(new)
            if not loom.same(mine, other):
                other[:] = loom.story(list(mine), list(other))
        loom.changed.clear()  # of headers and notes nothing can be said in a comment
        mine, other = self._bodies
        ends = [[child for child in body if child.tag == w("sectPr")] for body in self._bodies]
        before = loom.stamp.characters.total()  # those of headers, and of notes below, are not the text's
        end = sections.last(ends[0], ends[1], loom.stamp)
        other[:] = [*loom.story(list(mine), list(other)), *end]
        self._differing = loom.stamp.characters.total() - before
        found, loom.changed = loom.changed, []
        notes.weave(loom, self.old, self.new)
        notes.order(self.new)
        loom.changed = found
        if loom.lost:
            self._say("redline.untracked", elements=listed(loom.lost))
        self._spaces()
        return {paragraph: number for number, paragraph in enumerate(other.iter(P))}

    def _spaces(self) -> None:
        """Name spaces that only the old file names: its text may use them, and an older Word is to be told to pass them over."""
        root = self.new.tree(self.new.main)
        spaces = {
            prefix: space
            for prefix, space in self._roots[0].nsmap.items()
            if prefix and space not in root.nsmap.values()
        }
        spaces = {prefix: space for prefix, space in spaces.items() if prefix not in root.nsmap}
        if not spaces:
            return
        known = {prefix: space for prefix, space in root.nsmap.items() if prefix}
        made = etree.Element(root.tag, nsmap={**known, **spaces})
        for name, value in root.attrib.items():
            made.set(name, value)
        ignorable = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable"
        said = self._roots[0].get(ignorable, "").split()
        passed = [*root.get(ignorable, "").split(), *(prefix for prefix in said if prefix in spaces)]
        if passed:
            made.set(ignorable, " ".join(passed))
        made.extend(list(root))
        self.new.put(self.new.main, made)

    # -- what the woven text needs

    def _bring(self) -> None:
        brought: list[str] = []
        for part, guests in self._guests.items():
            guests.take_over(self.new.tree(part), brought.append)
        for part in brought:
            if "/header" in part or "/footer" in part:
                self._styles.rename(self.new.tree(part))
                self._lists.rename(self.new.tree(part))
        parts = [*dict.fromkeys((*self.new.stories(), *self.new.notes.values()))]
        roots = [self.new.tree(part) for part in parts if part]
        styles = _optional(self.new, "styles")
        if self._styles.new is None and self._styles.used(roots):
            self._styles.new = etree.Element(w("styles"), nsmap={"w": w("x")[1:].partition("}")[0]})
            self.new.add("styles", self._styles.new)
        self._styles.take_over(roots)
        everything = roots if styles is None else [*roots, styles]
        missing = self._lists.missing(everything)
        if missing and self._lists.new is None:
            root = etree.Element(w("numbering"), nsmap={"w": w("x")[1:].partition("}")[0]})
            self.new.add("numbering", root)
            self._lists.new = root
        self._lists.take_over(missing, frozenset() if styles is None else frozenset(self._styles.known))

    def _lasting(self, loom: Loom) -> None:
        """Numbers that must be positive, and no shape with the number of another."""
        drawn = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
        said = self.new.all_related("comments")
        seen = {each.get("id", "") for part in said for each in self.new.tree(part).iter(drawn)}
        for part in self.new.stories():
            root = self.new.tree(part)
            for each in root.iter(BOOKMARK, BOOKMARK_END):
                if each.get(ID, "").startswith("-"):
                    each.set(ID, loom.stamp.again(each.get(ID, "")))
            for each in root.iter(drawn):
                if each.get("id", "") in seen:
                    each.set("id", loom.stamp.number())
                seen.add(each.get("id", ""))


def _body(root: Element) -> Element:
    found = root.find(w("body"))
    return etree.SubElement(root, w("body")) if found is None else found


def _optional(opened: Opened, kind: str) -> Element | None:
    part = opened.related(kind)
    return opened.tree(part) if part else None
