"""Lists whose items must differ."""

from __future__ import annotations

from datetime import datetime

from .schema import List
from .structure import Shaped, is_mapping, is_sequence
from .validation import is_zoned


def are_distinct(values: object) -> bool:
    """False where two items are equal by value; bools aren't numbers."""
    keys = [canonical(item) for item in (values if is_sequence(values) else ())]
    return len(set(keys)) == len(keys)


def canonical(value: object) -> str:
    """A text that only equal values share."""
    if isinstance(value, Shaped):
        value = value.to_dict()
    if is_mapping(value):
        pairs = [f"{canonical(k)}:{canonical(v)}" for k, v in value.items()]
        return "{" + ",".join(sorted(pairs)) + "}"
    if is_sequence(value):
        return "[" + ",".join(canonical(item) for item in value) + "]"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and is_zoned(value):
        return f"@{value.timestamp()!r}"
    if isinstance(value, str):
        return repr(str(value))
    return repr(bytes(value)) if isinstance(value, bytearray) else repr(value)


class UniqueList(List):
    """A list that holds no value twice."""

    distinct = staticmethod(are_distinct)
