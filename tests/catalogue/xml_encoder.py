"""Values of botocore's shapes as XML, the way a service writes them."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from tests.catalogue.json_encoder import moment, special
from tests.catalogue.models import location, wire_name


def elements(shape: Any, inside: Any, default: str) -> Iterator[str]:
    """A member as the elements that stand for it."""
    name, kind = wire_name(shape, default), shape.type_name
    if kind == "list" and shape.serialization.get("flattened"):
        item = wire_name(shape.member, name)
        for each in inside:
            yield from element(shape.member, each, item)
    elif kind == "map" and shape.serialization.get("flattened"):
        yield from (f"<{name}>{entry}</{name}>" for entry in entries(shape, inside))
    else:
        yield from element(shape, inside, name)


def element(shape: Any, inside: Any, name: str) -> Iterator[str]:
    """One element of a given name."""
    kind = shape.type_name
    if kind == "list":
        item = wire_name(shape.member, "member")
        items = (part for each in inside for part in element(shape.member, each, item))
        yield f"<{name}>{''.join(items)}</{name}>"
    elif kind == "map":
        joined = "".join(f"<entry>{entry}</entry>" for entry in entries(shape, inside))
        yield f"<{name}>{joined}</{name}>"
    elif kind == "structure":
        yield f"<{name}{attributes(shape, inside)}>{members(shape, inside)}</{name}>"
    else:
        yield f"<{name}>{escaped(scalar(shape, inside))}</{name}>"


def entries(shape: Any, inside: dict[str, Any]) -> Iterator[str]:
    """The pairs of a map, without what is around each."""
    for key, each in inside.items():
        first = "".join(element(shape.key, key, wire_name(shape.key, "key")))
        yield first + "".join(
            element(shape.value, each, wire_name(shape.value, "value"))
        )


def members(shape: Any, inside: dict[str, Any]) -> str:
    """The members of a structure that are elements of a body."""
    return "".join(
        part
        for name, each in inside.items()
        if location(shape.members[name]) is None
        and not shape.members[name].serialization.get("xmlAttribute")
        for part in elements(shape.members[name], each, name)
    )


def attributes(shape: Any, inside: dict[str, Any]) -> str:
    """The members of a structure that are attributes, with the namespaces of their names."""
    text = ""
    for name, each in inside.items():
        member = shape.members[name]
        if member.serialization.get("xmlAttribute"):
            written = wire_name(member, name)
            prefix, colon, _ = written.partition(":")
            if colon:
                text += f' xmlns:{prefix}="https://example.com/{prefix}"'
            text += f" {written}={quoteattr(each)}"
    return text


def scalar(shape: Any, inside: Any, times: str = "iso8601") -> str:
    """A simple value as text."""
    kind = shape.type_name
    if kind == "boolean":
        return "true" if inside else "false"
    if kind == "blob":
        return base64.b64encode(inside).decode()
    if kind == "timestamp":
        return moment(inside, shape.serialization.get("timestampFormat", times))
    if kind in ("float", "double"):
        return special(inside) or repr(inside)
    return str(inside)


def escaped(text: str) -> str:
    """Text between tags; a bare carriage return would be read as a line feed."""
    return escape(text, {"\r": "&#13;"})
