import time

from drafter.picture import read
from drafter.picture.model import View
from drafter.picture.views import view
from tests.picture.making import docx, field, ins, p, r, table, tr

SENTENCE = "全面落实养老服务发展规划，推进居家社区机构相协调、医养康养相结合"


def plan(characters: int) -> bytes:
    """A file like a plan: sentences with bold words, fields and changes, and every tenth paragraph a table."""
    words = (
        r(SENTENCE)
        + r("到2025年", "<w:b/>")
        + r(SENTENCE)
        + field(" REF a ", r("第三章"))
        + ins("力争")
        + r(SENTENCE)
    )
    row = tr(p(r("床位")), p(r("120")), p(r("12.5%")), p(r("约束性")))
    block = p(words, style="a3") * 9 + table(row * 8)
    return docx(block * (characters // 980))


def best(characters: int) -> float:
    data = plan(characters)
    seconds = []
    for _ in range(3):
        start = time.process_time()
        value = read(data, "稿.docx").value
        assert value is not None
        for kind in View:
            view(value, kind)
        seconds.append(time.process_time() - start)
    return min(seconds)


def test_thirty_thousand_characters_are_read_three_ways_in_less_than_pandoc_takes() -> None:
    assert best(30_000) < 0.2  # 0.03 s on a machine with nothing else to do


def test_ten_times_the_text_takes_no_more_than_about_ten_times_the_time() -> None:
    assert best(300_000) < 16 * best(30_000)
