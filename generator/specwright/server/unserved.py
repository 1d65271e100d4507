"""What the stand-in can't serve: told when it starts, and answered with a 501."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from specwright.model import INTEGERS, Member, Operation, Service
from specwright.server.messages import Refusal
from specwright.server.routes import Route

_IN_XML = ("query", "ec2", "rest-xml")
_TEXTS = (*INTEGERS, "float", "double", "bigDecimal", "boolean", "string", "timestamp")
_TEXT_PLACES = ("path", "query", "header")


def unserved(service: Service) -> Iterator[tuple[Operation, str]]:
    """The operations of a service that can't be served, each with the reason."""
    for operation in service.operations.values():
        why = reason(service, operation)
        if why is not None:
            yield operation, why


def notices(services: Sequence[Service]) -> Iterator[str]:
    """What is to be told of what can't be served: a line an operation, or one for all of a
    service's."""
    for service in services:
        found = list(unserved(service))
        reasons = {why for _, why in found}
        count = len(found)
        if count > 1 and count == len(service.operations) and len(reasons) == 1:
            why = reasons.pop()
            yield f"{service.id}: none of its {count} operations is served, for {why}"
        else:
            for operation, why in found:
                yield f"{service.id} {operation.name}: not served, for {why}"


def reason(service: Service, operation: Operation) -> str | None:
    """Why an operation can't be served; None where it can."""
    for shape in (operation.input, operation.output):
        for member in shape.members:
            if shape is operation.input and service.target(member).event_stream:
                return "it takes a stream of events"
            if not _readable(service, member):
                kind = service.target(member).type
                return f"'{member.name}' is a {kind} in the {member.location}"
    if set(service.protocols) <= set(_IN_XML):
        for shape in service.reached(operation.input, operation.output):
            if shape.type == "document":
                return "it has documents, which XML can't hold"
    return None


def refused(route: Route, why: str) -> Refusal:
    """The answer to a request for an operation that can't be served."""
    told = f"The stand-in can't serve {route.operation.name}: {why}."
    return Refusal("NotImplementedException", 501, told)


def _readable(service: Service, member: Member) -> bool:
    """True where a member bound to path, query or header can be written there at all."""
    if member.location not in _TEXT_PLACES:
        return True
    shape = service.target(member)
    if shape.type == "list" and shape.item is not None and member.location != "path":
        shape = service.target(shape.item)
    return shape.type in _TEXTS or shape.type == "blob"
