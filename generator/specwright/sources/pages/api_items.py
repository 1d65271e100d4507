"""The entries of an API Reference page's lists: where each begins and ends."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from specwright.sources.pages.facts import Fact
from specwright.sources.pages.text import Page

# Entries of maps in forms stand twice, once for the key and once for the value.
_NAME = r"[A-Za-z_$@](?:[\w.:$@/-]*\w)?"
_SIDE = r"(?:[ ]\((?:key|value)\))?"
_BULLET = re.compile(
    rf"^[ ]*[-*•+][ ]+(?:\*\*)?[ ]*(?P<name>{_NAME}){_SIDE}[ ]*(?:\*\*)?[ ]*$"
)
_LONE = re.compile(rf"^[ ]*(?:\*\*)?[ ]*(?P<name>{_NAME}){_SIDE}[ ]*(?:\*\*)?[ ]*$")
_LINK = re.compile(
    r"\[[ ]*([^\[\]\n]{1,200}?)[ ]*\]\((?:https?://|\.{0,2}/|#|API_|[\w-]{1,80}\.(?:html|md))[^()\n]{0,400}\)"
)
_BRACKETED = re.compile(
    r"^([ ]*(?:[-*•+][ ]+)?(?:\*\*)?[ ]*)\[[ ]*([\w.:$@/-]+)[ ]*\](?=[ ]*(?:\*\*)?[ ]*$)"
)
# What follows these begins an entry, even one that the syntax block does not have.
_AT_END = re.compile(
    r"[ ]*(?:(?:Type|Required|Valid Values|Pattern|Valid Range|Length Constraints|Array Members): ?\S"
    r"|The following data is returned)"
)
_STATUS = re.compile(r"HTTP[ \n]+Status[ \n]+Code:[ \n]*(?P<code>[0-9]{3})")


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: its name as printed, and the text up to the next entry."""

    name: str
    text: str
    start: int
    line: int


def unlinked(line: str) -> str:
    """A line without the decoration that conversions to Markdown leave."""
    if "[" not in line and "`" not in line and "\\" not in line:
        return line
    line = _BRACKETED.sub(r"\1\2", _LINK.sub(r"\1", line))
    return line.replace("`", "")


def items(page: Page, span: tuple[int, int], known: Collection[str]) -> list[Item]:
    """The entries of a section; ``known`` are names from the syntax block."""
    first, last = page.index_at(span[0]), page.index_at(max(span[1] - 1, span[0]))
    rows = [
        (index, unlinked(page.lines[index]))
        for index in range(first, last + 1)
        if page.offset(index) >= span[0] or index > first
    ]
    starts = _starts(rows, known)
    result: list[Item] = []
    for number_, (index, name) in enumerate(starts):
        stop = starts[number_ + 1][0] if number_ + 1 < len(starts) else last + 1
        lines = [unlinked(page.lines[n]) for n in range(index + 1, stop)]
        text = "\n".join(lines)
        if stop == last + 1:
            text = text[: max(span[1] - page.offset(index + 1), 0)]
        result.append(Item(name, text, page.offset(index + 1), page.number(index)))
    return result


def _starts(
    rows: Sequence[tuple[int, str]], known: Collection[str]
) -> list[tuple[int, str]]:
    """Lines that begin entries: those of the surest form that the section has."""
    filled = [(index, row) for index, row in rows if row.strip()]
    bulleted: list[tuple[int, str]] = []
    dashed: list[tuple[int, str]] = []
    lone: list[tuple[int, str]] = []
    seen: set[str] = set()
    complete = True
    for place, (index, row) in enumerate(filled):
        after = filled[place + 1][1].strip() if place + 1 < len(filled) else ""
        complete = complete or _ends(row)
        if (found := _BULLET.match(row)) is not None:
            if after == "-" or after.startswith("- "):
                dashed.append((index, found["name"]))
            elif found["name"] in known or _named(found["name"], known):
                bulleted.append((index, found["name"]))
        found = _LONE.match(row)
        # Prose has names on lines of their own too: an entry begins where another can end.
        at_once = bool(lone and place and filled[place - 1][0] == lone[-1][0])
        if found is None or not (complete or at_once) or found["name"] in seen:
            continue
        before = filled[place - 1][1] if place else ""
        apart = _AT_END.match(before) is not None
        if found["name"] in known or _named(found["name"], known) or apart:
            lone.append((index, found["name"]))
            seen.add(found["name"])
            complete = False
    for starts in (dashed, bulleted, lone):
        if any(name in known for _, name in starts) or (starts and not known):
            return _once(starts)
    return _once(dashed or bulleted or lone)


def _ends(row: str) -> bool:
    """True for a line that can end an entry: what follows may begin the next one."""
    return bool(
        re.search(r"(?:Type|Required|Pattern|Constraints|Range|Values|Members): ?", row)
    ) or (row.rstrip().endswith((".", ":")))


def _named(name: str, known: Collection[str]) -> bool:
    """True for a name that is none of the known, in a section where none are known."""
    return not known and len(name) > 1 and not name.endswith(":")


def _once(starts: list[tuple[int, str]]) -> list[tuple[int, str]]:
    seen: set[str] = set()
    result = []
    for index, name in starts:
        if name not in seen:
            seen.add(name)
            result.append((index, name))
    return result


def errors(page: Page, span: tuple[int, int]) -> dict[str, dict[str, Fact]]:
    """The errors of a section, each with its status, and the fault that follows from it."""
    text = "\n".join(unlinked(line) for line in page.text[slice(*span)].split("\n"))
    result: dict[str, dict[str, Fact]] = {}
    at = 0
    plain = page.text[slice(*span)] == text
    for found in _STATUS.finditer(text):
        name = _error_name(text[at : found.start()])
        at = found.end()
        if name is None or name in result:
            continue
        line = page.line_at(span[0] + found.start()) if plain else page.line_at(span[0])
        status = int(found["code"])
        fault = "server" if status >= 500 else "client"
        result[name] = {"status": Fact(status, line), "fault": Fact(fault, line, True)}
    return result


_PREAMBLE = re.compile(
    r"\A\s*For information about the errors that are common to all actions,? see[ \n]+Common[ \n]+Error(?:s| Types)[ ]*\.?"
)


def _error_name(segment: str) -> str | None:
    """The name that an error's text begins with."""
    segment = _PREAMBLE.sub("", segment)
    for line in segment.split("\n"):
        words = line.strip(" -*•+\t").split()
        if not words:
            continue
        word = words[0].strip("*:")
        if re.fullmatch(r"[A-Za-z][\w.]*", word) and len(word) > 2:
            return word
        return None
    return None
