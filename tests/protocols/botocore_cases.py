"""Operations of botocore's models that are imported, generated and compared."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from keyword import iskeyword
from random import Random
from typing import Any

import botocore.session
from botocore.model import OperationModel
from tests.protocols.xml_clients import TOKEN
from tests.protocols.xml_side import model_of, structure

from specwright.document import format_spec
from specwright.sources.botocore import convert, read_model


@dataclass(frozen=True)
class Case:
    """One operation of a service, as botocore calls both."""

    service: str
    operation: str

    @property
    def model(self) -> OperationModel:
        """The operation as botocore has it."""
        return model_of(self.service).operation_model(self.operation)

    def random(self, number: int) -> Random:
        """What makes the values of one round."""
        return Random(f"{self.service} {self.operation} {number}")


def module_of(service: str) -> str:
    """The package that is generated for a service."""
    name = re.sub(r"[ -]", "_", str(model_of(service).service_id)).lower()
    return f"{name}_" if iskeyword(name) else name


def specs_of(service: str, operations: Iterable[str]) -> dict[str, str]:
    """The spec files of some operations of a service."""
    loader = botocore.session.get_session().get_component("data_loader")
    data = loader.load_service_model(service, "service-2")
    model, diagnostics = read_model(json.dumps(data).encode(), service)
    assert model is not None, diagnostics
    documents = convert(model, list(operations)).documents
    return {path: format_spec(document) for path, document in documents.items()}


def asked(case: Case, random: Random) -> dict[str, Any]:
    """Values of a request; tokens that clients make are the one that ours makes."""
    shape = case.model.input_shape
    values = structure(shape, random, 0) if shape is not None else {}
    for member in case.model.idempotent_members:
        values[member] = TOKEN
    rules = case.model.http_checksum
    if rules.get("requestAlgorithmMember") in values:
        # The others need a library of its own.
        values[rules["requestAlgorithmMember"]] = random.choice(["CRC32", "SHA256"])
    if mode := rules.get("requestValidationModeMember"):
        values[mode] = "ENABLED"
    return values
