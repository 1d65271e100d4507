"""Broken constraints as values, their wording, and how strictly each kind is enforced."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal[
    "required",
    "type",
    "length",
    "range",
    "pattern",
    "enum",
    "unique",
    "union",
    "label",
]
Bounds: TypeAlias = "tuple[float | None, float | None]"
Limit: TypeAlias = "str | Bounds | tuple[str | int, ...]"
Mode: TypeAlias = Literal["strict", "warn", "off"]
Modes: TypeAlias = "Mode | Mapping[str, Mode]"

MODAL: tuple[Kind, ...] = ("length", "range", "pattern", "enum", "unique")
MODES: tuple[Mode, ...] = ("strict", "warn", "off")


class Violation:
    """One broken constraint.

    ``pointer`` is a JSON Pointer by the spec's names, ``kind`` the constraint's kind,
    ``limit`` what it allows: a (min, max) pair, a text, or the tuple of allowed values;
    ``source`` is where it is documented. The offending value is never part of it.
    """

    __slots__ = ("kind", "limit", "message", "pointer", "source")

    def __init__(
        self, pointer: str, kind: Kind, limit: Limit, message: str, source: str
    ) -> None:
        self.pointer: str = pointer
        self.kind: Kind = kind
        self.limit: Limit = limit
        self.message: str = message
        self.source: str = source

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Violation) and repr(self) == repr(other)

    def __hash__(self) -> int:
        return hash((self.pointer, self.kind, self.message))

    def __repr__(self) -> str:
        return (
            f"Violation(pointer={self.pointer!r}, kind={self.kind!r}, "
            f"limit={self.limit!r}, message={self.message!r}, source={self.source!r})"
        )

    def __str__(self) -> str:
        return f"{self.message} (source: {self.source})"


class Findings(list[Violation]):
    """The violations found so far."""

    __slots__ = ()

    def note(
        self,
        pointer: str,
        kind: Kind,
        limit: Limit,
        rule: str,
        source: str,
        subject: str = "Value",
    ) -> None:
        """Add a violation; ``rule`` is what the member must satisfy."""
        message = f"{subject} at '{pointer}' failed to satisfy constraint: {rule}"
        self.append(Violation(pointer, kind, limit, message, source))

    def wrong_type(self, pointer: str, what: str, source: str) -> None:
        """Add that a value has the wrong type."""
        self.note(pointer, "type", what, f"Member must be {what}", source)

    def wrong_length(
        self, pointer: str, count: int, limit: Bounds, source: str
    ) -> None:
        """Add that a value is too short or too long."""
        rule = f"Member must have length {bounds_text(limit)}"
        subject = f"Value with length {count}"
        self.note(pointer, "length", limit, rule, source, subject)

    def wrong_number(self, pointer: str, limit: Bounds, source: str) -> None:
        """Add that a number is too small or too large."""
        rule = f"Member must be {bounds_text(limit)}"
        self.note(pointer, "range", limit, rule, source)

    def not_listed(
        self, pointer: str, allowed: tuple[str | int, ...], source: str
    ) -> None:
        """Add that a value is none of those listed."""
        values = ", ".join(str(value) for value in allowed)
        rule = f"Member must satisfy enum value set: [{values}]"
        self.note(pointer, "enum", allowed, rule, source)


def pointer_to(at: str, segment: str | int) -> str:
    """The JSON Pointer of something inside what ``at`` points to."""
    return f"{at}/{str(segment).replace('~', '~0').replace('/', '~1')}"


def outside(value: float, limit: Bounds) -> bool:
    """True where a number is not within inclusive bounds."""
    low, high = limit
    return (low is not None and value < low) or (high is not None and value > high)


def bounds_text(limit: Bounds) -> str:
    """Inclusive bounds in words."""
    low, high = limit
    if low is None:
        return f"less than or equal to {number_text(high)}"
    if high is None:
        return f"greater than or equal to {number_text(low)}"
    return f"between {number_text(low)} and {number_text(high)}, inclusive"


def number_text(value: float | None) -> str:
    """A bound in digits, a whole one without a fraction."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def mode_of(kind: Kind, modes: Modes) -> Mode:
    """How a kind is enforced; types, required members, unions and labels always are."""
    if kind not in MODAL:
        return "strict"
    return modes if isinstance(modes, str) else modes.get(kind, "strict")


def checked_modes(modes: Modes) -> Modes:
    """The modes; an unknown kind or mode raises a ValueError."""
    pairs = [("pattern", modes)] if isinstance(modes, str) else list(modes.items())
    for kind, mode in pairs:
        if kind not in MODAL:
            raise ValueError(f"validation of {kind!r} has no mode: {', '.join(MODAL)}")
        if mode not in MODES:
            raise ValueError(f"no validation mode {mode!r}: {', '.join(MODES)}")
    return modes
