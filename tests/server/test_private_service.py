"""A model that nobody knows: imported and served by the commands, and asked over HTTP."""

from __future__ import annotations

import http.client
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from tests.server.strict_model import json_model, rest_model

JSON = {"Content-Type": "application/json"}
SHORT = "Value with length 1 at '{}' failed to satisfy constraint: Member must have length between 2 and 8, inclusive"
ENUM = "Value at '{}' failed to satisfy constraint: Member must satisfy enum value set: [abc, def]"
LARGE = json.dumps({"string": "a" * 100_000})
TYPE = "SerializationException"


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "specwright", *arguments]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    """Host and port of a process that serves two models, which then ends as it should."""
    root = tmp_path_factory.mktemp("private")
    for model in (rest_model(), json_model()):
        file = root / "service-2.json"
        file.write_text(json.dumps(model), encoding="utf-8")
        done = command("import", "botocore", str(file), "--into", str(root / "specs"))
        subprocess.run(done, check=True, capture_output=True, timeout=120)
    process = subprocess.Popen(
        command("serve", str(root / "specs"), "--port", "0"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = urlsplit(line.removeprefix("listening on ").strip())
        assert found.hostname is not None
        assert found.port is not None
        yield found.hostname, found.port
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=60)
        assert (process.returncode, out) == (0, "")
        assert err.splitlines() == [
            "Strict Rest EventsIn: not served, for it takes a stream of events"
        ]
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def connection(address: tuple[str, int]) -> Iterator[http.client.HTTPConnection]:
    """One connection for all requests that leave it open."""
    kept = http.client.HTTPConnection(*address, timeout=60)
    yield kept
    kept.close()


CASES: list[tuple[str, str, dict[str, str], str, int, str, list[tuple[str, str]]]] = [
    ("POST", "/Values", JSON, '{"string":1}', 400, TYPE, []),
    ("POST", "/Values", JSON, '{"blob":"YQ="}', 400, TYPE, []),
    ("POST", "/Values", JSON, '{"date":"1985-04-12T23:20:50-07:00"}', 400, TYPE, []),
    ("POST", "/Values", JSON, '{"strings":["a",null]}', 400, TYPE, []),
    ("POST", "/Values", JSON, '{"union":{"int":1,"text":"a"}}', 400, TYPE, []),
    ("POST", "/Values", JSON, '{"string":"a","string":"b"}', 400, TYPE, []),
    ("POST", "/IntegerPath/1.0", {}, "", 400, TYPE, []),
    ("POST", "/IntegerPath/%zz", {}, "", 400, TYPE, []),
    ("GET", "/Query?boolean=True", {}, "", 400, TYPE, []),
    ("GET", "/Query?integer=1&integer=2", {}, "", 400, TYPE, []),
    ("POST", "/Headers", {"X-Integers": "1, 2x"}, "", 400, TYPE, []),
    ("POST", "/Headers", {"X-Double": "é"}, "", 400, TYPE, []),
    ("POST", "/Values", JSON, "", 200, "", []),
    ("POST", "/Values", JSON, LARGE, 200, "", []),
    (
        *("POST", "/Values", {"Content-Type": "text/plain"}, "{}", 415),
        *("UnsupportedMediaTypeException", []),
    ),
    (
        *("POST", "/TextPayload", {"Accept": "application/json"}, "", 406),
        *("NotAcceptableException", []),
    ),
    ("OPTIONS", "/Values", {}, "", 405, "UnknownOperationException", []),
    ("POST", "/values", {}, "", 404, "UnknownOperationException", []),
    (
        *("POST", "/Values", JSON, '{"sized":"a","enums":["abc","x"]}', 400),
        *("ValidationException", [("/sized", SHORT), ("/enums/1", ENUM)]),
    ),
    (
        *("GET", "/Query?sized=a&enum=x", {}, "", 400),
        *("ValidationException", [("/enum", ENUM), ("/sized", SHORT)]),
    ),
    (
        *("POST", "/", {"X-Amz-Target": "Strict.Values"}, '{"sizedBlob":"YQ=="}', 400),
        *("ValidationException", [("/sizedBlob", SHORT)]),
    ),
    ("POST", "/", {"X-Amz-Target": "Strict.Values"}, '{"byte":128}', 400, TYPE, []),
]


def shown(value: object) -> str | None:
    return f"{value[:40]!a}" if isinstance(value, str) else None


@pytest.mark.parametrize(
    ("method", "target", "headers", "body", "status", "code", "fields"),
    CASES,
    ids=shown,
)
def test_a_request(
    connection: http.client.HTTPConnection,
    method: str,
    target: str,
    headers: dict[str, str],
    body: str,
    status: int,
    code: str,
    fields: list[tuple[str, str]],
) -> None:
    sent: dict[str, Any] = dict(headers)
    if "X-Amz-Target" in headers:
        sent["Content-Type"] = "application/x-amz-json-1.1"
    connection.request(method, target, body.encode() if body else None, sent)
    answer = connection.getresponse()
    read = json.loads(answer.read() or "{}")
    assert answer.status == status, read
    if code:
        assert code in (answer.getheader("x-amzn-errortype"), read.get("__type"))
    texts = [(path, words.format(path)) for path, words in fields]
    if texts:
        count = "1 error" if len(texts) == 1 else f"{len(texts)} errors"
        start = count.replace(" ", " validation ") + " detected. "
        assert read["message"] == start + "; ".join(text for _, text in texts)
        assert read["fieldList"] == [{"path": p, "message": t} for p, t in texts]


def test_bodies_in_chunks_and_answers_without_bodies(
    connection: http.client.HTTPConnection,
) -> None:
    for _ in range(2):
        chunks = iter([b'{"stri', b'ng":', b'"a"}'])
        connection.request("POST", "/Values", chunks, JSON, encode_chunked=True)
        answer = connection.getresponse()
        assert (answer.status, json.loads(answer.read())["string"]) == (200, "a")
        connection.request("HEAD", "/Values")
        answer = connection.getresponse()
        assert (answer.status, answer.read()) == (405, b"")
