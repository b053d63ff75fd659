"""The record of a built file survives being written and read."""

from dataclasses import replace

import pytest

from drafter.document.tree import Span
from drafter.source.origins import DataValue, Datum, Generated, Piece, SourceSlice
from drafter.word.anchors import Anchor, AnchorMap, Record
from drafter.word.record import UnreadableRecord, dumped, loaded


def sample() -> Record:
    beds = Datum("设施.养老机构.床位", SourceSlice("data/f.yaml", 7, 12))
    share = Datum("指标.护理型占比[2020]", None, "a / b * 100", (beds, beds))
    pieces = (
        Piece(0, 2, SourceSlice("sections/a.md", 30, 32)),
        Piece(2, 7, DataValue(share, SourceSlice("sections/a.md", 32, 50), "数")),
        Piece(7, 8, Generated("label")),
    )
    span = Span("bold", SourceSlice("sections/a.md", 28, 30), None)
    anchor = Anchor("_pf_1", "body", "p/c#1", "到达37.2%。", pieces, (span,), -1, "第一章第二节", "1.2-3")
    return Record(
        "abc",
        "p145",
        "0.1",
        {"stage": "讨论稿"},
        {"sections/a.md": "00"},
        {"sections/a.md": "文"},
        AnchorMap((anchor,)),
    )


def test_a_record_reads_back_equal() -> None:
    record = sample()
    assert loaded(dumped(record)) == record


def test_the_same_record_gives_the_same_bytes() -> None:
    assert dumped(sample()) == dumped(sample())


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[1]", b'{"form":1}', b'{"form":1,"paths":[],"data":[[1]]}', b"\xff"]
)
def test_what_is_no_record_says_so(data: bytes) -> None:
    with pytest.raises(UnreadableRecord):
        loaded(data)


def test_a_record_whose_date_is_none_is_no_record() -> None:
    damaged = dumped(replace(sample(), settings={"date": "2021-13-45"}))
    with pytest.raises(UnreadableRecord):
        loaded(damaged)
