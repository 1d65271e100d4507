"""Operations as data: their HTTP binding, request, response, errors and pagination."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeGuard, TypeVar

from .http import Headers, HttpRequest, HttpResponse
from .structure import Structure

if TYPE_CHECKING:
    from .errors import ServiceError
    from .protocol import WireProtocol


class ResponseMetadata:
    """How a response came: HTTP status, request id, headers, and the attempts it took.

    A response that was made by hand has status 0 and no attempts.
    """

    def __init__(
        self,
        status: int = 0,
        request_id: str | None = None,
        headers: Headers | None = None,
        attempts: int = 0,
    ) -> None:
        self.status = status
        self.request_id = request_id
        self.headers: Headers = headers or Headers()
        self.attempts = attempts

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

    def __getstate__(self) -> dict[str, object]:
        return {**super().__getstate__(), "_metadata": self.response_metadata}

    def __setstate__(self, state: Mapping[str, object]) -> None:
        super().__setstate__(state)
        metadata = state.get("_metadata")
        if isinstance(metadata, ResponseMetadata):
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


class Http(NamedTuple):
    """The HTTP method and path template of an operation, and the status of success."""

    method: str
    path: str
    status: int = 200


class Pagination(NamedTuple):
    """How pages follow each other: members of request and response by the spec's names,
    and expressions over a page where one member doesn't tell."""

    input_token: str
    output_token: str
    items: str | None = None
    limit: str | None = None
    tokens: Mapping[str, Callable[[object], object]] = {}
    more_results: Callable[[object], object] | None = None

    def following(self, request: Structure, page: Structure) -> dict[str, object]:
        token = getattr(page, page.__schema__.by_name[self.output_token].attr, None)
        attr = request.__schema__.by_name[self.input_token].attr
        return {attr: token} if token else {}

    def place(self, page: Structure) -> tuple[object, str]:
        items = page.__schema__.by_name.get(self.items or "")
        return page, items.attr if items else ""


class Operation(Generic[ResponseT_co]):
    """One operation of a service.

    ``request`` and ``response`` are its classes, ``errors`` the exceptions that it documents,
    fit for an ``except`` clause. ``has_input`` is false where the API defines no input, not
    even an empty one; ``root`` is the element around a body in XML. Where ``streams``, the
    answer is read as it comes.
    """

    streams = False

    def __init__(
        self,
        name: str,
        *,
        http: Http,
        request: type[Request[ResponseT_co]],
        response: type[ResponseT_co],
        errors: tuple[str, ...] = (),
        pagination: Pagination | None = None,
        has_input: bool = True,
        root: object = None,
    ) -> None:
        self.name = name
        self.http = http
        self.request = request
        self.response = response
        self.error_names = errors
        self.pagination = pagination
        self.has_input = has_input
        self.root = root
        # Not an assignment: type checkers refuse one to a generic member of a class.
        setattr(request, OPERATION, self)

    @property
    def errors(self) -> tuple[type[ServiceError], ...]:
        module = import_module(f"{self.request.__schema__.scope}.errors")
        return tuple(error_class(module, name) for name in self.error_names)

    def asked(self, request: Request[Response]) -> Request[Response]:
        """The request, as subclasses change it."""
        return request

    def sent(self, http: HttpRequest, request: Request[Response]) -> HttpRequest:
        """The prepared message, as subclasses change it."""
        return http

    async def arrived(self, http: HttpResponse) -> HttpResponse:
        """The answer with what async clients read before it is parsed."""
        return http

    def read(
        self, protocol: WireProtocol, response: Response, http: HttpResponse
    ) -> None:
        """Set the members of a new response."""
        protocol.read_response(self, response, http)

    def __repr__(self) -> str:
        return f"Operation({self.name!r})"


def is_operation(value: object) -> TypeGuard[Operation[Response]]:
    return isinstance(value, Operation)


def error_class(module: object, name: str) -> type[ServiceError]:
    from .errors import ServiceError

    found: object = getattr(module, name)
    if isinstance(found, type) and issubclass(found, ServiceError):
        return found
    raise TypeError(f"{name} is not an error of the service")


class Operations(Mapping[str, Operation[Response]]):
    """Operations by name; their modules are imported when they are looked up."""

    def __init__(self, package: str, modules: Mapping[str, str]) -> None:
        self._package = package
        self._modules = modules

    def __getitem__(self, name: str) -> Operation[Response]:
        own = self._modules[name]
        module = import_module(f"{self._package}.operations.{own}")
        found: object = getattr(module, own.upper())
        if is_operation(found):
            return found
        raise TypeError(f"{name} is not an operation of the service")

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __len__(self) -> int:
        return len(self._modules)

    def __repr__(self) -> str:
        return f"Operations({', '.join(self._modules)})"
