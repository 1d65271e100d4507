"""XML to and from typed values, as the protocols with XML share them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from specwright.model import Member, Service, Shape
from specwright.server.messages import Record, Refusal, Value, serialization
from specwright.server.protocols.plain_text import read_text, text_of
from specwright.server.protocols.simple import mistyped
from specwright.server.protocols.trees import DEEPEST
from specwright.server.protocols.xml_names import (
    entry_names,
    flat_name,
    is_flat,
    item_name,
    member_name,
    prefixes,
)
from specwright.server.protocols.xml_nodes import Node

_ESCAPED = {
    # What XML has no place for at all.
    **dict.fromkeys((*range(32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)), "\ufffd"),
    ord("\t"): "\t",
    ord("\n"): "\n",
    ord("&"): "&amp;",
    ord("<"): "&lt;",
    ord(">"): "&gt;",
    # Readers make other things of these where they stand as they are.
    **{code: f"&#{code};" for code in (0xD, 0x85, 0x2028)},
}
_QUOTED = {**_ESCAPED, ord('"'): "&quot;", ord("\t"): "&#9;", ord("\n"): "&#10;"}


def element(name: str, inner: str, attributes: str = "") -> str:
    """An element around what is in it."""
    return f"<{name}{attributes}>{inner}</{name}>"


def escaped(text: str) -> str:
    """Text as it stands between tags."""
    return text.translate(_ESCAPED)


def attribute(name: str, text: str) -> str:
    """An attribute, with the space before it."""
    return f' {name}="{text.translate(_QUOTED)}"'


def xmlns(uri: str | None) -> str:
    """The declaration of the namespace of an element and of what is in it."""
    return "" if uri is None else attribute("xmlns", uri)


@dataclass(frozen=True, slots=True)
class Xml:
    """Reads and writes the XML of one service."""

    service: Service

    def read_members(
        self, shape: Shape, members: Sequence[Member], node: Node
    ) -> Record:
        """The given members of a structure or union out of the element that holds them."""
        return self._members(shape, members, node, "", 0)

    def read_value(self, member: Member, node: Node) -> Value:
        """The value of one member out of its element."""
        return self._value(member, node, member.name, 0)

    def write_members(self, members: Sequence[Member], record: Record) -> str:
        """The elements for the members that the record has."""
        return "".join(
            self._member(member, record[member.name])
            for member in members
            if not member.xml.get("attribute") and record.get(member.name) is not None
        )

    def write_value(self, member: Member, value: Value, name: str) -> str:
        """The element of that name for a value."""
        shape = self.service.target(member)
        if isinstance(value, list) and shape.item is not None:
            item, inside = shape.item, item_name(shape)
            parts = (self.write_value(item, v, inside) for v in value)
            return element(name, "".join(parts))
        if isinstance(value, dict):
            if shape.type == "map":
                return element(name, "".join(self._entries(shape, value, "entry")))
            attributes = self.attributes(shape, value, prefixes(self.service, member))
            inner = self.write_members(shape.members, value)
            return element(name, inner, attributes)
        if value is None:
            return element(name, "")
        return element(name, escaped(text_of(self.service, member, value, "iso8601")))

    def attributes(
        self, shape: Shape, record: Record, declared: Mapping[str, str]
    ) -> str:
        """The members that are attributes, and the namespaces of prefixes that they need."""
        found = ""
        spaces = dict(declared)
        for member in shape.members:
            value = record.get(member.name)
            if member.xml.get("attribute") and value is not None:
                name = member_name(self.service, member)
                prefix = name.rpartition(":")[0]
                if prefix:
                    spaces.setdefault(prefix, f"urn:{prefix}")
                found += attribute(
                    name, text_of(self.service, member, value, "iso8601")
                )
        return "".join(attribute(f"xmlns:{p}", u) for p, u in spaces.items()) + found

    def error_members(self, refusal: Refusal) -> str:
        """The elements of what a modelled error carries, but for code and message."""
        if refusal.shape is None:
            return ""
        taken = ("code", "message", "type")
        members = [
            m
            for m in refusal.shape.members
            if m.location == "body"
            and member_name(self.service, m).lower() not in taken
        ]
        return self.write_members(members, refusal.members)

    def _member(self, member: Member, value: Value) -> str:
        if not is_flat(self.service, member):
            return self.write_value(member, value, member_name(self.service, member))
        shape, name = self.service.target(member), flat_name(self.service, member)
        if isinstance(value, dict):
            return "".join(self._entries(shape, value, name))
        if isinstance(value, list) and shape.item is not None:
            item = shape.item
            return "".join(self.write_value(item, v, name) for v in value)
        return ""

    def _entries(self, shape: Shape, pairs: Record, name: str) -> list[str]:
        if shape.key is None or shape.value is None:
            return []
        key, value = shape.key, shape.value
        keys, values = entry_names(shape)
        return [
            element(
                name,
                self.write_value(key, k, keys) + self.write_value(value, v, values),
            )
            for k, v in pairs.items()
        ]

    def _members(
        self,
        shape: Shape,
        members: Sequence[Member],
        node: Node,
        where: str,
        depth: int,
    ) -> Record:
        if not node.is_bare():
            raise mistyped(where, shape)
        by_name: dict[str, list[Node]] = {}
        for inner in node.nodes:
            by_name.setdefault(inner.name, []).append(inner)
        record: Record = {}
        for member in members:
            place = f"{where}.{member.name}" if where else member.name
            value = self._found(member, node, by_name, place, depth + 1)
            if value is not None:
                record[member.name] = value
        if shape.type == "union" and (len(record), len(node.nodes)) != (1, 1):
            flat = next((m for m in members if m.name in record), None)
            if len(record) != 1 or flat is None or not is_flat(self.service, flat):
                raise serialization(
                    f"The union '{where}' must have exactly one known member."
                )
        return record

    def _found(
        self,
        member: Member,
        node: Node,
        by_name: dict[str, list[Node]],
        where: str,
        depth: int,
    ) -> Value:
        """The value of a member of the structure in a node; None where it is not there."""
        name = member_name(self.service, member)
        if member.xml.get("attribute"):
            text = node.attributes.get(name.rpartition(":")[2])
            if text is None:
                return None
            return read_text(self.service, member, text, "iso8601")
        if is_flat(self.service, member):
            nodes = by_name.get(flat_name(self.service, member))
            return None if nodes is None else self._parts(member, nodes, where, depth)
        nodes = by_name.get(name)
        if nodes is None:
            return None
        if len(nodes) > 1:
            raise serialization(f"The element of '{where}' is there more than once.")
        return self._value(member, nodes[0], where, depth)

    def _value(self, member: Member, node: Node, where: str, depth: int) -> Value:
        shape = self.service.target(member)
        if depth > DEEPEST:
            raise serialization(f"The value of '{where[:100]}' is nested too deep.")
        if shape.type in ("structure", "union"):
            return self._members(shape, shape.members, node, where, depth)
        if shape.type in ("list", "map"):
            inside = item_name(shape) if shape.type == "list" else "entry"
            if not node.is_bare() or len(node.named(inside)) != len(node.nodes):
                raise mistyped(where, shape)
            return self._parts(member, node.nodes, where, depth)
        if node.nodes:
            raise mistyped(where, shape)
        return read_text(self.service, member, node.text, "iso8601")

    def _parts(
        self, member: Member, nodes: Sequence[Node], where: str, depth: int
    ) -> Value:
        shape = self.service.target(member)
        if shape.item is not None:
            item = shape.item
            return [
                self._value(item, node, f"{where}[{index}]", depth + 1)
                for index, node in enumerate(nodes)
            ]
        pairs: Record = {}
        for node in nodes:
            key, value = self._entry(shape, node, where, depth + 1)
            if key in pairs:
                raise serialization(f"The map '{where}' has a key twice.")
            pairs[key] = value
        return pairs

    def _entry(
        self, shape: Shape, node: Node, where: str, depth: int
    ) -> tuple[str, Value]:
        keys, values = (node.named(name) for name in entry_names(shape))
        if shape.key is None or shape.value is None or len(keys) != 1 or not values:
            raise serialization(
                f"An entry of the map '{where}' lacks its key or value."
            )
        key = str(self._value(shape.key, keys[0], where, depth))
        place = f"{where}[{key}]"
        if is_flat(self.service, shape.value):
            return key, self._parts(shape.value, values, place, depth)
        if len(values) > 1 or not node.is_bare():
            raise serialization(f"An entry of the map '{where}' has two values.")
        return key, self._value(shape.value, values[0], place, depth)
