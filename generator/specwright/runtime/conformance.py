"""What the generated tests are made of: facts of a spec, and values on both sides of them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from importlib import import_module
from re import escape, fullmatch
from types import FunctionType
from typing import NamedTuple, TypeAlias, TypeGuard, TypeVar, get_args

from hypothesis import reject, strategies as st

from .errors import ConfigurationError
from .operation import PaginatedRequest, Request, Response
from .probes import At
from .strategies import (
    Constraint,
    breakable,
    constraints,
    response,
    tokens_of,
    valid,
)
from .structure import Structure, is_sequence
from .violations import Kind, Limit, ModalKind, Violation

FirstRequest: TypeAlias = "PaginatedRequest[Response, object]"

RequestT = TypeVar("RequestT", bound=Request[Response])

USER = "<user>"
"""What the file is called that calls a client."""


class Paged(NamedTuple):
    """How the pages of a request follow each other, by the spec's names."""

    request: str
    response: str
    input_token: str
    output_token: str
    items: str | None = None


class Facts(Mapping[str, tuple[At, ...]]):
    """What a spec says of the structures of one service, by the names of their classes."""

    def __init__(
        self,
        package: str,
        facts: Mapping[str, tuple[At, ...]],
        source: str | None = None,
    ) -> None:
        self._package = package
        self._source = source
        self._facts = facts
        self._breakable: list[tuple[str, Constraint]] = []

    def __getitem__(self, name: str) -> tuple[At, ...]:
        return self._facts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)

    def cls(self, name: str) -> type[Structure]:
        """The class of a name."""
        for module in (self._package, f"{self._package}.shapes"):
            found: object = getattr(import_module(module), name, None)
            if isinstance(found, type) and issubclass(found, Structure):
                return found
        raise TypeError(f"{self._package} has no structure {name}")

    def places(self) -> list[tuple[str, At]]:
        """Every place of every structure."""
        return [(name, at) for name, found in self._facts.items() for at in found]

    def rare(self) -> list[tuple[str, At]]:
        """The members of types that few services have."""
        return [(name, at) for name, at in self.places() if at.rare]

    def source(self, at: At, kind: Kind) -> str | None:
        """Where the constraint of a kind is documented; None where that isn't told."""
        cited: tuple[Kind, ...]
        cited = ("length", "range", "pattern", "enum", "unique")
        stated = kind in cited or (kind == "required" and at.attr is not None)
        return at.sources.get(kind, self._source) if stated else None

    def request(self, name: str) -> type[Request[Response]]:
        """The request of a name."""
        found = self.cls(name)
        if is_request(found):
            return found
        raise TypeError(f"{name} is no request")

    def requests(self) -> list[str]:
        """The names of the requests."""
        return [name for name in self if is_request(self.cls(name))]

    def breakable(self) -> list[tuple[str, Constraint]]:
        """Every constraint of every request, also of the structures in it, that some value
        breaks."""
        if not self._breakable:
            self._breakable = [
                (name, each)
                for name in self.requests()
                for each in breakable(self.cls(name))
            ]
        return self._breakable

    def modal(self) -> list[tuple[str, Constraint]]:
        """The first constraint of each kind that has modes, of each request. What stands in
        a header is left out, since not all that breaks it can be sent."""
        first: dict[tuple[str, str], tuple[str, Constraint]] = {}
        for name, each in self.breakable():
            member = self.cls(name).__schema__.by_name[tokens_of(each.pointer)[0]]
            sent = member.label is None and "header" not in member.location
            if each.kind in get_args(ModalKind) and sent:
                first.setdefault((name, each.kind), (name, each))
        return list(first.values())

    def names(self, name: str) -> dict[str, str]:
        """The spec's names of a structure's members, by attribute."""
        return {
            at.attr: tokens_of(at.pointer)[0]
            for at in self[name]
            if at.attr is not None
        }

    def hides(self, name: str, pointer: str) -> bool | None:
        """Whether pointers leave out a key of a map on the way to a place, as they do in what
        is sensitive; None where this structure's facts don't tell."""
        around = [at for at in self[name] if f"{pointer}/".startswith(f"{at.pointer}/")]
        maps = [at for at in around if at.type == "map" and at.pointer != pointer]
        if not maps or pointer.endswith("{key}"):
            return None
        member, *parts = around
        return None if any(at.sensitive for at in parts) else member.sensitive

    def unset(self, name: str) -> set[str]:
        """The attributes that have no value where none was given, not even None."""
        unset = (at.attr for at in self[name] if at.required or at.filled)
        return {attr for attr in unset if attr is not None}

    def stated(self, name: str) -> set[Constraint]:
        """The constraints that the spec states for a structure, those within apart."""
        return {Constraint(kind, at.pointer) for at in self[name] for kind in at.kinds}

    def enforced(self, name: str) -> set[Constraint]:
        """The constraints that the validators of a structure know."""
        return {each for each, _ in constraints(self.cls(name), deep=False)}


