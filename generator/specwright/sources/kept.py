"""What people wrote into specs survives a new import: every ``doc``, and what is ``from: hand``.

Everything else is what the source says now. Shapes and members are found again by their names,
whatever file they stood in, and whether or not their shape had a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

HAND = "hand"

Spec: TypeAlias = dict[str, object]
Documents: TypeAlias = Mapping[str, Mapping[str, object]]
"""Documents of one service by their path in its folder."""

_SECTIONS = ("input", "output")
_PARTS = ("item", "key", "value")
_TYPE = ("type", "ref", "members", *_PARTS)
"""What a type consists of: whoever decided it decided all of them."""
_APART = frozenset({*_TYPE, *_SECTIONS, "doc", "from", "because", "shapes", "sources"})
_NAMING = frozenset({"specwright", "operation", "service"})


@dataclass(frozen=True, slots=True)
class _Level:
    facts: Mapping[str, str]
    because: str | None


@dataclass(frozen=True, slots=True)
class _Origin:
    """Where the facts of an old mapping come from, outermost level first."""

    levels: tuple[_Level, ...] = ()
    section: str = ""

    def inside(self, data: Mapping[str, object]) -> _Origin:
        said = data.get("from")
        facts = {"default": said} if isinstance(said, str) else said
        if not isinstance(facts, dict):
            return self
        because = data.get("because")
        level = _Level(
            {k: v for k, v in facts.items() if isinstance(v, str)},
            because if isinstance(because, str) else None,
        )
        return replace(self, levels=(*self.levels, level))

    def hand(self, fact: str) -> _Level | None:
        """The level that says that a fact is by hand, if that is so."""
        for depth, level in reversed(list(enumerate(self.levels))):
            names = (fact, self.section, "default") if depth == 0 else (fact, "default")
            found = next((level.facts[n] for n in names if n in level.facts), None)
            if found is not None:
                return level if found == HAND else None
        return None


@dataclass(frozen=True, slots=True)
class _Old:
    """A mapping of an old document, with where its facts come from and where it stood."""

    data: Mapping[str, object]
    origin: _Origin
    file: str
    path: tuple[str, ...]

    def at(self, key: str) -> _Old | None:
        """What a key holds: a member, shape, item or the like."""
        found = self.names(key)
        if found is None:
            return None
        return replace(found, origin=self.origin.inside(found.data))

    def names(self, key: str) -> _Old | None:
        """What a key holds whose own keys are names, so that 'from' means nothing there."""
        inner = self.data.get(key)
        if not isinstance(inner, dict):
            return None
        return _Old(inner, self.origin, self.file, (*self.path, key))


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something by hand that the new documents have no place for."""

    file: str
    path: tuple[str, ...]


