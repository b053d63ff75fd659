"""Bytes of a Word file → its picture, in one pass over each story.

The document part must be readable; another part that is not is reported and left out.
"""

from __future__ import annotations

import posixpath
from functools import partial

from drafter.ooxml.identity import NAMESPACE, PROPERTY
from drafter.ooxml.normal import Element
from drafter.ooxml.reading import Package, Relation, open_package, parse, relations
from drafter.picture.collector import resting
from drafter.picture.comments import comments_of
from drafter.picture.drafts import OBJECT
from drafter.picture.edges import sections_of, walked
from drafter.picture.formats import FormatWalk, has_formats, in_order
from drafter.picture.model import Comment, Edge, Formatting, Paragraph, Picture
from drafter.picture.names import ID, TYPE, w
from drafter.picture.story import Walk
from drafter.picture.things import Links
from drafter.source.issues import Issue, Outcome, Place, Refused

_CORE = "docProps/core.xml"
_CUSTOM = "docProps/custom.xml"
_SHOWN = 20  # characters of a paragraph by which it is found again
_APPLICATION = "docProps/app.xml"
_NAME = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}Application"
_USUAL = frozenset(("comments", "commentsExtended", "footnotes", "endnotes"))
_STORIES = ("footnotes", "endnotes", "header", "footer")


