"""The tree of a JavaScript SDK page: values of the example's input and response."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from specwright.sources.pages.facts import MAX_MEMBERS, Fact, Member, Members
from specwright.sources.pages.groups import Entry, Group, Token
from specwright.sources.pages.text import Page

_TOKEN = re.compile(
    r"""(?P<note>//)|(?P<text>"(?:[^"\\\n]|\\.)*(?:"|\n[ ]*(?:// )?[\w(][^"\\\n,:{}\[\]]{0,80}"(?=[ \n,:|\]}])|\\?$))|(?P<open>[{\[(])|(?P<close>[}\])])"""
    r"""|(?P<comma>[,;])|(?P<colon>:)|(?P<bar>\|\|)|(?P<word>[^\s"{}\[\](),:;|/]+)""",
    re.MULTILINE,
)
_ASIDE = re.compile(
    r"[ ]*(?:see\s+\\?@?[\w/.-]+(?:[ ]*->[ ]*\w+)?"
    r"|e\.g\.\s*Buffer\.from\(\"\"\)(?:\s+or\s+new\s+TextEncoder\(\)\.encode\(\"\"\))?)"
)
_SHAPE = re.compile(r"[ ]*\n?[ ]*(?P<shape>[A-Za-z_]\w*)(?!\w|[ ]*:)")
_UNION = re.compile(
    r"(?:\s|//)*Union:(?:\s|//)*only(?:\s|//)+one(?:\s|//)+key(?:\s|//)+present"
)
_REQUIRED = re.compile(r"[ ]*(?://)?[ ]*\n?[ ]*required\b(?![\"']?[ ]*:)")
_GLUED = re.compile(r"[ ]*required(?=[A-Za-z_])")
_VALUES = frozenset({"true", "new", "Number", "required", "false", "Union"})
_NUMBERS = {
    "int": "integer",
    "integer": "integer",
    "short": "short",
    "byte": "byte",
    "long": "long",
    "float": "float",
    "double": "double",
    "bigint": "bigInteger",
    "bigdecimal": "bigDecimal",
}
_REFERENCE = re.compile(r"<(\w+)>")
UNION, REQUIRED = "//union", "//required"
"""Notes beside the names of shapes."""


def tokens(page: Page, start: int, end: int) -> Iterator[Token]:
    """The tokens of an example; each comment is what it says of the value before it."""
    text, at, opened = page.text, start, False
    while (found := _TOKEN.search(text, at, end)) is not None:
        at = found.end()
        if found["note"]:
            line_end = text.find("\n", at, end)
            # What a comment says may have come into the next line.
            stop = min(line_end + 120, end) if line_end >= 0 else end
            if (aside := _ASIDE.match(text, at, stop)) is not None:
                at = aside.end()
            shape = _SHAPE.match(text, at, stop) if opened else None
            if shape is not None and shape["shape"] not in _VALUES:
                yield Token("note", shape["shape"], at)
                at = shape.end()
            if opened and (union := _UNION.match(text, at, stop)) is not None:
                yield Token("note", UNION, at)
                at = union.end()
            required = _REQUIRED.match(text, at, stop)
            if required is None and _aside(text, at):
                required = _GLUED.match(text, at, stop)
            if required is not None:
                yield Token("note", REQUIRED, at)
                at = required.end()
            continue
        opened = bool(found["open"])
        value, offset = found.group(), found.start()
        if found["text"]:
            yield Token("text", _unquoted(value), offset)
        elif opened:
            yield Token("open", value, offset)
        elif found["close"]:
            yield Token("close", value, offset)
        elif found["comma"]:
            yield Token("comma", value, offset)
        elif found["colon"]:
            yield Token("colon", value, offset)
        elif found["bar"]:
            yield Token("bar", value, offset)
        else:
            yield Token("word", value, offset)


def _aside(text: str, at: int) -> bool:
    """True for a comment behind a value, which no other line can be hidden in."""
    before = text[max(at - 300, 0) : at]
    return bool(before[before.rfind("\n") + 1 :].strip(" /"))


def _unquoted(value: str) -> str:
    inner = re.sub(r"\n[ ]*(?:// )?", " ", value[1:].removesuffix('"'))
    return re.sub(r"\\(.)", r"\1", inner) if "\\" in inner else inner


