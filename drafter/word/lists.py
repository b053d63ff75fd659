"""Native numbering: the headings' multi-level list of each scheme, annexes, and the two kinds of list in a text.

Word counts all that shares an abstract list together, so that every list of a text has a number of its own that starts anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field

from drafter.ooxml.xml import DECLARATION, W
from drafter.source.frozen import dataclass
from drafter.word.annexes import number_look
from drafter.workspace.profile import Profile

_COUNTING = "chineseCountingThousand"
_CHAPTERS = ((_COUNTING, "第%1章", "space"), (_COUNTING, "第%2节", "space"))


def _below(first: int) -> tuple[tuple[str, str, str], ...]:
    """一、 （一） 1. （1） from level `first` on."""
    return (
        (_COUNTING, f"%{first}、", "nothing"),
        (_COUNTING, f"（%{first + 1}）", "nothing"),
        ("decimal", f"%{first + 2}.", "nothing"),
        ("decimal", f"（%{first + 3}）", "nothing"),
    )


SCHEMES = {"章节": (*_CHAPTERS, *_below(3)), "公文": _below(1)}
_ORDERED = (
    ("decimal", "%1.", "nothing"),
    ("decimal", "（%2）", "nothing"),
    ("decimalEnclosedCircle", "%3", "nothing"),
)
_BULLETS = (("bullet", "•", "nothing"), ("bullet", "—", "nothing"), ("bullet", "·", "nothing"))
_ANNEX = (("decimal", "附件%1", "space"),)

ANNEX_TOP = {"章节": 3, "公文": 1}
"""The level of each scheme that says 一、, with which the headings below an annex begin."""

HEADINGS, ANNEXES, ORDERED, BULLETS = range(4)
"""The abstract lists, counted from the first number that the frame leaves free."""

DEPTH = 9


def typed_sign(*, ordered: bool, level: int, count: int) -> str:
    """The number or sign of a list item as text, as the native list would show it."""
    forms = _ORDERED if ordered else _BULLETS
    form, text, _ = forms[min(level, len(forms) - 1)]
    if form == "bullet":
        return text
    shown = chr(ord("①") + count - 1) if form == "decimalEnclosedCircle" and count <= _CIRCLES else str(count)
    return text.replace(f"%{min(level, len(forms) - 1) + 1}", shown)


_CIRCLES = 20
_HINT = '<w:rFonts w:hint="eastAsia"/>'
_BULLET = '<w:rPr><w:rFonts w:hint="eastAsia" w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/></w:rPr>'
_ROOM = 16


@dataclass(frozen=True, slots=True)
class Instance:
    """A list of the document: its number, its abstract list, and with what some of its levels start."""

    number: int
    abstract: int
    starts: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class Lists:
    """The lists of one document. `base` is the first free number of the frame, for abstract lists and for lists; `annex_stop` are the twips to
    the middle, where titles of annexes stand below their numbers, else 0."""

    profile: Profile
    base: int = 1
    annex_stop: int = 0
    instances: list[Instance] = field(default_factory=list)

    def __post_init__(self) -> None:
        """The headings and the annexes are the first two."""
        self.headings = self._added(HEADINGS)
        self.annexes = self._added(ANNEXES)

    headings: int = 0
    annexes: int = 0
    count: int = 0  # numbers that are used or left out

    @property
    def scheme(self) -> str:
        """The numbering scheme."""
        return self.profile.scheme

    def _added(self, abstract: int, *starts: tuple[int, int]) -> int:
        number = self.base + self.count
        self.count += 1
        self.instances.append(Instance(number, self.base + abstract, starts))
        return number

    def leap(self) -> None:
        """To the next round number: what is written before may get another list without renumbering those that come after."""
        self.count = -(-self.count // _ROOM) * _ROOM

    def new(self, *, ordered: bool, level: int, start: int) -> int:
        """A list of the text; its number."""
        return self._added(ORDERED if ordered else BULLETS, (min(level, DEPTH - 1), start))

    def new_headings(self) -> int:
        """Headings that count from one again, below an annex."""
        return self._added(HEADINGS, *((level, 1) for level in range(len(SCHEMES[self.scheme]))))


def _levels(levels: tuple[tuple[str, str, str], ...], styles: tuple[str, ...] = (), look: str = _HINT) -> str:
    out = []
    for place in range(DEPTH):
        form, text, suffix = levels[min(place, len(levels) - 1)]
        if place >= len(levels):
            text = text.replace(f"%{len(levels)}", f"%{place + 1}")
        style = f'<w:pStyle w:val="{styles[place]}"/>' if place < len(styles) else ""
        out.append(
            f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{style}<w:suff w:val="{suffix}"/>'
            f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>{_BULLET if form == "bullet" else f"<w:rPr>{look}</w:rPr>"}</w:lvl>'
        )
    return "".join(out)


def abstract_lists(lists: Lists) -> str:
    """The four abstract lists as XML; the first two belong to styles, unless numbers are typed."""
    profile, base = lists.profile, lists.base
    levels = SCHEMES[profile.scheme]
    look = number_look(profile) if lists.annex_stop else _HINT
    styles = () if profile.literal else tuple(f"Heading{level}" for level in range(1, len(levels) + 1))
    annex = () if profile.literal else ("GwAnnex",)
    bodies = (_levels(levels, styles), _levels(_ANNEX, annex, look), _levels(_ORDERED), _levels(_BULLETS))
    return "".join(
        f'<w:abstractNum w:abstractNumId="{base + place}"><w:multiLevelType w:val="multilevel"/>{body}</w:abstractNum>'
        for place, body in enumerate(bodies)
    )


def list_instances(instances: Iterable[Instance]) -> str:
    """The lists as XML."""
    return "".join(
        f'<w:num w:numId="{each.number}"><w:abstractNumId w:val="{each.abstract}"/>{_overrides(each)}</w:num>'
        for each in instances
    )


def _overrides(each: Instance) -> str:
    return "".join(
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        for level, start in each.starts
    )


def numbering_part(lists: Lists) -> bytes:
    """`word/numbering.xml` where the frame has none."""
    body = abstract_lists(lists) + list_instances(lists.instances)
    return f'{DECLARATION}<w:numbering xmlns:w="{W}">{body}</w:numbering>'.encode()
