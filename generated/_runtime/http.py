"""HTTP messages as plain values, and what a transport has to do."""

from collections.abc import AsyncIterable, Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Protocol, TypeAlias, TypeGuard

if TYPE_CHECKING:
    from datetime import datetime

    from .credentials import CredentialSource

    Sign = Callable[
        ["HttpRequest", CredentialSource, str | None, str, datetime], "HttpRequest"
    ]

Body: TypeAlias = bytes | Iterable[bytes] | AsyncIterable[bytes]
"""All of a body, or its parts: an async iterable in async clients only."""


class Parts:
    """A body in parts, made anew each time that it is iterated."""

    __slots__: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[bytes]:
        raise NotImplementedError


Timeout: TypeAlias = float | None
"""Seconds to wait for a connection, and for each piece of the answer; None waits."""

_LONGEST = 1e9
_NAME_MARKS = str.maketrans("", "", "!#$%&'*+-.^_`|~")
# Others may carry credentials, or sensitive members.
_SHOWN_HEADERS = (
    *("accept", "content-", "date", "host", "retry-after", "server", "user-agent"),
    *("x-amz-date", "x-amz-request-id", "x-amz-target", "x-amzn-errortype"),
    "x-amzn-requestid",
)


class Headers:
    """A case-insensitive multimap that keeps order, spelling and duplicates.

    Iteration, `len` and `keys` see each name once; `items` has every pair.
    """

    __slots__ = ("_fields",)

    _fields: list[tuple[str, str, str]]

    def __init__(self, headers: "HeadersLike" = ()) -> None:
        if isinstance(headers, Headers):
            self._fields = headers._fields.copy()
        elif _is_mapping(headers):
            self._fields = [_field(name, value) for name, value in headers.items()]
        elif not isinstance(headers, Mapping):
            self._fields = [_field(name, value) for name, value in headers]

    def __getitem__(self, name: str) -> str:
        value = self.get(name)
        if value is None:
            raise KeyError(name)
        return value

    def __setitem__(self, name: str, value: str) -> None:
        self.set(name, value)

    def __delitem__(self, name: str) -> None:
        if name not in self:
            raise KeyError(name)
        self.remove(name)

    def get(self, name: str, default: str | None = None) -> str | None:
        """The value; those of a repeated name are joined by a comma and a space."""
        values = self.get_all(name)
        if not values:
            return default
        return values[0] if len(values) == 1 else ", ".join(values)

    def get_all(self, name: str) -> list[str]:
        key = name.lower()
        return [value for lower, _, value in self._fields if lower == key]

    def set(self, name: str, value: str) -> None:
        """Put one value in the place of all that the name has."""
        new = _field(name, value)
        lowers = [field[0] for field in self._fields]
        self.remove(name)
        at = lowers.index(new[0]) if new[0] in lowers else len(lowers)
        self._fields.insert(at, new)

    def add(self, name: str, value: str) -> None:
        """Append a value, whether or not the name has one."""
        self._fields.append(_field(name, value))

    def remove(self, name: str) -> None:
        key = name.lower()
        self._fields = [field for field in self._fields if field[0] != key]

    def copy(self) -> "Headers":
        return Headers(self)

    __copy__ = copy

    def keys(self) -> list[str]:
        names: dict[str, str] = {}
        for lower, name, _ in self._fields:
            names.setdefault(lower, name)
        return list(names.values())

    def items(self) -> list[tuple[str, str]]:
        return [(name, value) for _, name, value in self._fields]

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and bool(self.get_all(name))

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys())

    def __len__(self) -> int:
        return len(self.keys())

    def __eq__(self, other: object) -> bool:
        """Whether names have the same values; only the order within a name counts."""
        if not isinstance(other, Headers):
            return NotImplemented
        return self._by_name() == other._by_name()

    def _by_name(self) -> list[tuple[str, str]]:
        fields = sorted(self._fields, key=lambda field: field[0])
        return [(lower, value) for lower, _, value in fields]

    def __repr__(self) -> str:
        shown = [
            (name, value if lower.startswith(_SHOWN_HEADERS) else "***")
            for lower, name, value in self._fields
        ]
        return f"Headers({shown!r})"


HeadersLike: TypeAlias = Headers | Mapping[str, str] | Iterable[tuple[str, str]]


def _is_mapping(headers: object) -> TypeGuard[Mapping[str, str]]:
    # A plain isinstance leaves open what a mapping that is also pairs would hold.
    return isinstance(headers, Mapping)


