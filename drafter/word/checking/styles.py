"""The styles of a frame beside ours. An office may change looks: that is kept, and said as a note."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from drafter.ooxml.normal import Element
from drafter.ooxml.xml import w
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Place
from drafter.source.listed import listed
from drafter.source.messages import text as message
from drafter.word.checking.parts import Frame, text_of
from drafter.word.looks import Stylesheet
from drafter.word.styleids import STYLES, profile_styles
from drafter.word.styles import all_styles, styles_part
from drafter.word.telling import Difference, differences, font_name, style_name

_THEME = "word/theme/theme1.xml"
DEFAULTS = ("Normal", "DefaultParagraphFont", "NoList")
"""Styles that every file has."""
_UNCLIPPED = ("GwFigure", "GwEquation")


@dataclass(frozen=True, slots=True)
class Changed:
    """A style that does not look as ours does, and the first paragraph of the frame that uses it."""

    id: str
    name: str
    differences: tuple[Difference, ...]
    text: str = ""


def stylesheet(frame: Frame) -> Stylesheet:
    """The styles of a frame; ours where it has none."""
    root = frame.root(STYLES)
    return profile_styles() if root is None else Stylesheet(root, frame.root(_THEME))


def style_issues(frame: Frame) -> Iterator[Issue]:
    """Styles that are missing, that nobody defined, that cut pictures off; fonts that a theme overrides."""
    if all(b"Theme=" not in body for body in frame.parts.values()) and _is_ours(frame):
        known, used = {*all_styles(), *DEFAULTS}, _uses(frame)
        yield from _undefined(frame, {style: text for style, text in used.items() if style not in known})
        return
    sheet, ours = stylesheet(frame), profile_styles()
    used = _uses(frame)
    known = {*sheet.entries, *ours.entries}
    yield from _undefined(frame, {style: text for style, text in used.items() if style not in known})
    missing = [each for each in ours.entries.values() if each.id not in sheet.entries]
    if missing:
        text = next((used[each.id] for each in missing if used.get(each.id)), "")
        yield frame.issue(
            "frame.style-missing", text, styles=listed(style_name(each.name) for each in missing)
        )
    for style in _UNCLIPPED:
        if style in sheet.entries and sheet.appearance(style).rule == "exact":
            yield frame.issue("frame.clips", "", style=style_name(sheet.entries[style].name))
    yield from _themed(frame, sheet)


def _is_ours(frame: Frame) -> bool:
    return frame.parts.get(STYLES) == styles_part()


def _undefined(frame: Frame, used: Mapping[str, str]) -> Iterator[Issue]:
    for style, text in used.items():
        yield frame.issue("frame.style-undefined", text, style=style)


def changed_styles(frame: Frame) -> tuple[Changed, ...]:
    """The styles that look other than ours."""
    if _is_ours(frame):
        return ()
    sheet, ours = stylesheet(frame), profile_styles()
    used = _uses(frame)
    out = []
    for each in ours.entries.values():
        if each.id in sheet.entries and each.kind == "paragraph" and not each.default:
            found = tuple(differences(ours.appearance(each.id), sheet.appearance(each.id)))
            if found:
                name = sheet.entries[each.id].name
                out.append(Changed(each.id, name, found, " ".join(used.get(each.id, "").split())))
    return tuple(out)


def changed_issues(changed: tuple[Changed, ...], examples: Mapping[str, str], file: str) -> Iterator[Issue]:
    """A note for each style, and one for all; `examples` are words of the text that are set in a style."""
    for each in changed:
        text = examples.get(each.id) or each.text
        use = message("frame.use.paragraph", text=text) if text else message("frame.use.none")
        found = listed(
            message("frame.difference", item=one.item, expected=one.expected, found=one.found)
            for one in each.differences
        )
        facts = {"style": style_name(each.name), "differences": found, "use": use}
        yield Issue("frame.style-changed", Place(file), facts)
    if changed:
        facts = {"count": str(len(changed)), "styles": listed(style_name(each.name) for each in changed)}
        yield Issue("frame.styles-changed", Place(file), facts)


def _uses(frame: Frame) -> dict[str, str]:
    """The first paragraph with words in each style that the frame's own paragraphs are set in."""
    out: dict[str, str] = {}
    for _, root in frame.stories():
        for mark in root.iter(w("pStyle"), w("rStyle")):
            paragraph = next(mark.iterancestors(w("p")), None)
            text = "" if paragraph is None else text_of(paragraph)
            style = mark.get(w("val"), "")
            out[style] = out.get(style) or text
    return out


def _themed(frame: Frame, sheet: Stylesheet) -> Iterator[Issue]:
    """Where a font is named and a theme's stands beside it, Word takes the theme's."""
    places = [("", frame.root(STYLES)), *frame.stories()]
    seen = set()
    for kind, root in places:
        for fonts in () if root is None else root.iter(w("rFonts")):
            name, theme = fonts.get(w("eastAsia"), ""), fonts.get(w("eastAsiaTheme"), "")
            wins = sheet.theme.get(theme, theme)
            if not (name and theme) or font_name(wins) == font_name(name):
                continue
            style, text = _owner(fonts, kind)
            if (style, name) not in seen:
                seen.add((style, name))
                yield frame.issue("frame.theme-font", text, style=style, font=name, theme=wins)


def _owner(fonts: Element, kind: str) -> tuple[str, str]:
    """Whose fonts they are: a style's, the document's defaults, or a paragraph's, with its words."""
    style = next(fonts.iterancestors(w("style")), None)
    if style is not None:
        name = style.find(w("name"))
        return ("" if name is None else style_name(name.get(w("val"), ""))), ""
    paragraph = next(fonts.iterancestors(w("p")), None)
    if paragraph is not None:
        return message("frame.by-hand", where=message(f"frame.where.{kind}")), text_of(paragraph)
    return message("frame.defaults"), ""
