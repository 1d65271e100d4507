"""Spec documents while facts are put into them: by hand stays, the best source is believed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from specwright.sources.pages.facts import Fact, Member, Members, Source, Value
from specwright.sources.pages.labels import (
    Hand,
    Label,
    Labels,
    Spec,
    read_labels,
    write_labels,
)
from specwright.sources.pages.merge import (
    MODEL,
    OF_ITEMS,
    Contradiction,
    Merger,
    fuller_path,
    limits_of_both,
    of_items,
    same,
)
from specwright.sources.pages.prose import plain

SERVICE_FILE = "service.yaml"
SHAPES_FILE = "shapes.yaml"
BUILTINS = frozenset(
    {
        *(
            "boolean",
            "byte",
            "short",
            "integer",
            "long",
            "bigInteger",
            "float",
            "double",
        ),
        *("bigDecimal", "string", "blob", "timestamp", "document", "list", "map"),
        *("structure", "union"),
    }
)
AT_MEMBER = frozenset(
    {
        *("required", "in", "wire", "idempotency_token", "host_label", "default"),
        *("context", "ec2_name", "event", "json_value", "query_name"),
    }
)
"""Facts of a member that its shape can't have."""
_NEVER = frozenset({"doc", "shape", "shared", "ref", "type", "printed", "match"})
_OF_PLACE = frozenset({"doc", "from", "because"})
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,199}")


