"""Runs suites of protocol cases in botocore's format through the command line and the client."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from specwright.cli.main import main

HERE = Path(__file__).parent
TOKEN = "00000000-0000-4000-8000-000000000000"
NOW = datetime(2024, 2, 29, 12, 30, tzinfo=UTC)
FLOATS = ("NaN", "Infinity", "-Infinity")


@dataclass(frozen=True)
class Case:
    """One case of a suite: its number among the suites of a file, and among its cases."""

    file: str
    suite: int
    number: int

    @property
    def text(self) -> dict[str, Any]:
        """The case as its file has it."""
        found: dict[str, Any] = suites(self.file)[self.suite]["cases"][self.number]
        return found

    @property
    def shapes(self) -> dict[str, Any]:
        """The shapes of its suite."""
        found: dict[str, Any] = suites(self.file)[self.suite]["shapes"]
        return found

    @property
    def package(self) -> str:
        """The folder that its client is generated into."""
        return f"suite_{self.file.replace('-', '_')}_{self.suite}"

    def __str__(self) -> str:
        return str(self.text["id"])


def suites(file: str) -> list[dict[str, Any]]:
    """The suites of a file."""
    found: list[dict[str, Any]] = json.loads((HERE / f"{file}.json").read_text("utf-8"))
    return found


def cases(file: str) -> Iterator[Case]:
    """All cases of a file."""
    for suite, text in enumerate(suites(file)):
        for number in range(len(text["cases"])):
            yield Case(file, suite, number)


def generate(root: Path, file: str) -> None:
    """Import and generate a client for every suite of a file. ``root`` is to be on sys.path."""
    for number, suite in enumerate(suites(file)):
        name = Case(file, number, 0).package
        given = {case["given"]["name"]: case["given"] for case in suite["cases"]}
        model = {
            "version": "2.0",
            "metadata": suite["metadata"],
            "operations": given,
            "shapes": suite["shapes"],
        }
        path = root / name / "model" / "service-2.json"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(model), "utf-8")
        specs, out = root / name / "specs", root / name / "made"
        assert main(["import", "botocore", str(path), "--into", str(specs)]) == 0
        assert main(["generate", str(specs), "--out", str(out)]) == 0


def client(case: Case) -> Any:
    """The client that a case is about; it reaches nobody."""
    service = str(suites(case.file)[case.suite]["metadata"]["serviceId"])
    package = import_module(
        f"{case.package}.made.{'_'.join(service.lower().split(' '))}"
    )
    return getattr(package, "".join(service.split(" ")) + "Client")(
        region="us-west-2",
        endpoint_url=f"https://{case.text.get('clientHost', 'example.com')}",
        clock=lambda: NOW,
        idempotency_token=lambda: TOKEN,
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
                typed(v, members[name]["shape"], shapes)
                if name in members
                else value[name]
            )
            for name, v in value.items()
        }
    if kind == "list":
        return [typed(v, model["member"]["shape"], shapes) for v in value]
    if kind == "map":
        item = model["value"]["shape"]
        return {key: typed(v, item, shapes) for key, v in value.items()}
    if kind == "timestamp":
        return datetime.fromtimestamp(value, UTC)
    if kind == "blob":
        return str(value).encode()
    if kind in ("float", "double") and value in FLOATS:
        return float(value)
    return value


def same(one: Any, other: Any) -> bool:
    """Whether values are equal, kinds included; NaN equals itself."""
    if isinstance(one, float) and isinstance(other, float) and math.isnan(one):
        return math.isnan(other)
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[k], other[k]) for k in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return bool(one == other)


def sent(http: Any, gathered: bytes) -> dict[str, Any]:
    """A message in the words of suites."""
    url = urlsplit(http.url)
    target = url.path + (f"?{url.query}" if url.query else "")
    return {
        "method": http.method,
        "uri": target,
        "host": url.netloc,
        "body": gathered.decode("utf-8", "surrogateescape"),
    }


def check_request(case: Case) -> None:
    """A request is the message that its case tells."""
    caller, text = client(case), case.text
    operation = text["given"]["name"]
    values: Any = {}
    if "input" in text["given"]:
        values = typed(
            text.get("params", {}), text["given"]["input"]["shape"], case.shapes
        )
    request = caller.operations[operation].request.from_dict(values)
    http = caller.prepare(request)
    body = http.body if isinstance(http.body, bytes) else b"".join(http.body)
    told, found = text["serialized"], sent(http, body)
    for part in ("method", "host"):
        if part in told:
            assert found[part] == told[part]
    if "uri" in told:
        path, _, query = told["uri"].partition("?")
        path_sent, _, query_sent = found["uri"].partition("?")
        assert path_sent == path
        assert sorted(query_sent.split("&")) == sorted(query.split("&"))
    for name, value in told.get("headers", {}).items():
        assert http.headers.get(name) == value, name
    for name in told.get("forbidHeaders", []):
        assert name not in http.headers, http.headers[name]
    for name in told.get("requireHeaders", []):
        assert name in http.headers, name
    if "body" in told:
        check_body(found["body"], told["body"], http.headers.get("Content-Type", ""))


def check_body(found: str, told: str, media_type: str) -> None:
    """Bodies mean the same."""
    if not told or not found:
        assert found == told
    elif "json" in media_type:
        assert same(json.loads(found), json.loads(told)), f"{found} is not {told}"
    elif "xml" in media_type:
        one, other = (
            ElementTree.canonicalize(text, strip_text=True) for text in (found, told)
        )
        assert one == other
    else:
        assert found == told


def check_response(case: Case) -> None:
    """An answer is read as its case tells."""
    caller, text = client(case), case.text
    given, answer = text["given"], text["response"]
    root = import_module(type(caller).__module__.rpartition(".")[0])
    http = root.HttpResponse(
        answer.get("status_code", 200),
        answer.get("headers", {}),
        answer.get("body", "").encode(),
    )
    request = caller.operations[given["name"]].request.from_dict(text.get("asked", {}))
    if "errorCode" not in text:
        found = caller.parse(request, http).to_dict()
        shape = given["output"]["shape"] if "output" in given else None
        told = typed(text["result"], shape, case.shapes) if shape else text["result"]
        assert same(found, told), f"{found} is not {told}"
        return
    with pytest.raises(root.ServiceError) as raised:
        caller.parse(request, http)
    check_error(case, raised.value)


def check_error(case: Case, error: Any) -> None:
    """An error is the one that its case tells."""
    text, shape = case.text, case.text["errorCode"]
    assert error.code == shape
    assert error.status == text["response"]["status_code"]
    if "errorMessage" in text:
        assert error.message == text["errorMessage"]
    # One that no model knows is of the service's own base.
    known = shape in case.shapes
    assert (type(error).__name__ == shape) is known
    if known:
        told = typed(text.get("error", {}), shape, case.shapes)
        assert same(error.to_dict(), told), f"{error.to_dict()} is not {told}"
