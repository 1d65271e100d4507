"""What generated tests try at each place of a structure: values at its limits and beyond."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from math import inf, nextafter
from typing import NamedTuple

from hypothesis import strategies as st

from .breaking import sized
from .documents import NULL
from .drawing import Record, drawing_of
from .extents import DEEPEST, next_double, plain_shape
from .int_enums import UnknownNumber
from .leaves import Values
from .maps import TEXT_KEYS, Map
from .rare_values import ABSENT, decimal_above, decimal_below
from .schema import Blob, List, Ref, Shape, Stream, String
from .strategies import Spot, has_place, placed_at, tokens_of
from .structure import Shaped, Structure, find, is_mapping
from .validation import ZONED
from .values import UnknownValue
from .violations import Kind, Limit

NAIVE = datetime(2026, 1, 2)
BITS = {"byte": 8, "short": 16, "integer": 32, "long": 64}
NO_NUMBERS = (True, "1", 1.0)
# What is no value of a type, by what violations say instead; None where names differ.
WRONG: Mapping[str, Mapping[str | None, tuple[object, ...]]] = {
    "boolean": {"a boolean": (1, "true")},
    **{k: {f"a whole number of {n} bits": NO_NUMBERS} for k, n in BITS.items()},
    "bigInteger": {"a whole number": NO_NUMBERS},
    "float": {"a number": (True, "1.5")},
    "double": {"a number": (True, "1.5")},
    "string": {
        "a string": (1, b"text"),
        "a string without lone surrogates": ("\ud800",),
    },
    "blob": {"bytes": ("text", 1)},
    "timestamp": {"a datetime": ("2026-01-02T03:04:05Z", 1), ZONED: (NAIVE,)},
    "bigDecimal": {"a finite Decimal": (True, "1", Decimal("NaN"))},
    "document": {
        "a JSON value": (b"bytes", "\ud800", inf),
        TEXT_KEYS: ({1: "text"}, {"\ud800": "text"}),
    },
    "list": {"a sequence, not a string": ("text", 1, {})},
    "map": {"a mapping": ("text", 1, []), TEXT_KEYS: ({1: "text"},)},
    "structure": {None: ("text", 1, [])},
    "union": {None: ("text", 1, [])},
}


# What stands in a dict for values that few services have, those values, and how they are shown.
RARE: Mapping[str, tuple[tuple[object, object, str], ...]] = {
    "document": ((None, NULL, "NULL"),),
    "bigDecimal": ((1.5, Decimal("1.5"), "1.5"), (7, 7, "7")),
}
NOTHING: st.SearchStrategy[Record] = st.fixed_dictionaries({})
# So deep may arrays and objects be in each other.
DEEP = 400

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
# Items that are one value, and items that are two, whatever the items of a list have to be.
ALIKE: tuple[tuple[object, object], ...] = (
    (1, 1.0),
    (-3, Decimal("-3.00")),
    ("a", UnknownValue("a")),
    (b"a", bytearray(b"a")),
    (NOON, NOON.astimezone(timezone(timedelta(hours=2)))),
    ({"a": 1, "b": [2]}, {"b": [2.0], "a": 1}),
    (["a", 1], ("a", 1.0)),
    (Decimal("1.50"), Decimal("1.5")),
    (Decimal(10), Decimal("1E+1")),
    (Decimal("1E+1000"), 10**1_000),
    (Decimal("20E+1001"), Decimal("2E+1002")),
    (Decimal(0), Decimal("-0.00")),
    (None, None),
)
UNLIKE: tuple[tuple[object, object], ...] = (
    (1, True),
    (1, "1"),
    (1, 2),
    (1.5, 2.5),
    ("a", b"a"),
    (b"a", b"b"),
    (bytearray(b"a"), bytearray(b"b")),
    (NOON, NOON + timedelta(microseconds=1)),
    ({"a": 1}, {"a": 2}),
    (["a", "b"], ["b", "a"]),
    (Decimal("1.5"), Decimal("-1.5")),
    (Decimal("1.5"), Decimal("1.25")),
    (Decimal("1.5"), Decimal("15.5")),
    (Decimal("1.5"), Decimal("0.15")),
    (Decimal(7), Decimal(8)),
    (Decimal("NaN"), Decimal("Infinity")),
    (None, "None"),
)


class At(NamedTuple):
    """What a spec says of one place in a structure.

    ``pointer`` has ``*`` for any index or key, ``{key}`` for keys themselves; ``attr`` is the
    attribute of a member, which clients fill in themselves if it is ``filled``; ``decimals``
    are the bounds of one. Texts that the pattern has to match are in ``matching``, others that
    it must not in ``other``. ``sources`` tell by kind what is documented elsewhere than most
    of the service, or nowhere.
    """

    pointer: str
    type: str
    attr: str | None = None
    required: bool = False
    filled: bool = False
    sensitive: bool = False
    label: bool = False
    length: tuple[int | None, int | None] | None = None
    range: tuple[float | None, float | None] | None = None
    decimals: tuple[str | None, str | None] | None = None
    pattern: str | None = None
    matching: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    enum: tuple[str | int, ...] = ()
    unique: bool = False
    sources: Mapping[Kind, str | None] = {}

    @property
    def rare(self) -> tuple[tuple[object, object, str], ...]:
        """What stands in a dict for a member, its value then, and how it is shown, where the
        type is one that few services have."""
        if self.attr is None:
            return ()
        if self.type in BITS and self.enum:
            number = self.unlisted
            return ((number, UnknownNumber(number), str(number)),)
        return RARE.get(self.type, ())

    @property
    def unlisted(self) -> int:
        """A small number that the enum doesn't list."""
        return next(number for number in range(-100, 28) if number not in self.enum)

    @property
    def kinds(self) -> list[Kind]:
        """The kinds of constraints that hold there."""
        if not self.pointer:
            return ["union"]
        found: dict[Kind, object] = {
            "required": self.required,
            "label": self.label,
            "type": True,
            "length": self.length,
            "range": self.range or self.decimals,
            "pattern": self.pattern,
            "enum": self.enum,
            "unique": self.unique,
            "union": self.type == "union",
        }
        return [kind for kind, stated in found.items() if stated]


