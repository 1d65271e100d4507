"""Services of any two protocols, generated one after the other into one folder."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module, invalidate_caches
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from specwright.render import runtime_files
from specwright.workflow.generate import generate
from specwright.workflow.intent import Options

SERVICE = """\
specwright: 1
service: {name}
title: {name}
version: '2020-01-01'
protocols: [{protocol}]
{more}
endpoint: {{prefix: things}}
"""
OPERATION = """\
specwright: 1
operation: DoIt
http: {http}
input: {{text: {{type: string, pattern: 'a+', match: full}}}}
output: {{size: {{type: integer}}}}
"""
XML = b"<DoItResponse><size>3</size></DoItResponse>"
# By protocol: more of the service's file, and an answer.
PROTOCOLS: dict[str, tuple[str, bytes]] = {
    "rest-json": ("", b'{"size": 3}'),
    "json": ("json_version: '1.1'\ntarget_prefix: Things", b'{"size": 3}'),
    "rpc-v2-cbor": ("target_prefix: Things", b"\xa1dsize\x03"),
    "rest-xml": ("xml_namespace: 'https://things.example/'", XML),
    "query": ("xml_namespace: 'https://things.example/'", XML),
    "ec2": ("xml_namespace: 'https://things.example/'", XML),
}
HEADERS = {"smithy-protocol": "rpc-v2-cbor"}


def write_spec(specs: Path, name: str, protocol: str) -> Path:
    folder = specs / name
    (folder / "operations").mkdir(parents=True)
    more, _ = PROTOCOLS[protocol]
    service = SERVICE.format(name=name.capitalize(), protocol=protocol, more=more)
    (folder / "service.yaml").write_text(service)
    text = OPERATION.format(http="{method: POST, path: /}")
    (folder / "operations" / "DoIt.yaml").write_text(text)
    return folder


def generated(specs: Path, out: Path) -> None:
    done = generate(Options(specs, out, format=False))
    assert done.ok, done.diagnostics


def runtime(out: Path) -> set[str]:
    return {path.name for path in (out / "_runtime").glob("*.py")}


@contextmanager
def importable(out: Path) -> Iterator[None]:
    """The package on the path, and nothing left of it afterwards."""
    sys.path.insert(0, str(out.parent))
    invalidate_caches()
    try:
        yield
    finally:
        sys.path.remove(str(out.parent))
        for name in [n for n in sys.modules if n.partition(".")[0] == out.name]:
            del sys.modules[name]


def works(out: Path, name: str, protocol: str) -> bool:
    """True where a client of the service asks and understands its answer."""
    package: Any = import_module(f"{out.name}.{name}")
    client = getattr(package, f"{name.capitalize()}Client")(region="here")
    request = package.DoItRequest(text="aaaa")
    sent = client.prepare(request)
    assert request.violations() == []
    assert [v.kind for v in request.replace(text="b").violations()] == ["pattern"]
    answer = package.HttpResponse(200, HEADERS, PROTOCOLS[protocol][1])
    return b"aaaa" in sent.body and client.parse(request, answer).to_dict() == {
        "size": 3
    }


@pytest.mark.parametrize(("one", "other"), [*permutations(PROTOCOLS, 2)])
def test_they_share_a_runtime(tmp_path: Path, one: str, other: str):
    specs, out = tmp_path / "specs", tmp_path / f"both_{one}_{other}".replace("-", "_")
    first = write_spec(specs, "first", one)
    generated(first, out)
    alone = runtime(out)
    second = write_spec(specs, "second", other)
    generated(second, out)
    whole = runtime_files([f"protocol:{one}", f"protocol:{other}"])
    assert runtime(out) == {path.rpartition("/")[2] for path in whole}
    with importable(out):
        assert works(out, "first", one)
        assert works(out, "second", other)
    shutil.rmtree(second)
    generated(specs, out)
    assert runtime(out) == alone
    assert not (out / "second").exists()
    with importable(out):
        assert works(out, "first", one)


def test_what_one_service_needs_goes_with_it(tmp_path: Path):
    specs, out = tmp_path / "specs", tmp_path / "both_linear"
    write_spec(specs, "plain", "json")
    folder = write_spec(specs, "linear", "json")
    generated(specs, out)
    assert "linear.py" not in runtime(out)
    spec = folder / "operations" / "DoIt.yaml"
    spec.write_text(spec.read_text().replace("'a+'", "'(-*[a-z-])*'"))
    generated(specs, out)
    assert runtime_files(["linear-patterns"]).keys() <= {
        f"_runtime/{name}" for name in runtime(out)
    }
    with importable(out):
        package = import_module(f"{out.name}.linear")
        assert package.DoItRequest(text="-" * 99).violations() == []
        assert package.DoItRequest(text="-" * 99 + "!").violations()
    shutil.rmtree(folder)
    generated(specs, out)
    assert "linear.py" not in runtime(out)
    with importable(out):
        assert works(out, "plain", "json")
