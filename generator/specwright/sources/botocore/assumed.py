"""What private models leave out, taken from what they do say, and from what they are called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from specwright.sources.botocore.values import Json, entries, mapping, text, texts

_NAMES = ("serviceAbbreviation", "serviceFullName", "endpointPrefix", "signingName")
_MORE_NAMES = ("targetPrefix", "uid")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_OTHER = re.compile(r"[^A-Za-z0-9 _-]+")
_TARGETED = frozenset({"json", "smithy-rpc-v2-cbor"})
"""Protocols whose requests name the service that they are for."""
_RPC = frozenset({"ec2", "json", "query", "smithy-rpc-v2-cbor"})
"""Protocols whose operations have one path for all, or one that follows from their names."""
_ONE_PATH = {"method": "POST", "requestUri": "/"}

ANY_VERSION = "1.0"
JSON_VERSION = "1.0"


def assumed(metadata: Json, file: str = "") -> Mapping[str, str]:
    """What a service whose metadata have no id, protocol, version or target has instead.

    All follows from the rest and from the name of the model's file, but versions, which are
    the first that there could be; whoever imports is told of each.
    """
    found: dict[str, str] = {}
    if not metadata:
        return found
    if "serviceId" not in metadata:
        said = [text(metadata, key) or "" for key in (*_NAMES, *_MORE_NAMES)]
        names = map(_id, (*said, *_names_of(file)))
        if (name := next(filter(None, names), None)) is not None:
            found["serviceId"] = name
    protocols = [*texts(metadata, "protocols"), *texts(metadata, "protocol")]
    if "apiVersion" not in metadata:
        found["apiVersion"] = ANY_VERSION
    if "protocol" not in metadata and protocols:
        found["protocol"] = protocols[0]
    if isinstance(version := metadata.get("jsonVersion"), Decimal):
        found["jsonVersion"] = str(version)
    elif "jsonVersion" not in metadata and "json" in protocols:
        found["jsonVersion"] = JSON_VERSION
    if "targetPrefix" not in metadata and _TARGETED.intersection(protocols):
        service_id = found.get("serviceId") or text(metadata, "serviceId") or ""
        if prefix := re.sub("[^A-Za-z0-9]", "", service_id):
            found["targetPrefix"] = prefix
    return found


def with_paths(data: Json, metadata: Json) -> Json:
    """The model with the one path that operations have where a protocol knows no others."""
    if not _RPC.issuperset(texts(metadata, "protocols") + texts(metadata, "protocol")):
        return data
    operations = mapping(data, "operations")
    lacking = {
        name: {**operation, "http": {**_ONE_PATH, **mapping(operation, "http")}}
        for name, operation in entries(operations)
        if not _ONE_PATH.keys() <= mapping(operation, "http").keys()
    }
    return {**data, "operations": {**operations, **lacking}} if lacking else data


def _id(name: str) -> str:
    """The words of a name that an id can have."""
    words = " ".join(_OTHER.sub(" ", name).strip(" _-")[:100].split())
    return words.lstrip("0123456789 _-")


def _names_of(file: str) -> tuple[str, ...]:
    """What a file and its folders are called, without version and what all models are called."""
    parts = [part for part in re.split(r"[/\\\\]", file) if part]
    own = parts.pop().partition(".")[0] if parts else ""
    names = [own, *reversed(parts)]
    return tuple(n for n in names if n != "service-2" and not _DATE.fullmatch(n))
