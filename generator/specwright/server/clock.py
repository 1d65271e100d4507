"""Instants of an invented record that agree with each other and with its status."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from specwright.server.names import words

_START = datetime(2024, 1, 1, tzinfo=UTC)
_STAGES: tuple[tuple[int, frozenset[str]], ...] = (
    (3, frozenset({"end", "ended", "completion", "completed", "finished", "stopped"})),
    (5, frozenset({"expiration", "expires", "expiry", "expire", "deadline"})),
    (4, frozenset({"modified", "updated", "update", "latest"})),
    (1, frozenset({"start", "started", "begin"})),
    (
        0,
        frozenset(
            {"created", "creation", "create", "submit", "submitted", "requested"}
        ),
    ),
)
_GOING = frozenset(
    {
        "active",
        "creating",
        "deleting",
        "initializing",
        "inprogress",
        "pending",
        "progress",
    }
    | {
        "queued",
        "running",
        "scheduled",
        "starting",
        "stopping",
        "submitted",
        "updating",
    }
    | {"validating"}
)
_ENDED = 3


def moments(key: str) -> list[datetime]:
    """The instants of a record's six stages: created, started, other, ended, modified, expires."""
    random = Random(f"{key}/clock")  # noqa: S311 - invented data, no secret
    at = _START + timedelta(milliseconds=random.randrange(365 * 86_400_000))
    at -= timedelta(microseconds=at.microsecond if random.random() < 0.3 else 0)
    found = [at]
    for longest in (300, 600, 7200, 60, 30 * 86_400):
        at += timedelta(milliseconds=random.randrange(1, longest * 1000))
        found.append(at)
    return found


def stage(member: str) -> int:
    """Which of the moments a timestamp member tells, by the words of its name."""
    said = set(words(member))
    return next((number for number, telling in _STAGES if said & telling), 2)


def apt(member: str, timestamp: bool, status: str | None) -> bool | None:
    """Whether an optional member befits a record of that status; None where either does."""
    if status is None:
        return None
    said = set(words(status.replace("_", " ")))
    if timestamp and stage(member) == _ENDED:
        return not said & _GOING
    if {"failure", "failed"} & set(words(member)):
        return bool(said & {"failed", "failure", "error"})
    return None
