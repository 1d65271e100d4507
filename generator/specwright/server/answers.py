"""What the stand-in answers to an input that is sound.

- An operation with a paginator lists its store (``filters`` and ``paging`` say how).
- A Get, Describe, List or Head operation, and any that is sent with GET or HEAD, that has
  required strings in its input and whose noun is that of a list operation (GetThing,
  ListThings) finds its record there: by members of the same name, else by the Arn, Name or Id
  of the input's stem (``thingIdentifier``: thingArn, thingName, thingId), else by any that the
  record requires; an ARN's last part after a slash will do. What output and record both have
  is the same in both; the rest is invented, the same each time. Where no record is found, the
  operation's own error of status 404 (or with NotFound in its name) is the answer, else
  invented data.
- A stream of events has one event of each kind.
- Every other operation answers with invented data, with what its input has of the same name
  and type put in. Nothing is ever stored.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from hashlib import blake2b

from specwright.model import Member, Operation, Pagination, Service, Shape
from specwright.server import invent
from specwright.server.faults import modelled
from specwright.server.filters import selected
from specwright.server.messages import Record, Value
from specwright.server.names import identifying_stem, named, noun, words
from specwright.server.paging import page
from specwright.server.store import Listing, identities, listed
from specwright.server.validation import admits

_LONG = 1000
_READING = frozenset({"get", "describe", "list", "head"})


def answer(
    service: Service,
    operation: Operation,
    values: Record,
    seed: int,
    listing: Callable[[Operation], Listing | None],
) -> Record:
    """The output for an input; ``listing`` gives the store of a list operation."""
    output = _output(service, operation, values, seed, listing)
    for member in operation.output.members:
        if service.target(member).event_stream:
            output[member.name] = _events(service, operation, member, seed)
        if member.location == "status":
            output[member.name] = operation.http.status
    return output


def _events(
    service: Service, operation: Operation, member: Member, seed: int
) -> list[Value]:
    """One event of each kind, in the order of the spec; errors end streams that fail."""
    key = f"{seed}/{operation.name}/events"
    events: list[Value] = []
    for kind in service.target(member).members:
        shape = service.target(kind)
        if shape.error is None and shape.type == "structure":
            made = invent.structure(service, shape, f"{key}/{kind.name}")
            events.append({kind.name: made})
    return events


def _output(
    service: Service,
    operation: Operation,
    values: Record,
    seed: int,
    listing: Callable[[Operation], Listing | None],
) -> Record:
    store = listing(operation)
    if store is not None and operation.pagination is not None:
        return _page(service, store, operation.pagination, values, seed)
    found = _lookup(service, operation, values, listing)
    if found is not None:
        return found
    root = f"{seed}/{service.id}/{operation.name}"
    told = json.dumps(sorted((k, str(v)) for k, v in values.items()))
    if len(told) > _LONG:
        # It is in the key of every value that is invented.
        told = blake2b(told.encode("ascii"), digest_size=18).hexdigest()
    output = invent.structure(service, operation.output, f"{root}/{told}")
    return _echoing(service, operation, values, output)


def _page(
    service: Service, store: Listing, pagination: Pagination, values: Record, seed: int
) -> Record:
    operation = store.operation
    chosen = selected(service, store, values)
    found = page(service, operation, pagination, chosen, values, seed)
    output = invent.structure(
        service, operation.output, f"{seed}/{operation.name}/output"
    )
    for path in (*pagination.items, *pagination.output_token):
        _drop(service, operation, output, _steps(path))
    _put(output, store.path, found.items)
    for token in _tokens(service, operation, pagination):
        if found.token is not None:
            _put(output, token, found.token)
    if pagination.more_results is not None:
        _put(output, tuple(pagination.more_results.split(".")), found.token is not None)
    return {
        m.name: output[m.name] for m in operation.output.members if m.name in output
    }


def _tokens(
    service: Service, operation: Operation, pagination: Pagination
) -> list[tuple[str, ...]]:
    """Where an output has tokens. Of several places for one the first is meant, and a token
    that goes to a member with a choice of values can't be told there."""
    found: list[tuple[str, ...]] = []
    for token, name in zip(
        pagination.output_token, pagination.input_token, strict=False
    ):
        member = next((m for m in operation.input.members if m.name == name), None)
        if member is None or not service.constraints(member).enum:
            found.append(_steps(token))
    return found


