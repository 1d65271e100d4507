"""Every module of generated packages imported, with every name that they export."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module, invalidate_caches
from pathlib import Path

RUNTIME = "_runtime"


def packages(out: Path) -> list[str]:
    """The services that were generated into a folder."""
    return sorted(path.parent.name for path in out.glob("*/service.py"))


def broken_modules(out: Path, services: list[str] | None = None) -> Iterator[str]:
    """What is wrong with the modules of a folder's services: all of them, or some.

    Each is imported, and each name in ``__all__`` is asked for. The modules are
    forgotten again, service by service, so that the whole catalogue fits in memory.
    """
    parent = str(out.resolve().parent)
    sys.path.insert(0, parent)
    invalidate_caches()
    try:
        for service in [RUNTIME, *(packages(out) if services is None else services)]:
            for path in sorted((out / service).rglob("*.py")):
                yield from _broken(out, path)
            _forget(f"{out.name}.{service}")
    finally:
        sys.path.remove(parent)
        _forget(out.name)


def _broken(out: Path, path: Path) -> Iterator[str]:
    parts = path.relative_to(out.parent).with_suffix("").parts
    name = ".".join(parts).removesuffix(".__init__")
    try:
        module = import_module(name)
        for exported in getattr(module, "__all__", ()):
            getattr(module, exported)
    except Exception as error:  # noqa: BLE001 - whatever a module raises is a finding
        yield f"{name}: {type(error).__name__}: {error}"


def _forget(package: str) -> None:
    for name in [n for n in sys.modules if f"{n}.".startswith(f"{package}.")]:
        del sys.modules[name]
