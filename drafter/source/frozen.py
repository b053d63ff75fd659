"""`dataclass(frozen=True, slots=True)` as the standard library makes it, in a fifth of the time.

The standard decorator writes six methods as text and compiles each: a third of a millisecond for a class. A build loads more than a
hundred of them, and waited for that as long as for reading its Markdown. Here the standard decorator finds the fields and makes the
slots; `__init__` alone is compiled, and fills the slots directly, so that an object too is made in two thirds of the time. The other
methods are one function for all classes, or put together from parts.

What is asked for beside `frozen`, `slots` and `eq` is left to the standard library; fields that are given by keyword only or not at
all (`kw_only`, `init=False`, `InitVar`) are not for here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from operator import attrgetter
from typing import TYPE_CHECKING, ClassVar, NoReturn, Protocol, TypeAlias

Fields: TypeAlias = "tuple[Field[object], ...]"
Values: TypeAlias = Callable[[object], object]

if TYPE_CHECKING:
    from dataclasses import dataclass

    class Instance(Protocol):
        """An object of any dataclass."""

        __dataclass_fields__: ClassVar[dict[str, Field[object]]]

else:
    from dataclasses import dataclass as standard

    def dataclass(
        cls: type | None = None,
        /,
        *,
        frozen: bool = False,
        slots: bool = False,
        eq: bool = True,
        **others: bool,
    ) -> type | Callable[[type], type]:
        """The standard decorator, quick where the class is frozen and has slots."""
        if others or not (frozen and slots):
            return standard(cls, frozen=frozen, slots=slots, eq=eq, **others)

        def made(plain: type) -> type:
            slotted = standard(plain, init=False, repr=False, eq=False, slots=True)
            for name, method in _methods(slotted, fields(slotted), eq=eq).items():
                # a class with an `__eq__` of its own has got `None` for its `__hash__`
                if slotted.__dict__.get(name) is None:
                    setattr(slotted, name, method)
            return slotted

        return made if cls is None else made(cls)


def _methods(cls: type, own: Fields, *, eq: bool) -> Mapping[str, Callable[..., object]]:
    compared = tuple(each.name for each in own if each.compare)
    hashed = tuple(each.name for each in own if (each.compare if each.hash is None else each.hash))
    return {
        "__init__": _init(cls, own),
        "__repr__": _repr,
        "__setattr__": _set,
        "__delattr__": _delete,
        "__getstate__": _state,
        "__setstate__": _restore,
        **({"__eq__": _eq(_values(compared)), "__hash__": _hash(_values(hashed))} if eq else {}),
    }


def _init(cls: type, own: Fields) -> Callable[..., None]:
    names: dict[str, object] = {"_MISSING": MISSING}
    head, body = ["self"], []
    for each in own:
        name = value = each.name
        if not each.init or each.kw_only:
            raise TypeError(f"{cls.__qualname__}.{name}: take the decorator of the standard library")
        names[f"_set_{name}"] = getattr(cls, name).__set__
        if each.default is not MISSING:
            names[f"_default_{name}"] = each.default
            head.append(f"{name}=_default_{name}")
        elif each.default_factory is not MISSING:
            names[f"_new_{name}"] = each.default_factory
            head.append(f"{name}=_MISSING")
            value = f"_new_{name}() if {name} is _MISSING else {name}"
        else:
            head.append(name)
        body.append(f"_set_{name}(self, {value})")
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    made: dict[str, Callable[..., None]] = {}
    exec(f"def __init__({', '.join(head)}):\n " + "\n ".join(body or ["pass"]), names, made)  # noqa: S102 -- names of fields
    return made["__init__"]


def _values(names: tuple[str, ...]) -> Values:
    """From an object to the tuple of these fields."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda each: tuple(getattr(each, name) for name in names)


def _eq(values: Values) -> Callable[[object, object], object]:
    def equal(self: object, other: object) -> object:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    return equal


def _hash(values: Values) -> Callable[[object], int]:
    return lambda self: hash(values(self))


def _repr(self: Instance) -> str:
    shown = (f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
    return f"{self.__class__.__qualname__}({', '.join(shown)})"


def _set(_self: object, name: str, _value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delete(_self: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Instance) -> list[object]:
    return [getattr(self, each.name) for each in fields(self)]


def _restore(self: Instance, state: list[object]) -> None:
    for each, value in zip(fields(self), state, strict=True):
        getattr(self.__class__, each.name).__set__(self, value)


__all__ = ["dataclass"]
