"""When clients send again: what passes, what doesn't, how long they wait, how often they try."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from generated.bedrock import (
    Credentials,
    HttpRequest,
    ListModelImportJobsRequest,
    Retries,
    TransportError,
    ValidationError,
    errors,
)
from tests.generated.support import BY_NAME
from tests.generated.transports import Answer, AsyncScripted, Scripted, failure, ok

CASE = BY_NAME["ListModelImportJobs"]
REQUEST = ListModelImportJobsRequest(max_results=5)
GONE = TransportError("gone")
PASSING: tuple[Answer, ...] = (
    GONE,
    failure(500),
    failure(502),
    failure(503),
    failure(504),
    failure(429),
    failure(429, "ThrottlingException"),
    failure(400, "ThrottlingException"),
    failure(400, "Throttling"),
    failure(400, "RequestTimeout"),
    failure(500, "InternalServerException"),
)
LASTING: tuple[Answer, ...] = (
    TransportError("the request can't be sent", retryable=False),
    failure(400),
    failure(400, "ValidationException"),
    failure(403, "AccessDeniedException"),
    failure(404, "ResourceNotFoundException"),
    failure(404),
    failure(501),
    failure(301),
)


class Runner:
    """Sends with a scripted transport, sync or async; nothing sleeps, waits are kept."""

    def __init__(self, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.kind = kind
        self.waits: list[float] = []

        async def wait(seconds: float) -> None:
            self.waits.append(seconds)

        monkeypatch.setattr(time, "sleep", self.waits.append)
        monkeypatch.setattr(asyncio, "sleep", wait)
        # Every wait is as long as it can be.
        monkeypatch.setattr(random, "random", lambda: 1.0)

    def send(
        self, script: Any, request: Any = REQUEST, client: Any = None, **options: Any
    ) -> tuple[Any, Scripted]:
        """What comes back, an exception too, and the transport."""
        if self.kind == "async":
            transport: Scripted = AsyncScripted(script)
            client = CASE.async_client(transport=transport, **options)
        else:
            transport = Scripted(script)
            client = CASE.client(transport=transport, **options)
        try:
            found = client.send(request)
            result = asyncio.run(found) if self.kind == "async" else found
        except CASE.package.SpecwrightError as error:
            result = error
        return result, transport


@pytest.fixture(params=["sync", "async"])
def runner(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Runner:
    return Runner(request.param, monkeypatch)


@pytest.mark.parametrize("answer", PASSING, ids=str)
def test_what_may_pass_is_tried_again(answer: Answer, runner: Runner) -> None:
    response, transport = runner.send([answer, ok(nextToken="a")])
    assert response.next_token == "a"
    assert response.response_metadata.attempts == 2
    assert len(transport.requests) == 2
    assert len(runner.waits) == 1


@pytest.mark.parametrize("answer", LASTING, ids=str)
def test_what_does_not_pass_is_raised_at_once(answer: Answer, runner: Runner) -> None:
    error, transport = runner.send([answer])
    assert isinstance(error, TransportError | errors.BedrockError)
    assert not error.retryable
    assert len(transport.requests) == 1
    assert runner.waits == []


def test_a_first_success_is_one_attempt(runner: Runner) -> None:
    response, transport = runner.send([ok()])
    assert response.response_metadata.attempts == 1
    assert len(transport.requests) == 1


def test_a_refused_request_is_never_sent(runner: Runner) -> None:
    wrong = ListModelImportJobsRequest(max_results=0)
    error, transport = runner.send([], wrong)
    assert isinstance(error, ValidationError)
    assert transport.requests == []
    assert runner.waits == []


@pytest.mark.parametrize(
    ("retries", "attempts"),
    [
        (None, 3),
        (0, 1),
        (1, 2),
        (4, 5),
        (Retries(max_attempts=2), 2),
        (Retries(max_attempts=1), 1),
    ],
)
def test_how_often(retries: Any, attempts: int, runner: Runner) -> None:
    error, transport = runner.send([GONE] * 10, retries=retries)
    assert error is GONE
    assert len(transport.requests) == attempts
    error, transport = runner.send([failure(503)] * 10, retries=retries)
    assert error.status == 503
    assert len(transport.requests) == attempts


def test_waits_double_up_to_a_cap(runner: Runner) -> None:
    runner.send([GONE] * 9, retries=Retries(max_attempts=8, base=0.5, cap=4.0))
    assert runner.waits == [0.5, 1.0, 2.0, 4.0, 4.0, 4.0, 4.0]


def test_waits_are_longer_where_the_service_asks_for_fewer_requests(
    runner: Runner,
) -> None:
    runner.send(
        [failure(429)] * 9,
        retries=Retries(max_attempts=5, base=0.1, throttled_base=3.0),
    )
    assert runner.waits == [3.0, 6.0, 12.0, 20.0]


def test_waits_are_random_parts(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(random, "random", iter([0.0, 0.25, 0.75]).__next__)
    runner.send([GONE] * 4, retries=Retries(max_attempts=4, base=1.0))
    assert runner.waits == [0.0, 0.5, 3.0]


def test_the_wish_of_the_service_is_followed_up_to_the_cap(runner: Runner) -> None:
    script = [
        failure(503, retry_after="7"),
        failure(503, retry_after="3600"),
        failure(503, x_amz_retry_after="1500"),
        failure(503, retry_after="soon"),
        ok(),
    ]
    response, _ = runner.send(
        script, retries=Retries(max_attempts=5, base=0.01, cap=9.0)
    )
    assert response.response_metadata.attempts == 5
    assert runner.waits == [7.0, 9.0, 1.5, 0.08]


def test_every_attempt_is_signed_anew(runner: Runner) -> None:
    moments = iter(
        datetime(2026, 1, 31, tzinfo=UTC) + timedelta(minutes=n) for n in range(3)
    )
    keys = iter(Credentials(f"KEY{n}", "secret") for n in range(3))
    _, transport = runner.send(
        [GONE, failure(500), ok()],
        clock=lambda: next(moments),
        credentials=lambda: next(keys),
    )
    dates = [request.headers["x-amz-date"] for request in transport.requests]
    assert dates == ["20260131T000000Z", "20260131T000100Z", "20260131T000200Z"]
    for number, request in enumerate(transport.requests):
        assert f"Credential=KEY{number}/" in request.headers["authorization"]
    assert (
        len({request.headers["authorization"] for request in transport.requests}) == 3
    )
    assert len({request.url for request in transport.requests}) == 1


def test_the_last_error_is_the_one_that_is_raised(runner: Runner) -> None:
    error, transport = runner.send([GONE, failure(500), failure(400, "Other")])
    assert (error.code, error.status) == ("Other", 400)
    assert len(transport.requests) == 3


def test_an_unreadable_success_is_not_tried_again(runner: Runner) -> None:
    answer = ok()
    answer.body = b"<html>"
    error, transport = runner.send([answer])
    assert type(error) is CASE.package.ResponseError
    assert len(transport.requests) == 1


def test_a_view_has_retries_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: None)
    transport = Scripted(lambda _: GONE)
    client = CASE.client(transport=transport)
    for view, attempts in (
        (client.with_options(retries=0), 1),
        (client.with_options(retries=Retries(max_attempts=5)), 5),
        (client.with_options(timeout=1), 3),
        (client, 3),
    ):
        transport.requests.clear()
        with pytest.raises(TransportError):
            view.send(REQUEST)
        assert len(transport.requests) == attempts


def test_no_connection_is_a_transport_error(
    unused_port: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the real transports, and a port that nobody listens on."""
    monkeypatch.setattr(time, "sleep", lambda _: None)
    url = f"http://127.0.0.1:{unused_port()}"
    with (
        CASE.client(endpoint_url=url, retries=1) as client,
        pytest.raises(TransportError, match="no connection to"),
    ):
        client.send(REQUEST)

    async def call() -> None:
        async with CASE.async_client(endpoint_url=url, retries=0) as client:
            with pytest.raises(TransportError, match="no connection to"):
                await client.send(REQUEST)

    asyncio.run(call())


@pytest.fixture
def unused_port() -> Callable[[], int]:
    import socket

    def port() -> int:
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            number: int = one.getsockname()[1]
            return number

    return port


def test_requests_go_out_as_they_were_prepared(runner: Runner) -> None:
    _, transport = runner.send([ok()], timeout=5)
    (sent,) = transport.requests
    prepared = CASE.client().prepare(REQUEST)
    assert isinstance(sent, HttpRequest)
    assert (sent.method, sent.url, sent.body) == (
        prepared.method,
        prepared.url,
        prepared.body,
    )
    assert transport.timeouts == [5]
