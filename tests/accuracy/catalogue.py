"""boto3 pages of services of the catalogue, read and compared with the models."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from botocore.model import OperationModel
from tests.accuracy.comparing import Score, score
from tests.accuracy.rendering import Documenter, paginators
from tests.accuracy.truth import boto3_facts

from specwright.sources.pages import read_page, to_json

_TOO_LARGE = "This section is too large to render."
_KEYS = {
    "input_token": "input_token",
    "output_token": "output_token",
    "limit": "limit_key",
    "items": "result_key",
}


@dataclass
class Result:
    """The score of some pages, and those that were read worst."""

    score: Score = field(default_factory=Score)
    pages: int = 0
    worst: list[tuple[int, str, tuple[str, ...]]] = field(default_factory=list)

    def add(self, name: str, said: dict[str, Any], true: dict[str, Any]) -> None:
        """Count one page."""
        counted, differences = score(said, true)
        self.score.add(counted)
        self.pages += 1
        if differences:
            self.worst.append((len(differences), name, tuple(differences[:3])))


def read_service(service: str, sample: int, seed: int) -> Result:
    """Read the pages of a service, or a sample of them."""
    result = Result()
    documenter = Documenter(service)
    names = sorted(documenter.methods)
    if sample and sample < len(names):
        names = sorted(random.Random(seed).sample(names, sample))
    paged = paginators(service)
    model = documenter.client.meta.service_model
    for name in names:
        page = documenter.page(name)
        read = read_page(f"{service}.{name}", page.encode())
        said = to_json(read.facts) if read.facts is not None else {}
        true = _true(model.operation_model(name), paged.get(name), page)
        for section in ("input", "output"):
            # Where the documenter leaves a section out, the page has nothing to be read.
            if _TOO_LARGE in page:
                said.pop(section, None)
                true.pop(section, None)
        if "pagination" not in true:
            # Many operations are paged and have no paginator.
            said.pop("pagination", None)
        result.add(f"{service}.{name}", said, true)
    return result


def _true(
    operation: OperationModel, paginator: dict[str, Any] | None, page: str
) -> dict[str, Any]:
    facts = boto3_facts(operation)
    if paginator is not None and _TOO_LARGE not in page:
        stated = {word: paginator.get(key) for word, key in _KEYS.items()}
        facts["pagination"] = {w: v for w, v in stated.items() if v is not None}
    return facts
