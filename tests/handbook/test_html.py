"""The handbook as a web page."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from drafter.actions.handbook import handbook, html
from drafter.cli.program import run
from drafter.handbook import PAGES
from drafter.source.issues import Misnamed
from tests.handbook.examples import EVERY, LANGUAGES, examples, source


class Reader(HTMLParser):
    """What a page holds: ids, addresses, text; and whether every element is closed."""

    VOID = frozenset({"meta", "br", "hr", "img", "link"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.foreign: list[str] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name == "href":
                self.links.append(value or "")
            elif name in {"src", "srcset"}:
                self.foreign.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("DRAFTER_LANG", request.param)
    return str(request.param)


def test_it_is_one_page_that_leads_nowhere_else(language: str) -> None:
    page = html(PAGES, language)
    read = Reader(page)
    assert read.open == []
    assert read.foreign == []
    assert "url(" not in page
    assert "<script" not in page
    assert len(read.ids) == len(set(read.ids))
    inside = [link for link in read.links if link.startswith("#")]
    assert [link for link in inside if link[1:] not in read.ids] == []
    assert set(read.links) - set(inside) == set()
    assert set(PAGES) <= set(read.ids)
    assert {f"#{name}" for name in PAGES} <= set(inside), "in the table of contents"


@pytest.mark.parametrize("page", PAGES)
def test_a_single_page_has_no_link_to_what_is_not_in_it(page: str, language: str) -> None:
    read = Reader(html((page,), language))
    assert [link for link in read.links if link[1:] not in read.ids] == []


def test_every_example_is_in_it_as_it_stands(language: str) -> None:
    text = re.sub(r"<[^>]*>", "", html(PAGES, language))
    for sign, entity in (("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("&", "&amp;")):
        text = text.replace(entity, sign)
    missing = [e.text for page in PAGES for e in examples(source(language, page)) if e.text not in text]
    assert missing == []


@pytest.mark.parametrize(("language", "page"), EVERY)
def test_links_lead_to_pages_that_are_there(language: str, page: str) -> None:
    named = re.findall(r"\]\((\w+)\.md", source(language, page))
    assert set(named) - set(PAGES) == set()


def test_a_page_that_is_not_there_and_a_file_that_is_no_page_are_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(Misnamed, match=r"handbook\.unknown-page"):
        handbook("languages", tmp_path / "x.html")
    with pytest.raises(Misnamed) as refused:
        handbook("第一页", tmp_path / "x.html")
    assert refused.value.issues[0].facts["nearest"] == "、".join(PAGES)
    with pytest.raises(Misnamed, match=r"handbook\.not-html"):
        handbook(None, tmp_path / "片段.md")
    assert list(tmp_path.iterdir()) == []


def test_it_lands_beside_the_drafts_or_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["handbook"]) == 0
    assert (tmp_path / "handbook.html").is_file()
    assert run(["init", "w"]) == 0
    assert run(["handbook", PAGES[0], "-w", "w"]) == 0
    assert (tmp_path / "w/build/handbook.html").is_file()
    assert run(["handbook", "-o", "册/手册.html"]) == 0
    assert (tmp_path / "册/手册.html").is_file()
    assert run(["handbook", "-w", "nothing"]) == 1
