"""What sync and async clients share: options, and requests and responses as values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from typing import TYPE_CHECKING, ClassVar

from .credentials import CredentialSource, resolve, resolve_region
from .endpoints import endpoint_url as endpoint_of
from .errors import ConfigurationError, ServiceError, TransportError
from .http import HttpRequest, HttpResponse, Timeout, split_url
from .operation import Operation, Request, Response, ResponseMetadata, ResponseT
from .protocol import ErrorAnswer, WireProtocol, request_id_of
from .retries import Retries, is_throttling, retry_after, should_retry
from .validation import check
from .violations import Modes, checked_modes

if TYPE_CHECKING:
    from typing import Self

DEFAULT_TIMEOUT = 60.0


class ServiceInfo:
    """What a client knows of its service.

    ``host_prefix`` is None where the host follows from endpoint rules; ``base_error`` names
    the exception that the service's others derive from.
    """

    __slots__ = (
        "base_error",
        "error_codes",
        "host_prefix",
        "id",
        "package",
        "protocol",
        "signing_name",
        "user_agent",
        "version",
    )

    def __init__(
        self,
        id: str,
        *,
        version: str,
        package: str,
        protocol: WireProtocol,
        signing_name: str,
        host_prefix: str | None,
        base_error: str,
        error_codes: Mapping[str, str],
        generator: str,
    ) -> None:
        self.id: str = id
        self.version: str = version
        self.package: str = package
        self.protocol: WireProtocol = protocol
        self.signing_name: str = signing_name
        self.host_prefix: str | None = host_prefix
        self.base_error: str = base_error
        self.error_codes: Mapping[str, str] = error_codes
        self.user_agent: str = (
            f"specwright/{generator} api/{package.rpartition('.')[2]}#{version}"
        )


def utc_now() -> datetime:
    """The time of requests, unless a client is given a clock."""
    return datetime.now(timezone.utc)


def random_token() -> str:
    """An idempotency token, unless a client is given a maker of them."""
    from uuid import uuid4

    return str(uuid4())


class ClientCore:
    """The part of a client that does no I/O.

    region: where the service is called; else AWS_REGION or AWS_DEFAULT_REGION.
    endpoint_url: where it answers instead of at its usual address.
    credentials: Credentials, or a function that returns them; else those of the environment.
    validation: "strict", "warn" or "off" for length, range, pattern, enum and unique, or a
        mapping of those kinds; types, required members, unions and labels always hold.
    retries: how often to try again, or a Retries; timeout: seconds for each wait.
    clock, idempotency_token: functions that make requests reproducible.
    """

    service: ClassVar[ServiceInfo]
    operations: ClassVar[Mapping[str, Operation[Response]]]

    def __init__(
        self,
        *,
        region: str | None = None,
        endpoint_url: str | None = None,
        credentials: CredentialSource = None,
        validation: Modes = "strict",
        retries: Retries | int | None = None,
        timeout: Timeout = DEFAULT_TIMEOUT,
        clock: Callable[[], datetime] = utc_now,
        idempotency_token: Callable[[], str] = random_token,
    ) -> None:
        self._region: str | None = region
        self._endpoint_url = None if endpoint_url is None else base_url(endpoint_url)
        self._credentials = credentials
        self._validation: Modes = checked_modes(validation)
        self._retries = Retries.of(retries)
        self._timeout = timeout
        self._clock = clock
        self._idempotency_token = idempotency_token

    @property
    def region(self) -> str:
        """The region that is called; raises a ConfigurationError where none is known."""
        return resolve_region(self._region)

    @property
    def endpoint_url(self) -> str:
        """Where the service is called, without a slash at the end."""
        if self._endpoint_url is not None:
            return self._endpoint_url
        if self.service.host_prefix is None:
            raise ConfigurationError(
                f"the host of {self.service.id} depends on endpoint rules, which this "
                "client doesn't have: pass endpoint_url="
            )
        return endpoint_of(self.service.host_prefix, self.region)

    def with_options(
        self,
        *,
        validation: Modes | None = None,
        timeout: Timeout = None,
        retries: Retries | int | None = None,
    ) -> Self:
        """A view of this client with other options, on the same connections."""
        view = type(self).__new__(type(self))
        for name, value in vars(self).items():
            setattr(view, name, value)
        if validation is not None:
            view._validation = checked_modes(validation)
        if timeout is not None:
            view._timeout = timeout
        if retries is not None:
            view._retries = Retries.of(retries)
        return view

    def prepare(self, request: Request[Response]) -> HttpRequest:
        """The HTTP message of a request: checked, serialised, unsigned. Sends nothing.

        Raises a ValidationError that lists every broken constraint.
        """
        self._expect(request)
        for member in request.__schema__.members:
            if member.idempotency_token and getattr(request, member.attr, None) is None:
                request = request.replace(**{member.attr: self._idempotency_token()})
        check(request, self._validation)
        outgoing = self.service.protocol.serialize(request.__operation__, request)
        return HttpRequest(
            outgoing.method,
            self.endpoint_url + outgoing.target,
            [("User-Agent", self.service.user_agent), *outgoing.headers],
            outgoing.body,
        )

    def parse(self, request: Request[ResponseT], http: HttpResponse) -> ResponseT:
        """The response in an HTTP answer to a request, or the modelled error, raised."""
        operation = request.__operation__
        metadata = ResponseMetadata(http.status, request_id_of(http), http.headers, 1)
        if not 200 <= http.status < 300:
            raise self._error(http, metadata)
        response = operation.response.__new__(operation.response)
        self.service.protocol.read_response(operation, response, http)
        response.response_metadata = metadata
        return response

    def sign(self, http: HttpRequest) -> HttpRequest:
        """The message with its signature: credentials, region and clock applied."""
        from .sigv4 import sign

        return sign(
            http,
            credentials=resolve(self._credentials),
            region=self.region,
            service=self.service.signing_name,
            now=self._clock(),
        )

    def _expect(self, request: Request[Response]) -> None:
        scope = request.__schema__.scope
        if scope != self.service.package:
            raise TypeError(
                f"{type(request).__name__} is of {scope}, not of {self.service.package}"
            )

    def _error(self, http: HttpResponse, metadata: ResponseMetadata) -> ServiceError:
        answer = self.service.protocol.read_error(http)
        error = self._error_of(answer)
        error.code = answer.code or str(http.status)
        error.message = answer.message
        error.status = http.status
        error.request_id = metadata.request_id
        error.response_metadata = metadata
        if type(error).__name__ == self.service.base_error:
            error.fault = "server" if http.status >= 500 else "client"
        error.retryable = should_retry(http.status, answer.code, error.retryable)
        return error

    def _error_of(self, answer: ErrorAnswer) -> ServiceError:
        from importlib import import_module

        from .operation import error_class

        name = self.service.error_codes.get(answer.code, self.service.base_error)
        cls = error_class(import_module(f"{self.service.package}.errors"), name)
        error = cls.__new__(cls, answer.message)
        error.unset_members()
        self.service.protocol.fill_error(error, answer.members)
        return error

    def _next_wait(
        self,
        attempt: int,
        problem: ServiceError | TransportError,
        answer: HttpResponse | None,
    ) -> float | None:
        """Seconds to wait before the next attempt; None where there is none."""
        if not problem.retryable:
            return None
        from random import random

        throttled, wish = False, None
        if isinstance(problem, ServiceError):
            throttled = is_throttling(problem.status, problem.code)
        if answer is not None:
            wish = retry_after(answer.headers)
        return self._retries.delay(
            attempt, random, throttled=throttled, retry_after=wish
        )


def base_url(url: str) -> str:
    """An endpoint without a slash at its end; raises a ConfigurationError for others."""
    scheme, host, _, query = split_url(url)
    if scheme not in ("http", "https") or not host or query:
        raise ConfigurationError(
            f"endpoint_url is {url!r}: it must be like https://host:port/path"
        )
    return url.rstrip("/")
