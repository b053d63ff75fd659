"""A version leaves the office, comes back, and is held against what was sent, as a coordinator does it."""

import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from drafter.actions.release import Wanted, release
from drafter.actions.shelf import Shelf
from drafter.actions.verify import verify
from drafter.release.ledger import added, entry_after
from tests.actions.workspace import FILES, FIRST, OFFICE, STAGES, WORKSPACE, Desk, parts, silently, write
from tests.word.audit import audited

ASK = ("release", "p1", "--stage", "征求意见稿")


def copies(desk: Desk, version: str) -> dict[str, bytes]:
    folder = desk.root / "build/releases/p1" / version
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_each_recipient_gets_a_numbered_copy_of_the_same_text(office: Desk) -> None:
    made = office.json(*ASK, "--to", "部门", "--to", "东渚市民政局", "--deadline", "2021-12-20")
    assert [Path(path).name for path in made["copies"]] == [
        "临港市规划（征求意见稿 v1 2021-11-30）-01-市财政局.docx",
        "临港市规划（征求意见稿 v1 2021-11-30）-02-市教育局.docx",
        "临港市规划（征求意见稿 v1 2021-11-30）-03-东渚市民政局.docx",
    ]
    packages = [parts(data) for data in copies(office, "v1").values()]
    assert len({package["word/document.xml"] for package in packages}) == 1
    assert len({package["docProps/custom.xml"] for package in packages}) == 3
    assert {copy.deadline for copy in Shelf(office.root).named("p1", "v1").manifest.copies} == {"2021-12-20"}


def test_a_copy_that_comes_back_is_held_against_what_was_sent_though_build_is_gone(
    office: Desk, tmp_path: Path
) -> None:
    office.json(*ASK, "--to", "部门")
    (data, _) = copies(office, "v1").values()
    shutil.rmtree(office.root / "build")
    returned = tmp_path / "退回.docx"
    returned.write_bytes(data)
    assert office.json("collect", str(returned))["remarks"] == []
    returned.write_bytes(silently(data, "以人民为中心", "以群众为中心"))
    (remark,) = office.json("collect", str(returned))["remarks"]
    assert (remark["original"], remark["target"]["file"]) == ("人民", FIRST)


def test_copies_are_made_again_to_the_byte(office: Desk) -> None:
    office.json(*ASK, "--to", "部门")
    before = copies(office, "v1")
    shutil.rmtree(office.root / "build")
    (office.root / FIRST).write_text(
        "---\nid: p1/a\n", "utf-8"
    )  # what happened to the sources since does not count
    written = office.json("releases", "p1", "v1", "--copies")["written"]
    assert len(written) == 2
    assert copies(office, "v1") == before
    assert office.json("releases", "p1", "v1", "--copies")["written"] == []


def test_copies_are_made_again_only_as_they_were_issued(office: Desk) -> None:
    office.json(*ASK, "--to", "部门")
    path = office.root / "data/releases/p1/v1/manifest.yaml"
    issued = path.read_text("utf-8")
    shutil.rmtree(office.root / "build")
    for old, new, code in (
        ("recipient: 市财政局", "recipient: 市审计局", "release.manifest-altered"),
        ("file: 临港市规划", "file: ../../临港市规划", "release.manifest-path"),
        ("plan: p1", "plan: ../../p1", "release.misplaced"),
    ):
        path.write_text(issued.replace(old, new), "utf-8")
        assert office.said("releases", "p1", "--copies")[0].endswith(code)
        assert not (office.root / "build").exists()
    path.write_text(issued, "utf-8")
    assert len(office.json("releases", "p1", "--copies")["written"]) == 2


def test_the_list_says_what_has_changed_since(office: Desk) -> None:
    office.json(*ASK, "--to", "市财政局", "--note", "先发财政")
    (first,) = office.json("releases")["releases"]
    assert (first["note"], first["changed"]) == ("先发财政", [])
    text = (office.root / FIRST).read_text("utf-8")
    (office.root / FIRST).write_text(text.replace("基本民生", "基本生活"), "utf-8")
    (second,) = office.json("releases", "p1")["releases"]
    assert second["changed"] == [FIRST]
    assert office.run("releases", "p1") == 0
    assert f"此后改过 1 个源文件：{FIRST}" in office.out


