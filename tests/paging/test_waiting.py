"""Waiting with generated clients: what decides, how long the pauses are, what is raised."""

from __future__ import annotations

import asyncio
import json
import pickle
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from tests.paging.sides import on_path
from tests.protocols.xml_clients import generated

PACKAGE = "waiting_out"
SERVICE = """\
specwright: 1
service: {0}
title: {0}
version: '1'
protocols: [rest-json]
endpoint: {{prefix: things}}
"""
SHAPES = """\
specwright: 1
shapes:
  Gone: {type: structure, error: {fault: client, status: 404}, members: {message: {type: string}}}
  Busy: {type: structure, error: {fault: client, status: 409, code: TooBusy}, members: {}}
"""
OPERATION = """\
specwright: 1
operation: GetThing
http: {method: POST, path: /thing}
input: {id: {type: string, required: true}, want: {type: string}}
output:
  status: {type: State}
  ready: {type: boolean}
  count: {type: integer}
  class: {type: string, required: true}
  parts: {type: list, item: {type: Part}}
errors: [Gone, Busy]
waiters:
  Done:
    doc: Wait until a thing is done.
    delay: 4
    attempts: 30
    acceptors:
      - {state: success, matcher: path, path: status, expected: DONE}
      - {state: failure, matcher: path, path: status, expected: FAILED}
      - {state: retry, matcher: error, expected: Busy}
  Deleted:
    delay: 1
    attempts: 2
    acceptors:
      - {state: success, matcher: error, expected: Gone}
      - {state: retry, matcher: status, expected: 200}
  Settled:
    delay: 1
    attempts: 2
    acceptors:
      - {state: success, matcher: path-all, path: 'parts[].status', expected: DONE}
      - {state: success, matcher: status, expected: 404}
      - {state: failure, matcher: path-any, path: 'parts[].status', expected: FAILED}
  Ready: {delay: 1, attempts: 2, acceptors: [{state: success, matcher: path, path: ready, expected: true}]}
  One: {delay: 1, attempts: 2, acceptors: [{state: success, matcher: path, path: count, expected: 1}]}
  Classy: {delay: 1, attempts: 2, acceptors: [{state: success, matcher: path, path: class, expected: A}]}
  Wanted:
    delay: 1
    attempts: 2
    acceptors:
      - {state: success, matcher: path, of: input-output, path: input.want == output.status, expected: true}
  Answered: {delay: 1, attempts: 2, acceptors: [{state: success, matcher: error, expected: false}, {state: retry, matcher: error, expected: true}]}
  import: {delay: 200, attempts: 2, acceptors: [{state: success, matcher: status, expected: 200}]}
shapes:
  State: {type: string, enum: [DONE, FAILED, WORKING]}
  Part: {type: structure, members: {status: {type: State}}}
"""
PLAIN = "specwright: 1\noperation: Do\nhttp: {method: POST, path: /do}\n"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The package of a service with waiters; one without stands beside it."""
    folder = tmp_path_factory.mktemp("waiting")
    things = {
        "service.yaml": SERVICE.format("Things"),
        "shapes.yaml": SHAPES,
        "operations/GetThing.yaml": OPERATION,
        "operations/Do.yaml": PLAIN,
    }
    plain = {"service.yaml": SERVICE.format("Plain"), "operations/Do.yaml": PLAIN}
    generated(folder, PACKAGE, {"things": things, "plain": plain})
    for _ in on_path(folder):
        yield import_module(f"{PACKAGE}.things")


class Clock:
    """Seconds that pass while a wait pauses, and as each answer takes some."""

    def __init__(self, answers_take: float = 0.0) -> None:
        self.time, self.takes = 50.0, answers_take
        self.pauses: list[float] = []

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.time += seconds


class Scripted:
    """A transport that answers from a list, the last answer for ever."""

    def __init__(self, root: Any, clock: Clock, *answers: Any) -> None:
        self.root, self.clock, self.answers = root, clock, list(answers)
        self.asked = 0

    def send(self, request: Any, *, timeout: float | None, stream: bool = False) -> Any:
        answer = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        self.clock.time += self.clock.takes
        if isinstance(answer, Exception):
            raise answer
        status, members = answer if isinstance(answer, tuple) else (200, answer)
        headers = {"x-amzn-errortype": members.pop("code")} if "code" in members else {}
        return self.root.HttpResponse(status, headers, json.dumps(members).encode())

    def close(self) -> None:
        pass


class AsyncScripted(Scripted):
    """The same, awaited."""

    async def send(self, *args: Any, **options: Any) -> Any:  # type: ignore[override]
        return super().send(*args, **options)

    async def close(self) -> None:  # type: ignore[override]
        pass


def wait(
    root: Any,
    name: str,
    *answers: Any,
    clock: Clock | None = None,
    members: Any = None,
    **options: Any,
) -> Any:
    """What waiting with some answers gives; the script stands beside it."""
    clock = clock or Clock()
    script = Scripted(root, clock, *answers)
    client = root.ThingsClient(
        endpoint_url="http://127.0.0.1:9",
        region="us-east-1",
        credentials=root.Credentials("a", "b"),
        transport=script,
        retries=0,
    )
    request = root.GetThingRequest(id="x", **(members or {}))
    waiter = getattr(root.waiters, name)(request)
    return client.wait(waiter, now=clock.now, sleep=clock.sleep, **options), script


def test_the_response_that_decides_is_returned(root: Any) -> None:
    found, script = wait(root, "Done", {"status": "WORKING"}, {}, {"status": "DONE"})
    assert isinstance(found, root.GetThingResponse)
    assert found.status == "DONE"
    assert found.response_metadata.status == 200
    assert script.asked == 3


def test_an_answer_may_end_the_wait_with_a_failure(root: Any) -> None:
    with pytest.raises(root.WaiterFailedError) as caught:
        wait(root, "Done", {}, {"status": "FAILED"})
    error = caught.value
    assert isinstance(error, root.SpecwrightError)
    assert str(error) == "Done: status is 'FAILED' (asked 2 times)"
    assert (error.waiter, error.attempts, error.error) == ("Done", 2, None)
    assert error.response.status == "FAILED"
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.response) == (str(error), error.response)


@pytest.mark.parametrize("code", ["Busy", "TooBusy"])
def test_errors_are_known_by_code_or_class(root: Any, code: str) -> None:
    found, script = wait(root, "Done", (409, {"code": code}), {"status": "DONE"})
    assert (found.status, script.asked) == ("DONE", 2)


def test_errors_that_mean_nothing_are_raised_as_they_are(root: Any) -> None:
    with pytest.raises(root.errors.Gone, match="no such thing"):
        wait(root, "Done", (404, {"code": "Gone", "message": "no such thing"}))
    broken = root.TransportError("broken")
    with pytest.raises(root.TransportError, match="broken"):
        wait(root, "Done", broken)
    with pytest.raises(root.ValidationError):
        wait(root, "Done", {}, members={"want": 5})


def test_an_error_may_be_what_is_waited_for(root: Any) -> None:
    found, script = wait(root, "Deleted", {}, (404, {"code": "Gone"}), max_wait=60)
    assert found is None
    assert script.asked == 2


def test_responses_and_errors_may_both_be(root: Any) -> None:
    parts = [{"status": "DONE"}, {"status": "WORKING"}]
    found, _ = wait(root, "Settled", {}, {"parts": parts}, {"parts": parts[:1]})
    assert [part.status for part in found.parts] == ["DONE"]
    assert wait(root, "Settled", (404, {"code": "Other"}))[0] is None
    with pytest.raises(root.WaiterFailedError, match="one of parts"):
        wait(root, "Settled", {"parts": [*parts, {"status": "FAILED"}]})


@pytest.mark.parametrize(
    ("name", "wrong", "right"),
    [
        ("Ready", {"ready": False}, {"ready": True}),
        ("Ready", {}, {"ready": True}),
        ("One", {"count": 2}, {"count": 1}),
        ("Classy", {}, {"class": "A"}),
        ("Wanted", {"status": "WORKING"}, {"status": "NEW"}),
        ("Answered", (500, {"code": "Any"}), {}),
    ],
)
def test_values_of_every_kind(root: Any, name: str, wrong: Any, right: Any) -> None:
    members = {"want": "NEW"}
    found, script = wait(root, name, wrong, right, members=members, max_wait=9)
    assert isinstance(found, root.GetThingResponse)
    assert script.asked == 2


def test_pauses_grow_at_random_within_their_bounds(root: Any) -> None:
    clock = Clock()
    with pytest.raises(root.WaiterTimeoutError):
        wait(root, "Done", {}, clock=clock, max_wait=2000, max_delay=50)
    most = [4, 8, 16, 32] + [50] * len(clock.pauses)
    *pauses, last = clock.pauses
    assert all(4 <= p <= m for p, m in zip(pauses, most, strict=False))
    assert len({*pauses}) > len(pauses) / 2
    assert max(pauses) > 32
    assert sum(clock.pauses) == pytest.approx(2000)
    assert last <= 50


def test_the_last_attempt_is_made_as_the_time_ends(root: Any) -> None:
    clock = Clock(answers_take=1.0)
    options = {"max_wait": 10, "min_delay": 3, "max_delay": 3}
    with pytest.raises(root.WaiterTimeoutError) as caught:
        wait(root, "Done", {"status": "WORKING"}, clock=clock, **options)
    assert clock.pauses == [3, 3, 1]
    assert caught.value.attempts == 4
    assert caught.value.response.status == "WORKING"
    assert isinstance(caught.value, TimeoutError)
    assert str(caught.value) == "Done: 10 seconds are over (asked 4 times)"


def test_a_timeout_tells_the_last_state(root: Any) -> None:
    with pytest.raises(root.WaiterTimeoutError, match="last, the error is Busy") as got:
        wait(root, "Done", (409, {"code": "Busy"}), max_wait=0)
    assert isinstance(got.value.error, root.errors.Busy)
    assert got.value.response is None
    assert got.value.attempts == 1


def test_a_waiter_has_a_limit_and_a_pace_of_its_own(root: Any) -> None:
    clock = Clock()
    with pytest.raises(root.WaiterTimeoutError):
        wait(root, "Done", {}, clock=clock)
    assert sum(clock.pauses) == pytest.approx(4 * 30)
    clock = Clock()
    wait(root, "Import", (200, {}), clock=clock)
    assert clock.pauses == []


@pytest.mark.parametrize(
    "options",
    [
        {"max_wait": -1},
        {"min_delay": -1},
        {"min_delay": 9, "max_delay": 8},
        {"max_delay": 3},
        {"max_wait": float("nan")},
    ],
)
def test_times_that_make_no_sense_are_refused(root: Any, options: Any) -> None:
    with pytest.raises(ValueError, match="makes no sense"):
        wait(root, "Done", {}, **options)


def test_a_waiter_wants_a_request_of_its_operation(root: Any) -> None:
    with pytest.raises(TypeError, match="a request of GetThing, not with a DoRequest"):
        root.waiters.Done(root.DoRequest())
    with pytest.raises(TypeError, match="not with a str"):
        root.waiters.Done("x")
    waiter = root.waiters.Done(root.GetThingRequest(id="x"))
    assert repr(waiter) == "Done(GetThingRequest(id='x'))"


def test_docstrings_tell_what_is_waited_for(root: Any) -> None:
    said = " ".join(root.waiters.Done.__doc__.split())
    assert said == (
        "Wait until a thing is done. Content when status is 'DONE'. Fails when status is "
        "'FAILED'. Asks GetThing after 4 seconds, then less often, for 120 seconds in all "
        "unless max_wait says otherwise."
    )


def test_asynchronous_clients_wait_too(root: Any) -> None:
    clock = Clock()
    script = AsyncScripted(root, clock, {}, {}, {"status": "DONE"})

    async def sleep(seconds: float) -> None:
        clock.sleep(seconds)

    async def run() -> Any:
        client = root.AsyncThingsClient(
            endpoint_url="http://127.0.0.1:9",
            region="us-east-1",
            credentials=root.Credentials("a", "b"),
            transport=script,
        )
        waiter = root.waiters.Done(root.GetThingRequest(id="x"))
        return await client.wait(waiter, now=clock.now, sleep=sleep)

    assert asyncio.run(run()).status == "DONE"
    assert (script.asked, len(clock.pauses)) == (3, 2)


def test_it_sleeps_by_itself(root: Any) -> None:
    client = root.ThingsClient(endpoint_url="http://127.0.0.1:9", region="us-east-1")
    answers = iter(["WORKING", "DONE"])
    client.send = lambda request: root.GetThingResponse(
        status=next(answers), class_="c"
    )
    waiter = root.waiters.Done(root.GetThingRequest(id="x"))
    assert client.wait(waiter, min_delay=0.01, max_delay=0.01).status == "DONE"


def test_only_services_with_waiters_have_them(root: Any) -> None:
    plain = import_module(f"{PACKAGE}.plain")
    assert not hasattr(plain.PlainClient, "wait")
    assert "waiters" not in plain.__all__
    assert {"waiters", "WaiterError", "WaiterFailedError", "WaiterTimeoutError"} <= {
        *root.__all__
    }
    assert not hasattr(plain, "waiters")


def test_waiters_are_imported_when_they_are_used(root: Any) -> None:
    folder = Path(root.__file__).parent.parent.parent
    code = (
        f"import sys; sys.path.insert(0, {str(folder)!r})\n"
        f"import {PACKAGE}.things as things; things.ThingsClient(region='x')\n"
        "print(sorted(n for n in sys.modules if 'jmes' in n or n.endswith('waiters')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


USE = """\
from typing import assert_type

