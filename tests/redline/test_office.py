"""LibreOffice accepts and rejects what we wrote: the judge that did not write it."""

from __future__ import annotations

from pathlib import Path

import pytest

from drafter.picture.model import View
from drafter.redline import redline
from drafter.redline.resolve import Revisions
from tests.picture.oracles import ours
from tests.redline import office
from tests.redline.making import SETTINGS, note, p, r, table, word

PAIRS = {
    "words": (p("新增养老床位18,800张。"), p("新增护理床位19,000张，达标。")),
    "inserted": (p("甲段") + p("乙段"), p("甲段") + p("新段") + p("乙段")),
    "deleted": (p("甲段") + p("旧段") + p("乙段"), p("甲段") + p("乙段")),
    "inserted-last": (p("甲段"), p("甲段") + p("新段")),
    "deleted-last": (p("甲段") + p("旧段"), p("甲段")),
    "split": (p("第一句话说完了。第二句话接着说。"), p("第一句话说完了。") + p("第二句话接着说。")),
    "merged": (p("第一句话说完了。") + p("第二句话接着说。"), p("第一句话说完了。第二句话接着说。")),
    "moved": (p("甲甲甲甲甲") + p("乙乙乙乙乙乙") + p("丙丙丙丙丙"), p("乙乙乙乙乙乙") + p("甲甲甲甲甲") + p("丙丙丙丙丙")),
    "both-sides-of-a-mark": (p("甲甲甲甲甲") + p("乙乙乙乙乙"), p("甲甲甲甲甲尾") + p("头乙乙乙乙乙")),
    "tail-and-paragraph": (p("甲甲甲甲甲") + p("乙乙乙乙乙"), p("甲甲甲甲甲尾") + p("新段落") + p("头乙乙乙乙乙")),
    "before-a-table": (p("甲段") + table("一|二") + p("末"), p("甲段") + p("新段") + table("一|二") + p("末")),
    "row": (table("一|二", "三|四") + p(), table("一|二", "甲|乙", "三|四") + p()),
    "row-gone": (table("一|二", "甲|乙", "三|四") + p(), table("一|二", "三|四") + p()),
    "cell": (table("云山县|1,200") + p(), table("云山县|1,300") + p()),
    "cell-paragraph": (table(f"<w:tr><w:tc><w:tcPr/>{p('甲')}</w:tc></w:tr>", columns=1) + p(),
                       table(f"<w:tr><w:tc><w:tcPr/>{p('甲')}{p('乙')}</w:tc></w:tr>", columns=1) + p()),
    "table": (p("甲") + p("乙"), p("甲") + table("一|二") + p("乙")),
    "table-gone": (p("甲") + table("一|二") + p("乙"), p("甲") + p("乙")),
    "other-table": (p("甲") + table("一|二") + p("乙"), p("甲") + table("一|二|三") + p("乙")),
}  # fmt: skip
NOTED = (
    word(
        f"<w:p>{r('甲')}{note(1)}{r('乙')}{note(2)}</w:p>{p()}",
        {1: p("旧注一", "a3"), 2: p("注二没有变", "a3")},
    ),
    word(
        f"<w:p>{r('甲')}{r('乙')}{note(1)}{r('丙')}{note(2)}</w:p>{p()}",
        {1: p("注二没有变", "a3"), 2: p("新注", "a3")},
    ),
)

NOTED_PARAGRAPH = (
    word(
        p("甲") + f"<w:p>{r('服务的')}{note(1)}{r('末')}{note(2)}</w:p>" + p("完"),
        {1: p("注", "a3"), 2: p("注二", "a3")},
    ),
    word(p("甲") + p("完")),
)


@pytest.mark.office
@pytest.mark.parametrize("how", Revisions)
def test_libreoffice_gets_the_same_text(how: Revisions, tmp_path: Path) -> None:
    office.needed()
    sources = {name: tuple(map(word, pair)) for name, pair in PAIRS.items()} | {"notes": NOTED}
    sources |= {"paragraph with notes": NOTED_PARAGRAPH, "the same come": NOTED_PARAGRAPH[::-1]}
    files = {}
    for name, (old, new) in sources.items():
        value = redline(old, new, SETTINGS).value
        assert value is not None
        files[name] = value.data
    found = office.resolved(files, how, tmp_path)
    wanted = {name: pair[how is Revisions.ACCEPT] for name, pair in sources.items()}
    different = {
        (name, story): (mine, its)
        for name in sources
        for story in ("body", "footnote")
        if (mine := ours(found[name], View.ALL, story)) != (its := ours(wanted[name], View.ALL, story))
    }
    assert different == {}
