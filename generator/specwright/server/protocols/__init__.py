"""One room for each wire protocol that the stand-in speaks, behind one small interface."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from specwright.model import Service
from specwright.server.messages import Record, Refusal, Request, Response
from specwright.server.protocols.aws_json import AwsJson
from specwright.server.protocols.aws_query import AwsQuery
from specwright.server.protocols.rest import Rest
from specwright.server.protocols.rpc_v2_cbor import RpcV2Cbor
from specwright.server.routes import Route


class Room(Protocol):
    """What a protocol does for its services. ``Refusal`` is raised for what it can't read."""

    def claims(self, request: Request) -> bool:
        """True where the request bears the marks of this protocol."""

    def route(self, request: Request) -> list[Route]:
        """The operations that the request may be for, the likeliest first; never empty."""

    def parse(self, route: Route, request: Request) -> Record:
        """The input by the spec's member names, types checked, constraints not."""

    def render(self, route: Route, output: Record, request_id: str, /) -> Response:
        """The answer for an output by the spec's member names."""

    def refuse(
        self, service: Service | None, refusal: Refusal, request_id: str, /
    ) -> Response:
        """The answer for an error; the service is None where no operation was found."""


def rooms(services: Iterable[Service]) -> Sequence[Room]:
    """The rooms that the services' protocols need, those with the clearest marks first."""
    found: list[Room] = []
    speakers = list(services)
    if json := [s for s in speakers if "json" in s.protocols]:
        found.append(AwsJson(json))
    if cbor := [s for s in speakers if "rpc-v2-cbor" in s.protocols]:
        found.append(RpcV2Cbor(cbor))
    if query := [s for s in speakers if {"query", "ec2"} & {*s.protocols}]:
        found.append(AwsQuery(query))
    if rest := [s for s in speakers if {"rest-json", "rest-xml"} & {*s.protocols}]:
        found.append(Rest(rest))
    return found
