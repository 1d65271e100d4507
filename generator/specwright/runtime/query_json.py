"""AWS JSON of services that spoke the query protocol once."""

from __future__ import annotations

from .aws_json import AwsJson
from .http import HttpResponse
from .operation import Operation, Request, Response
from .protocol import ErrorAnswer, Outgoing
from .query_codes import QUERY_MODE, query_error_code


class QueryCompatibleJson(AwsJson):
    """AWS JSON; errors have the codes that they had in the query protocol."""

    def serialize(
        self, operation: Operation[Response], request: Request[Response]
    ) -> Outgoing:
        outgoing = super().serialize(operation, request)
        return outgoing._replace(headers=[*outgoing.headers, QUERY_MODE])

    def read_error(self, http: HttpResponse) -> ErrorAnswer:
        answer = super().read_error(http)
        answer.code = query_error_code(http) or answer.code
        return answer
