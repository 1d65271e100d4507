"""Smithy RPC v2 CBOR: service and operation in the path, everything else in the body."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from specwright.model import INTEGERS, Member, Service, Shape
from specwright.server.messages import (
    Record,
    Refusal,
    Request,
    Response,
    Value,
    not_acceptable,
    percent_decoded,
    unknown_operation,
    unsupported_media_type,
)
from specwright.server.protocols.cbor import decoded, encoded
from specwright.server.protocols.events import (
    MEDIA as EVENTS,
    Payloads,
    event_member,
    stream,
)
from specwright.server.protocols.media import accepts, media_type
from specwright.server.protocols.query_compatible import error_kind, query_error
from specwright.server.protocols.simple import (
    bounded,
    finite,
    integer_in_range,
    mistyped,
)
from specwright.server.protocols.trees import Leaves, Trees
from specwright.server.routes import Route

_NAME = "rpc-v2-cbor"
_MEDIA = "application/cbor"
_PATH = re.compile(r"(?:/.*)?/service/([^/]+)/operation/([^/]+)")
_MARK = ("smithy-protocol", _NAME)


@dataclass(frozen=True, slots=True)
class RpcV2Cbor:
    """The room of the services that speak RPC v2 CBOR."""

    services: Sequence[Service]

    def claims(self, request: Request) -> bool:
        """True for the header that names the protocol, or a body in CBOR."""
        return _MARK[0] in request.headers or media_type(request.headers) == _MEDIA

    def route(self, request: Request) -> list[Route]:
        """The operation named by the path."""
        told = request.headers.get(_MARK[0])
        if told != _NAME:
            raise unknown_operation(
                f"The header smithy-protocol must say {_NAME}.", 404
            )
        if request.method != "POST":
            raise unknown_operation("RPC requests are POSTs.", 405, allowed="POST")
        found = _PATH.fullmatch(request.path)
        if found is None:
            raise unknown_operation("The path must end in /service/…/operation/….", 404)
        name, operation = (percent_decoded(part) for part in found.groups())
        named = [
            Route(s, s.operations[operation])
            for s in self.services
            if s.target_prefix == name and operation in s.operations
        ]
        if not named:
            raise unknown_operation("The path names no operation of a service.", 404)
        return named

    def parse(self, route: Route, request: Request) -> Record:
        """The input out of the body; an empty body is an empty input."""
        sent = media_type(request.headers)
        if sent != _MEDIA and (request.body or sent):
            raise unsupported_media_type(f"The body must be of the type {_MEDIA}.")
        accept = request.headers.get("accept", _MEDIA)
        if not any(accepts(accept, one) for one in (_MEDIA, EVENTS)):
            raise not_acceptable(f"The answer is of the type {_MEDIA}.")
        tree = decoded(request.body) if request.body else {}
        shape = route.operation.input
        trees = Trees(route.service, CBOR_LEAVES)
        return trees.read_members(shape, shape.members, tree)

    def render(self, route: Route, output: Record, _id: str) -> Response:
        """The output as one map; no body where the operation has no output."""
        if not route.operation.has_output:
            return Response(200, (_MARK,))
        service, shape = route.service, route.operation.output
        trees = Trees(service, CBOR_LEAVES)
        events = event_member(service, shape)
        if events is not None:

            def write(_: Shape, members: Sequence[Member], record: Record) -> bytes:
                return encoded(trees.write_members(tuple(members), record))

            payloads = Payloads(_MEDIA, write)
            raw = stream(service, shape, events, output, payloads, initial=True)
            return Response(200, (("Content-Type", EVENTS), _MARK), raw)
        body = trees.write_members(shape.members, output)
        return Response(200, (("Content-Type", _MEDIA), _MARK), encoded(body))

    def refuse(self, service: Service | None, refusal: Refusal, _id: str) -> Response:
        """The error with its code as ``__type``, in a namespace as services have it."""
        kind = error_kind(service, refusal)
        body: Record = {"__type": kind, "message": refusal.message}
        if service is not None:
            members = Trees(service, CBOR_LEAVES).error_members(refusal)
            body = {"__type": f"com.amazonaws.{service.signing_name}#{kind}", **members}
        own = [("Content-Type", _MEDIA), _MARK, *query_error(service, refusal)]
        return Response(refusal.status, (*own, *refusal.headers), encoded(body))


def _read(service: Service, member: Member, node: object, where: str) -> Value:
    shape = service.target(member)
    match shape.type:
        case "string" if isinstance(node, str):
            return node
        case "blob" if isinstance(node, bytes):
            return node
        case "timestamp" if isinstance(node, datetime):
            return node
        case "float" | "double" if isinstance(node, float):
            return finite(node, shape, where) if math.isfinite(node) else node
        case kind if isinstance(node, int) and not isinstance(node, bool):
            if kind in INTEGERS:
                return integer_in_range(node, shape, where)
            if kind == "bigDecimal":
                return Decimal(node)
            if kind in ("float", "double"):
                return finite(node, shape, where)
        case "bigDecimal" if isinstance(node, Decimal):
            return bounded(node, shape, where)
    raise mistyped(where, shape)


def _write(service: Service, member: Member, value: Value) -> Value:
    # A whole number may be in the place of a float, and the other way round never.
    if isinstance(value, int) and service.target(member).type in ("float", "double"):
        return float(value)
    return value


CBOR_LEAVES = Leaves(_read, _write)
