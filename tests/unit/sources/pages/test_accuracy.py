"""A sample of boto3's pages of the catalogue; ``make ingest-accuracy`` reads them all."""

import random

import pytest
from tests.accuracy.catalogue import read_service
from tests.accuracy.rendering import services

SEED = 20240117
SAMPLE = random.Random(SEED).sample([s for s in services() if s != "quicksight"], 10)


@pytest.mark.parametrize("service", [*SAMPLE, "bedrock", "dynamodb"])
def test_what_boto3_documents_is_read_as_the_model_says(service: str):
    result = read_service(service, sample=12, seed=SEED)
    assert result.pages
    for kind in result.score.kinds():
        if not kind.startswith("pagination"):
            assert result.score.precision(kind) >= 0.995, (kind, result.worst)
            assert result.score.recall(kind) >= 0.99, (kind, result.worst)
