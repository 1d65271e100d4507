"""One operation held against botocore: requests, answers and errors of one seed."""

from __future__ import annotations

import traceback
from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.catalogue import answers
from tests.catalogue.botocore_calls import ENDPOINT, BotocoreClient
from tests.catalogue.customizations import RULED_HOSTS
from tests.catalogue.headers import align
from tests.catalogue.messages import Difference, differences, request as request_of
from tests.catalogue.models import operation_of
from tests.catalogue.packages import TOKEN, OurClient
from tests.catalogue.values import Draw, host_labels, structure

# The first draw has all members, the second only what has to be, the others some.
FULLNESS = (1.0, 0.0, 0.5, 0.25)
MOST_TOLD = 12
HOST = ENDPOINT.partition("//")[2]


@dataclass(frozen=True)
class Disagreement:
    """Where ours and botocore's say different things, and how to see it again."""

    service: str
    operation: str
    kind: str
    pointer: str
    ours: str
    theirs: str
    seed: int
    number: int

    def __str__(self) -> str:
        replay = (
            f"--service {self.service} --operation {self.operation} --seed {self.seed}"
        )
        return (
            f"{self.service} {self.operation} {self.kind} {self.pointer}: ours {self.ours}, "
            f"botocore {self.theirs} (draw {self.number}; {replay})"
        )


@dataclass
class Outcome:
    """How often the sides were compared and agreed, by kind, and where they did not."""

    compared: Counter[str] = field(default_factory=Counter)
    agreed: Counter[str] = field(default_factory=Counter)
    disagreements: list[Disagreement] = field(default_factory=list)


@dataclass(frozen=True)
class Side:
    """A service as both sides have it."""

    service: str
    protocol: str
    ours: OurClient
    theirs: BotocoreClient


def compare(
    side: Side, operation: str, seed: int, draws: int, errors: int | None = None
) -> Outcome:
    """Everything about one operation; ``errors`` is how many of its errors are drawn."""
    outcome = Outcome()
    model = operation_of(side.service, operation)
    protocol, prefix = side.protocol, side.theirs.host_prefixes[operation]
    for number in range(draws):
        random = Random(f"{seed} {side.service} {operation} {number}")
        fullness = FULLNESS[number % len(FULLNESS)]
        values, free = asked(model, protocol, random, fullness, prefix)
        answer = answers.answer(model, protocol, random, fullness)
        _requests(side, operation, outcome, (seed, number), values, free, answer)
    shapes = list(model.error_shapes)
    picked = shapes
    if errors is not None and len(shapes) > errors:
        picked = Random(f"{seed} {side.service} {operation}").sample(shapes, errors)
    for number, shape in enumerate(picked):
        random = Random(f"{seed} {side.service} {operation} {shape.name}")
        values, _ = asked(model, protocol, random, 0.0, prefix)
        told = answers.error(model, shape, protocol, random, FULLNESS[number % 3])
        _errors(side, operation, outcome, (seed, number), values, shape, told)
    return outcome


def asked(
    model: Any, protocol: str, random: Random, fullness: float, prefix: str = ""
) -> tuple[dict[str, Any], bool]:
    """Values of a request, and whether a pattern could not be met. ``prefix`` is that of the
    host, with the names of members in braces."""
    if model.input_shape is None:
        return {}, False
    xml = protocol in ("query", "ec2", "rest-xml")
    algorithm = (model.http_checksum or {}).get("requestAlgorithmMember")
    labels = host_labels(prefix)
    draw = Draw(random, fullness=fullness, xml=xml, labels=labels, algorithm=algorithm)
    return structure(model.input_shape, draw), draw.free


