from drafter.release.recipients import Recipient, chosen

EVERYONE = (
    Recipient("市财政局", ("市直部门", "会签部门")),
    Recipient("市教育局", ("市直部门",)),
    Recipient("东渚市民政局", ("县级",)),
)


def test_a_group_stands_for_its_members_and_nobody_is_asked_twice() -> None:
    assert chosen(EVERYONE, ["东渚市民政局", "市直部门", "会签部门"]).value == (
        "东渚市民政局",
        "市财政局",
        "市教育局",
    )


def test_every_unknown_word_is_said_with_the_nearest_known() -> None:
    outcome = chosen(EVERYONE, ["市财政", "市直部"])
    assert [(each.code, each.facts["nearest"]) for each in outcome.issues] == [
        ("release.unknown-recipient", "市财政局"),
        ("release.unknown-recipient", "市直部门"),
    ]


def test_the_recipients_of_the_sample_are_read_from_its_data(
    sample_recipients: tuple[Recipient, ...],
) -> None:
    assert Recipient("市财政局", ("市直部门", "会签部门")) in sample_recipients
    assert len(chosen(sample_recipients, ["县级民政部门"]).value or ()) == 8


def test_several_may_stand_in_one_word() -> None:
    assert chosen(EVERYONE, ["市教育局、东渚市民政局", "会签部门,"]).value == (
        "市教育局",
        "东渚市民政局",
        "市财政局",
    )
