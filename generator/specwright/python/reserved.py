"""Names that generated code keeps for itself; a name of a spec gives way to them."""

from __future__ import annotations

import keyword

from specwright.runtime.lazy import EXPORTS

# Soft keywords are names like any other, and newer Pythons have more of them.
KEYWORDS = frozenset(keyword.kwlist)

# Names that Windows keeps for devices, whatever their ending: no file can be called so.
DEVICES = frozenset({"con", "prn", "aux", "nul"}) | {
    f"{port}{number}" for port in ("com", "lpt") for number in range(10)
}

# Types that annotations in a class name; an attribute of the class would hide them there.
TYPES = frozenset({"bool", "bytes", "datetime", "float", "int", "str"})

# What a class's own surface needs; a member of the same name gets an underscore.
STRUCTURE = TYPES | {
    "from_dict",
    "to_dict",
    "violations",
    "validate",
    "replace",
    "self",
}
UNION = STRUCTURE | {"kind", "value", "unknown", "overload", "super"}
RESPONSE = STRUCTURE | {"response_metadata"}
ERROR = STRUCTURE | {
    "add_note",
    "args",
    "code",
    "fault",
    "message",
    "request_id",
    "response_metadata",
    "retryable",
    "status",
    "super",
    "unset_members",
    "with_traceback",
}

CLIENT = TYPES | frozenset(
    {
        "close",
        "endpoint_url",
        "operations",
        "paginate",
        "parse",
        "prepare",
        "region",
        "send",
        "service",
        "sign",
        "wait",
        "with_options",
    }
)

# Words that generated modules use, in annotations, tables and defaults.
MODULE_WORDS = frozenset(
    {
        "TYPE_CHECKING",
        "TypeAlias",
        "Literal",
        "Mapping",
        "Never",
        "Sequence",
        "annotations",
        "datetime",
        "overload",
        "bool",
        "bytes",
        "float",
        "int",
        "str",
        "property",
        "super",
        "Decimal",
        "JsonDocument",
        "JsonValue",
        "UnknownNumber",
        "UnknownValue",
        "AllRegions",
        "Anonymous",
        "Auth",
        "Bearer",
        "BearerToken",
        "SigV2",
        "SigV4",
        "SigV4a",
        "Operation",
        "Http",
        "Pagination",
        "PaginatedRequest",
        "PathPagination",
        "Request",
        "Response",
        "ResponseMetadata",
        "Structure",
        "Union",
        "ServiceError",
        "Pattern",
        "LinearPattern",
        "Spec",
        "SPEC",
        "structure",
        "Body",
        "Path",
        "Query",
        "Header",
        "EncodedHeader",
        "HeaderMap",
        "Host",
        "HostFrom",
        "HostLabel",
        "HostPrefix",
        "HttpPayload",
        "LastParts",
        "MediaPayload",
        "QueryMap",
        "HttpStream",
        "CborEvents",
        "Event",
        "EventAnswer",
        "EventInput",
        "EventRequest",
        "EventStream",
        "JsonEvents",
        "StreamedEvents",
        "StreamingEvents",
        "XmlEvents",
        "event_union",
        "StreamedAnswer",
        "StreamedBlob",
        "StreamedRequest",
        "StreamingBlob",
        "StreamingBody",
        "StreamingInput",
        "TraitedOperation",
        "TreeHash",
        "FixedHeader",
        "Compression",
        "RequestChecksum",
        "ResponseChecksum",
        "UnsignedPayload",
        "Status",
        "Boolean",
        "Byte",
        "Short",
        "Integer",
        "Long",
        "BigInteger",
        "Float",
        "Double",
        "BigDecimal",
        "String",
        "Enum",
        "IntEnum",
        "Blob",
        "Timestamp",
        "Document",
        "List",
        "UniqueList",
        "Map",
        "Ref",
        "Xml",
        "XmlName",
        "lazy",
        "errors",
        "shapes",
    }
)

ROOT = frozenset(name for names in EXPORTS.values() for name in names) | {
    "ChecksumError",
    "StreamingBody",
    "StreamingInput",
    "errors",
    "shapes",
    "client",
    "async_client",
    "operations",
    "service",
    "waiters",
    "strategies",
    "WaiterError",
    "WaiterFailedError",
    "WaiterTimeoutError",
}

# What a module of waiters has of its own.
WAITERS = frozenset({"TYPE_CHECKING", "annotations"})

# An operation's constant is its module's name in capitals.
OPERATION_MODULES = DEVICES | {word.lower() for word in MODULE_WORDS if word.isupper()}
