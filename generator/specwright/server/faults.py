"""Errors on request: what a test asks the stand-in to answer instead of data.

For one request, a header: ``X-Specwright-Error: ThrottlingException``. For the next requests of
an operation, ``POST /_specwright/errors`` with a JSON object of

    operation              its name
    service                a service id, where several services have that operation
    error, message         an error by name, and its message where that matters
    status, body,          instead of an error: a bare answer, as a failing gateway gives it;
    content_type           the type is text/html unless stated
    times                  for how many requests; 1 unless stated

What is queued for an operation is answered in order, before the request is read. Names are those
of the service's errors, and of the errors that are common to all services.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from specwright.diagnostics import closest
from specwright.model import Operation, Service, Shape
from specwright.server import invent
from specwright.server.messages import Refusal, Response

HEADER = "x-specwright-error"
_COMMON = {
    "AccessDeniedException": 403,
    "ExpiredTokenException": 403,
    "IncompleteSignature": 403,
    "InternalFailure": 500,
    "InvalidSignatureException": 403,
    "MissingAuthenticationToken": 403,
    "RequestExpired": 400,
    "RequestTimeout": 408,
    "ServiceUnavailable": 503,
    "SerializationException": 400,
    "ThrottlingException": 400,
    "TooManyRequestsException": 429,
    "UnknownOperationException": 404,
    "UnrecognizedClientException": 403,
    "ValidationException": 400,
}


@dataclass(frozen=True, slots=True)
class Fault:
    """An error to answer: a named one, or a bare response when ``response`` is set."""

    error: str = ""
    message: str | None = None
    response: Response | None = None


@dataclass(slots=True)
class Faults:
    """The queue of faults by service id and operation."""

    queued: dict[tuple[str, str], deque[Fault]] = field(default_factory=dict)

    def add(
        self, service: Service, operation: Operation, fault: Fault, times: int
    ) -> int:
        """Queue a fault that many times; the number then queued."""
        queue = self.queued.setdefault((service.id, operation.name), deque())
        queue.extend([fault] * times)
        return len(queue)

    def take(self, service: Service, operation: Operation) -> Fault | None:
        """The next fault of an operation, which leaves the queue."""
        queue = self.queued.get((service.id, operation.name))
        return queue.popleft() if queue else None

    def clear(self) -> None:
        """Forget what is queued."""
        self.queued.clear()


def refusal_of(
    service: Service, operation: Operation, error: str, message: str | None
) -> Refusal:
    """The error of that name as an answer; a refusal that lists close names where none is."""
    text = message or f"The stand-in was asked to answer {error}."
    shape = service.shapes.get(error)
    if shape is not None and shape.error is not None:
        return modelled(service, shape, text)
    for other in errors_of(service):
        # A code may differ from the name of its shape.
        if other.error is not None and other.error.code == error:
            return modelled(service, other, text)
    if error in _COMMON:
        return Refusal(error, _COMMON[error], text)
    known = [*operation.errors, *(s.name or "" for s in errors_of(service)), *_COMMON]
    hint = closest(error, dict.fromkeys(known))
    told = f"{operation.name} has no error of this name" + (
        f"; {hint}" if hint else "."
    )
    return Refusal("UnknownErrorException", 400, told)


def is_known(service: Service, operation: Operation, error: str) -> bool:
    """True where an error of that name can be answered."""
    return refusal_of(service, operation, error, None).code != "UnknownErrorException"


def modelled(service: Service, shape: Shape, message: str) -> Refusal:
    """An error of the model with invented members and the given message."""
    trait = shape.error
    fault = 500 if trait is not None and trait.fault == "server" else 400
    status = trait.status if trait is not None and trait.status is not None else fault
    code = (trait.code if trait is not None else None) or shape.name or ""
    texts = {m.name: None for m in shape.members if m.name.lower() == "message"}
    members = invent.structure(service, shape, f"{service.id}/{shape.name}", texts)
    for name in texts:
        members.pop(name, None)
    return Refusal(code, status, message, shape=shape, members=members)


def errors_of(service: Service) -> list[Shape]:
    """The error shapes of a service."""
    return [shape for shape in service.shapes.values() if shape.error is not None]
