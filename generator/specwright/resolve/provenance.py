"""Where facts come from: inherited from the file to the shape, the member and the fact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from specwright.diagnostics import Diagnostic, closest
from specwright.model import Source
from specwright.resolve.cursor import Cursor

HAND = "hand"


@dataclass(frozen=True, slots=True)
class _Level:
    facts: Mapping[str, str]
    because: str | None


@dataclass(frozen=True, slots=True)
class Provenance:
    """The sources of a file and what ``from`` says about them, outermost level first."""

    sources: Mapping[str, Source]
    levels: tuple[_Level, ...] = ()
    section: str = ""

    def inside(self, cursor: Cursor) -> Provenance:
        """The provenance of what a mapping with its own ``from`` holds."""
        if not cursor.has("from"):
            return self
        return replace(self, levels=(*self.levels, _level(cursor)))

    def in_section(self, section: str) -> Provenance:
        """The provenance of one part of a file, such as ``output``."""
        return replace(self, section=section)

    def label(self, *facts: str) -> str | None:
        """What a violation shows as the source of a fact, under any of its names."""
        for depth, level in reversed(list(enumerate(self.levels))):
            # A section is named at the level of the file only, where all of them stand.
            names = (
                (*facts, self.section, "default") if depth == 0 else (*facts, "default")
            )
            for name in names:
                if (key := level.facts.get(name)) is not None:
                    return self._label(key, level)
        return None

    def _label(self, key: str, level: _Level) -> str | None:
        if key == HAND:
            return f"{HAND}: {level.because}" if level.because else HAND
        source = self.sources.get(key)
        return source.label if source is not None else None


def read_provenance(root: Cursor) -> Provenance:
    """The provenance that a file begins with."""
    sources = {
        key: Source(
            key,
            source.text("format") or "",
            source.text("page"),
            source.text("version"),
        )
        for key, source in root.at("sources").entries()
    }
    return Provenance(sources).inside(root)


def check_from(cursor: Cursor, provenance: Provenance) -> list[Diagnostic]:
    """Sources that ``from`` names and the file does not have, and hands without a reason."""
    origin = cursor.at("from")
    named = origin.entries() or (
        [("default", origin)] if origin.value is not None else []
    )
    findings: list[Diagnostic] = []
    by_hand = [where for _, where in named if where.value == HAND]
    for _, source in named:
        key = source.value
        if not isinstance(key, str) or key == HAND or key in provenance.sources:
            continue
        known = [*provenance.sources, HAND]
        hint = closest(key, known) or "the file's 'sources' has: " + ", ".join(
            known[:-1]
        )
        if not provenance.sources:
            hint = "list it under the file's 'sources'"
        findings.append(
            Diagnostic(
                "unknown-source", f"there is no source '{key}'", source.where, hint
            )
        )
    if by_hand and not cursor.has("because"):
        findings.append(
            Diagnostic(
                "missing-because",
                "'from: hand' stands without 'because'",
                by_hand[0].where,
                "write down why, so that the next person knows whether it still holds",
            )
        )
    if cursor.has("because") and not by_hand:
        findings.append(
            Diagnostic(
                "needless-because",
                "'because' gives a reason for nothing: no fact here is 'from: hand'",
                cursor.at("because").name_where,
                "say which fact is by hand, or remove it",
                "warning",
            )
        )
    return findings


def _level(cursor: Cursor) -> _Level:
    origin = cursor.at("from")
    facts = {key: c.value for key, c in origin.entries() if isinstance(c.value, str)}
    if isinstance(origin.value, str):
        facts = {"default": origin.value}
    return _Level(facts, cursor.text("because"))
