"""Documents: members that hold any JSON value, null included."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import isfinite
from typing import TypeAlias

from .maps import TEXT_KEYS, shown
from .reading import Convert, Reader
from .schema import Extension, Shape, Spec
from .structure import Plain, is_mapping, is_sequence, plain
from .validation import Check, is_unicode
from .values import JsonValue
from .violations import Findings, Name, pointer_to

JsonDocument: TypeAlias = (
    "bool | int | float | str | Sequence[JsonValue] | Mapping[str, JsonValue] | Null"
)
"""What a document member holds: inside it null is None, in its place it is NULL."""

DEEPEST = 400
"""So many arrays and objects may be nested; a document that holds itself has more."""


class Null(Plain):
    """The type of NULL: of a document that is null, and not absent."""

    __slots__ = ()

    def plain(self) -> None:
        return None

    def __reduce__(self) -> str:
        return "NULL"

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "NULL"


NULL = Null()


class Document(Extension):
    kind = "document"

    def check(self, scope: str, spec: Spec) -> Check:
        def check_document(value: object, at: str, name: Name, found: Findings) -> None:
            if value is not NULL:
                check_json(value, at, name, found, spec, 0)

        return check_document

    def reader(self, scope: str, inner: Callable[[Shape], Reader]) -> Reader:
        return None, as_it_is

    def writer(self, inner: Callable[[Shape], Convert | None]) -> Convert | None:
        return plain

    def from_plain(self, value: object, scope: str) -> object:
        return NULL if value is None else value


def as_it_is(value: object) -> object:
    return value


def check_json(
    value: object, at: str, name: Name, found: Findings, spec: Spec, depth: int
) -> None:
    """Note each part of a value that JSON can't hold."""
    here = pointer_to(at, name)
    if depth > DEEPEST:
        what = f"a JSON value with at most {DEEPEST} arrays and objects in each other"
        found.note(at, name, "type", what, spec.main)
    elif is_mapping(value):
        for key, inner in value.items():
            if isinstance(key, str) and is_unicode(key):
                check_json(inner, here, shown(key, found), found, spec, depth + 1)
            else:
                found.note(at, name, "type", TEXT_KEYS, spec.main)
    elif is_sequence(value):
        for index, inner in enumerate(value):
            check_json(inner, here, index, found, spec, depth + 1)
    elif not is_leaf(value):
        found.note(at, name, "type", "a JSON value", spec.main)


def is_leaf(value: object) -> bool:
    """True for what JSON has a word for: not for texts with lone surrogates, nor for numbers
    that aren't finite."""
    if isinstance(value, float):
        return isfinite(value)
    if isinstance(value, str):
        return is_unicode(value)
    return value is None or isinstance(value, int)
