"""The tests that are generated beside a client hold for streams of events and of bytes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from specwright.workflow.generate import generate
from specwright.workflow.intent import Options

from .conftest import JUST_WATCH, SERVICE, SHAPES, TELL, WATCH

BOUND = {"header": "", "payload": ""}
STORE = """
specwright: 1
operation: Store
http: {method: POST, path: '/store'}
input:
  body: {type: blob, streaming: true, in: payload, length: [1, 9], required: true}
output:
  body: {type: blob, streaming: true, in: payload, required: true}
"""


def test_generated_tests_pass(tmp_path: Path) -> None:
    files = {
        "service.yaml": SERVICE.format(protocol="rest-json"),
        "shapes.yaml": SHAPES,
        "operations/Watch.yaml": WATCH % BOUND,
        "operations/JustWatch.yaml": JUST_WATCH % BOUND,
        "operations/Tell.yaml": TELL % BOUND,
        "operations/Store.yaml": STORE,
    }
    for name, text in files.items():
        file = tmp_path / "specs" / "things" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    done = generate(
        Options(tmp_path / "specs", tmp_path / "out", extras=("strategies", "tests"))
    )
    assert done.ok, done.diagnostics
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "out"]
    found = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stdout
    written = (tmp_path / "out/rest_json_things/test_conformance.py").read_text()
    assert 'At("/events/*", "union", required=True)' in written
    assert 'At("/body", "blob", attr="body", required=True, length=(1, 9))' in written
