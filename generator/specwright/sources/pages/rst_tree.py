"""The tree of a boto3 page: from its syntax block, from its lists of members, or both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from specwright.sources.pages.facts import Fact, Facts, Member
from specwright.sources.pages.groups import Entry, Group, Token
from specwright.sources.pages.text import Page

_TOKEN = re.compile(
    r"""(?P<text>'(?:[^'\\\n]|\\.)*(?:'|\n[ ]*[\w(][^'\\\n,:{}\[\]]{0,80}'(?=[ \n,:|\]}])|\\?$))|(?P<open>[{\[(])|(?P<close>[}\])])|(?P<comma>,)"""
    r"""|(?P<colon>[:=])|(?P<bar>\|)|(?P<word>[^\s'{}\[\](),:=|]+)""",
    re.MULTILINE,
)
_UNION = re.compile(r"This\s+is\s+a\s+Tagged\s+Union\s+structure")
_AUTOPOPULATED = re.compile(
    r"This\s+field\s+is\s+autopopulated\s+if\s+not\s+provided\."
)
_DEFAULTED = re.compile(r"Note:\s+this\s+parameter\s+is\s+set\s+to\b")
_AHEAD = 40
"""So many nodes may be missing from a list before an item is taken for a stranger."""

_LIST_TYPES = {
    "string": "string",
    "str": "string",
    "integer": "integer",
    "float": "double",
    "boolean": "boolean",
    "datetime": "timestamp",
    "bytes": "blob",
    "list": "list",
    "dict": "structure",
    "document": "document",
    "biginteger": "bigInteger",
    "bigdecimal": "bigDecimal",
    "long": "long",
    "double": "double",
    "short": "short",
    "byte": "byte",
    "bytes or seekable file-like object": "blob",
    "StreamingBody": "blob",
    "EventStream": "union",
    "JSON serializable": "string",
}
_SAME = {
    "structure": {"dict", "EventStream", "str or dict"},
    "map": {"dict", "str or dict"},
    "blob": {"bytes", "bytes or seekable file-like object", "StreamingBody"},
    "timestamp": {"datetime"},
    "double": {"float", "double"},
    "float": {"float"},
    "integer": {"integer", "long", "short", "byte"},
    "string": {"string", "str or dict"},
    "document": {"document", "JSON serializable", "str or dict"},
    "other": set(_LIST_TYPES) - {"string", "list", "dict", "boolean"},
}


@dataclass(slots=True)
class Item:
    """One entry of a list of members: its name, what stands in brackets, and its prose."""

    line: int
    indent: int
    name: str | None
    type: str
    prose: str = ""
    sure: bool = True
    """False where the name could be the last word of what stands before."""
    field: bool = False
    """True for a parameter of the method, as its source writes it."""

    @property
    def required(self) -> bool:
        """True where the prose begins with the mark of required members."""
        return self.prose.lstrip(" \n*_`-\\").startswith("[REQUIRED")

    @property
    def parameter(self) -> bool:
        """True for a parameter that calls may leave to boto3: syntax blocks don't show it."""
        return self.field or _DEFAULTED.search(self.prose) is not None

    @property
    def union(self) -> bool:
        """True where the prose says that one member at most is set."""
        return _UNION.search(self.prose) is not None


@dataclass(slots=True)
class Node:
    """A value of the tree. Members have names; items, keys and values have none."""

    line: int
    type: str
    name: str | None = None
    enum: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    children: list[Node] = field(default_factory=list)
    item: Item | None = None


def tokens(page: Page, start: int, end: int) -> Iterator[Token]:
    """The tokens of a syntax block."""
    for found in _TOKEN.finditer(page.text, start, end):
        kind, value = found.lastgroup, found.group()
        if kind == "text":
            text = re.sub(r"\n[ ]*", " ", value[1:].removesuffix("'"))
            yield Token("text", text, found.start())
        elif kind == "open":
            yield Token("open", value, found.start())
        elif kind == "close":
            yield Token("close", value, found.start())
        elif kind == "comma":
            yield Token("comma", value, found.start())
        elif kind == "colon":
            yield Token("colon", value, found.start())
        elif kind == "bar":
            yield Token("bar", value, found.start())
        else:
            yield Token("word", value, found.start())


def members_of(group: Group, page: Page) -> list[Node]:
    """The members that a group of keys and values has."""
    return [
        _node(entry, page, entry.key)
        for entry in group.entries
        if entry.key is not None and entry.atoms
    ]


def _node(entry: Entry, page: Page, name: str | None) -> Node:
    line = page.line_at(entry.offset)
    texts, words = entry.texts(), entry.words()
    brace = entry.group("{")
    if words[:1] == ("EventStream",):
        call = entry.group("(")
        brace = call.entries[0].group("{") if call and call.entries else None
        inner = members_of(brace, page) if brace is not None else []
        return Node(line, "structure", name, flags=("event_stream",), children=inner)
    if words[:1] == ("StreamingBody",) or words[-2:] == ("b", "file"):
        return Node(line, "blob", name, flags=("streaming",))
    if words[:1] == ("datetime",):
        return Node(line, "timestamp", name)
    if words[:1] == ("b",):
        return Node(line, "blob", name)
    if brace is not None and len(entry.atoms) > 1 and "None" in words:
        return Node(line, "document", name)
    if brace is not None and texts == ("string",):
        # boto3 builds the text from the mapping; the service takes a text.
        return Node(line, "string", name)
    if brace is not None:
        return _braces(brace, page, line, name)
    if (bracket := entry.group("[")) is not None:
        inner = [_node(e, page, None) for e in bracket.entries[:1] if e.atoms]
        return Node(line, "list", name, children=inner)
    if texts:
        plain = texts == ("string",)
        return Node(line, "string", name, enum=() if plain else texts)
    word = words[0] if words else ""
    if word in ("True", "False"):
        return Node(line, "boolean", name)
    if re.fullmatch("-?[0-9]+", word):
        return Node(line, "integer", name)
    if re.fullmatch(r"-?[0-9]+\.[0-9]*", word):
        return Node(line, "double", name)
    return Node(line, "other", name)


