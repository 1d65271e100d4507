"""Requests by meaning, and where two values differ."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree

from botocore import parsers

# Said by a client of itself, of the attempt, of the connection or of the signature.
LEFT_OUT = {
    "authorization",
    "connection",
    "content-length",
    "date",
    "expect",
    "host",
    "user-agent",
    "x-amz-content-sha256",
    "x-amz-date",
    "x-amz-user-agent",
}
SPECIAL = ("NaN", "Infinity", "-Infinity")
# Seconds of a date that are whole, with a fraction of nothing.
WHOLE_SECONDS = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.0+Z")


@dataclass(frozen=True)
class Difference:
    """One place, as a JSON Pointer, where two sides say different things."""

    pointer: str
    ours: object
    theirs: object

    def __str__(self) -> str:
        return f"{self.pointer or '/'}: ours {_short(self.ours)}, botocore {_short(self.theirs)}"


class Nothing:
    """Stands for what one side lacks."""

    def __repr__(self) -> str:
        return "nothing"


ABSENT = Nothing()


def request(
    method: str, url: str, headers: Iterable[tuple[str, object]], body: object
) -> dict[str, Any]:
    """What a request says, as a tree."""
    split = urlsplit(url)
    named: dict[str, str] = {}
    for name, value in headers:
        text = value.decode() if isinstance(value, bytes) else str(value)
        if name.lower() not in LEFT_OUT and not name.lower().startswith("amz-sdk-"):
            # Parameters such as a charset say nothing that the type doesn't.
            named[name.lower()] = (
                text.partition(";")[0] if name.lower() == "content-type" else text
            )
    query: dict[str, list[str]] = {}
    for name, text in parse_qsl(split.query, keep_blank_values=True):
        query.setdefault(name, []).append(text)
    raw = content(body)
    return {
        "method": method,
        "host": split.netloc,
        "path": split.path,
        "query": query,
        "headers": named,
        "body": meaning(raw, named.get("content-type", "")),
    }


def content(body: object) -> bytes:
    """All of a body, whatever holds it."""
    if body is None:
        return b""
    if isinstance(body, str):
        return body.encode()
    if isinstance(body, (bytes, bytearray)):
        return bytes(body)
    if hasattr(body, "read"):
        read: bytes = body.read()
        return read
    assert isinstance(body, Iterable), type(body)
    return b"".join(bytes(part) for part in body)


def meaning(body: bytes, kind: str) -> Any:
    """A body as what it stands for; as bytes where it is nothing that its type promises."""
    try:
        if "json" in kind and body:
            return json.loads(body)
        if "form-urlencoded" in kind:
            return dict(parse_qsl(body.decode(), keep_blank_values=True))
        if "cbor" in kind and body:
            return from_cbor(body)
        if body.startswith(b"<"):
            return canonical(ElementTree.fromstring(body))
    except (ValueError, ElementTree.ParseError):
        return body
    return body


def from_cbor(body: bytes) -> Any:
    """What botocore finds in CBOR."""
    parser = parsers.create_parser("smithy-rpc-v2-cbor")
    return parser.parse_data_item(parser.get_peekable_stream_from_bytes(body))


def canonical(element: ElementTree.Element) -> dict[str, Any]:
    """An element as a tree in which elements of one name keep their order."""
    tree: dict[str, Any] = {f"@{n}": v for n, v in sorted(element.attrib.items())}
    for child in element:
        tree.setdefault(child.tag, []).append(canonical(child))
    if not len(element):
        tree["#"] = element.text or ""
    return {"<>": element.tag, **tree}


def differences(ours: object, theirs: object, pointer: str = "") -> list[Difference]:
    """Every place where two nested values differ."""
    if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
        names = [*ours, *(name for name in theirs if name not in ours)]
        return [
            found
            for name in names
            for found in differences(
                ours.get(name, ABSENT),
                theirs.get(name, ABSENT),
                f"{pointer}/{escaped(name)}",
            )
        ]
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        return [
            found
            for place, (mine, other) in enumerate(zip(ours, theirs, strict=True))
            for found in differences(mine, other, f"{pointer}/{place}")
        ]
    return [] if same(ours, theirs) else [Difference(pointer, ours, theirs)]


def same(ours: object, theirs: object) -> bool:
    """Whether two single values are equal: moments to the millisecond, NaN to itself, dates
    with and without a fraction of nothing (botocore adds one for some services).
    """
    if isinstance(ours, datetime) and isinstance(theirs, datetime):
        return abs(ours - theirs) < timedelta(milliseconds=1)
    numbers = (int, float, Decimal)
    if isinstance(ours, numbers) and isinstance(theirs, numbers):
        truth = isinstance(ours, bool) is isinstance(theirs, bool)
        return truth and (ours == theirs or (ours != ours and theirs != theirs))
    if isinstance(ours, float) and theirs in SPECIAL:
        # botocore leaves the texts of JSON for these numbers as they are.
        return repr(ours) == repr(float(str(theirs)))
    if isinstance(ours, str) and isinstance(theirs, str):
        return ours == theirs or ours == WHOLE_SECONDS.sub(r"\1Z", theirs)
    return isinstance(ours, str) is isinstance(theirs, str) and ours == theirs


def escaped(name: object) -> str:
    """A step of a JSON Pointer."""
    return str(name).replace("~", "~0").replace("/", "~1")


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) < 160 else f"{text[:150]}… ({len(text)} characters)"