@dataclass(slots=True)
class _Merge:
    old_shapes: dict[str, _Old]
    new_shapes: dict[str, Spec] = field(default_factory=dict)
    dropped: list[Dropped] = field(default_factory=list)
    merged: set[tuple[str, tuple[str, ...]]] = field(default_factory=set)
    """A new shape and the file and path of an old one that were merged."""
    moved: set[str] = field(default_factory=set)
    """Old shapes that live on under another name, or none."""

    def node(self, new: Spec, old: _Old) -> None:
        """Put what is by hand at an old mapping into the new one."""
        facts: dict[str, str] = {}
        because: str | None = None
        whole = (level := old.origin.hand("default")) is not None
        if "doc" in old.data:
            new["doc"] = old.data["doc"]
        said = old.data.get("from")
        named = said if isinstance(said, dict) else {}
        keys = (
            *old.data,
            *(k for k in named if k not in old.data),
            *(["type"] * whole),
        )
        for fact in dict.fromkeys(keys):
            if (
                fact in _APART - {"type"}
                or fact in _NAMING
                or fact in ("default", "match")
            ):
                continue
            level = old.origin.hand(fact)
            wanted = ("type", "ref") if fact == "type" else (fact,)
            if level is not None and any(k in new or k in old.data for k in wanted):
                self._take(fact, new, old)
                facts[fact] = HAND
                because = level.because or because
        if named.get("doc") == HAND and "doc" in old.data:
            facts["doc"], because = HAND, because or _text(old.data.get("because"))
        if facts:
            self._say(new, facts, because, whole=whole and said == HAND)
        if "type" not in facts:
            self._inside(new, old)

    def _take(self, fact: str, new: Spec, old: _Old) -> None:
        keys = {"type": _TYPE, "pattern": ("pattern", "match")}.get(fact, (fact,))
        for key in keys:
            new.pop(key, None)
            if key in old.data:
                new[key] = old.data[key]

    def _say(
        self, new: Spec, facts: dict[str, str], because: str | None, *, whole: bool
    ) -> None:
        said = new.get("from")
        before = said if isinstance(said, dict) else {}
        new["from"] = HAND if whole else {**before, **facts}
        if because is not None:
            new["because"] = because

    def _inside(self, new: Spec, old: _Old) -> None:
        """Go on with what the two hold, whichever of them gave it a name."""
        target = self._target(new)
        source = self._source(old)
        if target is not new:
            name = str(new.get("ref", new.get("type")))
            pair = (name, (source.file, *source.path))
            if source is self.old_shapes.get(name) or pair in self.merged:
                return
            self.merged.add(pair)
        if source is not old:
            self.moved.add(source.path[-1])
            if "doc" in source.data:
                target.setdefault("doc", source.data["doc"])
        for part in _PARTS:
            inner, before = target.get(part), source.at(part)
            if isinstance(inner, dict) and before is not None:
                self.node(inner, before)
        members, before = target.get("members"), source.names("members")
        if before is not None and isinstance(members, dict):
            self.members(members, before)
        elif before is not None:
            self.drop(before)

    def members(self, new: Spec, old: _Old) -> None:
        """Members by their names; those that only the old mapping has stay if by hand."""
        previous: str | None = None
        for name in old.data:
            before = old.at(name)
            if before is None:
                continue
            inner = new.get(name)
            if isinstance(inner, dict):
                self.node(inner, before)
            elif before.origin.hand("default") is not None:
                _insert(new, name, _by_hand(before), previous)
            else:
                self.drop(before)
                continue
            previous = name

    def _target(self, new: Spec) -> Spec:
        name = new.get("ref", new.get("type"))
        return self.new_shapes.get(name, new) if isinstance(name, str) else new

    def _source(self, old: _Old) -> _Old:
        name = old.data.get("ref", old.data.get("type"))
        return self.old_shapes.get(name, old) if isinstance(name, str) else old

    def drop(self, old: _Old) -> None:
        """Remember what is by hand in an old mapping that the new documents lack."""
        if _has_hand(old):
            self.dropped.append(Dropped(old.file, old.path))


def keep(old: Documents, new: Documents) -> tuple[dict[str, Spec], list[Dropped]]:
    """The new documents with what people wrote into the old ones, and what has no place now.

    Old operations that the new documents lack are kept, with the shapes that they reach.
    """
    result = {path: _copy(document) for path, document in new.items()}
    roots = {
        path: _Old(data, _Origin().inside(data), path, ()) for path, data in old.items()
    }
    merge = _Merge(dict(_shapes(roots.values())))
    for document in result.values():
        for name, shape in _entries(document.get("shapes")):
            merge.new_shapes[name] = shape
    for path, root in roots.items():
        if path.startswith("operations/") and path not in result:
            result[path] = _copy(root.data)
            own = dict(_entries(root.data.get("shapes")))
            kept = {n: s for n, s in own.items() if n not in merge.new_shapes}
            result[path].pop("shapes", None)
            if kept:
                result[path]["shapes"] = _copy(kept)
        elif path in result:
            _document(result[path], root, merge)
    for name, old_shape in merge.old_shapes.items():
        if name in merge.new_shapes:
            merge.node(merge.new_shapes[name], old_shape)
    _add_missing(result, merge)
    return result, merge.dropped


