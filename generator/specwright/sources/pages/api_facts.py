"""What the last lines of an API Reference entry say: type, limits, pattern, values, required."""

from __future__ import annotations

import re
from collections.abc import Iterator

from specwright.sources.anchors import match_mode
from specwright.sources.pages.api_items import Item
from specwright.sources.pages.api_mending import WORDS
from specwright.sources.pages.api_types import type_of
from specwright.sources.pages.facts import Fact, Member
from specwright.sources.pages.numbers import number

_KEYWORD = re.compile(
    r"(?<![-\w ])[ ]*(?P<first>"
    + "|".join(w.replace(" ", r"[ \n]") for w in WORDS)
    + r"):(?=\s|$|\S)"
    r"|(?P<word>" + "|".join(w.replace(" ", r"[ \n]") for w in WORDS) + r"):(?=[ \n]|$)"
)
_LEAST = re.compile(
    r"(?:Minimum|Fixed)[ \n]+(?:length|value|number|size)[ \n]+of[ \n]+(-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)"
)
_MOST = re.compile(
    r"(?:Maximum|Fixed)[ \n]+(?:length|value|number|size)[ \n]+of[ \n]+(-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)"
)
_NEXT_LIST = re.compile(
    r"\s*The (?:response returns the following|following data is returned)"
)
_BEFORE_VALUES = frozenset({"Length Constraints", "Pattern", "Valid Range"})
_UNION = "This object is a Union"


def stated(item: Item) -> Iterator[tuple[str, str, int]]:
    """The facts at the end of an entry: keyword, text and line."""
    found = list(_KEYWORD.finditer(item.text))
    begin = 0
    for place, one in enumerate(found):
        word = _word(one)
        value = item.text[
            one.end() : found[place + 1].start() if place + 1 < len(found) else None
        ]
        if word == "Type" and type_of(value) is not None:
            begin = place
        elif (
            word in _BEFORE_VALUES
            and place
            and _word(found[place - 1]) == "Valid Values"
        ):
            # Values come behind limits: these are those of the description.
            begin = place
    for place in range(begin, len(found)):
        one = found[place]
        stop = found[place + 1].start() if place + 1 < len(found) else len(item.text)
        line = item.line_at(one.start())
        yield _word(one), item.text[one.end() : stop], line


def prose_of(item: Item) -> str:
    """The text of an entry up to its facts."""
    found = _KEYWORD.search(item.text)
    return item.text[: found.start() if found is not None else None].strip(" -\n")


def _word(found: re.Match[str]) -> str:
    return " ".join((found["first"] or found["word"]).split())


def facts_of(item: Item) -> Member | None:
    """What an entry says of its member; None where it says nothing that a spec has."""
    member: Member | None = None
    facts: dict[str, Fact] = {}
    inner: dict[str, dict[str, Fact]] = {"key": {}, "value": {}, "item": {}}
    for word, value, line in stated(item):
        match word:
            case "Type":
                member = type_of(value) or member
                member = _on(member, line) if member is not None else None
            case "Length Constraints" | "Valid Range":
                if (bounds := limits(value)) is not None:
                    kind = "length" if word[0] == "L" else "range"
                    facts[kind] = Fact(bounds, line)
            case "Array Members" | "Map Entries":
                if (bounds := limits(value)) is not None:
                    facts["count"] = Fact(bounds, line)
            case "Key Length Constraints" | "Value Length Constraints":
                if (bounds := limits(value)) is not None:
                    inner[word.split()[0].lower()]["length"] = Fact(bounds, line)
            case "Key Pattern" | "Value Pattern":
                inner[word.split()[0].lower()] |= _pattern(value, line)
            case "Pattern":
                facts |= _pattern(value, line)
            case "Valid Values":
                if listed := values(value):
                    facts["enum"] = Fact(listed, line)
            case "Valid Keys":
                if listed := values(value):
                    inner["key"]["enum"] = Fact(listed, line)
            case "Required":
                if value.strip().startswith("Yes"):
                    facts["required"] = Fact(True, line)
            case "Note":
                if _UNION in " ".join(value.split()):
                    facts["union"] = Fact(True, line)
            case _:
                pass
    if _UNION in " ".join(item.text.split()):
        facts["union"] = Fact(True, item.line)
    return _assembled(member, facts, inner, item.line)