def pages_of(
    facts: Facts, paged: Paged, tokens: Sequence[str | None]
) -> st.SearchStrategy[tuple[Response, ...]]:
    """Pages with the tokens given."""
    cls = facts.cls(paged.response)
    if not issubclass(cls, Response):
        raise TypeError(f"{paged.response} is no response")
    attr = cls.__schema__.by_name[paged.output_token].attr
    return st.tuples(*[response(cls, **{attr: token}) for token in tokens])


def set_members(value: Structure, attrs: Iterable[str]) -> dict[str, object]:
    """The members that are set, by attribute."""
    members = {attr: getattr(value, attr, None) for attr in attrs}
    return {attr: found for attr, found in members.items() if found is not None}


def built(cls: Callable[..., Structure], members: Mapping[str, object]) -> Structure:
    """A structure made from members by attribute."""
    return cls(**members)


@contextmanager
def possible() -> Generator[None, None, None]:
    """Leaves out requests that can't be sent from here, such as with a checksum that Python
    doesn't know."""
    try:
        yield
    except ConfigurationError:
        reject()


def called_by_user(call: Callable[[RequestT], object], request: RequestT) -> None:
    """Call something from a file that isn't the client's."""
    code = calling.__code__.replace(co_filename=USER)
    FunctionType(code, {"__name__": "user"})(call, request)


def calling(call: Callable[[RequestT], object], request: RequestT) -> None:
    call(request)


def value_of(structure: Structure, name: str | None) -> object:
    """A member by the spec's name."""
    by_name = structure.__schema__.by_name
    return None if name is None else getattr(structure, by_name[name].attr, None)


def items_of(pages: Sequence[Response], paged: Paged) -> list[object]:
    """The items of some pages."""
    lists = [value_of(page, paged.items) for page in pages]
    return [item for found in lists if is_sequence(found) for item in found]


def first_request(facts: Facts, paged: Paged) -> st.SearchStrategy[FirstRequest]:
    """Requests for a first page."""
    cls = facts.cls(paged.request)
    if not is_paginated(cls):
        raise TypeError(f"{paged.request} has no pages")
    attr = cls.__schema__.by_name[paged.input_token].attr
    return valid(cls).map(lambda request: request.replace(**{attr: None}))


def is_paginated(cls: type[Structure]) -> TypeGuard[type[FirstRequest]]:
    return issubclass(cls, PaginatedRequest)


def is_request(cls: type[Structure]) -> TypeGuard[type[Request[Response]]]:
    return issubclass(cls, Request)


def findings(value: Structure, at: At, kind: Kind, inside: str = "") -> list[Violation]:
    """The violations of a kind that a value has at a place, or inside of what is there."""
    place = at.pointer + inside
    return [
        violation
        for violation in value.violations()
        if violation.kind == kind and points_at(violation.pointer, place)
    ]


def in_order(value: Structure, at: At) -> bool:
    """True where each kind is found once at a place, in the order that they are checked."""
    if at.type == "map" or at.pointer.endswith("{key}"):
        return True  # Each key is checked at its map.
    kinds = [v.kind for v in value.violations() if points_at(v.pointer, at.pointer)]
    return kinds == [kind for kind in at.kinds if kind in kinds]


def is_worded(violation: Violation) -> bool:
    """True where the message of a violation says what its kind, limit and pointer are."""
    kind, limit = violation.kind, violation.limit
    rules: dict[str, str] = {
        "required": "not be null",
        "pattern": f"satisfy regular expression pattern: {limit}",
        "enum": f"satisfy enum value set: [{', '.join(map(str, limit))}]",
        "unique": "have unique values",
        "union": f"have exactly one of its members set: [{', '.join(map(str, limit))}]",
        "length": f"have length {interval(limit)}",
        "range": f"be {interval(limit)}",
        "type": f"be {limit}",
        "label": "not be empty" if limit == "not empty" else f"be {limit}",
    }
    subject = r"Value with length \d+" if kind == "length" else "Value"
    place = f" at '{violation.pointer}' failed to satisfy constraint: Member must "
    wording = subject + escape(place + rules[kind])
    return fullmatch(wording, violation.message) is not None


def interval(limit: Limit) -> str:
    """Bounds in words."""
    low, high = (limit[0], limit[1]) if len(limit) == 2 else (None, None)
    if low is None:
        return f"less than or equal to {in_digits(high)}"
    if high is None:
        return f"greater than or equal to {in_digits(low)}"
    return f"between {in_digits(low)} and {in_digits(high)}, inclusive"


def in_digits(end: object) -> str:
    """A bound without an exponent, and without a fraction of zero."""
    if not isinstance(end, float):
        return str(end)
    text = f"{Decimal(repr(end)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def knows_modes(options: Callable[..., object]) -> bool:
    """True where options refuse modes, and kinds of constraints, that there aren't."""
    for validation in ("loose", {"length": "loose"}, {"required": "off"}):
        try:
            options(validation=validation)
        except ValueError:
            continue
        return False
    return True


def points_at(pointer: str, place: str) -> bool:
    """True where a pointer is one of those that a place stands for."""
    wanted = place.removesuffix("/{key}").split(
        "/"
    )  # Keys are told where their map is.
    parts = pointer.split("/")
    return len(parts) == len(wanted) and all(
        want in (part, "*") for part, want in zip(parts, wanted, strict=True)
    )
