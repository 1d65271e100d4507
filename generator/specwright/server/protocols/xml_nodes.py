"""XML documents to nodes: well-formed, of bounded size and depth, without a doctype."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn
from xml.parsers.expat import ExpatError, ParserCreate

from specwright.server.messages import serialization

_DEEPEST = 200
_MOST_NODES = 500_000
_SEPARATOR = " "
_NONE: Mapping[str, str] = {}
_SPACES = " \t\r\n"


class Node:
    """An element: its local name, its attributes by local name, its text and what is in it."""

    __slots__ = ("attributes", "name", "nodes", "text")

    def __init__(self, name: str, attributes: Mapping[str, str] = _NONE) -> None:
        self.name = name
        self.attributes = attributes
        self.nodes: list[Node] = []
        self.text = ""

    def is_bare(self) -> bool:
        """True where no text stands between the elements."""
        return not self.text.strip(_SPACES)

    def named(self, name: str) -> list[Node]:
        """The elements of that name."""
        return [node for node in self.nodes if node.name == name]


def parsed(body: bytes) -> Node:
    """The root of a document; refused where it is not well-formed, or defines entities."""
    builder = _Builder()
    # Whatever is declared: UTF-8, or UTF-16 where that is plain to see.
    parser = ParserCreate("utf-8", _SEPARATOR)
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    # Without a document type there are no entities but the five of XML itself.
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(body, True)
    except ExpatError:
        raise serialization("The body is not well-formed XML.") from None
    return builder.root


def _refuse_doctype(*_declared: object) -> NoReturn:
    raise serialization("The body has a document type, which is not accepted.")


class _Builder:
    """Puts the events of a parser together. The root has a node around it."""

    __slots__ = ("count", "open", "texts")

    def __init__(self) -> None:
        self.open = [Node("")]
        self.texts: list[list[str]] = [[]]
        self.count = 0

    @property
    def root(self) -> Node:
        """The root of a document that ended well."""
        return self.open[0].nodes[0]

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.count += 1
        if len(self.open) > _DEEPEST or self.count > _MOST_NODES:
            raise serialization(
                "The body is nested too deep, or has too many elements."
            )
        held = {_local(k): v for k, v in attributes.items()} if attributes else _NONE
        node = Node(_local(name), held)
        self.open[-1].nodes.append(node)
        self.open.append(node)
        self.texts.append([])

    def end(self, _name: str) -> None:
        """An element ends."""
        self.open.pop().text = "".join(self.texts.pop())

    def data(self, text: str) -> None:
        """Text, or part of one."""
        self.texts[-1].append(text)


def _local(name: str) -> str:
    return name.rpartition(_SEPARATOR)[2]
