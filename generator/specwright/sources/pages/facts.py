"""What one page says about one operation: facts in the words of ``specwright facts``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

Format: TypeAlias = Literal["js-v3", "dart", "api-reference", "boto3-rst", "botocore"]
"""Formats of pages, and that of the models which complete what no page says."""
Value: TypeAlias = object
"""A fact's value: plain JSON data."""

MAX_DEPTH = 100
MAX_MEMBERS = 100_000
"""Shapes that are printed once and named many times could otherwise fill any memory."""

PARTS = ("item", "key", "value")
UNSEEN = frozenset(
    {"doc", "shape", "shared", "streaming", "idempotency_token", "json_value"}
)
"""Facts that a spec has a place for, and ``specwright facts`` has none."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a fact was taken from: a page by its title, or a model by its version."""

    format: str
    page: str | None = None
    version: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A value with the line that says it; ``inferred`` is what follows from a rule only.

    ``source`` and ``file`` are set where facts of several pages come together.
    """

    value: Value
    line: int
    inferred: bool = False
    source: Source | None = None
    file: str = ""


Facts: TypeAlias = Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Member:
    """A member, item, key or value, and whatever the page says that it holds.

    ``members`` is None where nothing is known of members; a structure without any has none.
    """

    line: int = 0
    facts: Facts = field(default_factory=dict)
    members: Mapping[str, Member] | None = None
    item: Member | None = None
    key: Member | None = None
    value: Member | None = None

    def stating(self, **facts: Fact | None) -> Member:
        """The member with more facts, which go before its own."""
        stated = {word: fact for word, fact in facts.items() if fact is not None}
        return replace(self, facts={**self.facts, **stated}) if stated else self

    def says(self, word: str) -> Value:
        """The value of a fact, or None."""
        fact = self.facts.get(word)
        return fact.value if fact is not None else None

    def parts(self) -> Iterator[tuple[str, Member]]:
        """The item, key and value that there are."""
        for word, part in zip(PARTS, (self.item, self.key, self.value), strict=True):
            if part is not None:
                yield word, part


Members: TypeAlias = Mapping[str, Member]


@dataclass(frozen=True, slots=True)
class PageFacts:
    """Everything that a page says. ``input`` or ``output`` is None where it says nothing of it.

    ``facts`` has service, operation, protocol and the like; ``http`` method, path and status.
    """

    page: str
    format: Format
    facts: Facts = field(default_factory=dict)
    http: Facts = field(default_factory=dict)
    input: Members | None = None
    output: Members | None = None
    errors: Mapping[str, Member] | None = None
    pagination: Facts = field(default_factory=dict)
    unread: tuple[int, ...] = ()
    """Lines that no rule understood."""

    @property
    def source(self) -> Source:
        """What the page is called where a spec names its sources."""
        version = self.text("version") if self.format == "botocore" else None
        return Source(self.format, self.text("page"), version)

    def text(self, word: str) -> str | None:
        """The text of a fact about the operation as a whole."""
        fact = self.facts.get(word)
        return fact.value if fact is not None and isinstance(fact.value, str) else None


def to_json(page: PageFacts) -> dict[str, object]:
    """The facts as ``specwright facts`` prints them, with the page and what was inferred."""
    inferred: list[str] = []
    result: dict[str, object] = {}
    for word in ("service", "operation", "protocol"):
        if word in page.facts:
            result[word] = _told(page.facts[word], f"/{word}", inferred)
    if page.http:
        result["http"] = _all(page.http, "/http", inferred)
    for section, members in (("input", page.input), ("output", page.output)):
        if members is not None:
            result[section] = _members(members, f"/{section}", inferred)
    if page.errors is not None:
        result["errors"] = {
            name: _error(error.facts, f"/errors/{escaped(name)}", inferred)
            for name, error in page.errors.items()
        }
    if page.pagination:
        result["pagination"] = _all(page.pagination, "/pagination", inferred)
    result["page"] = page.page
    result["inferred"] = inferred
    return result


def escaped(name: str) -> str:
    """A name as a part of a JSON Pointer."""
    return name.replace("~", "~0").replace("/", "~1")


def _told(fact: Fact, pointer: str, inferred: list[str]) -> Value:
    if fact.inferred:
        inferred.append(pointer)
    return fact.value


def _all(facts: Facts, pointer: str, inferred: list[str]) -> dict[str, Value]:
    return {
        word: _told(fact, f"{pointer}/{word}", inferred)
        for word, fact in facts.items()
        if word not in UNSEEN
    }


def _error(facts: Facts, pointer: str, inferred: list[str]) -> dict[str, Value]:
    words = ("status", "fault")
    return _all(
        {word: facts[word] for word in words if word in facts}, pointer, inferred
    )


def _members(members: Members, pointer: str, inferred: list[str]) -> dict[str, object]:
    return {
        name: _member(member, f"{pointer}/{escaped(name)}", inferred)
        for name, member in members.items()
    }


_WORDS = (
    *("ref", "type", "required", "in", "wire", "length", "range", "pattern"),
    *("match", "enum", "timestamp", "sensitive", "unique"),
)


def _member(member: Member, pointer: str, inferred: list[str]) -> dict[str, object]:
    result = {
        word: _told(member.facts[word], f"{pointer}/{word}", inferred)
        for word in _WORDS
        if word in member.facts
    }
    if member.members is not None:
        result["members"] = _members(member.members, f"{pointer}/members", inferred)
    for word, part in member.parts():
        result[word] = _member(part, f"{pointer}/{word}", inferred)
    return result
