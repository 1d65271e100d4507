"""What the generated tests are made of: facts of a spec, and values on both sides of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from importlib import import_module
from math import inf, nextafter
from re import escape, fullmatch
from typing import NamedTuple, TypeAlias, TypeGuard, get_args

from hypothesis import strategies as st

from .breaking import sized
from .drawing import Values, drawing_of
from .extents import plain_shape
from .maps import Map
from .operation import PaginatedRequest, Request, Response
from .rare_values import ABSENT
from .schema import Blob, List, String
from .strategies import (
    Constraint,
    Spot,
    breakable,
    constraints,
    placed_at,
    response,
    tokens_of,
    valid,
)
from .structure import Structure, is_sequence
from .violations import Kind, Limit, ModalKind, Violation

FirstRequest: TypeAlias = "PaginatedRequest[Response, object]"

BITS = {"byte": 8, "short": 16, "integer": 32, "long": 64}
WRONG: Mapping[str, tuple[object, ...]] = {
    "boolean": (1, "true"),
    "byte": (True, "1", 1.0),
    "short": (True, "1", 1.0),
    "integer": (True, "1", 1.0),
    "long": (True, "1", 1.0),
    "bigInteger": (True, "1", 1.0),
    "float": (True, "1.5"),
    "double": (True, "1.5"),
    "string": (1, b"text", "\ud800"),
    "blob": ("text", 1),
    "timestamp": ("2026-01-02T03:04:05Z", 1, datetime(2026, 1, 2)),
    "document": (b"bytes", object()),
    "list": ("text", 1, {}),
    "map": ("text", 1, [], {1: "text"}),
    "structure": ("text", 1, []),
    "union": ("text", 1, []),
}


class At(NamedTuple):
    """What a spec says of one place in a structure.

    ``pointer`` has ``*`` for any index or key, ``{key}`` for keys themselves. Texts that the
    pattern has to match are in ``matching``, others that it must not in ``other``.
    """

    pointer: str
    type: str
    required: bool = False
    label: bool = False
    length: tuple[int | None, int | None] | None = None
    range: tuple[float | None, float | None] | None = None
    pattern: str | None = None
    matching: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    enum: tuple[str | int, ...] = ()
    unique: bool = False

    @property
    def kinds(self) -> list[Kind]:
        """The kinds of constraints that hold there."""
        if not self.pointer:
            return ["union"]
        found: dict[Kind, object] = {
            "required": self.required,
            "type": True,
            "length": self.length,
            "range": self.range,
            "pattern": self.pattern,
            "enum": self.enum,
            "unique": self.unique,
            "label": self.label,
            "union": self.type == "union",
        }
        return [kind for kind, stated in found.items() if stated]


class Paged(NamedTuple):
    """How the pages of a request follow each other, by the spec's names."""

    request: str
    response: str
    input_token: str
    output_token: str
    items: str | None = None


class Probe(NamedTuple):
    """Values to try at a place, and whether they break a constraint there."""

    kind: Kind
    values: Values
    broken: bool
    limit: Limit | None = None


class Facts(Mapping[str, tuple[At, ...]]):
    """What a spec says of the structures of one service, by the names of their classes."""

    def __init__(self, package: str, facts: Mapping[str, tuple[At, ...]]) -> None:
        self._package = package
        self._facts = facts

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
        return [
            (name, each)
            for name in self.requests()
            for each in breakable(self.cls(name))
        ]

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


