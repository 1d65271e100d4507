"""What follows a backslash in a pattern, where that stands for characters."""

from __future__ import annotations

import re

from specwright.patterns.charset import (
    DIGIT,
    LINE_ENDS,
    SPACE,
    WORD,
    Ranges,
    complement,
)
from specwright.patterns.problems import invalid, not_linear
from specwright.patterns.properties import property_set

_CONTROLS = {"n": 10, "r": 13, "t": 9, "f": 12, "v": 11, "a": 7, "e": 27}
_BLANKS: Ranges = ((9, 9), (32, 32))
_SETS: dict[str, Ranges] = {
    "d": DIGIT,
    "w": WORD,
    "s": SPACE,
    "h": _BLANKS,
    "R": LINE_ENDS,
}
_SETS |= {"D": complement(DIGIT), "W": complement(WORD), "S": complement(SPACE)}
_SETS |= {"H": complement(_BLANKS)}
_CODE = re.compile(r"x([0-9A-Fa-f]{2})|[xu]\{([0-9A-Fa-f]{1,8})\}|u([0-9A-Fa-f]{4})")
_LOW = re.compile(r"\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})")
_OCTAL = re.compile(r"0[0-7]{0,2}")
_PROPERTY = re.compile(r"([pP])(?:\{(\^?)([^{}]*)\}|([A-Z]))")


def escape(text: str, at: int) -> tuple[int | Ranges, int]:
    """The character or set that an escape means, and the offset after it.

    ``at`` is the offset of what follows the backslash. Raises RefusedError.
    """
    char = text[at : at + 1]
    if not char:
        raise invalid(
            "it ends in a lone backslash", at - 1, "write '\\\\' for a backslash"
        )
    if char in _SETS:
        return _SETS[char], at + 1
    if char in _CONTROLS:
        return _CONTROLS[char], at + 1
    if char in "xu":
        return _code(text, at)
    if char in "pP":
        return _property(text, at)
    if found := _OCTAL.match(text, at):
        return int(found[0], 8), found.end()
    if char == "c" and text[at + 1 : at + 2].isalpha() and text[at + 1].isascii():
        return ord(text[at + 1]) % 32, at + 2
    if char in "123456789" or char == "k":
        raise not_linear("back-references can't be matched in linear time", at - 1)
    if char.isalnum():
        raise invalid(
            f"'\\{char}' is not an escape", at - 1, f"write '{char}' for the character"
        )
    return ord(char), at + 1


def _code(text: str, at: int) -> tuple[int, int]:
    found = _CODE.match(text, at)
    if found is None:
        raise invalid(
            f"'\\{text[at]}' needs the code of a character",
            at - 1,
            "write '\\x41', '\\u0041' or '\\u{41}'",
        )
    code = int(found[1] or found[2] or found[3], 16)
    if code > 0x10FFFF:
        raise invalid("a character code above 10FFFF", at - 1)
    if found[3] and 0xD800 <= code < 0xDC00 and (low := _LOW.match(text, found.end())):
        return 0x10000 + ((code - 0xD800) << 10) + int(low[1], 16) - 0xDC00, low.end()
    return code, found.end()


def _property(text: str, at: int) -> tuple[Ranges, int]:
    found = _PROPERTY.match(text, at)
    if found is None:
        raise invalid(
            f"'\\{text[at]}' needs the name of a property", at - 1, "write '\\p{L}'"
        )
    name = found[3] or found[4] or ""
    ranges = property_set(name)
    if ranges is None:
        raise invalid(
            f"'{name}' is not a known character property",
            at - 1,
            "known are general categories, the larger scripts, and names such as Alnum",
        )
    outside = (found[1] == "P") != bool(found[2])
    return (complement(ranges) if outside else ranges), found.end()