class Probe(NamedTuple):
    """Values to try at a place, and whether they break a constraint there, or ``inside`` of
    what is there."""

    kind: Kind
    values: Values
    broken: bool
    limit: Limit | None = None
    inside: str = ""


def probes(cls: type[Structure], at: At) -> Iterator[Probe]:
    """What to try at a place: values at its limits and beyond."""
    # What is in something that has no valid values can't be tried alone.
    if not at.pointer or not has_place(cls, at.pointer):
        return
    if not at.pointer.endswith("{key}"):
        nothing = st.just(ABSENT) if at.type == "document" else st.none()
        yield Probe("required", nothing, at.required, "required")
    if at.label:
        for text in ("", ".", ".."):
            yield Probe("label", st.just(text), True)
    is_key = at.pointer.endswith("{key}")
    for said, wrong in WRONG[at.type].items():
        for value in wrong:
            # What is no text at all is a fault of the map.
            if not is_key or isinstance(value, str):
                limit = None if is_stream(cls, at) else said
                yield Probe("type", st.just(value), True, limit)
    yield from size_probes(cls, at)
    yield from number_probes(at)
    yield from decimal_probes(at)
    if at.type == "document":
        yield from document_probes()
    for broken, texts in ((False, at.matching), (True, at.other)):
        for text in texts:
            yield Probe("pattern", st.just(text), broken, at.pattern)
    if at.enum:
        beyond = (
            [f"{value}x" for value in at.enum] if at.type == "string" else [at.unlisted]
        )
        for value in at.enum:
            yield Probe("enum", st.just(value), False)
        yield Probe("enum", st.sampled_from(beyond), True, at.enum)
    if at.unique:
        twice = values_of_size(cls, at.pointer, 2)
        if twice is not None:
            yield Probe("unique", twice, True, "unique")
        held, _ = spot_at(cls, at.pointer)
        item = plain_shape(held.item) if isinstance(held, List) else None
        structured = isinstance(item, Ref)
        if isinstance(item, Ref):
            for two in unlike(find(cls.__schema__.scope, item.name)):
                yield Probe("unique", two, False)
        for same, pairs in ((True, ALIKE), (False, UNLIKE)):
            for pair in pairs:
                # A mapping in the place of a structure is read as one.
                if not (structured and is_mapping(pair[0])):
                    yield Probe("unique", st.just(list(pair)), same)


