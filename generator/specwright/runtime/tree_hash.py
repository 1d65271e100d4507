"""Hashes of archives as a tree: of each mebibyte, of pairs of those hashes, and so on."""

from __future__ import annotations

from collections.abc import Iterable

from .http import HttpRequest, Parts
from .operation import Request, Response
from .traits import Trait

LEAF = 2**20


class TreeHash(Trait):
    """An operation whose archives have hashes, in ``header`` and for the signature."""

    def __init__(self, header: str) -> None:
        self.header = header

    def sent(self, http: HttpRequest, request: Request[Response]) -> HttpRequest:
        """The message with hashes, unless the caller gives one or the body is read once."""
        body = http.body
        if not isinstance(body, bytes | Parts):
            return http
        whole, tree = hashes((body,) if isinstance(body, bytes) else body)
        if self.header not in http.headers:
            http.headers.set(self.header, tree)
        http.headers.set("X-Amz-Content-SHA256", whole)
        return http


def hashes(parts: Iterable[bytes]) -> tuple[str, str]:
    """The SHA-256 of a body, and its tree hash."""
    from hashlib import sha256

    whole = sha256()
    leaves: list[bytes] = []
    held = bytearray()
    for part in parts:
        whole.update(part)
        held += part
        while len(held) >= LEAF:
            leaves.append(sha256(held[:LEAF]).digest())
            del held[:LEAF]
    if held or not leaves:
        leaves.append(sha256(held).digest())
    while len(leaves) > 1:
        pairs = [leaves[at : at + 2] for at in range(0, len(leaves), 2)]
        leaves = [
            sha256(b"".join(pair)).digest() if len(pair) == 2 else pair[0]
            for pair in pairs
        ]
    return whole.hexdigest(), leaves[0].hex()
