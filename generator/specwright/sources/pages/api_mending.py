"""Finds the entries of API Reference pages whose line breaks were lost on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

Row = tuple[int, str]
"""The index of a page's line, and text of it."""

WORDS = (
    *("Key Length Constraints", "Value Length Constraints", "Length Constraints"),
    *("Valid Range", "Valid Values", "Valid Keys", "Array Members", "Map Entries"),
    *("Key Pattern", "Value Pattern", "Pattern", "Required", "Default", "Note", "Type"),
)
"""What the facts of an entry begin with, the longer ones first."""
_MARK = re.compile(
    f"(?P<word>{'|'.join(WORDS)}):"
    r"|(?:data in (?:JSON|XML) format|following binary data|URI parameters|HTTP headers"
    r"|in (?:JSON|XML) format by the service|returned by the service|described first"
    r"|Common Parameters|Common Query Parameters)[ ]?[.:]?"
)
_MARK_ALONE = re.compile(f"(?:{'|'.join(WORDS)}):$")
_INDENT = re.compile(r"[ ]*(?:[-*•+][ ]+)?(?:\*\*)?[ ]*")
_MARKER = re.compile(r"(?:[ ]*[-•]|[ ]+[*+])?[ ]+$")
"""What stands between the end of an entry and the name of the next one."""
_WHOLE = {
    "Required": re.compile(r"[ ]*(?:Yes|No|Conditional)"),
    "Valid Values": re.compile(r".*[^|\s]"),
    "Valid Keys": re.compile(r".*[^|\s]"),
    "Note": re.compile(r".*\."),
}
_SENTENCE = re.compile(r"\w[^.!?]*\s\S*[\w)][ ]?[.!?]\s+(?:[-*•+]\s+)?\Z")
_SENTENCE_BEGINS = re.compile(r"\s?[A-Z][A-Za-z']*\s")
_CAPITAL = re.compile(r"\s+(?:-\s+)?(?:An?\s|[A-Z][a-z]|[A-Z]{2,}\s)")
_GLUED_SENTENCE = re.compile(r"\w[^.!?]*\s\S*[\w)][.!?]\Z")
_UNENDED = re.compile(
    r"\w[^.!?]*\s(?!(?:an?|the|this|that|your|its|to|of|in|for|and|or|with|from|by|use|see|both|as|is|set|specify)\s)"
    r"[^\s,;:(]+\s+\Z",
    re.IGNORECASE,
)
_GLUED_CAPITAL = re.compile(r"(?:An?|[A-Z][a-z]+)[\s,.:]")
_ANY_NAME = re.compile(
    r"[\s.:*•+-]*(?P<name>[A-Za-z_][\w.:-]*\w)(?=\s+(?:-\s+)?(?:[A-Z\u201c\"(\[]|Type:)|[ ]*$)"
)
_AFTER_LIMIT = re.compile(
    r"[\s.:*•+-]*(?P<name>[A-Za-z_][\w.:-]*\w)(?=\s+(?:-\s+)?\S|[ ]*$)"
)
# A name and the first word of its description, without anything between them.
_GLUED = re.compile(
    r"[.:]?(?P<name>[A-Za-z_][\w.:-]*\.N)(?=[A-Z][\w'\u2019]*[\s,.:])"
    r"|[.:]?(?P<word>[A-Za-z_][\w:-]*?[\w.])(?=(?:The|This|These|An?|If|In|For|You|Your|One|Specifies|Indicates"
    r"|Determines|Whether|When|Describes|Contains|Returns|Amazon|AWS|Optional|Required|Reserved)[\s,.:])"
    r"|[.:]?(?P<long>[A-Za-z_][\w:-]*[a-z0-9])(?=(?:[A-Z][a-z'\u2019]*|[A-Z]{2,6})[\s,.:]+[a-z(\u201c\"]|[(\[])"
    r"|[.:]?(?P<upper>[A-Za-z_][\w:-]*[A-Z])(?=(?:[A-Z][a-z'\u2019]+|An?)[\s,.:]+[a-z(\u201c\"]|[(\[])"
)
_GLUED_PATTERN = re.compile(
    r"\s*\S+?[\])}*+?$](?=[A-Z][\w.]*(?:The|This|An?|If|When|Specifies|Indicates)[\s,])"
)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SHORTEST = {
    "Required": re.compile(r"\s*(?:Yes|No|Conditional)"),
    "Pattern": re.compile(r"\s*\S+"),
    "Valid Values": re.compile(r"\s*[^|\s]+(?:\s*\|\s*[^|\s]+)*"),
}
_SHORT_LIMIT = re.compile(
    r"(?:\s*(?:Minimum|Maximum|Fixed) \w+ of -?[0-9.]*[0-9](?: items?)?\.)+"
)
_FARTHEST = 4000
"""Further behind a fact's first word nothing is looked for."""
_LIMIT = re.compile(r".*[0-9](?: items?)?\.?")


