"""The entries of boto3's lists of members, however their lines were broken or joined."""

from __future__ import annotations

import re
from collections.abc import Iterator

from specwright.sources.pages.rst_tree import Item
from specwright.sources.pages.text import Page

# The format has so few types that they tell entries from prose in any layout.
_TYPES = (
    r"string|integer|float|boolean|datetime|bytes(?:[\s*_]+or[\s*_]+seekable\s+file-like\s+object)?|list|dict"
    r"|str\s+or\s+dict|JSON\s+serializable|biginteger|bigdecimal|long|double|short|byte"
    r"|:\w+:`\s*\.?(?P<{role}>\w+)\s*(?:<[^>`]*>)?`|`?\.?(?P<{bare}>StreamingBody|EventStream|document)`?"
)
_TYPED = (
    r"\([\s*_`]*(?P<type>"
    + _TYPES.format(role="role", bare="bare")
    + r")[\s*_`]*\)\s*[*_`]?"
)
_ENTRY = re.compile(_TYPED + r"\s*(?:--|\u2013|\u2014)\s?[*_`]?")
_BARE_ENTRY = re.compile(
    _TYPED
    + r"[ ]*(?:-|\?|&#?\w{1,8};|[\x80-\u20ff\ufffd]{1,4})?(?=[\s*_`]|\Z)[ ]?[*_`]?"
)
"""An entry whose dash became a hyphen, or was lost to a wrong encoding."""
_NAME = re.compile(
    r"(?:(?P<marks>\*\*|``|`)\s*(?P<bold>(?!\[REQ)[^*`\s]{1,200})\s*(?P=marks)|(?P<plain>(?<![^\s>.,;:)])(?=_*[A-Za-z0-9$@])[\w$@][\w.:$@/-]{0,200}))[\s*_]*\Z"
)
_FIELD = re.compile(
    r":type\s+(?P<name>[^\s:]\S*?):\s+(?P<type>"
    + _TYPES.format(role="field_role", bare="field_bare")
    + r")(?=\s)"
)
_PARAM = re.compile(r":param\s+(?P<name>[^\s:]\S*?):[ \n]?")
_BULLET = re.compile(r"(?P<indent>[ ]*)(?:[-*•+◦▪▸‣·#@o][ ]+)?\Z")
_WIDEST = 260
"""No name stands further before its type."""


def items(page: Page, start: int, end: int, *, fields: bool = False) -> list[Item]:
    """The entries between two offsets, in their order; ``fields`` are those of parameters."""
    text = page.text
    found: list[tuple[int, int, Item]] = []
    entry_of = _ENTRY if _ENTRY.search(text, start, end) else _BARE_ENTRY
    for entry in entry_of.finditer(text, start, end):
        begin = max(start, entry.start() - _WIDEST, found[-1][1] if found else 0)
        before = text[begin : entry.start()]
        name = _NAME.search(before)
        if name is not None and name["plain"] == "o" and _leads(text, entry.start()):
            # Programs that print lists with bullets of their own write this one.
            name = None
        at = begin + name.start() if name is not None else entry.start()
        # A word on a line before is the end of a sentence, not a name.
        if (
            name is not None
            and name["plain"]
            and "\n" in name[0]
            and not _leads(text, at)
        ):
            name, at = None, entry.start()
        kind = entry["role"] or entry["bare"] or entry["type"]
        stated = (name["bold"] or name["plain"]) if name is not None else None
        item = Item(page.line_at(at), _indent(text, at), stated, _plain(kind))
        item.sure = (
            name is None
            or name["bold"] is not None
            or (_leads(text, at) and not {"\n", "."} & set(name[0]))
        )
        found.append((at, entry.end(), item))
    if fields:
        found += _fields(page, start, end)
        found.sort(key=lambda one: one[0])
    stops = [at for at, _, _ in found[1:]] + [end]
    for (_, begin, item), stop in zip(found, stops, strict=False):
        prose = text[begin : max(stop, begin)]
        item.prose = _PARAM.sub("", prose, count=1) if fields else prose
    return [item for _, _, item in found]


def _fields(page: Page, start: int, end: int) -> Iterator[tuple[int, int, Item]]:
    for field in _FIELD.finditer(page.text, start, end):
        kind = field["field_role"] or field["field_bare"] or field["type"]
        at = field.start()
        item = Item(
            page.line_at(at),
            _indent(page.text, at),
            field["name"],
            " ".join(kind.split()),
            field=True,
        )
        yield at, field.end(), item


def _plain(kind: str) -> str:
    return " ".join(re.sub("[*_]", " ", kind).split())


def _before(text: str, at: int) -> str:
    """What stands before an offset in its line, as far as an indentation can reach."""
    start = max(at - _WIDEST, 0)
    found = text.rfind("\n", start, at)
    return text[found + 1 if found >= 0 else start : at]


def _indent(text: str, at: int) -> int:
    line = _before(text, at)
    bullet = _BULLET.fullmatch(line)
    return len(bullet["indent"]) if bullet is not None else len(line)


def _leads(text: str, at: int) -> bool:
    """True for an entry that begins its line."""
    return _BULLET.fullmatch(_before(text, at)) is not None
