"""Merged facts of operations into the documents of their service."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from specwright.sources.pages.draft import SERVICE_FILE, Draft
from specwright.sources.pages.facts import Fact, Member, PageFacts, Source
from specwright.sources.pages.labels import Hand, Spec
from specwright.sources.pages.merge import MODEL, Contradiction, Merged, Merger
from specwright.sources.pages.prose import plain

OPERATIONS_FOLDER = "operations"
_ABOUT = frozenset(
    {
        *("service", "operation", "version", "protocol", "page", "doc", "json_version"),
        *("target_prefix", "waiters"),
    }
)
"""What a page says of more than the operation, or a file says elsewhere."""
_HEAD = frozenset({"specwright", "sources", "from", "service"})
_INFERRED = Source("inferred")
"""The source of what follows from a rule alone, and no page says."""


@dataclass(frozen=True, slots=True)
class Written:
    """The documents of a service with what pages say, and what they contradict."""

    documents: Mapping[str, Spec]
    contradictions: tuple[Contradiction, ...]


def write_documents(
    old: Mapping[str, Spec],
    operations: Sequence[Merged],
    service: Mapping[str, object] | None = None,
    *,
    prefer: tuple[str, ...] = (),
    docs: bool = False,
) -> Written:
    """The documents with what the operations' pages say.

    ``service`` is the service's document in a model, where that completes the pages. What the
    old documents say by hand, every doc, and their structure stay.
    """
    # What is written may not hang on the order in which pages were named.
    operations = sorted(operations, key=lambda m: m.facts.text("operation") or "")
    merger = Merger(prefer, [c for one in operations for c in one.contradictions])
    draft = Draft(
        dict(old),
        merger,
        docs,
        recursive=frozenset(_recursive(operations)),
        current=_sources(operations),
    )
    _service(draft, operations, service)
    for merged in operations:
        _operation(draft, merged)
    return Written(draft.finished(), tuple(merger.found))


def _sources(operations: Sequence[Merged]) -> frozenset[Source]:
    return frozenset(page.source for one in operations for page in one.pages)


def _recursive(operations: Sequence[Merged]) -> Iterator[str]:
    """The names by which members refer to what stands around them."""
    waiting = [
        member
        for one in operations
        for section in (one.facts.input, one.facts.output, one.facts.errors)
        for member in (section or {}).values()
    ]
    while waiting:
        member = waiting.pop()
        if isinstance(name := member.says("ref"), str):
            yield name
        waiting += [
            *(member.members or {}).values(),
            *(part for _, part in member.parts()),
        ]


_NEEDED = ("title", "version", "protocols", "endpoint", "json_version", "target_prefix")
"""What no client can do without, where the service's protocol has it."""


def _service(
    draft: Draft, operations: Sequence[Merged], model: Mapping[str, object] | None
) -> None:
    """The document of the service: what the pages and the model say, where nothing is said yet."""
    fresh = SERVICE_FILE not in draft.documents
    document = draft.documents.setdefault(SERVICE_FILE, {"specwright": 1})
    facts: dict[str, Fact] = {}
    for merged in operations:
        for word in ("service", "version", "target_prefix", "json_version", "protocol"):
            if (fact := merged.facts.facts.get(word)) is not None:
                facts.setdefault(word, fact)
    if (protocol := facts.pop("protocol", None)) is not None:
        facts["protocols"] = Fact(
            [protocol.value], protocol.line, source=protocol.source
        )
    if (named := facts.pop("service", None)) is not None:
        document.setdefault("service", named.value)
    if model is not None:
        source = next(
            (p.source for m in operations for p in m.pages if p.format == MODEL), None
        )
        words = [w for w in model if w not in _HEAD] if fresh else _NEEDED
        facts |= {w: Fact(model[w], 0, source=source) for w in words if w in model}
    for word, fact in facts.items():
        if word not in document:
            document[word] = fact.value
            draft.set_label(document, word, fact.source)


def _operation(draft: Draft, merged: Merged) -> None:
    facts = merged.facts
    name = facts.text("operation") or ""
    path = f"{OPERATIONS_FOLDER}/{name}.yaml"
    document = draft.documents.setdefault(path, {"specwright": 1, "operation": name})
    draft.touched.add(path)
    for word, fact in facts.facts.items():
        if word not in _ABOUT:
            draft.say(document, word, fact, "")
    if draft.docs and (doc := facts.facts.get("doc")) is not None:
        document.setdefault("doc", plain(str(doc.value)))
    if (waiters := facts.facts.get("waiters")) is not None:
        document.setdefault("waiters", waiters.value)
    _http(draft, document, facts)
    for section, members in (("input", facts.input), ("output", facts.output)):
        if members is None or (not members and section not in document):
            continue
        mapping = _section(draft, document, section)
        draft.put_members(mapping, members, path, f"/{section}")
    _labels_by_members(draft, document)
    _errors(draft, document, merged, path)
    _pagination(draft, document, facts)


