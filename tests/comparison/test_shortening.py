"""What of a long paragraph is shown."""

import pytest

from drafter.comparison.model import Segment, State
from drafter.comparison.shortening import shortened

LONG = "第一句说明总体安排和基本要求，内容很长。第二句说明具体措施，也很长。第三句说明保障条件，同样很长很长。第四句说明如何监督检查和评估。"
_SIGNS = {"+": State.INSERTED, "-": State.DELETED}


def segments(written: str) -> tuple[Segment, ...]:
    """`甲[-乙-][+丙+]丁` as segments."""
    out = []
    for piece in written.replace("]", "[").split("["):
        state = (
            _SIGNS.get(piece[:1], State.KEPT) if piece[:1] == piece[-1:] and len(piece) > 1 else State.KEPT
        )
        if piece:
            out.append(Segment(state, piece[1:-1] if state is not State.KEPT else piece))
    return tuple(out)


def written(found: tuple[Segment, ...]) -> str:
    signs = {State.INSERTED: "+", State.DELETED: "-"}
    return "".join(
        f"[{signs[each.state]}{each.text}{signs[each.state]}]" if each.state in signs else each.text
        for each in found
    )


@pytest.mark.parametrize(
    ("whole", "shown"),
    [
        ("短的[-旧-][+新+]段落。后一句。", "短的[-旧-][+新+]段落。后一句。"),
        (LONG.replace("具体措施", "[-具体-][+主要+]措施"), "…第二句说明[-具体-][+主要+]措施，也很长。…"),
        (LONG.replace("总体", "[-总体-]"), "第一句说明[-总体-]安排和基本要求，内容很长。…"),
        (f"{LONG}[+第五句。+]", "…第四句说明如何监督检查和评估。[+第五句。+]"),
        (f"[+新的第一句。+]{LONG}", "[+新的第一句。+]第一句说明总体安排和基本要求，内容很长。…"),
        (f"{LONG}他说“好。”[-再-]说一遍。", "…[-再-]说一遍。"),
        (f"[-{LONG}-]", f"[-{LONG}-]"),
    ],
)
def test_only_the_sentences_concerned_are_shown(whole: str, shown: str) -> None:
    assert written(shortened(segments(whole))) == shown