def _requests(
    side: Side,
    operation: str,
    outcome: Outcome,
    replay: tuple[int, int],
    values: dict[str, Any],
    free: bool,
    answer: answers.Answer,
) -> None:
    """One request and one answer to it."""
    model = operation_of(side.service, operation)
    theirs = dict(values)
    for name in model.idempotent_members:
        theirs.setdefault(name, TOKEN)
    expected: Any = None
    read: Any = None
    trouble = ""
    try:
        read = side.theirs.call(operation, deepcopy(theirs), answer)
    except Exception as problem:  # noqa: BLE001
        trouble = _told(problem)
    sent = side.theirs.request
    if sent is not None:
        expected = request_of(sent.method, sent.url, sent.headers.items(), sent.body)
        if side.service in RULED_HOSTS:
            expected["host"] = HOST
    place = (side.service, operation)
    ours: Any = None
    try:
        ours = side.ours.request(operation, deepcopy(values))
        http = side.ours.prepare(ours, free=free)
        made: Any = request_of(http.method, http.url, http.headers.items(), http.body)
    except Exception as problem:  # noqa: BLE001
        made = _told(problem)
    if expected is None:
        expected = trouble
    elif isinstance(made, dict):
        align(model, side.protocol, (made, http.body), (expected, sent.body))
    _note(outcome, place, "request", replay, made, expected)
    if ours is None:
        return
    try:
        parsed = side.ours.parse(ours, answer.status, answer.headers, answer.body)
        found: Any = {
            "status": parsed.response_metadata.status,
            "request_id": parsed.response_metadata.request_id,
            "values": parsed.to_dict(),
        }
    except Exception as problem:  # noqa: BLE001
        found = _told(problem)
    wanted: Any = trouble
    if read is not None:
        wanted = {
            "status": read.status,
            "request_id": read.request_id,
            "values": read.values,
        }
        if read.request_id is None and model.output_shape is None:
            # botocore doesn't look for it in a CBOR answer that has no members.
            wanted["request_id"] = answers.REQUEST_ID
    _note(outcome, place, "response", replay, found, wanted)


def _errors(
    side: Side,
    operation: str,
    outcome: Outcome,
    replay: tuple[int, int],
    values: dict[str, Any],
    shape: Any,
    answer: answers.Answer,
) -> None:
    """One modelled error."""
    place = (side.service, operation)
    wanted: Any
    try:
        read = side.theirs.call(operation, deepcopy(values), answer)
        # Members of errors have the names that botocore gives to its own.
        members = {n: v for n, v in read.values.items() if n.lower() != "message"}
        wanted = {
            "class": shape.name,
            "code": read.code,
            "message": read.message,
            "status": read.status,
            "request_id": read.request_id,
            "values": members,
        }
    except Exception as problem:  # noqa: BLE001
        wanted = _told(problem)
    found: Any
    try:
        request = side.ours.request(operation, deepcopy(values))
        side.ours.parse(request, answer.status, answer.headers, answer.body)
        found = "no error"
    except side.ours.package.ServiceError as problem:
        found = {
            "class": type(problem).__name__.rstrip("_"),
            "code": problem.code,
            "message": problem.message,
            "status": problem.status,
            "request_id": problem.request_id,
            "values": {
                n: v for n, v in problem.to_dict().items() if n.lower() != "message"
            },
        }
    except Exception as problem:  # noqa: BLE001
        found = _told(problem)
    _note(outcome, place, f"error {shape.name}", replay, found, wanted)


def _note(
    outcome: Outcome,
    place: tuple[str, str],
    kind: str,
    replay: tuple[int, int],
    ours: Any,
    theirs: Any,
) -> None:
    short = kind.partition(" ")[0]
    outcome.compared[short] += 1
    found = differences(ours, theirs)
    if isinstance(ours, str) or isinstance(theirs, str):
        # Equal troubles are no agreement: nothing was compared.
        found = [Difference("", ours, theirs)]
    if not found:
        outcome.agreed[short] += 1
    for one in found[:MOST_TOLD]:
        outcome.disagreements.append(
            Disagreement(
                *place, kind, one.pointer, _shown(one.ours), _shown(one.theirs), *replay
            )
        )


def _shown(value: object) -> str:
    text = (
        value if isinstance(value, str) and value.startswith("raised ") else repr(value)
    )
    return text if len(text) < 300 else f"{text[:280]}… ({len(text)} characters)"


def _told(problem: Exception) -> str:
    """An exception in a line, with the place in the code where it was raised."""
    last = traceback.extract_tb(problem.__traceback__)[-1]
    where = f"{last.filename.rpartition('/')[2]}:{last.lineno}"
    text = " ".join(f"{problem} {' '.join(getattr(problem, '__notes__', ()))}".split())
    return f"raised {type(problem).__name__} at {where}: {text}"
