"""What the stand-in does with the filters of a list operation.

The rules go by the names of input members, without regard to case, and by no operation's own:

- ``<X>Equals`` keeps the items whose member named so, or ending in X, equals the value; where
  no name fits, the member that has the filter's own named shape (an enumeration, usually).
- ``<X>Contains`` keeps those whose string member ending in X has the value within it; upper
  and lower case differ.
- ``<X>After`` and ``<X>Before`` keep those whose timestamp member ending in X is later, or
  earlier, than the value; an equal instant is neither.
- ``sortBy`` sorts by the member ending in its value, and ``sortOrder`` by a value that begins
  with "desc" turns that round. Equal items keep the order of the store. With a ``sortOrder``
  alone the items are sorted by the default of ``sortBy``, else by the first of its values that
  speaks of creation, else by its first value.

Where several members fit, the same name wins, then the same named shape, then a required
member, then the earliest. An item without the member is left out by a filter, and comes last
in a sort. Every other input member, and a filter that fits no member, is accepted and ignored.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal

from specwright.model import Member, Operation, Service, Shape
from specwright.server.messages import Record, Value
from specwright.server.names import meant, named, sharing
from specwright.server.store import Listing


def selected(service: Service, listing: Listing, values: Record) -> list[Value]:
    """The items that an input asks for, in the order that it asks for."""
    items = list(listing.items)
    if listing.record is None:
        return items
    for member in listing.operation.input.members:
        value = values.get(member.name)
        if value is None:
            continue
        keeps = _filter(service, listing.record, member, value)
        if keeps is not None:
            items = [item for item in items if isinstance(item, dict) and keeps(item)]
    return _sorted(service, listing, items, values)


def _filter(
    service: Service, record: Shape, member: Member, value: Value
) -> Callable[[Record], bool] | None:
    folded = member.name.lower()
    for ending, rule in (
        ("equals", _equals),
        ("contains", _contains),
        ("after", _after),
        ("before", _before),
    ):
        if folded.endswith(ending):
            about = meant(record, folded.removesuffix(ending), member)
            if about is None and ending == "equals":
                about = sharing(record, member)
            if about is None:
                return None
            kind = service.target(about).type
            if ending == "contains" and kind != "string":
                return None
            if ending in ("after", "before") and kind != "timestamp":
                return None
            name = about.name
            return lambda item: rule(item.get(name), value)
    return None


def _equals(held: Value, asked: Value) -> bool:
    return held == asked


def _contains(held: Value, asked: Value) -> bool:
    return isinstance(held, str) and isinstance(asked, str) and asked in held


def _after(held: Value, asked: Value) -> bool:
    return isinstance(held, datetime) and isinstance(asked, datetime) and held > asked


def _before(held: Value, asked: Value) -> bool:
    return isinstance(held, datetime) and isinstance(asked, datetime) and held < asked


def _sorted(
    service: Service, listing: Listing, items: Sequence[Value], values: Record
) -> list[Value]:
    members = listing.operation.input.members
    by, order = named(members, "sortby"), named(members, "sortorder")
    asked = None if by is None else values.get(by.name)
    direction = "" if order is None else str(values.get(order.name) or "")
    if asked is None and direction:
        asked = _customary(service, listing.operation)
    about = None
    if isinstance(asked, str) and listing.record is not None:
        about = meant(listing.record, asked.replace("_", ""), by)
    if about is None:
        return list(items)
    name = about.name
    with_it = [
        i for i in items if isinstance(i, dict) and _rank(i.get(name)) is not None
    ]
    without = [
        i for i in items if not isinstance(i, dict) or _rank(i.get(name)) is None
    ]
    down = direction.lower().startswith("desc")
    if down:
        # Reversed twice, so that equal items keep their order.
        with_it.reverse()
    with_it.sort(key=lambda item: _rank(item.get(name)) or (0, 0.0, ""))
    if down:
        with_it.reverse()
    return [*with_it, *without]


def _customary(service: Service, operation: Operation) -> Value:
    by = named(operation.input.members, "sortby")
    if by is None:
        return None
    if isinstance(by.default, str):
        return by.default
    choices = [str(choice) for choice in service.constraints(by).enum]
    return next(
        (c for c in choices if "creat" in c.lower()), choices[0] if choices else None
    )


def _rank(value: Value) -> tuple[int, float, str] | None:
    """A key by which values of one type sort; None where there is no order."""
    if isinstance(value, str):
        return (0, 0.0, value)
    if isinstance(value, datetime):
        return (0, value.timestamp(), "")
    if isinstance(value, (bool, int, float, Decimal)):
        return (0, float(value), "")
    return None
