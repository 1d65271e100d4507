"""The command ``import``: runs the import of each service, and prints what came of it."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from specwright.cli import exits, report
from specwright.diagnostics import Diagnostic

if TYPE_CHECKING:
    from specwright.workflow.import_botocore import Imported, Request


def import_botocore(
    arguments: Namespace, code: Callable[[bool, Iterable[Diagnostic]], int]
) -> int:
    """Write the specs of one service or of all; ``code`` turns how it ends into an exit code."""
    from specwright.workflow.import_botocore import import_botocore as run

    progress = report.ProgressLine(sys.stderr)
    done: list[Imported] = []
    try:
        requests = list(_requests(arguments))
        for number, request in enumerate(requests, start=1):
            if len(requests) > 1:
                progress(f"importing {request.source}", number, len(requests))
            done.append(run(request))
    finally:
        progress.clear()
    diagnostics = [d for one in done for d in one.diagnostics]
    ok = all(one.ok for one in done)
    if arguments.json:
        report.as_json(
            {
                "ok": ok,
                "services": [_told(one) for one in done if one.service],
                "diagnostics": [d.to_json() for d in diagnostics],
            }
        )
    else:
        report.findings(diagnostics)
        for one in done:
            _print(one, arguments.into)
    return code(ok, diagnostics)


def _requests(arguments: Namespace) -> Iterator[Request]:
    from specwright.workflow.botocore_models import installed_services
    from specwright.workflow.import_botocore import Request

    if arguments.all == (arguments.service is not None):
        raise exits.UsageError("name a service, the path of a model, or --all")
    sources = [arguments.service]
    if arguments.all:
        for option in ("operations", "paginators", "waiters"):
            if getattr(arguments, option) is not None:
                name = option.removesuffix("s") if option == "operations" else option
                raise exits.UsageError(f"--{name} is for one service, not for --all")
        sources = installed_services()
        if not sources:
            raise exits.UsageError("botocore is not installed: pip install botocore")
    if arguments.into.exists() and not arguments.into.is_dir():
        raise exits.UsageError(f"{arguments.into}: is not a folder")
    names = arguments.operations
    for source in sources:
        yield Request(
            source=source,
            into=arguments.into,
            operations=None if names is None else tuple(dict.fromkeys(names)),
            paginators=arguments.paginators,
            waiters=arguments.waiters,
            docs=arguments.docs,
        )


def _told(one: Imported) -> dict[str, object]:
    return {
        "ok": one.ok,
        "service": one.service,
        "folder": one.folder,
        "operations": one.operations,
        "shapes": one.shapes,
        "created": list(one.created),
        "updated": list(one.updated),
        "deleted": list(one.deleted),
        "not_carried": [finding.to_json() for finding in one.findings],
        "unused_shapes": list(one.unused),
    }


def _print(one: Imported, into: Path) -> None:
    if not one.ok:
        report.warn(f"{one.folder or into.as_posix()}: nothing was written")
        return
    counted = (
        ("created", one.created),
        ("updated", one.updated),
        ("deleted", one.deleted),
    )
    changes = ", ".join(f"{len(paths)} {verb}" for verb, paths in counted if paths)
    size = f"{one.operations} operations, {one.shapes} shapes"
    report.say(f"{one.folder}: {size}: {changes or 'up to date'}")
    dropped = Counter(f.reason for f in one.findings if f.effect == "dropped")
    for reason, count in sorted(dropped.items()):
        report.say(f"  left out {count} times: {reason}")
    if one.unused:
        report.say(f"  left out: {len(one.unused)} shapes that no operation uses")
