"""Where a value stands in a JSON text: looked up only when there is something to say about it."""

from __future__ import annotations

import json
import re

from specwright.diagnostics import Position
from specwright.sources.botocore.report import Path

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}:,]|[^\s\[\]{}:,"]+', re.DOTALL)


def locate(source: str, path: Path, file: str) -> Position:
    """Where the value at a path begins, in a text that is JSON; the nearest thing around it
    where the path leads nowhere."""
    offset = _offset(source, path)
    line = source.count("\n", 0, offset) + 1
    return Position(file, line, offset - source.rfind("\n", 0, offset))


def _offset(source: str, path: Path) -> int:
    tokens = _TOKEN.finditer(source)
    first = next(tokens, None)
    offset = 0 if first is None else first.start()
    if first is None or first[0] not in "{[":
        return offset
    matched = depth = 0
    """How many steps of the path lead to the value around, and how deep that is."""
    key: str | None = None
    counts = [0]
    kinds = [first[0]]
    previous = first[0]
    for token in tokens:
        word = token[0]
        inside = depth == matched and matched < len(path)
        step: str | int = (key or "") if kinds[-1] == "{" else counts[-1]
        if word == ",":
            counts[-1] += 1
        elif word in "]}":
            if depth == matched:
                return offset
            depth -= 1
            kinds.pop()
            counts.pop()
            if not kinds:
                return offset
        elif kinds[-1] == "{" and previous in "{,":
            key = json.loads(word, strict=False) if depth == matched else None
        elif word != ":":
            if inside and step == path[matched]:
                offset = token.start()
                matched += 1
                if matched == len(path) or word not in "{[":
                    return offset
            if word in "{[":
                depth += 1
                kinds.append(word)
                counts.append(0)
        previous = word
    return offset
