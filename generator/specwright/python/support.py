"""What the Python target can't generate yet, told as reasons; never generated wrongly."""

from __future__ import annotations

from collections.abc import Iterator

from specwright.model import Member, Operation, Service, Shape, children

PROTOCOLS = ("rest-json", "json")
REQUEST_LOCATIONS = ("body", "path", "query", "header")
RESPONSE_LOCATIONS = ("body", "header", "status")
TEXT_TYPES = ("structure", "union", "map", "document", "blob")


def unsupported(service: Service, operation: Operation) -> str | None:
    """Why an operation can't be generated; None where it can."""
    if operation.unsupported:
        return operation.unsupported
    reason = next(reasons(service, operation), None)
    return f"not supported yet: {reason}" if reason else None


def reasons(service: Service, operation: Operation) -> Iterator[str]:
    """Everything about an operation that the target doesn't know."""
    if service.protocol not in PROTOCOLS:
        yield f"protocol {service.protocol}"
    if operation.host_prefix:
        yield "a host prefix"
    if operation.auth is not None:
        yield "authentication of its own"
    if operation.checksum:
        yield "checksums"
    if operation.http.query:
        yield "a query string in the path template"
    if operation.pagination is not None and (
        len(operation.pagination.input_token) != 1
        or len(operation.pagination.output_token) != 1
        or len(operation.pagination.items) > 1
        or operation.pagination.more_results
        or not all(map(str.isalnum, operation.pagination.output_token))
    ):
        yield "pagination by several tokens, lists or paths"
    for member in operation.input.members:
        yield from member_reasons(service, member, REQUEST_LOCATIONS)
    for member in operation.output.members:
        yield from member_reasons(service, member, RESPONSE_LOCATIONS)
    for shape in service.reached(operation.input, operation.output):
        yield from shape_reasons(service, shape)


def member_reasons(
    service: Service, member: Member, locations: tuple[str, ...]
) -> Iterator[str]:
    """What is unknown about a member of a request or response."""
    if member.location not in locations:
        yield f"'{member.name}' in {member.location}"
    shape = service.target(member)
    if member.location not in ("body", "payload") and (
        shape.type in TEXT_TYPES
        or (
            shape.item is not None
            and (
                member.location == "header"
                or service.target(shape.item).type in ("list", *TEXT_TYPES)
            )
        )
    ):
        yield f"'{member.name}', a {shape.type}, in {member.location}"


def shape_reasons(service: Service, shape: Shape) -> Iterator[str]:
    """What is unknown about a shape."""
    named = shape.name or f"a {shape.type}"
    if shape.type == "bigDecimal":
        yield f"{named}: big decimals"
    if shape.streaming or shape.event_stream:
        yield f"{named}: streaming"
    if shape.type == "integer" and shape.constraints.enum:
        yield f"{named}: int enums"
    for member in children(shape):
        if member.json_value:
            yield f"'{member.name}': JSON in a header"
        if service.target(member).type == "document" and not member.required:
            yield f"'{member.name}': documents"
