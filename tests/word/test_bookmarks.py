"""Where the bookmark of a paragraph ends: before a sign that may hang over the edge of the line."""

from __future__ import annotations

import pytest

from drafter.word.counting import ended
from tests.word.audit import audited
from tests.word.reading_back import W, found, paragraphs
from tests.word.trees import Plan

END = "<w:bookmarkEnd/>"


@pytest.mark.parametrize(
    ("xml", "wanted"),
    [
        ("<w:r><w:t>甲。</w:t></w:r>", f"<w:r><w:t>甲</w:t></w:r>{END}<w:r><w:t>。</w:t></w:r>"),
        (
            '<w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve"> 甲，</w:t></w:r>',
            f'<w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve"> 甲</w:t></w:r>{END}<w:r><w:rPr><w:i/></w:rPr><w:t>，</w:t></w:r>',
        ),
        (
            "<w:r><w:t>甲</w:t></w:r><w:r><w:t>。</w:t></w:r>",
            f"<w:r><w:t>甲</w:t></w:r>{END}<w:r><w:t>。</w:t></w:r>",
        ),
        ("<w:r><w:t>甲</w:t></w:r>", f"<w:r><w:t>甲</w:t></w:r>{END}"),
        ("<w:r><w:t>甲）</w:t></w:r>", f"<w:r><w:t>甲）</w:t></w:r>{END}"),
        ("<w:ins><w:r><w:t>甲。</w:t></w:r></w:ins>", f"<w:ins><w:r><w:t>甲。</w:t></w:r></w:ins>{END}"),
        ("", END),
    ],
)
def test_the_end_stands_before_a_last_sign_that_may_hang(xml: str, wanted: str) -> None:
    assert ended(xml, END) == wanted


def test_without_a_bookmark_nothing_is_cut() -> None:
    assert ended("<w:r><w:t>甲。</w:t></w:r>", "") == "<w:r><w:t>甲。</w:t></w:r>"


def test_a_written_paragraph_reads_as_before() -> None:
    plan = Plan()
    file = plan.written(plan.paragraph("为了“好”，制定本规划。"), plan.paragraph("。")).value
    assert file
    assert [text for name, text in paragraphs(file.data) if name] == ["为了“好”，制定本规划。", "。"]
    for end in found(file.data, "//w:bookmarkEnd"):
        assert "".join(end.getnext().itertext(f"{W}t")) == "。"
    assert audited(file.data) == []
