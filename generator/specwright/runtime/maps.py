"""Maps: values under keys, which are text."""

from __future__ import annotations

from collections.abc import Callable

from .reading import Convert, Reader, is_object, placed
from .schema import Extension, LengthBounds, Shape, Source, Spec
from .structure import from_plain, is_mapping
from .validation import Check, Rule, check_for, is_within, own_check
from .violations import Findings, Name, pointer_to

TEXT_KEYS = "a mapping with strings as keys"


class Map(Extension):
    kind = "map"

    def __init__(
        self,
        key: Shape,
        value: Shape,
        *,
        length: LengthBounds = None,
        sparse: bool = False,
        source: Source = None,
        xml: object = None,
    ) -> None:
        self.source = source
        self.key = key
        self.value = value
        self.length = length
        self.sparse = sparse
        self.xml = xml

    def check(self, scope: str, spec: Spec) -> Check:
        rules: list[Rule] = []
        if self.length is not None:
            cited = spec.source(self.source, "length")
            rules.append(Rule("length", self.length, cited, is_within(self.length)))
        own = own_check("a mapping", is_mapping, rules, spec)
        check_key = check_for(self.key, scope, spec)
        check_value = check_for(self.value, scope, spec)

        def check_map(value: object, at: str, name: Name, found: Findings) -> None:
            own(value, at, name, found)
            here = pointer_to(at, name)
            for key, inner in value.items() if is_mapping(value) else ():
                if not isinstance(key, str):
                    found.note(at, name, "type", TEXT_KEYS, spec.main)
                    continue
                check_key(key, at, name, found)
                step = shown(key, found)
                if inner is not None:
                    check_value(inner, here, step, found)
                elif not self.sparse:
                    found.note(here, step, "required", "required", spec.main)

        return check_map

    def reader(self, scope: str, inner: Callable[[Shape], Reader]) -> Reader:
        plain_type, convert = inner(self.value)

        def read_map(value: object) -> object:
            if not is_object(value):
                raise ValueError("expected an object")
            pairs: dict[str, object] = {}
            key = ""
            try:
                for key, held in value.items():
                    if type(held) is plain_type:
                        pairs[key] = held
                    elif held is not None:
                        pairs[key] = convert(held)
                    elif self.sparse:
                        pairs[key] = None
            except ValueError as error:
                raise placed(error, key) from error.__cause__
            return pairs

        return None, read_map

    def writer(self, inner: Callable[[Shape], Convert | None]) -> Convert | None:
        write = inner(self.value)
        return lambda value: {
            str(key): held if held is None or write is None else write(held)
            for key, held in (value.items() if is_mapping(value) else ())
        }

    def from_plain(self, value: object, scope: str) -> object:
        if not is_mapping(value):
            return value
        return {k: from_plain(self.value, v, scope) for k, v in value.items()}


def shown(key: str, found: Findings) -> str:
    """A key of a map as a step of pointers."""
    return "<sensitive>" if found.hidden else key
