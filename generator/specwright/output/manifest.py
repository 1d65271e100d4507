"""The record of a generation: inputs, generator and outputs, kept as ``manifest.json``."""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from specwright.diagnostics import Diagnostic, Position
from specwright.output.disk import DIGEST_LENGTH, digest_of
from specwright.output.fileset import path_problem

MANIFEST = "manifest.json"

_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class Generator:
    """Which generator wrote a package; ``digest`` is that of its sources and templates."""

    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class ServiceRecord:
    """What one service was generated from, and what it needs of the runtime.

    ``inputs`` are digests of spec files by their path from the folder that holds the service's;
    ``spec_root`` is that folder's name. ``operations`` is None where none were selected by name;
    ``extras`` name what was written beside the clients.
    """

    version: str
    spec_root: str
    protocols: tuple[str, ...]
    features: tuple[str, ...]
    inputs: Mapping[str, str]
    operations: tuple[str, ...] | None = None
    extras: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        """The name of the service's spec folder."""
        return next(iter(self.inputs), "").partition("/")[0]


@dataclass(frozen=True, slots=True)
class Manifest:
    """Services by package name and digests of all generated files by path.

    ``idle`` holds a digest of the specs of each service folder that nothing was generated from.
    ``intact`` is False where the file was changed by other hands since it was written, as by a
    merge: what it says may be wrong then.
    """

    generator: Generator
    services: Mapping[str, ServiceRecord] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    idle: Mapping[str, str] = field(default_factory=dict)
    intact: bool = True


def to_bytes(manifest: Manifest) -> bytes:
    """The manifest as JSON: sorted, one fact a line, and nothing of the machine or the time."""
    data: dict[str, object] = {
        "generator": {
            "version": manifest.generator.version,
            "digest": manifest.generator.digest,
        },
        "services": {
            package: {
                "version": record.version,
                "protocols": list(record.protocols),
                "features": sorted(record.features),
                "options": {
                    "spec_root": record.spec_root,
                    "operations": (
                        None if record.operations is None else sorted(record.operations)
                    ),
                    **({"extras": list(record.extras)} if record.extras else {}),
                },
                "inputs": dict(sorted(record.inputs.items())),
            }
            for package, record in sorted(manifest.services.items())
        },
        "files": dict(sorted(manifest.files.items())),
    }
    if manifest.idle:
        data["idle"] = dict(sorted(manifest.idle.items()))
    sealed = {"digest": _content_digest(data), **data}
    return (json.dumps(sealed, indent=1) + "\n").encode("ascii")


def read(out: Path) -> tuple[Manifest | None, list[Diagnostic]]:
    """The manifest of a folder; None without findings where there is none."""
    path = out / MANIFEST
    try:
        mode = os.stat(path).st_mode
        if not stat.S_ISREG(mode):
            what = "a folder" if stat.S_ISDIR(mode) else "no regular file"
            return None, [_blocked(path, what)]
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None, []
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
        return None, [_blocked(path, "a symbolic link that leads to itself")]
    try:
        return from_bytes(content), []
    except (ValueError, RecursionError) as error:
        reason = (
            str(error) if isinstance(error, _ShapeError) else "is not readable JSON"
        )
        return None, [_broken(path, reason)]


def from_bytes(content: bytes) -> Manifest:
    """The manifest that the bytes hold; a ValueError where they hold none."""
    data = _mapping(json.loads(content), "the manifest")
    generator = _mapping(data.get("generator"), "generator")
    return Manifest(
        Generator(
            _text(generator.get("version"), "generator.version"),
            _text(generator.get("digest"), "generator.digest"),
        ),
        {
            package: _record(
                _mapping(record, f"services.{package}"), f"services.{package}"
            )
            for package, record in _mapping(data.get("services"), "services").items()
        },
        _outputs(data.get("files")),
        _digests(data.get("idle", {}), "idle"),
        data.get("digest") == _content_digest(data),
    )


class _ShapeError(ValueError):
    """JSON that is not of a manifest's shape."""


def _content_digest(data: Mapping[str, object]) -> str:
    """A digest of all that the JSON says, however it is laid out, but for the digest itself."""
    rest = {key: value for key, value in data.items() if key != "digest"}
    return digest_of(json.dumps(rest, sort_keys=True).encode("ascii"))


def _record(data: Mapping[str, object], at: str) -> ServiceRecord:
    options = _mapping(data.get("options"), f"{at}.options")
    selected = options.get("operations")
    inputs = _digests(data.get("inputs"), f"{at}.inputs")
    if len({path.partition("/")[0] for path in inputs}) != 1:
        raise _ShapeError(f"has inputs of no folder, or of several, at {at}.inputs")
    return ServiceRecord(
        version=_text(data.get("version"), f"{at}.version"),
        spec_root=_text(options.get("spec_root"), f"{at}.options.spec_root"),
        protocols=_texts(data.get("protocols"), f"{at}.protocols"),
        features=_texts(data.get("features"), f"{at}.features"),
        inputs=inputs,
        operations=(
            None if selected is None else _texts(selected, f"{at}.options.operations")
        ),
        extras=_texts(options.get("extras", []), f"{at}.options.extras"),
    )


def _mapping(value: object, at: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise _ShapeError(f"has no mapping at {at}")
    return value


def _text(value: object, at: str) -> str:
    if not isinstance(value, str):
        raise _ShapeError(f"has no text at {at}")
    return value


def _texts(value: object, at: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _ShapeError(f"has no list at {at}")
    return tuple(_text(item, at) for item in value)


def _outputs(value: object) -> dict[str, str]:
    digests = _digests(value, "files")
    # What a manifest names may be deleted, so a path must not lead out of the folder.
    for path in digests:
        if reason := path_problem(path):
            raise _ShapeError(f"names a path at files that {reason}")
    return digests


def _digests(value: object, at: str) -> dict[str, str]:
    digests = {}
    for path, digest in _mapping(value, at).items():
        text = _text(digest, f"{at}['{path}']")
        if len(text) != DIGEST_LENGTH or not _HEX.issuperset(text):
            raise _ShapeError(f"has no digest at {at}['{path}']")
        digests[path] = text
    return digests


def _blocked(path: Path, what: str) -> Diagnostic:
    message = f"the manifest can't be written here: this is {what}"
    hint = "move it elsewhere, or choose another --out"
    return Diagnostic("blocked-output", message, Position(path.as_posix()), hint)


def _broken(path: Path, reason: str) -> Diagnostic:
    return Diagnostic(
        "broken-manifest",
        f"the file is not a manifest of specwright: it {reason}",
        Position(path.as_posix()),
        hint=(
            "restore it from version control, choose another --out, or run"
            " specwright generate --force to write the folder anew"
        ),
    )
