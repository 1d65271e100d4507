"""Structures and unions as values: conversion from and to dicts, comparison, copies."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar, TypeGuard

from .schema import Extension, List, Ref, Schema, Shape, Spec

if TYPE_CHECKING:
    from typing import Self

    from .violations import Violation


def is_mapping(value: object) -> TypeGuard[Mapping[object, object]]:
    return isinstance(value, Mapping)


def is_sequence(value: object) -> TypeGuard[Sequence[object]]:
    """True for sequences, text and bytes apart."""
    return isinstance(value, Sequence) and not isinstance(
        value, (str, bytes, bytearray, memoryview)
    )


class Plain:
    """What is another value in dicts."""

    __slots__ = ()

    def plain(self) -> object: ...


class Shaped:
    """What structures, unions and errors have in common: members described by a schema."""

    __slots__ = ()
    __schema__: ClassVar[Schema] = Schema("", Spec(""), (), union=False)
    __union__: ClassVar[bool] = False

    @classmethod
    def from_dict(cls, values: Mapping[str, object]) -> Self:
        """Make a value from its members by the spec's names; nested members are dicts too.

        Times are datetimes and blobs are bytes. Nothing is checked but the names: a member
        that the spec doesn't have raises a ValueError. A required member may be absent.
        """
        given: object = values
        if not is_mapping(given):
            raise TypeError(f"{cls.__name__}.from_dict takes a mapping of members")
        made = cls.__new__(cls)
        fill(made, values)
        return made

    def to_dict(self) -> dict[str, object]:
        """The members that are set, by the spec's names, nested ones as dicts."""
        return {name: plain(value) for name, value in set_members(self)}

    def violations(self) -> list[Violation]:
        """Every broken constraint, in the order of the spec; empty where there is none."""
        from .validation import violations

        return violations(self)

    def validate(self) -> None:
        """Raise a ValidationError that lists every broken constraint, if there is one."""
        checker()(self)

    if not TYPE_CHECKING:

        def __getattr__(self, name):
            own, schema = type(self).__name__, self.__schema__
            member = schema.by_attr.get(name)
            if member is None:
                raise AttributeError(f"{own!r} object has no attribute {name!r}")
            raise AttributeError(
                f"{own}.{name} is not set: nothing was given for "
                f"'{member.name}', which {schema.spec.file} requires"
            )


@cache
def checker() -> Callable[[Shaped], None]:
    """What checks values; it needs this module, and each import inside a call costs time."""
    from .validation import check

    return check


class Structure(Shaped):
    """A value with named members. Values compare by members and can't be hashed."""

    __slots__ = ()

    def replace(self, **changes: object) -> Self:
        """A copy with some members changed, by attribute name; None unsets a member."""
        for name in changes:
            if name not in self.__schema__.by_attr:
                raise TypeError(unknown_name(self, name, self.__schema__.by_attr))
        made = type(self).__new__(type(self))
        made.__setstate__({**self.__getstate__(), **changes})
        return made

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Structure) or type(other) is not type(self):
            return NotImplemented
        return list(set_members(self)) == list(set_members(other))

    def __repr__(self) -> str:
        by_attr = self.__schema__.by_attr
        shown = [
            f"{attr}={'<sensitive>' if by_attr[attr].sensitive else repr(value)}"
            for attr, value in Structure.__getstate__(self).items()
        ]
        return f"{type(self).__name__}({', '.join(shown)})"

    def __getstate__(self) -> dict[str, object]:
        state = {attr: getattr(self, attr, None) for attr in self.__schema__.by_attr}
        return {attr: value for attr, value in state.items() if value is not None}

    def __setstate__(self, state: Mapping[str, object]) -> None:
        unset_all(self)
        for attr, value in state.items():
            if attr in self.__schema__.by_attr:
                put(self, attr, value)


class Union(Structure):
    """A value with one of several members set.

    ``unknown`` holds members that the spec doesn't have, as they came; there is one at most
    in what a service sends.
    """

    __slots__ = ("unknown",)
    __union__ = True

    unknown: dict[str, object]

    def __init__(self) -> None:
        self.unknown = {}

    @property
    def kind(self) -> str | None:
        """The spec's name of the member that is set, known or not."""
        return next((name for name, _ in set_members(self)), None)

    @property
    def value(self) -> object:
        """The value of the member that is set."""
        return next((value for _, value in set_members(self)), None)

    def __repr__(self) -> str:
        if not self.unknown:
            return super().__repr__()
        return f"{type(self).__name__}(unknown={sorted(self.unknown)})"

    def __getstate__(self) -> dict[str, object]:
        state = super().__getstate__()
        return {**state, "unknown": self.unknown} if self.unknown else state

    def __setstate__(self, state: Mapping[str, object]) -> None:
        super().__setstate__(state)
        unknown = state.get("unknown")
        if is_mapping(unknown):
            self.unknown = {str(name): value for name, value in unknown.items()}


def set_members(value: Shaped) -> Iterator[tuple[str, object]]:
    """The members that are set, by the spec's names; unknown ones last."""
    for member in value.__schema__.members:
        found: object = getattr(value, member.attr, None)
        if found is not None:
            yield member.name, found
    if isinstance(value, Union):
        yield from value.unknown.items()


def put(target: Shaped, attr: str, value: object) -> None:
    if value is not None:
        setattr(target, attr, value)
    elif not target.__schema__.by_attr[attr].required:
        setattr(target, attr, None)
    elif hasattr(target, attr):
        delattr(target, attr)


def unset_all(target: Shaped) -> None:
    for member in target.__schema__.members:
        if not member.required:
            setattr(target, member.attr, None)
    if isinstance(target, Union):
        target.unknown = {}


def plain(value: object) -> object:
    if isinstance(value, Shaped):
        return value.to_dict()
    if isinstance(value, Plain):
        return value.plain()
    if is_mapping(value):
        return {key: plain(inner) for key, inner in value.items()}
    if is_sequence(value):
        return [plain(item) for item in value]
    return value


def fill(target: Shaped, values: Mapping[str, object]) -> None:
    schema = target.__schema__
    unset_all(target)
    for name, value in values.items():
        member = schema.by_name.get(name)
        if member is not None:
            put(target, member.attr, from_plain(member.shape, value, schema.scope))
        elif isinstance(target, Union):
            target.unknown[name] = value
        else:
            raise ValueError(unknown_name(target, name, schema.by_name))


def from_plain(shape: Shape, value: object, scope: str) -> object:
    """A value with dicts turned into structures; what doesn't fit stays as it is."""
    if isinstance(shape, Extension):
        return shape.from_plain(value, scope)
    if isinstance(shape, List) and is_sequence(value):
        return [from_plain(shape.item, item, scope) for item in value]
    if not isinstance(shape, Ref) or not is_mapping(value):
        return value
    cls = find(scope, shape.name)
    made = cls.__new__(cls)
    fill(made, {str(name): inner for name, inner in value.items()})
    return made


def find(scope: str, name: str) -> type[Shaped]:
    found: object = getattr(import_module(scope + ".shapes"), name)
    if isinstance(found, type) and issubclass(found, Shaped):
        return found
    raise TypeError(f"{scope}.shapes.{name} is not a structure")


def unknown_name(value: Shaped, name: str, known: Mapping[str, object]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, list(known), n=1)
    hint = f"; did you mean {close[0]!r}?" if close else ""
    return f"{type(value).__name__} has no member {name!r}{hint}"
