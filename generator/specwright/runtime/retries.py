"""When a failed attempt is made again, and how long to wait before it."""

from collections.abc import Callable

from .http import Headers

THROTTLING_CODES: frozenset[str] = frozenset(
    {
        "BandwidthLimitExceeded",
        "EC2ThrottledException",
        "LimitExceededException",
        "PriorRequestNotComplete",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "RequestThrottled",
        "RequestThrottledException",
        "SlowDown",
        "ThrottledException",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
        "TransactionInProgressException",
    }
)
"""Errors by which services ask for fewer requests, whether or not a model says so."""

TRANSIENT_CODES: frozenset[str] = frozenset(
    {"PriorRequestNotComplete", "RequestTimeout", "RequestTimeoutException"}
)
TRANSIENT_STATUSES: frozenset[int] = frozenset({500, 502, 503, 504})
TOO_MANY_REQUESTS = 429


def is_throttling(status: int | None, code: str | None) -> bool:
    return status == TOO_MANY_REQUESTS or code in THROTTLING_CODES


def should_retry(status: int | None, code: str | None, retryable: bool) -> bool:
    """Whether a failure may pass: its status, its code, or its model says so."""
    return (
        retryable
        or status in TRANSIENT_STATUSES
        or code in TRANSIENT_CODES
        or is_throttling(status, code)
    )


class Retries:
    """How often to try, and how the waits grow.

    `max_attempts` counts the first one too: `retries=3` of a client is 4 attempts.
    Before attempt n + 1 comes a random part of `base * 2 ** (n - 1)` seconds, or of
    `throttled_base * 2 ** (n - 1)` where the service asked for fewer requests; never
    more than `cap`.
    """

    __slots__ = ("base", "cap", "max_attempts", "throttled_base")

    def __init__(
        self,
        *,
        max_attempts: int = 3,
        base: float = 0.05,
        throttled_base: float = 1.0,
        cap: float = 20.0,
    ) -> None:
        if max_attempts < 1:
            raise ValueError(f"max_attempts is {max_attempts}: at least 1 is needed")
        if not (base >= 0 and throttled_base >= 0 and cap >= 0):
            raise ValueError("base, throttled_base and cap are seconds, not below 0")
        self.max_attempts: int = max_attempts
        self.base: float = base
        self.throttled_base: float = throttled_base
        self.cap: float = cap

    @staticmethod
    def of(value: "Retries | int | None") -> "Retries":
        """Retries as they are, from a count of retries after the first try, or usual."""
        if value is None:
            return Retries()
        if isinstance(value, Retries):
            return value
        if value < 0:
            raise ValueError(f"retries is {value}: 0 sends every request once")
        return Retries(max_attempts=value + 1)

    def backoff(
        self, attempt: int, random: Callable[[], float], *, throttled: bool = False
    ) -> float:
        """Seconds to wait after the attempt (from 1); `random` returns 0 to 1."""
        base = self.throttled_base if throttled else self.base
        # Past 64 doublings every wait is the cap, and the power would overflow.
        return random() * min(self.cap, base * 2.0 ** min(attempt - 1, 64))

    def delay(
        self,
        attempt: int,
        random: Callable[[], float],
        *,
        throttled: bool = False,
        retry_after: float | None = None,
    ) -> float | None:
        """Seconds to wait before the next attempt, or None when this was the last.

        `retry_after` is the service's wish: it is waited for, up to the cap.
        """
        if attempt >= self.max_attempts:
            return None
        wait = self.backoff(attempt, random, throttled=throttled)
        return wait if retry_after is None else max(wait, min(retry_after, self.cap))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Retries) and self._values() == other._values()

    def __hash__(self) -> int:
        return hash(self._values())

    def _values(self) -> tuple[int, float, float, float]:
        return self.max_attempts, self.base, self.throttled_base, self.cap

    def __repr__(self) -> str:
        return (
            f"Retries(max_attempts={self.max_attempts}, base={self.base}, "
            f"throttled_base={self.throttled_base}, cap={self.cap})"
        )


def retry_after(headers: Headers) -> float | None:
    """The seconds that a service wants us to wait; a date is not read, since clocks differ."""
    for name, unit in (("x-amz-retry-after", 1000.0), ("retry-after", 1.0)):
        text = headers.get(name, "")
        # Ten digits are three hundred years: whatever is longer is no number of seconds.
        if text and len(text) <= 10 and text.isascii() and text.isdigit():
            return int(text) / unit
    return None
