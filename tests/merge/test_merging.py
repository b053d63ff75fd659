"""What a fragment becomes: text, and the origin of every character."""

import datetime as dt

from drafter.merge import Merger, Settings, is_text
from drafter.source.files import decode
from drafter.source.origins import DataValue, Generated, MappedText, Origin, SourceSlice
from tests.merge.world import FRAGMENT, PLAN, merge, text_of, workspace


def origins(mapped: MappedText | None) -> list[tuple[str, Origin]]:
    assert mapped is not None
    return [(mapped.text[piece.start : piece.end], piece.origin) for piece in mapped.pieces]


def key(origin: Origin) -> str:
    assert isinstance(origin, DataValue)
    return origin.datum.key


def test_a_value_prints_number_and_unit_and_knows_its_datum_and_its_tag() -> None:
    found = origins(merge("床位达到{{ 指标.养老床位[2025] }}。").value)
    assert [text for text, _ in found] == ["床位达到", "24000张", "。"]
    value = found[1][1]
    assert isinstance(value, DataValue)
    assert value.datum.key == "指标.养老床位[2025]"
    assert value.datum.place is not None
    assert value.expression == SourceSlice(FRAGMENT, 4, 23)
    assert value.form == ""


def test_filters_say_the_form_and_a_derived_value_keeps_its_inputs() -> None:
    text = "{{ 项目.P01.总投资|亿元 }}、{{ (指标.护理型占比[2025] - 指标.护理型占比[2020])|个百分点 }}"
    found = origins(merge(text).value)
    assert [part for part, _ in found] == ["22.35亿元", "、", "17.8个百分点"]
    money, difference = found[0][1], found[2][1]
    assert isinstance(money, DataValue)
    assert isinstance(difference, DataValue)
    assert (money.form, difference.form) == ("亿元", "个百分点")
    assert [each.key for each in difference.datum.inputs] == [
        "指标.护理型占比[2025]",
        "指标.护理型占比[2020]",
    ]
    assert difference.datum.formula == "指标.护理型占比[2025] - 指标.护理型占比[2020]"


def test_decimals_asked_for_and_number_alone() -> None:
    text = "{{ 项目.P01.总投资|亿元(1) }} {{ 指标.护理型占比[2025]|数 }} {{ 项目.P01.总投资|亿元|数 }} {{ 项目.P01.开工|日期 }}"
    assert text_of(merge(text)) == "22.3亿元 55.0 22.35 2021年3月1日"


def test_functions_mean_what_they_mean_in_formulas() -> None:
    text = "{{ share(指标.养老床位[2020], 指标.养老床位[2025]) }} {{ 指标.养老床位[2025] - 指标.养老床位[2020] }} {{ 项目.P01.总投资 * 2 }}"
    assert text_of(merge(text)) == "78.3% 5200张 446900万元"


def test_rows_can_be_counted_added_up_and_sorted() -> None:
    text = '{{ 项目|length }}项{{ 项目|sum(attribute="总投资") }}：{{ 项目|sort(attribute="总投资")|map(attribute="名称")|join("、") }}'
    assert text_of(merge(text)) == "2项232500万元：护理楼|新建、福利院_改造"


def test_values_compare_by_their_exact_numbers() -> None:
    text = (
        "{% if 指标.养老床位[2025] > 20000 and 项目.P01.总投资 != 项目.P02.总投资 %}多{% else %}少{% endif %}"
    )
    assert text_of(merge(text)) == "多"


def test_a_loop_over_a_dataset_gives_its_rows_and_its_literals_stand_in_one_place() -> None:
    text = "{% for 行 in 项目 %}\n- {{ loop.index }}{{ 行.名称 }}\n{% endfor %}\n"
    found = origins(merge(text).value)
    assert text_of(merge(text)) == "- 1福利院_改造\n- 2护理楼|新建\n"
    dashes = [origin for part, origin in found if part.startswith("- ")]
    assert dashes == [SourceSlice(FRAGMENT, 18, 20)] * 2
    assert found[1] == ("1", Generated("expression", SourceSlice(FRAGMENT, 20, 36)))
    assert key(found[2][1]) == "项目.P01.名称"


def test_what_a_macro_prints_stands_in_its_template() -> None:
    macros = "{% macro 强调(x) -%}\n  **{{ x }}**\n{%- endmacro %}"
    text = '{% from "m.md.j2" import 强调 %}\n到{{ 强调(指标.养老床位[2025]) }}止'
    found = origins(merge(text, {"m.md.j2": macros}).value)
    assert [part for part, _ in found] == ["到", "**", "24000张", "**", "止"]
    assert found[1][1] == SourceSlice("templates/m.md.j2", 21, 23)
    value = found[2][1]
    assert isinstance(value, DataValue)
    assert value.expression == SourceSlice("templates/m.md.j2", 23, 30)


