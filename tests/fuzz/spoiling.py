"""What becomes of a file on its way: bytes of the package and of its parts, elements and attributes of its XML, parts that go or change places."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable
from copy import deepcopy
from io import BytesIO

from lxml import etree

from tests.fuzz.words import ALL

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_IDS = ("", "0", "-1", "1", "2", "99999999999", "甲", "1~2")
_DATES = (
    "",
    "0-00-00T00:00:00Z",
    "99999-01-01T00:00:00Z",
    "2021-02-30T25:61:61Z",
    "昨天",
    "2021-01-01",
    "9999-12-31T23:59:59+14:00",
)
_WRAPS = (
    "ins",
    "del",
    "moveFrom",
    "moveTo",
    "sdt",
    "sdtContent",
    "p",
    "r",
    "tbl",
    "tr",
    "tc",
    "hyperlink",
    "smartTag",
    "fldSimple",
    "txbxContent",
)
_DEEP = 40

Chance = random.Random


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {each.filename: archive.read(each) for each in archive.infolist()}


def packed(parts: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()


def spoilt(data: bytes, chance: Chance) -> bytes:
    """The file after one to four accidents of a package; what is none has its bytes changed."""
    if not data.startswith(b"PK\x03\x04"):
        return _bytes(data, chance)
    if chance.random() < 0.1:
        return _bytes(data, chance)
    parts = unpacked(data)
    for _ in range(chance.randint(1, 4)):
        chance.choices(_ACCIDENTS, _WEIGHTS)[0](parts, chance)
    return packed(parts, chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)))


def _bytes(data: bytes, chance: Chance) -> bytes:
    """Some bytes flipped, cut out, doubled, put in; or the end gone."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        if not out:
            break
        at, length = chance.randrange(len(out)), chance.randint(1, 60)
        match chance.randrange(5):
            case 0:
                out[at] = chance.randrange(256)
            case 1:
                del out[at : at + length]
            case 2:
                out[at:at] = out[at : at + length]
            case 3:
                out[at:at] = bytes(chance.choices(b"<>&/\"'=:w \0\xff\xe7\x94\xb2", k=length))
            case _ if chance.random() < 0.2:
                del out[at:]
    return bytes(out)


# -- parts


def _chosen(parts: dict[str, bytes], chance: Chance) -> str:
    """A part; the ones with words in them more often."""
    names = [name for name in parts if name.endswith((".xml", ".rels"))] or list(parts)
    told = [
        name
        for name in names
        if any(word in name for word in ("document", "comments", "sharedStrings", "sheet"))
    ]
    return chance.choice(told if told and chance.random() < 0.7 else names)


def _part_bytes(parts: dict[str, bytes], chance: Chance) -> None:
    name = _chosen(parts, chance)
    parts[name] = _bytes(parts[name], chance)


def _part_gone(parts: dict[str, bytes], chance: Chance) -> None:
    if len(parts) > 1:
        del parts[chance.choice(list(parts))]


def _part_moved(parts: dict[str, bytes], chance: Chance) -> None:
    """Under another name, or with what another one says."""
    one, other = chance.choice(list(parts)), chance.choice(list(parts))
    match chance.randrange(4):
        case 0:
            parts[one], parts[other] = parts[other], parts[one]
        case 1:
            parts[
                chance.choice(("a.xml", one.upper(), f"word/{one}", one.replace("/", "\\"), f"x/{one}"))
            ] = parts.pop(one)
        case 2:
            parts[one] = chance.choice(
                (b"", b"<a/>", b"\0", b"\xff\xfe", parts[one].decode("utf-8", "replace").encode("utf-16"))
            )
        case _:
            parts[one] += parts[other]


# -- XML


def _tree(
    change: Callable[[etree._Element, list[etree._Element], Chance], None],
) -> Callable[[dict[str, bytes], Chance], None]:
    """An accident of the elements of a part that is well-formed."""

    def happen(parts: dict[str, bytes], chance: Chance) -> None:
        name = _chosen(parts, chance)
        try:
            root = etree.fromstring(parts[name])
        except etree.XMLSyntaxError:
            return
        for _ in range(chance.randint(1, 8)):
            elements = list(root.iter(etree.Element))[1:]
            if not elements:
                break
            change(chance.choice(elements), elements, chance)
        parts[name] = etree.tostring(root, encoding="utf-8", xml_declaration=True)

    return happen


def _elements(one: etree._Element, all_: list[etree._Element], chance: Chance) -> None:
    other, parent = chance.choice(all_), one.getparent()
    if parent is None:
        return
    inside = other in one.iter() or one in other.iter()
    match chance.randrange(6):
        case 0:
            parent.remove(one)
        case 1:
            one.addnext(deepcopy(one))
        case 2 if not inside:
            other.append(one)
        case 3 if not inside:
            other.append(deepcopy(one))
        case 4:
            one.tag = other.tag
        case _:
            parent.insert(0, one)


def _wrapped(one: etree._Element, all_: list[etree._Element], chance: Chance) -> None:
    """An element inside another one, or in many."""
    parent = one.getparent()
    if parent is None:
        return
    holder = one
    for _ in range(chance.choice((1, 1, 1, 2, 10, _DEEP))):
        outer = etree.Element(
            f"{W}{chance.choice(_WRAPS)}",
            {f"{W}id": chance.choice(_IDS), f"{W}author": chance.choice(("王五", *ALL[:9]))},
        )
        place = holder.getparent()
        if place is None:
            return
        place.replace(holder, outer)
        outer.append(holder)
        outer.tail, holder.tail = holder.tail, None
        holder = outer


def _attributes(one: etree._Element, all_: list[etree._Element], chance: Chance) -> None:
    keys = [str(key) for key in one.attrib]
    if not keys:
        return
    key = chance.choice(keys)
    local = key.rpartition("}")[2]
    if chance.random() < 0.25:
        del one.attrib[key]
    elif local == "id":
        one.set(key, chance.choice(_IDS))
    elif local == "date":
        one.set(key, chance.choice(_DATES))
    else:
        one.set(key, _writable(chance.choice(ALL)))


def _texts(one: etree._Element, all_: list[etree._Element], chance: Chance) -> None:
    told = [each for each in all_ if each.text and each.text.strip()]
    if not told:
        return
    at, word = chance.choice(told), _writable(chance.choice(ALL))
    text = at.text or ""
    cut = chance.randint(0, len(text))
    at.text = chance.choice((word, text[:cut] + word + text[cut:], text[:cut], text * 2))


def _writable(text: str) -> str:
    """What lxml takes as a text."""
    return "".join(each for each in text if each in "\t\n" or " " <= each < "\ufffe" or each > "\uffff")


_ACCIDENTS: tuple[Callable[[dict[str, bytes], Chance], None], ...] = (
    _part_bytes, _part_gone, _part_moved, _tree(_elements), _tree(_wrapped), _tree(_attributes), _tree(_texts),
)  # fmt: skip
_WEIGHTS = (1, 1, 1, 5, 2, 4, 5)