class _Parts:
    """The parts that hang on the document, read when asked for; what cannot be read becomes an issue."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.issues: list[Issue] = []
        self.relations = relations(package, package.main)
        self._targets: dict[str, list[str]] = {}
        for relation in self.relations:
            self._targets.setdefault(relation.kind, []).append(relation.target)

    def targets(self, kind: str) -> list[str]:
        """The names of the parts of a kind of relationship; where none is named, the usual one that is there all the same."""
        usual = posixpath.join(posixpath.dirname(self.package.main), f"{kind}.xml")
        return self._targets.get(kind, [usual] if kind in _USUAL and usual in self.package.parts else [])

    def related(self, kind: str) -> Element | None:
        """The root of the first part of a kind, None where there is none to read."""
        return next((self.part(target) for target in self.targets(kind)), None)

    def links(self, name: str) -> Links:
        """Where the relationships of a part lead."""

        def targets() -> dict[str, str]:
            return {each.id: each.target for each in relations(self.package, name)}

        return Links(targets, self.package.binaries, self.part)

    def part(self, name: str) -> Element | None:
        """The root of a part, None where it is absent or unreadable."""
        if name in self.package.damaged or name in self.package.parts:
            try:
                return parse(self.package, name)
            except Refused as refused:
                self.issues += [
                    Issue("ooxml.part-left-out", i.place, {"part": name, "reason": _reason(i)})
                    for i in refused.issues
                ]
        return None


def _reason(issue: Issue) -> str:
    line = issue.facts.get("line", "")
    return f"{line}: {issue.facts.get('reason', '')}" if line else issue.facts.get("reason", "")


def read(data: bytes, name: str) -> Outcome[Picture]:
    """The picture of the Word file in `data`. Raises `Refused` where it is none, or a hostile or broken one."""
    with resting():
        return _read(data, name)


def _read(data: bytes, name: str) -> Outcome[Picture]:
    package = open_package(data, name)
    body = parse(package, package.main)
    if body.tag != w("document"):
        raise Refused(Issue("ooxml.no-document", Place(name)))
    parts = _Parts(package)
    formats = _has_formats(body, parts)
    walk = FormatWalk() if formats else Walk()
    try:
        comments, unknown = _walked(walk, body, parts)
        outer, sections = _edges(walk, parts)
    except RecursionError as error:
        raise Refused(Issue("ooxml.too-deep", Place(name), {"part": package.main, "line": "1"})) from error
    missing = len(walk.places.references.keys() - {comment.id for comment in comments})
    if missing:
        parts.issues.append(Issue("picture.comments-missing", Place(name), {"count": str(missing)}))
    properties = _properties(parts)
    release = _release(parts) or properties.get(PROPERTY, "")
    names = tuple(dict.fromkeys((*walk.unknown, *unknown, *outer.unknown)))
    paragraphs = tuple(draft.finished() for draft in walk.drafts)
    if names:
        first = next(iter(walk.unknown.values()), -1)
        facts = {
            "names": ", ".join(names),
            "near": _beginning(paragraphs[first]) if first >= 0 and paragraphs else "",
        }
        parts.issues.append(Issue("picture.unknown-elements", Place(name), facts))
    edges = tuple(draft.finished() for draft in outer.drafts)
    picture = Picture(
        paragraphs, comments, release, properties, names, _formats(walk), edges, _formats(outer), sections
    )
    for done in (walk, outer):
        done.close()
    return Outcome(picture, tuple(parts.issues))


def _beginning(paragraph: Paragraph) -> str:
    """The words by which a reader finds a paragraph again."""
    words = "".join(run.text for run in paragraph.runs).replace(OBJECT, "").strip()
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"


def _has_formats(body: Element, parts: _Parts) -> bool:
    """Whether looks were changed with tracking somewhere in what is read."""
    package = parts.package
    if has_formats(package.parts.get(package.main, b""), lambda: body):
        return True
    names = [name for kind in _STORIES for name in parts.targets(kind)]
    return any(has_formats(package.parts.get(name, b""), partial(parts.part, name)) for name in names)


def _formats(walk: Walk) -> tuple[Formatting, ...]:
    """The tracked changes that are none of words."""
    found = walk.formats() if isinstance(walk, FormatWalk) else ()
    return in_order((*found, *(each.finished() for each in walk.hollow)))


def _walked(walk: Walk, body: Element, parts: _Parts) -> tuple[tuple[Comment, ...], tuple[str, ...]]:
    walk.links = parts.links(parts.package.main)
    walk.story(body, "body")
    _notes(walk, parts)
    walk.links = parts.links(parts.package.main)
    # A box may hold objects with boxes of their own: the list grows while it is walked.
    for number, (box, revisions) in enumerate(walk.boxes, 1):
        walk.story(box, f"textbox:{number}", revisions)
    root = parts.related("comments")
    if root is None:
        return (), ()
    extended = parts.related("commentsExtended")
    return comments_of(root, extended, walk.places, flat=_loses_threads(parts))


def _loses_threads(parts: _Parts) -> bool:
    """Whether a LibreOffice wrote the file that does not keep which comment answers which."""
    root = parts.part(_APPLICATION)
    name = "" if root is None else next((e.text or "" for e in root if e.tag == _NAME), "")
    return name.startswith(("LibreOffice/7.", "LibreOffice/6.", "LibreOffice/5."))


def _notes(walk: Walk, parts: _Parts) -> None:
    """Footnotes, then endnotes, in the order of their marks; those without a mark last."""
    for kind in ("footnote", "endnote"):
        root = parts.related(f"{kind}s")
        if root is None:
            continue
        found: dict[str, Element] = {}
        for note in root.iter(w(kind)):
            if note.get(TYPE, "normal") == "normal":
                found.setdefault(f"{kind}:{note.get(ID, '')}", note)
        walk.links = parts.links(next(iter(parts.targets(f"{kind}s"))))
        marked = [story for story in walk.notes if story in found]
        for story in dict.fromkeys((*marked, *found)):
            walk.story(found[story], story, walk.notes.get(story, ()))


def _properties(parts: _Parts) -> dict[str, str]:
    out: dict[str, str] = {}
    custom = parts.part(_CUSTOM)
    for element in () if custom is None else custom:
        if isinstance(element.tag, str) and element.get("name"):
            out[element.get("name", "")] = "".join(map(str, element.itertext())).strip()
    core = parts.part(_CORE)
    for element in () if core is None else core:
        if isinstance(element.tag, str):
            out[f"core:{element.tag.rpartition('}')[2]}"] = (element.text or "").strip()
    return out


def _release(parts: _Parts) -> str:
    """The id in our customXml part, found by the namespace of its root: word processors rename the part and cut its links."""
    mark = NAMESPACE.encode()
    for name, body in parts.package.parts.items():
        if name.lower().startswith("customxml/") and mark in body:
            root = parts.part(name)
            if root is not None and root.tag == f"{{{NAMESPACE}}}release":
                return "".join(map(str, root.itertext())).strip()
    return ""


def _alike(parts: _Parts, found: list[Relation]) -> dict[str, str]:
    """The parts of headers and footers by the ids of their relationships, of those that are the same to the byte the first.

    LibreOffice writes one for each section.
    """
    package = parts.package
    first: dict[tuple[bytes, bytes], str] = {}
    out: dict[str, str] = {}
    for relation in found:
        name = relation.target
        folder, _, base = name.rpartition("/")
        body, links = (package.parts.get(each, b"") for each in (name, f"{folder}/_rels/{base}.rels"))
        out[relation.id] = first.setdefault((body, links), name) if body else name
    return out


def _edges(walk: Walk, parts: _Parts) -> tuple[Walk, tuple[tuple[Edge, ...], ...]]:
    """A walk over the headers and footers that the sections name, and what each section shows of them."""
    outer = type(walk)(walk.ids)
    targets = _alike(parts, [each for each in parts.relations if each.kind in ("header", "footer")])
    sections, stories = sections_of(walk.sections, targets, lambda: parts.related("settings"))
    for story, name in stories:
        root = parts.part(name)
        if root is not None:
            outer.links = parts.links(name)
            walked(outer, root, story)
    return outer, sections
