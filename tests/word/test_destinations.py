"""PDFs taken apart: names and pages, packed or not, and what the fonts could draw."""

from __future__ import annotations

import zlib

from drafter.word.destinations import Pdf

PLAIN = b"""%PDF-1.6
1 0 obj <</Type/Page/Parent 9 0 R>> endobj
4 0 obj <</Type/Page/Parent 9 0 R>> endobj
9 0 obj <</Type/Pages /Kids[ 4 0 R 1 0 R ] /Count 2>> endobj
12 0 obj <</dfh0[1 0 R/XYZ 1 2 0] /dfh1[4 0 R/XYZ 1 2 0] /gone[77 0 R/XYZ 0 0 0]>> endobj
20 0 obj <</Type/Catalog/Pages 9 0 R /Dests 12 0 R>> endobj
"""


def stream(dictionary: bytes, body: bytes) -> bytes:
    return (
        b"30 0 obj <<"
        + dictionary
        + b"/Filter/FlateDecode>>\nstream\n"
        + zlib.compress(body)
        + b"\nendstream endobj\n"
    )


def test_a_name_is_on_the_page_that_the_tree_of_pages_says() -> None:
    pdf = Pdf(PLAIN)
    assert pdf.pages == 2
    assert pdf.places() == {"dfh0": 2, "dfh1": 1}


def test_objects_packed_into_a_stream_are_read_like_others() -> None:
    objects = {
        1: b"<</Type/Page>>",
        9: b"<</Type/Pages/Kids[1 0 R]>>",
        12: b"<</Names[(dfh0)[1 0 R/XYZ 0 0 0]]>>",
        20: b"<</Pages 9 0 R/Type/Catalog>>",
    }
    body, head = b"", b""
    for number, each in objects.items():
        head += b"%d %d " % (number, len(body))
        body += each + b" "
    packed = stream(b"/Type/ObjStm/N 4/First %d" % len(head), head + body)
    pdf = Pdf(b"%PDF-1.7\n" + packed)
    assert (pdf.pages, pdf.places()) == (1, {"dfh0": 1})


def test_characters_are_those_of_the_maps_of_the_fonts() -> None:
    cmap = b"begincmap 2 beginbfchar\n<01> <6C11>\n<02> <653F0041>\nendbfchar\nendcmap"
    assert Pdf(PLAIN + stream(b"", cmap)).characters() == {"民", "政", "A"}


def test_what_is_no_pdf_has_no_pages() -> None:
    for data in (b"", b"%PDF", PLAIN[:90], b"1 0 obj stream\n", b"\xff" * 500):
        assert Pdf(data).pages == 0
        assert Pdf(data).places() == {}


def test_a_tree_of_pages_that_goes_in_circles_ends() -> None:
    assert Pdf(b"9 0 obj <</Kids[9 0 R]>> endobj 20 0 obj <</Type/Catalog/Pages 9 0 R>> endobj").pages == 0
