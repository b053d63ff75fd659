"""An office's old plan as its people make it: styles under their own names, headings by hand, a text box on the cover, a logo in the header."""

from __future__ import annotations

import io

from docx import Document
from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from tests.word.pictures import png

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BOX = (
    f'<w:r xmlns:w="{W}" xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape id="b" style="position:absolute;width:200pt;height:40pt">'
    '<v:textbox><w:txbxContent><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t>滨海市</w:t></w:r><w:r><w:t>民政局</w:t></w:r></w:p>'
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)
TITLE = "滨海市民政事业发展“十三五”规划"


def _styled(
    document: Docx, name: str, east: str, size: float, level: int | None = None, first: int = 0
) -> None:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.font.size = Pt(size)
    look = style.element.get_or_add_rPr()
    look.get_or_add_rFonts().set(qn("w:eastAsia"), east)
    layout = style.paragraph_format
    layout.line_spacing = Pt(28)
    layout.first_line_indent = Pt(first) if first else None
    if level is not None:
        layout.alignment = WD_ALIGN_PARAGRAPH.CENTER
        outline = OxmlElement("w:outlineLvl")
        outline.set(qn("w:val"), str(level))
        style.element.get_or_add_pPr().append(outline)


def _by_hand(document: Docx, text: str, east: str, size: float, *, centred: bool = False) -> None:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), east)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def old_plan() -> bytes:
    """The file."""
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin, page.right_margin, page.top_margin = Cm(2.8), Cm(2.6), Cm(3.7)
    _styled(document, "章标题", "方正小标宋简体", 18, 0)
    _styled(document, "节标题", "楷体_GB2312", 16, 1)
    _styled(document, "公文正文", "仿宋_GB2312", 16, None, 32)
    _styled(document, "表内文字", "宋体", 10.5)
    _cover(document)
    document.add_section()
    _by_hand(document, "目  录", "黑体", 18, centred=True)
    for entry in ("第一章 发展基础\t1", "第一节 主要成就\t1", "第二章 主要任务\t5"):
        document.add_paragraph(entry)
    document.add_section()
    _text(document)
    header = document.sections[0].header.paragraphs[0]
    header.add_run(TITLE)
    header.add_run().add_picture(io.BytesIO(png(8, 8)), width=Cm(1))
    document.core_properties.author, document.core_properties.title = "张三", "旧稿改3"
    document.add_comment(document.paragraphs[2].runs[0], "再大一点", author="李四")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _cover(document: Docx) -> None:
    document.add_paragraph()
    document.add_paragraph()
    _by_hand(document, "滨海市民政事业发展", "方正小标宋简体", 36, centred=True)
    _by_hand(document, "“十三五”规划", "方正小标宋简体", 36, centred=True)
    _by_hand(document, "（送审稿）", "楷体_GB2312", 16, centred=True)
    document.add_paragraph()._p.append(parse_xml(BOX))
    _by_hand(document, "二○一六年三月", "楷体_GB2312", 16, centred=True)


def _text(document: Docx) -> None:
    document.add_paragraph("第一章 发展基础", "章标题")
    document.add_paragraph("第一节 主要成就", "节标题")
    document.add_paragraph("“十二五”时期，全市民政事业坚持以民为本，各项工作取得明显成效。", "公文正文")
    _by_hand(document, "一、社会救助水平提高", "黑体", 16)
    document.add_paragraph("城乡低保标准逐年提高，覆盖全部困难群众，服务水平持续提升。", "公文正文")
    _by_hand(document, "表1 主要指标", "黑体", 12, centred=True)
    table = document.add_table(rows=2, cols=2)
    for row, words in zip(table.rows, ("指标", "100"), strict=True):
        for cell in row.cells:
            cell.paragraphs[0].add_run(words)
            cell.paragraphs[0].style = document.styles["表内文字"]
    document.add_paragraph("第二章 主要任务", "章标题")
    document.add_paragraph("完善基本民生保障制度，健全养老服务体系，加强基层社会治理。", "公文正文")
