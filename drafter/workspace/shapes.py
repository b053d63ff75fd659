"""The shapes of the workspace's files: every key, what it holds, and a sentence on it. `schema` makes JSON Schemas of these."""

from __future__ import annotations

from typing import Final

from drafter.source.yaml import Node
from drafter.workspace.fields import (
    Anything,
    ByText,
    ByYear,
    Choice,
    Day,
    Field,
    Flag,
    JsonSchema,
    Kind,
    ListOf,
    Number,
    Pattern,
    Record,
    Text,
    Whole,
    Year,
)
from drafter.workspace.formats import FORMAT
from drafter.workspace.papers import GONGWEN
from drafter.workspace.profile import KINDS, SCHEMES

TEXT = Text()
# Ids go into file names, bookmarks and formulas.
IDENTIFIER = Pattern(r"[a-z][a-z0-9_-]*", "workspace.not-identifier")
DATASET_NAME = Pattern(r"[a-z][a-z0-9_]*", "workspace.not-identifier")
SLOT = Pattern(r"[a-z][a-z0-9_-]*/[a-z0-9_-]+", "workspace.not-slot")


def _node(described: JsonSchema) -> Kind[Node]:
    """A node that its reader takes apart itself, as an editor is told of it."""
    return Anything(described)


NUMBERINGS: Final = SCHEMES
COVER_DATES: Final = ("汉字", "数字")
ANNEX_CAPTIONS: Final = ("连续", "附表")
STATUSES: Final = ("实际", "预计", "目标")
FRAGMENT_STATUSES: Final = ("待写", "初稿", "已核", "定稿")
ATTRIBUTES: Final = ("约束性", "预期性")
GROWTHS: Final = ("年均增速", "累计", "五年累计", "none")
COLUMN_TYPES: Final = ("text", "number", "choice", "date", "year", "ref", "list", "formula")


class WorkspaceFile:
    """`data/workspace.yaml`."""

    NAME = Field("name", TEXT, "工作区的名称", required=True)
    BUREAU = Field("bureau", TEXT, "编制规划的单位", required=True)
    HEAD = Record((NAME, BUREAU))
    PLAN = Field("plan", TEXT, "规划的编号", required=True)
    STAGE = Field("stage", TEXT, "稿次，stages 中的一个", required=True)
    DATE = Field("date", Day(), "这一稿的日期", required=True)
    WORKSPACE = Field("workspace", HEAD, "工作区", required=True)
    STAGES = Field("stages", ListOf(TEXT), "稿次，按先后", required=True)
    PLANS = Field("plans", ListOf(IDENTIFIER), "规划的编号，各有 data/plans/<编号>.yaml", required=True)
    INTERNAL = Field("internal", ListOf(TEXT), "公开稿里不能有的词，如 责任科室")
    CALENDAR = Field("calendar", ListOf(Record((PLAN, STAGE, DATE))), "各规划各稿次的日期")
    RECORD = Record((WORKSPACE, STAGES, PLANS, CALENDAR, INTERNAL, FORMAT))