def _steps(path: str) -> tuple[str, ...]:
    """Where a path leads to; of several places the first."""
    return tuple(path.partition("||")[0].strip().split("."))


def _drop(
    service: Service, operation: Operation, output: Record, path: Sequence[str]
) -> None:
    """Leave nothing at a path; what else its structures have to hold is there."""
    first = next((m for m in operation.output.members if m.name == path[0]), None)
    if len(path) > 1 and first is not None and first.name not in output:
        output[first.name] = invent.value(service, first, f"{operation.name}/output")
    for name in path[:-1]:
        inner = output.get(name)
        if not isinstance(inner, dict):
            return
        output = inner
    output.pop(path[-1], None)


def _put(output: Record, path: Sequence[str], value: Value) -> None:
    for name in path[:-1]:
        inner = output.setdefault(name, {})
        if not isinstance(inner, dict):
            return
        output = inner
    output[path[-1]] = value


def _lookup(
    service: Service,
    operation: Operation,
    values: Record,
    listing: Callable[[Operation], Listing | None],
) -> Record | None:
    """The output about the record that the input names; None where no store has such records."""
    reads = words(operation.name)[0] in _READING or operation.http.method in (
        "GET",
        "HEAD",
    )
    asked = [m for m in operation.input.members if m.required and m.name in values]
    asked = [m for m in asked if service.target(m).type == "string"]
    lists = next(
        (
            other
            for other in service.operations.values()
            if noun(other.name) == noun(operation.name)
            and listed(service, other) is not None
        ),
        None,
    )
    store = None if lists is None or not reads or not asked else listing(lists)
    if store is None or store.record is None or lists is None:
        return None
    for item, key in zip(store.items, store.keys, strict=True):
        if isinstance(item, dict) and _named_by(
            store.record, lists.name, item, asked, values
        ):
            return _coherent(service, operation.output, store.record, item, key)
    missing = _not_found(service, operation)
    if missing is not None:
        subject = " ".join(words(operation.name)[1:])
        raise modelled(service, missing, f"No {subject} has this identifier.")
    return None


def _named_by(
    record: Shape, lists: str, item: Record, asked: Sequence[Member], values: Record
) -> bool:
    """True where the input's identifiers are those of the item."""
    alike = [(m, named(record.members, m.name.lower())) for m in asked]
    same = [(m, other) for m, other in alike if other is not None]
    if same:
        return all(_is(item.get(other.name), values[m.name]) for m, other in same)
    for member in asked:
        stem = identifying_stem(member.name)
        own = [m for m in record.members if stem and identifying_stem(m.name) == stem]
        for other in own or identities(record, lists):
            if _is(item.get(other.name), values[member.name]):
                return True
    return False


def _is(held: Value, asked: Value) -> bool:
    if not isinstance(held, str):
        return False
    return held == asked or (
        held.startswith("arn:") and held.rpartition("/")[2] == asked
    )


def _coherent(
    service: Service, shape: Shape, record: Shape, item: Record, key: str
) -> Record:
    """An invented output with the record's values where both have a member; where the output
    shares none of its own, its structures are filled so."""
    known = {m.name: item.get(m.name) for m in shape.members if _same(record, m)}
    output = invent.structure(service, shape, key, known)
    if not known:
        for member in shape.members:
            inner = service.target(member)
            if inner.type == "structure" and any(
                _same(record, m) for m in inner.members
            ):
                output[member.name] = _coherent(service, inner, record, item, key)
    return output


def _same(record: Shape, member: Member) -> bool:
    other = next((m for m in record.members if m.name == member.name), None)
    if other is None:
        return False
    if isinstance(other.target, str) or isinstance(member.target, str):
        return other.target == member.target
    return other.target.type == member.target.type


def _not_found(service: Service, operation: Operation) -> Shape | None:
    errors = [
        service.shapes[name] for name in operation.errors if name in service.shapes
    ]
    for shape in errors:
        if shape.error is not None and shape.error.status == 404:
            return shape
    return next((s for s in errors if "NotFound" in (s.name or "")), None)


def _echoing(
    service: Service, operation: Operation, values: Record, output: Record
) -> Record:
    for member in operation.output.members:
        given = next(
            (m for m in operation.input.members if m.name == member.name), None
        )
        if given is None or given.name not in values:
            continue
        if service.target(given) == service.target(member) and admits(
            service, member, values[given.name]
        ):
            output[member.name] = values[given.name]
    return output
