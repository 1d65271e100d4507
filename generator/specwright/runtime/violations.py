"""Broken constraints as values, their wording, and how strictly each kind is enforced."""

from __future__ import annotations

from collections.abc import Mapping, Sized
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, get_args

if TYPE_CHECKING:
    from decimal import Decimal

Kind: TypeAlias = Literal[
    "required", "type", "length", "range", "pattern", "enum", "unique", "union", "label"
]
Bounds: TypeAlias = "tuple[float | Decimal | None, float | Decimal | None]"
Limit: TypeAlias = "str | Bounds | tuple[str | int, ...]"
Name: TypeAlias = "str | int | None"
"""Of a member, or the index of an item; None stands for the whole of what is pointed to."""

ModalKind: TypeAlias = Literal["length", "range", "pattern", "enum", "unique"]
Mode: TypeAlias = Literal["strict", "warn", "off"]
Modes: TypeAlias = "Mode | Mapping[ModalKind, Mode]"


class Violation(NamedTuple):
    """One broken constraint.

    ``pointer`` is a JSON Pointer by the spec's names, ``kind`` the constraint's kind,
    ``limit`` what it allows: a (min, max) pair, a text, or the tuple of allowed values;
    ``source`` is where it is documented. The offending value is never part of it.
    """

    pointer: str
    kind: Kind
    limit: Limit
    message: str
    source: str

    def __str__(self) -> str:
        return f"{self.message} (source: {self.source})"


class Findings(list[Violation]):
    """Violations found so far; kinds that are ``off`` aren't looked for, and keys of maps
    are left out of pointers while they are ``hidden``."""

    off: frozenset[str] = frozenset()
    hidden = False

    def note(
        self,
        at: str,
        name: Name,
        kind: Kind,
        limit: Limit,
        source: str,
        value: object = None,
    ) -> None:
        """Add a violation by what has a name in what ``at`` points to."""
        pointer = pointer_to(at, name)
        subject = "Value"
        if kind == "length" and isinstance(value, Sized):
            subject = f"Value with length {len(value)}"
        rule = rule_text(kind, limit)
        message = (
            f"{subject} at '{pointer}' failed to satisfy constraint: Member must {rule}"
        )
        self.append(Violation(pointer, kind, limit, message, source))


def rule_text(kind: Kind, limit: Limit) -> str:
    listed = ", ".join(str(value) for value in limit)
    if kind == "length":
        return f"have length {bounds_text(limit)}"
    if kind == "range":
        return f"be {bounds_text(limit)}"
    if kind == "pattern":
        return f"satisfy regular expression pattern: {limit}"
    if kind == "enum":
        return f"satisfy enum value set: [{listed}]"
    if kind == "union":
        return f"have exactly one of its members set: [{listed}]"
    if kind == "unique":
        return "have unique values"
    if kind == "required":
        return "not be null"
    return "not be empty" if limit == "not empty" else f"be {limit}"


def pointer_to(at: str, name: Name) -> str:
    if name is None:
        return at
    return f"{at}/{str(name).replace('~', '~0').replace('/', '~1')}"


def bounds_text(limit: Limit) -> str:
    low, high = limit[0], limit[1]
    if low is None:
        return f"less than or equal to {number_text(high)}"
    if high is None:
        return f"greater than or equal to {number_text(low)}"
    return f"between {number_text(low)} and {number_text(high)}, inclusive"


def number_text(value: object) -> str:
    if not isinstance(value, float):
        return str(value)
    from decimal import Decimal

    return f"{int(value) if value.is_integer() else Decimal(str(value)):f}"


def modes_by_kind(modes: Modes, usual: Mapping[str, Mode]) -> Mapping[str, Mode]:
    """The mode of each kind that has one: as given, else as usual. Types, required members,
    unions and labels always hold. An unknown kind or mode raises a ValueError."""
    kinds: tuple[ModalKind, ...] = get_args(ModalKind)
    given: Mapping[ModalKind, Mode]
    given = dict.fromkeys(kinds, modes) if isinstance(modes, str) else modes
    merged = dict(usual)
    for kind, mode in given.items():
        if kind not in kinds:
            raise ValueError(f"validation of {kind!r} has no mode: {', '.join(kinds)}")
        if mode not in get_args(Mode):
            known = ", ".join(get_args(Mode))
            raise ValueError(f"no validation mode {mode!r}: {known}")
        merged[kind] = mode
    return merged