@dataclass(slots=True)
class Shapes:
    """The shapes that a page names, with where each is written out."""

    page: Page
    groups: dict[str, Group] = field(default_factory=dict)
    by_keys: dict[tuple[str, ...], set[str]] = field(default_factory=dict)
    told: int = 0

    def learn(self, root: Group) -> None:
        """Remember the named shapes of an example."""
        waiting = [root]
        while waiting:
            group = waiting.pop()
            for entry in group.entries:
                waiting += [a for a in entry.atoms if isinstance(a, Group)]
            name = shape_name(group)
            if name is None or self.groups.setdefault(name, group) is not group:
                continue
            if group.opener == "{":
                self.by_keys.setdefault(_keys(group), set()).add(name)

    def name_of(self, group: Group) -> str | None:
        """The name of a shape; where it is left out, that of the one with the same members."""
        name = shape_name(group)
        if name is not None or group.opener != "{":
            return name
        known = self.by_keys.get(_keys(group), set())
        return next(iter(known)) if len(known) == 1 and group.entries else None


def shape_name(group: Group) -> str | None:
    """The name that stands behind a bracket."""
    return next((n for n in group.notes if n not in (UNION, REQUIRED)), None)


def _keys(group: Group) -> tuple[str, ...]:
    return tuple(e.key for e in group.entries if e.key is not None)


def members_of(group: Group, shapes: Shapes, around: tuple[str, ...]) -> Members:
    """The members that a group of keys and values has."""
    result: dict[str, Member] = {}
    for entry in group.entries:
        if entry.key is None or not entry.atoms:
            continue
        member = _value(entry, shapes, around)
        line = member.line
        inner = entry.group("{", "[")
        if REQUIRED in entry.notes or (inner is not None and REQUIRED in inner.notes):
            member = member.stating(required=Fact(True, line))
        result[entry.key] = member
    return result


def _value(entry: Entry, shapes: Shapes, around: tuple[str, ...]) -> Member:
    line = shapes.page.line_at(entry.offset)
    shapes.told += 1
    texts, words = entry.texts(), entry.words()
    call = entry.group("(")
    if words[:1] == ("Number",) and call is not None:
        kind = _NUMBERS.get(next((t for e in call.entries for t in e.texts()), ""))
        return _typed(kind, line)
    if words[:2] == ("new", "Date"):
        return _typed("timestamp", line)
    if words[:2] == ("new", "Uint8Array"):
        return _typed("blob", line)
    if (group := entry.group("{", "[")) is not None:
        return _group(group, shapes, around, line)
    if words and set(words) <= {"true", "false"}:
        return _typed("boolean", line)
    if words and all(re.fullmatch("-?[0-9]+", word) for word in words):
        member = _typed("integer", line)
        return member.stating(enum=Fact([int(w) for w in dict.fromkeys(words)], line))
    if not texts:
        return Member(line)
    return _text(texts, shapes, around, line)


def _text(
    texts: tuple[str, ...], shapes: Shapes, around: tuple[str, ...], line: int
) -> Member:
    first = texts[0]
    if len(texts) == 1:
        if first == "STRING_VALUE":
            return _typed("string", line)
        if first == "DOCUMENT_VALUE":
            return _typed("document", line)
        if first in ("MULTIPLE_TYPES_ACCEPTED", "<SdkStream>"):
            return _typed("blob", line).stating(streaming=Fact(True, line))
        if (named := _REFERENCE.fullmatch(first)) is not None:
            return _named(named[1], shapes, around, line)
    values = list(dict.fromkeys(texts))
    return _typed("string", line).stating(enum=Fact(values, line))


def _named(name: str, shapes: Shapes, around: tuple[str, ...], line: int) -> Member:
    """A shape that stands written out elsewhere on the page."""
    group = shapes.groups.get(name)
    if group is None or name in around or shapes.told > MAX_MEMBERS:
        return Member(line, {"ref": Fact(name, line), "shape": Fact(name, line)})
    return _group(group, shapes, around, line)


def _group(group: Group, shapes: Shapes, around: tuple[str, ...], line: int) -> Member:
    name = shapes.name_of(group)
    facts: dict[str, Fact] = {}
    if name is not None:
        facts["shape"] = Fact(name, line)
        if name in around and group.opener == "{":
            return Member(line, {**facts, "ref": Fact(name, line)})
    inside = (*around, name) if name is not None else around
    if group.opener == "[":
        first = next((e for e in group.entries if e.atoms), None)
        item = _value(first, shapes, inside) if first is not None else None
        return Member(line, {**facts, "type": Fact("list", line)}, item=item)
    first = group.entries[0] if group.entries else None
    if first is not None and first.key == "<keys>":
        key, value = _typed("string", line), _value(first, shapes, inside)
        return Member(line, {**facts, "type": Fact("map", line)}, key=key, value=value)
    kind = "union" if UNION in group.notes else "structure"
    facts["type"] = Fact(kind, line)
    return Member(line, facts, members=members_of(group, shapes, inside))


def _typed(kind: str | None, line: int) -> Member:
    facts: Mapping[str, Fact] = {"type": Fact(kind, line)} if kind is not None else {}
    return Member(line, facts)
