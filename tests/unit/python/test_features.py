"""What of the runtime a service needs follows from its operations, errors included."""

from __future__ import annotations

from pathlib import Path

import pytest

from specwright.python.features import features
from specwright.resolve import load_service

SERVICE = """specwright: 1
service: Small
title: Small
version: '2024-01-01'
protocols: [rest-json]
endpoint: {prefix: small}
"""
OPERATION = "specwright: 1\noperation: Do\nhttp: {method: POST, path: /do}\n"


def needed(folder: Path, members: str) -> tuple[str, ...]:
    """The features of a service with one operation."""
    (folder / "operations").mkdir()
    (folder / "service.yaml").write_text(SERVICE)
    (folder / "operations/Do.yaml").write_text(OPERATION + members)
    service, diagnostics = load_service(folder, "small")
    assert service is not None, diagnostics
    assert not diagnostics
    return features(service, tuple(service.operations.values()))


@pytest.mark.parametrize(
    "members",
    [
        "input: {x: {type: document}}",
        "input: {x: {type: string, json_value: true, in: header, wire: X-Said}}",
        "output: {x: {type: string, json_value: true, in: header, wire: X-Said}}",
    ],
)
def test_json_of_any_kind_needs_documents(tmp_path: Path, members: str) -> None:
    assert "documents" in needed(tmp_path, members)


def test_text_needs_nothing_more(tmp_path: Path) -> None:
    members = "input: {x: {type: string, in: query}}"
    assert needed(tmp_path, members) == ("protocol:rest-json",)
