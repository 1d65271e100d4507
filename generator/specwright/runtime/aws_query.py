"""The protocols query and ec2: requests as forms, answers in XML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .errors import ServiceError
from .form_codec import Ec2FormPlan, Fields, FormPlan, write_members
from .http import HttpResponse
from .http_bindings import encoded
from .operation import Operation, Request, Response
from .protocol import ErrorAnswer, Outgoing
from .xml_errors import REQUEST_ID, fill_xml_error, read_root, read_xml_error, root_of
from .xml_parser import child, child_text, empty_element

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


class AwsQuery:
    """query for one version of a service."""

    __slots__ = ("version",)
    plan: type[FormPlan] = FormPlan

    def __init__(self, version: str) -> None:
        self.version: str = version

    def serialize(
        self, operation: Operation[Response], request: Request[Response]
    ) -> Outgoing:
        """The request as a message without a host."""
        fields: Fields = [("Action", operation.name), ("Version", self.version)]
        write_members(fields, "", request, self.plan)
        body = "&".join([f"{encoded(name)}={encoded(text)}" for name, text in fields])
        headers = [("Content-Type", "application/x-www-form-urlencoded")]
        return Outgoing("POST", "/", headers, body.encode())

    def read_response(
        self, operation: Operation[Response], response: Response, http: HttpResponse
    ) -> None:
        """Set the members of a new response, and its request id if the body tells it."""
        root = root_of(response, http)
        if root is None:
            root = empty_element()
        metadata = response.response_metadata
        if metadata.request_id is None:
            holder = child(root, "ResponseMetadata")
            found = child_text(root if holder is None else holder, *REQUEST_ID)
            metadata.request_id = found or None
        read_root(response, self.result_in(root, operation), http)

    def result_in(self, root: Element, operation: Operation[Response]) -> Element:
        """The element that holds the members of a response."""
        found = child(root, f"{operation.name}Result")
        return root if found is None else found

    def read_error(self, http: HttpResponse) -> ErrorAnswer:
        """The error in an answer, whatever its body is."""
        return read_xml_error(http)

    def fill_error(
        self, error: ServiceError, answer: ErrorAnswer, http: HttpResponse
    ) -> None:
        """Set the modelled members of a new error."""
        fill_xml_error(error, answer)


class Ec2Query(AwsQuery):
    """ec2, which has nothing around results."""

    __slots__ = ()
    plan = Ec2FormPlan

    def result_in(self, root: Element, operation: Operation[Response]) -> Element:
        """The element that holds the members of a response."""
        return root
