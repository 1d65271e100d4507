"""The entries of an API Reference page's lists: where each begins and ends."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from specwright.sources.pages.api_mending import WORDS, Mended, Row, mended
from specwright.sources.pages.api_types import type_of
from specwright.sources.pages.facts import Fact
from specwright.sources.pages.text import Page

# Entries of maps in forms stand twice, once for the key and once for the value.
_NAME = r"[A-Za-z_$@](?:[\w.:$@/-]*\w)?"
_SIDE = r"(?:[ ]\((?:key|value)\))?"
_BULLET = re.compile(
    rf"^[ ]*[-*•+][ ]+(?:\*\*)?[ ]*(?P<name>{_NAME}){_SIDE}[ ]*(?:\*\*)?[ ]*$"
)
_LONE = re.compile(rf"^[ ]*(?:\*\*)?[ ]*(?P<name>{_NAME}){_SIDE}[ ]*(?:\*\*)?[ ]*$")
_NAMED = re.compile(
    rf"^[ ]*(?:[-*•+][ ]+)?(?:\*\*)?[ ]*(?P<name>{_NAME})(?:\*\*)?:(?:\*\*)?[ ]*$"
)
# What follows these begins an entry, even one that the syntax block does not have.
_AT_END = re.compile(
    r"[ ]*(?:(?:Type|Required|Valid Values|Pattern|Valid Range|Length Constraints|Array Members): ?\S"
    r"|The following data is returned)"
)
_VALUE_NEXT = re.compile(r"[ ]*(?:Pattern|Valid Values):[ ]*$")
_OPEN = re.compile(
    r"(?:\b(?:of|to)|[:|])\s*$|(?:Constraints|Range|Members|Entries):.*[^.\s]\s*$"
)
"""The end of a type, of values or of a limit that goes on in the next line."""
_OF_TYPES = frozenset({"object", "objects", "map", "maps"})
_BEFORE_REST = frozenset({"Length", "Valid", "Array", "Map", "Key", "Value"})
_REST = re.compile(
    r"(?:(?:Length )?Constraints|Members|Entries|Pattern|Values|Keys|Range):"
)
_MARKS = frozenset(".,;:)!?")
_GOES_ON = re.compile(
    r"(?:[,(:;/|]|\b(?:an?|the|this|that|these|your|its|to|of|in|for|and|or|nor|is|are|be|as|at|on|by|with|from|into"
    r"|than|see|use|uses|using|set|specify|called|named|either|both|not|only|if|when|where|which|includes?))\s*$",
    re.IGNORECASE,
)
_STATUS = re.compile(r"HTTP[ \n]+Status[ \n]+Code:[ \n]*(?P<code>[0-9]{3})")


@dataclass(frozen=True)
class Item:
    """One entry: its name as printed, and the text up to the next entry."""

    name: str
    text: str
    line: int
    lines: tuple[int, ...]
    """The line of the file for each line of the text."""

    def line_at(self, offset: int) -> int:
        """The line of the file that a part of the text stands in."""
        row = bisect_right(self._starts, offset) - 1
        return self.lines[row] if row < len(self.lines) else self.line

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self.text))]


def items(page: Page, span: tuple[int, int], known: Collection[str]) -> list[Item]:
    """The entries of a section; ``known`` are names from the syntax block."""
    first, last = page.index_at(span[0]), page.index_at(max(span[1] - 1, span[0]))
    rows: list[Row] = []
    for index in range(first, last + 1):
        begin, stop = (max(edge - page.offset(index), 0) for edge in span)
        row = page.lines[index][begin:stop]
        named = _NAMED.match(row)
        # A member can be called like a fact.
        if named is not None and named["name"] in set(known) - set(WORDS):
            row = row.rstrip(" *").removesuffix(":")
        rows.append((index, row))
    whole = mended(rows, known, lambda words: type_of(words) is not None)
    return _parted(page, whole.rows, _starts(whole, known))


def _parted(
    page: Page, rows: Sequence[Row], starts: Sequence[tuple[int, str]]
) -> list[Item]:
    result: list[Item] = []
    for number_, (place, name) in enumerate(starts):
        stop = starts[number_ + 1][0] if number_ + 1 < len(starts) else len(rows)
        inside = rows[place + 1 : stop]
        lines = tuple(page.number(index) for index, _ in inside)
        text = "\n".join(row for _, row in inside)
        result.append(Item(name, text, page.number(rows[place][0]), lines))
    return result


def _starts(whole: Mended, known: Collection[str]) -> list[tuple[int, str]]:
    """Places of rows that begin entries: those of the surest form that the section has."""
    filled = [(n, row) for n, (_, row) in enumerate(whole.rows) if row.strip()]
    bulleted: list[tuple[int, str]] = []
    dashed: list[tuple[int, str]] = []
    lone: list[tuple[int, str]] = []
    indents: dict[int, int] = {}
    seen: set[str] = set()
    sure = _surely(filled, known)
    complete = True
    for place, (index, row) in enumerate(filled):
        after = filled[place + 1][1].strip() if place + 1 < len(filled) else ""
        complete = complete or (_ends(row) if known else "Type:" in row)
        if (found := _BULLET.match(row)) is not None:
            ended = not place or _AT_END.match(filled[place - 1][1]) is not None
            if (after == "-" or after.startswith("- ")) and (
                ended or not known or found["name"] in known
            ):
                dashed.append((index, found["name"]))
                indents[index] = len(row) - len(row.lstrip())
            elif found["name"] in known or _named(found["name"], known):
                bulleted.append((index, found["name"]))
                indents[index] = len(row) - len(row.lstrip())
        found = _LONE.match(row)
        if found is None or found["name"] in seen:
            continue
        if found["name"] in sure and place not in sure.values():
            continue
        if found["name"] in _OF_TYPES and found["name"] not in known:
            continue
        if found["name"] in _BEFORE_REST and _REST.match(after):
            # A line break in the words that a fact begins with.
            continue
        # Prose has names on lines of their own too: an entry begins where another can end.
        known_ = found["name"] in known or _named(found["name"], known)
        before = filled[place - 1][1] if place else ""
        earlier = filled[place - 2][1] if place > 1 else ""
        if _AT_END.match(before) or _VALUE_NEXT.match(earlier):
            begins = found["name"] in known or not _OPEN.search(before)
            begins = begins and (complete or bool(known))
        else:
            begins = known_ and (complete or found["name"] in known)
            begins = begins and not in_sentence(before, after)
        if begins and (known_ or _AT_END.match(before)):
            lone.append((index, found["name"]))
            seen.add(found["name"])
            complete = False
    # Lists in descriptions stand deeper than the list of members.
    outer = [indents[n] for n, name in dashed if name in known]
    deep = [indents[n] for n, _ in dashed]
    outermost = max(outer) if outer else min(deep, default=0)
    dashed = [one for one in dashed if indents[one[0]] <= outermost]
    least = min((indents[n] for n, _ in bulleted), default=0)
    bulleted = [one for one in bulleted if indents[one[0]] == least]
    if not known:
        # Each entry names its type, and what lists in descriptions have does not.
        types = [index for index, row in filled if "Type:" in row]
        forms = [_typed(starts, types) for starts in (dashed, bulleted, lone)]
        best = max(forms, key=lambda one: (len(one), -one[0][0] if one else 0))
        return _once(best or dashed or bulleted or lone, whole)
    forms = [dashed, bulleted, lone]
    best = max(forms, key=lambda one: len({name for _, name in one} & set(known)))
    return _once(best or dashed or bulleted or lone, whole)


def _surely(
    filled: Sequence[tuple[int, str]], known: Collection[str]
) -> dict[str, int]:
    """Where known names stand behind the last fact of an entry: what lists them elsewhere is prose."""
    result: dict[str, int] = {}
    for place, (_, row) in enumerate(filled):
        found = _LONE.match(row)
        before = filled[place - 1][1] if place else ""
        if found is None or found["name"] not in known or found["name"] in result:
            continue
        if _AT_END.match(before) and not _OPEN.search(before):
            result[found["name"]] = place
    return result


def _typed(
    starts: Sequence[tuple[int, str]], types: Sequence[int]
) -> list[tuple[int, str]]:
    """The entries that state a type before the next one begins."""
    ends = [place for place, _ in starts[1:]] + [types[-1] + 1 if types else 0]
    return (
        [
            (place, name)
            for (place, name), end in zip(starts, ends, strict=True)
            if bisect_right(types, end - 1) > bisect_right(types, place)
        ]
        if starts
        else []
    )


def in_sentence(before: str, after: str) -> bool:
    """True where a name on a line of its own is a word of the sentence around it."""
    if after[:1].islower() or after[:1] in _MARKS:
        return True
    return _GOES_ON.search(before) is not None


def _ends(row: str) -> bool:
    """True for a line that can end an entry: what follows may begin the next one."""
    return bool(
        re.search(r"(?:Type|Required|Pattern|Constraints|Range|Values|Members): ?", row)
    ) or (row.rstrip().endswith((".", ":")))


def _named(name: str, known: Collection[str]) -> bool:
    """True for a name that is none of the known, in a section where none are known."""
    return not known and len(name) > 1 and not name.endswith(":")


def _once(starts: Sequence[tuple[int, str]], whole: Mended) -> list[tuple[int, str]]:
    """Each name where it comes first, or where it surely begins an entry."""
    result = {name: place for place, name in whole.begins.items()}
    for place, name in (*starts, *whole.may_begin.items()):
        result.setdefault(name, place)
    return sorted((place, name) for name, place in result.items())


def errors(page: Page, span: tuple[int, int]) -> dict[str, dict[str, Fact]]:
    """The errors of a section, each with its status, and the fault that follows from it."""
    text = page.text[slice(*span)]
    result: dict[str, dict[str, Fact]] = {}
    at = 0
    last: str | None = None
    for found in _STATUS.finditer(text):
        segment = text[at : found.start()]
        # Some descriptions have a status of their own: the one behind them is the service's.
        name = _error_name(segment) if segment.strip(" .-*\n") else last
        if last is not None and name is not None and not _is_error(name, segment):
            name = last
        at = found.end()
        if name is None or (name in result and name != last):
            continue
        last = name
        line = page.line_at(span[0] + found.start())
        status = int(found["code"])
        fault = "server" if status >= 500 else "client"
        result[name] = {"status": Fact(status, line), "fault": Fact(fault, line, True)}
    return result


def _is_error(name: str, segment: str) -> bool:
    """False for the first word of a description that goes on behind a status."""
    if (
        re.search("[a-z][A-Z]|(?:Exception|Error|Fault)$", name)
        or not name[:1].isupper()
    ):
        return True
    alone = rf"(?m)^[ ]*(?:[-*•+][ ]+)?(?:\*\*)?{re.escape(name)}(?:\*\*)?[ ]*$"
    return re.search(alone, segment) is not None


_PREAMBLE = re.compile(
    r"(?i)\A\s*For\s+information\s+about\s+the\s+errors\s+that\s+are\s+common\s+to\s+all\s+actions,?\s+see"
    r"\s+Common\s+(?:client\s+)?Error(?:s|\s+Types|\s+codes)\s*\.?"
)

_A_SENTENCE = re.compile("(?:An?|The|This|You|Your|There|No)$")
_LAST = re.compile(r"(\w*[a-z0-9])[A-Z](?:[a-z'\u2019]*|[A-Z]{1,5})")
_ENDED = re.compile(r"(\w*(?:Exception|Error|Fault))[A-Z0-9]\w*")
_FIRST_HUMP = re.compile(r"[A-Z]+[a-z]{2,}")

# What the name of an error ends with, or what a sentence begins with, behind a lost line break.
_GLUED_NAME = re.compile(
    r"(?P<name>\w*(?:Exception|Error|Fault))(?P<next>(?:[A-Z][a-z]*|[A-Z]{2,6})$)"
    r"|(?P<start>\w+?[a-z])(?=(?:The|This|That|You|Your|An?|There|Indicates|Returned|Could|When|If|No|Some|One|Only|Your|Amazon|AWS)$)"
)


def _without_last(word: str) -> str:
    """A name without the first word of its description, which has no space before it."""
    if (begun := _FIRST_HUMP.match(word)) is not None:
        # Descriptions of what isn't found begin with the same words as the name.
        again = word.find(begun.group(), begun.end())
        if again > 0:
            return word[:again]
    found = _ENDED.fullmatch(word) or _LAST.fullmatch(word)
    return found[1] if found is not None and len(found[1]) > 2 else word


def _error_name(segment: str) -> str | None:
    """The name that an error's text begins with."""
    segment = _PREAMBLE.sub("", segment)
    for line in segment.split("\n"):
        words = line.strip(" -*•+\t").split()
        if not words:
            continue
        word = words[0].strip("*:,").partition("-")[0]
        if len(word) > 8 and word[: len(word) // 2] * 2 == word:
            # Some descriptions are the name.
            word = word[: len(word) // 2]
        elif len(words) > 1 and words[1][:1].islower() and segment[:1].isalpha():
            # What stands right behind the status before it has no space behind its name.
            word = _without_last(word)
        elif len(words) > 1 and (glued := _GLUED_NAME.match(word)) is not None:
            ends = ("Exception", "Error", "Fault")
            # There are names with two of these, even with one of them twice.
            twice = str(glued["name"]).endswith(glued["next"] or " ")
            spaced = glued["start"] and _A_SENTENCE.match(words[1]) is not None
            cut = glued["next"] not in ends or (twice and words[1][:1].islower())
            if cut and not (spaced and not segment[:1].isalpha()):
                word = glued["name"] or glued["start"]
        if re.fullmatch(r"[A-Za-z][\w.]*", word) and len(word) > 2:
            return word
        return None
    return None
