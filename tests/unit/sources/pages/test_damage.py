"""Pages of all formats as crawlers leave them: damaged, but with the facts still on them."""

import random
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from botocore.model import OperationModel
from tests.accuracy.comparing import Score, score, with_small_names
from tests.accuracy.damage import HARMLESS, LOST_BREAKS, Damage
from tests.accuracy.invented import boto3_page, invented
from tests.accuracy.printing import JsPage, js_facts
from tests.accuracy.printing_api import LAYOUTS, ApiPage
from tests.accuracy.printing_dart import DartPage, dart_facts
from tests.accuracy.truth import boto3_facts
from tests.accuracy.truth_api import api_facts

from specwright.sources.pages import read_page, to_json


class Format(NamedTuple):
    """How pages of a format are printed, and what they say."""

    page: Callable[[OperationModel, random.Random], str]
    facts: Callable[[OperationModel], dict[str, Any]]


def api(layout: str) -> Format:
    return Format(lambda o, rng: str(ApiPage(o, rng, layout)), api_facts)


FORMATS = {
    "boto3": Format(lambda o, _: boto3_page(o), boto3_facts),
    "js": Format(lambda o, rng: str(JsPage(o, rng)), js_facts),
    "dart": Format(lambda o, rng: str(DartPage(o, rng)), dart_facts),
    # Web pages have their line breaks in their elements.
    **{f"api {layout}": api(layout) for layout in LAYOUTS if layout != "html"},
}


def results(name: str, damage: Damage, seeds: range) -> Iterator[tuple[Score, str]]:
    for seed in seeds:
        operation, rng = invented(seed), random.Random(seed)
        text = damage(FORMATS[name].page(operation, rng), rng)
        true = FORMATS[name].facts(operation)
        read = read_page("page.txt", text.encode())
        assert read.facts is not None, ([str(d) for d in read.diagnostics], text)
        told = to_json(read.facts)
        for word in ("pagination", "service"):
            told.pop(word, None)
            true.pop(word, None)
        if name == "dart":
            told, true = with_small_names(told), with_small_names(true)
        counted, differences = score(told, true)
        yield counted, f"{differences}\n{text}"


@pytest.mark.parametrize("damage", HARMLESS)
@pytest.mark.parametrize("name", FORMATS)
def test_harmless_damage_changes_no_fact(name: str, damage: str):
    for counted, told in results(name, HARMLESS[damage], range(12)):
        assert not counted.errors, told


@pytest.mark.parametrize("damage", LOST_BREAKS)
@pytest.mark.parametrize("name", FORMATS)
def test_few_facts_are_lost_with_line_breaks(name: str, damage: str):
    total = Score()
    for counted, _ in results(name, LOST_BREAKS[damage], range(100, 130)):
        total.add(counted)
    right, wrong = total.right.total(), total.wrong.total()
    # A name that runs into the next one can't always be told from one long name.
    least = 0.99 if damage == "line breaks without a trace" else 0.995
    assert right / (right + wrong) >= least
    assert right / (right + total.missed.total()) >= 0.99
