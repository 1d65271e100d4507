"""Cases of the RPC protocols in the format of botocore's suites, from model file to message."""

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

import pytest

from specwright.cli.main import main
from specwright.runtime.cbor import loads

HERE = Path(__file__).parent
TOKEN = "00000000-0000-4000-8000-000000000000"
NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CBOR = "smithy-rpc-v2-cbor"


@dataclass(frozen=True)
class Case:
    """One case of a suite: where it stands in its file."""

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
    def package(self) -> str:
        """The folder of its model and its client."""
        return f"{self.file.replace('-', '_')}_{self.suite}"

    def __str__(self) -> str:
        return f"{self.file}-{self.told['id']}"


@cache
def suites(file: str) -> list[dict[str, Any]]:
    """The suites of a file."""
    found: list[dict[str, Any]] = json.loads((HERE / f"{file}.json").read_text("utf-8"))
    return found


def cases(*files: str) -> list[Case]:
    """All cases of some files."""
    return [
        Case(file, suite, number)
        for file in files
        for suite, text in enumerate(suites(file))
        for number in range(len(text["cases"]))
    ]


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
        region="us-east-1",
        endpoint_url=f"https://{case.whole.get('clientEndpoint', 'example.com')}",
        clock=lambda: NOW,
        idempotency_token=lambda: TOKEN,
        validation="off",
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
    caller, told = client(root, case), case.told
    given, expected = told["given"], told["serialized"]
    values = told.get("params", {})
    if "input" in given:
        values = typed(values, given["input"]["shape"], case.whole["shapes"])
    request = caller.operations[given["name"]].request.from_dict(values)
    http = caller.prepare(request)
    url = urlsplit(http.url)
    assert http.method == expected.get("method", "POST")
    assert f"{url.path}{'?' * bool(url.query)}{url.query}" == expected.get("uri", "/")
    assert url.netloc == expected.get("host", url.netloc)
    for name, value in expected.get("headers", {}).items():
        assert http.headers.get(name) == value, name
    for name in expected.get("forbidHeaders", ()):
        assert name not in http.headers, http.headers[name]
    if "body" in expected:
        body = http.body if isinstance(http.body, bytes) else b"".join(http.body)
        check_body(body, expected["body"], case.whole["metadata"]["protocol"])


def check_body(found: bytes, told: str, protocol: str) -> None:
    """Bodies mean the same: fields of forms in any order."""
    if not told or not found:
        assert found == told.encode()
    elif protocol == "json":
        assert same(json.loads(found), json.loads(told)), f"{found!r} is not {told}"
    elif protocol == CBOR:
        expected = b64decode(told)
        assert same(loads(found), loads(expected)), f"{found!r} is not {expected!r}"
        assert len(found) == len(expected), f"{found!r} is not {expected!r}"
    else:
        assert sorted(found.decode().split("&")) == sorted(told.split("&"))


def check_response(root: Path, case: Case) -> None:
    """An answer is read as its case tells."""
    caller, told = client(root, case), case.told
    given, answer, shapes = told["given"], told["response"], case.whole["shapes"]
    package = import_module(type(caller).__module__.rpartition(".")[0])
    raw = answer.get("body", "")
    cbor = case.whole["metadata"]["protocol"] == CBOR
    http = package.HttpResponse(
        answer.get("status_code", 200),
        answer.get("headers", {}),
        b64decode(raw) if cbor else raw.encode(),
    )
    request = caller.operations[given["name"]].request.from_dict({})
    if "errorCode" not in told:
        found = caller.parse(request, http).to_dict()
        expected = told["result"]
        if "output" in given:
            expected = typed(expected, given["output"]["shape"], shapes)
        assert same(found, expected), f"{found} is not {expected}"
        return
    with pytest.raises(package.ServiceError) as raised:
        caller.parse(request, http)
    error = raised.value
    assert error.code == told["errorCode"]
    assert error.message == told.get("errorMessage", "")
    if "errorShape" in told:
        assert type(error).__name__ == told["errorShape"]
        expected = typed(told.get("error", {}), told["errorShape"], shapes)
        assert same(error.to_dict(), expected), f"{error} is not {expected}"


def answered(case: Case) -> bool:
    """Whether a case is about an answer."""
    return "response" in case.told


def all_cases() -> Iterator[Case]:
    """The cases of all RPC protocols."""
    files = sorted(HERE.glob("rpc-*.json"))
    yield from cases(*(path.stem for path in files))