@dataclass(slots=True)
class Draft:
    """The documents of one service, with the label of each fact and every named shape."""

    documents: dict[str, Spec]
    merger: Merger
    docs: bool = False
    labels: Labels = field(default_factory=dict)
    shapes: dict[str, Spec] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    told: dict[tuple[int, str], Value] = field(default_factory=dict)
    """What this run has said already, by mapping and word."""
    touched: set[str] = field(default_factory=set)
    recursive: frozenset[str] = frozenset()
    """Shapes that hold themselves: only by a name can they be told."""
    current: frozenset[Source] = frozenset()
    """The sources of this run: what they said earlier does not count."""

    def __post_init__(self) -> None:
        for path, document in self.documents.items():
            read_labels(document, self.labels)
            shapes = document.get("shapes")
            for name, shape in shapes.items() if isinstance(shapes, dict) else ():
                if isinstance(shape, dict):
                    self.shapes[name], self.files[name] = shape, path

    def finished(self) -> dict[str, Spec]:
        """The documents, with what ``from`` now says in those that had a part in it."""
        for path, document in self.documents.items():
            if path in self.touched or not path.startswith("operations/"):
                write_labels(document, self.labels)
        return self.documents

    def say(self, node: Spec, word: str, fact: Fact, where: str) -> bool:
        """Put a fact into a mapping; False where the mapping has said another one in this run."""
        said = self.told.get((id(node), word), _NOTHING)
        if said is not _NOTHING:
            return self._again(node, word, fact, said)
        label = self.label(node, word)
        if word in node and isinstance(label, Hand):
            return True
        value, label = self.believed(word, node.get(word, _NOTHING), label, fact, where)
        node[word] = value
        self.told[(id(node), word)] = value
        self.set_label(node, word, label)
        return True

    def _again(self, node: Spec, word: str, fact: Fact, said: Value) -> bool:
        """A fact of a shape that another member's page has said already."""
        agrees = same(word, said, fact.value)
        if not agrees and word in ("length", "range"):
            agrees = limits_of_both(said, fact.value) == said
        elif agrees and isinstance(label := self.label(node, word), Source):
            before = Fact(said, 0, source=label)
            if self._rank(word, fact) < self._rank(word, before):
                self.set_label(node, word, fact.source)
        return agrees

    def _rank(self, word: str, fact: Fact) -> tuple[object, ...]:
        source = fact.source
        title = (source.page or "", source.version or "") if source is not None else ()
        return (*self.merger.rank(word, fact)[:3], title)

    def believed(
        self, word: str, old: Value, label: Label | None, fact: Fact, where: str
    ) -> tuple[Value, Label | None]:
        """The value that stays, and its label: that of the better source."""
        mine = fact.source
        if old is _NOTHING or not isinstance(label, Source) or label in self.current:
            # What a page of this run does not say any more, another one does.
            return fact.value, mine
        before = Fact(old, 0, label.format == "inferred", label)
        better = self.merger.rank(word, fact)[:3] <= self.merger.rank(word, before)[:3]
        if same(word, old, fact.value):
            return old, mine if better else label
        if word == "path" and (fuller := fuller_path(old, fact.value)):
            return (old, label) if fuller == old else (fact.value, mine)
        both = limits_of_both(old, fact.value) if word in ("length", "range") else None
        if both is not None:
            return both, mine if both == fact.value else label
        if before.inferred:
            return fact.value, mine
        kept, other = (fact, before) if better else (before, fact)
        if not other.inferred:
            self.merger.found.append(Contradiction(where, word, kept, other))
        return kept.value, kept.source

    def label(self, node: Spec, word: str) -> Label | None:
        """Where a fact of a mapping comes from."""
        return self.labels.get(id(node), {}).get(word)

    def set_label(self, node: Spec, word: str, label: Label | None) -> None:
        """Say where a fact of a mapping comes from."""
        if label is not None:
            self.labels.setdefault(id(node), {})[word] = label

    # -- members --------------------------------------------------------------------------

    def put_members(
        self, mapping: dict[str, object], members: Members, path: str, where: str
    ) -> None:
        """Put members into a mapping of them; what the mapping has besides stays."""
        for name, member in members.items():
            key = _key(name, member, mapping)
            if key != name and member.says("wire") == key:
                key = _renamed(mapping, key, name)
            if key not in mapping:
                self.told[(id(mapping.setdefault(key, {})), "new")] = True
            node = mapping[key]
            if isinstance(node, dict):
                self.put(node, member, path, f"{where}/{key}")

    def put(self, node: Spec, member: Member, path: str, where: str) -> None:
        """Put a member's facts into its mapping, or into the shape that the mapping names."""
        untyped = not {"type", "ref"} & set(node)
        shape = self._shape(node, member, path, where)
        if shape.get("type") == "list" and "type" not in member.facts:
            member = of_items(member)
        elif untyped and node.get("type") == "list":
            self._move_to_items(node)
        if shape is not node:
            self.use(str(node.get("ref", node.get("type"))), path)
        shared = member.says("shared")
        for word, fact in member.facts.items():
            if word in _NEVER:
                continue
            of_shape = word in shape or self._is_new(shape)
            of_shape = of_shape or (isinstance(shared, tuple) and word in shared)
            at_member = word in node or word in AT_MEMBER
            holder = shape if of_shape and not at_member else node
            if not self.say(holder, word, fact, where):
                self.say(node, word, fact, where)
                holder = node
            if (
                word == "pattern"
                and "match" in member.facts
                and holder.get(word) == fact.value
            ):
                holder["match"] = member.facts["match"].value
        doc = member.facts.get("doc")
        if self.docs and doc is not None and "doc" not in node:
            node["doc"] = plain(str(doc.value))
        if (id(shape), "inside") in self.told and shape is not node:
            return
        self.told[(id(shape), "inside")] = True
        self._inside(shape, member, path, where)

    def _move_to_items(self, node: Spec) -> None:
        """What was said before the type of a list was known is said of its items."""
        item = node.setdefault("item", {}) if OF_ITEMS & set(node) else None
        for word in sorted(OF_ITEMS & set(node)):
            if isinstance(item, dict) and word not in item:
                item[word] = node.pop(word)
                self.set_label(
                    item, word, self.labels.get(id(node), {}).pop(word, None)
                )

    def _inside(self, shape: Spec, member: Member, path: str, where: str) -> None:
        if member.members is not None:
            inner = shape.setdefault("members", {})
            if isinstance(inner, dict):
                self.put_members(inner, member.members, path, f"{where}/members")
        for word, part in member.parts():
            if word not in shape:
                self.told[(id(shape.setdefault(word, {})), "new")] = True
            held = shape[word]
            if isinstance(held, dict):
                self.put(held, part, path, f"{where}/{word}")

    def _is_new(self, shape: Spec) -> bool:
        return (id(shape), "new") in self.told

    def _shape(self, node: Spec, member: Member, path: str, where: str) -> Spec:
        """The mapping that states the type: the member's own, or that of the shape it names."""
        fact = member.facts.get("type")
        named = node.get("ref", node.get("type"))
        if isinstance(named, str) and named in self.shapes:
            shape = self.shapes[named]
            if fact is not None:
                self.say(shape, "type", fact, where)
                self._confirm(node, fact)
            return shape
        said = member.facts.get("shape")
        if named is not None and said is not None and self._must_move(node, said):
            shape = self._moved(node, str(said.value), path)
            node["type"] = said.value
            self.set_label(node, "type", (fact or said).source)
            return shape
        if named is None:
            name = member.facts.get("shape") or member.facts.get("ref")
            shape_ = self._named(name, member, path, node) if name is not None else None
            if name is not None and shape_ is not None:
                node["type"] = name.value
                self.set_label(node, "type", (fact or name).source)
                if fact is not None:
                    self.say(shape_, "type", fact, where)
                return shape_
        if fact is not None:
            self.say(node, "type", fact, where)
        return node

    def _confirm(self, node: Spec, fact: Fact) -> None:
        """Label a member's type by the better source, though its shape states it."""
        label = self.label(node, "type")
        if isinstance(label, Hand) or fact.source is None:
            return
        before = Fact(None, 0, False, label)
        if (
            label is None
            or label in self.current
            or self.merger.rank("type", fact)[:3]
            <= self.merger.rank("type", before)[:3]
        ):
            self.set_label(node, "type", fact.source)

    def _named(self, fact: Fact, member: Member, path: str, node: Spec) -> Spec | None:
        """The shape of a name, begun where there is none; None where it is better left out."""
        name = str(fact.value)
        if name in self.shapes:
            return self.shapes[name]
        kind = member.says("type")
        aggregate = kind in ("structure", "union") or name in self.recursive
        model = fact.source is not None and fact.source.format == MODEL
        # What stands in place already is not moved.
        model = model and self._is_new(node)
        aggregate = aggregate and not {"members", "item", "value"} & set(node)
        if name in BUILTINS or not _NAME.fullmatch(name) or not (aggregate or model):
            return None
        return self.begin(name, path)

    def _must_move(self, node: Spec, named: Fact) -> bool:
        """True for what stands in place, holds itself, and could not say so without a name."""
        name = str(named.value)
        by_hand = any(
            isinstance(one, Hand) for one in self.labels.get(id(node), {}).values()
        )
        return (
            name in self.recursive
            and name not in self.shapes
            and name not in BUILTINS
            and _NAME.fullmatch(name) is not None
            and bool({"members", "item", "value"} & set(node))
            and not by_hand
        )

    def _moved(self, node: Spec, name: str, path: str) -> Spec:
        """A new shape of what a mapping says of its member's type."""
        shape = self.begin(name, path)
        labels = self.labels.get(id(node), {})
        for word in [w for w in node if w not in AT_MEMBER and w not in _OF_PLACE]:
            shape[word] = node.pop(word)
            self.set_label(shape, word, labels.pop(word, None))
        return shape

    def begin(self, name: str, path: str) -> Spec:
        """A new shape in a file."""
        shape: Spec = {}
        self._shapes_of(path)[name] = shape
        self.shapes[name], self.files[name] = shape, path
        self.told[(id(shape), "new")] = True
        return shape

    def use(self, name: str, path: str) -> None:
        """Move a shape that another operation has to where both can have it."""
        file = self.files.get(name)
        if file in (None, path, SHAPES_FILE, SERVICE_FILE):
            return
        shape = self._shapes_of(str(file)).pop(name)
        self.touched.add(str(file))
        document = self.documents[str(file)]
        if not document["shapes"]:
            del document["shapes"]
        self._shapes_of(SHAPES_FILE)[name] = shape
        self.files[name] = SHAPES_FILE
        if isinstance(shape, dict):
            for inner in _names_in(shape):
                self.use(inner, "")

    def _shapes_of(self, path: str) -> dict[str, object]:
        document = self.documents.setdefault(path, {"specwright": 1})
        shapes = document.setdefault("shapes", {})
        return shapes if isinstance(shapes, dict) else {}


_NOTHING = object()


def _key(name: str, member: Member, mapping: Mapping[str, object]) -> str:
    """The name that a mapping has for a member: formats differ in case, or print wire names."""
    if name in mapping:
        return name
    folded = [n for n in mapping if n.casefold() == name.casefold()]
    if len(folded) == 1:
        return folded[0]
    wire = member.says("wire")
    wired = [
        n
        for n, node in mapping.items()
        if isinstance(node, dict)
        and (
            node.get("wire") == name
            or (wire is not None and wire in (n, node.get("wire")))
        )
    ]
    return wired[0] if len(wired) == 1 else name


def _renamed(mapping: dict[str, object], wire: str, name: str) -> str:
    """Call a member by its name that was called as it is in messages; its place stays."""
    items = [(name if key == wire else key, node) for key, node in mapping.items()]
    mapping.clear()
    mapping.update(items)
    return name


def _names_in(value: Mapping[str, object]) -> Iterable[str]:
    for key, inner in value.items():
        if key in ("type", "ref") and isinstance(inner, str):
            yield inner
        elif isinstance(inner, dict):
            yield from _names_in(inner)