def _braces(group: Group, page: Page, line: int, name: str | None) -> Node:
    first = group.entries[0] if group.entries else None
    if first is not None and first.key is None:
        return Node(line, "recursive", name)
    if first is not None and first.key == "string" and len(group.entries) == 1:
        key = Node(line, "string")
        return Node(line, "map", name, children=[key, _node(first, page, None)])
    return Node(line, "structure", name, children=members_of(group, page))


def attach(nodes: Sequence[Node], items: Iterable[Item]) -> list[Item]:
    """Give nodes their items, in the order in which both are written; returns the strangers."""
    order = list(_walk(nodes))
    strangers: list[Item] = []
    at = 0
    for item in items:
        ahead = range(at, min(at + _AHEAD, len(order)))
        place = next((p for p in ahead if _fits(order[p], item, item.name)), None)
        if place is None and not item.sure:
            place = _unsure(order, ahead, item)
        if place is not None:
            order[place].item = item
            _learn(order[place], item)
            at = place + 1
        elif item.sure or item.parameter:
            strangers.append(item)
    return strangers


def _walk(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _walk(node.children)


def _unsure(order: Sequence[Node], ahead: Iterable[int], item: Item) -> int | None:
    """The node of an item whose name ran into the word before it, or is that word."""
    for place in ahead:
        name = order[place].name
        glued = name is not None and (item.name or "").endswith(name)
        if (glued or name is None) and _fits(order[place], item, name):
            return place
    return None


def _fits(node: Node, item: Item, name: str | None) -> bool:
    if node.name != name:
        # A structure whose one member is called 'string' looks like a map.
        return False
    return node.type == "recursive" or item.type in _SAME.get(node.type, {node.type})


def _learn(node: Node, item: Item) -> None:
    """What a list says better than the syntax block."""
    if node.type == "other":
        known = _LIST_TYPES.get(item.type)
        node.type = "float" if item.type == "float" else known or "other"
    elif item.type == "JSON serializable":
        node.type, node.flags = "string", ("json_value",)


def tree_of(items: Sequence[Item]) -> list[Node]:
    """The tree that a list shows by its indentation."""
    roots: list[Node] = []
    stack: list[tuple[int, Node]] = []
    for item in items:
        while stack and stack[-1][0] >= item.indent:
            stack.pop()
        kind = _LIST_TYPES.get(item.type, "other")
        node = Node(item.line, kind, item.name, item=item)
        if item.type == "EventStream":
            node.type, node.flags = "structure", ("event_stream",)
        elif item.type == "StreamingBody" or item.type.startswith("bytes or"):
            node.flags = ("streaming",)
        elif item.type == "JSON serializable":
            node.flags = ("json_value",)
        elif item.type == "float":
            node.flags = ("unsure",)
        (stack[-1][1].children if stack else roots).append(node)
        stack.append((item.indent, node))
    for node in list(_walk(roots)):
        _settle(node)
    return roots


def _settle(node: Node) -> None:
    """Make a map of a dict that holds a key, which holds the value one level deeper."""
    if node.type != "structure" or not node.children:
        return
    first = node.children[0]
    if first.name is not None or first.type != "string":
        return
    values = [*first.children, *node.children[1:]]
    first.children = []
    node.type, node.children = "map", [first, *values[:1]]


def as_members(nodes: Iterable[Node], docs: bool) -> dict[str, Member]:
    """Named nodes as members."""
    return {n.name: as_member(n, docs) for n in nodes if n.name is not None}


def as_member(node: Node, docs: bool) -> Member:
    """A node as a member, with what its item says."""
    facts: dict[str, Fact] = dict(_type(node))
    if node.item is not None:
        facts |= _from_item(node.item, node.line, docs)
    for flag in set(node.flags) - {"unsure"}:
        facts[flag] = Fact(True, node.line)
    if node.enum:
        facts["enum"] = Fact(list(dict.fromkeys(node.enum)), node.line)
    if node.type == "structure":
        return Member(node.line, facts, members=as_members(node.children, docs))
    inner = [as_member(child, docs) for child in node.children]
    if node.type == "list" and inner:
        return Member(node.line, facts, item=inner[0])
    if node.type == "map" and len(inner) == 2:
        return Member(node.line, facts, key=inner[0], value=inner[1])
    return Member(node.line, facts)


def _type(node: Node) -> Facts:
    if node.type in ("recursive", "other"):
        return {}
    item = node.item
    union = (item is not None and item.union) or "event_stream" in node.flags
    kind = "union" if union and node.type == "structure" else node.type
    # The format has one word for all whole numbers, and lists have one for all others.
    inferred = node.type == "integer" or "unsure" in node.flags
    # Only its entry would say that a structure is a union.
    inferred |= node.type == "structure" and item is None and node.name is not None
    return {"type": Fact(kind, node.line, inferred)}


def _from_item(item: Item, line: int, docs: bool) -> dict[str, Fact]:
    facts: dict[str, Fact] = {}
    if item.required:
        facts["required"] = Fact(True, item.line)
    if _AUTOPOPULATED.search(item.prose):
        facts["idempotency_token"] = Fact(True, item.line)
    if docs and item.prose.strip():
        facts["doc"] = Fact(item.prose, item.line or line)
    return facts