def test_a_stage_that_comes_again_says_so_on_its_cover(office: Desk) -> None:
    office.json(*ASK)
    made = office.json(*ASK, "--date", "2021-12-15")
    assert (made["version"], made["stage"]) == ("v2", "二次征求意见稿")
    (data,) = copies(office, "v2").values()
    assert "（二次征求意见稿）" in parts(data)["word/document.xml"].decode()


def test_a_stage_does_not_go_back_unasked(office: Desk) -> None:
    office.json("release", "p1", "--stage", "送审稿")
    assert office.said(*ASK) == ["data/plans/p1.yaml release.goes-back"]
    assert office.json(*ASK, "--again")["version"] == "v2"


def test_every_reason_against_a_release_is_said_and_nothing_is_written(office: Desk) -> None:
    text = (office.root / FIRST).read_text("utf-8")
    (office.root / FIRST).write_text(text + "\n{++还没有定++}\n\n{{ 指标.没有的 }}\n", "utf-8")
    said = office.said(*ASK)
    assert [one.rpartition(" ")[2] for one in said] == ["document.critic-open", "merge.undefined"]
    assert not (office.root / "data/releases/p1").exists()


def test_answers_due_before_the_draft_are_a_slip(office: Desk) -> None:
    early = (*ASK, "--deadline", "2020-12-20")
    assert office.said(*early) == ["data/plans/p1.yaml release.deadline-early"]
    assert office.json(*early, "--force", "补发")["version"] == "v1"


@pytest.mark.parametrize("option", ["--note", "--by", "--force", "--watermark"])
def test_words_that_no_file_can_hold_are_wrong_usage(office: Desk, option: str) -> None:
    assert office.said(*ASK, option, "a\udcffb", code=2)[0].endswith("cli.unwritable-words")
    assert not (office.root / "data/releases/p1").exists()


def test_copies_that_cannot_be_written_do_not_undo_the_version(office: Desk) -> None:
    (office.root / "build").write_text("", "utf-8")
    said = [one.rpartition(" ")[2] for one in office.said(*ASK, "--to", "部门")]
    assert said == ["source.unwritable", "release.copies-unwritten"]
    (office.root / "build").unlink()
    assert len(office.json("releases", "p1", "v1", "--copies")["written"]) == 2


def test_the_revision_says_whether_sources_differ_from_it(office: Desk) -> None:
    def git(*arguments: str) -> None:
        named = ("-c", "user.name=甲", "-c", "user.email=a@b.c")
        subprocess.run(["git", *named, *arguments], cwd=office.root, check=True, capture_output=True)

    (office.root / ".gitignore").write_text("build/\n", "utf-8")
    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "一")
    for _ in range(2):  # what was issued is no difference
        office.json(*ASK)
    (office.root / FIRST).write_text((office.root / FIRST).read_text("utf-8") + "\n再加一句。\n", "utf-8")
    office.json(*ASK)
    ends = [release["revision"][40:] for release in office.json("releases")["releases"]]
    assert ends == ["", "", "+"]


def test_a_release_by_force_keeps_its_reason(office: Desk) -> None:
    text = (office.root / FIRST).read_text("utf-8")
    (office.root / FIRST).write_text(text + "\n{++还没有定++}\n", "utf-8")
    office.json(*ASK, "--force", "局长要求今天发")
    (release,) = office.json("releases")["releases"]
    assert release["forced"] == "局长要求今天发"


def test_what_is_wrong_with_another_plan_keeps_no_release_back(office: Desk) -> None:
    other = office.root / "sections/p1/01/09.md"
    other.write_text("---\nid: p9/x\ntitle: 别的\nowner: 养老科\n---\n文字\n", "utf-8")
    assert office.run("check") in {0, 1}
    text = (office.root / "data/plans/p1.yaml").read_text("utf-8")
    (office.root / "data/plans/p2.yaml").write_text(
        text.replace("id: p1\n", "id: p2\n").replace("numbering: 章节", "numbering: 错"), "utf-8"
    )
    assert office.run(*ASK) == 0, office.err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("release", "p1", "--stage", "没有的稿"), "build.unknown-stage"),
        (("release", "p9", "--stage", "征求意见稿"), "build.unknown-plan"),
        (("releases", "p1", "v7"), "release.unknown-version"),
        (("releases", "p9"), "build.unknown-plan"),
    ],
)
def test_wrong_names_are_wrong_usage(office: Desk, arguments: tuple[str, ...], code: str) -> None:
    assert [one.rpartition(" ")[2] for one in office.said(*arguments, code=2)] == [code]


