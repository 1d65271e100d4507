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
    """A cyclic redundancy check; ``follow`` gives that of data after data."""

    def __init__(self, follow: Callable[[bytes, int], int], size: int) -> None:
        self._follow = follow
        self._size = size
        self._crc: int = 0

    def update(self, data: bytes, /) -> None:
        self._crc = self._follow(data, self._crc)

    def digest(self) -> bytes:
        return self._crc.to_bytes(self._size, "big")


def crc32_digest() -> Digest:
    from zlib import crc32

    return CrcDigest(crc32, 4)


def crc32c_digest() -> Digest:
    return CrcDigest(quickest("crc32c"), 4)


def crc64nvme_digest() -> Digest:
    return CrcDigest(quickest("crc64nvme"), 8)


def quickest(name: str) -> Callable[[bytes, int], int]:
    """A CRC by the AWS Common Runtime, where it is installed, or by ourselves."""
    from importlib import import_module

    from . import crc

    own = crc.crc32c if name == "crc32c" else crc.crc64nvme
    try:
        found: object = getattr(import_module("awscrt.checksums"), name, None)
    except ImportError:
        return own
    if not callable(found):
        return own

    def follow(data: bytes, so_far: int) -> int:
        result = found(data, so_far)
        if isinstance(result, int):
            return result
        raise TypeError(f"awscrt.checksums.{name} gave no number")

    return follow


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
