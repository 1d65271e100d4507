"""Settings of a project: ``specwright.toml``, or ``[tool.specwright]`` in ``pyproject.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from specwright.diagnostics import Diagnostic, Position, closest, one_line

KEYS = ("extras", "format", "operations", "out", "specs")
EXTRAS = ("strategies", "tests")


@dataclass(frozen=True, slots=True)
class Config:
    """What a project states; None where it states nothing. Paths start at the file's folder."""

    specs: Path | None = None
    out: Path | None = None
    format: bool | None = None
    operations: tuple[str, ...] | None = None
    extras: tuple[str, ...] | None = None
    file: Path | None = None


def read_config(start: Path) -> tuple[Config | None, list[Diagnostic]]:
    """The settings that hold for a folder: those of the nearest file, from it upward."""
    for folder in (start, *start.parents):
        own, project = folder / "specwright.toml", folder / "pyproject.toml"
        if own.is_file():
            return _read(own, None)
        if project.is_file() and "specwright" in _tools(project):
            return _read(project, "tool.specwright")
    return Config(), []


def _tools(project: Path) -> Mapping[str, object]:
    # A project file that can't be read is for its own tools to complain about.
    try:
        tools = tomllib.loads(project.read_text("utf-8")).get("tool")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return {}
    return tools if isinstance(tools, dict) else {}


def _read(file: Path, table: str | None) -> tuple[Config | None, list[Diagnostic]]:
    text = ""
    try:
        text = file.read_text("utf-8")
        data: object = tomllib.loads(text)
    except UnicodeDecodeError:
        return None, [_finding("config-syntax", "the file is not UTF-8 text", file, 1)]
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+), column (\d+)\)$", str(error))
        line, column = (int(n) for n in found.groups()) if found else (1, 1)
        message = str(error)[: found.start()].rstrip() if found else str(error)
        return None, [_finding("config-syntax", message, file, line, column)]
    for part in table.split(".") if table else ():
        data = data.get(part) if isinstance(data, dict) else None
    if not isinstance(data, dict):
        message = f"'{table}' has to be a table"
        return None, [_finding("config-value", message, file, 1)]
    found_all = []
    for key, value in data.items():
        line = _line(text, key, table)
        if key not in KEYS:
            message = f"'{key}' is no setting of specwright"
            hint = closest(key, KEYS) or f"settings are {', '.join(KEYS)}"
            found_all.append(
                Diagnostic("config-key", message, Position(file.as_posix(), line), hint)
            )
        elif problem := _problem(key, value):
            found_all.append(_finding("config-value", f"'{key}' {problem}", file, line))
    return (None, found_all) if found_all else (_config(file, data), [])


def _config(file: Path, data: Mapping[str, object]) -> Config:
    specs, out, form = (data.get(k) for k in ("specs", "out", "format"))
    return Config(
        specs=file.parent / specs if isinstance(specs, str) else None,
        out=file.parent / out if isinstance(out, str) else None,
        format=form if isinstance(form, bool) else None,
        operations=_names(data.get("operations")),
        extras=_names(data.get("extras")),
        file=file,
    )


def _names(value: object) -> tuple[str, ...] | None:
    return tuple(str(name) for name in value) if isinstance(value, list) else None


def _problem(key: str, value: object) -> str | None:
    if key == "format":
        return None if isinstance(value, bool) else "has to be true or false"
    if key == "extras":
        known = isinstance(value, list) and all(v in EXTRAS for v in value)
        return None if known else f"has to be a list of {' and '.join(EXTRAS)}"
    if key == "operations":
        whole = (
            isinstance(value, list) and value and all(isinstance(v, str) for v in value)
        )
        return None if whole else "has to be a list of operation names"
    if not isinstance(value, str) or not value or "\0" in value:
        return "has to be the path of a folder"
    return None


def _line(text: str, key: str, table: str | None) -> int:
    """The line of a key, as near as can be told without a parser that keeps positions."""
    inside = table is None
    statement = re.compile(rf"""\s*["']?{re.escape(key)}["']?\s*[=.]""")
    for number, line in enumerate(text.splitlines(), start=1):
        if table is not None and line.lstrip().startswith("["):
            inside = line.strip().startswith(f"[{table}]")
        elif inside and statement.match(line):
            return number
    return 1


def _finding(
    code: str, message: str, file: Path, line: int, column: int = 1
) -> Diagnostic:
    return Diagnostic(code, one_line(message), Position(file.as_posix(), line, column))
