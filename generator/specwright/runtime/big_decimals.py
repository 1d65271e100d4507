"""Decimals of any size and precision."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from .reading import Convert, Reader
from .schema import Extension, Shape, Source, Spec
from .validation import Check
from .violations import Findings, Name


class ExactFloat(float):
    """A number as JSON has it: as near as floats come, and its text."""

    __slots__ = ("text",)
    text: str

    def __int__(self) -> int:
        number = Decimal(self.text)
        if number != number.to_integral_value():
            raise ValueError("expected a whole number")
        return int(number)


class BigDecimal(Extension):
    """A Decimal, or a whole number; ``range`` are the texts of its bounds."""

    kind = "bigDecimal"

    def __init__(
        self,
        *,
        range: tuple[str | None, str | None] | None = None,
        source: Source = None,
    ) -> None:
        low, high = range or (None, None)
        self.source = source
        self.low: Decimal | None = None if low is None else Decimal(low)
        self.high: Decimal | None = None if high is None else Decimal(high)

    def check(self, scope: str, spec: Spec) -> Check:
        low, high = self.low, self.high
        bounded = low is not None or high is not None
        source = spec.source(self.source, "range")

        def check_decimal(value: object, at: str, name: Name, found: Findings) -> None:
            number = decimal(value)
            if number is None:
                found.note(at, name, "type", "a finite Decimal", spec.main)
            elif (
                bounded
                and "range" not in found.off
                and (
                    (low is not None and number < low)
                    or (high is not None and number > high)
                )
            ):
                found.note(at, name, "range", (low, high), source)

        return check_decimal

    def reader(self, scope: str, inner: Callable[[Shape], Reader]) -> Reader:
        return Decimal, read_decimal

    def writer(self, inner: Callable[[Shape], Convert | None]) -> Convert | None:
        return write_decimal

    def from_plain(self, value: object, scope: str) -> object:
        """Other numbers as the decimals that their shortest texts say."""
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return read_decimal(value)
        return value


def decimal(value: object) -> Decimal | None:
    """A finite decimal, or a whole number as one."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, Decimal) and value.is_finite():
        return value
    return None


def read_decimal(value: object) -> object:
    """A number as the decimal that it was written as."""
    if isinstance(value, ExactFloat):
        return Decimal(value.text)
    if isinstance(value, (int, float, str)) and not isinstance(value, bool):
        try:
            return Decimal(str(value))
        except InvalidOperation:
            pass
    raise ValueError("expected a number")


def write_decimal(value: object) -> object:
    found = decimal(value)
    return value if found is None else found
