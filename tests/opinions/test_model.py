from drafter.opinions.model import Channel, Opinion, Reply
from drafter.source.issues import Place


def test_an_opinion_without_words_to_put_is_not_one_that_deletes() -> None:
    nothing = Opinion(Place("表.docx"), quote="床位")
    strikes = Opinion(Place("表.docx"), quote="床位", instead="")
    assert nothing.instead is None
    assert nothing != strikes


def test_an_answer_says_nothing_until_it_does() -> None:
    assert not Reply().conclusion
    assert Channel("反馈意见表") is Channel.FORM
