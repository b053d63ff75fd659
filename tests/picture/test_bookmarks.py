from tests.picture.making import p, paragraphs, r, table, tr


def start(name: str, number: int = 1) -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'


def end(number: int = 1) -> str:
    return f'<w:bookmarkEnd w:id="{number}"/>'


def names(body: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [(q.bookmarks, q.open) for q in paragraphs(body)]


def test_a_name_starts_in_its_paragraph_and_is_open_until_it_ends() -> None:
    body = p(start("_pf_1"), r("甲")) + p(r("乙")) + p(r("丙"), end()) + p(r("丁"))
    assert names(body) == [(("_pf_1",), ()), ((), ("_pf_1",)), ((), ("_pf_1",)), ((), ())]


def test_a_name_that_nobody_ends_is_open_nowhere() -> None:
    assert names(p(start("_pf_1")) + p()) == [(("_pf_1",), ()), ((), ())]


def test_a_split_doubles_the_name_with_one_end() -> None:
    body = p(start("_pf_1", 3)) + p(start("_pf_1", 4), end(4))
    assert [found for found, _ in names(body)] == [("_pf_1",), ("_pf_1",)]


def test_names_and_their_copies_are_kept_as_they_are() -> None:
    body = p(start("_pf_1", 1), start("_pf_1_Copy_1", 2), start("_pf_1", 3), end(1), end(2), end(3))
    assert names(body) == [(("_pf_1", "_pf_1_Copy_1", "_pf_1"), ())]


def test_names_between_paragraphs_belong_to_the_next() -> None:
    assert names(p() + start("_pf_1") + p() + end()) == [((), ()), (("_pf_1",), ())]
    assert names(p() + start("_pf_1") + end() + p()) == [((), ()), (("_pf_1",), ())]


def test_names_between_rows_and_cells_belong_to_the_first_paragraph_after() -> None:
    body = table(tr(p(r("甲"))), start("_pf_r"), tr(p(r("乙")), p(r("丙")) + end()))
    assert names(body) == [((), ()), (("_pf_r",), ()), ((), ("_pf_r",))]
    assert names(table(f"<w:tr>{start('x')}<w:tc>{p()}</w:tc></w:tr>")) == [(("x",), ())]


def test_names_behind_the_last_paragraph_belong_to_it() -> None:
    assert names(p(r("甲")) + start("_GoBack") + end()) == [(("_GoBack",), ())]


def test_an_end_without_a_start_is_nothing() -> None:
    assert names(p(end(9), r("甲"))) == [((), ())]
