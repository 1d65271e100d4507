"""How members are called in XML and forms, in the words of the runtime's schema."""

from __future__ import annotations

from collections.abc import Mapping

from specwright.model import Member, Operation, Service
from specwright.python.layout import Call, Expression
from specwright.python.quoting import literal

PROTOCOLS = frozenset({"rest-xml", "query", "ec2"})
STRUCTURES = ("structure", "union")


def wire_name(service: Service, member: Member) -> str:
    """What a member is called in messages.

    That of a payload is the name of the root.
    """
    if service.protocol not in PROTOCOLS or member.location not in ("body", "payload"):
        return member.wire
    stated = text(member.xml, "name")
    if stated is not None or member.wire != member.name:
        return stated or member.wire
    target = service.target(member)
    of_shape = text(target.xml, "name")
    if member.location == "payload":
        return of_shape or target.name or member.name
    if of_shape is not None and target.type not in STRUCTURES:
        return of_shape
    return member.name


def member_words(service: Service, member: Member) -> tuple[Expression, ...]:
    """How a member is written in XML and forms, as far as that isn't the usual."""
    if service.protocol not in PROTOCOLS or member.location not in ("body", "payload"):
        return ()
    parts: list[Expression] = []
    if member.xml.get("attribute"):
        parts.append("attribute=True")
    if service.protocol == "rest-xml":
        parts += named("namespace", namespace_of(service, member))
    queried = member.ec2_name
    if queried is not None and service.protocol == "ec2":
        parts.append(f"query={literal(queried)}")
    return (Call("xml=Xml", tuple(parts)),) if parts else ()


def parts_words(service: Service, member: Member) -> tuple[Expression, ...]:
    """How the items of a list or the entries of a map are written, unless as usual.

    Items of a flattened list are called like the member that holds them. Where not the member
    but the list itself is flattened, as in older models, a name that its items have counts.
    """
    if service.protocol not in PROTOCOLS:
        return ()
    shape = service.target(member)
    parts: list[Expression] = []
    own = member.xml.get("flattened") or (
        shape.xml.get("flattened") and renamed(member)
    )
    if own or shape.xml.get("flattened"):
        parts.append("flattened=True")
    if shape.item is not None:
        parts += [] if own else tag("item", "member", service, shape.item)
    if shape.key is not None and shape.value is not None:
        parts += tag("key", "key", service, shape.key)
        parts += tag("value", "value", service, shape.value)
    return (Call("xml=Xml", tuple(parts)),) if parts else ()


def root_words(service: Service, operation: Operation) -> tuple[Expression, ...]:
    """The element around the body of a request."""
    shape = operation.input
    if service.protocol != "rest-xml":
        return ()
    if all(member.location != "body" for member in shape.members):
        return ()
    name = text(operation.input_xml, "name") or text(shape.xml, "name") or shape.name
    uri = operation.input_xml.get("namespace") or shape.xml.get("namespace")
    parts = [literal(name or f"{operation.name}Request")]
    parts += namespace(uri or service.xml_namespace)
    return (Call("root=XmlName", tuple(parts)),)


def renamed(member: Member) -> bool:
    """True for a member whose name in messages is stated."""
    return "name" in member.xml or member.wire != member.name


def part_name(part: Member) -> str | None:
    """What the elements of an item, key or value are called, where that is stated."""
    stated = text(part.xml, "name")
    return stated or (part.wire if part.wire != part.name else None)


def tag(keyword: str, usual: str, service: Service, part: Member) -> list[Expression]:
    """The tag of an item, key or value, unless it is the usual one."""
    name = part_name(part) or usual
    uri = namespace(namespace_of(service, part))
    if uri and service.protocol == "rest-xml":
        return [Call(f"{keyword}=XmlName", (literal(name), *uri))]
    return [] if name == usual else [f"{keyword}={literal(name)}"]


def namespace_of(service: Service, member: Member) -> object:
    """The namespace that a member's element declares. That of a structure counts only where
    it is the root, or has a prefix that names in the structure may use."""
    stated = member.xml.get("namespace")
    if stated is not None:
        return stated
    target = service.target(member)
    stated = target.xml.get("namespace")
    if member.location == "payload":
        return stated or service.xml_namespace
    if target.type in STRUCTURES and not isinstance(stated, Mapping):
        return None
    return stated


def namespace(stated: object) -> list[str]:
    """A namespace as the runtime takes it: its URI, or its prefix and URI."""
    if isinstance(stated, str):
        return [literal(stated)]
    if isinstance(stated, Mapping):
        uri, prefix = literal(str(stated["uri"])), stated.get("prefix")
        return [f"({literal(str(prefix))}, {uri})"] if prefix else [uri]
    return []


def named(keyword: str, stated: object) -> list[Expression]:
    """A namespace as a keyword argument."""
    return [f"{keyword}={uri}" for uri in namespace(stated)]


def text(xml: Mapping[str, object], key: str) -> str | None:
    """A text in what a spec says about XML."""
    found = xml.get(key)
    return found if isinstance(found, str) and found else None