def test_unknown_recipients_are_all_named(office: Desk) -> None:
    issues = office.json(*ASK, "--to", "市财政", "--to", "省里", code=1)["issues"]
    assert [issue["code"] for issue in issues] == ["release.unknown-recipient"] * 2
    assert "市财政局" in issues[0]["hint"]


# -- verify ------------------------------------------------------------------------------------------------------------


def test_nothing_that_was_issued_has_changed(office: Desk) -> None:
    office.json(*ASK, "--to", "部门")
    made = office.json("release", "p1", "--stage", "送审稿")
    found = office.json("verify")
    assert (found["releases"], found["copies"], found["issues"]) == (2, 3, [])
    assert found["head"] == made["head"]


MASTER, MANIFEST, LEDGER = (
    "data/releases/p1/v1/master.docx",
    "data/releases/p1/v1/manifest.yaml",
    "data/releases/ledger.yaml",
)


@pytest.mark.parametrize(
    ("path", "spoil", "said"),
    [
        (MASTER, lambda data: data[:-1] + b"x", f"{MASTER} release.file-altered"),
        (MASTER, None, f"{MASTER} release.file-gone"),
        (
            f"data/releases/p1/v1/snapshot/{FIRST}",
            lambda data: data + b"x",
            f"data/releases/p1/v1/snapshot/{FIRST} release.file-altered",
        ),
        (
            MANIFEST,
            lambda data: data.replace("市财政局".encode(), "市审计局".encode()),
            f"{MANIFEST} release.manifest-altered",
        ),
        (
            LEDGER,
            lambda data: data.replace("征求意见稿".encode(), "送审稿".encode()),
            f"{LEDGER} release.ledger-altered",
        ),
        (LEDGER, lambda _: b"", f"{MANIFEST} release.not-entered"),
        (
            "data/releases/p1/v1/多的.txt",
            lambda _: b"x",
            "data/releases/p1/v1/多的.txt release.file-added",
        ),
        (
            "build/releases/p1/v1/临港市规划（征求意见稿 v1 2021-11-30）-01-市财政局.docx",
            lambda data: data[:-1] + b"x",
            "build/releases/p1/v1/临港市规划（征求意见稿 v1 2021-11-30）-01-市财政局.docx release.copy-altered",
        ),
    ],
)
def test_what_was_altered_since_is_named(
    office: Desk, path: str, spoil: Callable[[bytes], bytes] | None, said: str
) -> None:
    office.json(*ASK, "--to", "部门")
    target = office.root / path
    if spoil is None:
        target.unlink()
    else:
        target.write_bytes(spoil(target.read_bytes() if target.exists() else b""))
    assert said in office.said("verify")


def test_a_release_that_was_taken_away_is_named(office: Desk) -> None:
    office.json(*ASK)
    shutil.rmtree(office.root / "data/releases/p1")
    assert office.said("verify") == ["data/releases/p1/v1 release.gone"]


def test_a_version_that_stands_in_the_ledger_twice_is_named(office: Desk) -> None:
    office.json(*ASK)
    shelf = Shelf(office.root)
    entries = shelf.ledger()
    twice = entry_after(entries, "p1", "v1", "征求意见稿", "2021-11-30", b"")
    (office.root / LEDGER).write_text(added(entries, twice).text, "utf-8")
    assert f"{LEDGER} release.entered-twice" in office.said("verify")


# -- killed processes --------------------------------------------------------------------------------------------------


