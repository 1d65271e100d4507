"""Where the facts of spec documents come from: read from ``from``, and written as short as can be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from specwright.sources.pages.facts import Source

HAND = "hand"
Spec: TypeAlias = dict[str, object]

_PARTS = ("item", "key", "value")
_SECTIONS = ("input", "output", "shapes")
STRUCTURAL = frozenset(
    {
        *("doc", "from", "because", "members", "match", "sources", "specwright"),
        *("operation", "service", "error", *_PARTS, *_SECTIONS),
    }
)
"""Keys that are no facts of their own."""
_PREFIXES = {
    "js-v3": "js",
    "dart": "dart",
    "api-reference": "api",
    "boto3-rst": "rst",
    "botocore": "model",
    "inferred": "inferred",
}
_ORDER = (*_PREFIXES, "")


@dataclass(frozen=True, slots=True)
class Hand:
    """What a person decided, and why."""

    because: str | None = None


Label: TypeAlias = Source | Hand
Labels: TypeAlias = dict[int, dict[str, Label]]
"""Labels of facts, by the identity of the mapping that has them and by word."""


def words_of(node: Mapping[str, object]) -> list[str]:
    """The facts that a mapping states itself."""
    words = [
        "type" if word == "ref" else word for word in node if word not in STRUCTURAL
    ]
    error = node.get("error")
    return words + list(error) if isinstance(error, dict) else words


def children(node: Mapping[str, object]) -> Iterator[Spec]:
    """The members, item, key and value of a mapping."""
    members = node.get("members")
    for inner in members.values() if isinstance(members, dict) else ():
        if isinstance(inner, dict):
            yield inner
    for part in _PARTS:
        if isinstance(inner := node.get(part), dict):
            yield inner


def sections(document: Mapping[str, object]) -> Iterator[tuple[str, Spec]]:
    """The members of input and output and the shapes of a file, each with its section."""
    for section in _SECTIONS:
        mapping = document.get(section)
        for inner in mapping.values() if isinstance(mapping, dict) else ():
            if isinstance(inner, dict):
                yield section, inner


# -- reading ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Levels:
    sources: Mapping[str, Label]
    levels: tuple[Mapping[str, Label], ...] = ()
    section: str = ""

    def inside(self, node: Mapping[str, object]) -> _Levels:
        said = node.get("from")
        named = {"default": said} if isinstance(said, str) else said
        if not isinstance(named, dict):
            return self
        reason = node.get("because")
        hand = Hand(reason if isinstance(reason, str) else None)
        level = {
            word: label
            for word, key in named.items()
            if (label := hand if key == HAND else self.sources.get(key)) is not None
        }
        return _Levels(self.sources, (*self.levels, level), self.section)

    def label(self, word: str) -> Label | None:
        for depth, level in reversed(list(enumerate(self.levels))):
            names = (word, self.section, "default") if depth == 0 else (word, "default")
            for name in names:
                if name in level:
                    return level[name]
        return None


def read_labels(document: Spec, labels: Labels) -> None:
    """Add the labels of a file, each at the mapping that states the fact."""
    listed = document.get("sources")
    sources: dict[str, Label] = {
        key: Source(str(s.get("format", "")), _text(s, "page"), _text(s, "version"))
        for key, s in (listed.items() if isinstance(listed, dict) else ())
        if isinstance(s, dict)
    }
    root = _Levels(sources).inside(document)
    _read(document, root, labels, deep=False)
    for section, node in sections(document):
        _read(node, _Levels(sources, root.levels, section).inside(node), labels)


def _read(node: Spec, levels: _Levels, labels: Labels, *, deep: bool = True) -> None:
    own = {w: label for w in words_of(node) if (label := levels.label(w)) is not None}
    said = node.get("from")
    if isinstance(said, dict) and said.get("doc") == HAND:
        own["doc"] = levels.label("doc") or Hand()
    labels[id(node)] = own
    for inner in children(node) if deep else ():
        _read(inner, levels.inside(inner), labels)


def _text(source: Mapping[str, object], key: str) -> str | None:
    value = source.get(key)
    return value if isinstance(value, str) else None


# -- writing ----------------------------------------------------------------------------------


@dataclass(slots=True)
class _Node:
    data: Spec
    own: dict[str, Label]
    inner: list[_Node] = field(default_factory=list)

    def all(self) -> Iterator[tuple[str, Label]]:
        yield from self.own.items()
        for node in self.inner:
            yield from node.all()


_Inherited: TypeAlias = Callable[[str], Label | None]


def write_labels(document: Spec, labels: Labels) -> None:
    """Write ``sources`` and ``from`` of a file anew, with as few words as can be."""
    root = _Node(document, _own(document, labels))
    parts = {
        section: [_node(n, labels) for s, n in sections(document) if s == section]
        for section in _SECTIONS
    }
    for node in parts["shapes"]:
        if node.data.get("type") != "union":
            # The type of what uses a shape says as much.
            node.own.pop("type", None)
    every = [
        *root.own.items(),
        *(fact for nodes in parts.values() for n in nodes for fact in n.all()),
    ]
    used = {label for _, label in every if isinstance(label, Source)}
    keys = _keys(used)
    chosen = _of_file(root.own, parts)
    for word in ("sources", "from", "because"):
        document.pop(word, None)
    if keys:
        document["sources"] = {key: _source(source) for source, key in keys.items()}
    hands = {w: label for w, label in root.own.items() if isinstance(label, Hand)}
    said = {word: keys[source] for word, source in chosen.items()} | dict.fromkeys(
        hands, HAND
    )
    if said:
        document["from"] = {word: said[word] for word in sorted(said, key=_place_of)}
        _because(document, hands.values())
    for section, nodes in parts.items():
        for node in nodes:
            _place(node, _outside(chosen, section), keys)


def _outside(chosen: Mapping[str, Source], section: str) -> _Inherited:
    """The label that a file says for the words of a section."""
    return lambda word: chosen.get(word) or chosen.get(section) or chosen.get("default")


def _own(node: Spec, labels: Labels) -> dict[str, Label]:
    own = labels.get(id(node), {})
    words = {*words_of(node), *(["doc"] if isinstance(own.get("doc"), Hand) else [])}
    return {word: label for word, label in own.items() if word in words}


def _node(data: Spec, labels: Labels) -> _Node:
    return _Node(
        data, _own(data, labels), [_node(inner, labels) for inner in children(data)]
    )


def _keys(used: set[Source]) -> dict[Source, str]:
    """Short keys of sources, told apart by numbers where several have one format."""
    keys: dict[Source, str] = {}
    for source in sorted(used, key=_rank):
        prefix = _PREFIXES.get(source.format, "source")
        count = sum(other.format == source.format for other in keys)
        keys[source] = prefix if not count else f"{prefix}{count + 1}"
    return keys


def _rank(source: Source) -> tuple[int, str, str]:
    known = _ORDER.index(source.format) if source.format in _ORDER else len(_ORDER)
    return known, source.page or "", source.version or ""


def _source(source: Source) -> Spec:
    said = {"format": source.format, "page": source.page, "version": source.version}
    return {key: value for key, value in said.items() if value is not None}


_Fact: TypeAlias = tuple[str, str, Source]
"""Section, word and source of a fact."""


def _of_file(
    own: Mapping[str, Label], parts: Mapping[str, list[_Node]]
) -> dict[str, Source]:
    """What ``from`` of a file says: the words that leave the least to be said further in."""
    facts = [("", w, label) for w, label in own.items()]
    facts += [
        (s, w, label)
        for s, nodes in parts.items()
        for n in nodes
        for w, label in n.all()
    ]
    stated = [(s, w, label) for s, w, label in facts if isinstance(label, Source)]
    choices = []
    for default in sorted({label for _, _, label in stated}, key=_rank):
        for words_first in (True, False):
            chosen = {"default": default}
            for step in (_words, _parts) if words_first else (_parts, _words):
                step(stated, chosen)
            # Facts of the file itself can be told apart here only.
            chosen |= {w: s for o, w, s in stated if not o and _said(chosen, o, w) != s}
            choices.append(chosen)
    return min(choices, key=lambda chosen: _cost(stated, chosen), default={})


def _said(chosen: Mapping[str, Source], section: str, word: str) -> Source:
    return chosen.get(word) or chosen.get(section) or chosen["default"]


def _cost(facts: list[_Fact], chosen: Mapping[str, Source]) -> int:
    wrong = sum(
        _said(chosen, section, word) != source for section, word, source in facts
    )
    return len(chosen) + 2 * wrong


def _words(facts: list[_Fact], chosen: dict[str, Source]) -> None:
    for word in sorted({w for _, w, _ in facts}):
        _try(facts, chosen, word, [source for _, w, source in facts if w == word])


def _parts(facts: list[_Fact], chosen: dict[str, Source]) -> None:
    for section in _SECTIONS:
        _try(facts, chosen, section, [source for s, _, source in facts if s == section])


def _try(
    facts: list[_Fact], chosen: dict[str, Source], key: str, labels: list[Source]
) -> None:
    """Say the most frequent source of a word or section, where that makes the whole shorter."""
    if labels:
        other = {**chosen, key: _most(labels)}
        if _cost(facts, other) < _cost(facts, chosen):
            chosen.update(other)


def _place_of(word: str) -> tuple[int, str]:
    """The place of a word in ``from``: what it stands for first, then by name."""
    first = ("default", *_SECTIONS)
    return (first.index(word) if word in first else len(first)), word


def _most(labels: Iterable[Source]) -> Source:
    counted = Counter(labels)
    return min(counted, key=lambda source: (-counted[source], _rank(source)))


def _place(node: _Node, inherited: _Inherited, keys: Mapping[Source, str]) -> None:
    """Write ``from`` of a mapping, where what stands further out is wrong for it."""
    facts = list(node.all())
    said: dict[str, Label] = {}
    wrong = [(w, label) for w, label in facts if inherited(w) != label]
    if wrong and len({label for _, label in facts}) == 1 and len(facts) > 1:
        said["default"] = facts[0][1]
    else:
        for word in sorted({w for w, _ in wrong}):
            labels = [label for w, label in facts if w == word]
            if word in node.own:
                if inherited(word) != node.own[word]:
                    said[word] = node.own[word]
                continue
            stated = [label for label in labels if isinstance(label, Source)]
            best = _most(stated) if stated else None
            gain = sum(label == best for label in labels) - sum(
                label == inherited(word) for label in labels
            )
            if best is not None and gain > 1:
                said[word] = best
    for word in ("from", "because"):
        node.data.pop(word, None)
    if said:
        written = {
            w: HAND if isinstance(label, Hand) else keys[label]
            for w, label in sorted(said.items(), key=lambda item: _place_of(item[0]))
        }
        node.data["from"] = (
            written["default"] if list(written) == ["default"] else written
        )
        _because(node.data, said.values())

    def inner(word: str) -> Label | None:
        return said.get(word) or said.get("default") or inherited(word)

    for child in node.inner:
        _place(child, inner, keys)


def _because(data: Spec, labels: Iterable[Label]) -> None:
    reasons = [one.because for one in labels if isinstance(one, Hand) and one.because]
    if reasons:
        data["because"] = reasons[0]
