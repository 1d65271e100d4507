"""The stand-in without its socket: a request in, a response out."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from specwright.model import Operation, Service
from specwright.server import unserved
from specwright.server.answers import answer
from specwright.server.control import PREFIX, controlled
from specwright.server.faults import HEADER, Faults, refusal_of
from specwright.server.messages import (
    Record,
    Refusal,
    Request,
    Response,
    unknown_operation,
)
from specwright.server.protocols import Room, rooms
from specwright.server.routes import Route, chosen
from specwright.server.store import Given, Listing, listing
from specwright.server.validation import check

MAX_BODY = 8 * 1024 * 1024
_LOGGER = logging.getLogger("specwright.server")


@dataclass(slots=True)
class StandIn:
    """The services that are answered, their stores and the errors queued for them.

    Its repr leaves the services out: one alone can fill megabytes.
    """

    services: Sequence[Service] = field(repr=False)
    seed: int = 0
    records: Given = field(default_factory=dict, repr=False)
    faults: Faults = field(default_factory=Faults, repr=False)
    _rooms: Sequence[Room] = field(default=(), repr=False)
    _listings: dict[tuple[str, str], Listing | None] = field(
        default_factory=dict, repr=False
    )

    def __post_init__(self) -> None:
        self._rooms = rooms(self.services)

    def answer(self, request: Request) -> Response:
        """The response to a request, whatever the request is; each has its own request id."""
        own = str(uuid4())
        if request.path.startswith(PREFIX):
            return _with_id(controlled(request, self.services, self.faults), own)
        try:
            room = self._room(request)
        except Refusal as refusal:
            return _with_id(_bare(refusal), own)
        return _with_id(self._answered(room, request, own), own)

    def meant(self, request: Request) -> tuple[Room, Route]:
        """The room and the operation that a request is for; refused where there is none."""
        room = self._room(request)
        return room, chosen(room.route(request), request)

    def unserved(self) -> list[tuple[Service, Operation, str]]:
        """The operations that are answered with a 501, each with the reason."""
        return [(s, o, why) for s in self.services for o, why in unserved.unserved(s)]

    def refused(self, request: Request, refusal: Refusal) -> Response:
        """The response to a request that is refused before its body is known."""
        own = str(uuid4())
        try:
            return _with_id(self._room(request).refuse(None, refusal, own), own)
        except Refusal:
            return _with_id(_bare(refusal), own)

    def _room(self, request: Request) -> Room:
        for room in self._rooms:
            if room.claims(request):
                return room
        if self._rooms:
            return self._rooms[0]
        raise unknown_operation("No service is served.", 404)

    def _answered(self, room: Room, request: Request, own: str) -> Response:
        service: Service | None = None
        try:
            route = chosen(room.route(request), request)
            service = route.service
            why = unserved.reason(service, route.operation)
            if why is not None:
                raise unserved.refused(route, why)
            fault = self.faults.take(service, route.operation)
            if fault is not None and fault.response is not None:
                return fault.response
            error = fault.error if fault is not None else request.headers.get(HEADER)
            if error:
                message = None if fault is None else fault.message
                raise refusal_of(service, route.operation, error.strip(), message)
            return room.render(route, self._output(room, route, request), own)
        except Refusal as refusal:
            return room.refuse(service, refusal, own)
        except Exception:
            _LOGGER.exception("failed on %s %r", request.method, request.path[:200])
            failure = Refusal("InternalFailure", 500, "The stand-in failed.")
            return room.refuse(service, failure, own)

    def _output(self, room: Room, route: Route, request: Request) -> Record:
        service, operation = route.service, route.operation
        values = room.parse(route, request)
        check(service, operation, values)

        def stored(of: Operation) -> Listing | None:
            key = (service.id, of.name)
            if key not in self._listings:
                self._listings[key] = listing(service, of, self.seed, self.records)
            return self._listings[key]

        return answer(service, operation, values, self.seed, stored)


def _with_id(response: Response, own: str) -> Response:
    headers = (*response.headers, ("x-amzn-RequestId", own))
    return Response(response.status, headers, response.body)


def _bare(refusal: Refusal) -> Response:
    return Response(
        refusal.status, (("Content-Type", "text/plain"),), refusal.message.encode()
    )
