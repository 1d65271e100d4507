"""The published requests of a service, put to the strict client that its model generates."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.catalogue.packages import importable, rendered, write
from tests.examples.known import KNOWN, Known
from tests.examples.reading import Example, examples_of

PACKAGE = "example_clients"


@dataclass(frozen=True)
class Refusal:
    """An example that a client refuses, or can't even be made of."""

    example: Example
    kind: str
    pointer: str
    message: str

    @property
    def says(self) -> object:
        """What the example has there."""
        found: Any = self.example.values
        for step in self.pointer.split("/")[1:]:
            name = step.replace("~1", "/").replace("~0", "~")
            if isinstance(found, list):
                found = found[int(name)]
            else:
                found = found.get(name) if isinstance(found, dict) else None
        return found

    def covered_by(self, known: Known) -> bool:
        """Whether an entry is about this."""
        one = self.example
        return (
            (known.service, known.operation, known.number)
            == (one.service, one.operation, one.number)
        ) and (known.kind, known.pointer, known.says) == (
            self.kind,
            self.pointer,
            self.says,
        )

    def __str__(self) -> str:
        one = self.example
        return f"{one.service} {one.operation} #{one.number}: {self.message} ({self.says!r})"


@dataclass
class Outcome:
    """What came of the examples of some services."""

    passed: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    refusals: list[Refusal] = field(default_factory=list)
    # Entries of the table whose operations were put to the test.
    due: list[Known] = field(default_factory=list)

    @property
    def unknown(self) -> list[Refusal]:
        """The refusals that no entry explains."""
        return [r for r in self.refusals if not any(map(r.covered_by, KNOWN))]

    @property
    def unused(self) -> list[Known]:
        """The entries that explain nothing."""
        return [k for k in self.due if not any(r.covered_by(k) for r in self.refusals)]

    def add(self, other: Outcome) -> None:
        """Count what came of other services too."""
        self.passed += other.passed
        self.left_out += other.left_out
        self.refusals += other.refusals
        self.due += other.due


def outcome_of(service: str, only: Iterable[str] | None = None) -> Outcome:
    """The examples of a service, or of some of its operations."""
    examples = list(examples_of(service))
    if only is not None:
        examples = [one for one in examples if one.operation in set(only)]
    wanted = tuple(dict.fromkeys(one.operation for one in examples))
    outcome = Outcome()
    with tempfile.TemporaryDirectory(prefix="examples-") as name:
        made = rendered(service, Path(name) / "specs", wanted)
        left = [one for one in examples if one.operation in made.left_out]
        outcome.left_out.update(made.left_out[one.operation] for one in left)
        if not made.package:
            return outcome
        write([made], Path(name) / PACKAGE)
        with importable(Path(name), PACKAGE):
            operations = operations_of(import_module(f"{PACKAGE}.{made.package}"))
            for one in examples:
                if one.operation not in made.left_out:
                    found = list(refusals(operations[one.operation].request, one))
                    outcome.passed += not found
                    outcome.refusals += found
    tried = set(wanted) - set(made.left_out)
    outcome.due = [k for k in KNOWN if k.service == service and k.operation in tried]
    return outcome


def operations_of(package: Any) -> Any:
    """The operations of a generated package."""
    (client,) = (
        name
        for name in package.__all__
        if name.endswith("Client") and not name.startswith("Async")
    )
    return getattr(package, client).operations


def refusals(request: Any, example: Example) -> Iterator[Refusal]:
    """Everything that a client would refuse of an example."""
    try:
        made = request.from_dict(example.values)
    except ValueError as error:
        yield Refusal(example, "member", "", str(error))
        return
    for found in made.violations():
        yield Refusal(example, found.kind, found.pointer, found.message)
