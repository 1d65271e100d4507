"""A sample of the catalogue, the same one each time, agrees with botocore.

CATALOGUE_SEED draws other values, and other operations beside those that use all traits.
"""

from __future__ import annotations

import os

import pytest
from tests.catalogue.sample import sample, sampled_services
from tests.catalogue.services import Wanted, examined

SEED = int(os.environ.get("CATALOGUE_SEED", "20260131"))
LEAST = 300


def test_there_are_enough_operations() -> None:
    operations = [name for names in sample(SEED).values() for name in names]
    assert len(operations) >= LEAST


@pytest.mark.parametrize("service", sampled_services(SEED))
def test_a_service_agrees_with_botocore(service: str) -> None:
    report = examined(Wanted(service, sample(SEED)[service], SEED, draws=3, errors=2))
    assert not report.trouble
    assert "\n".join(map(str, report.disagreements)) == ""
    assert report.agreed.total() > 0 or report.left_out
