"""Which service a page is about, from the names that the formats have for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_FIELDS = ("id", "folder", "class_name", "uid", "target", "titles")
_MEMBERS, _OPERATIONS = "members", "operations"
"""The columns behind them: whether names of members begin with a capital (U, L, or nothing), and
operations whose names their methods' words don't tell."""


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    """Ids of services by each of their names, the field of the name first."""
    known: dict[str, dict[str, str]] = {
        field: {} for field in (*_FIELDS, _MEMBERS, _OPERATIONS)
    }
    shared: set[tuple[str, str]] = set()
    for row in _rows():
        names = dict(zip(_FIELDS, row, strict=False))
        known[_MEMBERS][names["id"]], known[_OPERATIONS][names["id"]] = row[6:]
        for field, name in names.items():
            for one in name.split("|"):
                plain = _plain(one, field)
                if one and known[field].setdefault(plain, names["id"]) != names["id"]:
                    # What two services are called names neither.
                    shared.add((field, plain))
    for field, plain in shared:
        del known[field][plain]
    return known


def _rows() -> list[list[str]]:
    text = (files("specwright.sources.pages") / "services.txt").read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line[:1] not in ("", "#")]


def capital_members(service: str | None) -> bool | None:
    """True where names of members begin with a capital, None where they differ, or who knows."""
    return {"U": True, "L": False}.get(_table()[_MEMBERS].get(service or "", ""))


def odd_operations(service: str | None) -> list[str]:
    """The operations of a service whose names can't be told from those of their methods."""
    return _table()[_OPERATIONS].get(service or "", "").split("|")


def botocore_folder(service: str) -> str | None:
    """The name that botocore has for the service with an id."""
    folded = service.casefold()
    return next((row[1] for row in _rows() if row[0].casefold() == folded), None)


def service_id(
    *,
    folder: str | None = None,
    uid: str | None = None,
    class_name: str | None = None,
    package: str | None = None,
    target: str | None = None,
    title: str | None = None,
) -> tuple[str, bool] | None:
    """The id of the service that has the given names, the surest name first, and how sure it is.

    A service that is not in the table gets the id that its package and class spell; a class
    alone does not tell where its words begin.
    """
    table = _table()
    for field, name in (
        ("folder", folder),
        ("uid", uid),
        ("id", package),
        ("class_name", class_name),
        ("target", target),
        ("titles", title),
    ):
        if name is not None and (known := table[field].get(_plain(name, field))):
            return known, True
    if package is not None:
        return _spelled(package, class_name or ""), True
    return (class_name, False) if class_name is not None else None


def _spelled(package: str, class_name: str) -> str:
    """The words of a package with the capitals of its client's class."""
    words, at = [], 0
    if re.sub("[^a-z0-9]", "", package.lower()) != class_name.lower():
        return " ".join(word.capitalize() for word in re.split("[-_]", package) if word)
    for word in re.split("[-_]", package):
        words.append(class_name[at : at + len(word)])
        at += len(word)
    return " ".join(words)


def _plain(name: str, field: str) -> str:
    plain = re.sub("[^a-z0-9]+", "", name.lower())
    if field != "titles":
        return plain
    return re.sub("^(amazon|aws)|(service|api)$", "", plain) or plain
