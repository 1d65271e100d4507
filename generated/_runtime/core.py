"""What sync and async clients share: options, and requests and responses as values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from datetime import UTC, datetime
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar, Generic, Literal, NamedTuple, TypeVar

from .credentials import (
    CredentialSource,
    credential_source,
    resolve,
    resolve_region,
)
from .endpoints import endpoint_problem, endpoint_url as endpoint_of
from .errors import ConfigurationError, ServiceError, TransportError
from .http import HttpRequest, HttpResponse, Parts, Timeout, checked_timeout
from .operation import (
    Operations,
    Request,
    Response,
    ResponseMetadata,
    ResponseT,
    error_class,
)
from .protocol import (
    ErrorAnswer,
    ErrorInAnswerError,
    WireProtocol,
    request_id_of,
)
from .retries import Retries, is_throttling, retry_after, should_retry
from .validation import check
from .violations import Modes, modes_by_kind

if TYPE_CHECKING:
    from typing import Self

TransportT = TypeVar("TransportT")


class ServiceInfo(NamedTuple):
    """What a client knows of its service. ``host_prefix`` is None where the host follows from
    endpoint rules; ``base_error`` names the exception that the others derive from."""

    id: str
    version: str
    package: str
    protocol: WireProtocol
    signing_name: str
    host_prefix: str | None
    base_error: str
    error_codes: Mapping[str, str]
    generator: str

    @property
    def user_agent(self) -> str:
        package = self.package.rpartition(".")[2]
        return f"specwright/{self.generator} api/{package}#{self.version}"


def utc_now() -> datetime:
    return datetime.now(UTC)


def random_token() -> str:
    from uuid import uuid4

    return str(uuid4())


class ClientCore(Generic[TransportT]):
    """The part of a client that does no I/O."""

    service: ClassVar[ServiceInfo]
    operations: ClassVar[Operations]

    def __init__(
        self,
        *,
        region: str | None = None,
        endpoint_url: str | None = None,
        credentials: CredentialSource = None,
        validation: Modes = "strict",
        retries: Retries | int | None = None,
        timeout: Timeout = 60.0,
        transport: TransportT | None = None,
        clock: Callable[[], datetime] = utc_now,
        idempotency_token: Callable[[], str] = random_token,
    ) -> None:
        """Make a client; nothing is called or looked up yet.

        region: where the service is called; else AWS_REGION or AWS_DEFAULT_REGION.
        endpoint_url: where it answers instead of at its usual address.
        credentials: Credentials, or a function that returns them, asked at every signature;
            else those of the environment.
        validation: "strict", "warn" or "off" for length, range, pattern, enum and unique, or
            a mapping of those kinds; types, required members, unions and labels always hold.
        retries: how often to try again, or a Retries.
        timeout: seconds to wait for a connection and for each part of the answer.
        transport: what sends messages instead of the usual one.
        clock, idempotency_token: functions that make requests reproducible.
        """
        self._region = region
        self._endpoint_url = None if endpoint_url is None else base_url(endpoint_url)
        self._credentials = credential_source(credentials)
        self._validation = modes_by_kind(validation, {})
        self._retries = Retries.of(retries)
        self._timeout = checked_timeout(timeout)
        self._clock = clock
        self._idempotency_token = idempotency_token
        self._transport: TransportT = (
            self._usual_transport() if transport is None else transport
        )

    def _usual_transport(self) -> TransportT:
        raise NotImplementedError

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
                f"the host of {self.service.id} depends on endpoint rules or "
                "discovery, which this client doesn't have: pass endpoint_url="
            )
        return endpoint_of(self.service.host_prefix, self.region)

    def with_options(
        self,
        *,
        validation: Modes | None = None,
        timeout: Timeout | Literal["same"] = "same",
        retries: Retries | int | None = None,
    ) -> Self:
        """A view of this client with other options, on the same connections. Kinds that
        ``validation`` doesn't name keep their modes."""
        view = copy(self)
        if validation is not None:
            view._validation = modes_by_kind(validation, self._validation)
        if timeout != "same":
            view._timeout = checked_timeout(timeout)
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
        request = request.__operation__.asked(request)
        check(request, self._validation)
        outgoing = self.service.protocol.serialize(request.__operation__, request)
        http = HttpRequest(
            outgoing.method,
            self.endpoint_url + outgoing.target,
            [("User-Agent", self.service.user_agent), *outgoing.headers],
            outgoing.body,
        )
        return request.__operation__.sent(http, request)

    def parse(self, request: Request[ResponseT], http: HttpResponse) -> ResponseT:
        """The response in an HTTP answer to a request, or the modelled error, raised."""
        self._expect(request)
        operation = request.__operation__
        metadata = ResponseMetadata(http.status, request_id_of(http), http.headers, 1)
        if not 200 <= http.status < 300:
            raise self._error(http, metadata)
        response = operation.response.__new__(operation.response)
        response.response_metadata = metadata
        try:
            operation.read(self.service.protocol, response, http)
        except ErrorInAnswerError:
            failed = HttpResponse(500, http.headers, http.body)
            raise self._error(failed, metadata) from None
        return response

    def sign(self, http: HttpRequest) -> HttpRequest:
        """The message with its signature: credentials, region and clock applied."""
        if http.auth is not None:
            given, name = self._credentials, self.service.signing_name
            return http.auth(http, given, self._region, name, self._clock())
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
        error = self._error_of(answer, http)
        metadata.request_id = metadata.request_id or answer.request_id
        error.code = answer.code or str(http.status)
        error.message = answer.message
        error.status = http.status
        error.request_id = metadata.request_id
        error.response_metadata = metadata
        if type(error).__name__ == self.service.base_error:
            error.fault = "server" if http.status >= 500 else "client"
        error.retryable = should_retry(http.status, answer.code, error.retryable)
        return error

    def _error_of(self, answer: ErrorAnswer, http: HttpResponse) -> ServiceError:
        module = import_module(f"{self.service.package}.errors")
        base = error_class(module, self.service.base_error)
        name = self.service.error_codes.get(answer.kind, answer.kind)
        found: object = vars(module).get(name)
        cls = base
        if isinstance(found, type) and issubclass(found, base):
            cls = found
        error = cls.__new__(cls, answer.message)
        error.unset_members()
        self.service.protocol.fill_error(error, answer, http)
        return error

    def _next_wait(
        self,
        attempt: int,
        problem: ServiceError | TransportError,
        answer: HttpResponse | None,
        http: HttpRequest,
    ) -> float | None:
        if isinstance(problem, ServiceError) and problem.response_metadata is not None:
            problem.response_metadata.attempts = attempt
        if not problem.retryable or not isinstance(http.body, bytes | Parts):
            return None
        from random import random

        return self._retries.delay(
            attempt,
            random,
            throttled=isinstance(problem, ServiceError)
            and is_throttling(problem.status, problem.code),
            retry_after=None if answer is None else retry_after(answer.headers),
        )


def base_url(url: str) -> str:
    problem = endpoint_problem(url)
    if problem is not None:
        raise ConfigurationError(f"endpoint_url {problem}: {url!r}")
    return url.rstrip("/")
