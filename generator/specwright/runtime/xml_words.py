"""How generated modules say in what way a value is written in XML and forms."""

from __future__ import annotations

from typing import TypeAlias

from .maps import Map
from .schema import List, Member

Namespace: TypeAlias = "str | tuple[str, str] | None"


class XmlName:
    """The name of an XML element and the namespace that it declares: its URI, or its prefix
    and URI."""

    def __init__(self, name: str, namespace: Namespace = None) -> None:
        self.name: str = name
        self.namespace: Namespace = namespace


class Xml:
    """How a value is written in XML and forms, as far as that isn't the usual.

    At a member: ``attribute`` for one that is no element, the ``namespace`` that its element
    declares, and ``query``, its name in forms. At lists and maps: the names of the elements
    of ``item``, or ``key`` and ``value``. A ``flattened`` one has no element around them; its
    items are called like the member, unless ``item`` says otherwise.
    """

    def __init__(
        self,
        *,
        attribute: bool = False,
        flattened: bool = False,
        item: XmlName | str | None = None,
        key: XmlName | str = "key",
        value: XmlName | str = "value",
        namespace: Namespace = None,
        query: str | None = None,
    ) -> None:
        self.attribute: bool = attribute
        self.flattened: bool = flattened
        self.item: XmlName | None = XmlName(item) if isinstance(item, str) else item
        self.key: XmlName = key if isinstance(key, XmlName) else XmlName(key)
        self.value: XmlName = value if isinstance(value, XmlName) else XmlName(value)
        self.namespace: Namespace = namespace
        self.query: str | None = query


USUAL = Xml()


def xml_of(described: List | Map | Member) -> Xml:
    """What is said of a list, a map or a member; the usual where nothing is."""
    return described.xml if isinstance(described.xml, Xml) else USUAL
