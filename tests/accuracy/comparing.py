"""Facts that were read beside facts of a model: counted by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_PARTS = ("item", "key", "value")
_APART = frozenset({"members", *_PARTS, "wire_or_absent"})
# Models don't always say that a structure is a union, and formats neither.
_WHOLE = {"integer": {"long", "short", "byte"}, "double": {"float"}}


@dataclass
class Score:
    """How often each kind of fact was right, wrong (or invented), or missed."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def add(self, other: Score) -> None:
        """Count another score's facts too."""
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed

    def precision(self, kind: str) -> float:
        """The share of what was said that is right."""
        said = self.right[kind] + self.wrong[kind]
        return self.right[kind] / said if said else 1.0

    def recall(self, kind: str) -> float:
        """The share of what the page carries that was said, and right."""
        there = self.right[kind] + self.missed[kind]
        return self.right[kind] / there if there else 1.0

    @property
    def errors(self) -> int:
        """Everything that went wrong."""
        return self.wrong.total() + self.missed.total()

    def kinds(self) -> list[str]:
        """Every kind of fact that was counted."""
        return sorted({*self.right, *self.wrong, *self.missed})


def score(said: dict[str, Any], true: dict[str, Any]) -> tuple[Score, list[str]]:
    """Compare two objects of facts; the list says what differs, and where."""
    result, differences = Score(), []
    mine, theirs = dict(_facts(said)), dict(_facts(true))
    for place, value in theirs.items():
        kind = place[-1] if place[0] != "pagination" else f"pagination {place[-1]}"
        if place not in mine:
            result.missed[kind] += 1
            differences.append(f"missed {'/'.join(place)}: {value}")
        elif mine[place] == value or mine[place] == _merged(kind, value):
            result.right[kind] += 1
        else:
            result.wrong[kind] += 1
            result.missed[kind] += 1
            differences.append(f"wrong {'/'.join(place)}: {mine[place]}, not {value}")
    for place in mine.keys() - theirs.keys():
        kind = place[-1] if place[0] != "pagination" else f"pagination {place[-1]}"
        result.wrong[kind] += 1
        differences.append(f"invented {'/'.join(place)}: {mine[place]}")
    return result, differences


def with_small_names(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts with members' names in small letters: Dart does not show how they begin."""
    named = {name.casefold(): member for name, member in facts["input"].items()}
    for member in named.values():
        member.pop("wire", None)
    http = {**facts["http"], "path": facts["http"]["path"].casefold()}
    return {**facts, "input": named, "http": http}


def _merged(kind: str, value: object) -> object:
    """What a format says that has one word for several types of numbers."""
    if kind == "type":
        return next((k for k, others in _WHOLE.items() if value in others), value)
    return value


def _facts(data: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], object]]:
    for word in ("service", "operation", "protocol"):
        if word in data:
            yield (word,), data[word]
    for word, value in data.get("http", {}).items():
        yield ("http", word), value
    for section in ("input", "output"):
        for name, member in data.get(section, {}).items():
            yield from _member((section, name), member)
    for name, error in data.get("errors", {}).items():
        yield ("errors", name, "error"), True
        for word, value in error.items():
            yield ("errors", name, word), value
    for word, value in data.get("pagination", {}).items():
        yield ("pagination", word), value


def _member(
    place: tuple[str, ...], member: dict[str, Any]
) -> Iterator[tuple[tuple[str, ...], object]]:
    yield (*place, "member"), True
    for word, value in member.items():
        if word == "members":
            for name, inner in value.items():
                yield from _member((*place, name), inner)
        elif word in _PARTS:
            yield from _member((*place, word), value)
        else:
            yield (*place, word), value
