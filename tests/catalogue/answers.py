"""Random answers of services: what is in them, and how each protocol writes it."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.catalogue import cbor_encoder, json_encoder, xml_encoder
from tests.catalogue.models import (
    is_event_stream,
    is_streamed,
    location,
    payload_of,
    wire_name,
)
from tests.catalogue.values import Draw, structure, value
from tests.protocols.events.frames import Wide, frame

REQUEST_ID = "request-1"
CBOR = "smithy-rpc-v2-cbor"
TYPES = {
    "rest-json": "application/json",
    "json": "application/x-amz-json-1.1",
    CBOR: "application/cbor",
}
XML_TYPE = "text/xml"


@dataclass(frozen=True)
class Answer:
    """An answer on the wire, and the values that it was written from."""

    status: int
    headers: dict[str, str]
    body: bytes
    values: dict[str, Any] = field(default_factory=dict)


def answer(operation: Any, protocol: str, random: Random, fullness: float) -> Answer:
    """A random answer to an operation that went well."""
    shape = operation.output_shape
    status = int(operation.http.get("responseCode", 200))
    if shape is not None and any(
        location(m) == "statusCode" for m in shape.members.values()
    ):
        status = random.choice((status, 200, 202, 207))
    xml = protocol in ("query", "ec2", "rest-xml")
    draw = Draw(random, answer=True, fullness=fullness, xml=xml)
    headers = {
        _id_header(operation): REQUEST_ID,
        "Content-Type": TYPES.get(protocol, XML_TYPE),
    }
    if protocol == CBOR:
        headers["smithy-protocol"] = "rpc-v2-cbor"
    if shape is None:
        return Answer(status, headers, _empty(operation, protocol), {})
    values = structure(shape, draw)
    if operation.name == "GetBucketLocation":
        # S3 always says where, and botocore can't read an answer that doesn't.
        values.setdefault("LocationConstraint", "eu-west-1")
    if operation.http_checksum:
        # A checksum that isn't that of the body would be refused, and rightly.
        values = {n: v for n, v in values.items() if not _is_checksum(shape.members[n])}
    payload = payload_of(shape)
    if payload is not None and not is_event_stream(shape.members[payload]):
        # An empty body may mean an empty payload as well as none.
        member = shape.members[payload]
        values.setdefault(payload, value(member, draw, 1))
        if member.type_name in ("blob", "string"):
            filler = b"payload" if member.type_name == "blob" else "payload"
            values[payload] = values[payload] or filler
    stream = next((n for n, m in shape.members.items() if is_event_stream(m)), None)
    if stream is not None:
        values[stream] = events(shape.members[stream], draw)
        headers["Content-Type"] = "application/vnd.amazon.eventstream"
        body = _stream(shape, stream, values, protocol)
        return Answer(status, headers, body, _placed(shape, values, headers, status))
    if protocol.startswith("rest"):
        if payload is not None and is_streamed(shape.members[payload]):
            for name, member in shape.members.items():
                if (
                    wire_name(member, name).lower() == "content-length"
                    and name in values
                ):
                    values[name] = len(values[payload])
        values = _placed(shape, values, headers, status)
    body = _body(operation, shape, values, protocol, draw)
    return Answer(status, headers, body, values)


def error(
    operation: Any, shape: Any, protocol: str, random: Random, fullness: float
) -> Answer:
    """A random answer that tells of an error."""
    xml = protocol in ("query", "ec2", "rest-xml")
    draw = Draw(random, answer=True, fullness=fullness, xml=xml)
    told = shape.metadata.get("error", {})
    status = int(
        told.get("httpStatusCode", 500 if shape.metadata.get("fault") else 400)
    )
    # Only the protocols with XML have codes that aren't the names of shapes.
    code = str(told.get("code", shape.name)) if xml else shape.name
    values = structure(shape, draw)
    message = "".join(random.choices('ab & <\u00e9"', k=5)).strip() + "."
    own = next((n for n in shape.members if n.lower() == "message"), None)
    values.pop(own or "", None)
    headers = {
        _id_header(operation): REQUEST_ID,
        "Content-Type": TYPES.get(protocol, XML_TYPE),
    }
    written = f"com.example.service#{code}:http://internal.example.com/coral/"
    told_in = random.choice(("x-amzn-errortype", "x-amzn-errortype", "code", "__type"))
    # A member that is bound to the header is there to be filled, and one that is called code
    # leaves no other place.
    names = {wire_name(m, n).lower() for n, m in shape.members.items()}
    bound = not names.isdisjoint({"x-amzn-errortype", "code"})
    in_header = protocol == "rest-json" and (bound or told_in == "x-amzn-errortype")
    if in_header:
        headers["x-amzn-errortype"] = written
    if protocol.startswith("rest"):
        taken = {name.lower(): text for name, text in headers.items()}
        for name, member in shape.members.items():
            if (
                location(member) == "header"
                and wire_name(member, name).lower() in taken
            ):
                values[name] = taken[wire_name(member, name).lower()]
        values = _placed(shape, values, headers, status)
    extra: dict[str, Any] = {
        wire_name(shape.members[own], own) if own else "message": message
    }
    if own is not None:
        values[own] = message
    if protocol == "rest-json" and not in_header:
        extra = {told_in: written, **extra}
    if protocol in ("json", CBOR):
        extra = {"__type": f"com.example.service#{code}", **extra}
        if "awsQueryCompatible" in operation.service_model.metadata:
            headers["x-amzn-query-error"] = f"{told.get('code', code)};Sender"
    if protocol == CBOR:
        body = cbor_encoder.encoded({**extra, **values}, random)
    elif not xml:
        body = json_encoder.body(shape, values, extra)
    else:
        bare = operation.service_model.service_name == "s3"
        body = _xml_error(shape, values, protocol, code, message, own, bare=bare)
    return Answer(status, headers, body, values)


def _xml_error(
    shape: Any,
    values: dict[str, Any],
    protocol: str,
    code: str,
    message: str,
    own: str | None,
    *,
    bare: bool,
) -> bytes:
    # The frame of an error has these elements already.
    taken = {
        name
        for name, m in shape.members.items()
        if wire_name(m, name) in ("Code", "Type")
    }
    values |= {
        name: code for name in taken if wire_name(shape.members[name], name) == "Code"
    }
    rest = {n: each for n, each in values.items() if n != own and n not in taken}
    inner = (
        f"<Code>{code}</Code><Message>{xml_encoder.escaped(message)}</Message>"
        + xml_encoder.members(shape, rest)
    )
    if protocol == "ec2":
        inner = f"<Response><Errors><Error>{inner}</Error></Errors>"
        inner += f"<RequestID>{REQUEST_ID}</RequestID></Response>"
    elif bare:
        inner = f"<Error>{inner}</Error>"
    else:
        inner = (
            f"<ErrorResponse xmlns='urn:a'><Error><Type>Sender</Type>{inner}</Error>"
        )
        inner += f"<RequestId>{REQUEST_ID}</RequestId></ErrorResponse>"
    return inner.encode()


def _is_checksum(member: Any) -> bool:
    name = wire_name(member, "").lower()
    return name.startswith("x-amz-checksum-") and name != "x-amz-checksum-type"


def _id_header(operation: Any) -> str:
    """S3 has a header of its own for the ids of requests."""
    is_s3 = operation.service_model.service_name == "s3"
    return "x-amz-request-id" if is_s3 else "x-amzn-RequestId"


def events(shape: Any, draw: Draw) -> list[dict[str, Any]]:
    """Some events of a stream; its errors are told of elsewhere."""
    kinds = [
        (n, m) for n, m in shape.members.items() if not m.metadata.get("exception")
    ]
    drawn = []
    for _ in range(draw.random.choice((0, 1, 3))):
        name, member = draw.random.choice(kinds)
        inside = structure(member, draw, 1)
        for part, inner in member.members.items():
            if inner.serialization.get("eventpayload"):
                inside.setdefault(part, value(inner, draw, 2))
        drawn.append({name: inside})
    return drawn


def _stream(shape: Any, stream: str, values: dict[str, Any], protocol: str) -> bytes:
    frames = []
    if not protocol.startswith("rest"):
        rest = {name: each for name, each in values.items() if name != stream}
        kind = {":message-type": "event", ":event-type": "initial-response"}
        frames.append(
            frame(
                {**kind, ":content-type": TYPES[protocol]},
                json_encoder.body(shape, rest),
            )
        )
    for each in values[stream]:
        ((name, inside),) = each.items()
        frames.append(
            _event(shape.members[stream].members[name], name, inside, protocol)
        )
    return b"".join(frames)


def _event(shape: Any, name: str, inside: dict[str, Any], protocol: str) -> bytes:
    headers: dict[str, Any] = {":message-type": "event", ":event-type": name}
    rest: dict[str, Any] = {}
    payload: tuple[Any, Any] | None = None
    for part, each in inside.items():
        member = shape.members[part]
        if member.serialization.get("eventheader"):
            headers[part] = Wide(each) if member.type_name == "long" else each
        elif member.serialization.get("eventpayload"):
            payload = member, each
        else:
            rest[part] = each
    if payload is not None and payload[0].type_name in ("blob", "string"):
        raw = payload[1]
        headers[":content-type"] = "application/octet-stream"
        return frame(headers, raw if isinstance(raw, bytes) else raw.encode())
    held, contents = payload or (shape, rest)
    if protocol == "rest-xml":
        headers[":content-type"] = "text/xml"
        root = wire_name(held, name)
        body = "".join(xml_encoder.element(held, contents, root)) if contents else ""
        return frame(headers, body.encode())
    headers[":content-type"] = "application/json"
    return frame(headers, json_encoder.body(held, contents))


def _empty(operation: Any, protocol: str) -> bytes:
    if protocol in ("query", "ec2"):
        return _wrapped(operation, protocol, "", has_result=False)
    return b"{}" if protocol == "json" else b""


def _placed(
    shape: Any, values: dict[str, Any], headers: dict[str, str], status: int
) -> dict[str, Any]:
    """Members put into the headers, and what is left for the body with what was put."""
    placed: dict[str, Any] = {}
    for name, member in shape.members.items():
        where, wire = location(member), wire_name(member, name)
        if where == "statusCode":
            placed[name] = status
        elif name not in values:
            continue
        elif where == "header":
            same = [other for other in headers if other.lower() == wire.lower()]
            headers[same[0] if same else wire] = header(member, values[name])
            placed[name] = values[name]
        elif where == "headers":
            headers |= {f"{wire}{key}": each for key, each in values[name].items()}
            placed[name] = values[name]
        else:
            placed[name] = values[name]
    return placed


def header(shape: Any, inside: Any) -> str:
    """A value as the text of a header."""
    if shape.serialization.get("jsonvalue"):
        return base64.b64encode(json.dumps(inside).encode()).decode()
    if shape.type_name == "list":
        return ", ".join(header(shape.member, each) for each in inside)
    return xml_encoder.scalar(shape, inside, "rfc822")


def _body(
    operation: Any, shape: Any, values: dict[str, Any], protocol: str, draw: Draw
) -> bytes:
    payload = payload_of(shape)
    if payload is not None:
        member, inside = shape.members[payload], values[payload]
        if member.type_name in ("blob", "string"):
            return inside if isinstance(inside, bytes) else inside.encode()
        if protocol == "rest-xml":
            return "".join(
                xml_encoder.element(member, inside, wire_name(member, payload))
            ).encode()
        return json.dumps(json_encoder.encoded(member, inside)).encode()
    if protocol == CBOR:
        return cbor_encoder.encoded(values, draw.random)
    if protocol in ("json", "rest-json"):
        return json_encoder.body(shape, values, {"unheardOf": {"a": [1, None]}})
    inner = xml_encoder.members(shape, values)
    if protocol == "rest-xml":
        if not any(location(m) is None for m in shape.members.values()):
            return b""
        if operation.name == "GetBucketLocation":
            # The one answer without an element around its members (s3UnwrappedXmlOutput).
            return inner.encode()
        root = wire_name(shape, shape.name)
        return f'<?xml version="1.0"?>\n<{root} xmlns="urn:b">{inner}</{root}>'.encode()
    return _wrapped(operation, protocol, inner, has_result=True)


def _wrapped(operation: Any, protocol: str, inner: str, *, has_result: bool) -> bytes:
    name = operation.name
    if protocol == "ec2":
        inner = f"<requestId>{REQUEST_ID}</requestId>{inner}"
    else:
        if has_result:
            inner = f"<{name}Result>{inner}</{name}Result>"
        inner += (
            f"<ResponseMetadata><RequestId>{REQUEST_ID}</RequestId></ResponseMetadata>"
        )
    uri = "https://example.com/doc/"
    return f'<?xml version="1.0"?>\n<{name}Response xmlns="{uri}">{inner}</{name}Response>'.encode()
