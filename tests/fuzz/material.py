"""What is spoilt: copies that were issued and worked in, forms and letters, and what others have in their own collections."""

from __future__ import annotations

import io
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from drafter.cli.program import run
from tests.actions.workspace import OFFICE, W, commented, packed, parts, silently, tracked, write
from tests.opinions.papers import excel, saved, word

_WHO = 'w:id="{}" w:author="王五" w:date="2021-12-10T09:00:00Z"'
HEADS = ("序号", "段号或章节", "原文", "建议改为", "理由")
ENTRY = ("单位", "姓名职务", "形式", "段号或原文", "意见", "改为", "理由", "证据文件")
LETTER = (
    "市教育局关于《临港市规划》征求意见的复函",
    "市民政局：",
    "来函收悉。经研究，提出如下意见：",
    "一、建议将第二节中的“激发市场活力”改为“激发社会活力”。",
    "二、第1.2-1段“落实各级责任”后补充“和考核办法”。理由：责任要有考核。",
    "三、建议补充校园周边设施的内容。",
    "联系人：张三　电话：5551234",
    "市教育局",
    "2021年12月10日",
)
OLD, NEW = "激发市场活力", "激发社会活力"


def said(*command: str) -> tuple[int, str, str]:
    """The program in this process: its exit code and what it printed."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(command)
    return code, out.getvalue(), err.getvalue()


def workspace(root: Path) -> None:
    """A plan issued to two units, and a round open on it."""
    write(root, OFFICE)
    at = ("-w", str(root))
    to = ("--stage", "征求意见稿", "--to", "部门", "--deadline", "2021-12-20")
    for command in (
        ("release", "p1", *to),
        ("round", "p1", "open", "--kind", "部门", "--date", "2021-12-01"),
    ):
        code, _, err = said(*command, *at)
        assert code == 0, err


def copies(root: Path) -> dict[str, bytes]:
    """The issued copies by their units."""
    folder = root / "build/releases/p1/v1"
    return {path.stem.rpartition("-")[2]: path.read_bytes() for path in sorted(folder.iterdir())}


def material(root: Path) -> Mapping[str, bytes]:
    """Files as they come back, by a name that tells whose they are."""
    copy = copies(root)["市财政局"]
    marked = tracked(copy, OLD, NEW)
    forms = {path.name: path.read_bytes() for path in sorted((root / "build/rounds/p1/R1").iterdir())}
    rows = [
        HEADS,
        ("1", "1.2-2", OLD, NEW, "更准确"),
        ("2", "", "", "篇幅偏长", ""),
        ("3", "第一章第二节", "落实各级责任", "", "删去"),
    ]
    return {
        "稿.docx": copy,
        "修订.docx": marked,
        "批注.docx": threaded(commented(marked, "落实各级责任", "怎么落实？")),
        "直接改.docx": silently(silently(copy, "800", "850"), "以人民为中心", "人民至上"),
        "很多.docx": rich(commented(marked, "落实各级责任", "怎么落实？")),
        "表.docx": saved(word("请对《临港市规划》（征求意见稿，v1）提出意见。", "单位（盖章）：市财政局　联系人：张三　电话：5551234", rows)),
        "表.xlsx": excel({"意见表": [("单位：市财政局",), *rows]}),
        "录入.xlsx": excel({"意见录入": [ENTRY, ("市财政局", "李四 科长", "书面", OLD, "", NEW, "", ""), ("市教育局", "", "电话", "", "补充校园设施", "", "", "")]}),
        "复函.docx": saved(word(*LETTER)),
        "复函.txt": "\n".join(LETTER).encode(),
        **{f"空白{name}": data for name, data in forms.items()},
    }  # fmt: skip


def collections(folder: Path, most: int = 150_000) -> Mapping[str, bytes]:
    """The Word files of other projects' tests: never kept here, only read where they lie."""
    found = sorted(path for path in folder.rglob("*.docx") if path.stat().st_size <= most)
    return {path.relative_to(folder).as_posix().replace("/", "_"): path.read_bytes() for path in found}


