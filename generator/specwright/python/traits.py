"""What operations do with their messages beyond their protocol, in the words of the runtime."""

from __future__ import annotations

from collections.abc import Iterator

from specwright.model import Member, Operation, Service, Shape
from specwright.python import reserved
from specwright.python.auth import auth_traits
from specwright.python.events import event_traits
from specwright.python.layout import Call, Expression
from specwright.python.quoting import literal
from specwright.python.symbols import attributes

# The runtime's features by the words of traits.
FEATURES = {
    "StreamedRequest": "streaming",
    "StreamedAnswer": "streaming",
    "Compression": "compression",
    "RequestChecksum": "checksums",
    "ResponseChecksum": "checksums",
    "UnsignedPayload": "unsigned",
    "TreeHash": "tree-hash",
    "FixedHeader": "fixed-headers",
    "LastParts": "last-parts",
    "HostPrefix": "host-prefix",
    "HostFrom": "host-from",
    "AllRegions": "all-regions",
}

# Glacier takes no archive without this, of which models say nothing.
TREE_HASH = "x-amz-sha256-tree-hash"
# Who asks which endpoint to use says for which version of the API.
API_VERSION = "x-amz-api-version"


def operation_traits(service: Service, operation: Operation) -> tuple[Call, ...]:
    """The traits of an operation, in the order in which they change a request."""
    return (
        *traits(service, operation),
        *event_traits(service, operation),
        *auth_traits(service, operation),
        *all_regions(operation),
    )


def traits(service: Service, operation: Operation) -> Iterator[Call]:
    """Each trait."""
    sent = stream_in(service, operation.input)
    if operation.last_parts:
        named = attributes(operation.input, reserved.STRUCTURE)
        attrs = tuple(literal(named[name]) for name in operation.last_parts)
        yield Call("LastParts", attrs)
    if stream_in(service, operation.output) is not None:
        yield Call("StreamedAnswer", ())
    if sent is not None:
        yield Call("StreamedRequest", ())
    if "gzip" in operation.compression and not (sent and sent.requires_length):
        yield Call("Compression", ("smallest=0",) if sent else ())
    if operation.unsigned_payload:
        yield Call("UnsignedPayload", ())
    yield from request_checksum(operation, sent is not None)
    yield from response_checksum(operation)
    headers = {m.wire.lower() for m in operation.input.members}
    if sent is not None and TREE_HASH in headers:
        yield Call("TreeHash", (literal(TREE_HASH),))
    if operation.endpoint_operation:
        yield Call("FixedHeader", (literal(API_VERSION), literal(service.version)))
    for name, value in service.headers.items():
        yield Call("FixedHeader", (literal(name), literal(value)))
    yield from hosts(operation)


def hosts(operation: Operation) -> Iterator[Call]:
    """What changes the host of a request."""
    if operation.host_prefix:
        parts: list[Expression] = [literal(operation.host_prefix)]
        if (attr := routed(operation, "unprefixed")) is not None:
            parts.append(f"unless={literal(attr)}")
        yield Call("HostPrefix", tuple(parts))
    if (attr := routed(operation, "host")) is not None:
        yield Call("HostFrom", (literal(attr),))


def all_regions(operation: Operation) -> Iterator[Call]:
    """How a request is signed that an endpoint of several regions gets."""
    if (attr := routed(operation, "all_regions")) is not None:
        yield Call("AllRegions", (literal(attr),))


def routed(operation: Operation, word: str) -> str | None:
    """The attribute of a member that changes where requests go."""
    member = member_called(operation.input, operation.routing.get(word))
    if member is None:
        return None
    return attributes(operation.input, reserved.STRUCTURE)[member.name]


def request_checksum(operation: Operation, streams: bool) -> Iterator[Call]:
    """How the checksum of a request is chosen."""
    rules = operation.checksum
    member = member_called(operation.input, rules.get("algorithm"))
    if member is None:
        if rules.get("required") or rules.get("request_required"):
            yield Call("RequestChecksum", ("streams=True",) if streams else ())
        return
    attr = attributes(operation.input, reserved.STRUCTURE)[member.name]
    parts: list[Expression] = [literal(attr)]
    if member.location == "header":
        parts.append(literal(member.wire))
    if streams:
        parts.append("streams=True")
    yield Call("RequestChecksum", tuple(parts))


def response_checksum(operation: Operation) -> Iterator[Call]:
    """Which checksums of an answer are asked for."""
    rules = operation.checksum
    member = member_called(operation.input, rules.get("validation_mode"))
    listed = rules.get("response_algorithms")
    if member is not None and isinstance(listed, list | tuple):
        names = tuple(literal(str(name)) for name in listed)
        yield Call("ResponseChecksum", (literal(member.wire), Call("", names)))


def member_called(shape: Shape, name: object) -> Member | None:
    """The member of some name."""
    return next((m for m in shape.members if m.name == name), None)


def stream_in(service: Service, shape: Shape) -> Shape | None:
    """The streamed blob that is the body of an input or output."""
    targets = (service.target(member) for member in shape.members)
    return next((target for target in targets if target.streaming), None)
