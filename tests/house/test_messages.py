import ast
import re

import pytest

from drafter.source import messages
from drafter.source.codes import SEVERITIES
from drafter.source.listed import listed
from drafter.source.messages import LANGUAGES, LOCALE, MessageMissing, language, text
from tests.house import catalogues

EACH_LANGUAGE = pytest.mark.parametrize("lang", LANGUAGES)


@EACH_LANGUAGE
def test_every_issue_code_has_its_sentence(lang: str) -> None:
    assert [code for code in SEVERITIES if not catalogues.messages(lang).get(code)] == []


def test_both_languages_say_the_same_messages() -> None:
    chinese, english = (set(catalogues.messages(lang)) for lang in LANGUAGES)
    assert chinese ^ english == set()


def test_both_languages_name_the_same_facts() -> None:
    chinese, english = (catalogues.messages(lang) for lang in LANGUAGES)
    assert [
        msgid
        for msgid in chinese.keys() & english.keys()
        if catalogues.placeholders(chinese[msgid]) != catalogues.placeholders(english[msgid])
    ] == []


@EACH_LANGUAGE
def test_no_message_is_empty(lang: str) -> None:
    assert [msgid for msgid, said in catalogues.messages(lang).items() if not said.strip()] == []


@EACH_LANGUAGE
def test_no_message_is_written_twice(lang: str) -> None:
    written = catalogues.msgids_as_written(lang)
    assert sorted({msgid for msgid in written if written.count(msgid) > 1}) == []


@EACH_LANGUAGE
def test_a_gbk_console_can_print_every_message(lang: str) -> None:
    unprintable = {}
    for msgid, said in catalogues.messages(lang).items():
        bad = {character for character in said if not character.encode("gbk", "ignore")}
        if bad:
            unprintable[msgid] = bad
    assert unprintable == {}


def test_every_issue_code_is_used_somewhere() -> None:
    assert [code for code in SEVERITIES if not catalogues.is_used(code)] == []


def test_every_message_is_that_of_a_code_or_used_somewhere() -> None:
    unused = [
        msgid
        for msgid in catalogues.messages("zh_CN")
        if msgid.removesuffix(".none").removesuffix(".hint") not in SEVERITIES
        and not catalogues.is_used(msgid)
    ]
    assert unused == []


def test_every_issue_states_the_facts_that_its_sentence_and_hint_name() -> None:
    wrong = []
    for place, call in catalogues.calls("Issue"):
        code = catalogues.literal(call.args[0] if call.args else None)
        if code is None:
            continue
        if code not in SEVERITIES:
            wrong.append(f"{place}: {code} is not in the table of codes")
            continue
        facts = (
            call.args[2]
            if len(call.args) > 2
            else next((k.value for k in call.keywords if k.arg == "facts"), None)
        )
        if facts is not None and not isinstance(facts, ast.Dict):
            continue  # made elsewhere: the strict messages of the tests will tell
        keys = facts.keys if facts else []
        if None in keys:
            continue
        stated = {catalogues.literal(key) for key in keys}
        missing = (catalogues.wanted(code) | catalogues.wanted(f"{code}.hint")) - stated
        if missing:
            wrong.append(f"{place}: {code} lacks {sorted(missing)}")
    assert wrong == []


def test_every_text_states_the_facts_that_it_names() -> None:
    wrong = []
    for place, call in catalogues.calls("text"):
        msgid = catalogues.literal(call.args[0] if call.args else None)
        if msgid is None:
            continue
        if msgid not in catalogues.messages("zh_CN"):
            wrong.append(f"{place}: no message {msgid}")
        names = {keyword.arg for keyword in call.keywords}
        if None not in names and (missing := catalogues.wanted(msgid) - names):
            wrong.append(f"{place}: {msgid} lacks {sorted(missing)}")
    assert wrong == []


def test_chinese_sentences_have_full_width_marks() -> None:
    half = re.compile(r"[\u4e00-\u9fff”）](?:[,:;] (?!\w)|[,;!?] ?|: |\.$)|, [\u4e00-\u9fff]")
    # brackets and quotes hold what is typed: code has half-width marks
    typed = re.compile(r"\[.*?\]|\{\{.*?\}\}|\(.*?\)|“.*?”|\".*?\"")
    said = {msgid: typed.sub("", text) for msgid, text in catalogues.messages("zh_CN").items()}
    assert [msgid for msgid, text in said.items() if half.search(text)] == []


@EACH_LANGUAGE
def test_the_compiled_catalogue_is_fresh(lang: str) -> None:
    from babel.messages.mofile import read_mo

    with catalogues.po(lang).with_suffix(".mo").open("rb") as file:
        compiled = {str(message.id): str(message.string) for message in read_mo(file) if message.id}
    assert compiled == catalogues.messages(lang), "run `make catalogues`"


def test_there_is_a_catalogue_for_each_language_and_no_other() -> None:
    assert sorted(folder.name for folder in LOCALE.iterdir()) == sorted(LANGUAGES)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "zh_CN"),
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_TW"}, "zh_CN"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE", "LC_ALL": "zh_CN"}, "zh_CN"),
        ({"LANG": "zh_CN", "LC_MESSAGES": "en_GB"}, "en"),
        ({"LC_ALL": "", "LANG": "zh"}, "zh_CN"),
        ({"DRAFTER_LANG": "en", "LC_ALL": "zh_CN"}, "en"),
    ],
)
def test_the_language_is_that_of_the_first_variable_that_says_one(
    environment: dict[str, str], expected: str
) -> None:
    assert language(environment) == expected


def test_a_missing_message_is_an_error_in_tests_and_never_for_a_user(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(MessageMissing):
        text("house.nothing", name="养老床位")
    monkeypatch.delenv(messages.STRICT)
    assert text("house.nothing", name="养老床位") == "house.nothing name=养老床位"


def test_a_missing_fact_is_an_error_in_tests_and_never_for_a_user(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(MessageMissing):
        text("cli.usage.option")
    monkeypatch.delenv(messages.STRICT)
    assert text("cli.usage.option") == "没有 {option} 这个选项。"


def test_a_fact_with_braces_is_printed_as_it_is() -> None:
    assert "{{ 指标.X }}" in text("cli.usage.option", option="{{ 指标.X }}")


def test_a_list_of_names_is_joined_as_the_language_joins_names() -> None:
    facts = {"name": "指标.X", "nearest": listed(["甲、乙", "丙"])}
    assert "甲、乙、丙" in messages.translate("merge.undefined.hint", facts, "zh_CN")
    assert "甲、乙, 丙" in messages.translate("merge.undefined.hint", facts, "en")


def test_message_ids_are_lower_case_words() -> None:
    """Ids are lower-case words, so that a code can be typed and searched for."""
    names = [msgid for msgid in catalogues.messages("en") if not msgid.startswith("errno.")]
    assert [msgid for msgid in names if not re.fullmatch(r"[a-z0-9]+([.-][a-z0-9]+)*", msgid)] == []
