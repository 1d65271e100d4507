"""Import statements of generated modules, in the order that import sorters want."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from specwright.python.layout import Expression, flat
from specwright.python.quoting import WIDTH

BUILTINS = frozenset({"None", "bool", "bytes", "float", "int", "str", "tuple"})
COLLECTIONS = frozenset({"Mapping", "Sequence"})
TYPING = frozenset({"TYPE_CHECKING", "Literal", "Never", "TypeAlias", "overload"})
DATES = frozenset({"datetime"})
DECIMALS = frozenset({"Decimal"})
STANDARD = COLLECTIONS | TYPING | DATES | DECIMALS
# The words of tables that aren't in the module ``schema``.
HOMES = {
    "all_regions": {"AllRegions"},
    "auth": {"Anonymous", "Auth", "SigV4"},
    "bearer": {"Bearer"},
    "big_decimals": {"BigDecimal"},
    "cbor_events": {"CborEvents"},
    "checksums": {"RequestChecksum", "ResponseChecksum"},
    "compression": {"Compression"},
    "documents": {"Document"},
    "event_answers": {"EventAnswer"},
    "event_requests": {"EventRequest"},
    "event_schema": {"Event", "StreamedEvents", "StreamingEvents", "event_union"},
    "fixed_headers": {"FixedHeader"},
    "host_from": {"HostFrom"},
    "host_prefix": {"HostLabel", "HostPrefix"},
    "http_words": {
        *("EncodedHeader", "Header", "HeaderMap", "Host", "HttpPayload"),
        *("MediaPayload", "QueryMap", "Status"),
    },
    "int_enums": {"IntEnum", "UnknownNumber"},
    "json_events": {"JsonEvents"},
    "last_parts": {"LastParts"},
    "linear_patterns": {"LinearPattern"},
    "look_patterns": {"LookPattern"},
    "maps": {"Map"},
    "patterns": {"Pattern"},
    "sigv2": {"SigV2"},
    "sigv4a": {"SigV4a"},
    "streaming": {
        "StreamedAnswer",
        "StreamedBlob",
        "StreamedRequest",
        "StreamingBlob",
    },
    "streams": {"HttpStream"},
    "structure": {"Structure", "Union"},
    "traits": {"TraitedOperation"},
    "tree_hash": {"TreeHash"},
    "unique_lists": {"UniqueList"},
    "unsigned": {"UnsignedPayload"},
    "values": {"UnknownValue"},
    "xml_events": {"XmlEvents"},
    "xml_words": {"Xml", "XmlName"},
}
# Types that annotations name, in the runtime.
TYPES = {
    "documents": {"JsonDocument"},
    "event_stream": {"EventInput", "EventStream"},
    "streaming": {"StreamingBody", "StreamingInput"},
    "values": {"JsonValue"},
}
# How modules call the package of shapes; no attribute or class begins with an underscore.
SHAPES = "_shapes"


def named(expressions: Iterable[Expression]) -> set[str]:
    """The names that types use, built-in ones apart."""
    found: set[str] = set()
    for expression in expressions:
        text = flat(expression)
        for mark in "[],|":
            text = text.replace(mark, " ")
        found |= set(text.split())
    return found - BUILTINS


def standard_imports(used: Iterable[str]) -> list[str]:
    """The imports of the standard library for some names."""
    names = set(used)
    lines: list[str] = []
    if names & COLLECTIONS:
        lines += import_line("collections.abc", names & COLLECTIONS)
    if names & DATES:
        lines += import_line("datetime", names & DATES)
    if names & DECIMALS:
        lines += import_line("decimal", names & DECIMALS)
    if names & TYPING:
        lines += import_line("typing", names & TYPING)
    return lines


def table_imports(used: set[str]) -> dict[str, set[str]]:
    """The words that tables of members and aliases use, by their modules of the runtime."""
    elsewhere = {name for names in HOMES.values() for name in names}
    found = {module: names & used for module, names in HOMES.items()}
    return {**found, "schema": used - elsewhere}


def runtime_imports(depth: int, names: Mapping[str, set[str]]) -> list[str]:
    """Imports from the shared runtime, by its modules; modules themselves stand under ""."""
    lines: list[str] = []
    for module, used in sorted(names.items()):
        if used:
            home = f"_runtime.{module}" if module else "_runtime"
            lines += import_line(f"{'.' * depth}{home}", used)
    return lines


def checked_imports(
    used: Iterable[str], depth: int, others: Iterable[str] = ()
) -> list[str]:
    """The imports that type checkers alone need: other shapes of the service."""
    names = set(used) - STANDARD
    types = {module: held & names for module, held in TYPES.items()}
    lines = runtime_imports(depth, types)
    lines += others
    if any(name.startswith(f"{SHAPES}.") for name in names):
        lines += import_line("." * (depth - 1), [f"shapes as {SHAPES}"], 4)
    known = {name for held in types.values() for name in held}
    shapes = {name for name in names if "." not in name} - known
    if shapes:
        lines += import_line(f"{'.' * (depth - 1)}shapes", shapes, 4)
    return lines


def blocks(*parts: list[str]) -> list[str]:
    """Imports in blocks, a blank line between those that aren't empty."""
    lines: list[str] = []
    for part in parts:
        if part:
            lines += ["", *part] if lines else part
    return lines


def import_line(module: str, names: Iterable[str], indent: int = 0) -> list[str]:
    """An import, a name a line where it is long."""
    listed = sorted(names, key=sort_key)
    line = f"from {module} import {', '.join(listed)}"
    if indent + len(line) <= WIDTH:
        return [line]
    return [f"from {module} import (", *(f"    {name}," for name in listed), ")"]


def sort_key(name: str) -> tuple[int, str]:
    """Constants, then classes, then the rest."""
    rank = 0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2
    return rank, name
