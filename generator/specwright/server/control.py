"""The stand-in's own endpoints below /_specwright/: operations that it answers, errors to come.

GET /_specwright/operations    what is served: service, operation, method, path, errors
GET /_specwright/errors        what is queued
POST /_specwright/errors       queue an error or a bare status (``faults`` has the members)
DELETE /_specwright/errors     forget what is queued
"""

from __future__ import annotations

from collections.abc import Sequence

from specwright.diagnostics import closest
from specwright.model import Operation, Service
from specwright.server.faults import Fault, Faults, is_known, refusal_of
from specwright.server.messages import Refusal, Request, Response, Value
from specwright.server.protocols.json_text import decoded, encoded

PREFIX = "/_specwright/"
_MOST_TIMES = 10_000
_KNOWN = (
    "service",
    "operation",
    "error",
    "message",
    "status",
    "body",
    "content_type",
    "times",
)


def controlled(
    request: Request, services: Sequence[Service], faults: Faults
) -> Response:
    """The answer to a request for one of the stand-in's own endpoints."""
    try:
        return _answer(200, _act(request, services, faults))
    except Refusal as refusal:
        return _answer(
            refusal.status, {"error": refusal.code, "message": refusal.message}
        )


def _act(request: Request, services: Sequence[Service], faults: Faults) -> Value:
    match (request.method, request.path.removeprefix(PREFIX)):
        case ("GET", "operations"):
            return {
                "operations": [
                    _described(s, o) for s in services for o in _operations(s)
                ]
            }
        case ("GET", "errors"):
            return {"queued": _queued(faults)}
        case ("DELETE", "errors"):
            faults.clear()
            return {"queued": []}
        case ("POST", "errors"):
            return {"queued": _queue(decoded(request.body), services, faults)}
        case (_, "operations" | "errors"):
            raise _wrong(405, "This endpoint has no such method.")
        case _:
            raise _wrong(404, "The endpoints are operations and errors.")


def _operations(service: Service) -> list[Operation]:
    return list(service.operations.values())


def _described(service: Service, operation: Operation) -> Value:
    return {
        "service": service.id,
        "operation": operation.name,
        "method": operation.http.method,
        "path": operation.http.path,
        "errors": list(operation.errors),
    }


def _queued(faults: Faults) -> list[Value]:
    return [
        {
            "service": service,
            "operation": operation,
            "error": fault.error or None,
            "status": None if fault.response is None else fault.response.status,
        }
        for (service, operation), queue in faults.queued.items()
        for fault in queue
    ]


def _queue(document: object, services: Sequence[Service], faults: Faults) -> int:
    if not isinstance(document, dict):
        raise _wrong(400, "The body must be a JSON object.")
    for name in document:
        if name not in _KNOWN:
            raise _wrong(
                400, _with_hint(f"There is no member {name!r}", closest(name, _KNOWN))
            )
    service, operation = _found(document, services)
    times = document.get("times", 1)
    if (
        not isinstance(times, int)
        or isinstance(times, bool)
        or not 1 <= times <= _MOST_TIMES
    ):
        raise _wrong(400, f"times must be a whole number from 1 to {_MOST_TIMES}.")
    return faults.add(service, operation, _fault(document, service, operation), times)


def _found(
    document: dict[object, object], services: Sequence[Service]
) -> tuple[Service, Operation]:
    name, wanted = _text(document, "operation"), _text(document, "service")
    if name is None:
        raise _wrong(400, "operation must be the name of an operation.")
    if wanted is not None and all(s.id != wanted for s in services):
        hint = closest(wanted, [s.id for s in services])
        raise _wrong(400, _with_hint(f"No service has the id {wanted!r}", hint))
    found = [
        (s, s.operations[name])
        for s in services
        if name in s.operations and wanted in (None, s.id)
    ]
    if not found:
        hint = closest(name, [o for s in services for o in s.operations])
        raise _wrong(400, _with_hint(f"There is no operation {name!r}", hint))
    if len(found) > 1:
        ids = ", ".join(s.id for s, _ in found)
        raise _wrong(
            400, f"Several services have this operation; add service, one of: {ids}."
        )
    return found[0]


def _fault(
    document: dict[object, object], service: Service, operation: Operation
) -> Fault:
    error, status = _text(document, "error"), document.get("status")
    if (error is None) == (status is None):
        raise _wrong(400, "Either error or status must be given.")
    if error is not None:
        if not is_known(service, operation, error):
            raise refusal_of(service, operation, error, None)
        return Fault(error, _text(document, "message"))
    if (
        not isinstance(status, int)
        or isinstance(status, bool)
        or not 200 <= status <= 599
    ):
        raise _wrong(400, "status must be a whole number from 200 to 599.")
    media = _text(document, "content_type") or "text/html"
    body = _text(document, "body") or ""
    return Fault(
        response=Response(status, (("Content-Type", media),), body.encode("utf-8"))
    )


def _text(document: dict[object, object], name: str) -> str | None:
    value = document.get(name)
    if value is not None and not isinstance(value, str):
        raise _wrong(400, f"{name} must be a string.")
    try:
        return value if value is None else value.encode("utf-8").decode("utf-8")
    except UnicodeEncodeError:
        # An escape left half of a surrogate pair.
        raise _wrong(400, f"{name} is not valid Unicode.") from None


def _with_hint(message: str, hint: str | None) -> str:
    return f"{message}; {hint}" if hint else f"{message}."


def _wrong(status: int, message: str) -> Refusal:
    return Refusal("ControlError", status, message)


def _answer(status: int, document: Value) -> Response:
    return Response(status, (("Content-Type", "application/json"),), encoded(document))
