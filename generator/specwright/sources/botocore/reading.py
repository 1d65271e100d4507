"""The bytes of a model to JSON that can be trusted: its form is judged before its meaning."""

from __future__ import annotations

import gzip
import io
import json
import re
import sys
import zlib
from decimal import Decimal, InvalidOperation

from specwright.diagnostics import Diagnostic, Position
from specwright.sources.botocore.assumed import assumed, with_paths
from specwright.sources.botocore.checking import check_model
from specwright.sources.botocore.locating import locate
from specwright.sources.botocore.model import Model
from specwright.sources.botocore.report import Path
from specwright.sources.botocore.values import Json, mapping

MAX_BYTES = 64 * 1024 * 1024
"""The largest model that is read, unpacked. EC2's is a tenth of it."""

MAX_DIGITS = 400
"""Longer numbers are refused, as specs do."""

_GZIP = b"\x1f\x8b"
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_LONE = re.compile("[\ud800-\udfff]")
_TOP = frozenset({"metadata", "operations", "shapes"})


def read_model(
    content: bytes, file: str, extras: Json | None = None
) -> tuple[Model | None, list[Diagnostic]]:
    """The model that a file's bytes hold, packed or not, or everything that stands against it.

    ``extras`` is what botocore keeps beside the model to be merged into it.
    """
    data, source, found = _loaded(content, file)
    if data is None:
        return None, found
    if extras:
        data = merged(data, mapping(extras, "merge"))
    guessed = assumed(mapping(data, "metadata"), file)
    if guessed:
        data = merged(data, {"metadata": guessed})
    data = with_paths(data, mapping(data, "metadata"))
    found = check_model(data, lambda path: locate(source, path, file))
    if found:
        return None, found
    rest = {key: value for key, value in data.items() if key not in _TOP}
    operations, shapes = mapping(data, "operations"), mapping(data, "shapes")
    return (
        Model(
            file=file,
            metadata=mapping(data, "metadata"),
            operations={n: op for n, op in operations.items() if isinstance(op, dict)},
            shapes={n: shape for n, shape in shapes.items() if isinstance(shape, dict)},
            rest=rest,
            source=source,
            assumed=guessed,
        ),
        [],
    )


def read_json(content: bytes, file: str) -> tuple[Json | None, list[Diagnostic]]:
    """The JSON object that a file's bytes hold, packed or not."""
    data, _, found = _loaded(content, file)
    return data, found


def merged(base: Json, extra: Json) -> Json:
    """The base with what ``extra`` says added, and said otherwise where both say something."""
    result = dict(base)
    for key, value in extra.items():
        old = result.get(key)
        if isinstance(value, dict) and isinstance(old, dict):
            result[key] = merged(old, value)
        else:
            result[key] = value
    return result


def _loaded(content: bytes, file: str) -> tuple[Json | None, str, list[Diagnostic]]:
    unpacked = _unpacked(content)
    if isinstance(unpacked, str):
        return None, "", [Diagnostic("unreadable-file", unpacked, Position(file))]
    try:
        source = unpacked.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        message = f"byte 0x{unpacked[problem.start]:02x} at offset {problem.start} is not UTF-8"
        return None, "", [Diagnostic("invalid-utf8", message, Position(file))]
    try:
        data = json.loads(
            source,
            object_pairs_hook=_object,
            parse_float=_decimal,
            parse_int=_integer,
            parse_constant=_constant,
        )
    except json.JSONDecodeError as problem:
        where = Position(file, problem.lineno, problem.colno)
        return None, source, [_not_json(problem.msg, where)]
    except (ValueError, InvalidOperation) as problem:
        return None, source, [_not_json(str(problem), Position(file))]
    except RecursionError:
        message = "values are nested in each other too deeply"
        return None, source, [_not_json(message, Position(file))]
    if not isinstance(data, dict):
        message = "this is JSON, and not an object"
        return None, source, [Diagnostic("wrong-type", message, Position(file))]
    if _SURROGATE.search(source) and (path := _broken_text(data)) is not None:
        message = "this text has half of a surrogate pair, which is no character"
        where = locate(source, path, file)
        return None, source, [Diagnostic("bad-character", message, where)]
    return data, source, []


def _unpacked(content: bytes) -> bytes | str:
    """The bytes of a file without their packing, or why there are none."""
    if content.startswith(_GZIP):
        try:
            with gzip.open(io.BytesIO(content)) as stream:
                content = stream.read(MAX_BYTES + 1)
        except (OSError, EOFError, zlib.error) as problem:
            return f"the file is packed and can't be unpacked: {problem}"
    if len(content) > MAX_BYTES:
        return f"the file has more than {MAX_BYTES:,} bytes"
    return content


def _broken_text(data: Json) -> Path | None:
    waiting: list[tuple[Path, object]] = [((), data)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict):
            for key, inner in value.items():
                if _LONE.search(key):
                    return path
                waiting.append(((*path, key), inner))
        elif isinstance(value, list):
            waiting += [((*path, n), inner) for n, inner in enumerate(value)]
        elif isinstance(value, str) and _LONE.search(value):
            return path
    return None


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key '{twice[:60]}' stands twice in one object")
    return found


def _decimal(digits: str) -> Decimal:
    if len(digits) > MAX_DIGITS or not Decimal(digits).is_finite():
        raise ValueError(f"a number has at most {MAX_DIGITS} digits")
    value = Decimal(digits)
    if value and abs(value.adjusted()) > MAX_DIGITS:
        raise ValueError(f"the number {digits} is too large or too small")
    return value


def _integer(digits: str) -> int:
    if len(digits) > min(MAX_DIGITS, sys.get_int_max_str_digits() or MAX_DIGITS):
        raise ValueError(f"a number has at most {MAX_DIGITS} digits")
    return int(digits)


def _constant(word: str) -> object:
    raise ValueError(f"'{word}' is no value of JSON")


def _not_json(reason: str, where: Position) -> Diagnostic:
    return Diagnostic(
        "malformed-json",
        f"this is not JSON: {reason}",
        where,
        "a model is a file of JSON, such as botocore's service-2.json",
    )
