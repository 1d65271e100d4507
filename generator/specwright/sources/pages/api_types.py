"""The types that API Reference pages name in words."""

from __future__ import annotations

import re

from specwright.sources.pages.facts import Fact, Member

_PLAIN = {
    "string": "string",
    "integer": "integer",
    "long": "long",
    "short": "short",
    "byte": "byte",
    "float": "float",
    "double": "double",
    "boolean": "boolean",
    "timestamp": "timestamp",
    "blob": "blob",
    "base64-encoded binary data object": "blob",
    "base64-encoded binary data objects": "blob",
    "json value": "document",
    "document": "document",
}


_GOES_ON = re.compile(r"(?:to|of|objects?|maps?|data)(?!\w)")


def type_of(written: str) -> Member | None:
    """The member that a type in words stands for."""
    lines = [line.strip() for line in written.strip().split("\n")]
    for count in (1, 2, 3, len(lines)):
        if count < len(lines) and _GOES_ON.match(lines[count]):
            continue
        words = " ".join(" ".join(lines[:count]).split()).rstrip(".")
        if (member := _typed(words)) is not None:
            return member
    return None


def _typed(words: str, depth: int = 0) -> Member | None:
    if depth > 8:
        return None
    if (kind := _PLAIN.get(words.lower())) or (
        depth and words.endswith("s") and (kind := _PLAIN.get(words[:-1].lower()))
    ):
        return Member(0, {"type": Fact(kind, 0)})
    if (found := re.fullmatch(r"[Aa]rrays? of (?P<item>.+)", words)) is not None:
        inner = _typed(found["item"], depth + 1)
        return (
            None if inner is None else Member(0, {"type": Fact("list", 0)}, item=inner)
        )
    found = re.fullmatch(r"(?P<key>[Ss]tring|[\w.-]+) to (?P<value>.+?) maps?", words)
    if found is not None:
        value = _typed(found["value"], depth + 1)
        if value is None:
            return None
        key = Member(0, {"type": Fact("string", 0)})
        return Member(0, {"type": Fact("map", 0)}, key=key, value=value)
    found = re.fullmatch(r"(?P<name>[A-Za-z_]\w*)[ ]?(?:objects?|data types?)", words)
    if found is not None:
        return Member(0, {"shape": Fact(found["name"], 0), "object": Fact(True, 0)})
    return None
