"""Small services of the catalogue, a few of each protocol, under mypy's strict rules."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from specwright.resolve import load_services
from specwright.workflow.botocore_models import installed_services
from specwright.workflow.generate import generate
from specwright.workflow.import_botocore import Request, import_botocore
from specwright.workflow.intent import Options

data = Path(pytest.importorskip("botocore").__file__).parent / "data"
SMALL = 12_000  # bytes of a compressed model
SEED = 20
# Protocols that few services speak, or only large ones.
ALWAYS = ("sts", "importexport", "s3control", "cloudfront-keyvaluestore")


def small_services() -> list[str]:
    def size(service: str) -> int:
        newest = max(data.glob(f"{service}/*/service-2.json.gz"))
        return newest.stat().st_size

    return [s for s in installed_services() if size(s) < SMALL]


def test_a_sample_passes_mypy(tmp_path: Path):
    specs, out = tmp_path / "specs", tmp_path / "sampled"
    sample = Random(SEED).sample(small_services(), 8)
    for service in dict.fromkeys([*ALWAYS, *sample]):
        assert import_botocore(Request(service, specs)).ok
    done = generate(Options(specs, out, format=False))
    assert done.ok, done.diagnostics
    services, _ = load_services(specs)
    assert len({s.protocol for s in services}) >= 4
    command = [sys.executable, "-m", "mypy", "--strict", "--python-version", "3.11"]
    checked = subprocess.run(
        [*command, "--cache-dir", str(tmp_path / "cache"), "--config-file=", "sampled"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout
