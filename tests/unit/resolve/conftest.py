"""Services written into a folder from a few lines of spec."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from specwright.diagnostics import Diagnostic
from specwright.model import Service
from specwright.resolve import load_service

SERVICE = """\
specwright: 1
service: Things
title: Things
version: '1'
protocols: [rest-json]
endpoint: {prefix: things}
"""
HEAD = "specwright: 1\noperation: Do\nhttp: {method: POST, path: /do}\n"

Loaded = tuple[Service | None, list[Diagnostic]]
Load = Callable[..., Loaded]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Load a service of one operation ``Do``, given what follows its first three lines.

    ``files`` replaces or adds whole files; None removes one.
    """

    def load(
        operation: str = "", files: Mapping[str, str | None] | None = None
    ) -> Loaded:
        texts: dict[str, str | None] = {
            "service.yaml": SERVICE,
            "operations/Do.yaml": HEAD + operation,
            **(files or {}),
        }
        for name, text in texts.items():
            path = tmp_path / "things" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if text is not None:
                path.write_text(text, "utf-8")
        return load_service(tmp_path / "things", "things")

    return load