def _document(new: Spec, old: _Old, merge: _Merge) -> None:
    merge.node(
        new, replace(old, data={k: v for k, v in old.data.items() if k != "waiters"})
    )
    for name, waiter in _entries(new.get("waiters")):
        before = old.names("waiters")
        inner = before.at(name) if before is not None else None
        if inner is not None and "doc" in inner.data:
            waiter["doc"] = inner.data["doc"]
    for section in _SECTIONS:
        mapping = new.get(section)
        before = old.names(section)
        if before is None:
            continue
        before = _structure(before, section, merge)
        if not isinstance(mapping, dict):
            merge.drop(before)
            continue
        target = mapping.get("ref")
        if isinstance(target, str) and target in merge.new_shapes:
            mapping = merge.new_shapes[target].setdefault("members", {})
        if isinstance(mapping, dict):
            merge.members(mapping, before)


def _structure(old: _Old, section: str, merge: _Merge) -> _Old:
    """The members of an old input or output, where they were defined."""
    name = old.data.get("ref")
    if isinstance(name, str) and name in merge.old_shapes:
        shape = merge.old_shapes[name]
        return replace(shape.names("members") or shape, origin=shape.origin)
    return replace(old, origin=replace(old.origin, section=section))


def _add_missing(documents: dict[str, Spec], merge: _Merge) -> None:
    """Bring back the old shapes that what was kept refers to."""
    waiting = [name for document in documents.values() for name in _named(document)]
    while waiting:
        name = waiting.pop()
        if name in merge.new_shapes or name not in merge.old_shapes:
            continue
        old = merge.old_shapes[name]
        shape = _copy(old.data)
        merge.new_shapes[name] = shape
        path = old.file if old.file in documents else "shapes.yaml"
        head = {
            k: v
            for k, v in documents["service.yaml"].items()
            if k in ("sources", "from")
        }
        document = documents.setdefault(path, {"specwright": 1, **head})
        shapes = document.setdefault("shapes", {})
        if isinstance(shapes, dict):
            shapes[name] = shape
        waiting += _named(shape)
    for name, old in merge.old_shapes.items():
        if name not in merge.new_shapes and name not in merge.moved:
            merge.drop(old)


def _named(value: object) -> Iterator[str]:
    """Every name that may be that of a shape, anywhere in a value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("type", "ref") and isinstance(inner, str):
                yield inner
            elif key == "errors" and isinstance(inner, list):
                yield from (name for name in inner if isinstance(name, str))
            else:
                yield from _named(inner)


def _shapes(roots: Iterable[_Old]) -> Iterator[tuple[str, _Old]]:
    for root in roots:
        shapes = root.names("shapes")
        for name in shapes.data if shapes is not None else ():
            inner = shapes.at(name) if shapes is not None else None
            if inner is not None:
                yield name, inner


def _has_hand(old: _Old) -> bool:
    if isinstance(old.data.get("doc"), str) or old.origin.hand("default") is not None:
        return True
    return any(
        (inner := old.at(key)) is not None and _has_hand(inner) for key in old.data
    )


def _by_hand(old: _Old) -> Spec:
    """A copy of a mapping that is by hand as a whole, and says so itself."""
    result = _copy(old.data)
    level = old.origin.hand("default")
    if "from" not in result and level is not None:
        result["from"] = HAND
        if level.because is not None:
            result["because"] = level.because
    return result


def _insert(mapping: Spec, name: str, value: Spec, previous: str | None) -> None:
    """Add an entry behind another, or at the beginning."""
    entries = list(mapping.items())
    place = next((n + 1 for n, (key, _) in enumerate(entries) if key == previous), 0)
    mapping.clear()
    mapping.update([*entries[:place], (name, value), *entries[place:]])


def _entries(value: object) -> list[tuple[str, Spec]]:
    if not isinstance(value, dict):
        return []
    return [(key, inner) for key, inner in value.items() if isinstance(inner, dict)]


def _copy(value: Mapping[str, object]) -> Spec:
    return {key: _copied(inner) for key, inner in value.items()}


def _copied(value: object) -> object:
    match value:
        case dict():
            return _copy(value)
        case list():
            return [_copied(item) for item in value]
        case _:
            return value


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
