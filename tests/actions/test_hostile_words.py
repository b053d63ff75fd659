"""Words that are markup somewhere, written by reviewers: in the text, in comments, as names, in forms. They stay these very characters, everywhere."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest
from lxml import etree

from drafter.actions.registers import Registers
from drafter.document.numerals import chinese
from drafter.ooxml.sheets import open_workbook
from drafter.picture.model import View
from drafter.picture.reading import read
from drafter.picture.views import view
from tests.actions.test_collect_opinions import HEADS
from tests.actions.test_collect_round import copies, opened, register, sent
from tests.actions.workspace import FILES, NAME, OFFICE, SECOND, Desk, W, packed, parts, write
from tests.fuzz.words import ALL, CELLS, MARKUP, YAML
from tests.opinions.papers import excel

LONGEST = 60
WORDS = tuple(
    dict.fromkeys(each[:LONGEST] for each in ALL if re.sub(r"[\s\x00-\x1f\ufffd\x85\u2028]", "", each))
)
OBJECTS = re.compile("[\ufffc\ue000-\uf8ff]")
HEAD = FILES[SECOND].partition("---\n1.")[0] + "---\n"


def line(number: int, inside: str = "任务") -> str:
    return f"第{chinese(number + 1)}项{inside}落实到位。"


LINES = [line(number) for number in range(len(WORDS))]


@pytest.fixture
def many(tmp_path: Path, heard: Callable[[], tuple[str, str]]) -> Desk:
    """A fragment with a paragraph for each word, issued, and a round open on it."""
    text = HEAD + "\n\n".join(LINES) + "\n\n::: table 设施表 {#tbl:facilities}\n:::\n"
    desk = Desk(write(tmp_path / "w", {**OFFICE, SECOND: text}), heard)
    opened(desk)
    return desk


def marked(data: bytes) -> bytes:
    """Each word put into its own paragraph with tracking, and said in a comment there by somebody of that name."""
    files = parts(data)
    root = etree.fromstring(files["word/document.xml"])
    texts = {each.text: each for each in root.iter(f"{{{W}}}t")}
    comments = []
    for number, written in enumerate(WORDS):
        text = texts[line(number).removesuffix("。")]  # which stands in a run of its own
        run = text.getparent()
        assert run is not None
        before, after = (text.text or "").split("任务")
        text.text = before
        who = {
            f"{{{W}}}id": str(1000 + number),
            f"{{{W}}}author": "王五",
            f"{{{W}}}date": "2021-12-10T09:00:00Z",
        }
        at = run
        for tag, shown, said in (("del", "delText", "任务"), ("ins", "t", written), ("", "t", after)):
            piece = etree.Element(f"{{{W}}}r")
            etree.SubElement(
                piece, f"{{{W}}}{shown}", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}
            ).text = _xml(said)
            new = etree.Element(f"{{{W}}}{tag}", who) if tag else piece
            if tag:
                new.append(piece)
            at.addnext(new)
            at = new
        mark = etree.Element(f"{{{W}}}r")
        etree.SubElement(mark, f"{{{W}}}commentReference", {f"{{{W}}}id": str(number)})
        at.addnext(mark)
        body = f"<w:p><w:r><w:t xml:space='preserve'>{_escaped(written)}</w:t></w:r></w:p>"
        comments.append(
            f'<w:comment w:id="{number}" w:author={quoteattr(_xml(written))} w:date="2021-12-10T09:00:00Z">{body}</w:comment>'
        )
    files["word/document.xml"] = etree.tostring(root)
    files["word/comments.xml"] = f'<w:comments xmlns:w="{W}">{"".join(comments)}</w:comments>'.encode()
    return packed(files)


def _xml(text: str) -> str:
    """What a file of XML can hold of a text."""
    return "".join(each for each in text if each in "\t\n" or " " <= each < "\ufffe" or each > "\uffff")


def _escaped(text: str) -> str:
    return _xml(text).replace("&", "&amp;").replace("<", "&lt;")


def shown(text: str) -> str:
    """A text as Word shows it: a line end in its XML is a blank."""
    return _xml(text).replace("\n", " ")


def paragraphs(data: bytes) -> list[str]:
    picture = read(data, "稿.docx").value
    assert picture is not None
    return [each.text for each in view(picture, View.ACCEPTED)]


# -- into the sources --------------------------------------------------------------------------------------------------


def test_words_written_into_a_source_read_as_the_reviewer_wrote_them(many: Desk) -> None:
    many.json("collect", sent(many, "a.docx", marked(copies(many)["市财政局"])))
    rows = [row for row in register(many).rows if row.change is not None]
    assert len(rows) == len(WORDS)
    many.json("decide", "p1", *(row.id for row in rows), "--result", "采纳", "--reason", "照办")
    done = {row["id"]: row for row in many.json("apply", "p1")["rows"]}
    many.built()
    found = paragraphs((many.root / "build" / NAME).read_bytes())
    issued = [each.text for each in Registers(many.root).record("p1", "v1").anchors.paragraphs]
    left = []
    for row in rows:
        assert row.spot is not None
        number = LINES.index(issued[row.spot.paragraph])
        if done[row.id]["result"] == "applied":
            assert line(number, shown(WORDS[number])) in found, repr(WORDS[number])
        else:
            assert LINES[number] in found
            left.append(WORDS[number])
    assert [each for each in left if not OBJECTS.search(each)] == []


# -- onto papers and into tables ---------------------------------------------------------------------------------------


def form() -> bytes:
    """A form with each word as the quotation, the wish and the reason, and an entry sheet's worth of senders."""
    rows = [(str(number), "", written, f"改{written}", written) for number, written in enumerate(WORDS, 1)]
    return excel({"意见表": [("单位：市财政局", "", "联系人：=张三"), HEADS, *rows]})


