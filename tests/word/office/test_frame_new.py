"""`drafter frame new` and `frame inspect`, as a coordinator uses them on the files of the office."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from drafter.cli.program import run
from drafter.ooxml.package import unzipped, zipped
from drafter.word.frames import plan_frame
from tests.actions.workspace import PLAN, Desk, changed, write
from tests.word.audit import audited
from tests.word.office.making import TITLE, old_plan
from tests.word.reading_back import found, names, part
from tests.word.road import Road

MAIN, STYLES = "word/document.xml", "word/styles.xml"
INSERTED = '<w:ins w:id="1" w:author="王五" w:date="2020-01-01T00:00:00Z"><w:r><w:t>新</w:t></w:r></w:ins>'
DELETED = '<w:del w:id="2" w:author="王五"><w:r><w:delText>旧</w:delText></w:r></w:del>'


@pytest.fixture
def desk(road: Road) -> Desk:
    return road.desk


def file(desk: Desk, data: bytes, name: str = "旧规划.docx") -> str:
    path = desk.root.parent / name
    path.write_bytes(data)
    return str(path)


def frame(desk: Desk) -> bytes:
    return (desk.root / "templates/office.docx").read_bytes()


def edited(old: str, new: str, name: str = MAIN) -> bytes:
    """The old plan with other XML in one part."""
    parts = unzipped(old_plan())
    xml = parts[name].decode()
    assert old in xml, old
    return zipped({**parts, name: xml.replace(old, new, 1).encode()})


def texts(data: bytes, name: str = MAIN) -> list[str]:
    return [text for each in found(data, "//w:p", name) if (text := "".join(each.itertext()))]


# -- a frame -----------------------------------------------------------------------------------------------------------


def test_an_old_plan_becomes_a_frame_that_builds_clean_files_in_the_offices_looks(desk: Desk) -> None:
    said = desk.json("frame", "new", "office", "--from", file(desk, old_plan()))
    assert said["issues"] == []
    tags = [(tag["where"], tag["replaced"], tag["tag"]) for tag in said["tags"]]
    assert tags == [
        ("cover", "二○一六年三月", "汉字年月"),
        ("cover", "（送审稿）", "稿次行"),
        ("cover", TITLE, "名称"),
        ("cover", "滨海市民政局", "编制单位"),
        ("header", TITLE, "名称"),
        ("contents", "", "目录"),
        ("text", "", "正文"),
    ]
    assert said["scheme"] == "章节"
    assert audited(frame(desk), theirs=True) == []
    write(desk.root, changed(PLAN, "frame: plan", "frame: office"))
    document = desk.json("build")
    assert [issue["code"] for issue in document["issues"]] == ["frame.styles-changed"]
    data = Path(document["files"][0]["path"]).read_bytes()
    assert audited(data, theirs=True) == []
    assert texts(data)[:3] == ["临港市规划", "（讨论稿）", "民政局"]
    assert "临港市规划" in texts(data, "word/header1.xml")[0]
    assert found(data, "//w:style[@w:styleId='Heading1']/w:basedOn/@w:val", STYLES) == found(
        data, "//w:style[w:name/@w:val='章标题']/@w:styleId", STYLES
    )


def test_styles_are_from_where_the_report_says(desk: Desk) -> None:
    said = desk.json("frame", "new", "office", "--from", file(desk, old_plan()))
    styles = {each["style"]: (each["source"], each["origin"]) for each in said["styles"]}
    assert styles["Heading1"] == ("style", "章标题")
    assert styles["Heading2"] == ("style", "节标题")
    assert styles["Heading3"] == ("look", "Normal")
    assert styles["GwBody"] == ("style", "公文正文")
    assert styles["GwTbl"] == ("style", "表内文字")
    assert styles["GwCaption"] == ("look", "Normal")
    assert styles["GwBox"] == ("profile", "")
    third = found(frame(desk), "//w:style[@w:styleId='Heading3']/w:rPr/w:rFonts/@w:eastAsia", STYLES)
    assert third == ["黑体"]


def test_a_frame_holds_nothing_of_who_wrote_the_old_plan(desk: Desk) -> None:
    data = old_plan()
    source = file(desk, data)
    desk.json("frame", "new", "office", "--from", source)
    whole = b"".join(unzipped(frame(desk)).values()).decode("utf-8", "ignore")
    for word in ("张三", "李四", "旧稿改3", "再大一点", "rsid", "滨海市", "十二五"):
        assert word not in whole
    assert not [name for name in names(frame(desk)) if "comments" in name or "customXml" in name]
    assert [name for name in names(frame(desk)) if "media" in name] == ["word/media/frame1.png"]
    assert Path(source).read_bytes() == data


def test_the_same_file_gives_the_same_frame(desk: Desk) -> None:
    source = file(desk, old_plan())
    desk.json("frame", "new", "office", "--from", source)
    first = frame(desk)
    desk.json("frame", "new", "office", "--from", source, "--force")
    assert frame(desk) == first


def test_a_frame_that_is_there_is_left_alone_without_force(desk: Desk) -> None:
    source = file(desk, old_plan())
    desk.json("frame", "new", "office", "--from", source)
    assert desk.said("frame", "new", "office", "--from", source)[0].endswith("office.docx frame-new.exists")


def test_a_draft_of_our_own_becomes_a_frame_that_looks_like_the_first(desk: Desk) -> None:
    built = Path(desk.json("build")["files"][0]["path"]).read_bytes()
    said = desk.json("frame", "new", "office", "--from", file(desk, built))
    assert said["issues"] == []
    write(desk.root, changed(PLAN, "frame: plan", "frame: office"))
    again = desk.json("build")
    assert again["issues"] == []
    data = Path(again["files"][0]["path"]).read_bytes()
    assert texts(data) == texts(built)
    assert audited(data, theirs=True) == []


@pytest.mark.parametrize("name", ["../x", "a/b", "x.docx", ".x", "本局", ""])
def test_a_name_that_is_no_file_name_is_wrong_usage(desk: Desk, name: str) -> None:
    assert desk.json("frame", "new", name, "--from", file(desk, old_plan()), code=2)["issues"][0]["code"] == (
        "frame-new.name"
    )


# -- what cannot be told -----------------------------------------------------------------------------------------------


def test_tracked_changes_are_settled_as_told_and_never_guessed(desk: Desk) -> None:
    source = file(
        desk, edited("滨海市民政事业发展</w:t></w:r>", f"民政事业发展</w:t></w:r>{DELETED}{INSERTED}")
    )
    assert desk.said("frame", "new", "office", "--from", source) == [f"{source} frame-new.changes"]
    assert not (desk.root / "templates/office.docx").exists()
    for decision, title in (
        ("accept", "民政事业发展新“十三五”规划"),
        ("reject", "民政事业发展旧“十三五”规划"),
    ):
        said = desk.json("frame", "new", "office", "--from", source, "--revisions", decision, "--force")
        assert title in [tag["replaced"] for tag in said["tags"]]
    assert desk.run("frame", "new", "office", "--from", source, "--revisions", "maybe") == 2


def test_a_cover_without_a_title_is_said_and_left(desk: Desk) -> None:
    parts = unzipped(old_plan())
    xml = parts[MAIN].decode().replace("滨海市民政事业发展", "某某").replace("“十三五”规划", "某某")
    xml = xml.replace('w:val="72"', 'w:val="24"')
    said = desk.json("frame", "new", "office", "--from", file(desk, zipped({**parts, MAIN: xml.encode()})))
    (issue,) = said["issues"]
    assert (issue["code"], issue["severity"]) == ("frame-new.no-tag", "warning")
    assert said["kept"] == ["某某"]
    assert "某某" in texts(frame(desk))


def test_a_second_office_on_the_cover_is_named(desk: Desk) -> None:
    second = "（送审稿）</w:t></w:r></w:p><w:p><w:r><w:t>滨海市发展和改革委员会"
    said = desk.json("frame", "new", "office", "--from", file(desk, edited("（送审稿）", second)))
    assert [issue["code"] for issue in said["issues"]] == ["frame-new.offices"]
    assert "滨海市发展和改革委员会" in texts(frame(desk))


def test_word_art_is_said_because_no_tag_can_stand_in_it(desk: Desk) -> None:
    art = '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" id="a" style="width:9pt;height:9pt"><v:textpath on="t" string="旧规划"/></v:shape></w:pict></w:r>'
    said = desk.json(
        "frame", "new", "office", "--from", file(desk, edited("<w:body><w:p/>", f"<w:body><w:p>{art}</w:p>"))
    )
    assert [issue["code"] for issue in said["issues"]] == ["frame-new.word-art"]
    assert "旧规划" in said["issues"][0]["message"]


def test_a_chart_on_the_cover_is_left_behind_whole(desk: Desk) -> None:
    chart = (
        '<w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rIdOle"/></w:object></w:r>'
    )
    said = desk.json(
        "frame",
        "new",
        "office",
        "--from",
        file(desk, edited("<w:body><w:p/>", f"<w:body><w:p>{chart}</w:p>")),
    )
    assert {"kind": "objects", "count": 1} in said["left"]
    assert audited(frame(desk), theirs=True) == []


def test_a_tag_that_the_office_typed_itself_is_kept_and_checked(desk: Desk) -> None:
    source = file(desk, edited("二○一六年三月", "{{ 年月 }}"))
    said = desk.json("frame", "new", "office", "--from", source)
    assert "汉字年月" not in [tag["tag"] for tag in said["tags"]]
    assert "{{ 年月 }}" in texts(frame(desk))
    source = file(desk, edited("二○一六年三月", "{{ 月份 }}"))
    assert desk.said("frame", "new", "other", "--from", source)[-1] == f"{source} frame.unknown-tag"


# -- odd and hostile files ---------------------------------------------------------------------------------------------


def _zip(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "ooxml.old-format"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "ooxml.encrypted",
        ),
        (b"", "ooxml.empty"),
        (b"<html></html>", "ooxml.not-zip"),
        (old_plan()[:2000], "ooxml.truncated"),
        (_zip(hello=b"x"), "ooxml.no-document"),
        (edited("<w:body>", "<w:body><w:p>"), "ooxml.malformed"),
        (edited("<w:document", '<!DOCTYPE x [<!ENTITY a "b">]><w:document'), "ooxml.entities"),
    ],
)
@pytest.mark.parametrize("command", [("new", "office", "--from"), ("inspect",)])
def test_what_is_no_sound_word_file_is_said_with_what_to_do(
    desk: Desk, capsys: pytest.CaptureFixture[str], data: bytes, code: str, command: tuple[str, ...]
) -> None:
    source = file(desk, data)
    arguments = ["frame", *command, source]
    if "new" in command:
        arguments += ["-w", str(desk.root)]
    assert run(arguments) == 1
    said = capsys.readouterr().err
    assert f"{source}: {code}" in said
    assert not (desk.root / "templates/office.docx").exists()


def test_a_file_that_is_not_there_is_said(desk: Desk) -> None:
    assert desk.said("frame", "new", "office", "--from", "没有.docx") == ["没有.docx source.unreadable"]


def test_a_file_without_styles_and_without_a_page_gets_those_of_the_program(desk: Desk) -> None:
    body = f'<w:document xmlns:w="{part(plan_frame()).nsmap["w"]}"><w:body><w:p><w:r><w:t>第一章 总则</w:t></w:r></w:p></w:body></w:document>'
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>'
    )
    source = file(desk, _zip(**{"[Content_Types].xml": types.encode(), MAIN: body.encode()}))
    said = desk.json("frame", "new", "office", "--from", source)
    codes = {issue["code"] for issue in said["issues"]}
    assert codes >= {
        "frame-new.no-tag",
        "frame-new.no-contents",
        "frame-new.one-section",
        "frame-new.page-size",
    }
    assert audited(frame(desk), theirs=True) == []
    write(desk.root, changed(PLAN, "frame: plan", "frame: office"))
    data = Path(desk.json("build")["files"][0]["path"]).read_bytes()
    assert audited(data, theirs=True) == []


def test_a_strict_file_is_made_transitional(desk: Desk) -> None:
    parts = unzipped(old_plan())
    for name, body in parts.items():
        if name.endswith((".xml", ".rels")):
            xml = body.replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
            parts[name] = xml.replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
    said = desk.json("frame", "new", "office", "--from", file(desk, zipped(parts)))
    assert said["issues"] == []
    assert b"purl.oclc.org" not in b"".join(unzipped(frame(desk)).values())
    assert audited(frame(desk), theirs=True) == []


def test_macros_stay_behind(desk: Desk) -> None:
    parts = unzipped(old_plan())
    rels = "word/_rels/document.xml.rels"
    tie = '<Relationship Id="rIdVba" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/></Relationships>'
    parts[rels] = parts[rels].replace(b"</Relationships>", tie.encode())
    parts |= {"word/vbaProject.bin": b"MACRO", "word/vbaData.xml": b"<x/>"}
    said = desk.json("frame", "new", "office", "--from", file(desk, zipped(parts), "模板.docm"))
    assert {"kind": "macros", "count": 1} in said["left"]
    assert not [name for name in names(frame(desk)) if "vba" in name]


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine")
def test_libreoffice_opens_what_is_built_with_it(desk: Desk, tmp_path: Path) -> None:
    desk.json("frame", "new", "office", "--from", file(desk, old_plan()))
    write(desk.root, changed(PLAN, "frame: plan", "frame: office"))
    built = desk.json("build")["files"][0]["path"]
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), built]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    assert (tmp_path / f"{Path(built).stem}.pdf").stat().st_size > 1000


# -- beside a profile --------------------------------------------------------------------------------------------------


def _inspect(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["frame", "inspect", *arguments]) == 0
    return capsys.readouterr().out


def test_a_draft_of_our_own_does_not_differ_from_its_profile(
    road: Road, capsys: pytest.CaptureFixture[str]
) -> None:
    road.put("一段正文，说明全市养老服务的情况和安排。\n")
    data = road.built()
    out = _inspect(capsys, file(road.desk, data))
    assert [line for line in out.splitlines()[1:] if line.endswith("| 不同")] == []
    assert "— 1 — 右对齐 宋体 四号（14磅）" in out


def test_an_old_plan_is_held_beside_the_profile_item_by_item(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    out = _inspect(capsys, file(desk, old_plan())).splitlines()
    assert out[0].split() == ["项目", "|", "规格", "|", "文件", "|", "不同"]
    chapter = out.index("[章：样式“章标题”，2 段，如“第一章 发展基础”]")
    rows = {line.split()[0]: line.split() for line in reversed(out[chapter + 1 : chapter + 8])}
    font, size, pitch = rows["中文字体"], rows["字号"], rows["行距"]
    assert font == ["中文字体", "|", "黑体", "|", "方正小标宋简体", "|", "不同"]
    assert size == ["字号", "|", "三号（16磅）", "|", "小二（18磅）", "|", "不同"]
    assert pitch == ["行距", "|", "固定值28.95磅", "|", "固定值28磅", "|", "不同"]
    assert any(line.startswith("下边距") and line.endswith("不同") for line in out)
    assert any(line.startswith("左边距") and not line.endswith("不同") for line in out)
    assert out[-1].endswith("与 plan 不同")


def test_the_profile_of_official_papers_has_the_other_scheme(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    out = _inspect(capsys, file(desk, old_plan()), "--profile", "gongwen")
    (line,) = [line for line in out.splitlines() if line.startswith("编号方式")]
    assert line.split() == ["编号方式", "|", "公文", "|", "章节", "|", "不同"]
    assert run(["frame", "inspect", file(desk, old_plan()), "--profile", "red"]) == 2
    assert "inspect.unknown-profile" in capsys.readouterr().err
