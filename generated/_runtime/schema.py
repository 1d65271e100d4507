"""The words in which generated modules describe members: shapes, bindings, constraints."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar

if TYPE_CHECKING:
    from .patterns import Pattern
    from .reading import Convert, Reader
    from .structure import Shaped
    from .validation import Check

    P = TypeVar("P", bound="Plan")
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
    "stream",
]


class Shape:
    """What a value may be; ``kind`` is the type's name in specs. ``source`` tells where its
    constraints are documented, by kind where they differ; None is the file's main source.
    """

    kind: str = ""

    def __init__(self, *, source: Source = None) -> None:
        self.source = source


class Boolean(Shape):
    kind = "boolean"


class Integer(Shape):
    """A whole number of 32 bits; its siblings differ in size only."""

    kind = "integer"
    bits: int | None = 32

    def __init__(
        self,
        *,
        range: RangeBounds = None,
        enum: tuple[int, ...] = (),
        source: Source = None,
    ) -> None:
        self.source = source
        self.range = range
        self.enum = enum


class Byte(Integer):
    kind = "byte"
    bits = 8


class Short(Integer):
    kind = "short"
    bits = 16


class Long(Integer):
    kind = "long"
    bits = 64


class BigInteger(Integer):
    kind = "bigInteger"
    bits = None


class Double(Shape):
    kind = "double"

    def __init__(self, *, range: RangeBounds = None, source: Source = None) -> None:
        self.source = source
        self.range = range


class Float(Double):
    kind = "float"


class String(Shape):
    """Text; ``length`` counts Unicode scalar values."""

    kind = "string"

    def __init__(
        self,
        *,
        length: LengthBounds = None,
        pattern: Pattern | None = None,
        enum: tuple[str, ...] = (),
        source: Source = None,
    ) -> None:
        self.source = source
        self.length = length
        self.pattern = pattern
        self.enum = enum


class Enum(Shape):
    """Text out of the values that an alias of the service's shapes lists."""

    kind = "enum"

    def __init__(self, name: str, *, source: Source = None) -> None:
        self.source = source
        self.name = name


class Blob(Shape):
    kind = "blob"

    def __init__(self, *, length: LengthBounds = None, source: Source = None) -> None:
        self.source = source
        self.length = length


class Timestamp(Shape):
    """An aware datetime, written in ``format``, or as the binding has it."""

    kind = "timestamp"

    def __init__(self, format: str | None = None) -> None:
        self.source = None
        self.format = format


class Extension(Shape):
    """A shape whose rules stand in a module that only services with such members have."""

    def check(self, scope: str, spec: Spec) -> Check:
        raise NotImplementedError

    def reader(self, scope: str, inner: Callable[[Shape], Reader]) -> Reader:
        """How a value is read; ``inner`` gives the readers of the shapes in it."""
        raise NotImplementedError

    def writer(self, inner: Callable[[Shape], Convert | None]) -> Convert | None:
        return None

    def from_plain(self, value: object, scope: str) -> object:
        """What a value is in a member that ``from_dict`` fills; None stands for null."""
        return value


class List(Shape):

    kind = "list"
    distinct: Callable[[object], bool] | None = None

    def __init__(
        self,
        item: Shape,
        *,
        length: LengthBounds = None,
        sparse: bool = False,
        source: Source = None,
        xml: object = None,
    ) -> None:
        self.source = source
        self.item = item
        self.length = length
        self.sparse = sparse
        self.xml = xml


class Ref(Shape):
    """A structure or union of the service, by name; found when it is first needed."""

    kind = "ref"

    def __init__(self, name: str) -> None:
        self.source = None
        self.name = name


class Stream(Extension):
    """What is sent or read as it comes; ``plain`` is the shape that it has in dicts."""

    kind = "stream"
    plain: Shape


def path_problem(value: object) -> str:
    """What a value lacks that becomes part of a path; empty if nothing."""
    if value == "":
        return "not empty"
    return "other than . and .." if value in (".", "..") else ""


class Member:
    """A named value. ``source`` tells where it is documented that it is required, ``label``
    what a part of a path or host lacks; subclasses differ in where in a message it stands.
    Where values alone are sensitive, keys of maps may be told.
    Its attribute is that of the slot in its place, or ``attr`` in classes without slots.
    """

    location: Location = "body"
    label: Callable[[object], str] | None = None

    def __init__(
        self,
        name: str,
        shape: Shape,
        *,
        attr: str | None = None,
        wire: str | None = None,
        required: bool = False,
        sensitive: bool | Literal["values"] = False,
        idempotency_token: bool = False,
        source: Source = None,
        xml: object = None,
        label: Callable[[object], str] | None = None,
    ) -> None:
        self.name = name
        self.attr: str = attr or name
        self.wire: str = name if wire is None else wire
        self.shape = shape
        self.required = required
        self.sensitive: bool | Literal["values"] = sensitive
        self.idempotency_token = idempotency_token
        self.source = source
        self.xml = xml
        if label is not None:
            self.label = label


class Body(Member):
    pass


class Path(Member):
    location = "path"
    label = staticmethod(path_problem)


class Query(Member):
    location = "query"


class Spec:
    """The file that a module was generated from, and the main source of its facts: of all,
    and of kinds of constraints that have their own."""

    def __init__(self, file: str, main: str | None = None, **kinds: str) -> None:
        self.file = file
        self.main: str = main or file
        self.kinds: Mapping[str, str] = kinds

    def source(self, cited: Source, kind: str) -> str:
        found = cited if isinstance(cited, str) or cited is None else cited.get(kind)
        return found or self.kinds.get(kind, self.main)


class Plan:
    """What is derived from a schema once, such as how to read its JSON."""

    def __init__(self, schema: Schema) -> None: ...


class Schema:
    """The members of one class, in the order of the spec."""

    def __init__(
        self, scope: str, spec: Spec, members: tuple[Member, ...], *, union: bool
    ) -> None:
        self.scope = scope
        self.spec = spec
        self.members = members
        self.union = union
        self.by_attr: dict[str, Member] = {m.attr: m for m in members}
        self.by_name: dict[str, Member] = {m.name: m for m in members}
        self._plans: dict[type[Plan], Plan] = {}

    def plan(self, kind: type[P]) -> P:
        """The plan of some kind. Threads that race make equal ones."""
        found = self._plans.get(kind)
        if isinstance(found, kind):
            return found
        made = self._plans[kind] = kind(self)
        return made


def structure(cls: type[S], spec: Spec, *members: Member) -> type[S]:
    """Give a class its members, in the order of its slots, and the package that exports it as
    its module, so that pickles don't depend on files."""
    slots: tuple[str, ...] | None = vars(cls).get("__slots__")
    if slots is not None:
        for attr, member in zip(slots, members, strict=True):
            member.attr = attr
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
