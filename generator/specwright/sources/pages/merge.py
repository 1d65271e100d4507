"""Facts of several pages about one operation to one set of facts, each with its source."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from specwright.sources.pages.error_names import Codes, with_one_name
from specwright.sources.pages.facts import (
    PARTS,
    Fact,
    Facts,
    Member,
    Members,
    PageFacts,
    Value,
    escaped,
)

MODEL = "botocore"
_USUAL = ("api-reference", "js-v3", "dart", "boto3-rst")
_FIRST: Mapping[str, tuple[str, ...]] = {
    "type": ("js-v3", "api-reference", "boto3-rst", "dart"),
    "enum": ("js-v3", "api-reference", "boto3-rst", "dart"),
    "shape": ("js-v3", "api-reference", "dart"),
    "fault": ("js-v3", "api-reference"),
    "in": ("dart", "api-reference"),
    "wire": ("dart", "api-reference"),
    "timestamp": ("dart", "api-reference"),
    "method": ("dart", "api-reference"),
    "path": ("api-reference", "dart"),
    "operation": ("boto3-rst", "js-v3", "api-reference", "dart"),
    "doc": ("api-reference", "boto3-rst", "dart", "js-v3"),
}
"""Which format is believed first, by fact; the others follow in the usual order."""
_TREE = ("boto3-rst", "js-v3", "dart", "api-reference", MODEL)
"""Whose members come first, in their order."""
_WHOLE = frozenset({"byte", "short", "integer", "long"})
_REAL = frozenset({"float", "double"})


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two sources that say different things of one fact; the first is believed."""

    pointer: str
    word: str
    kept: Fact
    other: Fact


@dataclass(frozen=True, slots=True)
class Merged:
    """One operation as all its pages describe it."""

    facts: PageFacts
    pages: tuple[PageFacts, ...]
    contradictions: tuple[Contradiction, ...] = ()


@dataclass(slots=True)
class Merger:
    """Merges facts under a preference, and gathers contradictions."""

    prefer: tuple[str, ...] = ()
    found: list[Contradiction] = field(default_factory=list)

    def facts(self, several: Iterable[Facts], pointer: str) -> dict[str, Fact]:
        """For each word the fact that is believed."""
        by_word: dict[str, list[Fact]] = {}
        for facts in several:
            for word, fact in facts.items():
                by_word.setdefault(word, []).append(fact)
        return {
            word: self.fact(word, facts, pointer) for word, facts in by_word.items()
        }

    def fact(self, word: str, facts: Sequence[Fact], pointer: str) -> Fact:
        """The fact that is believed among several."""
        order = sorted(facts, key=lambda fact: self.rank(word, fact))
        best = order[0]
        for other in order[1:]:
            best = self._settle(word, best, other, pointer)
        return best

    def _settle(self, word: str, best: Fact, other: Fact, pointer: str) -> Fact:
        if same(word, best.value, other.value):
            return best
        if word == "path" and (fuller := fuller_path(best.value, other.value)):
            return best if fuller == best.value else other
        if word in ("length", "range"):
            both = limits_of_both(best.value, other.value)
            if both is not None:
                # The one that states both ends says all of it.
                fuller = other if both == other.value else best
                return replace(fuller, value=both)
        if word == "type":
            kinds = {str(best.value), str(other.value)}
            if kinds == {"structure", "union"}:
                return best if best.value == "union" else other
            if other.inferred and (kinds <= _WHOLE or kinds <= _REAL):
                return best
        if word in _SILENT or other.inferred:
            return best
        self.found.append(Contradiction(pointer, word, best, other))
        return best

    def rank(self, word: str, fact: Fact) -> tuple[object, ...]:
        """The lower, the more believed: what is stated before what is inferred."""
        name = fact.source.format if fact.source is not None else ""
        preferred = self.prefer.index(name) if name in self.prefer else len(self.prefer)
        order = (*_FIRST.get(word, ()), *_USUAL)
        believed = order.index(name) if name in order else len(order) + (name == MODEL)
        return preferred, fact.inferred, believed, fact.file, fact.line

    def members(self, several: Sequence[Members], pointer: str) -> dict[str, Member]:
        """Members by name, in the order of the first of several."""
        names: list[str] = []
        grouped: dict[str, list[Member]] = {}
        for members in several:
            for name, member in members.items():
                known = match_name(name, member, names, grouped)
                if known is None:
                    names.append(name)
                    known = name
                elif known != name and member.says("wire") == known:
                    # One page prints what messages have; the other one knows the name.
                    names[names.index(known)] = name
                    grouped[name] = grouped.pop(known)
                    known = name
                grouped.setdefault(known, []).append(member)
        return {
            name: self.member(grouped[name], f"{pointer}/{escaped(name)}")
            for name in names
        }

    def member(self, several: Sequence[Member], pointer: str) -> Member:
        """One member of several."""
        types = [m.facts["type"] for m in several if "type" in m.facts]
        if types and Merger(self.prefer).fact("type", types, "").value == "list":
            several = [of_items(m) if "type" not in m.facts else m for m in several]
        facts = self.facts((m.facts for m in several), pointer)
        kind = facts["type"].value if "type" in facts else None
        if "ref" in facts and "type" in facts:
            # What one page writes out, another one only names.
            facts.pop("ref")
        held = [m.members for m in several if m.members is not None]
        members = None
        if held and kind in ("structure", "union", None):
            members = self.members(held, f"{pointer}/members")
        parts: dict[str, Member | None] = dict.fromkeys(PARTS)
        for word in PARTS:
            inner = [part for m in several for name, part in m.parts() if name == word]
            if inner and kind in (("list", None) if word == "item" else ("map", None)):
                parts[word] = self.member(inner, f"{pointer}/{word}")
        return Member(several[0].line, facts, members, **parts)


