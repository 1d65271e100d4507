"""Spec files to text: size, encoding and characters are judged before YAML sees any of it."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from specwright.diagnostics import Diagnostic, Position
from specwright.document.compose import Document, compose

MAX_BYTES = 8 * 1024 * 1024
"""The largest file that is read. The biggest service of AWS needs a quarter of it."""

_NOT_YAML = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_UTF32 = (b"\xff\xfe\0\0", b"\0\0\xfe\xff")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_MAX_BAD_CHARACTERS = 20


def read_document(
    path: Path, display_name: str | None = None
) -> tuple[Document | None, list[Diagnostic]]:
    """The document of a file, or what stands against it; diagnostics call it ``display_name``."""
    file = display_name if display_name is not None else path.as_posix()
    content = _content(path, file)
    if isinstance(content, Diagnostic):
        return None, [content]
    return read_bytes(content, file)


def read_bytes(content: bytes, file: str) -> tuple[Document | None, list[Diagnostic]]:
    """The document that the bytes of a file hold, or what stands against them."""
    text = _text(content, file)
    if isinstance(text, Diagnostic):
        return None, [text]
    if bad := _bad_characters(text, file):
        return None, bad
    return compose(text, file)


def _content(path: Path, file: str) -> bytes | Diagnostic:
    try:
        # A pipe or a device could keep the reader waiting for ever, so ask before opening.
        status = os.stat(path)
        if stat.S_ISDIR(status.st_mode):
            return _finding("not-a-file", "this is a folder, not a file", file)
        if not stat.S_ISREG(status.st_mode):
            return _finding("not-a-file", "this is not a regular file", file)
        if status.st_size > MAX_BYTES:
            return _too_large(status.st_size, file)
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        return _finding("unreadable-file", f"the file can't be read: {reason}", file)
    return content if len(content) <= MAX_BYTES else _too_large(len(content), file)


def _text(content: bytes, file: str) -> str | Diagnostic:
    if content.startswith((*_UTF32, *_UTF16)):
        # The mark of UTF-16 begins that of UTF-32.
        bits = 32 if content.startswith(_UTF32) else 16
        return _finding(
            "invalid-utf8",
            f"the file is UTF-{bits}",
            file,
            "save it as UTF-8: specs are UTF-8",
        )
    if (offset := content.find(b"\0")) >= 0:
        return Diagnostic(
            "binary-file",
            f"the file is binary: byte 0x00 at offset {offset}",
            _position(content[:offset].decode("utf-8", "replace"), file),
            "a spec is a text file in UTF-8",
        )
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as problem:
        return Diagnostic(
            "invalid-utf8",
            f"byte 0x{content[problem.start]:02x} at offset {problem.start} is not UTF-8",
            _position(content[: problem.start].decode("utf-8", "replace"), file),
            "save the file as UTF-8",
        )
    # Editors on Windows begin UTF-8 files with a byte order mark; it means nothing.
    text = text.removeprefix("\ufeff")
    if not text.strip():
        return _finding(
            "empty-file",
            "the file is empty",
            file,
            "a spec begins with 'specwright: 1'",
        )
    return text


def _bad_characters(text: str, file: str) -> list[Diagnostic]:
    findings: list[Diagnostic] = []
    for found in _NOT_YAML.finditer(text):
        escape = found[0].encode("unicode_escape").decode("ascii")
        findings.append(
            Diagnostic(
                "bad-character",
                f"U+{ord(found[0]):04X} can't stand in a spec as it is",
                _position(text[: found.start()], file),
                f'write it as an escape in double quotes: "{escape}"',
            )
        )
        if len(findings) == _MAX_BAD_CHARACTERS:
            break
    return findings


def _position(before: str, file: str) -> Position:
    """Where a character stands, given all the text before it."""
    lines = (
        before.replace("\r\n", "\n")
        .replace("\r", "\n")
        .removeprefix("\ufeff")
        .split("\n")
    )
    return Position(file, len(lines), len(lines[-1]) + 1)


def _too_large(size: int, file: str) -> Diagnostic:
    return _finding(
        "file-too-large",
        f"the file has {size:,} bytes; at most {MAX_BYTES:,} are read",
        file,
        "split it: one file an operation, and shapes.yaml for what several share",
    )


def _finding(code: str, message: str, file: str, hint: str | None = None) -> Diagnostic:
    return Diagnostic(code, message, Position(file), hint)
