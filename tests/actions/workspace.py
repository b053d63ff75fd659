"""A small workspace on disk with something of everything, and reviewers who change what was built from it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree

from drafter.cli.program import run
from drafter.word.frames import plan_frame

FIRST, SECOND = "sections/p1/01/01.md", "sections/p1/01/02.md"
INDICATORS, PLAN, WORKSPACE = "data/indicators.yaml", "data/plans/p1.yaml", "data/workspace.yaml"
FRAME = "templates/plan.docx"
NAME = "临港市规划（讨论稿）.docx"

FILES: Mapping[str, str] = {
    WORKSPACE: """\
workspace: {name: 工作区, bureau: 民政局}
stages: [讨论稿, 征求意见稿]
plans: [p1]
calendar:
- {plan: p1, stage: 讨论稿, date: 2021-08-20}
""",
    PLAN: """\
plan:
  id: p1
  title: 临港市规划
  period: [2021, 2025]
  base_year: 2020
  target_year: 2025
  numbering: 章节
  frame: plan
  unit: 民政局
outline:
- title: 总体要求
  slots:
  - p1/a
  - p1/b
  - {id: p1/c, title: 保障措施, owner: 养老科}
""",
    "data/units.yaml": """\
dataset: {name: units, title: 单位, kind: records, short: 单位, key: [名称]}
columns:
- {name: 名称, type: text}
rows:
- {名称: 养老科}
""",
    "data/facilities.yaml": """\
dataset: {name: facilities, title: 设施, kind: records, short: 设施, key: [类型, 县区], year: 2020}
columns:
- {name: 类型, type: choice, of: [机构, 中心]}
- {name: 县区, type: text}
- {name: 床位, type: number, unit: 张, decimals: 0}
- {name: 护理型, type: number, unit: 张, decimals: 0}
rows:
- {类型: 机构, 县区: 港城区, 床位: 300, 护理型: 100}
- {类型: 机构, 县区: 滨海区, 床位: 100, 护理型: 60}
""",
    INDICATORS: """\
dataset: {name: indicators, title: 指标, kind: indicators, short: 指标}
rows:
- id: I01
  name: 养老床位
  unit: 张
  decimals: 0
  values:
    2020: {formula: "设施.机构.床位", status: 实际}
    2025: {value: 800, status: 目标}
  attribute: 预期性
  growth: 年均增速
  owner: 养老科
- id: I02
  name: 养老机构护理型床位占比
  short: 护理型占比
  unit: "%"
  decimals: 1
  values:
    2020: {formula: "设施.机构.护理型 / 设施.机构.床位 * 100", status: 实际}
    2025: {value: 55.0, status: 目标}
  attribute: 约束性
  growth: 累计
  owner: 养老科
""",
    "data/tables.yaml": """\
tables:
- name: 设施表
  caption: 各县区设施
  from: facilities
  columns:
  - {head: 县区, value: 县区}
  - {head: 床位, value: 床位}
""",
    FIRST: """\
---
id: p1/a
title: 指导思想
owner: 养老科
status: 初稿
---
坚持以人民为中心，保障基本民生。

到2025年，养老床位达到{{ 指标.养老床位[2025] }}，2020年护理型占比为{{ 指标.护理型占比[2020] }}。[^1]

[^1]: 名单见附表。
""",
    SECOND: """\
---
id: p1/b
title: 基本原则
owner: 养老科
status: 初稿
---
1. **政府主导。**落实各级责任（见@tbl:facilities）。
2. **社会参与。**激发市场活力。

