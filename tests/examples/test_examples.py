"""No false refusals: a sample of the requests that botocore's models publish."""

from __future__ import annotations

from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from tests.catalogue.models import operation_of, services
from tests.catalogue.packages import importable, rendered, write
from tests.examples import __main__ as command
from tests.examples.known import KNOWN
from tests.examples.reading import Example, examples_of, moment, typed
from tests.examples.running import Outcome, Refusal, operations_of, outcome_of, refusals

from specwright.workflow.import_botocore import Request, import_botocore

SEED = 20260131
SERVICES = 8
OPERATIONS = 5


def sampled() -> dict[str, list[str]]:
    """Some operations of some services, and all that the table of refusals is about but those
    of the largest."""
    random = Random(SEED)
    chosen: dict[str, list[str]] = {}
    names = [name for name in services() if name != "ec2"]
    random.shuffle(names)
    for name in names:
        if len(chosen) < SERVICES and (
            known := sorted({one.operation for one in examples_of(name)})
        ):
            chosen[name] = random.sample(known, min(OPERATIONS, len(known)))
    for entry in KNOWN:
        if entry.service != "ec2":
            chosen.setdefault(entry.service, []).append(entry.operation)
    return chosen


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    whole = Outcome()
    for service, operations in sampled().items():
        whole.add(outcome_of(service, operations))
    return whole


def test_published_requests_pass(outcome: Outcome) -> None:
    assert list(map(str, outcome.unknown)) == []
    assert outcome.unused == []
    assert outcome.passed > 40


def test_each_entry_is_told_once() -> None:
    assert len(set(KNOWN)) == len(KNOWN)
    for entry in KNOWN:
        (told,) = (
            one
            for one in examples_of(entry.service)
            if (one.operation, one.number) == (entry.operation, entry.number)
        )
        refusal = Refusal(told, entry.kind, entry.pointer, "")
        assert refusal.covered_by(entry), (entry, refusal.says)


class Refusing:
    """A request class that finds a fault with everything."""

    def __init__(self, message: str = "") -> None:
        self.message = message

    def from_dict(self, values: Any) -> Refusing:
        if self.message:
            raise ValueError(self.message)
        return self

    def violations(self) -> list[Any]:
        return [SimpleNamespace(kind="length", pointer="/a~1b/1", message="too long")]


def test_a_refusal_fails_the_run(capsys: pytest.CaptureFixture[str]) -> None:
    example = Example("kms", "Sign", 0, {"a/b": [1, "x"]})
    (refusal,) = refusals(Refusing("no member 'a/b'"), example)
    assert (refusal.kind, refusal.pointer) == ("member", "")
    (there,) = refusals(Refusing(), example)
    assert there.says == "x"
    whole = Outcome(passed=3, refusals=[there, refusal])
    assert whole.unknown == [there, refusal]
    assert command.verdict(whole) == 1
    assert "refused: kms Sign #0: too long ('x')" in capsys.readouterr().out


def test_an_entry_without_need_fails_the_run() -> None:
    assert command.verdict(Outcome(passed=3)) == 0
    assert command.verdict(Outcome(passed=3, due=[KNOWN[0]])) == 1


def test_examples_become_values_of_python() -> None:
    shape = operation_of("kms", "Encrypt").input_shape
    assert typed({"Plaintext": "abc", "KeyId": "k"}, shape) == {
        "Plaintext": b"abc",
        "KeyId": "k",
    }
    assert moment("2018-02-12T17:17:53").isoformat() == "2018-02-12T17:17:53+00:00"
    assert moment(0).isoformat() == "1970-01-01T00:00:00+00:00"
    assert moment("when it suits") == "when it suits"


def test_a_correction_by_hand_lets_an_example_pass_and_stays(tmp_path: Path) -> None:
    operation = "CreateCustomKeyStore"
    example, *_ = (one for one in examples_of("kms") if one.operation == operation)
    rendered("kms", tmp_path / "specs", (operation,))
    (place,) = (
        path
        for path in (tmp_path / "specs").rglob("*.yaml")
        if "cluster-[2-7" in path.read_text()
    )
    told = yaml.safe_load(place.read_text())
    shape = told["shapes"]["CloudHsmClusterIdType"]
    shape["pattern"] = "cluster-[0-9a-zA-Z]{11,16}"
    shape["from"] = {**shape.get("from", {}), "pattern": "hand"}
    shape["because"] = "The service's own example has a 1."
    place.write_text(yaml.safe_dump(told, sort_keys=False))
    import_botocore(Request("kms", tmp_path / "specs", (operation,)))
    assert "cluster-[0-9" in place.read_text()
    assert "The service's own example has a 1." in place.read_text()
    made = rendered("kms", tmp_path / "specs", (operation,))
    write([made], tmp_path / "corrected")
    with importable(tmp_path, "corrected"):
        import corrected.kms as package

        request = operations_of(package)[operation].request
        assert list(refusals(request, example)) == []
        wrong = {**example.values, "CloudHsmClusterId": "cluster-a-b-c-d-e-f"}
        (found,) = request.from_dict(wrong).violations()
        assert found.kind == "pattern"
        assert found.source == "hand: The service's own example has a 1."
