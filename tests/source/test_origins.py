from drafter.source.origins import Datum, SourceSlice, lineage


def test_a_datum_has_each_of_those_behind_it_once_however_many_ways_lead_there() -> None:
    first = Datum("甲", SourceSlice("data/a.yaml", 0, 1))
    other = Datum("乙", SourceSlice("data/a.yaml", 2, 3))
    for step in range(200):
        total = Datum(f"和{step}", None, f"和{step}", (first, other))
        rest = Datum(f"差{step}", None, f"差{step}", (first, other))
        first, other = total, rest
    found = [each.key for each in lineage(first)]
    assert len(found) == len(set(found)) == 401
    assert found[:2] == ["和199", "和198"]
    assert found[-1] == "差198"
