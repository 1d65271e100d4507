"""XML elements to members, by the tables of their classes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeAlias

from .maps import Map
from .reading import placed
from .schema import List, Member, Plan, Ref, Schema, Shape, String
from .structure import Shaped, Union, find
from .texts import FromText, text_reader
from .xml_parser import child, local
from .xml_words import XmlName, xml_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

Read: TypeAlias = "Callable[[Element], object]"
ReadAll: TypeAlias = "Callable[[Iterable[Element]], object]"

ITEM = XmlName("member")


class XmlReadPlan(Plan):
    """How the members of one class are read: elements and attributes by their local names.

    A member of ``elements`` has a reader of one element, or of all that have its name. Several
    members may share a name, where one of them replaced the others.
    """

    __slots__ = ("attributes", "elements", "optional")

    def __init__(self, schema: Schema) -> None:
        self.attributes: dict[str, tuple[str, FromText]] = {}
        self.elements: dict[str, list[tuple[str, Read | None, ReadAll | None]]] = {}
        self.optional: tuple[str, ...] = tuple(
            m.attr for m in schema.members if not m.required
        )
        for member in schema.members:
            if member.location != "body":
                continue
            shape, name = member.shape, local(tag_of(member).name)
            if xml_of(member).attribute:
                read = text_reader(shape, schema.scope)
                self.attributes.setdefault(name, (member.attr, read))
            else:
                flat = is_flat(shape)
                read_one = None if flat else element_reader(shape, schema.scope)
                read_all = parts_reader(shape, schema.scope) if flat else None
                entry = (member.attr, read_one, read_all)
                self.elements.setdefault(name, []).append(entry)


def tag_of(member: Member) -> XmlName:
    """The name and namespace of a member's element, or of each where it is flattened."""
    shape = member.shape
    namespace = xml_of(member).namespace
    if isinstance(shape, List) and xml_of(shape).flattened:
        item = xml_of(shape).item or XmlName(member.wire)
        return XmlName(item.name, namespace or item.namespace)
    return XmlName(member.wire, namespace)


def is_flat(shape: Shape) -> bool:
    """True for lists and maps that have no element around their items."""
    return isinstance(shape, (List, Map)) and xml_of(shape).flattened


def read_members(target: Shaped, element: Element) -> None:
    """Set the body members of a new value from the element that holds them.

    Unknown elements in structures are passed over, unions keep them. A required member that is
    absent stays without a value; of several elements where one is expected, the first counts.
    """
    read_by(target.__schema__.plan(XmlReadPlan), target, element)


def read_by(plan: XmlReadPlan, target: Shaped, element: Element) -> None:
    """Set the members by the plan of the target's class."""
    for attr in plan.optional:
        setattr(target, attr, None)
    if isinstance(target, Union):
        target.unknown = {
            local(inner.tag): plain_value(inner)
            for inner in element
            if local(inner.tag) not in plan.elements
        }
    found: dict[str, object] = {}
    several: dict[str, tuple[ReadAll, list[Element]]] = {}
    known = plan.elements.get
    for inner in element:
        name = inner.tag.rpartition("}")[2]
        for attr, read, read_all in known(name, ()):
            if read_all is not None:
                several.setdefault(attr, (read_all, []))[1].append(inner)
            elif read is not None and attr not in found:
                try:
                    found[attr] = read(inner)
                except ValueError as error:
                    hidden = target.__schema__.by_attr[attr].sensitive
                    raise placed(error, name, hidden) from error.__cause__
    for attr, (read_all, elements) in several.items():
        try:
            found[attr] = read_all(elements)
        except ValueError as error:
            name = local(elements[0].tag)
            hidden = target.__schema__.by_attr[attr].sensitive
            raise placed(error, name, hidden) from error.__cause__
    if plan.attributes:
        for name, text in element.items():
            listed = plan.attributes.get(local(name))
            if listed is not None:
                found[listed[0]] = listed[1](text)
    for attr, value in found.items():
        if value is not None:
            setattr(target, attr, value)


def plain_value(element: Element) -> object:
    """An element that no schema describes: its text, or what is in it by name."""
    if len(element):
        return {local(inner.tag): plain_value(inner) for inner in element}
    return element.text or ""


def element_reader(shape: Shape, scope: str) -> Read:
    """How the element of one value is read."""
    if isinstance(shape, Ref):
        return structure_reader(shape, scope)
    if isinstance(shape, (List, Map)):
        return parts_reader(shape, scope)
    if isinstance(shape, String) and not shape.enum:
        return lambda element: element.text or ""
    read = text_reader(shape, scope)
    return lambda element: read(element.text or "")


def structure_reader(shape: Ref, scope: str) -> Read:
    """A reader of structures; the class is looked up at the first value."""
    found: list[tuple[type[Shaped], XmlReadPlan]] = []

    def read_structure(element: Element) -> object:
        if not found:
            cls = find(scope, shape.name)
            found.append((cls, cls.__schema__.plan(XmlReadPlan)))
        cls, plan = found[0]
        made = cls.__new__(cls)
        read_by(plan, made, element)
        return made

    return read_structure


def parts_reader(shape: Shape, scope: str) -> ReadAll:
    """How the elements of a list's items or of a map's entries are read."""
    if isinstance(shape, Map):
        return entries_reader(shape, scope)
    if not isinstance(shape, List):
        raise TypeError(f"a {shape.kind} has no parts")
    read_item = element_reader(shape.item, scope)

    def read_items(elements: Iterable[Element]) -> object:
        items: list[object] = []
        for index, element in enumerate(elements):
            try:
                item = read_item(element)
            except ValueError as error:
                raise placed(error, index) from error.__cause__
            if item is not None or shape.sparse:
                items.append(item)
        return items

    return read_items


def entries_reader(shape: Map, scope: str) -> ReadAll:
    """A reader of maps; entries without a key are passed over."""
    xml = xml_of(shape)
    key_name, value_name = local(xml.key.name), local(xml.value.name)
    flat = is_flat(shape.value)
    read_value = None if flat else element_reader(shape.value, scope)
    read_values = parts_reader(shape.value, scope) if flat else None

    def read_entries(elements: Iterable[Element]) -> object:
        pairs: dict[str, object] = {}
        for entry in elements:
            named = child(entry, key_name)
            value = child(entry, value_name)
            if named is None or value is None:
                continue
            key = named.text or ""
            try:
                if read_value is not None:
                    read = read_value(value)
                elif read_values is not None:
                    read = read_values(
                        [each for each in entry if local(each.tag) == value_name]
                    )
                else:
                    read = None
            except ValueError as error:
                raise placed(error, key) from error.__cause__
            if read is not None or shape.sparse:
                pairs[key] = read
        return pairs

    return read_entries
