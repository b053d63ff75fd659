"""What was done to looks and what objects are, in the words of those who edit in Word: 加粗, 字号：16磅→18磅, ［图片］."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from drafter.picture.model import Look, Run

_SWITCHES = {
    "b": "加粗", "i": "倾斜", "strike": "删除线", "dstrike": "双删除线", "caps": "全部大写", "smallCaps": "小型大写", "vanish": "隐藏",
    "outline": "空心", "shadow": "阴影", "emboss": "阳文", "imprint": "阴文", "keepNext": "与下段同页", "keepLines": "段中不分页",
    "pageBreakBefore": "段前分页", "widowControl": "孤行控制", "snapToGrid": "对齐网格", "contextualSpacing": "同样式不加段距",
    "bidi": "从右到左", "cantSplit": "行不跨页", "tblHeader": "标题行重复", "titlePg": "首页不同", "noWrap": "不换行", "sdt": "内容控件",
    "suppressLineNumbers": "不编行号", "adjustRightInd": "自动缩进", "hidden": "隐藏",
    "break": "分页符", "fieldCode": "域代码",
}  # fmt: skip
_NAMES = {
    "rFonts": "字体", "sz": "字号", "color": "字体颜色", "highlight": "突出显示", "shd": "底纹", "u": "下划线", "em": "着重号",
    "vertAlign": "上下标", "w": "字符缩放", "position": "字符位置", "kern": "字距", "rStyle": "字符样式", "bdr": "字符边框", "effect": "文字效果",
    "fitText": "调整宽度", "pStyle": "样式", "jc": "对齐", "ind": "缩进", "spacing": "间距", "numPr": "编号", "tabs": "制表位", "pBdr": "段落边框",
    "outlineLvl": "大纲级别", "textAlignment": "文字对齐", "framePr": "图文框", "tblStyle": "表格样式", "tblW": "表格宽度", "tblInd": "表格缩进",
    "tblBorders": "表格边框", "tblLayout": "表格布局", "tblCellMar": "单元格边距", "tblLook": "表格样式选项", "tblpPr": "表格环绕",
    "gridCol": "列宽", "trHeight": "行高", "tcW": "列宽", "gridSpan": "合并单元格", "vMerge": "合并单元格", "hMerge": "合并单元格",
    "cellMerge": "合并单元格", "tcBorders": "单元格边框", "tcMar": "单元格边距", "vAlign": "垂直对齐", "textDirection": "文字方向", "pgSz": "纸张",
    "pgMar": "页边距", "cols": "分栏", "type": "分节方式", "pgNumType": "页码", "docGrid": "文档网格", "lnNumType": "行号",
    "headerReference": "页眉", "footerReference": "页脚", "pgBorders": "页面边框",
}  # fmt: skip
_SILENT = frozenset(
    ("bCs", "iCs", "szCs", "cs", "rtl", "cnfStyle", "divId", "webHidden")
)  # they go with others
_INHERITED = frozenset(
    ("spacing", "kern", "w")
)  # LibreOffice says what a style gave where the run itself said nothing
_SIDES = {
    "left": "左对齐",
    "start": "左对齐",
    "center": "居中",
    "right": "右对齐",
    "end": "右对齐",
    "both": "两端对齐",
    "distribute": "分散对齐",
}
_COLOURS = {
    "yellow": "黄色", "green": "绿色", "cyan": "青色", "magenta": "粉红", "blue": "蓝色", "red": "红色", "darkBlue": "深蓝", "darkCyan": "深青",
    "darkGreen": "深绿", "darkMagenta": "紫色", "darkRed": "深红", "darkYellow": "深黄", "darkGray": "深灰", "lightGray": "浅灰", "black": "黑色",
    "FF0000": "红色", "0000FF": "蓝色", "00B050": "绿色", "00B0F0": "浅蓝", "0070C0": "蓝色", "FFC000": "橙色", "FFFF00": "黄色", "7030A0": "紫色",
    "C00000": "深红", "000000": "黑色", "auto": "自动",
}  # fmt: skip
_FACES = ("eastAsia", "ascii", "hAnsi")
_VALUES: Mapping[str, Mapping[str, str]] = {"jc": _SIDES, "color": _COLOURS, "highlight": _COLOURS}
MARKS = {"strike": "删除线", "highlight": "突出显示", "underline": "下划线", "color": "彩色字"}
"""What people mark words with by hand, by the looks of a run."""
UNSAID = "格式"
"""Where nothing is told but that looks were changed."""


def told(looks: Iterable[Look]) -> str:
    """What was changed, each once."""
    return "；".join(dict.fromkeys(filter(None, map(_one, looks)))) or UNSAID


def _one(look: Look) -> str:
    if look.name in _SILENT or (look.name in _INHERITED and not look.after):
        return ""
    switch = _SWITCHES.get(look.name)
    if switch is not None:
        return f"取消{switch}" if look.after in ("", "0") else switch
    name = _NAMES.get(look.name, f"{UNSAID}（{look.name}）")
    before, after = (_value(look.name, value) for value in (look.before, look.after))
    if before and after:
        return f"{name}：{before}→{after}"
    return (
        f"{name}：{after}"
        if after
        else f"取消{name}"
        if look.name in ("highlight", "u", "em", "numPr")
        else name
    )


def _value(name: str, value: str) -> str:
    """A value that says something to a reader; empty for one that does not."""
    if name == "sz" and value.isdecimal():
        return f"{int(value) / 2:g}磅"
    if name == "rFonts":
        faces = dict(each.partition("=")[::2] for each in _parts(value))
        return next((faces[face] for face in _FACES if face in faces), "")
    if name in ("color", "highlight"):
        value = dict(each.partition("=")[::2] for each in _parts(value)).get("val", value)
    return _VALUES.get(name, {}).get(value, "")


def _parts(value: str) -> list[str]:
    """`ascii=Times New Roman eastAsia=黑体` → its parts; a name may have blanks."""
    out: list[str] = []
    for word in value.split(" "):
        if "=" in word or not out:
            out.append(word)
        else:
            out[-1] += f" {word}"
    return out


NAMES = {
    "picture": "图片", "formula": "公式", "field": "域", "box": "文本框", "wordart": "艺术字", "chart": "图表", "diagram": "SmartArt 图",
    "embedded": "嵌入对象", "ink": "墨迹", "control": "控件", "chunk": "嵌入的文档", "drawing": "图形",
}  # fmt: skip
"""What people call the kinds of objects."""


def object_words(run: Run) -> str:
    """What is told of an object: the words of a box or field, else what it is and what it says."""
    thing = run.thing
    if thing is None or thing.kind == "field" or run.result:
        return run.result
    return f"［{NAMES[thing.kind]}］{thing.words}"
