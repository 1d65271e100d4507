"""Import statements of generated modules, in the order that import sorters want."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from specwright.python.layout import Expression, flat
from specwright.python.quoting import WIDTH

BUILTINS = frozenset({"None", "bool", "bytes", "float", "int", "str", "tuple"})
COLLECTIONS = frozenset({"Mapping", "Sequence"})
TYPING = frozenset({"TYPE_CHECKING", "Literal", "Never", "TypeAlias", "overload"})
DATES = frozenset({"datetime"})
XML_WORDS = frozenset({"Xml", "XmlName"})
# Words and types of the runtime's modules that not every service has, by module.
HOST_WORDS = frozenset({"HostLabel", "HostPrefix"})
HTTP_WORDS = frozenset(
    {
        *("EncodedHeader", "Header", "HeaderMap", "Host", "HttpPayload"),
        *("MediaPayload", "QueryMap", "Status"),
    }
)
STREAMING_WORDS = frozenset(
    {"StreamedAnswer", "StreamedBlob", "StreamedRequest", "StreamingBlob"}
)
STREAMING_TYPES = frozenset({"StreamingBody", "StreamingInput"})
STREAMS_WORDS = frozenset({"HttpStream"})
EVENT_WORDS = frozenset({"Event", "StreamedEvents", "StreamingEvents", "event_union"})
EVENT_TYPES = frozenset({"EventInput", "EventStream"})
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
    if names & TYPING:
        lines += import_line("typing", names & TYPING)
    return lines


def table_imports(used: set[str]) -> dict[str, set[str]]:
    """The words that tables of members use, by their modules of the runtime."""
    homes = {
        "cbor_events": frozenset({"CborEvents"}),
        "event_answers": frozenset({"EventAnswer"}),
        "event_requests": frozenset({"EventRequest"}),
        "fixed_headers": frozenset({"FixedHeader"}),
        "event_schema": EVENT_WORDS,
        "json_events": frozenset({"JsonEvents"}),
        "linear_patterns": frozenset({"LinearPattern"}),
        "host_prefix": HOST_WORDS,
        "http_words": HTTP_WORDS,
        "patterns": frozenset({"Pattern"}),
        "streaming": STREAMING_WORDS,
        "streams": STREAMS_WORDS,
        "checksums": frozenset({"RequestChecksum", "ResponseChecksum"}),
        "compression": frozenset({"Compression"}),
        "tree_hash": frozenset({"TreeHash"}),
        "unsigned": frozenset({"UnsignedPayload"}),
        "traits": frozenset({"TraitedOperation"}),
        "xml_events": frozenset({"XmlEvents"}),
        "xml_words": XML_WORDS,
    }
    found = {module: used & words for module, words in homes.items()}
    return {**found, "schema": {"Spec"} | used.difference(*homes.values())}


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
    names = set(used) - COLLECTIONS - DATES - TYPING
    runtime = {
        "event_stream": names & EVENT_TYPES,
        "streaming": names & STREAMING_TYPES,
        "values": names & {"JsonValue"},
    }
    lines = runtime_imports(depth, runtime)
    lines += others
    if any(name.startswith(f"{SHAPES}.") for name in names):
        lines += import_line("." * (depth - 1), [f"shapes as {SHAPES}"], 4)
    shapes = {name for name in names if "." not in name}
    shapes -= EVENT_TYPES | STREAMING_TYPES | {"JsonValue"}
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
