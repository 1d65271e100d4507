"""Where the templates are: beside the sources in a checkout, inside the package elsewhere.

An editable install may hold an old copy of the templates in the package, or none, so a checkout
always uses its own folder.
"""

from __future__ import annotations

import re
from pathlib import Path

_NAMES_SPECWRIGHT = re.compile(
    rb"""^name\s*=\s*["']specwright["']\s*(#.*)?$""", re.MULTILINE
)


def templates_dir(package: Path | None = None) -> Path:
    """The folder of the templates for the package's sources (its own, unless another is given)."""
    package = package or Path(__file__).resolve().parent
    repository = package.parent.parent
    if (
        package.parent.name == "generator"
        and (repository / "templates").is_dir()
        and _is_checkout(repository)
    ):
        return repository / "templates"
    return package / "templates"


def _is_checkout(repository: Path) -> bool:
    try:
        project = (repository / "pyproject.toml").read_bytes()
    except OSError:
        return False
    return _NAMES_SPECWRIGHT.search(project) is not None
