"""What a public file must not hold, looked for in the finished bytes: each kind of thing with all that was found of it, which should be nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from drafter.ooxml.normal import Element
from drafter.ooxml.package import unzipped
from drafter.ooxml.xml import w
from drafter.source.frozen import dataclass
from drafter.word.anchors import PREFIX

_REVISIONS = frozenset(
    map(w, ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange", "cellIns", "cellDel", "cellMerge", "numberingChange"))
)  # fmt: skip
_COMMENTS = frozenset(map(w, ("commentRangeStart", "commentRangeEnd", "commentReference", "comment")))
_NAMED = ("creator", "lastModifiedBy", "manager", "Manager")
_SHOWN = 12
"""Characters on each side of a word that are told with it."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One kind of thing that was looked for: `what` is the last word of its message id; `found` is empty where all is well."""

    what: str
    found: tuple[str, ...]


def prove(data: bytes, words: Iterable[str]) -> tuple[Proof, ...]:
    """Look through a finished file; `words` are those that no public text may have."""
    parts = unzipped(data)
    roots, sought = dict(_parsed(parts)), tuple(filter(None, words))
    looks: Mapping[str, Callable[[], Iterable[str]]] = MappingProxyType(
        {
            "comments": lambda: _elements(roots, _COMMENTS),
            "revisions": lambda: _elements(roots, _REVISIONS),
            "bookmarks": lambda: _bookmarks(roots),
            "ids": lambda: (name for name in parts if name.startswith(("customXml/", "docProps/custom"))),
            "authors": lambda: _authors(roots),
            "words": lambda: (*_words(roots, sought), *_unprinted(roots, parts, sought)),
        }
    )
    return tuple(Proof(what, tuple(dict.fromkeys(look()))) for what, look in looks.items())


def _parsed(parts: Mapping[str, bytes]) -> Iterator[tuple[str, Element]]:
    from lxml import etree

    for name, body in parts.items():
        if name.endswith((".xml", ".rels")):
            yield name, etree.fromstring(body)


def _elements(roots: Mapping[str, Element], tags: frozenset[str]) -> Iterator[str]:
    for name, root in roots.items():
        for element in root.iter(*tags):
            yield f"{name} {str(element.tag).rpartition('}')[2]}"


def _bookmarks(roots: Mapping[str, Element]) -> Iterator[str]:
    for name, root in roots.items():
        for element in root.iter(w("bookmarkStart")):
            if element.get(w("name"), "").startswith(PREFIX):
                yield f"{name} {element.get(w('name'))}"


def _authors(roots: Mapping[str, Element]) -> Iterator[str]:
    for name, root in roots.items():
        for element in root.iter("{*}*"):
            if str(element.tag).rpartition("}")[2] in _NAMED and (element.text or "").strip():
                yield f"{name} {element.text}"
            for key, value in element.attrib.items():
                said = str(value)
                if str(key).rpartition("}")[2] == "author" or said.startswith("file:"):
                    yield f"{name} {said}"


def _words(roots: Mapping[str, Element], words: tuple[str, ...]) -> Iterator[str]:
    """Each place where such a word is printed, with what is around it."""
    for root in roots.values():
        for paragraph in root.iter(w("p")):
            yield from _around("".join(each.text or "" for each in paragraph.iter(w("t"))), words)


def _unprinted(
    roots: Mapping[str, Element], parts: Mapping[str, bytes], words: tuple[str, ...]
) -> Iterator[str]:
    """The same where no text is printed: properties, settings, names of styles, what a picture shows, where a link leads."""
    for name, root in roots.items():
        if _plain(root, parts[name]) and not any(word.encode() in parts[name] for word in words):
            continue
        for element in root.iter("{*}*"):
            texts = (*map(str, element.attrib.values()), "" if element.tag == w("t") else element.text or "")
            for found in (each for text in texts for each in _around(text, words)):
                yield f"{name} {found}"


def _plain(root: Element, body: bytes) -> bool:
    """Whether a part's characters stand in its bytes as they are: some programs write them as numbers."""
    return b"&#" not in body and (root.getroottree().docinfo.encoding or "UTF-8").upper() == "UTF-8"


def _around(text: str, words: tuple[str, ...]) -> Iterator[str]:
    for word in words:
        at = text.find(word)
        while at >= 0:
            yield text[max(at - _SHOWN, 0) : at + len(word) + _SHOWN]
            at = text.find(word, at + len(word))
