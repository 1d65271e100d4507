"""The checksums CRC-32C and CRC-64/NVME, which the standard library doesn't have.

A checksum is linear: that of a long text is the sum of what its bytes add by themselves, each
by its place. So rows of bytes are looked up and added as a whole, which bytes and integers do
quickly, and only the sums of the columns are left to go through one by one.
"""

from __future__ import annotations

from functools import cache
from struct import unpack

CRC32C = 0x82F63B78
CRC64NVME = 0x9A6C9329AC4BC9B5
COLUMNS = 1024
ROWS = 64
BLOCK = COLUMNS * ROWS


def crc32c(data: bytes, crc: int = 0) -> int:
    """The checksum of data that follows other data, whose checksum is ``crc``."""
    return follow(data, crc, CRC32C, 4)


def crc64nvme(data: bytes, crc: int = 0) -> int:
    return follow(data, crc, CRC64NVME, 8)


def follow(data: bytes, crc: int, polynomial: int, size: int) -> int:
    """The checksum of ``size`` bytes after another one."""
    ones = (1 << 8 * size) - 1
    table = table_of(polynomial)
    crc ^= ones
    end = len(data) - len(data) % BLOCK
    for start in range(0, end, BLOCK):
        # What came before counts as if it were added to the first bytes.
        first = int.from_bytes(data[start : start + size], "little") ^ crc
        block = first.to_bytes(size, "little") + data[start + size : start + BLOCK]
        crc = 0
        for value in sums(block, polynomial, size):
            crc = table[crc & 255] ^ crc >> 8 ^ value
    for byte in data[end:]:
        crc = table[(crc ^ byte) & 255] ^ crc >> 8
    return crc ^ ones


def sums(block: bytes, polynomial: int, size: int) -> tuple[int, ...]:
    """What the rows of a block add up to, column by column."""
    added = [0] * size
    for row, tables in enumerate(tables_of(polynomial, size)):
        line = block[row * COLUMNS : (row + 1) * COLUMNS]
        for place, table in enumerate(tables):
            added[place] ^= int.from_bytes(line.translate(table), "little")
    columns = bytearray(COLUMNS * size)
    for place, total in enumerate(added):
        columns[place::size] = total.to_bytes(COLUMNS, "little")
    return unpack(f"<{COLUMNS}{'I' if size == 4 else 'Q'}", columns)


@cache
def table_of(polynomial: int) -> tuple[int, ...]:
    """What each byte adds to a checksum; the polynomial's bits are in reversed order."""
    table: list[int] = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (polynomial if byte & 1 else 0)
        table.append(byte)
    return tuple(table)


@cache
def tables_of(polynomial: int, size: int) -> tuple[tuple[bytes, ...], ...]:
    """For each row, the bytes of what each byte adds from there to the last row."""
    table = table_of(polynomial)
    bits = [table[1 << bit] for bit in range(8)]
    step = [1 << bit for bit in range(8 * size)]
    for _ in range(COLUMNS):
        step = [table[value & 255] ^ value >> 8 for value in step]
    rows: list[tuple[bytes, ...]] = []
    for _ in range(ROWS):
        values = [0]
        for bit in bits:
            values += [value ^ bit for value in values]
        texts = [value.to_bytes(size, "little") for value in values]
        rows.append(tuple(map(bytes, zip(*texts, strict=True))))
        bits = [moved(value, step) for value in bits]
    return tuple(reversed(rows))


def moved(value: int, step: list[int]) -> int:
    """A checksum after one more row of zeros."""
    result = 0
    for bit, each in enumerate(step):
        if value >> bit & 1:
            result ^= each
    return result
