"""Members as the fields of a form: the protocols query and ec2 write requests so."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from .maps import Map
from .schema import List, Member, Plan, Ref, Schema, Shape
from .structure import Shaped, Union, is_mapping, is_sequence
from .texts import text_writer
from .xml_codec import ITEM
from .xml_words import xml_of

Fields: TypeAlias = list[tuple[str, str]]
Write: TypeAlias = Callable[[Fields, str, object], None]


class FormPlan(Plan):
    """How the members of one class are written: each by its name in forms."""

    __slots__ = ("members",)
    ec2: bool = False

    def __init__(self, schema: Schema) -> None:
        self.members: tuple[tuple[str, str, Write], ...] = tuple(
            (m.attr, self.name_of(m), writer(m.shape, type(self)))
            for m in schema.members
            if m.location == "body"
        )

    def name_of(self, member: Member) -> str:
        """The name of a member in forms."""
        return xml_of(member).query or member.wire


class Ec2FormPlan(FormPlan):
    """The same in EC2's way: capitalised names, and every list flattened."""

    __slots__ = ()
    ec2 = True

    def name_of(self, member: Member) -> str:
        """The name of a member in forms."""
        return xml_of(member).query or member.wire[:1].upper() + member.wire[1:]


def write_members(
    fields: Fields, prefix: str, value: Shaped, kind: type[FormPlan]
) -> None:
    """Append the fields of the members that are set; ``prefix`` ends in a dot or is empty."""
    for attr, name, write in value.__schema__.plan(kind).members:
        inner: object = getattr(value, attr, None)
        if inner is not None:
            write(fields, prefix + name, inner)
    if isinstance(value, Union):
        for name, inner in value.unknown.items():
            fields.append((prefix + name, str(inner)))


def writer(shape: Shape, kind: type[FormPlan]) -> Write:
    """How a value is written under a name."""
    if isinstance(shape, Ref):

        def write_structure(fields: Fields, name: str, value: object) -> None:
            if isinstance(value, Shaped):
                write_members(fields, name + ".", value, kind)

        return write_structure
    if isinstance(shape, List):
        return list_writer(shape, kind)
    if isinstance(shape, Map):
        return map_writer(shape, kind)
    text = text_writer(shape)

    def write_text(fields: Fields, name: str, value: object) -> None:
        fields.append((name, text(value)))

    return write_text


def list_writer(shape: List, kind: type[FormPlan]) -> Write:
    """A writer of lists: items are counted from one. An empty list is an empty field, for EC2
    nothing at all."""
    xml = xml_of(shape)
    flattened = kind.ec2 or xml.flattened
    infix = "." if flattened else f".{(xml.item or ITEM).name}."
    instead = xml.item.name if xml.flattened and xml.item and not kind.ec2 else None
    write_item = writer(shape.item, kind)

    def write_list(fields: Fields, name: str, value: object) -> None:
        items = value if is_sequence(value) else ()
        if items and instead is not None:
            name = name[: name.rfind(".") + 1] + instead
        for number, item in enumerate(items, 1):
            if item is not None:
                write_item(fields, f"{name}{infix}{number}", item)
        if not items and not kind.ec2:
            fields.append((name, ""))

    return write_list


def map_writer(shape: Map, kind: type[FormPlan]) -> Write:
    """A writer of maps: entries are counted from one."""
    xml = xml_of(shape)
    infix = "." if xml.flattened else ".entry."
    key_name, value_name = xml.key.name, xml.value.name
    write_value = writer(shape.value, kind)

    def write_map(fields: Fields, name: str, value: object) -> None:
        pairs = value.items() if is_mapping(value) else ()
        for number, (key, inner) in enumerate(pairs, 1):
            fields.append((f"{name}{infix}{number}.{key_name}", str(key)))
            if inner is not None:
                write_value(fields, f"{name}{infix}{number}.{value_name}", inner)

    return write_map