class PlanFile:
    """`data/plans/<plan>.yaml`."""

    ID = Field("id", IDENTIFIER, "编号，与文件名相同", required=True)
    TITLE = Field("title", TEXT, "规划的全称", required=True)
    SHORT = Field("short", TEXT, "简称，如《规划》")
    PROFILE = Field("profile", Choice(KINDS), "plan：规划；gongwen：公文。不写为 plan")
    PERIOD = Field("period", ListOf(Year()), "规划期的首年和末年，公文可以不写")
    BASE = Field("base_year", Year(), "基期年，公文可以不写")
    TARGET = Field("target_year", Year(), "目标年，公文可以不写")
    OF_PLANS = (PERIOD, BASE, TARGET)
    """Required of a plan and not of a paper."""
    FAR = Field("far_year", Year(), "远期年")
    NUMBERING = Field("numbering", Choice(NUMBERINGS), "标题的编号方式", required=True)
    FRAME = Field("frame", IDENTIFIER, "Word 模板 templates/<名称>.docx", required=True)
    UNIT = Field("unit", TEXT, "封面上的编制单位，公文的署名", required=True)
    STAGE = Field("stage", TEXT, "正在编写的稿次；不写则为日程里的第一稿")
    EXTRACT_OF = Field("of", IDENTIFIER, "摘自哪个规划，写它的编号", required=True)
    EXTRACT_MARK = Field("mark", TEXT, "片段、段落和列表项上的标记，如 纲要", required=True)
    EXTRACT_LIMIT = Field("limit", Whole(), "字数上限")
    EXTRACT = Field("extract", Record((EXTRACT_OF, EXTRACT_MARK, EXTRACT_LIMIT)), "摘编：从另一个规划摘出")
    ANNEX_CAPTIONS = Field(
        "annex_captions", Choice(ANNEX_CAPTIONS), "附件里的表和图：连续 随正文往下编，附表 另编为附表1、附图1"
    )
    COVER_DATE = Field("date", Choice(COVER_DATES), "月份的写法：汉字 为二〇二一年一月，数字 为2021年1月")
    COVER_NOTE = Field("note", TEXT, "左上角的提示，如 内部资料　注意保存")
    COVER_SECRECY = Field("secrecy", TEXT, "密级，如 秘密")
    COVER_TERM = Field("term", TEXT, "保密期限，如 1年，与密级印在一行")
    COVER = Field("cover", Record((COVER_DATE, COVER_NOTE, COVER_SECRECY, COVER_TERM)), "封面")
    HEAD = Record(
        (
            ID,
            TITLE,
            SHORT,
            PROFILE,
            PERIOD,
            BASE,
            TARGET,
            FAR,
            NUMBERING,
            FRAME,
            UNIT,
            STAGE,
            ANNEX_CAPTIONS,
            COVER,
            EXTRACT,
        )
    )

    SLOT_ID = Field("id", SLOT, "片段的编号，如 p145/c3s1", required=True)
    SLOT_TITLE = Field("title", TEXT, "片段写好以前的标题")
    SLOT_OWNER = Field("owner", TEXT, "片段写好以前的责任单位")
    UNWRITTEN = Record((SLOT_ID, SLOT_TITLE, SLOT_OWNER))
    NAMED_TITLE = Field("title", TEXT, "另附的附件的名称", required=True)
    NAMED = Record((NAMED_TITLE,))
    CHAPTER_TITLE = Field("title", TEXT, "章的标题", required=True)
    CHAPTER_ID = Field("id", IDENTIFIER, "章的编号，正文里用 @sec:编号 引用")
    SLOTS = Field(
        "slots",
        ListOf(_node({"$ref": "#/$defs/entry"})),
        "章下的节：片段的编号，或下一层的章",
        required=True,
    )
    CHAPTER = Record((CHAPTER_TITLE, CHAPTER_ID, SLOTS))

    PLAN = Field("plan", HEAD, "规划", required=True)
    OUTLINE = Field("outline", ListOf(_node({"$ref": "#/$defs/entry"})), "大纲；只有摘编不写")
    ANNEXES = Field("annexes", ListOf(_node({"$ref": "#/$defs/annex"})), "附件，印在正文之后")
    RECORD = Record((PLAN, OUTLINE, ANNEXES, FORMAT, GONGWEN))


class DatasetFile:
    """Any `data/*.yaml` with a `dataset`: what both kinds have."""

    NAME = Field("name", DATASET_NAME, "数据集的名称", required=True)
    TITLE = Field("title", TEXT, "数据集的标题", required=True)
    KIND = Field(
        "kind", Choice(("indicators", "records")), "indicators：按年的指标；records：记录", required=True
    )
    SHORT = Field("short", TEXT, "在公式和正文里的名字，如 设施")
    KEY = Field("key", ListOf(TEXT, single=True), "哪几列合起来认定一行（只用于 records）")
    YEAR = Field("year", Year(), "各行是哪一年的（只用于 records）")
    UNUSED = Field("unused", TEXT, "为什么哪个规划都不用也不提醒，如 只作留存；也可以只写 ok")
    HEAD = Record((NAME, TITLE, KIND, SHORT, KEY, YEAR, UNUSED))
    CHECKS = Field(
        "checks",
        ListOf(TEXT),
        "核对关系：两个公式，中间是 =、!=、<=、>=、<、> 或 ~=；写列名的逐行核对；有条件的写 条件 => 关系",
    )
    DATASET = Field("dataset", HEAD, "数据集", required=True)
    ROWS = Field("rows", ListOf(_node({})), "各行", required=True)


