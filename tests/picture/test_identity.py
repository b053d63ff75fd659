import pytest

from drafter.ooxml.identity import NAMESPACE, PROPERTY
from drafter.picture import read
from tests.picture.making import ROOT, package, part

BARE: dict[str, str | bytes] = {"_rels/.rels": ROOT, "word/document.xml": part("document", "<w:body/>")}
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
CUSTOM = (
    f'<Properties xmlns="{_CUSTOM}" xmlns:vt="{_TYPES}">'
    f'<property name="{PROPERTY}"><vt:lpwstr>7f3a</vt:lpwstr></property></Properties>'
)
ITEM = f'<release xmlns="{NAMESPACE}">7f3a</release>'
PREFIXED = (
    f'<?xml version="1.0" encoding="UTF-16"?><d:release xmlns:d="{NAMESPACE}">\n 7f3a\n</d:release>'.encode(
        "utf-16"
    )
)


@pytest.mark.parametrize(
    "parts",
    [
        {"docProps/custom.xml": CUSTOM},
        {"customXml/item1.xml": ITEM},
        {"customXml/item7.xml": "<other/>", "customXml/item9.xml": PREFIXED},
        {"customXml/item1.xml": f"<other>{NAMESPACE}</other>", "docProps/custom.xml": CUSTOM},
        {"customXml/item1.xml": f"<broken>{NAMESPACE}", "docProps/custom.xml": CUSTOM},
    ],
)
def test_the_release_is_found_in_either_place(parts: dict[str, str | bytes]) -> None:
    value = read(package(BARE | parts), "稿.docx").value
    assert value is not None
    assert value.release == "7f3a"


def test_a_stranger_has_none_and_properties_are_read() -> None:
    core = '<c:cp xmlns:c="urn:c"><c:lastModifiedBy>王</c:lastModifiedBy></c:cp>'
    value = read(package(BARE | {"docProps/core.xml": core}), "稿.docx").value
    assert value is not None
    assert (value.release, dict(value.properties)) == ("", {"core:lastModifiedBy": "王"})
