"""Lists whose items must differ."""

from __future__ import annotations

from datetime import datetime

from .schema import List
from .structure import Shaped, is_mapping, is_sequence
from .timestamps import EPOCH
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
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return hex(value)  # which is fast for the largest ones
    if isinstance(value, datetime) and is_zoned(value):
        return repr(value - EPOCH)
    if isinstance(value, str):
        return repr(str(value))
    if isinstance(value, bytearray):
        return repr(bytes(value))
    return plain_decimal(value) or repr(value)


def plain_decimal(value: object) -> str | None:
    """The text of a decimal without the zeros that it is written with; None for others."""
    from decimal import Decimal

    if not isinstance(value, Decimal):
        return None
    sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        return None
    text = "".join(map(str, digits)).lstrip("0")
    shown = text.rstrip("0")
    exponent += len(text) - len(shown)
    if not shown or 0 <= exponent <= 1_000:
        return hex(int(value))  # as integers are
    return f"{'-' if sign else ''}{shown}e{exponent}"


class UniqueList(List):
    """A list that holds no value twice."""

    distinct = staticmethod(are_distinct)