def killed_at(number: int, act: Callable[[], object]) -> bool:
    """Run it in a process of its own that is killed at this wait for the disk; whether it came so far."""
    child = os.fork()
    if child == 0:
        calls, real = 0, os.fsync

        def fsync(handle: int) -> None:
            nonlocal calls
            calls += 1
            if calls == number:
                os.kill(os.getpid(), signal.SIGKILL)
            real(handle)

        os.fsync = fsync  # type: ignore[assignment]
        act()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes can be forked here")
def test_a_release_killed_at_any_write_is_whole_or_absent(tmp_path: Path) -> None:
    root = write(tmp_path / "w", OFFICE)
    wanted = Wanted("征求意见稿", ("部门",), note="第一次")

    def act() -> object:
        return release(root, "p1", wanted, datetime(2021, 11, 30, 9, tzinfo=UTC))

    act()
    shutil.rmtree(root / "data/releases")
    number, said = 1, set()
    while killed_at(number, act):
        whole = (root / "data/releases/p1/v1/manifest.yaml").exists()
        following = release(root, "p1", wanted)
        assert following.value is not None
        assert following.value.version == ("v2" if whole else "v1")
        said |= {issue.code for issue in following.issues}
        assert verify(root).issues == ()
        shutil.rmtree(root / "data/releases")
        shutil.rmtree(root / "build", ignore_errors=True)
        number += 1
    assert said == {"release.cleaned", "release.entered"}
    assert number > len(FILES)


# -- for the public ----------------------------------------------------------------------------------------------------

TABLE = "data/tables.yaml"
OWNED = {
    TABLE: FILES[TABLE].replace(
        "  - {head: 床位, value: 床位}\n",
        "  - {head: 床位, value: 床位}\n  - {head: 类型, value: 类型, internal: true}\n",
    )
}


def public(desk: Desk, words: str = "[养老科]") -> dict[str, bytes]:
    (desk.root / WORKSPACE).write_text(f"{STAGES}internal: {words}\n", "utf-8")
    (desk.root / TABLE).write_text(OWNED[TABLE], "utf-8")
    office = desk.json(*ASK, "--public")
    looked = ["comments", "revisions", "bookmarks", "ids", "authors", "words"]
    assert office["proof"] == [{"what": each, "found": []} for each in looked]
    (data,) = copies(desk, "v1").values()
    return parts(data)


def test_a_public_version_leads_back_to_nothing(office: Desk) -> None:
    package = public(office)
    assert not [name for name in package if name.startswith("customXml") or "custom.xml" in name]
    assert b"_pf_" not in package["word/document.xml"] + package["word/footnotes.xml"]
    assert "_Toc1" in package["word/document.xml"].decode()
    assert audited(*copies(office, "v1").values()) == []
    assert office.json("verify")["issues"] == []


def test_a_public_version_leaves_internal_columns_out(office: Desk) -> None:
    assert "类型" not in public(office)["word/document.xml"].decode()
    office.json(*ASK)
    (data,) = copies(office, "v2").values()
    assert "类型" in parts(data)["word/document.xml"].decode()


def test_internal_wording_keeps_a_public_version_back(office: Desk) -> None:
    (office.root / WORKSPACE).write_text(f"{STAGES}internal: [各级责任, 没有的词]\n", "utf-8")
    (issue,) = office.json(*ASK, "--public", code=1)["issues"]
    assert issue["code"] == "release.public-words"
    assert "落实各级责任" in issue["message"]
    assert not (office.root / "data/releases/p1").exists()


def test_a_public_version_has_no_recipients(office: Desk) -> None:
    assert office.run(*ASK, "--public", "--to", "市财政局") == 2


def test_a_public_copy_is_made_again_too(office: Desk) -> None:
    public(office)
    before = copies(office, "v1")
    shutil.rmtree(office.root / "build")
    assert len(office.json("releases", "p1", "v1", "--copies")["written"]) == 1
    assert copies(office, "v1") == before


# -- tracking and watermark --------------------------------------------------------------------------------------------


def test_tracking_is_switched_on_and_enforced_only_when_asked(office: Desk) -> None:
    office.json(*ASK, "--to", "市财政局")
    office.json(*ASK, "--to", "市财政局", "--enforce")
    plain, enforced = (
        parts(*copies(office, version).values())["word/settings.xml"] for version in ("v1", "v2")
    )
    assert b"<w:trackRevisions/>" in plain
    assert b"documentProtection" not in plain
    assert b'<w:documentProtection w:edit="trackedChanges" w:enforcement="1"/>' in enforced


