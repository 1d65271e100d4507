"""What the names of members and operations say: the rules by which the stand-in behaves."""

from __future__ import annotations

import re
from collections.abc import Iterable

from specwright.model import Member, Shape

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_IDENTIFYING = ("identifier", "arn", "name", "id")


def words(name: str) -> list[str]:
    """The words of a camel-case name, in lower case."""
    return [word.lower() for word in _WORDS.findall(name)]


def noun(operation: str) -> str:
    """What an operation is about: its name without the verb, in lower case and singular."""
    rest = "".join(words(operation)[1:])
    if rest.endswith("ies"):
        return rest[:-3] + "y"
    if rest.endswith(("sses", "xes", "ches", "shes")):
        return rest[:-2]
    return rest[:-1] if rest.endswith("s") and not rest.endswith("ss") else rest


def identifying_stem(name: str) -> str | None:
    """The name without its Arn, Name, Id or Identifier, in lower case; None without one."""
    folded = name.lower()
    for ending in _IDENTIFYING:
        if folded.endswith(ending):
            return folded.removesuffix(ending)
    return None


def meant(record: Shape, ending: str, like: Member | None = None) -> Member | None:
    """The member of a record that a filter means by the end of its name.

    Of several, the first of: the same name, the same named shape as ``like``, a required one,
    the earliest. Case does not matter.
    """
    folded = ending.lower()
    found = [m for m in record.members if folded and m.name.lower().endswith(folded)]

    def rank(member: Member) -> tuple[bool, bool, bool]:
        alike = (
            like is not None
            and isinstance(like.target, str)
            and like.target == member.target
        )
        return (member.name.lower() != folded, not alike, not member.required)

    return min(found, key=rank, default=None)


def sharing(record: Shape, like: Member) -> Member | None:
    """The first member of a record whose shape is the named shape of ``like``."""
    if not isinstance(like.target, str):
        return None
    return next((m for m in record.members if m.target == like.target), None)


def named(members: Iterable[Member], folded: str) -> Member | None:
    """The first member of that name, whatever its case."""
    return next((m for m in members if m.name.lower() == folded), None)
