from drafter.release.stages import Issuance, following, goes_back, labelled, number_of

STAGES = ("讨论稿", "征求意见稿", "送审稿")


def test_versions_count_up_and_a_stage_that_comes_again_is_counted() -> None:
    first = following([], "征求意见稿")
    second = following([first], "征求意见稿")
    assert first == Issuance("v1", "征求意见稿")
    assert second == Issuance("v2", "征求意见稿", 2)
    assert [first.label, second.label] == ["征求意见稿", "二次征求意见稿"]


def test_what_goes_to_the_public_is_counted_by_itself() -> None:
    first = following([], "征求意见稿")
    public = following([first], "征求意见稿", public=True)
    again = following([first, public], "征求意见稿")
    assert [(each.version, each.label) for each in (public, again)] == [
        ("v2", "征求意见稿"),
        ("v3", "二次征求意见稿"),
    ]
    assert following([first, public, again], "征求意见稿", public=True).label == "二次征求意见稿"


def test_a_version_follows_the_highest_not_the_last() -> None:
    assert following([Issuance("v3", "讨论稿"), Issuance("v2", "讨论稿")], "送审稿").version == "v4"


def test_a_stage_before_one_that_was_issued_goes_back() -> None:
    before = [Issuance("v1", "讨论稿"), Issuance("v2", "送审稿"), Issuance("v3", "征求意见稿")]
    assert goes_back(STAGES, before, "征求意见稿") == "送审稿"
    assert goes_back(STAGES, before, "送审稿") == ""
    assert goes_back(STAGES, [], "讨论稿") == ""


def test_a_stage_that_the_workspace_no_longer_knows_is_left_out_of_the_order() -> None:
    assert goes_back(STAGES, [Issuance("v1", "论证稿")], "讨论稿") == ""


def test_what_is_no_version_has_no_number() -> None:
    assert [number_of(each) for each in ("v2", "v02", "2", "v", "v2x", "v0")] == [2, 0, 0, 0, 0, 0]


def test_a_label_says_which_time_a_stage_is() -> None:
    for made in (Issuance("v1", "征求意见稿"), Issuance("v2", "征求意见稿", 2), Issuance("v9", "讨论稿", 21)):
        assert labelled(made.version, made.label) == made
    assert labelled("v1", "某次讨论稿") == Issuance("v1", "某次讨论稿")
