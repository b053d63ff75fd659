"""Thousands of random templates: every literal equals its slice, and the output is what Jinja2 by itself makes of them."""

import random
from dataclasses import replace

from jinja2 import DictLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from drafter.merge import Merger, Settings
from drafter.source.files import decode
from tests.merge.world import FRAGMENT, PLAN, check_slices, workspace

MACROS = """{## 宏 ##}
{% macro 强调(x) -%}
  **{{ x }}**
{%- endmacro %}
{% macro 框(题, 尾="止") %}::: box {{ 题 }}
{{ caller() }}
:::{{ 尾 }}{% endmacro %}
{% macro 两次(x) %}{{ 强调(x) }}、{{ 强调(x) -}} {% endmacro %}
{% macro 每个(列) %}{% for 项 in 列 %}{{ caller(项) }}；{% endfor %}{% endmacro %}
"""
# What stands in a fragment, and what Jinja2 is given where ours hides something from it.
PARTS: tuple[str | tuple[str, str], ...] = (
    "文",
    "  ",
    "\n",
    "\r\n",
    "\n\n> ",
    " 。",
    "$5",
    "}}",
    "{#id}",
    "{{ 指标.养老床位[2025] }}",
    "{{- 指标.养老床位[2020] }}",
    '{{ 指标["护理型占比"][2025] -}}',
    "{{ 指标.养老床位[2025]|数 }}",
    "{{ 规划.名称 }}",
    "{%- if 指标 %}甲{% endif -%}",
    "{% if 内部 %}\n  内部{{ 规划.名称 }}\n{% else %}\n外部\n{% endif %}\n",
    "{%+ if 指标 +%} 乙 {%+ endif +%}",
    "{% for i in [1, 2] -%} 项{{ i }}{{ 规划.名称 }} {%- endfor %}",
    "{% for i in [1, 2] %}\n- {{ loop.index }} 文{{ 强调(i) }}\n{% else %}无{% endfor %}\n",
    "{% for 规划 in ['一', '二'] %}{{ 规划 }}{% endfor %}",
    "{## 注 {{ x }} ##}",
    "  {##- 注 -##}\n",
    "{% raw %} {{ 原文 }} {% endraw %}",
    "{%- raw -%} {% 原文 %} {%- endraw -%}",
    "{% raw %}\n`{{ 甲 }}\n{% endraw %}\n",
    "{% set s = 1 %}",
    "{% set 块 %}块{{ 指标.养老床位[2025] }}{% for i in [1] %}、{% endfor %}\n{% endset %}{{ 块 }}",
    "{% with %}{% set 指标 = '遮' %}{{ 指标 }}{% endwith %}",
    "{{ 强调(指标.养老床位[2025]) }}",
    "{{ 两次('词') }}",
    "{% call 框('题') %}内 {{ 规划.名称 }}{{ 强调('里') }}{% endcall %}",
    "{% call(项) 每个([1, 2]) %} {{ 项 }}项 {% endcall %}",
    "{% include 'inc.md.j2' %}",
    "{% import 'm.md.j2' as 宏 %}{{ 宏.强调(1) }}",
    "{{ '甲' ~ 1 ~ '乙' }}",
    "{{ 'ab'|upper }}",
    "{{ 无|default('缺') }}",
    ("`{{ 码 }}`", "{{ '`{{ 码 }}`' }}"),
    ("``{% 码 %} ` ``", "{{ '``{% 码 %} ` ``' }}"),
    ("$x_{{1}}$", "{{ '$x_{{1}}$' }}"),
    ("<!-- {{ 注 }} -->", "{{ '<!-- {{ 注 }} -->' }}"),
)
IMPORT = '{% from "m.md.j2" import 强调, 框, 两次, 每个 %}\n'
INCLUDED = "含 {{ 规划.名称 }}\n"


def stock() -> SandboxedEnvironment:
    """Jinja2 alone, with plain strings for data."""
    environment = SandboxedEnvironment(
        loader=DictLoader({"m.md.j2": MACROS, "inc.md.j2": INCLUDED}),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        comment_start_string="{##",
        comment_end_string="##}",
    )
    environment.filters["数"] = lambda value: value.rstrip("张%")
    environment.globals |= {
        "指标": {"养老床位": {2025: "24000张", 2020: "18800张"}, "护理型占比": {2025: "55.0%"}},
        "规划": {"名称": "临港市规划"},
        "内部": False,
    }
    return environment


def test_random_templates_are_traced_exactly_and_print_what_jinja_prints() -> None:
    draw = random.Random(3)
    made = workspace("", {"m.md.j2": MACROS, "inc.md.j2": INCLUDED})
    merger, alone = Merger(made), stock()
    for _ in range(2000):
        chosen = [draw.choice(PARTS) for _ in range(draw.randint(1, 12))]
        # two `$` or backticks of different parts would pair; one of each kind is enough in a template
        chosen = [part for n, part in enumerate(chosen) if not clashes(part, chosen[:n])]
        ours = IMPORT + "".join(part if isinstance(part, str) else part[0] for part in chosen)
        theirs = IMPORT + "".join(part if isinstance(part, str) else part[1] for part in chosen)
        source = decode(FRAGMENT, ours.encode()).value
        assert source is not None
        outcome = merger.merge(source, PLAN, Settings())
        assert outcome.value is not None, (ours, outcome.issues)
        assert not outcome.issues, (ours, outcome.issues)
        assert outcome.value.text == alone.from_string(theirs).render(), ours
        check_slices(outcome.value, replace(made, sources={**made.sources, FRAGMENT: source}))


def clashes(part: str | tuple[str, str], before: list[str | tuple[str, str]]) -> bool:
    """Whether a part opens what an earlier one opened."""
    text = part if isinstance(part, str) else part[0]
    texts = [each if isinstance(each, str) else each[0] for each in before]
    return any(sign in text and any(sign in each for each in texts) for sign in "$`")
