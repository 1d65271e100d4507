"""The payloads of events in the protocol that writes XML."""

from __future__ import annotations

from .structure import Shaped
from .xml_codec import plain_value, read_members
from .xml_parser import empty_element, parse_xml
from .xml_words import XmlName
from .xml_writer import document


class XmlEvents:
    """Payloads of one XML document, whatever its root is called."""

    __slots__ = ()
    media_type = "application/xml"

    def read(self, target: Shaped, payload: bytes) -> None:
        """Set the members of a new value. Raises a ValueError for what doesn't fit."""
        read_members(target, parse_xml(payload) if payload else empty_element())

    def parsed(self, payload: bytes) -> object:
        """A payload that no spec describes. Raises a ValueError where it isn't readable."""
        return plain_value(parse_xml(payload))

    def write(self, value: Shaped) -> bytes:
        """The members of a value as a payload, in a root with the name of its shape."""
        return document(value, None, XmlName(type(value).__name__), "")
