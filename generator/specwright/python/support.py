"""What the Python target can't generate yet, told as reasons; never generated wrongly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from specwright.model import Member, Operation, Service, Shape, children
from specwright.python.auth import auth_problems
from specwright.python.events import event_problems
from specwright.python.pagination import pagination_reasons

PROTOCOLS = ("rest-json", "json", "rpc-v2-cbor", "rest-xml", "query", "ec2")
REST = ("rest-json", "rest-xml")
DOCUMENTS = ("json", "rest-json", "rpc-v2-cbor")
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
    yield from auth_problems(service, operation)
    yield from pagination_reasons(service, operation)
    for shape in service.reached(operation.input, operation.output):
        yield from shape_reasons(service, shape)
        whole = shape is operation.input or shape is operation.output
        for part in children(shape):
            if service.target(part).streaming and not (
                whole and part.location == "payload" and service.protocol in REST
            ):
                yield "streamed bodies"
    yield from event_problems(service, operation)
    for member in (*operation.input.members, *operation.output.members):
        yield from member_reasons(service, member)
    for name in operation.errors:
        yield from error_reasons(service, service.shapes[name])


def generated_shapes(
    service: Service, operations: Iterable[Operation]
) -> frozenset[int]:
    """The shapes that operations and the service's errors need, by identity."""
    roots = [s for operation in operations for s in (operation.input, operation.output)]
    for shape in service.shapes.values():
        if shape.error is not None and not any(error_reasons(service, shape)):
            roots.append(shape)
    # Inputs and outputs may be copies of named shapes, bound to parts of a message.
    return frozenset(
        id(service.shapes.get(shape.name or "", shape))
        for shape in service.reached(*roots)
    )


def error_reasons(service: Service, error: Shape) -> Iterator[str]:
    """What is unknown about an error."""
    for member in error.members:
        yield from member_reasons(service, member)
    for shape in service.reached(error):
        yield from shape_reasons(service, shape)


def member_reasons(service: Service, member: Member) -> Iterator[str]:
    """What is unknown about a member of a request, a response or an error."""
    shape = service.target(member)
    item = shape if shape.item is None else service.target(shape.item)
    in_json = member.json_value and member.location == "header"
    if (
        member.location in ("path", "query", "header")
        and not in_json
        and item.type in TEXT_TYPES
    ):
        yield f"'{member.name}', a {shape.type}, in {member.location}"
    if service.protocol == "rest-xml" and shape.type == "document":
        yield f"'{member.name}': documents in XML"


def shape_reasons(service: Service, shape: Shape) -> Iterator[str]:
    """What is unknown about a shape."""
    if shape.type == "document" and service.protocol not in DOCUMENTS:
        yield f"{shape.name or 'a document'}: documents in {service.protocol}"