def test_a_watermark_stands_behind_every_page_and_is_no_remark(office: Desk, tmp_path: Path) -> None:
    office.json(*ASK, "--to", "市财政局", "--watermark", "征求意见稿 <内部>")
    (data,) = copies(office, "v1").values()
    assert audited(data) == []
    headers = [body for name, body in parts(data).items() if name.startswith("word/header")]
    assert headers
    assert all('string="征求意见稿 &lt;内部&gt;"'.encode() in body for body in headers)
    returned = tmp_path / "退回.docx"
    returned.write_bytes(data)
    assert office.json("collect", str(returned))["remarks"] == []
    shutil.rmtree(office.root / "build")
    office.json("releases", "p1", "v1", "--copies")
    assert copies(office, "v1") == dict.fromkeys(copies(office, "v1"), data)


def test_the_copy_says_on_its_cover_whose_it_is(office: Desk) -> None:
    office.json(*ASK, "--to", "部门")
    first, second = (parts(data) for data in copies(office, "v1").values())
    (header,) = [name for name in first if name.startswith("word/header")]
    assert ("000001" in first[header].decode(), "市财政局" in first[header].decode()) == (True, True)
    assert "市教育局" in second[header].decode()
    differing = {name for name in first if first[name] != second[name]}
    assert differing == {header, "docProps/custom.xml", "customXml/item1.xml"}


# -- reading copies and PDF --------------------------------------------------------------------------------------------


def test_a_reading_copy_goes_with_each_copy_and_comes_back_too(office: Desk, tmp_path: Path) -> None:
    office.json(*ASK, "--to", "部门", "--reading")
    made = copies(office, "v1")
    assert [name.rpartition("-")[2] for name in made] == [
        "市财政局.docx", "市财政局（阅读稿）.docx", "市教育局.docx", "市教育局（阅读稿）.docx"
    ]  # fmt: skip
    listed = office.json("releases", "p1")["releases"][0]["copies"]
    assert [each["reading"] for each in listed] == ["（阅读稿）" in each["file"] for each in listed]
    office.run("releases", "p1")
    assert office.out.splitlines()[1].split()[:2] == ["01", "市财政局"]
    assert sum("（阅读稿）" in line for line in office.out.splitlines()) == 2
    returned = tmp_path / "退回.docx"
    data = made["临港市规划（征求意见稿 v1 2021-11-30）-02-市教育局（阅读稿）.docx"]
    shutil.rmtree(office.root / "build")
    returned.write_bytes(data)
    assert office.json("collect", str(returned))["remarks"] == []
    returned.write_bytes(silently(data, "以人民为中心", "以群众为中心"))
    (remark,) = office.json("collect", str(returned))["remarks"]
    assert (remark["original"], remark["target"]["file"]) == ("人民", FIRST)
    assert len(office.json("releases", "p1", "v1", "--copies")["written"]) == 4
    assert copies(office, "v1") == made
    assert office.json("verify")["issues"] == []


def test_without_libreoffice_the_version_stands_and_the_missing_pdf_is_said(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("drafter.actions.office._program", lambda: "")
    issues = office.json(*ASK, "--to", "部门", "--pdf", code=1)["issues"]
    assert [issue["code"] for issue in issues] == ["office.missing"]
    assert len(copies(office, "v1")) == 2


def test_pages_that_nobody_can_count_keep_a_version_back(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("drafter.actions.office._program", lambda: "")
    assert [one.rpartition(" ")[2] for one in office.said(*ASK, "--pages")] == ["office.missing"]
    assert not (office.root / "data/releases/p1").exists()


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_a_pdf_stands_beside_each_copy(office: Desk) -> None:
    made = office.json(*ASK, "--to", "市财政局", "--pdf")
    docx, pdf = (office.root / path for path in made["copies"])
    assert (docx.suffix, pdf.read_bytes()[:5]) == (".docx", b"%PDF-")
