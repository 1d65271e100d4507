"""Errors and bodies of the protocols that write JSON."""

from __future__ import annotations

from .errors import ResponseError, ServiceError
from .http import HttpResponse
from .json_codec import Unreadable, is_object, read_members
from .operation import Response
from .protocol import (
    ErrorAnswer,
    bare_code,
    body_of,
    message_in,
    parsed_json,
    request_id_of,
)


def read_json_error(http: HttpResponse) -> ErrorAnswer:
    """The error in an answer; the body of a failing gateway may be anything."""
    try:
        parsed: object = parsed_json(body_of(http))
    except (ValueError, RecursionError):
        parsed = None
    members = parsed if is_object(parsed) else {}
    code = http.headers.get("x-amzn-errortype")
    if not code:
        code = next(
            (
                found
                for name in ("__type", "code", "Code")
                if isinstance(found := members.get(name), str)
            ),
            "",
        )
    return ErrorAnswer(bare_code(code), message_in(members), members)


def read_json_body(response: Response, http: HttpResponse) -> None:
    """Set the body members of a new response."""
    try:
        parsed: object = parsed_json(body_of(http))
        read_members(response, json_object(parsed))
    except (ValueError, RecursionError) as error:
        raise ResponseError(
            f"can't read {type(response).__name__}: {error}",
            status=http.status,
            request_id=request_id_of(http),
        ) from error


def json_object(parsed: object) -> dict[str, object]:
    """The JSON object that a body holds; none where it is empty."""
    if parsed is None:
        return {}
    if is_object(parsed):
        return parsed
    raise Unreadable("an object")


def fill_json_error(error: ServiceError, members: dict[str, object]) -> None:
    """Set the modelled members of an error as far as they can be read."""
    try:
        read_members(error, members)
    except Unreadable as problem:
        error.add_note(f"its members can't be read: {problem}")