def _section(draft: Draft, document: Spec, section: str) -> dict[str, object]:
    mapping = document.setdefault(section, {})
    if isinstance(mapping, dict) and isinstance(name := mapping.get("ref"), str):
        members = draft.shapes.get(name, {}).setdefault("members", {})
        return members if isinstance(members, dict) else {}
    return mapping if isinstance(mapping, dict) else {}


def _http(draft: Draft, document: Spec, facts: PageFacts) -> None:
    """Method, path and status: one fact, as far as sources go, which is that of the path."""
    label = draft.label(document, "http")
    if not facts.http or isinstance(label, Hand):
        return
    http = document.setdefault("http", {})
    if not isinstance(http, dict):
        return
    for word, fact in facts.http.items():
        draft.set_label(http, word, label)
        draft.say(http, word, fact, "/http")
    stated = [
        facts.http[word] for word in ("path", "method", "status") if word in facts.http
    ]
    final = draft.label(http, "path") or draft.label(http, "method") or stated[0].source
    draft.set_label(document, "http", final)


_PATH_LABEL = re.compile(r"\{(\w+)(\+?)\}")


def _labels_by_members(draft: Draft, document: Spec) -> None:
    """Spell the path's labels as members are: some pages write their first letters small."""
    http = document.get("http")
    if not isinstance(http, dict) or isinstance(draft.label(document, "http"), Hand):
        return
    members = _section(draft, document, "input") if "input" in document else {}
    bound = {
        name: str(node.get("wire", name))
        for name, node in members.items()
        if isinstance(node, dict) and node.get("in") == "path"
    }
    path = http.get("path")
    if not isinstance(path, str):
        return
    known = {found[1] for found in _PATH_LABEL.finditer(path)} & set(bound.values())
    free = {name: wire for name, wire in bound.items() if wire not in known}

    def named(found: re.Match[str]) -> str:
        folded = found[1].casefold()
        same = [w for n, w in free.items() if folded in (n.casefold(), w.casefold())]
        if found[1] in known or len(same) != 1:
            return found[0]
        return f"{{{same[0]}{found[2]}}}"

    http["path"] = _PATH_LABEL.sub(named, path)


def _errors(draft: Draft, document: Spec, merged: Merged, path: str) -> None:
    errors = merged.facts.errors
    if errors is None:
        return
    label = draft.label(document, "errors")
    if not ("errors" in document and isinstance(label, Hand)):
        old = document.get("errors")
        names = list(old) if isinstance(old, list) else []
        names += [name for name in errors if name not in names]
        document["errors"] = names
        stating = [
            p
            for p in merged.pages
            if p.errors is not None and set(names) <= set(p.errors)
        ]
        ranked = sorted(
            (p.source for p in stating or merged.pages if p.errors is not None),
            key=lambda source: draft.merger.rank(
                "errors", Fact(None, 0, source=source)
            ),
        )
        draft.set_label(
            document, "errors", label if not stating and label else ranked[0]
        )
    for name, error in errors.items():
        _error(draft, name, error, path)


def _error(draft: Draft, name: str, error: Member, path: str) -> None:
    shape = draft.shapes.get(name)
    if shape is None:
        shape = draft.begin(name, path)
    else:
        draft.use(name, path)
    shape.setdefault("type", "structure")
    trait = shape.setdefault("error", {})
    if not isinstance(trait, dict):
        return
    for word, fact in error.facts.items():
        if word == "doc":
            if draft.docs:
                shape.setdefault("doc", plain(str(fact.value)))
            continue
        draft.set_label(trait, word, draft.label(shape, word))
        draft.say(trait, word, fact, f"/errors/{name}")
        draft.set_label(shape, word, draft.label(trait, word))
    if error.members is not None:
        members = shape.setdefault("members", {})
        if isinstance(members, dict):
            draft.put_members(members, error.members, path, f"/errors/{name}/members")


def _pagination(draft: Draft, document: Spec, facts: PageFacts) -> None:
    if not facts.pagination:
        return
    inferred = any(fact.inferred for fact in facts.pagination.values())
    source = _INFERRED if inferred else next(iter(facts.pagination.values())).source
    label = draft.label(document, "pagination")
    if "pagination" in document and (
        isinstance(label, Hand) or (inferred and label not in (None, _INFERRED))
    ):
        return
    old = document.get("pagination") if inferred else None
    document["pagination"] = {
        # What another page let infer is not unsaid by one that says less.
        **(old if isinstance(old, dict) else {}),
        **{word: fact.value for word, fact in facts.pagination.items()},
    }
    draft.set_label(document, "pagination", source)
