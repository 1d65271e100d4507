"""What private models leave out of their metadata, taken from what they do say of the service."""

from __future__ import annotations

import re
from collections.abc import Mapping

from specwright.sources.botocore.values import Json, text, texts

_NAMES = ("serviceAbbreviation", "serviceFullName", "endpointPrefix", "signingName")
_MORE_NAMES = ("targetPrefix", "uid")
_OTHER = re.compile(r"[^A-Za-z0-9 _-]+")
_VERSIONED = frozenset({"ec2", "query"})
"""Protocols whose messages tell the version of the service."""

ANY_VERSION = "1.0"


def assumed(metadata: Json) -> Mapping[str, str]:
    """An id and a version for a service whose metadata have none, as far as they follow."""
    found: dict[str, str] = {}
    if not metadata:
        return found
    if "serviceId" not in metadata:
        for key in (*_NAMES, *_MORE_NAMES):
            name = _OTHER.sub(" ", text(metadata, key) or "").strip(" _-")[:100]
            name = " ".join(name.split()).lstrip("0123456789 _-")
            if name:
                found["serviceId"] = name
                break
    protocols = {*texts(metadata, "protocols"), *texts(metadata, "protocol")}
    if "apiVersion" not in metadata and not protocols & _VERSIONED:
        found["apiVersion"] = ANY_VERSION
    return found
