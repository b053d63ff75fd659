"""Looks as people in an office say them: 三号, 固定值 28.95 磅, 首行 2 字; and how two looks differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from drafter.source.frozen import dataclass
from drafter.source.messages import has
from drafter.source.messages import text as message
from drafter.word.looks import Appearance, Indent
from drafter.workspace.profile import SIZES

_SIZES: Mapping[int, str] = MappingProxyType({value: name for name, value in SIZES.items()})

_SAME: Mapping[str, str] = MappingProxyType(
    {
        "simsun": "宋体", "simhei": "黑体", "fangsong": "仿宋", "kaiti": "楷体", "fangsong_gb2312": "仿宋_GB2312",
        "kaiti_gb2312": "楷体_GB2312", "fzxiaobiaosong-b05s": "方正小标宋简体", "microsoft yahei": "微软雅黑",
    }
)  # fmt: skip
_NEAR = 2
"""Twips, or hundredths of a character, that nobody sees."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which two looks differ, in the user's language."""

    item: str
    expected: str
    found: str


def font_name(font: str) -> str:
    """A font under its Chinese name, where it has one."""
    return _SAME.get(font.casefold(), font)


def style_name(name: str) -> str:
    """A style under the name that Word shows in the user's language."""
    word, _, level = name.casefold().partition(" ")
    if level.isdigit() and word in _LEVELED:
        return message(f"look.style.{word}", level=level)
    code = f"look.style.{name.casefold().replace(' ', '-')}"
    return message(code) if has(code) else name


_LEVELED = frozenset({"heading", "toc"})


def points(twips: int) -> str:
    """Twips in points, as short as can be."""
    return f"{twips / 20:.2f}".rstrip("0").rstrip(".")


def size(half_points: int) -> str:
    """A size by its Chinese name and in points."""
    number = points(half_points * 10)
    if half_points in _SIZES:
        return message("look.value.size", name=_SIZES[half_points], points=number)
    return message("look.value.points", points=number)


def pitch(look: Appearance) -> str:
    """The distance of lines."""
    if look.rule == "auto":
        return message("look.value.lines", lines=f"{look.line / 240:.2f}".rstrip("0").rstrip("."))
    code = "look.value.exact" if look.rule == "exact" else "look.value.at-least"
    return message(code, points=points(look.line))


def characters(indent: Indent, half_points: int) -> int:
    """An indent in hundredths of a character."""
    return indent.characters or round(indent.twips * 100 / max(half_points * 10, 1))


def _indent(look: Appearance) -> str:
    first, left = characters(look.first, look.size), characters(look.left, look.size)
    out = []
    if left:
        out.append(message("look.value.left", count=f"{left / 100:g}"))
    if first > 0:
        out.append(message("look.value.first", count=f"{first / 100:g}"))
    elif first < 0:
        out.append(message("look.value.hanging", count=f"{-first / 100:g}"))
    return " ".join(out) or message("look.value.none")


def _yes(value: object) -> str:
    return message("look.value.yes" if value else "look.value.no")


_ALIGNS = frozenset({"left", "right", "center", "both", "distribute"})


def _align(look: Appearance) -> str:
    return message(f"look.align.{look.align}") if look.align in _ALIGNS else look.align


def _level(look: Appearance) -> str:
    return message("look.value.none") if look.outline > 8 else str(look.outline + 1)  # noqa: PLR2004 -- w:outlineLvl 9 is text


_TOLD: Mapping[str, Callable[[Appearance], str]] = MappingProxyType(
    {
        "font": lambda look: font_name(look.font),
        "latin": lambda look: font_name(look.latin),
        "size": lambda look: size(look.size),
        "bold": lambda look: _yes(look.bold),
        "italic": lambda look: _yes(look.italic),
        "colour": lambda look: look.colour or message("look.value.black"),
        "pitch": pitch,
        "before": lambda look: message("look.value.points", points=points(look.before)),
        "after": lambda look: message("look.value.points", points=points(look.after)),
        "indent": _indent,
        "align": _align,
        "outline": _level,
        "squeeze": lambda look: message("look.value.points", points=points(look.squeeze)),
    }
)


def told(look: Appearance) -> Mapping[str, str]:
    """Everything of a look, by item."""
    return {item: say(look) for item, say in _TOLD.items()}


def item_name(item: str) -> str:
    """What an item is called."""
    return message(f"look.item.{item}")


def differences(expected: Appearance, found: Appearance) -> Iterator[Difference]:
    """In what a look differs from another; what nobody sees is none."""
    for item, say in _TOLD.items():
        if not _alike(item, expected, found):
            one, other = say(expected), say(found)
            yield Difference(item_name(item), one, other or message("look.value.none"))


def _alike(item: str, one: Appearance, other: Appearance) -> bool:
    match item:
        case "indent":
            pairs = [
                (characters(one.first, one.size), characters(other.first, other.size)),
                (characters(one.left, one.size), characters(other.left, other.size)),
            ]
        case "pitch":
            if one.rule != other.rule:
                return False
            pairs = [(one.line, other.line)]
        case "before":
            pairs = [(one.before, other.before)]
        case "after":
            pairs = [(one.after, other.after)]
        case _:
            return _TOLD[item](one) == _TOLD[item](other)
    return all(abs(first - second) <= _NEAR for first, second in pairs)
