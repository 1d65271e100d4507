"""What waiters are: a request, and what its answers mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, Literal, NamedTuple, TypeAlias, TypeGuard, TypeVar

from .errors import ServiceError, SpecwrightError
from .jmes import Expression, same
from .operation import Request, Response, ResponseT
from .structure import is_sequence

OutcomeT = TypeVar("OutcomeT")
State: TypeAlias = Literal["success", "failure", "retry"]
Answer: TypeAlias = "Response | ServiceError"
Test: TypeAlias = Callable[[Request[Response], Answer], bool]


class Acceptor(NamedTuple):
    """What it means that an answer passes a test, which ``about`` describes."""

    state: State
    about: str
    test: Test


class WaiterError(SpecwrightError):
    """A wait ended without success: ``reason`` says why, after so many ``attempts``.

    Of ``response`` and ``error``, one is the last answer.
    """

    def __init__(self, waiter: str, reason: str, attempts: int, answer: Answer) -> None:
        super().__init__(waiter, reason, attempts, answer)
        self.waiter = waiter
        self.reason = reason
        self.attempts = attempts
        self.response = answer if isinstance(answer, Response) else None
        self.error = answer if isinstance(answer, ServiceError) else None

    def __str__(self) -> str:
        asked = f"asked {self.attempts} time{'' if self.attempts == 1 else 's'}"
        return f"{self.waiter}: {self.reason} ({asked})"


class WaiterFailedError(WaiterError):
    """An answer came that means that waiting longer is no use."""


class WaiterTimeoutError(WaiterError, TimeoutError):
    """The time was over before an answer decided."""


class Waiter(Generic[ResponseT, OutcomeT]):
    """What to ask until an acceptor decides, and how often: pauses are of ``delay`` seconds
    at least, and ``attempts`` of them are waited for unless a call says otherwise."""

    operation: ClassVar[str] = ""
    delay: ClassVar[int] = 1
    attempts: ClassVar[int] = 1
    acceptors: ClassVar[tuple[Acceptor, ...]] = ()

    def __init__(self, request: Request[ResponseT]) -> None:
        given: object = request
        if not is_request(given) or given.__operation__.name != self.operation:
            raise TypeError(
                f"{type(self).__name__} waits with a request of {self.operation}, "
                f"not with a {type(given).__name__}"
            )
        self.request = request

    def outcome(self, response: ResponseT | None) -> OutcomeT:
        """What a call returns after success; no response where an error meant success."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.request!r})"


class UntilAnswered(Waiter[ResponseT, ResponseT]):
    """A waiter to which only responses mean success."""

    def outcome(self, response: ResponseT | None) -> ResponseT:
        if response is None:
            raise TypeError(f"an error can't mean success to {type(self).__name__}")
        return response


class UntilRefused(Waiter[ResponseT, None]):
    """A waiter to which only errors mean success."""

    def outcome(self, response: ResponseT | None) -> None:
        return None


class UntilEither(Waiter[ResponseT, "ResponseT | None"]):
    """A waiter to which responses and errors may mean success."""

    def outcome(self, response: ResponseT | None) -> ResponseT | None:
        return response


def is_request(value: object) -> TypeGuard[Request[Response]]:
    return isinstance(value, Request)


def success(about: str, test: Test) -> Acceptor:
    return Acceptor("success", about, test)


def failure(about: str, test: Test) -> Acceptor:
    return Acceptor("failure", about, test)


def retry(about: str, test: Test) -> Acceptor:
    return Acceptor("retry", about, test)


def status(expected: int) -> Test:
    """True for answers of one HTTP status."""

    def matches(request: Request[Response], answer: Answer) -> bool:
        if isinstance(answer, ServiceError):
            return answer.status == expected
        return answer.response_metadata.status == expected

    return matches


def error(expected: str | bool) -> Test:
    """True for errors with a code or of a class; for any error, or for none."""

    def matches(request: Request[Response], answer: Answer) -> bool:
        if not isinstance(answer, ServiceError):
            return expected is False
        return expected is True or expected in (answer.code, type(answer).__name__)

    return matches


def found(
    path: Expression, check: Callable[[object], bool], *, with_input: bool = False
) -> Test:
    """True for responses in which an expression leads to what passes a check."""

    def matches(request: Request[Response], answer: Answer) -> bool:
        if isinstance(answer, ServiceError):
            return False
        return check(
            path({"input": request, "output": answer} if with_input else answer)
        )

    return matches


def itself(expected: object) -> Callable[[object], bool]:
    return lambda value: same(value, expected)


def all_of(expected: object) -> Callable[[object], bool]:
    return lambda value: bool(found_in(value)) and all(
        same(item, expected) for item in found_in(value)
    )


def any_of(expected: object) -> Callable[[object], bool]:
    return lambda value: any(same(item, expected) for item in found_in(value))


def found_in(value: object) -> Sequence[object]:
    return value if is_sequence(value) else ()
