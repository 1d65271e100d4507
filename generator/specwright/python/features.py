"""What a service needs of the runtime beyond its base, by name; the output's table of files
maps each name to modules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from specwright.model import Operation, Service, children
from specwright.python.auth import auth_schemes
from specwright.python.events import reads_events, sends_events
from specwright.python.members import analysed, in_json, limits_text
from specwright.python.pagination import is_plain
from specwright.python.symbols import is_int_enum
from specwright.python.traits import FEATURES as TRAITS, operation_traits

PARTS = "http-parts"
JSON = ("json", "rest-json")
# Numbers that are more than JSON's parsers usually keep of them.
BIG_NUMBERS = ("bigDecimal", "bigInteger")


def features(service: Service, operations: Iterable[Operation]) -> tuple[str, ...]:
    """The features that the generated operations of a service need, in order of name."""
    return tuple(sorted({*needed(service, tuple(operations))}))


def needed(service: Service, operations: tuple[Operation, ...]) -> Iterator[str]:
    """Each feature, once or more."""
    if operations:
        yield f"protocol:{service.protocol}"
        if service.query_compatible and service.protocol == "json":
            yield "query-compatible"
        yield from values(service, operations)
    if has_parts(service, operations):
        yield PARTS
    for operation in operations:
        for scheme in auth_schemes(service, operation):
            yield "auth"
            yield f"auth:{scheme.head}"
    if any(operation.waiters for operation in operations):
        yield "waiters"
    for operation in operations:
        for trait in operation_traits(service, operation):
            if trait.head in TRAITS:
                yield TRAITS[trait.head]
        rule = operation.pagination
        if rule is not None and not is_plain(service, operation, rule):
            yield "page-paths"
    if reads_events(service, operations):
        yield f"events:{service.protocol}"
    if sends_events(service, operations):
        yield f"events-in:{service.protocol}"


def has_parts(service: Service, operations: tuple[Operation, ...]) -> bool:
    """True where messages of rest-json have more than paths, query strings and bodies."""
    if service.protocol != "rest-json" or not operations:
        return False
    asked = {m.location for o in operations for m in o.input.members}
    answered = {m.location for o in operations for m in o.output.members}
    answered |= {
        m.location
        for shape in service.shapes.values()
        if shape.error is not None
        for m in shape.members
    }
    return not (asked <= {"body", "path", "query"} and answered <= {"body"})


def values(service: Service, operations: tuple[Operation, ...]) -> Iterator[str]:
    """The kinds of values and constraints that only some services have, such as patterns that
    ``re`` isn't proved to match in linear time."""
    roots = [shape for each in operations for shape in (each.input, each.output)]
    roots += [shape for shape in service.shapes.values() if shape.error is not None]
    for shape in service.reached(*roots):
        if shape.type == "document" or any(map(in_json, children(shape))):
            yield "documents"
        if shape.type == "map":
            yield "maps"
        if shape.type == "bigDecimal":
            yield "big-decimals"
        if shape.type in BIG_NUMBERS and service.protocol in JSON:
            yield "exact-json"
        if is_int_enum(shape):
            yield "int-enums"
        for held in map(service.constraints, children(shape)):
            if held.unique:
                yield "unique-lists"
            if limits_text(held) and (found := analysed(held)).linear:
                yield "look-arounds" if found.looks else "linear-patterns"