def is_stream(cls: type[Structure], at: At) -> bool:
    """True for what is sent or read as it comes, which is called otherwise than its shape."""
    name, *rest = tokens_of(at.pointer)
    return not rest and isinstance(cls.__schema__.by_name[name].shape, Stream)


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
        inner = next_double(end, -outward * inf) if real else int(end)
        beyond = nextafter(inner, outward * inf) if real else int(end) + outward
        yield Probe("range", st.just(inner), False)
        if low is None or high is None or low <= beyond <= high:
            yield Probe("range", st.just(beyond), True, at.range)


def decimal_probes(at: At) -> Iterator[Probe]:
    if at.decimals is None:
        return
    low, high = (None if end is None else Decimal(end) for end in at.decimals)
    for end, beyond in ((low, decimal_below), (high, decimal_above)):
        if end is not None:
            yield Probe("range", st.just(end), False)
            yield Probe("range", st.just(beyond(end)), True, (low, high))


def document_probes() -> Iterator[Probe]:
    for around in (in_list, in_mapping):
        value: object = None
        for _ in range(DEEP):
            value = around(value)
        yield Probe("type", st.just(value), False)
        step = around(None)
        limit = f"a JSON value with at most {DEEP} arrays and objects in each other"
        inside = ("/0" if isinstance(step, list) else "/*") * (DEEP + 1)
        yield Probe("type", st.just(around(value)), True, limit, inside)
    # What is in something sensitive has no key that is told.
    for within in ({"a": [1, b"bytes"]}, {"a": [1, inf], "b": 2}):
        yield Probe("type", st.just(within), True, "a JSON value", "/*/1")


def in_list(value: object) -> object:
    return [value]


def in_mapping(value: object) -> object:
    return {"a": value}


def unlike(cls: type[Shaped]) -> Iterator[Values]:
    """Two structures that differ in one member, for each member that has two values."""
    schema = cls.__schema__
    drawing = drawing_of(schema.scope)
    for member in schema.members:
        if len(drawing.some(member.shape, 2)) == 2:
            others = NOTHING if schema.union else drawing.structure(schema, DEEPEST)
            two = drawing.apart(member.shape, 2, 2, DEEPEST)
            yield st.builds(with_each, others, st.just(member.name), two)


def with_each(others: Record, name: str, values: list[object]) -> list[object]:
    return [{**others, name: value} for value in values]


def values_of_size(cls: type[Structure], pointer: str, size: int) -> Values | None:
    """Values of a size for a place."""
    shape, depth = spot_at(cls, pointer)
    if not isinstance(shape, (String, Blob, List, Map)):
        return None
    return sized(shape, size, drawing_of(cls.__schema__.scope), depth)


def spot_at(cls: type[Structure], pointer: str) -> tuple[Shape, int]:
    """The shape of a place, and how many structures deep it is."""
    drawing = drawing_of(cls.__schema__.scope)
    found: list[tuple[Shape, int]] = []

    def leaf(spot: Spot, depth: int) -> Values | None:
        found.append((spot.shape, depth))
        return None

    name, *rest = tokens_of(pointer)
    member = cls.__schema__.by_name[name]
    placed_at(Spot(plain_shape(member.shape)), rest, drawing, 0, leaf)
    return found[0]