@dataclass(frozen=True, slots=True)
class Mended:
    """Rows as they were before line breaks were lost, and those that surely begin entries."""

    rows: Sequence[Row]
    begins: dict[int, str]
    may_begin: dict[int, str]
    """Names on rows of their own, where an entry can begin."""


def mended(
    rows: Sequence[Row], known: Collection[str], is_type: Callable[[str], bool]
) -> Mended:
    """Part rows where an entry begins in the middle, or goes on behind its name."""
    if not known:
        return _unnamed(rows, is_type)
    whole = set(_whole(rows, known))
    missing = set(known) - whole
    if 2 * len(whole) >= len(known):
        # Where most names have rows of their own, one that has one isn't in another's.
        missing -= {_alone(row) for _, row in rows}
    listed = sorted(known, key=len, reverse=True)
    name = re.compile(
        rf"(?:{'|'.join(map(re.escape, listed))})"
        r"(?=[A-Z\s*(\[\u201c\"]|an?[ ]|the[ ]|[ ]?-(?:[ A-Z]|$)|$)"
    )
    result: list[Row] = []
    begins: dict[int, str] = {}
    may_begin: dict[int, str] = {}
    ready, open_ = True, ""
    for index, row in rows:
        at = 0
        if ready and (alone := _alone(row)) in known:
            may_begin[len(result)] = alone
        for start, end in _places(row, name, missing, ready, open_, is_type):
            before = _MARKER.sub("", row[at:start])
            if before.strip(" -*•+"):
                result.append((index, before))
            begins[len(result)] = row[start:end]
            result.append((index, row[start:end]))
            missing.discard(row[start:end])
            at = end
        if row[at:].strip() or not at:
            result.append((index, row[at:]))
        if row.strip(" -*•+"):
            last = _last(row)
            ready = bool(open_ or last)
            at_end = last is not None and last.end() == len(row.rstrip())
            open_ = last["word"] or "" if last is not None and at_end else ""
            open_ = open_ if row.rstrip().endswith(":") else ""
            ready = ready and not open_
    return Mended(result, begins, may_begin)


def _unnamed(rows: Sequence[Row], is_type: Callable[[str], bool]) -> Mended:
    """The same where no syntax block tells the names: an entry follows what is complete."""
    result: list[Row] = []
    begins: dict[int, str] = {}
    for index, row in rows:
        at = 0
        marks = list(_MARK.finditer(row))
        stops = [*(mark.start() for mark in marks[1:]), len(row)]
        for mark, stop in zip(marks, stops, strict=False):
            end = _end_of(mark["word"] or "", row[mark.end() : stop], is_type)
            if end is None:
                continue
            found = _next_name(row, mark["word"] or "", mark.end() + end, stop)
            if found is not None:
                result.append((index, _MARKER.sub("", row[at : found[0]])))
                begins[len(result)] = row[slice(*found)]
                result.append((index, row[slice(*found)]))
                at = found[1]
        result.append((index, row[at:]))
    return Mended(result, begins, {})


def _next_name(row: str, word: str, start: int, stop: int) -> tuple[int, int] | None:
    """Where the name of the next entry stands, behind a fact that is complete."""
    # Without a space behind the fact there is none behind the name either.
    if (glued := _GLUED.match(row, start, stop)) is not None:
        return glued.span(glued.lastgroup or 0)
    spaced = (
        _ANY_NAME if word in ("", "Type", "Pattern", "Valid Values") else _AFTER_LIMIT
    )
    found = spaced.match(row, start, stop)
    return found.span("name") if found is not None else None


def _end_of(word: str, value: str, is_type: Callable[[str], bool]) -> int | None:
    """Where what a fact says is complete, if another entry can begin there."""
    if not word:
        return 0
    if word == "Type":
        for space in list(re.finditer(r"\s|$", value))[1:8]:
            if is_type(value[: space.start()]) and _ANY_NAME.match(
                value, space.start()
            ):
                return space.start()
        for hump in _HUMP.finditer(value[:200]):
            if is_type(value[: hump.start()]):
                return hump.start()
        return None
    limit = _SHORT_LIMIT if word not in ("Default", "Note") else None
    whole = _SHORTEST.get(word, limit)
    if word == "Pattern" and (glued := _GLUED_PATTERN.match(value)) is not None:
        return glued.end()
    found = whole.match(value) if whole is not None else None
    return found.end() if found is not None else None


