"""One service of the catalogue from its model to the comparison of all of its operations."""

from __future__ import annotations

import resource
import shutil
import tempfile
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from tests.catalogue.allowed import ALLOWED, Allowed
from tests.catalogue.botocore_calls import BotocoreClient
from tests.catalogue.compare import Disagreement, Side, compare
from tests.catalogue.models import model_of
from tests.catalogue.packages import (
    OurClient,
    importable,
    rendered,
    write,
)
from tests.scale.modules import broken_modules

PACKAGE = "catalogue_clients"


@dataclass(frozen=True)
class Wanted:
    """What is to be compared. ``operations`` is None for all of a service."""

    service: str
    operations: tuple[str, ...] | None = None
    seed: int = 0
    draws: int = 3
    errors: int | None = 3


@dataclass
class Report:
    """What came of a service."""

    service: str
    protocol: str = ""
    operations: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    compared: Counter[str] = field(default_factory=Counter)
    agreed: Counter[str] = field(default_factory=Counter)
    disagreements: list[Disagreement] = field(default_factory=list)
    used: set[Allowed] = field(default_factory=set)
    trouble: str = ""
    size: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    peak_mib: float = 0

    @property
    def ok(self) -> bool:
        """True where both sides agree, or are known not to."""
        return not self.trouble and not self.disagreements


def examined(wanted: Wanted) -> Report:
    """Everything about one service; whatever goes wrong is in the report."""
    report = Report(wanted.service)
    folder = Path(tempfile.mkdtemp(prefix="catalogue-"))
    try:
        _examine(wanted, report, folder)
    except Exception:  # noqa: BLE001 - one service must not end the run of all
        report.trouble = traceback.format_exc(limit=-4)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    report.peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return report


def _examine(wanted: Wanted, report: Report, folder: Path) -> None:
    operations = wanted.operations or tuple(model_of(wanted.service).operation_names)
    report.operations = len(operations)
    made = rendered(wanted.service, folder / "specs", wanted.operations)
    report.protocol = made.protocol
    report.left_out = Counter(made.left_out.values())
    report.seconds |= {"import": made.import_seconds, "generate": made.generate_seconds}
    if not made.package:
        return
    report.size = write([made], folder / PACKAGE)
    started = perf_counter()
    if broken := list(broken_modules(folder / PACKAGE)):
        raise ImportError("\n".join(broken))
    report.seconds["modules"] = perf_counter() - started
    with importable(folder, PACKAGE):
        started = perf_counter()
        ours = OurClient(f"{PACKAGE}.{made.package}")
        report.seconds["load"] = perf_counter() - started
        side = Side(
            wanted.service,
            made.protocol,
            ours,
            BotocoreClient(wanted.service, made.protocol),
        )
        started = perf_counter()
        for name in operations:
            if name not in made.left_out:
                _compare(side, name, wanted, report)
        report.seconds["compare"] = perf_counter() - started


def _compare(side: Side, operation: str, wanted: Wanted, report: Report) -> None:
    outcome = compare(side, operation, wanted.seed, wanted.draws, wanted.errors)
    report.compared += outcome.compared
    report.agreed += outcome.agreed
    told: set[tuple[str, str]] = set()
    for one in outcome.disagreements:
        if (one.kind, one.pointer) in told:
            continue
        told.add((one.kind, one.pointer))
        known = [
            entry
            for entry in ALLOWED
            if entry.covers(one.service, one.operation, one.kind, one.pointer)
        ]
        report.used.update(known)
        if not known:
            report.disagreements.append(one)
