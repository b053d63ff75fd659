from dataclasses import replace

import pytest

from drafter.release.manifest import Copy, Manifest, dumped, loaded, snapshot_hash
from drafter.release.stages import Issuance

MANIFEST = Manifest(
    plan="p145",
    title="临港市民政事业发展“十四五”规划: 草案",
    issuance=Issuance("v2", "征求意见稿", 2),
    date="2021-01-15",
    issued="2021-01-15T09:30:00+08:00",
    by="张三",
    note="按局长意见：先发部门\n再发县里 # 不是注释",
    forced="",
    engine="0.1.0",
    revision="",
    id="7f3a" * 5,
    settings={"stage": "征求意见稿", "internal": "yes"},
    frame="templates/plan.docx",
    facts={"名称": "规划"},
    snapshot=snapshot_hash({"data/a.yaml": "0" * 64}),
    sources={"data/a.yaml": "0" * 64},
    files={"master.docx": "1" * 64, "record.json": "4" * 64},
    copies=(
        Copy(1, "市财政局", "2021-02-05", "a" * 20, "规划-01-市财政局.docx", "2" * 64),
        Copy(2, "", "", "b" * 20, "x.docx", "3" * 64),
    ),
)


def test_a_manifest_is_read_as_it_was_written() -> None:
    outcome = loaded("manifest.yaml", dumped(MANIFEST))
    assert outcome.issues == ()
    assert outcome.value == MANIFEST


def test_the_same_manifest_gives_the_same_bytes() -> None:
    again = replace(MANIFEST, files=dict(reversed(list(MANIFEST.files.items()))))
    assert dumped(again) == dumped(MANIFEST)


def test_what_is_missing_in_a_manifest_is_named_with_its_place() -> None:
    text = dumped(MANIFEST).decode().replace("version: v2\n", "")
    outcome = loaded("manifest.yaml", text.encode())
    assert outcome.value is None
    assert [(issue.code, issue.facts["key"]) for issue in outcome.issues] == [
        ("workspace.missing-key", "version")
    ]


def test_a_broken_manifest_is_no_fault_of_ours() -> None:
    for data in (b"", b"\xff\xfe", b"plan: [", b"- 1\n", b"plan: p\n"):
        outcome = loaded("manifest.yaml", data)
        assert outcome.value is None
        assert outcome.issues


def test_the_snapshot_hash_depends_on_paths_and_contents_not_on_order() -> None:
    one = snapshot_hash({"a": "1", "b": "2"})
    assert one == snapshot_hash({"b": "2", "a": "1"})
    assert one != snapshot_hash({"a": "2", "b": "1"})


@pytest.mark.parametrize("path", ["../../x.docx", "/etc/x.docx", "a/b.docx", "..", "C:x.docx", "..\\x.docx"])
def test_a_copy_of_a_manifest_never_leads_out_of_its_folder(path: str) -> None:
    outcome = loaded("manifest.yaml", dumped(replace(MANIFEST, copies=(Copy(1, "", "", "", path, "0"),))))
    assert outcome.value is None
    assert [issue.code for issue in outcome.issues] == ["release.manifest-path"]


@pytest.mark.parametrize("path", ["../x", "/etc/x", "data/../../x", "C:/x", "..\\x"])
def test_no_file_of_a_manifest_leads_out_of_its_folder(path: str) -> None:
    for changed in (replace(MANIFEST, files={path: "0"}), replace(MANIFEST, sources={path: "0"})):
        outcome = loaded("manifest.yaml", dumped(changed))
        assert [issue.code for issue in outcome.issues] == ["release.manifest-path"]


def test_a_copy_of_an_unknown_master_is_named() -> None:
    outcome = loaded("manifest.yaml", dumped(MANIFEST) + b"  master: odd.docx\n")
    assert outcome.value is None
    assert [issue.facts["value"] for issue in outcome.issues] == ["odd.docx"]
