"""Every example of the handbook does what the page says; `--golden` rewrites what the program says in them."""

from pathlib import Path

import pytest

from drafter.handbook import FOLDER, PAGES
from tests.handbook.examples import EVERY, LANGUAGES, commands, examples, headings, source
from tests.handbook.stage import Stage, tolerant


@pytest.mark.parametrize(("language", "page"), EVERY)
def test_the_examples_of_a_page_do_what_it_says(
    language: str, page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, golden: bool
) -> None:
    monkeypatch.setenv("DRAFTER_LANG", language)
    text = source(language, page)
    stage, changed, at = Stage(tmp_path, page), "", 0
    for example in examples(text):
        should = stage.play(example)
        if golden and tolerant(should) != tolerant(example.text):
            changed += text[at : example.start] + tolerant(should)
            at = example.start + len(example.text)
        elif not golden:
            assert tolerant(example.text) == tolerant(should), " ".join((example.kind, *example.words))
    if changed:
        (FOLDER / language / f"{page}.md").write_text(changed + text[at:], "utf-8")
        source.cache_clear()


@pytest.mark.parametrize("page", PAGES)
def test_both_languages_have_the_same_headings_and_examples(page: str) -> None:
    chinese, english = (source(language, page) for language in LANGUAGES)
    assert headings(chinese) == headings(english)
    for one, other in zip(examples(chinese), examples(english), strict=True):
        assert (one.kind, one.words) == (other.kind, other.words)
        if one.kind == "console":
            assert commands(one.text) == commands(other.text)
        else:
            assert one.text == other.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_listed(language: str) -> None:
    assert {path.stem for path in (FOLDER / language).glob("*.md")} == set(PAGES)