from waiting_out.things import (
    AsyncThingsClient,
    DoRequest,
    GetThingRequest,
    GetThingResponse,
    ThingsClient,
    waiters,
)

client = ThingsClient()
request = GetThingRequest(id="x")
assert_type(client.wait(waiters.Done(request), max_wait=5), GetThingResponse)
assert_type(client.wait(waiters.Deleted(request)), None)
assert_type(client.wait(waiters.Settled(request)), GetThingResponse | None)


async def use() -> None:
    found = await AsyncThingsClient().wait(waiters.Done(request))
    assert_type(found, GetThingResponse)


waiters.Done(DoRequest())  # wrong
"""


@pytest.mark.slow
@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_types_are_exact(root: Any, checker: str, tmp_path: Path) -> None:
    folder = Path(root.__file__).parent.parent.parent
    (folder / "use.py").write_text(USE, "utf-8")
    (folder / "pyrightconfig.json").write_text(
        json.dumps(
            {
                "typeCheckingMode": "strict",
                "include": ["use.py", f"{PACKAGE}/things"],
                "pythonPath": sys.executable,
            }
        ),
        "utf-8",
    )
    options = {
        "mypy": ["--strict", "--cache-dir", str(tmp_path), "use.py"],
        "pyright": ["--pythonpath", sys.executable, "--project", str(folder)],
    }
    done = subprocess.run(
        [sys.executable, "-m", checker, *options[checker]],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    told = [line for line in done.stdout.splitlines() if " error: " in line]
    wrong = USE.splitlines().index("waiters.Done(DoRequest())  # wrong") + 1
    assert len(told) == 1, done.stdout
    assert f"use.py:{wrong}:" in told[0]
