"""Where botocore is wrong or lossy, and what the specification of Smithy says there.

Each entry is for one operation and one place in it; ``*`` stands for one step of a JSON
Pointer. A run of the whole catalogue fails on an entry that it had no need of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST = 20


@dataclass(frozen=True)
class Allowed:
    """One known disagreement. ``section`` is the part of the specification that decides."""

    service: str
    operation: str
    kind: str
    pointer: str
    section: str
    because: str

    def covers(self, service: str, operation: str, kind: str, pointer: str) -> bool:
        """Whether a disagreement is this one."""
        pattern = re.escape(self.pointer).replace(r"\*", "[^/]+")
        return (service, operation) == (self.service, self.operation) and (
            kind == self.kind and re.fullmatch(pattern, pointer) is not None
        )


ALLOWED: tuple[Allowed, ...] = (
    Allowed(
        "s3",
        "GetBucketNotification",
        "response",
        "/values/*/Event",
        "https://smithy.io/2.0/spec/protocol-traits.html#flattened-list-serialization",
        "The deprecated Event and the flattened list Events share the element Event; of several, "
        "botocore puts the parser's own objects in the place of a text.",
    ),
)
