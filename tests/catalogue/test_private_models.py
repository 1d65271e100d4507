"""Clients of random private models, imported from files, agree with botocore on every message.

PRIVATE_SEEDS is how many models are drawn for each protocol.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.catalogue.botocore_calls import BotocoreClient
from tests.catalogue.compare import Side, compare
from tests.catalogue.models import adding
from tests.catalogue.packages import OurClient, importable, rendered, write
from tests.catalogue.private_models import PROTOCOLS, RULES, private_model

SEEDS = int(os.environ.get("PRIVATE_SEEDS", "3"))
MODELS = [(protocol, seed) for protocol in PROTOCOLS for seed in range(SEEDS)]


def called(protocol: str, seed: int) -> str:
    return f"private-{protocol}-{seed}"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder of models from which botocore takes them too."""
    folder: Path = tmp_path_factory.mktemp("private")
    for protocol, seed in MODELS:
        version = folder / called(protocol, seed) / "2020-01-01"
        version.mkdir(parents=True)
        model = private_model(protocol, seed)
        (version / "service-2.json").write_text(json.dumps(model), "utf-8")
        (version / "endpoint-rule-set-1.json").write_text(json.dumps(RULES), "utf-8")
    with adding(folder):
        yield folder


@pytest.mark.parametrize(("protocol", "seed"), MODELS)
def test_a_private_model_agrees_with_botocore(
    protocol: str, seed: int, data: Path, tmp_path: Path
) -> None:
    service = called(protocol, seed)
    model = data / service / "2020-01-01" / "service-2.json"
    made = rendered(str(model), tmp_path / "specs")
    assert made.left_out == {}
    package = f"private_{protocol.replace('-', '_')}_{seed}"
    write([made], tmp_path / package)
    with importable(tmp_path, package):
        ours = OurClient(f"{package}.{made.package}")
        side = Side(service, protocol, ours, BotocoreClient(service, protocol))
        names = private_model(protocol, seed)["operations"]
        outcomes = [compare(side, name, seed, 4) for name in names]
    found = [str(one) for outcome in outcomes for one in outcome.disagreements]
    assert "\n".join(found) == ""
    assert sum(outcome.agreed.total() for outcome in outcomes) > 0
