"""The one place where text of a spec becomes part of Python source."""

from __future__ import annotations

import textwrap

WIDTH = 88


def literal(text: str) -> str:
    """A string literal in the quotes that need fewer escapes, double ones among equals; raw
    where that spares doubling backslashes."""
    if (
        "\\" in text
        and '"' not in text
        and not text.endswith("\\")
        and all(map(plain, text))
    ):
        return f'r"{text}"'
    if text.isascii() and text.isprintable() and "\\" not in text and '"' not in text:
        return f'"{text}"'
    quote = "'" if text.count('"') > text.count("'") else '"'
    return quote + "".join(escaped(c, quote) for c in text) + quote


def plain(char: str) -> bool:
    """True for what a literal shows as it is: printable, one column wide, and no letter of
    another script that is taken for a Latin one."""
    return char < "\u0300" and char.isprintable()


def escaped(char: str, quote: str) -> str:
    """A character inside a literal: itself where it is plain, else by its code."""
    if char in ("\\", quote):
        return "\\" + char
    return char if plain(char) else code(char)


def code(char: str) -> str:
    """The escape of a character."""
    if char in "\n\t\r":
        return {"\n": "\\n", "\t": "\\t", "\r": "\\r"}[char]
    number = ord(char)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def prose(text: str) -> str:
    """Text as part of a docstring: no escape, quote or control character takes effect."""
    flat = " ".join(text.split()).replace("\\", "\\\\")
    safe = (
        flat
        if flat.isprintable()
        else "".join(c if c.isprintable() else code(c) for c in flat)
    )
    touches = safe.startswith('"') or safe.endswith('"') or '"""' in safe
    return safe.replace('"', '\\"') if touches else safe


def paragraph(text: str, indent: int, hanging: int = 0) -> list[str]:
    """Prose filled to the width of the page; later lines hang in."""
    return textwrap.wrap(
        prose(text),
        WIDTH - indent,
        subsequent_indent=" " * hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