OF_ITEMS = frozenset({"enum", "length", "match", "pattern", "range"})
"""What a page says of a list's items, where it doesn't say that the member is a list."""


def of_items(member: Member) -> Member:
    """A member that turned out to be a list, with what is said of its items at them."""
    moved = {word: fact for word, fact in member.facts.items() if word in OF_ITEMS}
    if not moved:
        return member
    facts = {word: fact for word, fact in member.facts.items() if word not in moved}
    item = (member.item or Member(member.line)).stating(**moved)
    return replace(member, facts=facts, item=item)


_SILENT = frozenset(
    {"shape", "shared", "doc", "ref", "required", "service", "version", "page"}
)


def match_name(
    name: str,
    member: Member,
    names: Collection[str],
    known: Mapping[str, Sequence[Member]],
) -> str | None:
    """The name under which a member is known: formats differ in case, or print the wire name."""
    if name in names:
        return name
    folded = [n for n in names if n.casefold() == name.casefold()]
    if len(folded) == 1:
        return folded[0]
    wire = member.says("wire")
    wired = [
        n
        for n in names
        if any(
            other.says("wire") == name
            or (wire is not None and wire in (n, other.says("wire")))
            for other in known[n]
        )
    ]
    return wired[0] if len(wired) == 1 else None


def same(word: str, one: Value, other: Value) -> bool:
    """True for values that mean the same."""
    if word == "enum" and isinstance(one, list) and isinstance(other, list):
        return set(one) == set(other)
    if word == "path" and isinstance(one, str) and isinstance(other, str):
        # What labels are called is told by members.
        return _unnamed(one).casefold() == _unnamed(other).casefold()
    return one == other


_PATH_LABEL = re.compile(r"\{\w+(\+?)\}")


def _unnamed(path: str) -> str:
    return _PATH_LABEL.sub(r"{\1}", path)


def fuller_path(one: Value, other: Value) -> Value:
    """The path that has the first label of a bucket, which the other leaves to the host; or None."""
    for full, short in ((one, other), (other, one)):
        if isinstance(full, str) and isinstance(short, str):
            rest = full.removeprefix("/{Bucket}")
            if rest != full and same("path", rest, short.removeprefix("/")):
                return full
            if rest != full and same("path", rest, short):
                return full
    return None


def limits_of_both(one: Value, other: Value) -> list[Value] | None:
    """Limits of which each states what the other leaves open; None where they differ."""
    if (
        not isinstance(one, list)
        or not isinstance(other, list)
        or len(one) != len(other)
    ):
        return None
    pairs = list(zip(one, other, strict=True))
    if any(a is not None and b is not None and a != b for a, b in pairs):
        return None
    return [b if a is None else a for a, b in pairs]


def merge(
    pages: Sequence[PageFacts],
    prefer: tuple[str, ...] = (),
    errors_known: Codes | None = None,
) -> Merged:
    """Merge the pages of one operation; ``prefer`` are formats that are believed first.

    ``errors_known`` are the errors of the spec that there is, with their codes.
    """
    merger = Merger(prefer)
    pages = with_one_name(pages, errors_known or {})
    sourced = [with_source(page) for page in pages]
    order = sorted(sourced, key=lambda p: (_TREE.index(p.format), p.page))
    sections = {
        section: [m for page in order if (m := getattr(page, section)) is not None]
        for section in ("input", "output", "errors")
    }
    input_, output, errors = (
        merger.members(found, f"/{section}") if found else None
        for section, found in sections.items()
    )
    merged = PageFacts(
        ", ".join(page.page for page in order),
        order[0].format,
        merger.facts((p.facts for p in order), ""),
        merger.facts((p.http for p in order), "/http"),
        input_,
        output,
        errors,
        _pagination(merger, order),
    )
    return Merged(merged, tuple(pages), tuple(merger.found))


def _pagination(merger: Merger, pages: Sequence[PageFacts]) -> Facts:
    """What is stated as a whole goes before what members suggest."""
    stated = [p.pagination for p in pages if p.format == MODEL and p.pagination]
    found = stated or [p.pagination for p in pages if p.pagination]
    return merger.facts(found, "/pagination")


def with_source(page: PageFacts) -> PageFacts:
    """The page with its source at each of its facts."""
    source, file = page.source, page.page

    def facts(of: Facts) -> dict[str, Fact]:
        return {w: replace(f, source=source, file=file) for w, f in of.items()}

    def members(of: Members | None) -> Members | None:
        return None if of is None else {n: member(m) for n, m in of.items()}

    def part(of: Member | None) -> Member | None:
        return None if of is None else member(of)

    def member(of: Member) -> Member:
        inner: Callable[[Member | None], Member | None] = part
        return Member(
            of.line,
            facts(of.facts),
            members(of.members),
            inner(of.item),
            inner(of.key),
            inner(of.value),
        )

    return replace(
        page,
        facts=facts(page.facts),
        http=facts(page.http),
        input=members(page.input),
        output=members(page.output),
        errors=members(page.errors),
        pagination=facts(page.pagination),
    )
