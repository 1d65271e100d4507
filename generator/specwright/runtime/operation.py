"""Operations as data: their HTTP binding, request, response, errors and pagination."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Generic, TypeGuard, TypeVar

from .http import Headers
from .structure import Structure

if TYPE_CHECKING:
    from .errors import ServiceError


class ResponseMetadata:
    """How a response came: HTTP status, request id, headers, and the attempts it took.

    A response that was made by hand has status 0 and no attempts.
    """

    __slots__ = ("attempts", "headers", "request_id", "status")

    def __init__(
        self,
        status: int = 0,
        request_id: str | None = None,
        headers: Headers | None = None,
        attempts: int = 0,
    ) -> None:
        self.status: int = status
        self.request_id: str | None = request_id
        self.headers: Headers = headers or Headers()
        self.attempts: int = attempts

    def __repr__(self) -> str:
        return (
            f"ResponseMetadata(status={self.status}, request_id={self.request_id!r}, "
            f"attempts={self.attempts})"
        )


class Response(Structure):
    """What an operation answers; its metadata stands outside ``==`` and ``to_dict``."""

    __slots__ = ("_metadata",)

    _metadata: ResponseMetadata

    @property
    def response_metadata(self) -> ResponseMetadata:
        """How the response came."""
        try:
            return self._metadata
        except AttributeError:
            self._metadata = ResponseMetadata()
            return self._metadata

    @response_metadata.setter
    def response_metadata(self, metadata: ResponseMetadata) -> None:
        self._metadata = metadata


ResponseT = TypeVar("ResponseT", bound=Response)
ResponseT_co = TypeVar("ResponseT_co", bound=Response, covariant=True)
ItemT_co = TypeVar("ItemT_co", covariant=True)


class Request(Structure, Generic[ResponseT_co]):
    """What an operation is asked; its type tells the type of the response."""

    __slots__ = ()
    __operation__: Operation[ResponseT_co]


class PaginatedRequest(Request[ResponseT_co], Generic[ResponseT_co, ItemT_co]):
    """A request whose answer comes in pages of items."""

    __slots__ = ()


OPERATION = "__operation__"


class Http:
    """The HTTP method and path template of an operation, and the status of success."""

    __slots__ = ("method", "path", "status")

    def __init__(self, method: str, path: str, *, status: int = 200) -> None:
        self.method: str = method
        self.path: str = path
        self.status: int = status

    def __repr__(self) -> str:
        return f"Http({self.method!r}, {self.path!r}, status={self.status})"


class Pagination:
    """How pages follow each other: members of request and response by the spec's names."""

    __slots__ = ("input_token", "items", "limit", "output_token")

    def __init__(
        self,
        *,
        input_token: str,
        output_token: str,
        items: str | None = None,
        limit: str | None = None,
    ) -> None:
        self.input_token: str = input_token
        self.output_token: str = output_token
        self.items: str | None = items
        self.limit: str | None = limit

    def __repr__(self) -> str:
        return (
            f"Pagination(input_token={self.input_token!r}, "
            f"output_token={self.output_token!r}, items={self.items!r}, "
            f"limit={self.limit!r})"
        )


class Operation(Generic[ResponseT_co]):
    """One operation of a service.

    ``request`` and ``response`` are its classes, ``errors`` the exceptions that it documents,
    fit for an ``except`` clause.
    """

    __slots__ = ("error_names", "http", "name", "pagination", "request", "response")

    def __init__(
        self,
        name: str,
        *,
        http: Http,
        request: type[Request[ResponseT_co]],
        response: type[ResponseT_co],
        errors: tuple[str, ...] = (),
        pagination: Pagination | None = None,
    ) -> None:
        self.name: str = name
        self.http: Http = http
        self.request: type[Request[ResponseT_co]] = request
        self.response: type[ResponseT_co] = response
        self.error_names: tuple[str, ...] = errors
        self.pagination: Pagination | None = pagination
        # Not an assignment: type checkers refuse one to a generic member of a class.
        setattr(request, OPERATION, self)

    @property
    def errors(self) -> tuple[type[ServiceError], ...]:
        """The exceptions that the operation documents."""
        module = import_module(f"{self.request.__schema__.scope}.errors")
        return tuple(error_class(module, name) for name in self.error_names)

    def __repr__(self) -> str:
        return f"Operation({self.name!r})"


def is_operation(value: object) -> TypeGuard[Operation[Response]]:
    """True for an operation."""
    return isinstance(value, Operation)


def error_class(module: object, name: str) -> type[ServiceError]:
    """The exception of a service's ``errors`` module that has some name."""
    from .errors import ServiceError

    found: object = getattr(module, name)
    if isinstance(found, type) and issubclass(found, ServiceError):
        return found
    raise TypeError(f"{name} is not an error of the service")


class Operations(Mapping[str, Operation[Response]]):
    """Operations by name; the module of each is imported when it is looked up."""

    __slots__ = ("_modules", "_package")

    def __init__(self, package: str, modules: Mapping[str, str]) -> None:
        self._package = package
        self._modules = modules

    def __getitem__(self, name: str) -> Operation[Response]:
        module = import_module(f"{self._package}.operations.{self._modules[name]}")
        found: object = getattr(module, self._modules[name].upper())
        if is_operation(found):
            return found
        raise TypeError(f"{name} is not an operation of the service")

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __len__(self) -> int:
        return len(self._modules)

    def __repr__(self) -> str:
        return f"Operations({', '.join(self._modules)})"
