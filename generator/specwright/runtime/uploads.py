"""Bodies of requests that are sent in parts: files, and iterables of bytes."""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterable, Iterator
from typing import Protocol, TypeGuard

from .http import Body, Parts

CHUNK = 65536


class BinaryFile(Protocol):
    """What can be read: a file opened in binary mode, and much that is like one."""

    def read(self, size: int, /) -> bytes: ...


class SeekableFile(BinaryFile, Protocol):
    """A file that can be read again."""

    def seek(self, offset: int, whence: int = 0, /) -> object: ...

    def tell(self) -> int: ...


class FileParts(Parts):
    """A file from where it stood when this was made, read from there each time."""

    __slots__ = ("_file", "_start", "size")

    def __init__(self, file: SeekableFile, start: int, size: int) -> None:
        self._file = file
        self._start = start
        self.size: int = size

    def __iter__(self) -> Iterator[bytes]:
        # No more than was promised, even where the file has grown since.
        self._file.seek(self._start)
        left = self.size
        while left > 0 and (part := self._file.read(min(CHUNK, left))):
            left -= len(part)
            yield part


def is_file(value: object) -> TypeGuard[BinaryFile]:
    return callable(getattr(value, "read", None))


def is_seekable(file: object) -> TypeGuard[SeekableFile]:
    """True for files that know where they stand and can go back there."""
    if not callable(getattr(file, "seek", None)) or not is_file(file):
        return False
    seekable: object = getattr(file, "seekable", None)
    return callable(getattr(file, "tell", None)) and (
        not callable(seekable) or bool(seekable())
    )


def parts_of(file: BinaryFile) -> Iterator[bytes]:
    """The rest of a file."""
    while part := file.read(CHUNK):
        yield part


def left_in(file: SeekableFile) -> tuple[int, int]:
    """Where a file stands, and how many bytes there are from there on."""
    start = file.tell()
    file.seek(0, 2)
    size = file.tell() - start
    file.seek(start)
    return start, max(size, 0)


def outgoing(value: object) -> Body:
    """The body of a message for a value that passed its check."""
    if isinstance(value, bytearray):
        return bytes(value)
    if is_seekable(value):
        return FileParts(value, *left_in(value))
    if is_file(value):
        return parts_of(value)
    if is_body(value):
        return value
    raise TypeError(f"a {type(value).__name__} can't be sent")


def is_body(value: object) -> TypeGuard[Body]:
    return isinstance(value, (bytes, Iterable, AsyncIterable))


def size_of(value: object) -> int | None:
    """How many bytes a streamed value has, where that can be known before it is sent."""
    if isinstance(value, (bytes, bytearray)):
        return len(value)
    return left_in(value)[1] if is_seekable(value) else None
