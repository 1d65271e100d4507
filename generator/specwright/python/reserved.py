"""Names that generated code keeps for itself; a name of a spec gives way to them."""

from __future__ import annotations

import keyword

from specwright.runtime.lazy import EXPORTS

KEYWORDS = frozenset(keyword.kwlist) | frozenset(keyword.softkwlist)

# What a class's own surface needs; a member of the same name gets an underscore.
STRUCTURE = frozenset({"from_dict", "to_dict", "violations", "validate", "replace", "self"})
UNION = STRUCTURE | {"kind", "value", "unknown"}
RESPONSE = STRUCTURE | {"response_metadata"}
ERROR = STRUCTURE | {
    "add_note",
    "args",
    "code",
    "fault",
    "request_id",
    "response_metadata",
    "retryable",
    "status",
    "unset_members",
    "with_traceback",
}

CLIENT = frozenset(
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
        "JsonValue",
        "UnknownValue",
        "Operation",
        "Http",
        "Pagination",
        "PaginatedRequest",
        "Request",
        "Response",
        "ResponseMetadata",
        "Structure",
        "Union",
        "ServiceError",
        "Pattern",
        "Spec",
        "SPEC",
        "structure",
        "Body",
        "Path",
        "Query",
        "Header",
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
        "Blob",
        "Timestamp",
        "Document",
        "List",
        "Map",
        "Ref",
        "lazy",
        "errors",
        "shapes",
    }
)

ROOT = frozenset(name for names in EXPORTS.values() for name in names) | {
    "errors",
    "shapes",
    "client",
    "async_client",
    "operations",
    "service",
    "waiters",
    "strategies",
}
