"""Query and EC2: forms that name an action, and answers in XML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from specwright.model import Service
from specwright.server.messages import (
    Record,
    Refusal,
    Request,
    Response,
    pairs_of,
    serialization,
    unknown_operation,
    unsupported_media_type,
)
from specwright.server.protocols.forms import Form, tree
from specwright.server.protocols.media import FORM, media_type
from specwright.server.protocols.xml_names import namespace
from specwright.server.protocols.xml_values import Xml, element, escaped, xmlns
from specwright.server.routes import Route

_XML = (("Content-Type", "text/xml"),)


@dataclass(frozen=True, slots=True)
class AwsQuery:
    """The room of the services that speak query or ec2."""

    services: Sequence[Service]

    def claims(self, request: Request) -> bool:
        """True for a request that names an action."""
        form = request.body if media_type(request.headers) == FORM else b""
        return "Action=" in request.target.partition("?")[2] or b"Action=" in form

    def route(self, request: Request) -> list[Route]:
        """The operation named by the action, of services of the version that is asked for."""
        if request.method not in ("GET", "POST"):
            raise unknown_operation(
                "Actions are asked for with POST.", 405, allowed="GET, POST"
            )
        if request.path != "/":
            raise unknown_operation("Actions are asked for at the path '/'.", 404)
        told = dict(_pairs(request))
        name, version = told.get("Action"), told.get("Version")
        if not name:
            raise Refusal("MissingAction", 400, "The request names no action.")
        named = [s for s in self.services if name in s.operations]
        found = [
            Route(s, s.operations[name]) for s in named if version in (None, s.version)
        ]
        if found:
            return found
        if named:
            message = f"The action is not one of the version {version}."
            raise Refusal("InvalidAction", 400, message)
        raise Refusal("InvalidAction", 400, "There is no action of this name.")

    def parse(self, route: Route, request: Request) -> Record:
        """The input out of the fields."""
        form = Form(route.service, _is_ec2(route.service))
        return form.read_members(route.operation.input, tree(_pairs(request)))

    def render(self, route: Route, output: Record, request_id: str) -> Response:
        """The output as an XML document."""
        service, operation = route.service, route.operation
        inner = Xml(service).write_members(operation.output.members, output)
        if _is_ec2(service):
            inner = element("requestId", request_id) + inner
        else:
            if operation.has_output:
                wrapper = operation.result_wrapper or f"{operation.name}Result"
                inner = element(wrapper, inner)
            told = element("RequestId", request_id)
            inner += element("ResponseMetadata", told)
        root = f"{operation.name}Response"
        body = element(root, inner, xmlns(namespace(service)))
        return Response(200, _XML, body.encode("utf-8"))

    def refuse(
        self, service: Service | None, refusal: Refusal, request_id: str
    ) -> Response:
        """The error in the document that its protocol has for errors."""
        speaker = service or self.services[0]
        body = (
            _ec2_error(speaker, refusal, request_id)
            if _is_ec2(speaker)
            else error_document(speaker, refusal, request_id)
        )
        return Response(refusal.status, (*_XML, *refusal.headers), body.encode("utf-8"))


def error_document(service: Service | None, refusal: Refusal, request_id: str) -> str:
    """The document of an error, as query and most services of REST XML have it."""
    blamed = element("Type", refusal.blamed)
    inner = element("Error", blamed + error_elements(service, refusal))
    inner += element("RequestId", escaped(request_id))
    uri = None if service is None else namespace(service)
    return element("ErrorResponse", inner, xmlns(uri))


def error_elements(service: Service | None, refusal: Refusal) -> str:
    """Code and message of an error, and what it carries besides."""
    code = element("Code", escaped(refusal.code))
    message = element("Message", escaped(refusal.message))
    members = "" if service is None else Xml(service).error_members(refusal)
    return code + message + members


def _ec2_error(service: Service, refusal: Refusal, request_id: str) -> str:
    inner = element("Errors", element("Error", error_elements(service, refusal)))
    return element("Response", inner + element("RequestID", request_id))


def _is_ec2(service: Service) -> bool:
    return "ec2" in service.protocols


def _pairs(request: Request) -> list[tuple[str, str]]:
    """The fields of the query and of the body."""
    pairs = request.query()
    if not request.body:
        return pairs
    if media_type(request.headers) != FORM:
        raise unsupported_media_type(f"The body must be of the type {FORM}.")
    try:
        return pairs + pairs_of(request.body.decode("utf-8"), "body")
    except UnicodeDecodeError:
        raise serialization("The body is not UTF-8.") from None
