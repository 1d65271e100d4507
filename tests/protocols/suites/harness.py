"""Runs suites of protocol cases in botocore's format through the command line and the client.

A file holds a list of suites. A suite has ``metadata`` and ``shapes`` of a model, and perhaps a
``clientEndpoint``; a case has its operation in ``given``, and either ``params`` and what is
``serialized`` of them, or a ``response`` and its ``result``. Where the answer is an error there is
``errorCode`` instead, with ``errorMessage``, the members in ``error``, and ``errorShape`` where
the class isn't called as the code is. ``asked`` is the request of an answer, if it needs one;
``free`` requests break constraints, and an ``errorStatus`` is told where answers of success fail.
"""

from __future__ import annotations

import json
import math
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from specwright.cli.main import main
from specwright.runtime.cbor import loads

HERE = Path(__file__).parent
ENDPOINT = "https://example.com"
TOKEN = "00000000-0000-4000-8000-000000000000"
NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CBOR = "smithy-rpc-v2-cbor"


@dataclass(frozen=True)
class Case:
    """One case of a suite: its number among the suites of a file, and among its cases."""

    file: str
    suite: int
    number: int

    @property
    def whole(self) -> dict[str, Any]:
        """The suite that it belongs to."""
        return suites(self.file)[self.suite]

    @property
    def told(self) -> dict[str, Any]:
        """The case as its file has it."""
        found: dict[str, Any] = self.whole["cases"][self.number]
        return found

    @property
    def operation(self) -> str:
        """The name of its operation."""
        return str(self.told["given"]["name"])

    @property
    def protocol(self) -> str:
        """The protocol of its suite."""
        return str(self.whole["metadata"]["protocol"])

    @property
    def package(self) -> str:
        """The folder of its model and its client."""
        return f"suite_{self.file.replace('-', '_')}_{self.suite}"

    def typed(self, value: Any, section: str) -> Any:
        """A value of the file as the operation's input or output has it."""
        given = self.told["given"]
        if section not in given:
            return value
        return typed(value, given[section]["shape"], self.whole["shapes"])

    def __str__(self) -> str:
        return f"{self.file}-{self.told['id']}"


@cache
def suites(file: str) -> list[dict[str, Any]]:
    """The suites of a file."""
    found: list[dict[str, Any]] = json.loads((HERE / f"{file}.json").read_text("utf-8"))
    return found


def all_cases() -> Iterator[Case]:
    """The cases of all files."""
    for path in sorted(HERE.glob("*.json")):
        for suite, text in enumerate(suites(path.stem)):
            for number in range(len(text["cases"])):
                yield Case(path.stem, suite, number)


def answered(case: Case) -> bool:
    """Whether a case is about an answer."""
    return "response" in case.told


def generate(root: Path, case: Case) -> Path:
    """The package of a case's client below a folder of sys.path, made by the first who asks."""
    folder = root / case.package
    out = folder / "made"
    if not folder.exists():
        folder.mkdir()
        suite = case.whole
        given = {each["given"]["name"]: each["given"] for each in suite["cases"]}
        model = {"metadata": suite["metadata"], "operations": given}
        path = folder / "service-2.json"
        path.write_text(json.dumps({**model, "shapes": suite["shapes"]}), "utf-8")
        specs = folder / "specs"
        assert main(["import", "botocore", str(path), "--into", str(specs)]) == 0
        assert main(["generate", str(specs), "--out", str(out)]) == 0
    assert out.exists(), "its model can't be imported and generated"
    (name,) = (each for each in out.iterdir() if (each / "service.py").exists())
    return name


def client(root: Path, case: Case) -> Any:
    """The client of a case; it reaches nobody."""
    package = import_module(f"{case.package}.made.{generate(root, case).name}")
    (name,) = (
        n for n in package.__all__ if n.endswith("Client") and not n.startswith("Async")
    )
    return getattr(package, name)(
        region="us-west-2",
        endpoint_url=case.whole.get("clientEndpoint", ENDPOINT),
        clock=lambda: NOW,
        idempotency_token=lambda: TOKEN,
        validation="off" if case.told.get("free") else "strict",
    )


