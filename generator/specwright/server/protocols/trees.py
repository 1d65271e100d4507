"""Trees of maps and lists to and from typed values: what the formats JSON and CBOR share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from specwright.model import Member, Service, Shape
from specwright.server.messages import (
    Record,
    Refusal,
    Value,
    serialization,
    unicode_text,
)
from specwright.server.protocols.simple import finite, mistyped

DEEPEST = 64


@dataclass(frozen=True, slots=True)
class Leaves:
    """How a format holds what is neither a structure, a list nor a map.

    ``read`` makes the value of a member of a node, and is told the place for its messages;
    ``write`` makes the node of a value.
    """

    read: Callable[[Service, Member, object, str], Value]
    write: Callable[[Service, Member, Value], Value]


@dataclass(frozen=True, slots=True)
class Trees:
    """Reads and writes the trees of one service in one format."""

    service: Service
    leaves: Leaves

    def read_members(
        self, shape: Shape, members: tuple[Member, ...], tree: object
    ) -> Record:
        """The given members of a structure or union out of a map."""
        return self._members(shape, members, tree, "", 0)

    def read_value(self, member: Member, tree: object) -> Value:
        """The value of one member out of its node."""
        return self._value(member, tree, member.name, 0)

    def write_members(self, members: tuple[Member, ...], record: Record) -> Record:
        """The map for the members that the record has."""
        return {
            m.wire: self.write_value(m, record[m.name])
            for m in members
            if record.get(m.name) is not None
        }

    def write_value(self, member: Member, value: Value) -> Value:
        """The node for the value of a member."""
        shape = self.service.target(member)
        if value is None or shape.type == "document":
            return value
        if isinstance(value, list) and shape.item is not None:
            item = shape.item
            return [self.write_value(item, v) for v in value]
        if isinstance(value, dict):
            if shape.value is not None:
                inner = shape.value
                return {k: self.write_value(inner, v) for k, v in value.items()}
            return self.write_members(shape.members, value)
        return self.leaves.write(self.service, member, value)

    def error_members(self, refusal: Refusal) -> Record:
        """The members of an error: its message under the modelled name, and what it carries."""
        shape = refusal.shape
        parts = () if shape is None else shape.members
        modelled = tuple(m for m in parts if m.location == "body")
        named = (m.wire for m in modelled if m.name.lower() == "message")
        body: Record = {next(named, "message"): refusal.message}
        body |= self.write_members(modelled, refusal.members)
        if refusal.fields:
            body["fieldList"] = [
                {"path": path, "message": text} for path, text in refusal.fields
            ]
        return body

    def _members(
        self,
        shape: Shape,
        members: tuple[Member, ...],
        tree: object,
        where: str,
        depth: int,
    ) -> Record:
        if not isinstance(tree, dict):
            raise mistyped(where, shape)
        record: Record = {}
        for member in members:
            node = tree.get(member.wire)
            if node is not None:
                place = f"{where}.{member.name}" if where else member.name
                record[member.name] = self._value(member, node, place, depth + 1)
        if shape.type == "union":
            wires = {"__type", *(m.wire for m in members)}
            unknown = [k for k, v in tree.items() if v is not None and k not in wires]
            if unknown or len(record) != 1:
                raise serialization(
                    f"The union '{where}' must have exactly one known member."
                )
        return record

    def _value(self, member: Member, tree: object, where: str, depth: int) -> Value:
        shape = self.service.target(member)
        if depth > DEEPEST:
            raise serialization(f"The value of '{where[:100]}' is nested too deep.")
        match shape.type:
            case "structure" | "union":
                return self._members(shape, shape.members, tree, where, depth)
            case "list" if isinstance(tree, list) and shape.item is not None:
                return self._list(shape, shape.item, tree, where, depth)
            case "map" if isinstance(tree, dict) and shape.value is not None:
                return self._map(shape, shape.value, tree, where, depth)
            case "document":
                return _document(tree, depth)
            case "boolean" if isinstance(tree, bool):
                return tree
            case _:
                return self.leaves.read(self.service, member, tree, where)

    def _list(
        self, shape: Shape, item: Member, tree: list[object], where: str, depth: int
    ) -> list[Value]:
        values: list[Value] = []
        for index, node in enumerate(tree):
            if node is not None:
                place = f"{where}[{index}]"
                values.append(self._value(item, node, place, depth + 1))
            elif shape.sparse:
                values.append(None)
            else:
                raise serialization(f"The list '{where}' may not hold null.")
        return values

    def _map(
        self,
        shape: Shape,
        value: Member,
        tree: Mapping[object, object],
        where: str,
        depth: int,
    ) -> Record:
        pairs: Record = {}
        for key, node in tree.items():
            name = unicode_text(str(key))
            if node is not None:
                place = f"{where}[{name}]"
                pairs[name] = self._value(value, node, place, depth + 1)
            elif shape.sparse:
                pairs[name] = None
            else:
                raise serialization(f"The map '{where}' may not hold null.")
        return pairs


def _document(tree: object, depth: int) -> Value:
    if depth > DEEPEST:
        raise serialization("A document is nested too deep.")
    if isinstance(tree, list):
        return [_document(v, depth + 1) for v in tree]
    if isinstance(tree, dict):
        return {unicode_text(str(k)): _document(v, depth + 1) for k, v in tree.items()}
    if isinstance(tree, (float, Decimal)):
        return finite(tree, Shape(type="document"), "document")
    if isinstance(tree, str):
        return unicode_text(tree)
    if tree is None or isinstance(tree, (bool, int)):
        return tree
    raise serialization("A document holds an unknown kind of value.")
