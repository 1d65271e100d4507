"""Packages whose names are imported from their modules when they are first used."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from sys import modules as loaded

# What every service's package exports beside its own, by module.
EXPORTS: Mapping[str, tuple[str, ...]] = {
    "credentials": ("Credentials",),
    "errors": (
        "ConfigurationError",
        "ConstraintWarning",
        "ResponseError",
        "ServiceError",
        "SpecwrightError",
        "TransportError",
        "ValidationError",
    ),
    "http": ("AsyncTransport", "Headers", "HttpRequest", "HttpResponse", "Transport"),
    "operation": ("Operation", "ResponseMetadata"),
    "paging": ("AsyncPages", "AsyncPaginator", "Pages", "Paginator"),
    "retries": ("Retries",),
    "values": ("JsonValue", "UnknownValue"),
    "violations": ("Violation",),
}


def lazy(
    package: str, modules: Mapping[str, Sequence[str]], *, shared: bool = False
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """The ``__getattr__`` and ``__dir__`` of a package: the names that its modules give, a
    module itself where it gives none, and those of EXPORTS if ``shared``."""
    homes = {name: module for module, names in modules.items() for name in names}
    if shared:
        for module, names in EXPORTS.items():
            homes.update(dict.fromkeys(names, f".._runtime.{module}"))
    whole = {module.lstrip(".") for module, names in modules.items() if not names}

    def get(name: str) -> object:
        if name in homes:
            found: object = getattr(import_module(homes[name], package), name)
        elif name in whole:
            found = import_module(f".{name}", package)
        else:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        setattr(loaded[package], name, found)
        return found

    def listed() -> list[str]:
        return sorted({*vars(loaded[package]), *homes, *whole})

    return get, listed
