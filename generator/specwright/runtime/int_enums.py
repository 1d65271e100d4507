"""Whole numbers out of values that the spec lists."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import get_args

from .reading import Reader
from .schema import Extension, RangeBounds, Shape, Source, Spec
from .validation import Check, Rule, is_within, whole_number
from .violations import Findings, Name


class UnknownNumber(int):
    """A value of an int enum that the spec doesn't list.

    Services add values; those that a client doesn't know arrive as this type. Wrap a number
    in it to send one on purpose.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return f"UnknownNumber({int.__repr__(self)})"

    def __str__(self) -> str:
        return int.__repr__(self)


class IntEnum(Extension):
    """A whole number out of those that an alias of the service's shapes lists, or of
    ``enum`` where a member narrows them."""

    kind = "intEnum"

    def __init__(
        self,
        name: str,
        *,
        enum: tuple[int, ...] = (),
        range: RangeBounds = None,
        bits: int = 32,
        source: Source = None,
    ) -> None:
        self.source = source
        self.name = name
        self.enum = enum
        self.range = range
        self.bits = bits

    def values(self, scope: str) -> tuple[int, ...]:
        """The values that are listed."""
        if self.enum:
            return self.enum
        alias: object = getattr(import_module(scope + ".shapes"), self.name)
        return tuple(
            value
            for literal in get_args(alias)
            for value in get_args(literal)
            if isinstance(value, int)
        )

    def check(self, scope: str, spec: Spec) -> Check:
        what, fits = whole_number(self.bits)
        rules: list[Rule] = []

        def check_enum(value: object, at: str, name: Name, found: Findings) -> None:
            if not fits(value):
                found.note(at, name, "type", what, spec.main)
                return
            if not rules:
                rules.extend(self.rules(scope, spec))
            for rule in rules:
                if rule.kind not in found.off and not rule.holds(value):
                    found.note(at, name, rule.kind, rule.limit, rule.source, value)

        return check_enum

    def rules(self, scope: str, spec: Spec) -> list[Rule]:
        """The constraints, as tests of whole numbers."""
        listed = self.values(scope)

        def is_listed(value: object) -> bool:
            return isinstance(value, UnknownNumber) or value in listed

        cited = spec.source(self.source, "enum")
        rules = [Rule("enum", listed, cited, is_listed)]
        if self.range is not None:
            cited = spec.source(self.source, "range")
            rules.insert(0, Rule("range", self.range, cited, is_within(self.range)))
        return rules

    def reader(self, scope: str, inner: Callable[[Shape], Reader]) -> Reader:
        known: dict[int, int] = {}

        def read_enum(value: object) -> object:
            number = whole(value)
            if not known:
                known.update({listed: listed for listed in self.values(scope)})
            return known.get(number, UnknownNumber(number))

        return None, read_enum


def whole(value: object) -> int:
    """A whole number, which may stand as a text, or with a fraction of zero."""
    try:
        if isinstance(value, str) or (
            isinstance(value, (int, float))
            and not isinstance(value, bool)
            and int(value) == value
        ):
            return int(value)
    except (ValueError, OverflowError):
        pass
    raise ValueError("expected a whole number")
