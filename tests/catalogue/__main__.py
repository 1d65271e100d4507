"""`make catalogue`: every operation of every service of botocore, held against botocore.

A run of the whole can be made of pieces: `--slices 8 --slice 0 --into DIR`, and so on, and at
last `--merge DIR`, which judges them as one.
"""

from __future__ import annotations

import argparse
import multiprocessing
import pickle
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from importlib.util import find_spec
from pathlib import Path

from tests.catalogue.allowed import ALLOWED, MOST
from tests.catalogue.models import services
from tests.catalogue.sample import all_traits, cover, missing
from tests.catalogue.services import Report, Wanted, examined
from tests.catalogue.table import Progress, summary

SEED = 20260131
PRELOADED = ["tests.catalogue.services"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, tell, and return 0 where both sides agree everywhere, else 1."""
    options = _parser().parse_args(arguments)
    if options.operation and len(options.service) != 1:
        _parser().error("--operation needs one --service")
    if options.cover:
        for name, operations in cover(
            all_traits(), {s: _size(s) for s in services()}
        ).items():
            print(f"    {name!r}: {operations!r},")
        return 0
    if options.merge:
        return merged(options.merge)
    if options.into and options.operation:
        _parser().error("--into keeps whole services; leave --operation away")
    unknown = set(options.service) - set(services())
    if unknown:
        _parser().error(f"botocore has no service {', '.join(sorted(unknown))}")
    chosen = options.service or list(services())
    chosen = [
        name
        for place, name in enumerate(chosen)
        if place % options.slices == options.slice
    ]
    operations = tuple(options.operation) or None
    wanted = [
        Wanted(
            name,
            operations,
            options.seed,
            options.draws,
            None if operations else options.errors,
        )
        for name in sorted(chosen, key=_size, reverse=True)
    ]
    progress = Progress(len(wanted))
    reports: list[Report] = []
    for report in _reports(wanted, options.workers):
        reports.append(report)
        progress.add(report)
        if options.into:
            keep(report, options.into)
    return told(reports, full=not options.service and options.slices == 1)


def keep(report: Report, folder: Path) -> None:
    """Put a report where `--merge` finds it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{report.service}.report").write_bytes(pickle.dumps(report))


def merged(folder: Path) -> int:
    """What the pieces in a folder say together; all services have to be among them."""
    reports = [
        pickle.loads(path.read_bytes()) for path in sorted(folder.glob("*.report"))
    ]
    code = told(reports, full=True)
    if lacking := sorted({*services()} - {report.service for report in reports}):
        print(f"not compared yet: {', '.join(lacking)}")
    return 1 if lacking else code


def told(reports: list[Report], *, full: bool) -> int:
    """Print what came of services; the exit code."""
    reports.sort(key=lambda report: report.service)
    print("\n".join(summary(reports)))
    return verdict(reports, full=full)


def verdict(reports: list[Report], *, full: bool) -> int:
    bad = [report for report in reports if not report.ok]
    used = {entry for report in reports for entry in report.used}
    unused = [entry for entry in ALLOWED if entry not in used] if full else []
    lacking = missing(all_traits()) if full else []
    for trait in lacking:
        print(f"the sample of the tests lacks: {trait}")
    for entry in unused:
        print(f"not needed any more: {entry}")
    if len(ALLOWED) > MOST:
        print(f"{len(ALLOWED)} disagreements are allowed; {MOST} is the most")
    return 1 if bad or unused or lacking or len(ALLOWED) > MOST else 0


def _reports(wanted: list[Wanted], workers: int) -> Iterator[Report]:
    """The reports in the order in which they are ready; each service has its own process, so
    that what one takes of memory is given back."""
    if len(wanted) == 1:
        yield examined(wanted[0])
        return
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    with ProcessPoolExecutor(
        workers, mp_context=context, max_tasks_per_child=1
    ) as pool:
        for future in as_completed([pool.submit(examined, one) for one in wanted]):
            yield future.result()


def _size(service: str) -> int:
    """How large a model is; the largest go first, so that no core waits for one at the end."""
    spec = find_spec("botocore")
    folder = (
        Path(str(spec.origin)).parent / "data" / service if spec is not None else Path()
    )
    files = sorted(folder.glob("*/service-2.json*"))
    return files[-1].stat().st_size if files else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="make catalogue",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--service", action="append", default=[], help="only this service"
    )
    parser.add_argument(
        "--operation", action="append", default=[], help="only this operation"
    )
    parser.add_argument(
        "--seed", type=int, default=SEED, help="what the random values follow from"
    )
    parser.add_argument(
        "--draws", type=int, default=3, help="requests and answers an operation"
    )
    parser.add_argument(
        "--errors", type=int, default=3, help="errors an operation, at most"
    )
    parser.add_argument("--workers", type=int, default=2, help="processes at a time")
    parser.add_argument(
        "--cover", action="store_true", help="print operations for the sample"
    )
    parser.add_argument(
        "--slices", type=int, default=1, help="cut the services into so many"
    )
    parser.add_argument(
        "--slice", type=int, default=0, help="which of the slices, from 0"
    )
    parser.add_argument(
        "--into", type=Path, help="keep what comes of each service in this folder"
    )
    parser.add_argument(
        "--merge", type=Path, help="compare nothing; judge what such a folder holds"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