class IndicatorRow:
    """A row of an indicators dataset."""

    VALUE = Field("value", TEXT, "数")
    FORMULA = Field("formula", TEXT, "公式")
    STATUS = Field("status", Choice(STATUSES), "这个数是实际数、预计数还是目标", required=True)
    DATE = Field("date", Day(), "什么时候知道这个数（不写就是当年12月31日）")
    NOTE = Field("note", TEXT, "说明")
    CELL = Record((VALUE, FORMULA, STATUS, DATE, NOTE))

    ID = Field("id", Pattern(r"[A-Za-z][A-Za-z0-9_]*", "workspace.not-identifier"), "编号", required=True)
    NAME = Field("name", TEXT, "指标名称", required=True)
    SHORT = Field("short", TEXT, "简称，在公式和正文里用")
    UNIT = Field("unit", TEXT, "单位")
    DECIMALS = Field("decimals", Whole(), "印几位小数")
    GROUP = Field("group", TEXT, "类别")
    VALUES = Field("values", ByYear(CELL), "各年的数", required=True)
    ATTRIBUTE = Field("attribute", Choice(ATTRIBUTES), "属性")
    GROWTH = Field("growth", Choice(GROWTHS), "增幅怎么算")
    OPERATOR = Field("operator", Choice(("=", "≥", "≤", ">", "<")), "目标是等于、不低于还是不高于")
    DIRECTION = Field("direction", Choice(("up", "down", "none")), "好的方向")
    OWNER = Field("owner", TEXT, "责任单位")
    SOURCE = Field("source", TEXT, "数据来源")
    UNUSED = Field("unused", TEXT, "为什么哪个规划都不用这一行也不提醒")
    RECORD = Record(
        (
            ID,
            NAME,
            SHORT,
            UNIT,
            DECIMALS,
            GROUP,
            VALUES,
            ATTRIBUTE,
            GROWTH,
            OPERATOR,
            DIRECTION,
            OWNER,
            SOURCE,
            NOTE,
            UNUSED,
        )
    )


class IndicatorsFile:
    """A dataset of kind indicators."""

    ROWS = Field("rows", ListOf(_node(IndicatorRow.RECORD.schema())), "各指标", required=True)
    RECORD = Record((DatasetFile.DATASET, DatasetFile.CHECKS, ROWS))


class ColumnShape:
    """A column of a records dataset."""

    NAME = Field("name", TEXT, "列名", required=True)
    TYPE = Field("type", Choice(COLUMN_TYPES), "列的类型", required=True)
    UNIT = Field("unit", TEXT, "单位（number、formula）")
    DECIMALS = Field("decimals", Whole(), "印几位小数（number、formula）")
    OF = Field("of", ListOf(TEXT, single=True), "choice：可选的词；ref：所指的数据集，list 也可以写")
    FORMULA = Field("formula", TEXT, "公式（formula）")
    RECORD = Record((NAME, TYPE, UNIT, DECIMALS, OF, FORMULA))


class RecordsFile:
    """A dataset of kind records; what its rows hold is declared by its columns."""

    COLUMNS = Field("columns", ListOf(ColumnShape.RECORD), "各列", required=True)
    UNUSED = Field("unused", TEXT, "为什么哪个规划都不用这一行也不提醒；有同名的列就是那一列")
    ROWS = Field(
        "rows",
        ListOf(
            _node(
                {
                    "type": "object",
                    "properties": {UNUSED.name: {"description": UNUSED.says, **TEXT.schema()}},
                }
            )
        ),
        "各行",
        required=True,
    )
    RECORD = Record((DatasetFile.DATASET, DatasetFile.CHECKS, COLUMNS, ROWS))


