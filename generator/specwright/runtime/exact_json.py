"""JSON in which no digit of a number is lost."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeVar

from .big_decimals import ExactFloat
from .json_errors import JsonAnswers
from .structure import is_mapping, is_sequence

JsonProtocol = TypeVar("JsonProtocol", bound=JsonAnswers)


def exact(protocol: JsonProtocol) -> JsonProtocol:
    """A protocol that reads and writes numbers of any precision."""
    protocol.loads = loads
    protocol.dumps = dumps
    return protocol


def loads(body: bytes) -> object:
    """A JSON body whose fractions are ExactFloats; an empty one is null."""
    from json import loads

    parsed: object = loads(body, parse_float=exact_float) if body else None
    return parsed


def exact_float(text: str) -> ExactFloat:
    made = ExactFloat(text)
    made.text = text
    return made


def dumps(value: object) -> str:
    """A value as JSON, decimals among them as the numbers that they are."""
    if is_mapping(value):
        pairs = [f"{dumps(str(key))}: {dumps(inner)}" for key, inner in value.items()]
        return f"{{{', '.join(pairs)}}}"
    if is_sequence(value):
        return f"[{', '.join(map(dumps, value))}]"
    if isinstance(value, Decimal):
        return str(value)
    from json import dumps as to_json

    return to_json(value)
