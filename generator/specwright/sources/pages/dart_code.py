"""Dart code as far as the pages need it: brackets, arguments and texts."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Texts with ${…} may hold quotes there.
_STRING = (
    r"r?'''.*?'''|'(?:[^'\\$\n]|\\.|\$\{(?:[^{}'\n]|'[^'\n]*')*\}|\$)*'|\"[^\"\n]*\""
)
_PIECE = re.compile(
    rf"(?P<text>{_STRING})|(?P<open>[(\[{{])|(?P<close>[)\]}}])|(?P<comma>,)", re.DOTALL
)


def closing(code: str, start: int) -> int:
    """The offset of the bracket that closes the one at an offset; the end if none does."""
    depth = 0
    for found in _PIECE.finditer(code, start):
        if found["open"]:
            depth += 1
        elif found["close"]:
            depth -= 1
            if depth <= 0:
                return found.start()
    return len(code)


def arguments(code: str, start: int, end: int) -> Iterator[str]:
    """The parts between commas that stand in no brackets."""
    depth, begin = 0, start
    for found in _PIECE.finditer(code, start, end):
        if found["open"]:
            depth += 1
        elif found["close"]:
            depth -= 1
        elif found["comma"] and depth <= 0:
            yield code[begin : found.start()].strip()
            begin = found.end()
    if rest := code[begin:end].strip():
        yield rest


def parameters(code: str) -> Iterator[str]:
    """The parameters of a signature: types may hold commas between < and >."""
    depth, begin = 0, 0
    for found in re.finditer("[<>,]", code):
        if found[0] == ",":
            if depth == 0:
                yield code[begin : found.start()].strip()
                begin = found.end()
        else:
            depth += 1 if found[0] == "<" else -1
    if rest := code[begin:].strip():
        yield rest


def unquoted(text: str) -> str | None:
    """The text that stands between quotes, raw where it is marked so."""
    text = text.strip()
    for quotes in ("r'''", "'''", "r'", "'", '"'):
        end = quotes.lstrip("r")
        if (
            text.startswith(quotes)
            and text.endswith(end)
            and len(text) >= len(quotes + end)
        ):
            inner = text[len(quotes) : -len(end)]
            return inner if quotes[0] == "r" else re.sub(r"\\(.)", r"\1", inner)
    return None