class ViewShape:
    """A table view in `data/tables.yaml`."""

    HEAD = Field("head", ListOf(TEXT, single=True), "表头，几行就写成列表", required=True)
    VALUE = Field("value", TEXT, "列名、[年份]、增幅、序号、组内序号或公式", required=True)
    WIDTH = Field("width", Number(), "宽度的比例")
    ALIGN = Field("align", Choice(("left", "center", "right")), "对齐")
    DECIMALS = Field("decimals", Whole(), "印几位小数")
    FORMAT = Field("format", TEXT, "换算的单位，如 亿元")
    BARE = Field("bare", Flag(), "数后面不印单位")
    MERGED = Field("merged", Flag(), "上下相同的格合成一格（在一组之内）")
    INTERNAL = Field("internal", Flag(), "公开稿不印这一列")
    COLUMN = Record((HEAD, VALUE, WIDTH, ALIGN, DECIMALS, FORMAT, BARE, MERGED, INTERNAL))
    METRIC_OF = Field("of", ListOf(TEXT, single=True), "只在这些值下面印这一列")
    METRIC = Record((HEAD, VALUE, WIDTH, ALIGN, DECIMALS, FORMAT, BARE, METRIC_OF, INTERNAL))

    NAME = Field("name", TEXT, "名称，正文里写 ::: table 名称", required=True)
    CAPTION = Field("caption", TEXT, "表题", required=True)
    FROM = Field("from", ListOf(TEXT, single=True), "数据集的名称；几个指标数据集写成列表", required=True)
    WHERE = Field(
        "where", ByText(ListOf(TEXT, single=True)), '只要这些行：列: 值、列: [值, 值] 或 列: ">= 100"'
    )
    SORT = Field("sort", ListOf(TEXT, single=True), "按这些列排序，前面加 - 从大到小")
    GROUP = Field("group", ListOf(TEXT, single=True), "按这一列或两列分组")
    GROUP_ROWS = Field("group_rows", Flag(), "组名单独占一行，不写就是左边合并的格")
    SUBTOTAL = Field("subtotal", TEXT, "每组小计行的名称，如 小计")
    COLUMNS = Field("columns", ListOf(COLUMN), "各列；有 pivot 时是左边的几列")
    PIVOT_ROWS = Field("rows", TEXT, "这一列的每个值占一行", required=True)
    PIVOT_BY = Field("columns", TEXT, "这一列的每个值占几列", required=True)
    PIVOT_OF = Field("of", ListOf(TEXT), "只要这些值，按这个先后")
    PIVOT_METRICS = Field("metrics", ListOf(METRIC), "每个值下面的各列", required=True)
    PIVOT_SUM = Field("sum", TEXT, "最右边合计各列的名称，如 合计")
    PIVOT_RECORD = Record((PIVOT_ROWS, PIVOT_BY, PIVOT_OF, PIVOT_METRICS, PIVOT_SUM))
    PIVOT = Field("pivot", PIVOT_RECORD, "交叉表")
    TOTAL = Field("total", TEXT, "合计行的名称，如 合计")
    UNIT_LINE = Field("unit_line", TEXT, "表上方的单位，如 单位：万元")
    NOTES = Field("notes", ListOf(TEXT), "表下的注")
    ORIENTATION = Field("orientation", Choice(("portrait", "landscape")), "纸的方向")
    RECORD = Record(
        (
            NAME,
            CAPTION,
            FROM,
            WHERE,
            SORT,
            GROUP,
            GROUP_ROWS,
            SUBTOTAL,
            COLUMNS,
            PIVOT,
            TOTAL,
            UNIT_LINE,
            NOTES,
            ORIENTATION,
        )
    )


class TablesFile:
    """`data/tables.yaml`."""

    TABLES = Field("tables", ListOf(ViewShape.RECORD), "由数据生成的表", required=True)
    RECORD = Record((TABLES,))


class FrontMatter:
    """What stands between `---` and `---` at the head of a fragment."""

    ID = Field("id", SLOT, "编号，如 p145/c6s1", required=True)
    TITLE = Field("title", TEXT, "标题", required=True)
    OWNER = Field("owner", TEXT, "责任单位", required=True)
    CONTRIBUTORS = Field("contributors", ListOf(TEXT), "参与的单位")
    STATUS = Field("status", Choice(FRAGMENT_STATUSES), "写到什么程度")
    EXTRACT = Field("extract", ListOf(TEXT, single=True), "收入哪些摘编")
    RECORD = Record((ID, TITLE, OWNER, CONTRIBUTORS, STATUS, EXTRACT))
