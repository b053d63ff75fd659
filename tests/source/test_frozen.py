"""Quick dataclasses are the standard library's in all but the time they take."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, field, fields, replace
from typing import Any, Generic, TypeVar

import pytest

from drafter.source import frozen

T = TypeVar("T")


@frozen.dataclass(frozen=True, slots=True)
class Point:
    """Somewhere."""

    x: int
    y: int = 2
    names: tuple[str, ...] = ()
    seen: list[int] = field(default_factory=list, compare=False, repr=False)

    @property
    def sum(self) -> int:
        return self.x + self.y


@frozen.dataclass(frozen=True, slots=True)
class Named(Point, Generic[T]):
    """With a value of its own, after those of its base."""

    value: T | None = None


def pair(**options: bool) -> tuple[type[Any], type[Any]]:
    """The same class made by both."""

    def make(decorate: Callable[..., Any]) -> type[Any]:
        class Made:
            """Something."""

            one: int
            two: str = "b"
            three: list[int] = field(default_factory=list, hash=False)

        return decorate(frozen=True, slots=True, **options)(Made)  # type: ignore[no-any-return]

    return make(frozen.dataclass), make(dataclasses.dataclass)


def test_it_is_made_from_what_the_standard_one_is_made_from() -> None:
    ours, theirs = pair()
    for given in ((1,), (1, "c"), (1, "c", [3])):
        a, b = ours(*given), theirs(*given)
        assert dataclasses.astuple(a) == dataclasses.astuple(b)
        assert repr(a) == repr(b)
        assert hash(a) == hash(b)
    assert ours.__match_args__ == theirs.__match_args__
    assert ours.__slots__ == theirs.__slots__
    for made in (ours, theirs):
        with pytest.raises(TypeError):
            made()
        with pytest.raises(TypeError):
            made(1, "c", [], 4)


def test_equal_are_objects_of_one_class_with_equal_fields() -> None:
    assert Point(1, 2) == Point(1)
    assert Point(1) != Point(2)
    assert Point(1, seen=[1]) == Point(1)
    assert Point(1) != Named(1)
    assert Point(1).__eq__((1, 2, ())) is NotImplemented
    assert len({Point(1), Point(1), Point(2)}) == 2
    ours, theirs = pair(eq=False)
    for made in (ours, theirs):
        one = made(1)
        assert one == one  # noqa: PLR0124 -- itself, and nothing else
        assert one != made(1)


def test_nothing_of_it_changes() -> None:
    point = Point(1)
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'x'"):
        point.x = 3  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'z'"):
        point.z = 3  # type: ignore[attr-defined]
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'x'"):
        del point.x
    assert not hasattr(point, "__dict__")


def test_each_has_its_own_list() -> None:
    Point(1).seen.append(4)
    assert Point(1).seen == []


def test_it_can_be_matched_replaced_copied_and_pickled() -> None:
    point = Named(3, 4, ("a",), value="v")
    match point:
        case Point(x, y, names):
            assert (x, y, names) == (3, 4, ("a",))
    assert replace(point, y=7) == Named(3, 7, ("a",), value="v")
    assert copy.deepcopy(point) == copy.copy(point) == pickle.loads(pickle.dumps(point)) == point  # noqa: S301 -- our own
    assert [each.name for each in fields(point)] == ["x", "y", "names", "seen", "value"]
    assert point.sum == 7


def test_what_a_class_says_itself_stays() -> None:
    @frozen.dataclass(frozen=True, slots=True)
    class Odd:
        """All are equal."""

        one: int

        def __post_init__(self) -> None:
            if self.one < 0:
                raise ValueError("below nothing")

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Odd)

        def __hash__(self) -> int:
            return 1

        def __repr__(self) -> str:
            return "odd"

    assert Odd(1) == Odd(2)
    assert (hash(Odd(1)), repr(Odd(1))) == (1, "odd")
    with pytest.raises(ValueError, match="below nothing"):
        Odd(-1)


def test_other_wishes_are_left_to_the_standard_library() -> None:
    @frozen.dataclass(frozen=True, slots=True, order=True)
    class Ordered:
        one: int

    @frozen.dataclass
    class Plain:
        one: int

    assert Ordered(1) < Ordered(2)
    plain = Plain(1)
    plain.one = 2
    assert plain == Plain(2)


def test_a_field_that_is_not_given_in_its_place_is_refused_where_the_class_is_made() -> None:
    class Late:
        one: int = field(init=False)

    with pytest.raises(TypeError, match=r"Late\.one"):
        frozen.dataclass(frozen=True, slots=True)(Late)