::: table 设施表 {#tbl:facilities}
:::
""",
}

RECIPIENTS = """\
dataset: {name: recipients, title: 收件单位, kind: records, short: 收件, key: [名称], unused: ok}
columns:
- {name: 名称, type: text}
- {name: 组, type: list}
rows:
- {名称: 市财政局, 组: [部门]}
- {名称: 市教育局, 组: [部门]}
- {名称: 东渚市民政局, 组: [县级]}
"""
STAGES = FILES[WORKSPACE].replace("stages: [讨论稿, 征求意见稿]", "stages: [讨论稿, 征求意见稿, 送审稿]") + (
    "- {plan: p1, stage: 征求意见稿, date: 2021-11-30}\n- {plan: p1, stage: 送审稿, date: 2022-01-10}\n"
)
OFFICE: Mapping[str, str | bytes] = {"data/recipients.yaml": RECIPIENTS, WORKSPACE: STAGES}
"""What a workspace has besides, from which versions are issued to several recipients."""


def write(root: Path, changes: Mapping[str, str | bytes] | None = None) -> Path:
    """The workspace at `root`, with other texts for some of its files."""
    for path, text in {**FILES, FRAME: plan_frame(), **(changes or {})}.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


def changed(path: str, old: str, new: str) -> dict[str, str | bytes]:
    """A change of one passage, which must be there once."""
    assert FILES[path].count(old) == 1
    return {path: FILES[path].replace(old, new)}


def texts(root: Path) -> dict[str, bytes]:
    """All that people wrote, as it is on disk."""
    return {path: (root / path).read_bytes() for path in FILES}


def drafter(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The program as a process of its own, in the workspace's folder."""
    return subprocess.run(
        [sys.executable, "-m", "drafter", *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **environment},
        capture_output=True,
        check=False,
    )


class Desk:
    """A workspace and the program in this process: what it printed, as JSON or as text."""

    def __init__(self, root: Path, read: Callable[[], tuple[str, str]]) -> None:
        self.root, self._read = root, read
        self.out = self.err = ""

    def run(self, *arguments: str) -> int:
        code = run([*arguments, "-w", str(self.root)])
        self.out, self.err = self._read()
        return code

    def json(self, *arguments: str, code: int = 0) -> dict[str, Any]:
        assert self.run(*arguments, "--json") == code, self.out + self.err
        document = json.loads(self.out)
        assert isinstance(document, dict)
        return document

    def said(self, *arguments: str, code: int = 1) -> list[str]:
        """`file:line:column code` of every problem."""
        return [place(issue) for issue in self.json(*arguments, code=code)["issues"]]

    def built(self) -> Path:
        assert self.run("build") == 0, self.err
        return self.root / "build" / NAME


def place(issue: Mapping[str, object]) -> str:
    where = ":".join(str(issue[name]) for name in ("file", "line", "column") if issue[name])
    return f"{where} {issue['code']}"


# -- reviewers ---------------------------------------------------------------------------------------------------------

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WHO = {f"{{{W}}}id": "900", f"{{{W}}}author": "王五", f"{{{W}}}date": "2021-01-20T09:00:00Z"}


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: Mapping[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return buffer.getvalue()


def silently(data: bytes, old: str, new: str) -> bytes:
    """The words replaced, as someone does who has tracking off."""
    files = parts(data)
    main = files["word/document.xml"].decode()
    # Word's own spelling of the words in one run: the first place outside the table of contents is the text.
    assert old in main, old
    at = main.rindex(old)
    while main.rfind("<", 0, at) > main.rfind(">", 0, at):  # in an attribute, where no reviewer writes
        at = main.rindex(old, 0, at)
    files["word/document.xml"] = (main[:at] + new + main[at + len(old) :]).encode()
    return packed(files)


def tracked(data: bytes, old: str, new: str, author: str = "王五") -> bytes:
    """The words deleted and new ones inserted with tracking on."""
    who = {**_WHO, f"{{{W}}}author": author}
    files = parts(data)
    tree = etree.fromstring(files["word/document.xml"])
    run, before, after = _run_with(tree, old)
    pieces = [_run(run, before)] if before else []
    gone = etree.Element(f"{{{W}}}del", who)
    gone.append(_run(run, old, "delText"))
    come = etree.Element(f"{{{W}}}ins", {**who, f"{{{W}}}id": "901"})
    come.append(_run(run, new))
    pieces += [gone, come, *([_run(run, after)] if after else [])]
    _replace(run, pieces)
    files["word/document.xml"] = etree.tostring(tree)
    return packed(files)


def commented(data: bytes, words: str, comment: str, author: str = "赵六") -> bytes:
    """A comment on the words."""
    files = parts(data)
    tree = etree.fromstring(files["word/document.xml"])
    run, before, after = _run_with(tree, words)
    mark = {f"{{{W}}}id": "0"}
    reference = etree.Element(f"{{{W}}}r")
    etree.SubElement(reference, f"{{{W}}}commentReference", mark)
    pieces = [
        *([_run(run, before)] if before else []),
        etree.Element(f"{{{W}}}commentRangeStart", mark),
        _run(run, words),
        etree.Element(f"{{{W}}}commentRangeEnd", mark),
        reference,
        *([_run(run, after)] if after else []),
    ]
    _replace(run, pieces)
    files["word/document.xml"] = etree.tostring(tree)
    files["word/comments.xml"] = (
        f'<w:comments xmlns:w="{W}"><w:comment w:id="0" w:author="{author}" w:date="2021-01-21T09:00:00Z">'
        f"<w:p><w:r><w:t>{comment}</w:t></w:r></w:p></w:comment></w:comments>"
    ).encode()
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = f'<Relationship Id="rIdC" Type="{office}/comments" Target="comments.xml"/></Relationships>'
    rels = files["word/_rels/document.xml.rels"].decode()
    files["word/_rels/document.xml.rels"] = rels.replace("</Relationships>", relation).encode()
    return packed(files)


def _run_with(tree: etree._Element, words: str) -> tuple[etree._Element, str, str]:
    found = [text for text in tree.iter(f"{{{W}}}t") if words in (text.text or "")]
    assert found, words
    text = found[-1]
    run = text.getparent()
    assert run is not None
    before, _, after = (text.text or "").partition(words)
    return run, before, after


def _run(like: etree._Element, words: str, tag: str = "t") -> etree._Element:
    run = etree.Element(f"{{{W}}}r")
    look = like.find(f"{{{W}}}rPr")
    if look is not None:
        run.append(deepcopy(look))
    text = etree.SubElement(run, f"{{{W}}}{tag}")
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    text.text = words
    return run


def _replace(run: etree._Element, pieces: list[etree._Element]) -> None:
    parent = run.getparent()
    assert parent is not None
    at = parent.index(run)
    parent.remove(run)
    for offset, piece in enumerate(pieces):
        parent.insert(at + offset, piece)


def number_of(root: Path, path: str, words: str) -> int:
    """The line of a file that has the words."""
    lines = (root / path).read_text("utf-8").split("\n")
    (number,) = [number for number, line in enumerate(lines, start=1) if words in line]
    return number
