"""Headers of two requests that say the same in different words: lists, types and checksums."""

from __future__ import annotations

import hashlib
import zlib
from base64 import b64encode
from collections.abc import Callable
from typing import Any

from tests.catalogue.messages import content
from tests.catalogue.models import location, payload_of, wire_name

DIGESTS: dict[str, Callable[[bytes], bytes]] = {
    "content-md5": lambda body: hashlib.md5(body).digest(),
    "x-amz-checksum-crc32": lambda body: zlib.crc32(body).to_bytes(4, "big"),
    "x-amz-checksum-sha1": lambda body: hashlib.sha1(body).digest(),
    "x-amz-checksum-sha256": lambda body: hashlib.sha256(body).digest(),
}


def align(
    model: Any,
    protocol: str,
    ours: tuple[dict[str, Any], Any],
    theirs: tuple[dict[str, Any], Any],
) -> None:
    """Make headers of two requests equal that mean the same; each comes with its body."""
    (made, our_body), (expected, their_body) = ours, theirs
    _checksums(made["headers"], our_body, expected["headers"], their_body)
    _lists_in_headers(model, made["headers"], expected["headers"])
    _type_of_body(
        model, protocol, made["headers"], expected["headers"], expected["body"]
    )


def _checksums(
    ours: dict[str, str], our_body: Any, theirs: dict[str, str], their_body: Any
) -> None:
    """A checksum that differs because the bytes do, as with the order of members, is as good
    as the other where both fit their own bytes."""
    for name, digest in DIGESTS.items():
        if name in ours and name in theirs and ours[name] != theirs[name]:
            fits = [
                b64encode(digest(content(body))).decode() == headers[name]
                for headers, body in ((ours, our_body), (theirs, their_body))
            ]
            if all(fits):
                theirs[name] = ours[name]


def _lists_in_headers(model: Any, *sides: dict[str, str]) -> None:
    """Take the spaces away that may follow the commas between the items of a list, and a list
    without items, which Smithy's protocol tests have sent (NullAndEmptyHeaders) and botocore
    leaves out.
    """
    members = model.input_shape.members if model.input_shape is not None else {}
    for name, member in members.items():
        wire = wire_name(member, name).lower()
        if location(member) == "header" and member.type_name == "list":
            for headers in sides:
                if wire in headers:
                    headers[wire] = headers[wire].replace(", ", ",")
                if headers.get(wire) == "":
                    del headers[wire]


def _type_of_body(
    model: Any, protocol: str, ours: dict[str, str], theirs: dict[str, str], body: Any
) -> None:
    """Put in the Content-Type that a REST protocol has and botocore leaves away."""
    if not protocol.startswith("rest") or "content-type" in theirs:
        return
    payload = payload_of(model.input_shape)
    kind = model.input_shape.members[payload].type_name if payload else "structure"
    usual = {"blob": "application/octet-stream", "string": "text/plain"}.get(kind)
    if usual is not None and ours.get("content-type") == usual:
        del ours["content-type"]
    elif usual is None and body and protocol == "rest-xml":
        theirs["content-type"] = "application/xml"
