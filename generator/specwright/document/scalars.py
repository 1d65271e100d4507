"""What a plain YAML scalar means: the core schema of YAML 1.2, and nothing of YAML 1.1."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TypeAlias

Scalar: TypeAlias = str | int | bool | float | Decimal | None

MAX_DIGITS = 400
"""Longer numbers are refused: no limit of an API needs them, and reading them takes long."""

_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
    **{
        sign + word: float("inf")
        for sign in ("", "+")
        for word in (".inf", ".Inf", ".INF")
    },
    **{"-" + word: float("-inf") for word in (".inf", ".Inf", ".INF")},
}
_DECIMAL = re.compile(r"[-+]?[0-9]+\Z")
_BASED = re.compile(r"0(?:o[0-7]+|x[0-9a-fA-F]+)\Z")
_FLOAT = re.compile(
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE](?P<exponent>[-+]?[0-9]+))?\Z"
)
# What YAML 1.1 readers turn into something else: our files have to read alike in both.
_YAML_11 = re.compile(
    r"""(?: [yYnN] | [yY]es | YES | [nN]o | NO | [oO]n | ON | [oO]ff | OFF
    | [-+]?0b[01_]+ | [-+]?0[0-7_]+ | [-+]?0x[0-9a-fA-F_]+
    | [-+]?[0-9][0-9_]*(?::[0-5]?[0-9])*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?
    | [-+]?\.[0-9_]+(?:[eE][-+]?[0-9]+)?
    | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt\s].*)?
    | << | = )\Z""",
    re.VERBOSE,
)


class NumberTooLongError(ValueError):
    """A number with more digits than any limit of an API has."""


def resolve(text: str) -> Scalar:
    """The value of a plain scalar. Raises NumberTooLongError; anything that is no number is text."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    if _DECIMAL.match(text):
        return int(_short(text))
    if _BASED.match(text):
        return int(_short(text), 0)
    if found := _FLOAT.match(text):
        exponent = found["exponent"] or "0"
        if len(exponent) > 5 or abs(int(exponent)) > MAX_DIGITS:
            raise NumberTooLongError
        return Decimal(_short(text))
    return text


def means_itself(text: str) -> bool:
    """True where readers of YAML 1.1 and 1.2 alike take the plain scalar for this very text."""
    if text in _WORDS or _YAML_11.match(text) is not None:
        return False
    return not (_DECIMAL.match(text) or _BASED.match(text) or _FLOAT.match(text))


def _short(text: str) -> str:
    if len(text) > MAX_DIGITS:
        raise NumberTooLongError
    return text
