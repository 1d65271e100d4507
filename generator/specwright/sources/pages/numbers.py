"""Numbers as pages write them."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"-?[0-9]{1,40}(?:\.[0-9]{1,40})?(?:[eE][+-]?[0-9]{1,3})?")


def number(written: str) -> int | float | None:
    """The number that a text is, whole where it can be; None for anything else."""
    plain = written.strip().replace(",", "")
    if not _NUMBER.fullmatch(plain):
        return None
    if re.fullmatch("-?[0-9]+", plain):
        return int(plain)
    value = float(plain)
    return int(value) if value.is_integer() and abs(value) < 1e15 else value