def _assembled(
    member: Member | None,
    facts: dict[str, Fact],
    inner: dict[str, dict[str, Fact]],
    line: int,
) -> Member | None:
    """Give each fact to the member, or to what it holds."""
    if member is None:
        facts.pop("count", None)
        facts.pop("union", None)
        return Member(line, facts) if facts else None
    count, union = facts.pop("count", None), facts.pop("union", None)
    own = {"required": facts["required"]} if "required" in facts else {}
    rest = {word: fact for word, fact in facts.items() if word != "required"}
    if union is not None and member.says("object"):
        own["type"] = Fact("union", union.line)
    kind = member.says("type")
    if kind in ("list", "map"):
        if count is not None:
            own["length"] = count
        member = _inside(member, rest, inner)
        rest = {}
    return Member(
        line,
        {**member.facts, **own, **rest},
        None,
        member.item,
        member.key,
        member.value,
    )


def _inside(
    member: Member, rest: dict[str, Fact], inner: dict[str, dict[str, Fact]]
) -> Member:
    """Constraints beside a list are those of its items, and a map has them for its parts."""
    item, key, value = member.item, member.key, member.value
    if item is not None and rest:
        item = _deepest(item, rest)
    if key is not None:
        key = key.stating(**inner["key"])
    if value is not None:
        value = value.stating(**inner["value"])
    return Member(member.line, member.facts, None, item, key, value)


def _deepest(item: Member, facts: dict[str, Fact]) -> Member:
    if item.item is not None:
        return Member(item.line, item.facts, None, _deepest(item.item, facts))
    return item if item.key is not None else item.stating(**facts)


def _on(member: Member, line: int) -> Member:
    """The member with a line for each of its facts."""

    def moved(part: Member | None) -> Member | None:
        return _on(part, line) if part is not None else None

    facts = {
        word: Fact(fact.value, line, fact.inferred)
        for word, fact in member.facts.items()
    }
    return Member(
        line, facts, None, moved(member.item), moved(member.key), moved(member.value)
    )


def limits(written: str) -> list[object] | None:
    """Both ends of a limit in words; None where neither is stated."""
    ends: list[object] = []
    for pattern in (_LEAST, _MOST):
        found = pattern.search(written)
        ends.append(number(found[1].rstrip(".")) if found is not None else None)
    return None if ends == [None, None] else ends


def values(written: str) -> list[str]:
    """The values between bars, in one line or in several."""
    written = _NEXT_LIST.split(written)[0]
    kept: list[str] = []
    for line in written.strip().split("\n"):
        line = line.strip()
        if kept and line and "|" not in line and not kept[-1].endswith("|"):
            break
        if line:
            kept.append(line)
    listed = [value.strip(" `") for value in " ".join(kept).split("|")]
    return list(dict.fromkeys(value for value in listed if value))


def _pattern(written: str, line: int) -> dict[str, Fact]:
    written = _NEXT_LIST.split(written)[0]
    lines = [one.strip() for one in written.strip().split("\n") if one.strip()]
    if not lines:
        return {}
    pattern = lines[0]
    for more in lines[1:]:
        quoted = pattern[0] == "`" and pattern.count("`") == 1
        cut = pattern.endswith("-") and " " not in more
        if not quoted and not cut and not _open(pattern):
            break
        # Lines are broken behind hyphens, at spaces, and in words that are too long for one.
        spaced = " " in pattern or pattern.rfind("[") > pattern.rfind("]")
        glue = " " if spaced and not pattern.endswith("-") else ""
        pattern += glue + more
    if pattern.count("`") == 2 and pattern[0] == pattern[-1] == "`":
        pattern = pattern[1:-1]
    return {"pattern": Fact(pattern, line), "match": Fact(match_mode(pattern), line)}


def _open(pattern: str) -> bool:
    """True for a pattern whose brackets are not all closed: it goes on in the next line."""
    depth, in_class, escaped = 0, False, False
    for character in pattern:
        if escaped:
            escaped = False
        elif character == "\\":
            escaped = True
        elif in_class:
            in_class = character != "]"
        elif character == "[":
            in_class = True
        elif character in "()":
            depth += 1 if character == "(" else -1
    return in_class or depth > 0
