"""A sample of pages of the catalogue; ``make ingest-accuracy`` reads them all."""

import random

import pytest
from tests.accuracy.catalogue import Result, read_service
from tests.accuracy.dart_ages import AGES
from tests.accuracy.flattening import STYLES
from tests.accuracy.rendering import services
from tests.accuracy.web import read_api_pages, read_dart_pages

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


@pytest.fixture(scope="module")
def api_pages():
    return read_api_pages(40, SEED)


@pytest.mark.parametrize("style", STYLES)
def test_web_pages_are_read_whatever_made_text_of_them(api_pages, style: str):
    _nearly_all(api_pages[style])


@pytest.mark.parametrize("age", AGES)
def test_methods_of_old_and_new_packages_are_read(dart_pages, age: str):
    _nearly_all(dart_pages[age])


@pytest.fixture(scope="module")
def dart_pages():
    return read_dart_pages(40, SEED)


def _nearly_all(result: Result) -> None:
    right = result.score.right.total()
    assert right > 400
    assert right / (right + result.score.wrong.total()) >= 0.995, result.worst
    assert right / (right + result.score.missed.total()) >= 0.99, result.worst
