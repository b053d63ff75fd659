import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from drafter.actions.shelf import Shelf, issued_before
from drafter.release import ledger as ledgers
from drafter.release import manifest as manifests
from drafter.release.manifest import MASTER, Manifest, snapshot_hash
from drafter.release.stages import Issuance
from drafter.source.issues import Misnamed, Refused


def manifest(version: str, plan: str = "p1") -> Manifest:
    return Manifest(
        plan=plan, title="规划", issuance=Issuance(version, "征求意见稿"), date="2021-01-15", issued="2021-01-15T09:30:00+08:00",
        by="", note="", forced="", engine="0", revision="", id="7f3a7f3a", settings={}, frame="templates/plan.docx", facts={}, snapshot=snapshot_hash({}), sources={},
        files={MASTER: "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"}, copies=(),
    )  # fmt: skip


def put(root: Path, version: str) -> None:
    shelf = Shelf(root)
    with shelf.held():
        shelf.put(manifest(version), {MASTER: b"foo"})


def test_what_is_put_on_the_shelf_is_found_again(tmp_path: Path) -> None:
    put(tmp_path, "v1")
    put(tmp_path, "v2")
    shelf = Shelf(tmp_path)
    assert shelf.versions("p1") == ("v1", "v2")
    assert [entry.version for entry in shelf.ledger().entries] == ["v1", "v2"]
    found = shelf.named("p1", "v2")
    assert found.manifest == manifest("v2")
    assert shelf.bytes_of(found, MASTER) == b"foo"
    assert [each.version for each in issued_before(shelf, "p1")] == ["v1", "v2"]
    assert list(ledgers.altered(shelf.ledger().entries)) == []


def test_a_tenth_version_comes_after_the_ninth(tmp_path: Path) -> None:
    for number in range(1, 11):
        put(tmp_path, f"v{number}")
    assert Shelf(tmp_path).versions("p1")[-2:] == ("v9", "v10")


def test_an_unknown_version_is_wrong_usage_and_the_known_are_named(tmp_path: Path) -> None:
    put(tmp_path, "v1")
    with pytest.raises(Misnamed) as refused:
        Shelf(tmp_path).named("p1", "v3")
    assert refused.value.issues[0].facts["nearest"] == "v1"


def test_an_altered_file_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "v1")
    (tmp_path / "data/releases/p1/v1" / MASTER).write_bytes(b"bar")
    shelf = Shelf(tmp_path)
    with pytest.raises(Refused) as refused:
        shelf.bytes_of(shelf.named("p1", "v1"), MASTER)
    assert [issue.code for issue in refused.value.issues] == ["release.file-altered"]


def test_half_a_release_is_taken_away_and_said(tmp_path: Path) -> None:
    put(tmp_path, "v1")
    half = tmp_path / "data/releases/p1/.new-v2"
    half.mkdir()
    (half / MASTER).write_bytes(b"fo")
    with Shelf(tmp_path).held() as told:
        assert [(issue.code, issue.place.file) for issue in told] == [
            ("release.cleaned", "data/releases/p1/.new-v2")
        ]
    assert not half.exists()
    assert Shelf(tmp_path).versions("p1") == ("v1",)


def test_a_whole_release_that_the_ledger_does_not_know_is_entered(tmp_path: Path) -> None:
    put(tmp_path, "v1")
    before = (tmp_path / ledgers.PATH).read_bytes()
    put(tmp_path, "v2")
    after = (tmp_path / ledgers.PATH).read_bytes()
    (tmp_path / ledgers.PATH).write_bytes(before)  # as it is where the process died between the two
    with Shelf(tmp_path).held() as told:
        assert [issue.code for issue in told] == ["release.entered"]
    assert (tmp_path / ledgers.PATH).read_bytes() == after


def test_a_ledger_that_lost_several_entries_is_not_made_up_again(tmp_path: Path) -> None:
    put(tmp_path, "v1")
    put(tmp_path, "v2")
    (tmp_path / ledgers.PATH).unlink()
    with Shelf(tmp_path).held() as told:
        assert told == ()
    assert Shelf(tmp_path).ledger().entries == ()


def test_the_shelf_is_held_by_one(tmp_path: Path) -> None:
    with Shelf(tmp_path).held(), pytest.raises(Refused) as refused, Shelf(tmp_path).held():
        pass
    assert [issue.code for issue in refused.value.issues] == ["source.locked"]


def test_a_release_whose_manifest_is_broken_stops_the_next_one(tmp_path: Path) -> None:
    put(tmp_path, "v1")
    (tmp_path / "data/releases/p1/v1" / manifests.NAME).write_text("plan: [", encoding="utf-8")
    with pytest.raises(Refused):
        issued_before(Shelf(tmp_path), "p1")


def test_a_workspace_without_releases(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    assert (shelf.plans(), shelf.versions("p1"), shelf.ledger().entries, list(shelf.all())) == (
        (),
        (),
        (),
        [],
    )


def test_a_version_that_was_taken_away_is_not_issued_again(tmp_path: Path) -> None:
    put(tmp_path, "v1")
    put(tmp_path, "v2")
    shutil.rmtree(tmp_path / "data/releases/p1/v2")
    assert issued_before(Shelf(tmp_path), "p1") == (
        Issuance("v1", "征求意见稿"),
        Issuance("v2", "征求意见稿"),
    )


def test_a_release_that_the_ledger_cannot_take_is_taken_back(tmp_path: Path) -> None:
    put(tmp_path, "v1")
    ledger = tmp_path / ledgers.PATH
    before = ledger.read_bytes()
    shelf = Shelf(tmp_path)
    with shelf.held():
        ledger.unlink()
        ledger.mkdir()  # cannot be read, and not written either
        with pytest.raises(Refused):
            shelf.put(manifest("v2"), {MASTER: b"foo"})
    ledger.rmdir()
    ledger.write_bytes(before)
    assert shelf.versions("p1") == ("v1",)
    with shelf.held() as told:
        assert told == ()


def test_a_release_in_the_folder_of_another_is_named(tmp_path: Path) -> None:
    put(tmp_path, "v1")
    shutil.copytree(tmp_path / "data/releases/p1/v1", tmp_path / "data/releases/p1/v2")
    outcome = Shelf(tmp_path).release("p1", "v2")
    assert outcome.value is None
    assert [(issue.code, issue.facts["release"]) for issue in outcome.issues] == [
        ("release.misplaced", "p1 v1")
    ]


def test_a_manifest_that_nobody_can_read_again_is_not_put_on_the_shelf(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    with shelf.held(), pytest.raises(Refused):
        shelf.put(replace(manifest("v1"), note="\udcff"), {MASTER: b"foo"})
    assert shelf.versions("p1") == ()


def test_a_ledger_that_takes_no_entry_is_left_as_it_is(tmp_path: Path) -> None:
    ledger = tmp_path / ledgers.PATH
    ledger.parent.mkdir(parents=True)
    ledger.write_text("[]\n", "utf-8")
    shelf = Shelf(tmp_path)
    with shelf.held(), pytest.raises(Refused):
        shelf.put(manifest("v1"), {MASTER: b"foo"})
    assert ledger.read_text("utf-8") == "[]\n"
    assert shelf.versions("p1") == ()
