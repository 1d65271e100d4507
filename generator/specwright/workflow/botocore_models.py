"""The models of botocore on disk: those of the installed package, and single files."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from specwright.diagnostics import Diagnostic, Position, closest, has_errors
from specwright.sources.botocore import (
    MAX_BYTES,
    Companions,
    Model,
    folder_name,
    merged,
    read_json,
    read_model,
)

_MODEL = "service-2"
_PAGINATORS = "paginators-1"
_WAITERS = "waiters-2"
_RULES = "endpoint-rule-set-1"
_SUFFIXES = (".json", ".json.gz")


@dataclass(frozen=True, slots=True)
class Found:
    """A model with what stands beside it, or what stands against it."""

    model: Model | None = None
    companions: Companions = field(default_factory=Companions)
    diagnostics: tuple[Diagnostic, ...] = ()


def installed_services() -> list[str]:
    """The services whose models are installed, by the names of botocore's folders."""
    data = _installed()
    if data is None:
        return []
    return sorted(p.name for p in data.iterdir() if _newest(p) is not None)


def find_model(source: str, paginators: Path | None, waiters: Path | None) -> Found:
    """The model that a service's name or a file's path means, with its companions.

    ``paginators`` and ``waiters`` go before those that are installed. A file has no others:
    what stands beside it is not looked at.
    """
    is_file = source.endswith(_SUFFIXES) or "/" in source or os.sep in source
    found = _from_file(Path(source)) if is_file else _from_package(source)
    if found.model is None:
        return found
    given = [
        _json(path) if path is not None else None for path in (paginators, waiters)
    ]
    problems = [d for one in given if one is not None for d in one[1]]
    if has_errors(problems):
        return Found(diagnostics=tuple(problems))
    beside = found.companions
    pages, waits = (one[0] if one is not None else None for one in given)
    companions = Companions(
        pages if pages is not None else beside.paginators,
        waits if waits is not None else beside.waiters,
        beside.rules,
        beside.rule_set,
        beside.package,
    )
    return Found(found.model, companions)


def _from_file(path: Path) -> Found:
    content = _content(path)
    if isinstance(content, Diagnostic):
        return Found(diagnostics=(content,))
    model, found = read_model(content, path.as_posix())
    return Found(model, diagnostics=tuple(found))


def _from_package(service: str) -> Found:
    data = _installed()
    place = Position(service)
    if data is None:
        hint = "pip install botocore, or name a file such as path/to/service-2.json"
        message = "botocore is not installed, so there is no model of any service"
        return Found(diagnostics=(Diagnostic("no-botocore", message, place, hint),))
    names = installed_services()
    folder = _newest(data / service) if service in names else None
    if folder is None:
        hint = closest(service, names) or "a service has the name that boto3 gives it"
        message = f"botocore has no service '{service}'"
        return Found(diagnostics=(Diagnostic("unknown-service", message, place, hint),))
    path = _present(folder, _MODEL)
    content = _content(path) if path is not None else Diagnostic("", "", place)
    if path is None or isinstance(content, Diagnostic):
        return Found(diagnostics=(content,) if isinstance(content, Diagnostic) else ())
    problems: list[Diagnostic] = []
    shown = path.relative_to(data.parent.parent).as_posix()
    extras = _beside(folder, f"{_MODEL}.sdk-extras", problems)
    model, found = read_model(content, shown, extras)
    pages = _beside(folder, _PAGINATORS, problems)
    more = _beside(folder, f"{_PAGINATORS}.sdk-extras", problems).get("merge")
    if isinstance(more, dict):
        pages = dict(merged(pages, more))
    waits = _beside(folder, _WAITERS, problems)
    rules = _RULES if _present(folder, _RULES) is not None else None
    rule_set = _beside(folder, _RULES, problems)
    problems += found
    if has_errors(problems):
        return Found(diagnostics=tuple(problems))
    package = _package(service, model, names) if model is not None else None
    return Found(model, Companions(pages, waits, rules, rule_set, package))


def _package(service: str, model: Model, names: Collection[str]) -> str | None:
    """The package of a service whose id is that of another one, which is called by it."""
    words = folder_name(str(model.metadata["serviceId"]))
    called = {folder_name(name): name for name in names}
    return folder_name(service) if called.get(words, service) != service else None


def _installed() -> Path | None:
    """The folder of botocore's models, found without importing botocore."""
    spec = find_spec("botocore")
    for location in spec.submodule_search_locations or () if spec is not None else ():
        if (data := Path(location) / "data").is_dir():
            return data
    return None


def _newest(service: Path) -> Path | None:
    """The folder of a service's newest version that has a model."""
    if not service.is_dir():
        return None
    versions = [p for p in service.iterdir() if _present(p, _MODEL) is not None]
    return max(versions, key=lambda p: p.name, default=None)


def _present(folder: Path, name: str) -> Path | None:
    paths = (folder / f"{name}{suffix}" for suffix in _SUFFIXES)
    return next((path for path in paths if path.is_file()), None)


def _beside(folder: Path, name: str, problems: list[Diagnostic]) -> dict[str, object]:
    path = _present(folder, name)
    if path is None:
        return {}
    data, found = _json(path)
    problems += found
    return data or {}


def _json(path: Path) -> tuple[dict[str, object] | None, Iterable[Diagnostic]]:
    content = _content(path)
    if isinstance(content, Diagnostic):
        return None, [content]
    data, found = read_json(content, path.as_posix())
    return (dict(data) if data is not None else None), found


def _content(path: Path) -> bytes | Diagnostic:
    place = Position(path.as_posix())
    try:
        # A pipe or a device could keep the reader waiting for ever, so ask before opening.
        status = os.stat(path)
        if stat.S_ISDIR(status.st_mode):
            hint = f"name the file in it: {path / (_MODEL + '.json')}"
            return Diagnostic("no-model", "this is a folder, not a file", place, hint)
        if not stat.S_ISREG(status.st_mode):
            return Diagnostic("no-model", "this is not a regular file", place)
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return Diagnostic("no-model", "there is no such file", place)
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        return Diagnostic("no-model", f"the file can't be read: {reason}", place)
    if len(content) > MAX_BYTES:
        message = f"the file has more than {MAX_BYTES:,} bytes"
        return Diagnostic("unreadable-file", message, place)
    return content
