"""Type checkers on values that few services have: decimals, int enums, documents."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.protocols import value_specs as specs, xml_clients as clients

FINE = """\
from decimal import Decimal

from values.sample_json import (
    NULL,
    AsyncSampleJsonClient,
    HoldRequest,
    PutRequest,
    SampleJsonClient,
    UnknownNumber,
)
from values.sample_json.shapes import Either, Inner, Level

client = SampleJsonClient()
texts: dict[str, str] = {"a": "b"}
level: Level = 3
PutRequest(amount=Decimal("0.1"), level=1, levels=[1, UnknownNumber(5)], low=level)
client.put(level=client.put().level, amounts=[Decimal(1)], count=2**80)
HoldRequest(doc={"a": [1, None, {"b": True}]}, docs=[None, 1], inner=Inner(doc=NULL))
HoldRequest(doc=NULL, either=Either(doc=texts), by_name={"a": None})
found = client.hold(doc=[1]).doc
if isinstance(found, dict):
    print(found["a"])
if found is NULL or found is None:
    print(not found)


async def ask(client: AsyncSampleJsonClient) -> None:
    await client.hold(doc=None)
    number: int | None = (await client.put(level=1)).level
    print(number)
"""
WRONG = (
    "PutRequest(level=7)",
    "PutRequest(level=int(1))",
    'PutRequest(level="1")',
    "PutRequest(amount=0.5)",
    "PutRequest(levels=[1, 4])",
    "HoldRequest(doc=Decimal(1))",
    "HoldRequest(doc={1: 2})",
    "HoldRequest(doc={1, 2})",
    "Inner(doc=None)",
    "Inner()",
    "Either(doc=None)",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Generated packages, and a file that ends in lines that have to be refused."""
    made = tmp_path_factory.mktemp("values")
    folders = ("sample_json", "sample_rest_xml", "sample_rpc_v2_cbor")
    every = specs.specs()
    clients.generated(made, "values", {name: every[name] for name in folders})
    (made / "user.py").write_text(FINE + "\n".join(WRONG) + "\n")
    settings = {"include": ["values", "user.py"], "typeCheckingMode": "strict"}
    (made / "pyrightconfig.json").write_text(json.dumps(settings))
    return made


COMMANDS = {
    "mypy": ("--strict", "--python-version", "3.11", "values", "user.py"),
    "pyright": ("--pythonversion", "3.11", "--pythonpath", sys.executable),
}


@pytest.mark.parametrize("checker", COMMANDS)
def test_only_the_wrong_lines_are_refused(checker: str, folder: Path):
    ran = subprocess.run(
        [sys.executable, "-m", checker, *COMMANDS[checker]],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    errors = re.findall(r"^\s*(\S+?):(\d+):.*\berror\b", ran.stdout, re.MULTILINE)
    found = {(Path(file).name, int(line)) for file, line in errors}
    first = FINE.count("\n") + 1
    expected = {("user.py", first + index) for index in range(len(WRONG))}
    assert found == expected, ran.stdout + ran.stderr
