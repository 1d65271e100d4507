"""Bodies in the encoding aws-chunked, in which clients send what they sign or sum as they go."""

from __future__ import annotations

import re
from dataclasses import replace

from specwright.server.messages import Refusal, Request, serialization

_ENCODING = "aws-chunked"
_LENGTH = "x-amz-decoded-content-length"
_HEAD = re.compile(rb"([0-9A-Fa-f]{1,8})(?:;[^\r\n]*)?\r\n")
_TRAILERS = re.compile(rb"(?:[!-9;-~]+:[^\r\n]*\r\n)*(?:\r\n)?")


def unchunked(request: Request) -> Request:
    """The request with the body that its chunks hold, and without a word of them."""
    named = request.headers.get("content-encoding", "").split(",")
    encodings = [each.strip() for each in named]
    if _ENCODING not in encodings:
        return request
    body = _joined(request.body)
    length = request.headers.get(_LENGTH)
    if length is not None and length != str(len(body)):
        raise _broken("are not as long as they should be")
    headers = {k: v for k, v in request.headers.items() if k != "content-encoding"}
    others = ", ".join(each for each in encodings if each not in ("", _ENCODING))
    if others:
        headers["content-encoding"] = others
    return replace(request, headers=headers, body=body)


def _joined(body: bytes) -> bytes:
    parts: list[bytes] = []
    at = 0
    while True:
        head = _HEAD.match(body, at)
        if head is None:
            raise _broken("have no lengths")
        size, at = int(head[1], 16), head.end()
        if size == 0:
            if _TRAILERS.fullmatch(body, at) is None:
                raise _broken("have no end")
            return b"".join(parts)
        if body[at + size : at + size + 2] != b"\r\n":
            raise _broken("break off")
        parts.append(body[at : at + size])
        at += size + 2


def _broken(how: str) -> Refusal:
    return serialization(f"The chunks of the body {how}.")
