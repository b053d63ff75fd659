"""Subjects of commits as strangers may read them."""

import pytest

from drafter.comparison.reasons import opaque


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        ("采纳市财政局意见", "采纳市财政局意见"),
        ("采纳市财政局意见 (sections/p145/06/01.md)", "采纳市财政局意见"),
        ("projects.yaml: 补充 P13", "补充 P13"),
        ("改 data/projects.yaml、data/funds.yaml 两处", "改 两处"),
        ("按王五意见 <wang@example.org> 修改", "按王五意见 修改"),
        ("2020/2021 两年数据一致", "2020/2021 两年数据一致"),
        ("sections/p145/06/01.md", ""),
        ("wang@example.org", ""),
        ("01.md", ""),
        ("", ""),
    ],
)
def test_a_subject_names_no_file_and_no_address(subject: str, said: str) -> None:
    assert opaque(subject, ("sections/p145/06/01.md", "01.md")) == said
