"""Web pages of operations of the catalogue, flattened in many ways, read and compared."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from typing import Any

from botocore.model import OperationModel, ServiceModel
from tests.accuracy.catalogue import Result
from tests.accuracy.dart_ages import AGES, DartMethod, method_facts
from tests.accuracy.flattening import STYLES
from tests.accuracy.rendering import model, services
from tests.accuracy.web_api import WebApiPage
from tests.accuracy.web_truth import web_facts

from specwright.sources.pages import read_page, to_json

PROTOCOLS = ("json", "rest-json", "query", "ec2", "rest-xml")


def operations(count: int, seed: int) -> Iterator[OperationModel]:
    """So many operations of services drawn at random, a few of each."""
    rng = random.Random(seed)
    names = services()
    drawn = 0
    while drawn < count:
        name = rng.choice(names)
        service = ServiceModel(model(name), name)
        if service.metadata["protocol"] not in PROTOCOLS:
            continue
        for operation in rng.sample(
            service.operation_names, min(4, len(service.operation_names))
        ):
            yield service.operation_model(operation)
            drawn += 1


def read_api_pages(count: int, seed: int) -> Mapping[str, Result]:
    """The pages of the AWS API Reference of a sample, by what made text of them."""
    results = {style: Result() for style in STYLES}
    for operation in operations(count, seed):
        page = str(WebApiPage(operation, random.Random(f"{seed}{operation.name}")))
        for style, flatten in STYLES.items():
            read = read_page("page.txt", flatten(page).encode())
            said = to_json(read.facts) if read.facts is not None else {}
            true = web_facts(operation)
            for word in ("pagination", "service"):
                said.pop(word, None)
            _named(said, true)
            label = f"{operation.service_model.service_name}.{operation.name} ({style})"
            results[style].add(label, said, true)
    return results


def _named(said: dict[str, Any], true: dict[str, Any]) -> None:
    """Call members by what the model has where the page prints the name on the wire."""
    for section in ("input", "output"):
        members = said.get(section, {})
        for name, member in true.get(section, {}).items():
            wire = member.get("wire")
            if name not in members and wire in members:
                members[name] = {**members.pop(wire), "wire": wire}


def read_dart_pages(count: int, seed: int) -> Mapping[str, Result]:
    """Methods of packages of several ages: their parameters, by any case of the first letter."""
    results = {age: Result() for age in AGES}
    for operation in operations(count, seed):
        for age in AGES:
            try:
                method = DartMethod(operation, random.Random(seed), age)
            except KeyError:
                continue
            read = read_page("page.txt", str(method).encode())
            said = to_json(read.facts) if read.facts is not None else {}
            inputs = {name.casefold(): m for name, m in said.get("input", {}).items()}
            for member in inputs.values():
                for word in ("wire", "match"):
                    member.pop(word, None)
            true = {name.casefold(): m for name, m in method_facts(method).items()}
            label = f"{operation.service_model.service_name}.{operation.name} ({age})"
            results[age].add(label, {"input": inputs}, {"input": true})
    return results
