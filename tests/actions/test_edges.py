"""Headers and footers of files that came back: what a reviewer did there is a remark, in whatever copy."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.actions.test_release import ASK
from tests.actions.workspace import FRAME, Desk, packed, parts

FOOTER, HEADER = "word/footer1.xml", "word/header1.xml"
WHO = 'w:id="7" w:author="王五" w:date="2021-08-25T09:00:00Z"'


def with_part(data: bytes, name: str, old: str, new: str) -> bytes:
    files = parts(data)
    body = files[name].decode()
    assert old in body
    return packed({**files, name: body.replace(old, new, 1).encode()})


def returned(desk: Desk, data: bytes) -> str:
    path = desk.root.parent / "退回.docx"
    path.write_bytes(data)
    return str(path)


def test_a_silent_change_of_a_footer_is_a_remark_for_a_person(desk: Desk) -> None:
    data = desk.built().read_bytes()
    path = returned(desk, with_part(data, FOOTER, "— </w:t>", "第 </w:t>"))
    document = desk.json("collect", path, "--apply")
    (remark,) = document["remarks"]
    assert (remark["kind"], remark["tracked"], remark["place"]) == ("header", False, "页脚")
    assert (remark["original"], remark["proposed"], remark["context"]) == ("—", "第", "— ［页码］ —")
    assert remark["target"] == {"file": FRAME, "line": 0, "column": 0}
    assert [(row["result"], row["reason"]) for row in document["rows"]] == [("open", "review.edge")]
    assert desk.run("collect", path) == 0
    assert desk.out.splitlines() == [
        "r1  templates/plan.docx  页眉页脚（未署名，位置确定）",
        "    页脚：— ［页码］ —",
        "    - —",
        "    + 第",
        "    不写回：页眉页脚是版式文件里的字，要改请改版式文件",
        "收到 1 个文件，读了 1 个，没有收 0 个；共 1 条意见。",
    ]


def test_a_tracked_change_of_a_footer_says_who_made_it(desk: Desk) -> None:
    data = desk.built().read_bytes()
    new = f"— </w:t></w:r><w:ins {WHO}><w:r><w:t>共 </w:t></w:r></w:ins><w:r><w:t></w:t>"
    document = desk.json("collect", returned(desk, with_part(data, FOOTER, "— </w:t>", new)))
    (remark,) = document["remarks"]
    assert (remark["tracked"], remark["author"], remark["proposed"]) == (True, "王五", "共")
    assert document["issues"] == []


@pytest.mark.parametrize("reading", [False, True])
def test_a_numbered_copy_is_no_remark_until_somebody_writes_in_its_corner(
    office: Desk, reading: bool
) -> None:
    more = ["--reading"] if reading else []
    office.json(*ASK, "--to", "部门", "--watermark", "征求意见", *more)
    copies = sorted(Path(office.root / "build/releases/p1/v1").glob("*.docx"))
    assert len(copies) == (4 if reading else 2)
    assert office.json("collect", *map(str, copies))["remarks"] == []
    data = next(
        copy for copy in copies if "-02-" in copy.name and ("阅读" in copy.name) is reading
    ).read_bytes()
    path = returned(office, with_part(data, HEADER, "000002", "000003"))
    (remark,) = office.json("collect", path)["remarks"]
    assert (remark["place"], remark["original"], remark["proposed"]) == ("页眉（首页）", "000002", "000003")
