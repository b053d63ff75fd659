"""Words that somebody somewhere might take for more than words."""

from __future__ import annotations

MARKUP = (
    "{{ 7*7 }}", "{% for x in y %}", "{# 注 #}", "{%tr for x in y %}", "{{r title }}", "{%p if x %}", "{{ title }}", "}}", "{%", "${7*7}",
    "](javascript:alert(1))", "[甲](http://127.0.0.1:9/x)", "![甲](file:///etc/passwd)", "<script>alert(1)</script>", "<!-- 甲 -->", "<b>甲</b>",
    ":::", "::: table 设施表", "# 标题", "## 二", "---", "***", "- 项", "1. 项", "1) 项", "+ 项", "> 引", "```", "~~~", "|甲|乙|", "甲 | 乙", "    四格",
    "*强调*", "**加粗**", "_下划_", "~~删~~", "`代码`", "\\", "\\n", "$x$", "$$x$$", "^上^", "~下~", "[^1]", "[^9]: 注", "甲[^1]乙", ": 定义", "@tbl:facilities", "@tbl:没有",
    "{++加++}", "{--删--}", "{~~旧~>新~~}", "{>>批<<}", "{==亮==}", "{#id}", "{.class}", "&lt;", "&#x41;", "&amp;", "&nbsp;", "&", "<", ">", '"', "'",
    "指标.养老床位[2025]", "=1+1", "\u3000缩进", "尾空 ", "甲\u00a0乙", "\u200b", "\ufeff", "e\u0301", "\U0001f600", "\U00020000",
)  # fmt: skip
"""What is markup somewhere: Jinja2, docxtpl, Markdown, our own, CriticMarkup, HTML."""

CELLS = ("=cmd|'/c calc'!A1", "=1+1", "+1+1", "-1-1", "@SUM(1)", "\t=1+1", '=HYPERLINK("http://127.0.0.1:9","甲")', "==", "%甲", "|甲")  # fmt: skip
"""What a cell of Excel might take for a formula."""

YAML = (
    "~", "null", "true", "no", "1e3", "0x10", "012", "12:30", "2021-01-01", "- 项", "a: b", "a:b", "甲: 乙", "# 注", "甲 # 注", "&甲", "*甲", "!!python/object:os.system",
    "!甲", "|", ">", "|-", "%TAG", "@甲", "`甲`", "[", "]", "{", "}", "[甲", "{甲: 乙}", ",", "?", "? 甲", ":", "---", "...", "'", '"', "\\", "'甲", '"甲',
)  # fmt: skip
"""What YAML does not take for words."""

ODD = (
    "", " ", "\n", "甲\n乙", "甲\t乙", "\u202e甲", "\u2028", "\u0085", "\ufffc", "\ue000", "\ufffd", "x" * 10_000, "甲" * 3_000, "%s", "{0}", "{name}", "{}", "../../甲",
    "/etc/passwd", "C:\\甲", "王五、李四", "，", "0", "-1", "99999999999999999999", "1" * 5_000, "NaN", "inf", "_x000D_", "_x0000_",
)  # fmt: skip
"""What is odd everywhere."""

ALL = (*MARKUP, *CELLS, *YAML, *ODD)
