"""What the stand-in takes and gives: raw HTTP messages, plain values and refusals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TypeAlias
from urllib.parse import unquote_to_bytes

from specwright.model import Shape

Value: TypeAlias = (
    "bool | int | float | Decimal | str | bytes | datetime"
    " | list[Value] | dict[str, Value] | None"
)
Record: TypeAlias = "dict[str, Value]"

_HEXADECIMAL = frozenset("0123456789abcdefABCDEF")


class Refusal(Exception):  # noqa: N818 - an answer, not a failure
    """A request that is answered with an error.

    ``members`` are those of the modelled ``shape`` by the spec's names, the message left out;
    ``fields`` is the ``fieldList`` of a ValidationException: pairs of path and message.
    """

    def __init__(
        self,
        code: str,
        status: int,
        message: str,
        *,
        shape: Shape | None = None,
        members: Record | None = None,
        fields: Sequence[tuple[str, str]] = (),
        headers: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(code, status, message)
        self.code = code
        self.status = status
        self.message = message
        self.shape = shape
        self.members: Record = members or {}
        self.fields = tuple(fields)
        self.headers = tuple(headers)

    @property
    def blamed(self) -> str:
        """Whose fault it is, as the protocols that answer in XML say it."""
        if self.shape is not None and self.shape.error is not None:
            return "Receiver" if self.shape.error.fault == "server" else "Sender"
        return "Receiver" if self.status >= 500 else "Sender"


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came: the target is undecoded, the header names are in lower case."""

    method: str
    target: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def path(self) -> str:
        """The raw path, without the host that proxies put before it."""
        path = self.target.partition("#")[0].partition("?")[0]
        if path.lower().startswith(("http://", "https://")):
            path = "/" + path.split("://", 1)[1].partition("/")[2]
        return path or "/"

    def unvalued(self) -> set[str]:
        """The names that stand in the query without as much as an equals sign."""
        text = self.target.partition("#")[0].partition("?")[2]
        parts = text.replace("+", " ").split("&")
        return {percent_decoded(part) for part in parts if part and "=" not in part}

    def query(self) -> list[tuple[str, str]]:
        """The decoded pairs of the query in their order; a plus is a space."""
        return pairs_of(self.target.partition("#")[0].partition("?")[2])


@dataclass(frozen=True, slots=True)
class Response:
    """An answer to be sent as it stands."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


def pairs_of(text: str, where: str = "request target") -> list[tuple[str, str]]:
    """The decoded pairs of a query or form in their order; a plus is a space."""
    pairs = []
    for part in text.split("&"):
        if part:
            name, _, value = part.replace("+", " ").partition("=")
            pairs.append((percent_decoded(name, where), percent_decoded(value, where)))
    return pairs


def percent_decoded(text: str, where: str = "request target") -> str:
    """The text with its escapes undone; refused where they are broken or not UTF-8."""
    for part in text.split("%")[1:]:
        if len(part) < 2 or not _HEXADECIMAL.issuperset(part[:2]):
            raise serialization(f"The {where} holds a broken percent escape.")
    try:
        # The HTTP parser hands undecodable bytes over as lone surrogates.
        raw = text.encode("utf-8", "surrogateescape")
        return unquote_to_bytes(raw).decode("utf-8")
    except UnicodeError:
        raise serialization(f"The {where} is not UTF-8.") from None


def serialization(message: str) -> Refusal:
    """The refusal of a request that can't be read."""
    return Refusal("SerializationException", 400, message)


def unsupported_media_type(message: str) -> Refusal:
    """The refusal of a body of another media type than the operation's."""
    return Refusal("UnsupportedMediaTypeException", 415, message)


def not_acceptable(message: str) -> Refusal:
    """The refusal of a request that takes no answer of the operation's media type."""
    return Refusal("NotAcceptableException", 406, message)


def unicode_text(text: str) -> str:
    """The text, unless half of a surrogate pair or bytes that are no UTF-8 are left in it."""
    if text.isascii():
        return text
    try:
        text.encode("utf-8")
    except UnicodeError:
        # The place is left out of the message: it may be the broken text itself.
        raise serialization("A string of the request is not valid Unicode.") from None
    return text


def too_large() -> Refusal:
    """The refusal of a body that is longer than the stand-in reads."""
    return Refusal("RequestEntityTooLargeException", 413, "The body is too large.")


def too_slow() -> Refusal:
    """The refusal of a body that does not arrive in time."""
    return Refusal("RequestTimeout", 408, "The body did not arrive in time.")


def unknown_operation(
    message: str, status: int, *, allowed: str | None = None
) -> Refusal:
    """The refusal of a request that no operation answers; ``allowed`` are methods that would."""
    headers = [("Allow", allowed)] if allowed else []
    return Refusal("UnknownOperationException", status, message, headers=headers)
