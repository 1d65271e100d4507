"""What values are called in XML and in forms, by what a spec says of their members."""

from __future__ import annotations

from collections.abc import Mapping

from specwright.model import Member, Operation, Service, Shape

_STRUCTURES = ("structure", "union")


def member_name(service: Service, member: Member) -> str:
    """The element of a member, or of a payload the root."""
    stated = _text(member.xml, "name")
    if stated is not None or member.wire != member.name:
        return stated or member.wire
    target = service.target(member)
    of_shape = _text(target.xml, "name")
    if member.location == "payload":
        return of_shape or target.name or member.name
    if of_shape is not None and target.type not in _STRUCTURES:
        return of_shape
    return member.name


def is_flat(service: Service, member: Member) -> bool:
    """True for a list or map without an element around its items."""
    shape = service.target(member)
    flat = member.xml.get("flattened") or shape.xml.get("flattened")
    return bool(flat) and shape.type in ("list", "map")


def flat_name(service: Service, member: Member) -> str:
    """The element that is there once for each item of a flattened list or map.

    Items are called like the member, unless it is the list itself that is flattened: then a
    name of theirs counts, if the member has none.
    """
    shape = service.target(member)
    own = member.xml.get("flattened") or _renamed(member)
    if own or shape.item is None:
        return member_name(service, member)
    return _stated(shape.item) or member_name(service, member)


def item_name(shape: Shape) -> str:
    """The elements in a list that is not flattened."""
    return (_stated(shape.item) if shape.item is not None else None) or "member"


def entry_names(shape: Shape) -> tuple[str, str]:
    """The elements of keys and of values in the entries of a map."""
    key = _stated(shape.key) if shape.key is not None else None
    value = _stated(shape.value) if shape.value is not None else None
    return key or "key", value or "value"


def form_name(service: Service, member: Member, *, ec2: bool) -> str:
    """A member's part in the names of fields; EC2 has each begin with a capital letter."""
    if not ec2:
        name = flat_name if is_flat(service, member) else member_name
        return name(service, member)
    written = member_name(service, member)
    return member.ec2_name or written[:1].upper() + written[1:]


def request_root(operation: Operation) -> str:
    """The element around the body of a request."""
    stated = _text(operation.input_xml, "name") or _text(operation.input.xml, "name")
    return stated or operation.input.name or f"{operation.name}Request"


def response_root(operation: Operation) -> str:
    """The element around the body of an answer."""
    stated = _text(operation.output.xml, "name")
    return stated or operation.output.name or f"{operation.name}Response"


def prefixes(service: Service, member: Member) -> dict[str, str]:
    """The namespaces that have a prefix, by prefix, which the element of a member declares."""
    found: dict[str, str] = {}
    for xml in (service.target(member).xml, member.xml):
        stated = xml.get("namespace")
        if isinstance(stated, Mapping) and isinstance(stated.get("prefix"), str):
            found[str(stated["prefix"])] = str(stated.get("uri", ""))
    return found


def namespace(service: Service, shape: Shape | None = None) -> str | None:
    """The namespace of an answer, if the spec has one."""
    stated = None if shape is None else shape.xml.get("namespace")
    return stated if isinstance(stated, str) else service.xml_namespace


def _renamed(member: Member) -> bool:
    return "name" in member.xml or member.wire != member.name


def _stated(part: Member) -> str | None:
    """What an item, key or value is called, where that is stated."""
    named = _text(part.xml, "name")
    return named or (part.wire if part.wire != part.name else None)


def _text(xml: Mapping[str, object], key: str) -> str | None:
    found = xml.get(key)
    return found if isinstance(found, str) and found else None