def typed(value: Any, shape: str, shapes: dict[str, Any]) -> Any:
    """A value of a file as the Python value that its shape has."""
    model = shapes[shape]
    kind = model["type"]
    if value is None or model.get("document"):
        return value
    if kind == "structure":
        members = model["members"]
        return {
            name: (
                typed(inner, members[name]["shape"], shapes)
                if name in members
                else inner
            )
            for name, inner in value.items()
        }
    if kind == "list":
        return [typed(inner, model["member"]["shape"], shapes) for inner in value]
    if kind == "map":
        inside = model["value"]["shape"]
        return {key: typed(inner, inside, shapes) for key, inner in value.items()}
    if kind == "timestamp":
        return EPOCH + timedelta(seconds=value)
    if kind == "blob":
        return str(value).encode()
    return float(value) if kind in ("float", "double") else value


def same(one: Any, other: Any) -> bool:
    """Whether values are equal, kinds included; NaN equals itself."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[k], other[k]) for k in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, float) and isinstance(other, float) and math.isnan(one):
        return math.isnan(other)
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return bool(one == other)


def check_request(root: Path, case: Case) -> None:
    """A request is the message that its case tells."""
    caller, told = client(root, case), case.told["serialized"]
    values = case.typed(case.told.get("params", {}), "input")
    request = caller.operations[case.operation].request.from_dict(values)
    http = caller.prepare(request)
    url = urlsplit(http.url)
    assert http.method == told.get("method", "POST")
    assert url.netloc == told.get("host", url.netloc)
    path, _, query = told.get("uri", "/").partition("?")
    assert url.path == path
    assert sorted(url.query.split("&")) == sorted(query.split("&"))
    for name, value in told.get("headers", {}).items():
        assert http.headers.get(name) == value, name
    for name in told.get("forbidHeaders", ()):
        assert name not in http.headers, http.headers[name]
    for name in told.get("requireHeaders", ()):
        assert name in http.headers, name
    if "body" in told:
        body = http.body if isinstance(http.body, bytes) else b"".join(http.body)
        check_body(case, body, told["body"], http.headers.get("Content-Type", ""))


def check_body(case: Case, found: bytes, told: str, media_type: str) -> None:
    """Bodies mean the same: fields of forms in any order, elements of XML in theirs."""
    if not told or not found:
        assert found == told.encode()
    elif case.protocol == CBOR:
        expected = b64decode(told)
        assert same(loads(found), loads(expected)), f"{found!r} is not {expected!r}"
        assert len(found) == len(expected), f"{found!r} is not {expected!r}"
    elif "json" in media_type:
        assert same(json.loads(found), json.loads(told)), f"{found!r} is not {told}"
    elif "xml" in media_type:
        one, other = (
            ElementTree.canonicalize(text, strip_text=True)
            for text in (found.decode(), told)
        )
        assert one == other
    elif "form" in media_type:
        assert sorted(found.decode().split("&")) == sorted(told.split("&"))
    else:
        assert found.decode("utf-8", "surrogateescape") == told


def check_response(root: Path, case: Case) -> None:
    """An answer is read as its case tells."""
    caller, told = client(root, case), case.told
    package = import_module(type(caller).__module__.rpartition(".")[0])
    answer = told["response"]
    raw = answer.get("body", "")
    http = package.HttpResponse(
        answer.get("status_code", 200),
        answer.get("headers", {}),
        b64decode(raw) if case.protocol == CBOR else raw.encode(),
    )
    kind = caller.operations[case.operation].request
    request = kind.from_dict(told.get("asked", {}))
    if "errorCode" not in told:
        found = caller.parse(request, http).to_dict()
        expected = case.typed(told["result"], "output")
        assert same(found, expected), f"{found} is not {expected}"
        return
    with pytest.raises(package.ServiceError) as raised:
        caller.parse(request, http)
    check_error(case, raised.value)


def check_error(case: Case, error: Any) -> None:
    """An error is the one that its case tells."""
    told, shapes = case.told, case.whole["shapes"]
    status = told["response"].get("status_code", 200)
    assert error.status == told.get("errorStatus", status)
    assert error.code == told["errorCode"]
    assert error.message == told.get("errorMessage", "")
    # One that no model knows is of the service's own base.
    shape = told.get("errorShape", told["errorCode"])
    assert (type(error).__name__ == shape) is (shape in shapes)
    if shape in shapes:
        expected = typed(told.get("error", {}), shape, shapes)
        assert same(error.to_dict(), expected), f"{error.to_dict()} is not {expected}"
