"""A model to all the documents of its service, and the report of what they don't say."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from specwright.sources.botocore.model import Companions, Model
from specwright.sources.botocore.operations import Beside, is_written, write_operation
from specwright.sources.botocore.report import Finding
from specwright.sources.botocore.routing import ruled_auth
from specwright.sources.botocore.scope import Scope
from specwright.sources.botocore.service import provenance, write_service
from specwright.sources.botocore.shapes import key_kind, write_shape
from specwright.sources.botocore.values import Json, Spec, mapping, text

SERVICE_FILE = "service.yaml"
SHAPES_FILE = "shapes.yaml"
OPERATIONS_FOLDER = "operations"


@dataclass(frozen=True, slots=True)
class Converted:
    """Spec documents by their path in the service's folder, and what they don't carry."""

    documents: Mapping[str, Spec]
    findings: tuple[Finding, ...]
    unused: tuple[str, ...] = ()
    """Shapes that no operation of the model reaches: they are left out."""


def folder_name(service_id: str) -> str:
    """The name of a service's folder: the words of its id in lower case, joined by ``_``."""
    return "_".join(re.findall("[a-z0-9]+", service_id.lower()))


def convert(
    model: Model,
    operations: Collection[str] | None = None,
    companions: Companions | None = None,
    *,
    docs: bool = False,
    named: Collection[str] = (),
) -> Converted:
    """The documents of a service, or of some of its operations and all that those reach.

    Which file a shape stands in follows from the whole model, so that importing another
    operation later moves nothing. ``named`` are shapes that keep their names, though they
    say nothing but a built-in type.
    """
    beside = companions or Companions()
    ruled = ruled_auth(beside.rule_set)
    scope = Scope(model, docs, frozenset(named), ruled=ruled)
    wanted = [n for n in model.operations if operations is None or n in operations]
    paginators = mapping(beside.paginators, "pagination")
    waiters = mapping(beside.waiters, "waiters")
    documents: dict[str, Spec] = {
        SERVICE_FILE: write_service(scope, beside.rules, beside.package)
    }
    reached = {shape for name in wanted for shape in model.reached[name]}
    shared = {
        name: write_shape(name, scope)
        for name in model.shapes
        if name in reached and model.owners[name] is None and is_written(name, scope)
    }
    if shared:
        head = {"specwright": 1, **provenance(model.metadata)}
        documents[SHAPES_FILE] = {**head, "shapes": shared}
    written = Beside(paginators, waiters)
    for name in wanted:
        documents[f"{OPERATIONS_FOLDER}/{name}.yaml"] = write_operation(
            name, written, scope
        )
    if operations is None:
        _check_companions(paginators, waiters, scope)
    for name in model.shapes:
        if name in reached and scope.is_inlined(name):
            scope.check_keys(
                model.shapes[name], key_kind(model.shapes[name]), ("shapes", name)
            )
    findings = [_about_operations(f, wanted, model) for f in scope.findings]
    _mark_unsupported(documents, findings)
    unused = [n for n in model.shapes if n not in model.owners]
    return Converted(
        documents,
        tuple(dict.fromkeys(findings)),
        tuple(unused) if operations is None else (),
    )


def _check_companions(paginators: Json, waiters: Json, scope: Scope) -> None:
    """Report paginators and waiters of operations that the model does not have."""
    for name in paginators.keys() - scope.model.operations.keys():
        reason = f"there is no operation '{name}' to page through"
        scope.say("unknown", ("pagination", name), reason)
    for name, waiter in waiters.items():
        operation = text(waiter, "operation") if isinstance(waiter, dict) else None
        if operation not in scope.model.operations:
            reason = f"the waiter '{name}' has no operation"
            scope.say("unknown", ("waiters", name), reason)


def _about_operations(finding: Finding, wanted: Iterable[str], model: Model) -> Finding:
    """The finding with the operations that it is about, where it is about a shape."""
    if finding.operations or finding.path[:1] != ("shapes",):
        return finding
    shape = finding.path[1]
    return replace(
        finding, operations=tuple(n for n in wanted if shape in model.reached[n])
    )


def _mark_unsupported(
    documents: Mapping[str, Spec], findings: Iterable[Finding]
) -> None:
    for finding in findings:
        if finding.effect == "unsupported":
            for name in finding.operations:
                documents[f"{OPERATIONS_FOLDER}/{name}.yaml"].setdefault(
                    "unsupported", finding.reason
                )
