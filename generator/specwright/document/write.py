"""Plain data to YAML text that readers of YAML 1.1 and 1.2 take for the same data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from specwright.document.scalars import means_itself

WIDTH = 100
"""Lines are no longer than this, where the data can be broken at all."""

# Invisible characters and those that turn the direction of text are written as escapes, so
# that a review shows what is there. The list is fixed: it must not follow Python's version.
_NEEDS_ESCAPE = re.compile(
    "[^\x20-\x7e\xa1-\xac\xae-\u061b\u061d-\u200a\u2010-\u2027\u202f-\u205f"
    "\u2070-\ud7ff\ue000-\ufefe\uff00-\ufff8\ufffc\ufffd\U00010000-\U000dffff]"
)
_INDICATORS = "-?:,[]{}#&*!|>'\"%@`"
_FLOW_INDICATORS = frozenset(",[]{}?")
_SHORT_ESCAPES = {
    '"': '\\"',
    "\\": "\\\\",
    "\n": "\\n",
    "\t": "\\t",
    "\r": "\\r",
    "\0": "\\0",
}


def flow(value: object) -> str:
    """The value on one line."""
    match value:
        case Mapping():
            return (
                "{" + ", ".join(f"{key(k)}: {flow(v)}" for k, v in value.items()) + "}"
            )
        case list() | tuple():
            return "[" + ", ".join(flow(item) for item in value) + "]"
        case str():
            return _text(value, inside=True)
        case _:
            return _number_or_word(value)


def key(name: object) -> str:
    """The key of a mapping, in block and flow style alike."""
    return _text(str(name), inside=True)


def entry(name: str, value: object, indent: int, *, prose: bool = False) -> list[str]:
    """The lines of one key: a single one where it fits, else a block. Prose is folded."""
    margin = " " * indent
    head = f"{margin}{key(name)}:"
    if isinstance(value, str):
        line = f"{head} {_text(value, inside=False)}"
        if prose and (len(line) > WIDTH or "\n" in value) and _foldable(value):
            return [f"{head} >-", *_folded(value, indent + 2)]
        return [line]
    line = f"{head} {flow(value)}"
    if len(line) <= WIDTH or not value:
        return [line]
    match value:
        case Mapping():
            return [
                head,
                *(
                    row
                    for k, v in value.items()
                    for row in entry(str(k), v, indent + 2)
                ),
            ]
        case list() | tuple():
            return [head, *(f"{margin}  - {flow(item)}" for item in value)]
        case _:
            return [line]


def _text(text: str, *, inside: bool) -> str:
    if _NEEDS_ESCAPE.search(text):
        return '"' + "".join(_escaped(text)) + '"'
    if _plain(text, inside=inside):
        return text
    return "'" + text.replace("'", "''") + "'"


def _plain(text: str, *, inside: bool) -> bool:
    """True where the text needs no quotes. ``inside`` brackets there are more that do."""
    if (
        not means_itself(text)
        or text[0] in _INDICATORS
        or text[0] == " "
        or text[-1] in " :"
    ):
        return False
    if ": " in text or " #" in text or text.startswith(("...", "---")):
        return False
    return not (inside and (_FLOW_INDICATORS & set(text) or ":" in text))


def _escaped(text: str) -> Iterator[str]:
    for character in text:
        if character in _SHORT_ESCAPES:
            yield _SHORT_ESCAPES[character]
        elif not _NEEDS_ESCAPE.match(character):
            yield character
        elif (code := ord(character)) <= 0xFF:
            yield f"\\x{code:02x}"
        else:
            yield f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _number_or_word(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case Decimal() if value.is_finite():
            text = str(value)
            return text if re.search("[.E]", text) else text + ".0"
        case Decimal() | float():
            return _float(float(value))
    raise TypeError(f"a spec can't hold a {type(value).__name__}")


def _float(value: float) -> str:
    if value != value:
        return ".nan"
    if value in (float("inf"), float("-inf")):
        return ".inf" if value > 0 else "-.inf"
    return _number_or_word(Decimal(repr(value)))


def _foldable(text: str) -> bool:
    """True where folding gives the same text back: no line begins or ends with a space."""
    lines = text.split("\n")
    if not lines[0] or not lines[-1]:
        return False
    return not any(
        line != line.strip(" ") or _NEEDS_ESCAPE.search(line) for line in lines
    )


def _folded(text: str, indent: int) -> list[str]:
    lines: list[str] = []
    for number, paragraph in enumerate(text.split("\n")):
        # Folding turns a line break into a space, and each empty line into a line break.
        if number:
            lines.append("")
        if paragraph:
            lines += [
                " " * indent + line for line in _wrapped(paragraph, WIDTH - indent)
            ]
    return lines


def _wrapped(text: str, width: int) -> Iterator[str]:
    """The text in lines, broken at single spaces only: reading puts just these back."""
    line = ""
    for word in re.split("(?<! ) (?! )", text):
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line
