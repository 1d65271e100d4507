"""Values of JSON by the type that they should have; anything else reads as absent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

Json: TypeAlias = Mapping[str, object]
"""A JSON object."""

Spec: TypeAlias = dict[str, object]
"""A mapping of a spec document, as it is written."""

_NOTHING: Json = {}


def is_object(value: object) -> bool:
    """True for a JSON object."""
    return isinstance(value, dict)


def mapping(value: Json, key: str) -> Json:
    """The object of a key; an empty one where there is none."""
    found = value.get(key)
    return found if isinstance(found, dict) else _NOTHING


def text(value: Json, key: str) -> str | None:
    """The text of a key, unless it is empty."""
    found = value.get(key)
    return found if isinstance(found, str) and found else None


def flag(value: Json, key: str) -> bool:
    """True where a key is true."""
    return value.get(key) is True


def whole(value: Json, key: str) -> int | None:
    """The whole number of a key."""
    found = value.get(key)
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def status_of(value: Json, key: str) -> int | None:
    """The HTTP status of a key."""
    found = whole(value, key)
    return found if found is not None and 100 <= found <= 599 else None


def texts(value: Json, key: str) -> list[str]:
    """The texts of a key that has one text or a list of them."""
    found = value.get(key)
    items = found if isinstance(found, list) else [found]
    return [item for item in items if isinstance(item, str)]


def objects(value: Json, key: str) -> list[Json]:
    """The objects of a list."""
    found = value.get(key)
    return [i for i in found if isinstance(i, dict)] if isinstance(found, list) else []


def entries(value: Json) -> Iterator[tuple[str, Json]]:
    """The entries of an object that are objects themselves."""
    for key, inner in value.items():
        if isinstance(inner, dict):
            yield key, inner


def plain(value: object) -> object:
    """A copy of a JSON value that a spec can hold."""
    match value:
        case dict():
            return {str(key): plain(inner) for key, inner in value.items()}
        case list():
            return [plain(inner) for inner in value]
        case _:
            return value
