"""The text of an expression as tokens."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n]+)
    |(?P<name>[A-Za-z_][A-Za-z0-9_]*)
    |(?P<quoted>"(?:[^"\\]|\\.)*")
    |(?P<raw>'(?:[^'\\]|\\.)*')
    |(?P<json>`(?:[^`\\]|\\.)*`)
    |(?P<number>-?[0-9]+)
    |(?P<sign>\|\||&&|==|!=|<=|>=|\[\?|\[\]|[|<>!.*@,:()\[\]{}])""",
    re.VERBOSE | re.DOTALL,
)


class ExpressionError(Exception):
    """Text that is not an expression, or one that is not known here."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text: its kind, which is the sign itself for signs, and what it stands for."""

    kind: str
    value: object
    place: int


def tokens(text: str) -> Iterator[Token]:
    """The tokens of an expression, and one that marks its end. Raises ExpressionError."""
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ExpressionError(
                f"'{text[at]}' at {at + 1} begins nothing that is known"
            )
        kind, piece = str(match.lastgroup), match[0]
        if kind == "sign":
            yield Token(piece, piece, at)
        elif kind != "space":
            yield Token(*_read(kind, piece, at), at)
        at = match.end()
    yield Token("end", None, at)


def _read(kind: str, piece: str, at: int) -> tuple[str, object]:
    if kind == "name":
        return "name", piece
    if kind == "number":
        return "number", int(piece)
    inner = piece[1:-1]
    if kind == "raw":
        return "literal", inner.replace("\\'", "'").replace("\\\\", "\\")
    try:
        if kind == "quoted":
            return "quoted", json.loads(piece)
        value = json.loads(inner.replace("\\`", "`"), parse_constant=_refuse)
        return "literal", value
    except ValueError:
        raise ExpressionError(f"{piece} at {at + 1} is not JSON") from None


def _refuse(name: str) -> object:
    """NaN and its like, which Python reads and JSON doesn't have."""
    raise ValueError(name)