def excels(folder: Path) -> Iterator[tuple[Path, bytes]]:
    yield from ((path, path.read_bytes()) for path in sorted(folder.rglob("*.xlsx")))


def formulas(data: bytes) -> list[str]:
    """Everything in a workbook that a program would compute or fetch."""
    found = []
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if not name.endswith((".xml", ".rels")):
                continue
            for each in etree.fromstring(archive.read(name)).iter(etree.Element):
                tag = etree.QName(each).localname
                if tag in {"f", "hyperlink", "externalReference", "ddeLink"} or each.get("TargetMode"):
                    found.append(f"{name}: {tag}")
    return found


def squeezed(texts: list[str]) -> str:
    """Texts without what a layout may put into or take out of them."""
    return re.sub(r"[\s\x00-\x1f\x85\u2028]+", "", "\n".join(texts))


@pytest.mark.parametrize("came", ["copy", "form"])
def test_no_table_has_a_formula_and_every_paper_prints_the_very_characters(many: Desk, came: str) -> None:
    data = marked(copies(many)["市财政局"]) if came == "copy" else form()
    document = many.json("collect", sent(many, f"市财政局.{'docx' if came == 'copy' else 'xlsx'}", data))
    assert document["account"]["refused"] == 0
    rows = register(many).rows
    assert len(rows) >= len(WORDS)
    many.json("decide", "p1", *(row.id for row in rows), "--result", "未采纳", "--reason", "=1+1")
    assert many.run("register", "p1", "--export", "--to", "xlsx", "--to", "docx") == 0
    assert many.run("answer", "p1", "--date", "2021-12-31") == 0, many.err
    written = [path for path in sorted((many.root / "build").rglob("*.docx")) if "v1 " not in path.name]
    for path, data in excels(many.root / "build"):
        assert formulas(data) == [], path
    papers = [path for path in written if "答复" in path.name or "意见" in path.name]
    assert papers
    asked = [each for each in (*MARKUP, *CELLS, *YAML) if each.strip()]
    for path in papers:
        if "反馈意见表" in path.name:
            continue
        text = squeezed(paragraphs(path.read_bytes()))
        missing = [each for each in asked if squeezed([each]) not in text]
        assert missing == [], path
    for path, data in excels(many.root / "build"):
        if "录入" in path.name or "反馈" in path.name:
            continue
        text = squeezed(
            [
                cell
                for sheet in open_workbook(data, path.name)
                for row in sheet.rows.values()
                for cell in row.values()
            ]
        )
        assert [each for each in asked if squeezed([each]) not in text] == [], path
