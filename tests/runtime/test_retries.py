"""What is tried again, how often, and after how long a wait."""

import pickle

import pytest
from botocore.retries import standard
from hypothesis import given, strategies as st

from specwright.runtime import retries
from specwright.runtime.http import Headers
from specwright.runtime.retries import Retries, retry_after, should_retry

unit = st.floats(0, 1)


def test_the_tables_are_those_of_botocores_standard_mode() -> None:
    throttling = standard.ThrottledRetryableChecker._THROTTLED_ERROR_CODES
    transient = standard.TransientRetryableChecker
    assert set(throttling) == retries.THROTTLING_CODES
    assert set(transient._TRANSIENT_ERROR_CODES) == retries.TRANSIENT_CODES
    assert set(transient._TRANSIENT_STATUS_CODES) == retries.TRANSIENT_STATUSES


@pytest.mark.parametrize(
    ("status", "code", "retryable", "again"),
    [
        (None, None, True, True),
        (None, None, False, False),
        (500, None, False, True),
        (501, None, False, False),
        (503, "Anything", False, True),
        (429, None, False, True),
        (400, "ThrottlingException", False, True),
        (400, "RequestTimeout", False, True),
        (400, "ValidationException", False, False),
        (400, "ModelsOwnRetryable", True, True),
        (404, None, False, False),
        (200, None, False, False),
    ],
)
def test_failures_that_may_pass_are_tried_again(
    status: int | None, code: str | None, retryable: bool, again: bool
) -> None:
    assert should_retry(status, code, retryable) is again


def test_throttling_is_told_apart() -> None:
    assert retries.is_throttling(400, "SlowDown")
    assert retries.is_throttling(429, None)
    assert not retries.is_throttling(503, None)


def test_waits_double_up_to_the_cap() -> None:
    waits = [Retries().backoff(n, lambda: 1.0, throttled=True) for n in range(1, 8)]
    assert waits == [1, 2, 4, 8, 16, 20, 20]
    assert Retries().backoff(1, lambda: 1.0) == 0.05
    assert Retries().backoff(3, lambda: 0.5) == 0.1


@given(st.integers(1, 10**6), unit, st.booleans(), st.floats(0, 100))
def test_no_wait_is_longer_than_the_cap(
    attempt: int, random: float, throttled: bool, cap: float
) -> None:
    policy = Retries(max_attempts=10**7, cap=cap)
    wait = policy.delay(attempt, lambda: random, throttled=throttled, retry_after=1e9)
    assert wait == cap
    assert 0 <= policy.backoff(attempt, lambda: random, throttled=throttled) <= cap


def test_attempts_run_out() -> None:
    policy = Retries(max_attempts=3)
    waits = [policy.delay(attempt, lambda: 0.0) for attempt in (1, 2, 3, 4)]
    assert waits == [0.0, 0.0, None, None]
    assert Retries(max_attempts=1).delay(1, lambda: 0.0, retry_after=1) is None


def test_the_services_wish_is_a_lower_bound() -> None:
    policy = Retries(base=1)
    assert policy.delay(1, lambda: 0.5, retry_after=0.1) == 0.5
    assert policy.delay(1, lambda: 0.5, retry_after=7) == 7
    assert policy.delay(1, lambda: 0.5, retry_after=1000) == 20


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "7"}, 7.0),
        ({"x-amz-retry-after": "1500"}, 1.5),
        ({"x-amz-retry-after": "1500", "Retry-After": "7"}, 1.5),
        ({"x-amz-retry-after": "soon", "Retry-After": "7"}, 7.0),
        ({"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}, None),
        ({"Retry-After": "-1"}, None),
        ({"Retry-After": "1.5"}, None),
        ({"Retry-After": "٣"}, None),
        ({"Retry-After": "9" * 5000}, None),
    ],
)
def test_retry_after_is_read_where_it_is_readable(
    headers: dict[str, str], seconds: float | None
) -> None:
    assert retry_after(Headers(headers)) == seconds


def test_a_count_is_of_retries_after_the_first_try() -> None:
    assert Retries.of(None) == Retries() == Retries.of(2)
    assert Retries.of(0) == Retries(max_attempts=1)
    policy = Retries(max_attempts=5, cap=1)
    assert Retries.of(policy) is policy
    with pytest.raises(TypeError, match="positional"):
        Retries(3)  # type: ignore[call-arg]
    with pytest.raises(ValueError, match="retries is -1"):
        Retries.of(-1)
    with pytest.raises(ValueError, match="at least 1"):
        Retries(max_attempts=0)
    with pytest.raises(ValueError, match="not below 0"):
        Retries(cap=float("nan"))


def test_retries_are_values() -> None:
    policy = Retries(max_attempts=4, base=1, cap=2)
    assert pickle.loads(pickle.dumps(policy)) == policy != Retries(max_attempts=4)
    assert len({policy, Retries(max_attempts=4, base=1, cap=2)}) == 1
    assert repr(policy) == "Retries(max_attempts=4, base=1, throttled_base=1.0, cap=2)"
    assert policy != 4
