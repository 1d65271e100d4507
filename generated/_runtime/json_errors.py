"""What the protocols that write JSON have in common: bodies and errors."""

from __future__ import annotations

from collections.abc import Callable

from .errors import ResponseError, ServiceError
from .http import HttpResponse
from .json_codec import JsonReadPlan, JsonWritePlan
from .operation import Operation, Request, Response
from .protocol import (
    ErrorAnswer,
    bare_code,
    body_of,
    message_in,
    parsed_json,
    plain_message,
    request_id_of,
)
from .reading import UnreadableError, is_object
from .tree_codec import read_members, write_members


def to_json(value: object) -> str:
    from json import dumps

    return dumps(value)


class JsonAnswers:
    """How answers are read; ``codes`` are the members that may tell an error's. JSON becomes
    values by ``loads``, and values JSON by ``dumps``."""

    codes: tuple[str, ...] = ("__type", "code", "Code")
    loads: Callable[[bytes], object] = staticmethod(parsed_json)
    dumps: Callable[[object], str] = staticmethod(to_json)

    def read_response(
        self, operation: Operation[Response], response: Response, http: HttpResponse
    ) -> None:
        try:
            parsed = self.loads(body_of(http))
            if parsed is not None and not is_object(parsed):
                raise ValueError("expected an object")
            read_members(JsonReadPlan, response, parsed or {})
        except (ValueError, RecursionError) as error:
            raise ResponseError(
                f"can't read {type(response).__name__}: {error}",
                status=http.status,
                request_id=request_id_of(http),
            ) from error

    def read_error(self, http: HttpResponse) -> ErrorAnswer:
        body = body_of(http)
        try:
            parsed = self.loads(body)
        except (ValueError, RecursionError):
            parsed = None
        code = http.headers.get("x-amzn-errortype") or ""
        if is_object(parsed):
            members, message = parsed, message_in(parsed)
            told = (parsed.get(name) for name in self.codes)
            code = code or next((c for c in told if isinstance(c, str)), "")
        else:
            members, message = {}, ""
            if body or not code:
                message = plain_message(http.status, body)
        return ErrorAnswer(bare_code(code), message, members)

    def fill_error(
        self, error: ServiceError, answer: ErrorAnswer, http: HttpResponse
    ) -> None:
        try:
            read_members(JsonReadPlan, error, answer.members)
        except UnreadableError as problem:
            error.add_note(f"its members can't be read: {problem}")

    def json_body(self, request: Request[Response]) -> bytes:
        return self.dumps(write_members(JsonWritePlan, request)).encode()
