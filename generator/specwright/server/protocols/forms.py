"""Forms to typed values: the fields of the protocols query and ec2."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from specwright.model import Member, Service, Shape
from specwright.server.messages import Record, Value, serialization
from specwright.server.protocols.plain_text import read_text
from specwright.server.protocols.simple import mistyped
from specwright.server.protocols.trees import DEEPEST
from specwright.server.protocols.xml_names import (
    entry_names,
    form_name,
    is_flat,
    item_name,
    member_name,
)

Held = TypeVar("Held")

_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
_MOST_PARTS = 4 * DEEPEST
_MOST_GAPS = 100


@dataclass(slots=True)
class Field:
    """What stands at a name: its text, if it has one, and the fields below it."""

    text: str | None = None
    fields: dict[str, Field] = field(default_factory=dict)

    def at(self, name: str) -> Field | None:
        """What stands at the name below this one."""
        found: Field | None = self
        for part in name.split("."):
            found = None if found is None else found.fields.get(part)
        return found


def tree(pairs: Iterable[tuple[str, str]]) -> Field:
    """The fields of a form by the parts of their names; refused where one is there twice."""
    root = Field()
    for name, text in pairs:
        if name.count(".") > _MOST_PARTS:
            raise serialization("The name of a field has too many parts.")
        at = root
        for part in name.split("."):
            at = at.fields.setdefault(part, Field())
        if at.text is not None:
            raise serialization(f"The field '{name}' is there more than once.")
        at.text = text
    return root


@dataclass(frozen=True, slots=True)
class Form:
    """Reads the forms of one service, in EC2's way or in that of query."""

    service: Service
    ec2: bool

    def read_members(self, shape: Shape, found: Field) -> Record:
        """The members of an input."""
        return self._members(shape, found, "", 0)

    def _members(self, shape: Shape, found: Field, where: str, depth: int) -> Record:
        record: Record = {}
        for member in shape.members:
            inner = self._at(member, found)
            if inner is not None:
                place = f"{where}.{member.name}" if where else member.name
                record[member.name] = self._value(member, inner, place, depth + 1)
        if shape.type == "union" and (len(record), len(found.fields)) != (1, 1):
            raise serialization(
                f"The union '{where}' must have exactly one known member."
            )
        return record

    def _at(self, member: Member, found: Field) -> Field | None:
        """What stands at the name of a member."""
        inner = found.at(form_name(self.service, member, ec2=self.ec2))
        if inner is None and is_flat(self.service, member) and not self.ec2:
            # Without items there is nothing that is called like them.
            empty = found.at(member_name(self.service, member))
            return empty if empty is not None and empty.text == "" else None
        return inner

    def _value(self, member: Member, found: Field, where: str, depth: int) -> Value:
        shape = self.service.target(member)
        if depth > DEEPEST:
            raise serialization(f"The value of '{where[:100]}' is nested too deep.")
        if shape.type in ("structure", "union", "list", "map"):
            if found.text:
                raise mistyped(where, shape)
            if shape.type == "list":
                return self._list(member, shape, found, where, depth)
            if shape.type == "map":
                return self._map(member, shape, found, where, depth)
            return self._members(shape, found, where, depth)
        if found.text is None:
            raise mistyped(where, shape)
        return read_text(self.service, member, found.text, "iso8601")

    def _list(
        self, member: Member, shape: Shape, found: Field, where: str, depth: int
    ) -> list[Value]:
        flat = self.ec2 or is_flat(self.service, member)
        below = found if flat else found.at(item_name(shape))
        item = shape.item
        if item is None or below is None:
            return _nothing(found, where, [])
        return [
            self._value(item, inner, f"{where}[{index}]", depth + 1)
            for index, inner in enumerate(
                _numbered(below, self.service.target(item), where)
            )
        ]

    def _map(
        self, member: Member, shape: Shape, found: Field, where: str, depth: int
    ) -> Record:
        below = found if is_flat(self.service, member) else found.at("entry")
        pairs: Record = {}
        if below is None or shape.key is None or shape.value is None:
            return _nothing(found, where, pairs)
        keys, values = entry_names(shape)
        for entry in _numbered(below, None, where):
            at, held = entry.at(keys), entry.at(values)
            if at is None or at.text is None:
                raise serialization(f"An entry of the map '{where}' lacks its key.")
            key = str(self._value(shape.key, at, where, depth + 1))
            if key in pairs:
                raise serialization(f"The map '{where}' has a key twice.")
            # A structure without members leaves no field.
            value = self._value(
                shape.value, held or Field(), f"{where}[{key}]", depth + 1
            )
            pairs[key] = value
        return pairs


def _nothing(found: Field, where: str, empty: Held) -> Held:
    """What is empty, unless there are fields of other names."""
    if found.fields:
        raise serialization(f"The fields below '{where}' are of other names.")
    return empty


def _numbered(found: Field, shape: Shape | None, where: str) -> list[Field]:
    """The fields that are counted from one, in their order."""
    if found.text or not all(_NUMBER.fullmatch(name) for name in found.fields):
        raise serialization(f"The items of '{where}' must be numbered.")
    last = max(map(int, found.fields), default=0)
    # Structures may be empty, and leave no field then.
    gaps = _MOST_GAPS if shape is not None and shape.type == "structure" else 0
    if last > len(found.fields) + gaps:
        raise serialization(f"The items of '{where}' must be numbered without gaps.")
    return [found.fields.get(str(n)) or Field() for n in range(1, last + 1)]
