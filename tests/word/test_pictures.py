"""Pictures: their size and place, captions counted and referred to, and what is wrong with a file said at its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from drafter.document.tree import Picture
from drafter.source.issues import Place, Refused
from drafter.word.drawings import TALLEST
from drafter.word.frames import plan_frame
from drafter.word.keeping import Kept
from drafter.word.writing import write
from drafter.workspace.pictures import LARGEST, picture_file
from tests.actions.workspace import parts, silently, tracked
from tests.word.pictures import gif, jpeg, png
from tests.word.reading_back import found
from tests.word.road import Road, shown
from tests.word.trees import FACTS, Plan

TEXT = """\
布局见@fig:map和@fig:two，标志为![圆点](点.png){width=5mm}，另见@tbl:facilities。

![养老服务设施**布局**示意](图/布局.png){#fig:map width=80%}

::: figure 床位变化 {#fig:two}
![](../../图/床位.gif)

注：年末数。
:::

::: table 设施表 {#tbl:facilities}
:::

![](图/布局.png)
"""
FILES: dict[str, str | bytes] = {
    "sections/p1/01/图/布局.png": png(600, 300, dpi=150),
    "sections/p1/01/点.png": png(10, 10),
    "sections/图/床位.gif": gif(96, 48),
}
TWIP, INCH = 635, 914400


def extents(data: bytes) -> list[tuple[int, int]]:
    across = found(data, "//*[local-name()='inline']/*[local-name()='extent']/@cx")
    down = found(data, "//*[local-name()='inline']/*[local-name()='extent']/@cy")
    return [(int(a), int(b)) for a, b in zip(across, down, strict=True)]


def test_pictures_stand_where_they_were_put_with_their_captions(road: Road) -> None:
    road.put(TEXT, FILES)
    data = road.built()
    assert shown(data)[:5] == [
        "布局见\ufffc和\ufffc，标志为\ufffc，另见\ufffc。",
        "\ufffc",
        "图\ufffc　养老服务设施布局示意",
        "\ufffc",
        "图\ufffc　床位变化",
    ]
    assert "注：年末数。" in shown(data)
    assert "图1" in found(data, "//w:r/w:t/text()")
    names = [name for name in parts(data) if "/media/" in name]
    assert sorted(names) == ["word/media/picture1.png", "word/media/picture2.png", "word/media/picture3.gif"]
    words = found(data, "//*[local-name()='docPr']/@descr")
    assert words == ["圆点", "养老服务设施布局示意", "床位变化", ""]
    assert found(data, "//*[local-name()='docPr']/@id") == ["1", "2", "3", "4"]


def test_a_picture_is_as_large_as_asked_for_and_never_larger_than_its_page(road: Road) -> None:
    tall: dict[str, str | bytes] = {"sections/高.png": png(100, 1000), "sections/宽.png": png(2000, 100)}
    road.put(TEXT + "\n![](高.png){width=100%}\n\n![](宽.png)\n", {**FILES, **tall})
    found = extents(road.built())
    line = 8845 * TWIP
    assert found == [
        (180000, 180000),
        (round(line * 0.8), round(line * 0.4)),
        (INCH, INCH // 2),
        (4 * INCH, 2 * INCH),
        (TALLEST * TWIP // 10, TALLEST * TWIP),
        (line, round(line / 20)),
    ]


@pytest.mark.parametrize("change", [silently, tracked])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("养老服务设施", "养老设施"),
        ("床位变化", "床位的变化"),
        ("年末数", "年末实有数"),
        ("，标志为", "，标志是"),
    ],
)
def test_an_edit_of_words_around_a_picture_comes_home(road: Road, change: object, old: str, new: str) -> None:
    road.put(TEXT, FILES)
    assert callable(change)
    assert road.applied(change(road.built(), old, new)) == [("applied", "")]
    assert road.text == TEXT.replace(old, new)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("甲\n\n![乙](没有.png)\n", "3:4 figure.missing"),
        ("甲![乙](没有.png)\n", "1:2 figure.missing"),
        ("![乙](../../../../外.png)\n", "1:4 figure.outside"),
        ("![乙](/etc/passwd)\n", "1:4 figure.outside"),
        ("![乙](https://example.org/a.png)\n", "1:4 figure.outside"),
        ("![乙](坏.png)\n", "1:4 figure.format"),
        ("![乙](大.png)\n", "1:4 figure.too-large"),
        ("![乙](广.png)\n", "1:4 figure.too-large"),
        ("![乙](点.png){width=5}\n", "1:12 figure.width"),
        ("::: figure 甲\n乙\n:::\n", "1:1 figure.block"),
        ("![乙](点.png){#tbl:x}\n", "1:12 document.name"),
        ("见@fig:no。\n", "1:2 refs.unknown-target"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(road: Road, text: str, said: str) -> None:
    more: dict[str, str | bytes] = {
        "sections/坏.png": png(10, 10)[:20] + b"x",
        "sections/大.png": b"\0" * (LARGEST + 1),
        "sections/广.png": png(1, 1)[:16] + b"\0\1\0\0\0\1\0\0" + png(1, 1)[24:],
        "sections/点.png": png(1, 1),
    }
    road.put(text + "\n见@tbl:facilities。\n\n::: table 设施表 {#tbl:facilities}\n:::\n", more)
    assert road.said() == [said]


def test_a_link_out_of_the_workspace_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "w/sections/p").mkdir(parents=True)
    (tmp_path / "外.png").write_bytes(png(1, 1))
    (tmp_path / "w/sections/p/内.png").symlink_to(tmp_path / "外.png")
    with pytest.raises(Refused) as refused:
        picture_file(tmp_path / "w", "sections/p/a.md", "内.png", Place("x"))
    assert refused.value.issues[0].code == "figure.outside"


@pytest.mark.parametrize(
    ("data", "form", "inches"),
    [
        (png(96, 48), "png", (1, 0.5)),
        (png(300, 600, dpi=300), "png", (1, 2)),
        (gif(192, 96), "gif", (2, 1)),
        (jpeg(192, 96), "jpeg", (2, 1)),
        (jpeg(300, 150, dpi=150), "jpeg", (2, 1)),
    ],
)
def test_the_size_of_a_picture_is_read_from_its_head(
    tmp_path: Path, data: bytes, form: str, inches: tuple[float, float]
) -> None:
    (tmp_path / "sections").mkdir()
    (tmp_path / "sections/a.dat").write_bytes(data)
    file = picture_file(tmp_path, "sections/p/a.md", "a.dat", Place("x"))
    assert file.form == form
    assert (file.width, file.height) == pytest.approx(inches, rel=1e-3)


def test_a_picture_and_a_link_stand_in_footnotes_too(road: Road) -> None:
    text = "甲。[^1]\n\n[^1]: 见![标](点.png)和[网页](https://example.org/)。\n\n@tbl:facilities\n\n::: table 设施表 {#tbl:facilities}\n:::\n"
    road.put(text, FILES)
    data = road.built()
    notes = parts(data)["word/_rels/footnotes.xml.rels"].decode()
    assert "media/picture1.png" in notes
    assert "https://example.org/" in notes
    assert "picture1.png" not in parts(data)["word/_rels/document.xml.rels"].decode()


def test_the_record_knows_what_the_pictures_were(road: Road) -> None:
    road.put(TEXT, FILES)
    road.built()
    (record,) = (road.desk.root / "build/records").iterdir()
    sources = json.loads(record.read_bytes())["sources"]
    assert {"sections/p1/01/点.png", "sections/p1/01/图/布局.png", "sections/图/床位.gif"} < set(sources)


def test_a_running_process_puts_a_changed_picture_in(tmp_path: Path) -> None:
    plan = Plan()
    picture = Picture("sections/p/a.md", "点.png", "圆点", None, None)
    document, kept, made = plan.document(plan.paragraph("甲", picture)), Kept(), []
    for size in (10, 10, 20):
        (tmp_path / "sections/p").mkdir(parents=True, exist_ok=True)
        (tmp_path / "sections/p/点.png").write_bytes(png(size, size))
        pictures = {picture.key: picture_file(tmp_path, picture.base, picture.address, Place("x"))}
        whole = write(document, plan.numbering(), plan_frame(), FACTS, kept=kept, pictures=pictures).value
        alone = write(document, plan.numbering(), plan_frame(), FACTS, pictures=pictures).value
        assert whole
        assert alone
        assert whole.data == alone.data
        made.append(whole.data)
    assert made[0] == made[1] != made[2]
