"""What operations do with their messages beyond their protocol, in the words of the runtime."""

from __future__ import annotations

from specwright.model import Operation, Service, Shape
from specwright.python.events import event_traits
from specwright.python.layout import Call, Expression


def operation_traits(service: Service, operation: Operation) -> tuple[Expression, ...]:
    """The traits of an operation, in the order in which they change a request."""
    parts: list[Expression] = []
    if streams(service, operation.input):
        parts.append(Call("StreamedRequest", ()))
    if streams(service, operation.output):
        parts.append(Call("StreamedAnswer", ()))
    return (*parts, *event_traits(service, operation))


def streams(service: Service, shape: Shape) -> bool:
    """True for an input or output whose body is a streamed blob."""
    return any(service.target(member).streaming for member in shape.members)
