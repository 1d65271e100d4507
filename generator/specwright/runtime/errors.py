"""Every exception that a client raises, under one base."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from .structure import Shaped, unset_all

if TYPE_CHECKING:
    from .operation import ResponseMetadata
    from .violations import Violation


class SpecwrightError(Exception):
    """The base of all exceptions that generated clients raise."""


class ConfigurationError(SpecwrightError):
    """The client lacks something that the call needs: a region, credentials, a package."""


class TransportError(SpecwrightError):
    """No whole answer arrived: the connection failed, timed out or broke off.

    ``retryable`` tells whether the same request may be sent again.
    """

    def __init__(self, message: str, *, retryable: bool = True) -> None:
        super().__init__(message)
        self.retryable: bool = retryable


class ResponseError(SpecwrightError):
    """An answer arrived that can't be read as the spec says."""

    def __init__(
        self, message: str, *, status: int = 0, request_id: str | None = None
    ) -> None:
        super().__init__(message)
        self.status: int = status
        self.request_id: str | None = request_id


class ValidationError(SpecwrightError, ValueError):
    """A value breaks its spec; ``violations`` lists every broken constraint."""

    def __init__(self, violations: tuple[Violation, ...]) -> None:
        super().__init__(violations)
        self.violations: tuple[Violation, ...] = violations

    def __str__(self) -> str:
        count = len(self.violations)
        detected = "1 validation error" if count == 1 else f"{count} validation errors"
        return f"{detected} detected. " + "; ".join(v.message for v in self.violations)


class ConstraintWarning(UserWarning):
    """A broken constraint of a kind that the client was told to warn about only."""


class ServiceError(Shaped, SpecwrightError):
    """An error that the service answered with; services' own errors derive from it.

    ``code`` and ``message`` are the service's, ``status`` is the HTTP status (0 where the
    error was made by hand and its model names none), ``fault`` says whose mistake it is and
    ``retryable`` whether sending the same request again may help.
    """

    code: str = ""
    message: str = ""
    status: int = 0
    fault: Literal["client", "server"] = "client"
    retryable: bool = False
    request_id: str | None = None
    response_metadata: ResponseMetadata | None = None

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.message = message

    def unset_members(self) -> None:
        unset_all(self)

    def to_dict(self) -> dict[str, object]:
        found = super().to_dict()
        return {n: v for n, v in found.items() if v or n not in ("message", "Message")}

    def __str__(self) -> str:
        parts = [self.code or type(self).__name__]
        if self.status:
            parts.append(f"(HTTP {self.status})")
        text = " ".join(parts)
        if self.message:
            told = self.__schema__.by_attr.get("message")
            text += f": {'<sensitive>' if told and told.sensitive else self.message}"
        return f"{text} [request {self.request_id}]" if self.request_id else text

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"

    def __reduce__(self) -> tuple[object, ...]:
        return revive, (type(self), self.message, dict(vars(self)))


def revive(
    cls: type[ServiceError], message: str, state: dict[str, object]
) -> ServiceError:
    error = cls.__new__(cls, message)
    for name, value in state.items():
        setattr(error, name, value)
    return error
