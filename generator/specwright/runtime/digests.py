"""Checksums by the names that services give them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from .errors import TransportError


class ChecksumError(TransportError):
    """What arrived is not what the service has sent: its checksum is another one."""


class Digest(Protocol):
    """A checksum that grows with its data."""

    def update(self, data: bytes, /) -> None: ...

    def digest(self) -> bytes: ...


class CrcDigest:
    """A cyclic redundancy check; ``follow`` gives that of data after data, and is quick
    with whole blocks."""

    def __init__(
        self, follow: Callable[[bytes, int], int], size: int, block: int = 1
    ) -> None:
        self._follow = follow
        self._size = size
        self._block = block
        self._held = bytearray()
        self._crc: int = 0

    def update(self, data: bytes, /) -> None:
        self._held += data
        end = len(self._held) - len(self._held) % self._block
        if end:
            self._crc = self._follow(bytes(self._held[:end]), self._crc)
            del self._held[:end]

    def digest(self) -> bytes:
        crc = self._follow(bytes(self._held), self._crc)
        return crc.to_bytes(self._size, "big")


def crc32_digest() -> Digest:
    from zlib import crc32

    return CrcDigest(crc32, 4)


def crc32c_digest() -> Digest:
    from .crc import BLOCK, crc32c

    return CrcDigest(crc32c, 4, BLOCK)


def crc64nvme_digest() -> Digest:
    from .crc import BLOCK, crc64nvme

    return CrcDigest(crc64nvme, 8, BLOCK)


def hashed(name: str) -> Callable[[], Digest]:
    def made() -> Digest:
        import hashlib

        return hashlib.new(name, usedforsecurity=False)

    return made


# The quicker ones first: where an answer has several, one is checked.
DIGESTS: dict[str, Callable[[], Digest]] = {
    "crc32": crc32_digest,
    "sha1": hashed("sha1"),
    "sha256": hashed("sha256"),
    "sha512": hashed("sha512"),
    "md5": hashed("md5"),
    "crc32c": crc32c_digest,
    "crc64nvme": crc64nvme_digest,
}


def text_of(digest: Digest) -> str:
    """A checksum as headers have it."""
    from binascii import b2a_base64

    return b2a_base64(digest.digest(), newline=False).decode("ascii")
