"""The words in which generated modules describe members: shapes, bindings, constraints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar

if TYPE_CHECKING:
    from .patterns import Pattern
    from .structure import Shaped

    S = TypeVar("S", bound=Shaped)

Source: TypeAlias = "str | Mapping[str, str] | None"
LengthBounds: TypeAlias = "tuple[int | None, int | None] | None"
RangeBounds: TypeAlias = "tuple[float | None, float | None] | None"
Location: TypeAlias = Literal[
    "body",
    "path",
    "query",
    "query-map",
    "header",
    "header-map",
    "host",
    "payload",
    "status",
]


class Shape:
    """What a value may be. ``kind`` is the type's name in specs.

    ``source`` tells where the shape's constraints are documented, by kind of constraint where
    they differ; None stands for the main source of the spec file.
    """

    __slots__ = ("source",)
    kind: str = ""

    def __init__(self, *, source: Source = None) -> None:
        self.source: Source = source


class Boolean(Shape):
    """true or false."""

    __slots__ = ()
    kind = "boolean"


class Integer(Shape):
    """A whole number of 32 bits; its siblings differ in size only."""

    __slots__ = ("enum", "range")
    kind = "integer"
    bits: int | None = 32

    def __init__(
        self,
        *,
        range: RangeBounds = None,
        enum: tuple[int, ...] = (),
        source: Source = None,
    ) -> None:
        self.source: Source = source
        self.range: RangeBounds = range
        self.enum: tuple[int, ...] = enum


class Byte(Integer):
    """A whole number of 8 bits."""

    __slots__ = ()
    kind = "byte"
    bits = 8


class Short(Integer):
    """A whole number of 16 bits."""

    __slots__ = ()
    kind = "short"
    bits = 16


class Long(Integer):
    """A whole number of 64 bits."""

    __slots__ = ()
    kind = "long"
    bits = 64


class BigInteger(Integer):
    """A whole number of any size."""

    __slots__ = ()
    kind = "bigInteger"
    bits = None


class Double(Shape):
    """A floating-point number of 64 bits."""

    __slots__ = ("range",)
    kind = "double"

    def __init__(self, *, range: RangeBounds = None, source: Source = None) -> None:
        self.source: Source = source
        self.range: RangeBounds = range


class Float(Double):
    """A floating-point number of 32 bits."""

    __slots__ = ()
    kind = "float"


class String(Shape):
    """Text; ``length`` counts Unicode scalar values."""

    __slots__ = ("enum", "length", "pattern")
    kind = "string"

    def __init__(
        self,
        *,
        length: LengthBounds = None,
        pattern: Pattern | None = None,
        enum: tuple[str, ...] = (),
        source: Source = None,
    ) -> None:
        self.source: Source = source
        self.length: LengthBounds = length
        self.pattern: Pattern | None = pattern
        self.enum: tuple[str, ...] = enum


class Enum(Shape):
    """Text out of the values that a named alias of the service's shapes lists."""

    __slots__ = ("name",)
    kind = "enum"

    def __init__(self, name: str, *, source: Source = None) -> None:
        self.source: Source = source
        self.name: str = name


class Blob(Shape):
    """Bytes; ``length`` counts them."""

    __slots__ = ("length",)
    kind = "blob"

    def __init__(self, *, length: LengthBounds = None, source: Source = None) -> None:
        self.source: Source = source
        self.length: LengthBounds = length


class Timestamp(Shape):
    """A moment: an aware datetime, written in ``format``, or as the binding has it."""

    __slots__ = ("format",)
    kind = "timestamp"

    def __init__(self, format: str | None = None) -> None:
        self.source: Source = None
        self.format: str | None = format


class Document(Shape):
    """Any JSON value."""

    __slots__ = ()
    kind = "document"


class List(Shape):
    """Items of one shape; ``length`` counts them."""

    __slots__ = ("item", "length", "sparse", "unique")
    kind = "list"

    def __init__(
        self,
        item: Shape,
        *,
        length: LengthBounds = None,
        unique: bool = False,
        sparse: bool = False,
        source: Source = None,
    ) -> None:
        self.source: Source = source
        self.item: Shape = item
        self.length: LengthBounds = length
        self.unique: bool = unique
        self.sparse: bool = sparse


