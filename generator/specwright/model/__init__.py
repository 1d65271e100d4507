"""The language-neutral model: services, operations, shapes and members, by wire names only."""

from specwright.model.service import (
    Endpoint,
    Http,
    Operation,
    Pagination,
    Service,
    Source,
    children,
)
from specwright.model.shapes import (
    AGGREGATES,
    INTEGERS,
    NUMBERS,
    PRIMITIVES,
    Bounds,
    Constraints,
    ErrorTrait,
    Location,
    MatchMode,
    Member,
    Shape,
    ShapeType,
    TimestampFormat,
)

__all__ = [
    "AGGREGATES",
    "INTEGERS",
    "NUMBERS",
    "PRIMITIVES",
    "Bounds",
    "Constraints",
    "Endpoint",
    "ErrorTrait",
    "Http",
    "Location",
    "MatchMode",
    "Member",
    "Operation",
    "Pagination",
    "Service",
    "Shape",
    "ShapeType",
    "Source",
    "TimestampFormat",
    "children",
]
