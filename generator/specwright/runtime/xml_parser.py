"""XML documents as trees of elements; documents that could do harm are refused."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from .reading import UnreadableError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element, TreeBuilder


def parse_xml(body: bytes) -> Element:
    """The root of a document.

    Raises an UnreadableError for what is no XML or has a document type, which could define
    entities: nothing that services send has one. Nesting costs nothing here; whoever reads
    elements goes as deep as a schema does.
    """
    from xml.etree.ElementTree import ParseError, XMLParser

    parser = XMLParser(target=builder()())  # noqa: S314 - no document types
    try:
        parser.feed(body)
        root: Element = parser.close()
    except (ParseError, LookupError) as error:
        raise UnreadableError(f"no XML: {error}") from error
    return root


@cache
def builder() -> type[TreeBuilder]:
    """A builder of trees that has none of document types."""
    from xml.etree.ElementTree import TreeBuilder

    class Builder(TreeBuilder):
        def doctype(self, name: str, public: str | None, system: str | None) -> None:
            raise UnreadableError("XML has a document type")

    return Builder


def empty_element() -> Element:
    """What stands for a body that is missing."""
    from xml.etree.ElementTree import Element

    return Element("")


def around(element: Element) -> Element:
    """An element with nothing but another one in it."""
    made = empty_element()
    made.append(element)
    return made


def local(name: str) -> str:
    """A name without its namespace, which parsers put into braces, or its prefix."""
    return name.rpartition("}" if name.startswith("{") else ":")[2]


def child(element: Element, *names: str) -> Element | None:
    """The first child that has one of some names."""
    return next((inner for inner in element if local(inner.tag) in names), None)


def child_text(element: Element, *names: str) -> str:
    """The text of the first child that has one of some names; none where there is none."""
    found = child(element, *names)
    return "" if found is None else (found.text or "").strip()
