"""Bytes of a page to lines of text, each with the line that it came from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

MAX_BYTES = 32 * 1024 * 1024

_INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000\t]")
# Where a class of a pattern has spaces of two kinds, they are what it is about.
_ANY_SPACE = re.compile("[ \u00a0\u2000-\u200a\u202f\u205f\u3000]")
_OF_SPACES = re.compile(
    r"\[(?=[^\[\]\n\"]{0,500}\\)(?=[^\[\]\n\"]{0,500}[\u00a0\u2000-\u200a\u202f\u205f\u3000])"
    r"[^\[\]\n\"]{1,500}\]"
)
_LONG = re.compile(" {101,}")
_BREAKS = re.compile("\r\n|[\r\u2028\u2029\x0b\x0c\x85]")
_HTML = re.compile(
    rb"\A\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?"
    rb"<(?:!doctype\s+html|html|head|body|div|main|article|section|dl|h1)\b",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class Page:
    """The text of a page. Lines count from 1, and are those of the file that was read."""

    name: str
    lines: Sequence[str]
    numbers: Sequence[int]
    """The line of the file for each line of the text."""

    @cached_property
    def text(self) -> str:
        """All lines."""
        return "\n".join(self.lines)

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [], 0
        for line in self.lines:
            starts.append(at)
            at += len(line) + 1
        return starts

    def line_at(self, offset: int) -> int:
        """The line of the file at an offset of ``text``."""
        return self.number(bisect_right(self._starts, offset) - 1)

    def index_at(self, offset: int) -> int:
        """The index in ``lines`` at an offset of ``text``."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def offset(self, index: int) -> int:
        """The offset in ``text`` of a line by its index."""
        return self._starts[index] if index < len(self._starts) else len(self.text)

    def number(self, index: int) -> int:
        """The line of the file for an index of ``lines``."""
        if not self.numbers:
            return 1
        return self.numbers[min(max(index, 0), len(self.numbers) - 1)]


def is_html(content: bytes) -> bool:
    """True for a saved web page."""
    return _HTML.match(content.removeprefix(b"\xef\xbb\xbf")[:4000]) is not None


def decoded(content: bytes) -> str | None:
    """The text of a file; None where it is no text."""
    if b"\0" in content:
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("utf-8", errors="replace")
        # A page that was cut in the middle of a character is a page nevertheless.
        if text.count("\ufffd") > 4 + len(text) // 200:
            return None
    controls = sum(text.count(chr(code)) for code in range(1, 32) if code not in _USUAL)
    return None if controls > len(text) // 200 else text


_USUAL = frozenset({9, 10, 11, 12, 13, 27})


def tidy(text: str) -> str:
    """The text with plain spaces and line breaks, and without what can't be seen.

    Nothing is indented by a hundred spaces; longer runs are cut, so that none costs much time.
    """
    text = _INVISIBLE.sub("", _BREAKS.sub("\n", text))
    parts: list[str] = []
    at = 0
    for found in _OF_SPACES.finditer(text):
        if len(set(_ANY_SPACE.findall(found.group()))) > 1:
            parts += [_SPACES.sub(" ", text[at : found.start()]), found.group()]
            at = found.end()
    text = "".join([*parts, _SPACES.sub(" ", text[at:])])
    return _LONG.sub(" " * 100, text)


def plain_page(name: str, text: str) -> Page:
    """The page of a plain text file."""
    lines = tidy(text).split("\n")
    return Page(name, lines, range(1, len(lines) + 1))