def probes(cls: type[Structure], at: At) -> Iterator[Probe]:
    """What to try at a place: values at its limits and beyond."""
    if not at.pointer:
        return
    if at.required:
        nothing = st.just(ABSENT) if at.type == "document" else st.none()
        yield Probe("required", nothing, True, "required")
    if at.label:
        for text in ("", ".", ".."):
            yield Probe("label", st.just(text), True)
    wrong = ("\ud800",) if at.pointer.endswith("{key}") else WRONG[at.type]
    for value in wrong:
        yield Probe("type", st.just(value), True)
    yield from size_probes(cls, at)
    yield from number_probes(at)
    for broken, texts in ((False, at.matching), (True, at.other)):
        for text in texts:
            yield Probe("pattern", st.just(text), broken, at.pattern)
    if at.enum:
        beyond = [f"{value}x" for value in at.enum] if at.type == "string" else [-12345]
        for value in at.enum:
            yield Probe("enum", st.just(value), False)
        yield Probe("enum", st.sampled_from(beyond), True, at.enum)
    if at.unique:
        twice = values_of_size(cls, at.pointer, 2)
        if twice is not None:
            yield Probe("unique", twice, True, "unique")


def size_probes(cls: type[Structure], at: At) -> Iterator[Probe]:
    least, most = at.length or (None, None)
    tried = [(least, False), (most, False)]
    tried += [(least - 1, True)] if least else []
    tried += [(most + 1, True)] if most is not None else []
    for size, broken in tried:
        # Sizes that take seconds to check are left alone.
        if size is None or size > 200_000:
            continue
        values = values_of_size(cls, at.pointer, size)
        if values is not None:
            yield Probe("length", values, broken, at.length)


def number_probes(at: At) -> Iterator[Probe]:
    bits = BITS.get(at.type)
    low = None if bits is None else -(2 ** (bits - 1))
    high = None if bits is None else 2 ** (bits - 1) - 1
    if low is not None and high is not None:
        for number in (low - 1, low, high, high + 1):
            yield Probe("type", st.just(number), not low <= number <= high)
    least, most = at.range or (None, None)
    real = at.type in ("float", "double")
    for end, outward in ((least, -1), (most, 1)):
        if end is None:
            continue
        yield Probe("range", st.just(end if real else int(end)), False)
        beyond = nextafter(end, outward * inf) if real else int(end) + outward
        if low is None or high is None or low <= beyond <= high:
            yield Probe("range", st.just(beyond), True, at.range)


def values_of_size(cls: type[Structure], pointer: str, size: int) -> Values | None:
    """Values of a size for a place."""
    schema = cls.__schema__
    drawing = drawing_of(schema.scope)
    made: list[Values] = []

    def leaf(spot: Spot, depth: int) -> Values | None:
        if isinstance(spot.shape, (String, Blob, List, Map)):
            values = sized(spot.shape, size, drawing, depth)
            made.extend([] if values is None else [values])
        return None

    name, *rest = tokens_of(pointer)
    member = schema.by_name[name]
    placed_at(Spot(plain_shape(member.shape)), rest, drawing, 0, leaf)
    return made[0] if made else None


def findings(value: Structure, at: At, kind: Kind) -> list[Violation]:
    """The violations of a kind that a value has at a place."""
    return [
        violation
        for violation in value.violations()
        if violation.kind == kind and points_at(violation.pointer, at.pointer)
    ]


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
    }
    subject = r"Value with length \d+" if kind == "length" else "Value"
    place = f" at '{violation.pointer}' failed to satisfy constraint: Member must "
    wording = subject + escape(place + rules.get(kind, ""))
    return (
        fullmatch(wording if kind in rules else f"{wording}.+", violation.message)
        is not None
    )


def interval(limit: Limit) -> str:
    """Bounds in words."""
    low, high = (limit[0], limit[1]) if len(limit) == 2 else (None, None)
    if low is None:
        return f"less than or equal to {high}"
    if high is None:
        return f"greater than or equal to {low}"
    return f"between {low} and {high}, inclusive"


def points_at(pointer: str, place: str) -> bool:
    """True where a pointer is one of those that a place stands for."""
    wanted = place.removesuffix("/{key}").split(
        "/"
    )  # Keys are told where their map is.
    parts = pointer.split("/")
    return len(parts) == len(wanted) and all(
        want in (part, "*") for part, want in zip(parts, wanted, strict=True)
    )