class Map(Shape):
    """Pairs of text and values of one shape; ``length`` counts them."""

    __slots__ = ("key", "length", "sparse", "value")
    kind = "map"

    def __init__(
        self,
        key: Shape,
        value: Shape,
        *,
        length: LengthBounds = None,
        sparse: bool = False,
        source: Source = None,
    ) -> None:
        self.source: Source = source
        self.key: Shape = key
        self.value: Shape = value
        self.length: LengthBounds = length
        self.sparse: bool = sparse


class Ref(Shape):
    """A structure or union of the service, by name; found when it is first needed."""

    __slots__ = ("name",)
    kind = "ref"

    def __init__(self, name: str) -> None:
        self.source: Source = None
        self.name: str = name


class Member:
    """A named value: its attribute, its name in the spec and on the wire, and its binding.

    ``source`` tells where it is documented that the member is required. The classes below
    differ in where in a message the value stands.
    """

    __slots__ = (
        "attr",
        "idempotency_token",
        "name",
        "required",
        "sensitive",
        "shape",
        "source",
        "wire",
    )

    location: Location = "body"

    def __init__(
        self,
        attr: str,
        name: str,
        shape: Shape,
        *,
        wire: str | None = None,
        required: bool = False,
        sensitive: bool = False,
        idempotency_token: bool = False,
        source: Source = None,
    ) -> None:
        self.attr: str = attr
        self.name: str = name
        self.wire: str = wire or name
        self.shape: Shape = shape
        self.required: bool = required
        self.sensitive: bool = sensitive
        self.idempotency_token: bool = idempotency_token
        self.source: Source = source


class Body(Member):
    """A member in the body of a message."""

    __slots__ = ()


class Path(Member):
    """A member that fills a label of the path."""

    __slots__ = ()
    location = "path"


class Query(Member):
    """A member in the query string."""

    __slots__ = ()
    location = "query"


class Header(Member):
    """A member in a header."""

    __slots__ = ()
    location = "header"


class Status(Member):
    """A member that holds the HTTP status of a response."""

    __slots__ = ()
    location = "status"


class Spec:
    """The file that a module was generated from, and where most of its facts come from."""

    __slots__ = ("file", "main")

    def __init__(self, file: str, main: str | None = None) -> None:
        self.file: str = file
        self.main: str = main or file

    def source(self, cited: Source, kind: str) -> str:
        """Where a constraint of some kind is documented."""
        found = cited if isinstance(cited, str) or cited is None else cited.get(kind)
        return found or self.main


class Schema:
    """The members of one class, in the order of the spec, and what is derived from them."""

    __slots__ = ("by_attr", "by_name", "cache", "members", "scope", "spec", "union")

    def __init__(
        self, scope: str, spec: Spec, members: tuple[Member, ...], *, union: bool
    ) -> None:
        self.scope: str = scope
        self.spec: Spec = spec
        self.members: tuple[Member, ...] = members
        self.union: bool = union
        self.by_attr: dict[str, Member] = {m.attr: m for m in members}
        self.by_name: dict[str, Member] = {m.name: m for m in members}
        self.cache: dict[str, object] = {}


def structure(cls: type[S], spec: Spec, *members: Member) -> type[S]:
    """Give a class its members. Shapes are known by their service's ``shapes`` package and
    requests and responses by the service's own, whatever file holds them, so that pickles
    don't depend on the files."""
    folders = cls.__module__.split(".")
    if folders[-2:-1] == ["shapes"]:
        cls.__module__ = ".".join(folders[:-1])
        scope = ".".join(folders[:-2])
    elif folders[-2:-1] == ["operations"]:
        cls.__module__ = scope = ".".join(folders[:-2])
    else:
        scope = ".".join(folders[:-1])
    cls.__schema__ = Schema(scope, spec, members, union=cls.__union__)
    return cls
