"""`drafter handbook`: the pages of the handbook as one HTML file that needs nothing but a browser.

A line `<!-- codes: yaml source -->` in a page stands for a table of all issue codes of these rooms, made from the catalogue
of messages, so that what the handbook says of an error is what the program says; `rest` stands for the rooms that no such line
names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

from drafter.handbook import FOLDER, PAGES
from drafter.source.codes import SEVERITIES
from drafter.source.edits import write_atomically
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Misnamed, Outcome, Place
from drafter.source.listed import listed
from drafter.source.messages import LANGUAGES, blank, has, language, text
from drafter.source.nearest import nearest

NAME = "handbook.html"
_CODES = re.compile(r"^<!-- codes: ([a-z -]+) -->$", re.MULTILINE)
_FENCE = re.compile(
    r"^(?P<fence>`{3,})(?P<lang>\w+)(?: (?P<about>[^\n]*))?\n.*?^(?P=fence)$", re.MULTILINE | re.DOTALL
)
_LINK = re.compile(r"\[([^]\n]*)\]\((\w+)\.md(?:#([\w.-]+))?\)")
_WIDE = r"[\u2014\u2018-\u201d\u2026\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
_FOLD = re.compile(rf"(?<={_WIDE})\n(?={_WIDE})")
_STYLE = """
body { margin: 0 auto; max-width: 76rem; padding: 0 1.5rem; color: #1c1c1c; background: #fff;
  font: 16px/1.75 "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif; }
nav { font-size: .875rem; line-height: 1.6; } nav ul { list-style: none; padding-left: 1em; margin: 0; }
nav > .toc > ul { padding-left: 0; } nav > .toc > ul > li { margin: .5rem 0; }
main { min-width: 0; } main > h1 { border-top: 2px solid #1c1c1c; margin-top: 3.5rem; padding-top: 1rem; }
h1, h2, h3 { line-height: 1.35; } h2 { margin-top: 2.5rem; } a { color: #0b57a4; text-decoration: none; }
a:hover { text-decoration: underline; }
pre { background: #f5f5f2; border: 1px solid #dddbd3; border-radius: 4px; overflow-x: auto; padding: .75rem 1rem; line-height: 1.55; }
code { font-family: "Sarasa Mono SC", "Noto Sans Mono CJK SC", NSimSun, Consolas, Menlo, monospace; font-size: .9em; }
:not(pre) > code { background: #f5f5f2; border-radius: 3px; padding: .1em .3em; }
pre.wrong { border-left: 3px solid #b3261e; } pre code[title]::before { content: attr(title); display: block; color: #666; border-bottom: 1px solid #dddbd3;
  margin: -.25rem 0 .5rem; padding-bottom: .25rem; }
table { border-collapse: collapse; display: block; overflow-x: auto; } th, td { border: 1px solid #ccc; padding: .3rem .6rem;
  text-align: left; vertical-align: top; } th { background: #f5f5f2; }
@media (min-width: 62rem) { body { display: grid; grid-template-columns: 17rem 1fr; gap: 3rem; }
  nav { position: sticky; top: 0; max-height: 100vh; overflow-y: auto; padding: 1.5rem 0; } }
@media print { body { display: block; } nav { position: static; max-height: none; } pre, table { break-inside: avoid; } }
"""


@dataclass(frozen=True, slots=True)
class Printed:
    """The file that was written, and the pages in it."""

    path: str
    pages: tuple[str, ...]


def handbook(page: str | None, out: Path) -> Outcome[Printed]:
    """Write one page, or all of them, as HTML; refused where the page is not known or the file is no HTML file."""
    if page is not None and page not in PAGES:
        facts = {"page": page, "nearest": nearest(page, PAGES) or listed(PAGES)}
        raise Misnamed(Issue("handbook.unknown-page", Place(""), facts))
    if out.suffix.lower() not in {".html", ".htm"}:
        raise Misnamed(Issue("handbook.not-html", Place(out.as_posix())))
    pages = PAGES if page is None else (page,)
    write_atomically(out, html(pages, language()).encode())
    return Outcome(Printed(out.as_posix(), pages))


def html(pages: tuple[str, ...], lang: str) -> str:
    """The pages as one HTML document in a language of the catalogue."""
    from markdown import Markdown
    from markdown.extensions.toc import TocExtension, slugify_unicode

    toc = TocExtension(toc_depth="1-2", slugify=slugify_unicode)
    made = Markdown(extensions=["tables", "fenced_code", "attr_list", toc], output_format="html")
    body = made.convert("\n\n".join(_page(name, lang, pages) for name in pages))
    contents = str(made.__dict__["toc"])
    title = escape(text("handbook.title"))
    return (
        f'<!DOCTYPE html>\n<html lang="{lang.replace("_", "-")}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<nav>\n{contents}</nav>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _page(name: str, lang: str, pages: tuple[str, ...]) -> str:
    """A page as Python-Markdown is to see it: what stands between the fences made ready, the fences named."""
    source = (FOLDER / lang / f"{name}.md").read_text("utf-8")
    parts: list[str] = []
    at = 0
    for fence in _FENCE.finditer(source):
        parts += (_prose(source[at : fence.start()], pages), _named(fence))
        at = fence.end()
    parts.append(_prose(source[at:], pages))
    title, _, rest = "".join(parts).partition("\n")
    return f"{title} {{: #{name} }}\n{rest}"


def _prose(source: str, pages: tuple[str, ...]) -> str:
    """Links between pages lead into the one document, or nowhere; lines between Chinese characters join without a space."""

    def linked(found: re.Match[str]) -> str:
        words, page, place = found[1], found[2], found[3]
        return f"[{words}](#{place or page})" if page in pages else words

    folded = _FOLD.sub("", _LINK.sub(linked, source))
    return _CODES.sub(lambda found: _table(found[1].split()), folded)


def _unnamed() -> set[str]:
    """The rooms that no page names."""
    pages = "".join((FOLDER / LANGUAGES[0] / f"{name}.md").read_text("utf-8") for name in PAGES)
    named = {room for found in _CODES.findall(pages) for room in found.split()}
    return {code.partition(".")[0] for code in SEVERITIES} - named


def _named(fence: re.Match[str]) -> str:
    """A fence with its title; what is not to be written so is marked."""
    first, *more = (fence["about"] or "").split() or [""]
    body = fence[0].split("\n", 1)[1]
    named = f' title="{escape(_title(first, more))}"' if first != "fragment" else ""
    wrong = " .wrong" if first == "wrong" else ""
    return f"{fence['fence']}{{ .{fence['lang']}{wrong}{named if first else ''} }}\n{body}"


def _title(first: str, more: list[str]) -> str:
    """What stands above a fence: the file that it is, the code of what is wrong with it, or what it shows."""
    match first:
        case "wrong":
            return text("handbook.wrong", codes=" ".join(more))
        case "prints":
            return " ".join((text("handbook.prints"), *more))
        case "edit":
            return more[0]
        case "reviewer":
            return more[-1]
        case _:
            return first


def _table(rooms: list[str]) -> str:
    """The codes of some rooms: what each says, and what to do."""
    heads = "".join(f"<th>{escape(text(f'handbook.{head}'))}</th>" for head in ("code", "says", "do"))
    rows = "\n".join(f"<tr>{cells}</tr>" for cells in _rows(rooms))
    return f"\n\n<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n\n"


def _rows(rooms: list[str]) -> Iterator[str]:
    wanted = {*rooms, *(_unnamed() if "rest" in rooms else ())}
    for code, severity in SEVERITIES.items():
        if code.partition(".")[0] in wanted:
            weight = escape(text(f"handbook.severity.{severity}"))
            hint = escape(blank(f"{code}.hint")) if has(f"{code}.hint") else ""
            said = escape(blank(code))
            yield f'<td id="{code}"><code>{code}</code><br>{weight}</td><td>{said}</td><td>{hint}</td>'