def threaded(data: bytes) -> bytes:
    """With an answer to its comment."""
    files = parts(data)
    space = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    comments = files["word/comments.xml"].decode().replace("<w:p>", f'<w:p {space} w14:paraId="0A">')
    answer = f'<w:comment w:id="1" w:author="李四" w:date="2021-12-11T09:00:00Z"><w:p {space} w14:paraId="0B"><w:r><w:t>按年度考核。</w:t></w:r></w:p></w:comment>'
    files["word/comments.xml"] = comments.replace("</w:comments>", f"{answer}</w:comments>").encode()
    files["word/commentsExtended.xml"] = (
        b'<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
        b'<w15:commentEx w15:paraId="0A" w15:done="0"/><w15:commentEx w15:paraId="0B" w15:paraIdParent="0A" w15:done="0"/></w15:commentsEx>'
    )
    main = files["word/document.xml"].decode()
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        before, _, after = main.partition(f'<w:{tag} w:id="0"/>')
        main = f'{before}<w:{tag} w:id="0"/><w:{tag} w:id="1"/>{after}'
    files["word/document.xml"] = main.encode()
    kind = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
    relation = f'<Relationship Id="rIdE" Type="{kind}" Target="commentsExtended.xml"/></Relationships>'
    rels = files["word/_rels/document.xml.rels"].decode()
    files["word/_rels/document.xml.rels"] = rels.replace("</Relationships>", relation).encode()
    return packed(files)


def rich(data: bytes) -> bytes:
    """With something of everything at the head of its text: moves, rows that came and went, looks, fields, boxes, controls, a note."""
    files = parts(data)
    files["word/document.xml"] = files["word/document.xml"].replace(
        b"<w:body>", b"<w:body>" + _rich().encode(), 1
    )
    return packed(files)


def _rich() -> str:
    who = [_WHO.format(800 + number) for number in range(16)]
    box = '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p><w:r><w:t>框里的字</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>'
    field = "".join(
        f"<w:r>{each}</w:r>"
        for each in (
            '<w:fldChar w:fldCharType="begin"/>',
            "<w:instrText> PAGE </w:instrText>",
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>9</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    return f"""<w:p xmlns:w="{W}"><w:pPr><w:rPr><w:ins {who[0]}/></w:rPr><w:pPrChange {who[1]}><w:pPr><w:jc w:val="center"/></w:pPr></w:pPrChange></w:pPr>
<w:ins {who[2]}><w:r><w:t>新的一段</w:t></w:r></w:ins><w:r><w:rPr><w:b/><w:rPrChange {who[3]}><w:rPr/></w:rPrChange></w:rPr><w:t>加粗的字</w:t></w:r>{field}{box}</w:p>
<w:p><w:moveFromRangeStart {who[4]} w:name="move1"/><w:moveFrom {who[5]}><w:r><w:t>搬走的话</w:t></w:r></w:moveFrom><w:moveFromRangeEnd w:id="804"/></w:p>
<w:p><w:moveToRangeStart {who[6]} w:name="move1"/><w:moveTo {who[7]}><w:r><w:t>搬走的话</w:t></w:r></w:moveTo><w:moveToRangeEnd w:id="806"/></w:p>
<w:sdt><w:sdtPr><w:tag w:val="甲"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>控件里</w:t></w:r><w:del {who[8]}><w:r><w:delText>删去的</w:delText></w:r></w:del></w:p></w:sdtContent></w:sdt>
<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr><w:trPr><w:ins {who[9]}/></w:trPr><w:tc><w:tcPr/><w:p><w:r><w:t>一</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr>
<w:tr><w:trPr><w:del {who[10]}/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>
<w:p><w:hyperlink w:anchor="_pf_1"><w:r><w:t>链接</w:t></w:r></w:hyperlink><w:fldSimple w:instr=" DATE "><w:r><w:t>今天</w:t></w:r></w:fldSimple><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:tab/><w:br/></w:r></w:p>"""
