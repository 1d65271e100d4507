"""The XML of syntax blocks: a tree of elements whose texts are types."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from specwright.sources.pages.facts import MAX_DEPTH, Fact, Member
from specwright.sources.pages.notes import Notes
from specwright.sources.pages.text import Page

_PIECE = re.compile(
    r"<\?[^>]*>|<(?P<close>/)?(?P<name>[A-Za-z_][\w.:-]*)(?P<attributes>[^<>]*?)(?P<empty>/)?>"
    r"|(?P<dots>\.\.\.)|(?P<word>[^<\s]+)"
)
_KINDS = {
    "string": "string",
    "boolean": "boolean",
    "blob": "blob",
    "timestamp": "timestamp",
    "integer": "integer",
    "long": "long",
    "float": "float",
    "double": "double",
}


@dataclass(slots=True)
class _Element:
    name: str
    line: int
    children: list[_Element] = field(default_factory=list)
    word: str = ""
    repeated: bool = False


def read_xml(
    page: Page, start: int, end: int, notes: Notes
) -> tuple[str | None, dict[str, Member] | None]:
    """The name of the root element, and its children as members."""
    top = _Element("", 0)
    stack = [top]
    for found in _PIECE.finditer(page.text, start, end):
        if found["dots"]:
            if stack[-1].children:
                stack[-1].children[-1].repeated = True
        elif found["word"]:
            stack[-1].word = stack[-1].word or found["word"]
        elif found["name"] is None:
            continue
        elif found["close"]:
            if any(element.name == found["name"] for element in stack[1:]):
                while stack.pop().name != found["name"]:
                    pass
            if len(stack) == 1:
                break
        else:
            element = _Element(found["name"], page.line_at(found.start()))
            stack[-1].children.append(element)
            if not found["empty"]:
                stack.append(element)
            if len(stack) > MAX_DEPTH:
                notes.say(
                    "too-deep",
                    "the syntax has too many elements in elements",
                    element.line,
                )
                return None, None
    if not top.children:
        return None, None
    root = top.children[0]
    return root.name, {child.name: _member(child) for child in root.children}


def _member(element: _Element) -> Member:
    line = element.line
    if element.repeated:
        # The list has no element of its own.
        return Member(line, {"type": Fact("list", line)}, item=_one(element))
    inner = element.children
    if len(inner) == 1 and (inner[0].repeated or _is_item(inner[0], element)):
        return Member(line, {"type": Fact("list", line)}, item=_one(inner[0]))
    return _one(element)


def _is_item(inner: _Element, around: _Element) -> bool:
    """True where names tell that an element's only child is there many times."""
    if inner.name == "member" or around.name == "Items":
        return True
    return around.name in (inner.name + "s", inner.name[:-1] + "ies")


def _one(element: _Element) -> Member:
    line = element.line
    if len(element.children) == 1:
        # A structure of one member, or a list whose items have elements: both look like this.
        return Member(line)
    if element.children:
        members = {child.name: _member(child) for child in element.children}
        return Member(line, {"type": Fact("structure", line)}, members=members)
    kind = _KINDS.get(element.word)
    return Member(line, {"type": Fact(kind, line)} if kind is not None else {})
