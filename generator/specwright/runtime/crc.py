"""The checksums CRC-32C and CRC-64/NVME, which the standard library doesn't have."""

from __future__ import annotations

from functools import cache

CRC32C = 0x82F63B78
CRC64NVME = 0x9A6C9329AC4BC9B5


@cache
def table_of(polynomial: int) -> tuple[int, ...]:
    """What each byte adds to a checksum; the polynomial's bits are in reversed order."""
    table: list[int] = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (polynomial if byte & 1 else 0)
        table.append(byte)
    return tuple(table)


def crc32c(data: bytes, crc: int = 0) -> int:
    """The checksum of data that follows other data, whose checksum is ``crc``."""
    return updated(table_of(CRC32C), 0xFFFFFFFF, data, crc)


def crc64nvme(data: bytes, crc: int = 0) -> int:
    return updated(table_of(CRC64NVME), 0xFFFFFFFFFFFFFFFF, data, crc)


def updated(table: tuple[int, ...], ones: int, data: bytes, crc: int) -> int:
    crc ^= ones
    for byte in data:
        crc = table[(crc ^ byte) & 255] ^ crc >> 8
    return crc ^ ones
