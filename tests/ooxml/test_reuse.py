import random
import zipfile
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st

from drafter.ooxml.package import INDEX, unzipped, zipped
from drafter.ooxml.reuse import Packed

NAMES = st.sampled_from(
    [
        INDEX,
        "word/document.xml",
        "word/header1.xml",
        "docProps/custom.xml",
        "customXml/item1.xml",
        "word/图.xml",
    ]
)
PARTS = st.dictionaries(NAMES, st.binary(max_size=300), min_size=1)


@given(PARTS, PARTS)
def test_parts_put_into_a_package_give_what_packing_all_of_them_gives(
    old: dict[str, bytes], new: dict[str, bytes]
) -> None:
    assert Packed(zipped(old)).with_parts(new) == zipped({**old, **new})


def test_a_package_is_carried_over_as_it_is() -> None:
    data = zipped({INDEX: b"types", "a.xml": random.Random(1).randbytes(100_000)})
    assert Packed(data).with_parts({}) == data


def test_zip_programs_read_it() -> None:
    data = Packed(zipped({INDEX: b"types", "word/document.xml": b"text" * 1000})).with_parts(
        {"word/header1.xml": b"for one"}
    )
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
    assert unzipped(data) == {
        INDEX: b"types",
        "word/document.xml": b"text" * 1000,
        "word/header1.xml": b"for one",
    }
