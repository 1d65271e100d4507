"""Joins the lines of pages that were broken at a column, as terminals and mail do it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from specwright.sources.pages.text import Page

_NARROWEST, _WIDEST = 40, 160
_PROSE = re.compile(r"(?:(?:^|[ (])[A-Za-z]{2,}[,.)]?(?=[ ]|$)[^ ]*){4}")
_CODE = re.compile(r"[ ]*[\"{}\[\]<]|.*\"[ ]?:[ ]")
_BEGINS = re.compile(r"[ ]*(?:[-*+\u2022][ ]|#|>|`{3}|[A-Za-z][\w-]*:[ ]+\S+[ ]*$)")
"""Items of lists, headings, and lines of one word behind a colon: headers and facts."""
_ALONE = re.compile(r"[ ]*[A-Za-z](?:[\w.-]*\w)?$")
_HUMP = re.compile("[a-z][A-Z]")
_WAITS = re.compile(
    r"(?:[|,:(-]|\b(?:an?|the|of|to|or|and|with|by|in|for|from|is|see|use))$"
)
_NUMBERED = re.compile(r"[ ]*[0-9]{1,2}\.[ ]")
_ROW = re.compile(r"[ ]*\|.*\|[ ]*$")
_FIRST = re.compile(r".*HTTP/1\.1[ ]*\w*$")
_UNFINISHED = re.compile(r"[\w,)-]$")
_HYPHEN = re.compile(r"[^\W\d](?:[^\w\s])?[^\W\d]-$|[^\W\d]{2}-$")
_PLAIN = re.compile(r"[ ]*[A-Za-z]+[,.]?(?:[ ]|$)")
_WORD = re.compile(r"[^\W\d]-?[^\W\d]")
_FEWEST = 2
_SHARE = 0.3
_IN_SENTENCES = 0.8
_SLACK = 4
_LONGER = 0.03
"""So many lines of prose may be longer than the column that all others are broken at."""


def unwrapped(page: Page) -> Page:
    """The page with each broken paragraph in one line; other pages stay as they are."""
    # Some programs count the indentation, and others indent what they have broken.
    plain = [line.lstrip(" ") for line in page.lines]
    (full, width), (more, narrower) = _width(page.lines), _width(plain)
    if not full and not more:
        return page
    known = page.lines if full >= more else plain
    width = width if full >= more else narrower
    # Where a line is much longer, no word was cut.
    longest = max(map(len, known))
    cut = longest if longest <= width + _SLACK else 0
    lines: list[str] = []
    numbers: list[int] = []
    pieces: list[str] = []
    last = ""
    for index, line in enumerate(known):
        if pieces and _goes_on(last, line, width):
            pieces.append(_between(last, line, cut) + line.lstrip())
        else:
            if pieces:
                lines.append("".join(pieces))
            numbers.append(page.number(index))
            pieces = [page.lines[index]]
        last = line.rstrip()
        pieces[-1] = pieces[-1].rstrip()
    if pieces:
        lines.append("".join(pieces))
    return Page(page.name, lines, numbers)


def _width(lines: Sequence[str]) -> tuple[int, int]:
    """How many lines are full, and the column; none where paragraphs are as long as they like."""
    prose = [
        (len(line.rstrip()), index)
        for index, line in enumerate(lines)
        if len(line) < 10 * _WIDEST and _PROSE.search(line) and not _CODE.match(line)
    ]
    if not prose:
        return 0, 0
    lengths = sorted(length for length, _ in prose)
    width = lengths[-1 - int(len(lengths) * _LONGER)]
    if not _NARROWEST <= width <= _WIDEST:
        return 0, 0
    long = [
        (lines[index].rstrip(), lines[index + 1])
        for length, index in prose
        if width // 2 < length <= width and index + 1 < len(lines)
    ]
    full = [_goes_on(line, after, width) for line, after in long]
    broken = [
        is_full
        for is_full, (line, after) in zip(full, long, strict=True)
        if _UNFINISHED.search(line) and after.lstrip()[:1].islower()
    ]
    told = sum(full) >= _SHARE * len(full) or (
        sum(broken) >= _FEWEST and sum(broken) >= _IN_SENTENCES * len(broken)
    )
    return (sum(full), width) if told and sum(full) >= _FEWEST else (0, 0)


def _goes_on(line: str, after: str, width: int) -> bool:
    """True where a line was full: the first word of the next had no room."""
    word = _first(after)
    if not word or not line.strip():
        return False
    full = len(line) + 1 + len(word) > width
    if full and _HYPHEN.search(line) and _WORD.match(word):
        return True
    if _BEGINS.match(after) or _FIRST.match(line):
        return False
    if word[0] == "|" and _ROW.match(line):
        return False
    if _ALONE.match(after) and (line[-1] in ".!?" or _is_name(line, word)):
        return False
    if _NUMBERED.match(after) and not _UNFINISHED.search(line):
        return False
    return full


def _is_name(line: str, word: str) -> bool:
    """True for a word that begins an entry, behind a description without a full stop."""
    return _HUMP.search(word) is not None and _WAITS.search(line) is None


def _between(line: str, after: str, cut: int) -> str:
    """What stood where a line was broken: a space, or nothing within a word."""
    first, last = _first(after), line.rsplit(" ", 1)[-1]
    if _HYPHEN.search(line) and _WORD.match(first):
        return ""
    room = cut - (len(after) - len(after.lstrip()))
    # Words are cut only where no line has room for them; behind one that fills a line is the next.
    at_end = line.endswith("-") or (len(line) == cut and not _PLAIN.match(after))
    return "" if cut and at_end and len(last) + len(first) > room else " "


def _first(line: str) -> str:
    return line.lstrip().split(" ", 1)[0]