def _field(name: str, value: object) -> tuple[str, str, str]:
    # Whoever can put a line end into a header can add headers of their own.
    if not is_token(name):
        raise ValueError(f"not a header name: {name!r}")
    if not isinstance(value, str):
        raise TypeError(f"the value of header {name} is no str: {value!r}")
    if "\n" in value or "\r" in value or "\0" in value:
        raise ValueError(f"the value of header {name} holds a line end or NUL")
    return name.lower(), name, value


def is_token(name: str) -> bool:
    """Whether it may be the name of a header or a method."""
    # Nearly all names are words and hyphens, which is quicker to see than the rest.
    if not name.isascii() or name.replace("-", "_").isidentifier():
        return name.isascii()
    return bool(name) and (name.translate(_NAME_MARKS) or "0").isalnum()


def split_url(url: str) -> tuple[str, str, str, str]:
    """Scheme, authority, path and query of an absolute URL, all as they stand."""
    scheme, _, rest = url.partition("://")
    rest, _, _ = rest.partition("#")
    rest, _, query = rest.partition("?")
    authority, slash, path = rest.partition("/")
    return scheme, authority, slash + path, query


def received_headers(pairs: Iterable[tuple[str, str]]) -> Headers:
    """Headers as a server sent them: folded lines joined, impossible names left out."""
    headers = Headers()
    for name, value in pairs:
        if not value.isprintable():
            value = " ".join(value.replace("\0", " ").splitlines())
        try:
            headers.add(name, value)
        except ValueError:
            continue
    return headers


def checked_timeout(value: object, name: str = "timeout") -> Timeout:
    """The timeout, where it is one that sockets can wait for."""
    if value is None:
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{name} is seconds or None, not {value!r}")
    if not 0 < value < _LONGEST:
        raise ValueError(f"{name} is {value}: pass seconds above 0, or None to wait")
    return value


def _checked_body(body: Body) -> Body:
    if isinstance(body, bytes):
        return body
    if isinstance(body, bytearray | memoryview):
        return bytes(body)
    # A str would be sent, or fail, letter by letter.
    if isinstance(body, str):
        raise TypeError("a body is bytes, not str: encode it")
    return body


class _Message:
    __slots__: tuple[str, ...] = ()

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and all(
            getattr(self, name) == getattr(other, name) for name in self.__slots__
        )


class HttpRequest(_Message):
    """A request: `url` is absolute and encoded, and goes on the wire as it stands."""

    __slots__ = ("body", "headers", "method", "url")
    auth: "Sign | None" = None

    def __init__(
        self,
        method: str,
        url: str,
        headers: HeadersLike = (),
        body: Body = b"",
    ) -> None:
        self.method: str = method
        self.url: str = url
        self.headers: Headers = Headers(headers)
        self.body: Body = _checked_body(body)

    def __repr__(self) -> str:
        # Paths, queries and bodies carry what users send, sensitive members included.
        host = "/".join(self.url.split("/", 3)[:3])
        return (
            f"HttpRequest({self.method!r}, '{host}/...', {self.headers!r},"
            f" {_describe(self.body)})"
        )


class HttpResponse(_Message):
    """An answer; its body comes in parts when a transport was asked to stream."""

    __slots__ = ("body", "headers", "status")

    def __init__(
        self,
        status: int,
        headers: HeadersLike = (),
        body: Body = b"",
    ) -> None:
        self.status: int = status
        self.headers: Headers = Headers(headers)
        self.body: Body = _checked_body(body)

    def __repr__(self) -> str:
        return f"HttpResponse({self.status}, {self.headers!r}, {_describe(self.body)})"


def _describe(body: Body) -> str:
    return f"<{len(body)} bytes>" if isinstance(body, bytes) else "<stream>"


class Transport(Protocol):
    """Sends one request, once: no retries, no redirects.

    Raises TransportError when no whole answer arrives; an error status is an answer.
    """

    def send(
        self, request: HttpRequest, *, timeout: Timeout, stream: bool = False
    ) -> HttpResponse: ...

    def close(self) -> None: ...


class AsyncTransport(Protocol):
    """What Transport does, awaited."""

    async def send(
        self, request: HttpRequest, *, timeout: Timeout, stream: bool = False
    ) -> HttpResponse: ...

    async def close(self) -> None: ...
