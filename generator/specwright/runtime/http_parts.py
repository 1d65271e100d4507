"""Members in headers, maps and payloads of requests, as the REST protocols bind them."""

from __future__ import annotations

from collections.abc import Iterator

from .http_bindings import encoded, text_of
from .http_words import EncodedHeader, MediaPayload
from .operation import Request, Response
from .schema import Blob, Enum, List, Member, Plan, Schema, String
from .structure import Shaped, is_mapping, is_sequence, plain

# They frame, route or sign a request. Maps of all headers come here, others can't.
RESERVED = frozenset(
    {
        *("host", "transfer-encoding", "connection", "te", "upgrade", "trailer"),
        *("authorization", "content-length", "x-amz-date", "x-amz-security-token"),
    }
)


class PartsPlan(Plan):
    """The members of a class that stand in headers and maps, and its payload."""

    def __init__(self, schema: Schema) -> None:
        members = schema.members
        self.headers = [m for m in members if m.location == "header"]
        self.header_maps = [m for m in members if m.location == "header-map"]
        self.query_maps = [m for m in members if m.location == "query-map"]
        self.payload = next((m for m in members if m.location == "payload"), None)


def payload_of(value: Shaped) -> Member | None:
    """The member that is the whole body."""
    return value.__schema__.plan(PartsPlan).payload


def headers_of(request: Request[Response]) -> list[tuple[str, str]]:
    """The headers of members; the items of a list stand in one, and a header's own member
    wins over an entry of a map."""
    plan = request.__schema__.plan(PartsPlan)
    headers = [
        (member.wire, header_text(member, value))
        for member in plan.headers
        if (value := value_of(request, member)) is not None
    ]
    stated = {name.lower() for name, _ in headers}
    for member in plan.header_maps:
        for key, text in pairs(value_of(request, member)):
            name = (member.wire + key).lower()
            if name in RESERVED:
                raise ValueError(f"a member of {member.name} can't set header {name}")
            if name not in stated:
                headers.append((member.wire + key, str(text)))
    return headers


def with_query_maps(target: str, request: Request[Response]) -> str:
    """The target with the parameters of maps, those apart that it has already."""
    query = target.partition("?")[2]
    stated = {part.partition("=")[0] for part in query.split("&")}
    added: list[str] = []
    for member in request.__schema__.plan(PartsPlan).query_maps:
        for key, value in pairs(value_of(request, member)):
            name = encoded(key)
            if name not in stated:
                texts = value if is_sequence(value) else (value,)
                added += [f"{name}={encoded(str(text))}" for text in texts]
    if not added:
        return target
    return f"{target}{'&' if '?' in target else '?'}{'&'.join(added)}"


def with_type(headers: list[tuple[str, str]], media_type: str) -> None:
    """Add a media type, unless a member has set one."""
    if media_type and all(name.lower() != "content-type" for name, _ in headers):
        headers.append(("Content-Type", media_type))


def plain_body(payload: Member, value: object) -> tuple[bytes, str] | None:
    """The body and the media type of a payload of text or bytes; None for any other."""
    if isinstance(payload.shape, (Blob, String, Enum)):
        stated = payload.media_type if isinstance(payload, MediaPayload) else ""
        if isinstance(value, (bytes, bytearray)):
            return bytes(value), stated or "application/octet-stream"
        return str(value).encode(), stated or "text/plain"
    return None


def header_text(member: Member, value: object) -> str:
    """What a header says."""
    shape = member.shape
    if isinstance(shape, List):
        items = value if is_sequence(value) else ()
        texts = [text_of(shape.item, i, "header") for i in items if i is not None]
        if isinstance(shape.item, (String, Enum)):
            texts = [quoted(text) for text in texts]
        return ", ".join(texts)
    if shape.kind == "document":
        from json import dumps

        return in_base64(dumps(plain(value), separators=(",", ":")))
    text = text_of(shape, value, "header")
    return in_base64(text) if isinstance(member, EncodedHeader) else text


def quoted(text: str) -> str:
    """An item of a list, in quotes where it has some or a comma."""
    if '"' not in text and "," not in text:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def in_base64(text: str) -> str:
    from binascii import b2a_base64

    return b2a_base64(text.encode(), newline=False).decode("ascii")


def value_of(request: Request[Response], member: Member) -> object:
    return getattr(request, member.attr, None)


def pairs(value: object) -> Iterator[tuple[str, object]]:
    """The entries of a map that have values."""
    for key, inner in value.items() if is_mapping(value) else ():
        if inner is not None:
            yield str(key), inner