def _alone(row: str) -> str:
    return row.lstrip(" -*•+").rstrip(" *")


def _last(row: str) -> re.Match[str] | None:
    last = None
    for found in _MARK.finditer(row):
        last = found
    return last


def _whole(rows: Sequence[Row], known: Collection[str]) -> Iterator[str]:
    """Names that stand on rows of their own, where an entry can begin."""
    filled = [row.strip() for _, row in rows if row.strip()]
    for place, row in enumerate(filled):
        name = _alone(row)
        if name in known:
            before = filled[place - 1] if place else ""
            after = filled[place + 1] if place + 1 < len(filled) else ""
            # What a fact says may stand on the row below its first word.
            split = place > 1 and _MARK_ALONE.match(filled[place - 2]) is not None
            ended = _MARK.search(before) is not None and not _MARK_ALONE.match(before)
            if not before or after[:1] == "-" or ended or split:
                yield name


def _places(
    row: str,
    name: re.Pattern[str],
    missing: Collection[str],
    ready: bool,
    open_: str,
    is_type: Callable[[str], bool],
) -> Iterator[tuple[int, int]]:
    """Where missing names begin entries: behind a whole fact, or first in a row behind one."""
    at = 0
    begun = False
    if ready:
        indent = _INDENT.match(row)
        first = name.match(row, indent.end() if indent is not None else 0)
        if first is not None and first.group() in missing and first.end() < len(row):
            yield first.span()
            at, begun = first.end(), True
    said: set[str] = set()
    marks = list(_MARK.finditer(row, at))
    # Entries of URI parameters name no type, and some say nothing but prose.
    typed = any(mark["word"] == "Type" for mark in marks)
    stated = [(open_, at), *((mark["word"] or "", mark.end()) for mark in marks)]
    stops = [*(mark.start() for mark in marks), len(row)]
    for place, ((word, begin), stop) in enumerate(zip(stated, stops, strict=True)):
        inside = begun and not place
        if not (place or open_ or inside):
            continue
        last = begin
        for found in name.finditer(row, begin, min(stop, begin + _FARTHEST)):
            if found.group() not in missing or found.group() in said:
                continue
            before, after = (
                row[last : found.start()],
                row[found.end() : found.end() + 20],
            )
            if inside:
                if typed or not _new_sentence(before, found.group(), after):
                    continue
            elif not _complete(word, before, after, is_type) or (
                before[-1:].isalnum() and _stands_later(row, found)
            ):
                continue
            said.add(found.group())
            yield found.span()
            inside, last = True, found.end()


def _stands_later(row: str, found: re.Match[str]) -> bool:
    """True for the end of a longer word, where the name begins an entry further on."""
    alone = re.compile(rf"\s{re.escape(found.group())}\s+(?:-\s+)?[A-Z]")
    return alone.search(row, found.end(), found.end() + _FARTHEST) is not None


def _new_sentence(before: str, name: str, after: str) -> bool:
    """True for a name behind the end of a sentence, and before the beginning of one."""
    if _GLUED_SENTENCE.search(before) is not None:
        return _GLUED_CAPITAL.match(after) is not None
    if _HUMP.search(name) and _UNENDED.search(before[-80:]) is not None:
        # No word of a sentence has a capital letter inside.
        return _CAPITAL.match(after) is not None
    return _SENTENCE.search(before) is not None and _CAPITAL.match(after) is not None


def _complete(
    word: str, before: str, after: str, is_type: Callable[[str], bool]
) -> bool:
    """True where all that a fact says stands before a name, and the name goes no further."""
    plain = before.rstrip(" -*•+")
    if not word:
        return not before.strip(" -*•+.:")
    if not plain.strip() or after.lstrip().startswith("|"):
        return False
    if before[-1:].isalnum() and _MARK.match(after.lstrip()) is not None:
        # The end of a value, before the next fact.
        return False
    if word == "Type":
        return len(plain) < 200 and is_type(plain)
    if word.endswith("Pattern"):
        apart = before[-1:] == " " or _SENTENCE_BEGINS.match(after) is not None
        return apart or not after.strip(" -")
    whole = _WHOLE.get(word, _LIMIT if word != "Default" else None)
    return whole is not None and whole.fullmatch(plain) is not None
