"""How deep the smallest values of shapes are, and which shapes have none."""

from __future__ import annotations

from math import inf

from .extents import bounds, names_in, plain_shape
from .few_values import Listing
from .maps import Map
from .schema import List, Ref, Schema, Shape
from .structure import find


class Heights:
    """How many structures a value has in it at least, one inside the other; infinite where no
    value is valid or none is found."""

    def __init__(self, scope: str, listing: Listing) -> None:
        self._scope = scope
        self._listing = listing
        self._known: dict[str, float] = {}

    def of(self, shape: Shape) -> float:
        """The height of a shape."""
        shape = plain_shape(shape)
        if isinstance(shape, (List, Map)):
            least, _ = bounds(shape.length)
            if not least:
                return 0
            unlike = shape.key if isinstance(shape, Map) else shape.item
            told_apart = isinstance(shape, Map) or shape.distinct is not None
            if told_apart and len(self._listing.of(unlike, least)) < least:
                return inf
            return self.of(shape.value if isinstance(shape, Map) else shape.item)
        if isinstance(shape, Ref):
            if shape.name not in self._known:
                self._measure(shape.name)
            return self._known[shape.name]
        return 0 if self._listing.of(shape, 1) else inf

    def _measure(self, name: str) -> None:
        """Find the heights of a structure and of all in it, from the lowest up."""
        found, waiting = {name}, [name]
        while waiting:
            for member in self._schema(waiting.pop()).members:
                inner = {n for n in names_in(member.shape) if n not in self._known}
                waiting += inner - found
                found |= inner
        for each in found:
            self._known[each] = inf
        changed = True
        while changed:
            changed = False
            for each in found:
                schema = self._schema(each)
                heights = [
                    self.of(m.shape)
                    for m in schema.members
                    if schema.union or m.required
                ]
                lowest = (
                    min(heights, default=0) if schema.union else max(heights, default=0)
                )
                if lowest + 1 < self._known[each]:
                    self._known[each] = lowest + 1
                    changed = True

    def _schema(self, name: str) -> Schema:
        return find(self._scope, name).__schema__