def test_a_call_block_keeps_the_places_of_both_files() -> None:
    macros = "{% macro 框(题) %}::: box {{ 题 }}\n{{ caller() }}\n:::{% endmacro %}"
    text = '{% from "m.md.j2" import 框 %}\n{% call 框("题") %}内{{ 规划.名称 }}{% endcall %}\n'
    outcome = merge(text, {"m.md.j2": macros})
    assert text_of(outcome) == "::: box 题\n内临港市规划\n:::"
    paths = {origin.path for _, origin in origins(outcome.value) if isinstance(origin, SourceSlice)}
    assert paths == {FRAGMENT, "templates/m.md.j2"}


def test_a_captured_block_may_be_printed() -> None:
    assert text_of(merge("{% set 块 %}甲{{ 规划.基期 }}{% endset %}{{ 块 }}、{{ 块 }}")) == "甲2020、甲2020"


def test_math_code_and_comments_stay_as_they_are() -> None:
    text = "`{{ x }}` $a_{{1}}$ $$\n{{ x }}\n$$ <!-- {{ x }} {% y %} -->\n\n~~~\n{% if %}\n~~~\n\n- ```\n  {{ x }}\n  ```\n{{ 规划.简称 }}"
    assert text_of(merge(text)) == text.replace("{{ 规划.简称 }}", "《规划》")


def test_dollars_of_money_are_no_math_and_indented_code_is_read() -> None:
    assert text_of(merge("$5到{{ 规划.基期 }}到$6\n\n    {{ 规划.基期 }}")) == "$5到2020到$6\n\n    2020"


def test_a_comment_begun_in_a_line_and_never_closed_hides_nothing() -> None:
    assert text_of(merge("甲 <!-- {{ 规划.基期 }}")) == "甲 <!-- 2020"


def test_a_block_tag_on_a_line_of_its_own_leaves_no_empty_line() -> None:
    text = "甲\n  {% if 内部 %}\n内\n  {% endif %}\n{## 注 ##}\n乙{#id}\n"
    assert text_of(merge(text, settings=Settings(internal=True))) == "甲\n内\n乙{#id}\n"
    assert text_of(merge(text)) == "甲\n乙{#id}\n"


def test_front_matter_is_not_read_and_offsets_are_those_of_the_whole_file() -> None:
    text = "---\ntitle: {{ 题 }}\n---\n正文{{ 规划.目标年 }}\n"
    body = text.index("正文")
    outcome = merge(text, body=body)
    assert text_of(outcome) == "正文2025\n"
    assert origins(outcome.value)[0][1] == SourceSlice(FRAGMENT, body, body + 2)


def test_lines_that_end_as_windows_ends_them_are_traced_and_lone_returns_stay() -> None:
    source = decode(
        FRAGMENT, "{% if 公开 %}\r\n甲\r\n{% endif %}\r\n乙\r丙{{ 规划.基期 }}\r\n".encode()
    ).value
    assert source is not None
    outcome = Merger(workspace("")).merge(source, PLAN, Settings(public=True))
    assert text_of(outcome) == "甲\n乙\r丙2020\n"


def test_every_fragment_knows_the_plan_the_stage_and_the_date() -> None:
    text = "{{ 规划.名称 }}{{ 规划.简称 }}{{ 规划.远期 }}{{ 稿次 }}{{ 日期 }}{{ 指标.养老床位[规划.目标年] }}"
    settings = Settings("讨论稿", dt.date(2020, 8, 20))
    assert text_of(merge(text, settings=settings)) == "临港市规划《规划》2035讨论稿2020年8月20日24000张"


def test_a_name_that_a_loop_binds_hides_the_plan() -> None:
    assert text_of(merge("{% for 规划 in ['甲'] %}{{ 规划 }}{% endfor %}")) == "甲"


def test_only_what_goes_through_the_markup_filter_is_markup() -> None:
    text = '{{ 指标.养老床位.名称 }}{{ 指标.养老床位.名称|标记 }}{{ "**甲**"|标记 }}{{ "*乙*" }}丙'
    found = origins(merge(text).value)
    assert [(part, is_text(origin)) for part, origin in found] == [
        ("养老机构床位*", True),
        ("养老机构床位*", False),
        ("**甲**", False),
        ("*乙*", True),
        ("丙", False),
    ]


def test_one_merger_merges_many_fragments_alike() -> None:
    made = workspace("{% for i in [1, 2] %}{{ 规划.基期 }}{{ i }}{% endfor %}")
    merger = Merger(made)
    first = merger.merge(FRAGMENT, PLAN, Settings())
    assert merger.merge(FRAGMENT, PLAN, Settings()) == first
