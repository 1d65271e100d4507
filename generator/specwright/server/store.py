"""The records behind a list operation: invented from a seed, or given by a test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from specwright.model import Member, Operation, Service, Shape
from specwright.server import invent
from specwright.server.messages import Record, Value
from specwright.server.names import identifying_stem, noun

ITEMS = 25
_TRIES = 20

Given: TypeAlias = Mapping[str, Mapping[str, Sequence[Value]]]
"""Records by service id and list operation, instead of invented ones."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list operation lists. ``path`` leads to the list in the output; ``record`` is the
    shape of an item, None where items are not structures; ``keys`` made the items."""

    operation: Operation
    path: tuple[str, ...]
    record: Shape | None
    items: tuple[Value, ...]
    keys: tuple[str, ...]


def listed(
    service: Service, operation: Operation
) -> tuple[tuple[str, ...], Member] | None:
    """Where an operation's output has the list that it pages through, and the list's item."""
    if operation.pagination is None:
        return None
    for text in operation.pagination.items:
        path = tuple(text.split("."))
        shape = operation.output
        for name in path:
            member = next((m for m in shape.members if m.name == name), None)
            if member is None:
                break
            shape = service.target(member)
        else:
            if shape.type == "list" and shape.item is not None:
                return path, shape.item
    return None


def listing(
    service: Service, operation: Operation, seed: int, given: Given
) -> Listing | None:
    """The records of a list operation, or None where the operation lists nothing.

    They depend on the seed, the service and the operation alone.
    """
    found = listed(service, operation)
    if found is None:
        return None
    path, item = found
    shape = service.target(item)
    record = shape if shape.type == "structure" else None
    root = f"{seed}/{service.id}/{operation.name}"
    items = given.get(service.id, {}).get(operation.name)
    if items is not None:
        keys = tuple(f"{root}/{index}" for index in range(len(items)))
        return Listing(operation, path, record, tuple(items), keys)
    made, keys = _invented(service, item, record, root)
    return Listing(operation, path, record, made, keys)


def identities(shape: Shape, operation: str) -> list[Member]:
    """The members that tell a record from others: its own Arn, Name or Id before those that
    it requires, where a name says that they belong to something else."""
    subject = noun(operation)
    marked = [(m, identifying_stem(m.name)) for m in shape.members]
    own = [m for m, stem in marked if stem is not None and subject.endswith(stem)]
    return own or [m for m, stem in marked if stem is not None and m.required]


def _invented(
    service: Service, item: Member, record: Shape | None, root: str
) -> tuple[tuple[Value, ...], tuple[str, ...]]:
    made: list[Value] = []
    keys: list[str] = []
    seen: set[tuple[str, str]] = set()
    operation = root.rpartition("/")[2]
    own = [] if record is None else [m.name for m in identities(record, operation)]
    for index in range(ITEMS):
        key = f"{root}/{index}"
        for again in range(_TRIES):
            key = f"{root}/{index}" + (f"~{again}" if again else "")
            value = invent.value(service, item, key)
            marks = _marks(value, own)
            # An identifier of few possible values stays ambiguous after the last try.
            if not marks & seen or again == _TRIES - 1:
                seen |= marks
                made.append(value)
                keys.append(key)
                break
    return tuple(made), tuple(keys)


def _marks(value: Value, own: Sequence[str]) -> set[tuple[str, str]]:
    if isinstance(value, str):
        return {("", value)}
    record: Record = value if isinstance(value, dict) else {}
    return {(name, text) for name in own if isinstance(text := record.get(name), str)}
