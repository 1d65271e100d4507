"""Members to XML elements, by the tables of their classes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from .maps import Map
from .schema import List, Plan, Ref, Schema, Shape
from .structure import Shaped, Union, is_mapping, is_sequence
from .texts import ToText, text_writer
from .xml_codec import ITEM, is_flat, tag_of
from .xml_words import Namespace, XmlName, xml_of

Write: TypeAlias = Callable[[list[str], object], None]

# Line ends and what else parsers would change or refuse is written by number.
REFERENCES: dict[int, str] = {
    **{code: f"&#x{code:X};" for code in (*range(32), 0x7F, 0x85, 0x2028)},
    ord("\t"): "\t",
    ord("&"): "&amp;",
    ord("<"): "&lt;",
    ord(">"): "&gt;",
}
QUOTED: dict[int, str] = {**REFERENCES, ord("\t"): "&#x9;", ord('"'): "&quot;"}


class XmlWritePlan(Plan):
    """How the members of one class are written."""

    __slots__ = ("attributes", "elements")

    def __init__(self, schema: Schema) -> None:
        self.attributes: list[tuple[str, str, ToText]] = []
        self.elements: list[tuple[str, Write]] = []
        for member in schema.members:
            if member.location != "body":
                continue
            if xml_of(member).attribute:
                text = text_writer(member.shape)
                self.attributes.append((member.attr, member.wire, text))
            else:
                write = element_writer(member.shape, tag_of(member), schema.scope)
                self.elements.append((member.attr, write))


def has_members(value: Shaped) -> bool:
    """True where a member is set that stands in the body."""
    return any(
        member.location == "body" and getattr(value, member.attr, None) is not None
        for member in value.__schema__.members
    )


def document(value: object, shape: Shape | None, tag: XmlName, scope: str) -> bytes:
    """A value as an XML document; without a shape it is a structure."""
    out: list[str] = []
    if shape is None:
        write_structure(out, value, f"<{tag.name}{declared(tag.namespace)}", tag.name)
    else:
        element_writer(shape, tag, scope)(out, value)
    return "".join(out).encode()


def element_writer(shape: Shape, tag: XmlName, scope: str) -> Write:
    """How a value is written as an element, or as several where it is flattened."""
    start, end = f"<{tag.name}{declared(tag.namespace)}", f"</{tag.name}>"
    if isinstance(shape, Ref):
        return lambda out, value: write_structure(out, value, start, tag.name)
    if isinstance(shape, (List, Map)):
        if is_flat(shape):
            return parts_writer(shape, tag, scope)
        write_parts = parts_writer(shape, None, scope)

        def write_around(out: list[str], value: object) -> None:
            out.append(start + ">")
            write_parts(out, value)
            out.append(end)

        return write_around
    text = text_writer(shape)

    def write_text(out: list[str], value: object) -> None:
        # A list may have holes.
        shown = "" if value is None else text(value).translate(REFERENCES)
        out.append(f"{start}>{shown}{end}")

    return write_text


def parts_writer(shape: List | Map, flat: XmlName | None, scope: str) -> Write:
    """How items or entries are written; ``flat`` is the member's tag where they are flattened."""
    xml = xml_of(shape)
    if isinstance(shape, List):
        item = flat or xml.item or ITEM
        write_item = element_writer(shape.item, item, scope)

        def write_items(out: list[str], value: object) -> None:
            for each in value if is_sequence(value) else ():
                write_item(out, each)

        return write_items
    entry = flat or XmlName("entry")
    start, end = f"<{entry.name}{declared(entry.namespace)}>", f"</{entry.name}>"
    write_key = element_writer(shape.key, xml.key, scope)
    write_value = element_writer(shape.value, xml.value, scope)

    def write_entries(out: list[str], value: object) -> None:
        for key, inner in value.items() if is_mapping(value) else ():
            out.append(start)
            write_key(out, key)
            write_value(out, inner)
            out.append(end)

    return write_entries


def write_structure(out: list[str], value: object, start: str, name: str) -> None:
    """A structure behind the start of its tag: attributes, then the elements in it."""
    if not isinstance(value, Shaped):
        out.append(f"{start}/>")
        return
    plan = value.__schema__.plan(XmlWritePlan)
    for attr, written, text in plan.attributes:
        inner: object = getattr(value, attr, None)
        if inner is not None:
            start += f' {written}="{text(inner).translate(QUOTED)}"'
    out.append(start + ">")
    for attr, write in plan.elements:
        inner = getattr(value, attr, None)
        if inner is not None:
            write(out, inner)
    if isinstance(value, Union):
        write_plain(out, value.unknown)
    out.append(f"</{name}>")


def write_plain(out: list[str], values: object) -> None:
    """What no schema describes, as it came."""
    for name, value in values.items() if is_mapping(values) else ():
        out.append(f"<{name}>")
        if is_mapping(value):
            write_plain(out, value)
        else:
            out.append(str(value).translate(REFERENCES))
        out.append(f"</{name}>")


def declared(namespace: Namespace) -> str:
    """The attribute that declares a namespace."""
    if namespace is None:
        return ""
    prefix, uri = ("", namespace) if isinstance(namespace, str) else namespace
    return f' xmlns{":" if prefix else ""}{prefix}="{uri.translate(QUOTED)}"'
