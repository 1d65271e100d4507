"""One function a command: it composes no stages, it calls a workflow and prints what it says."""

from __future__ import annotations

import os
import shlex
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from specwright.cli import exits, report
from specwright.diagnostics import Diagnostic, has_errors
from specwright.workflow.config import Config, read_config
from specwright.workflow.intent import Options, with_needed

# Findings about what the command line asks for, rather than about a spec.
_WRONG_USE = frozenset(
    {
        "no-botocore",
        "no-model",
        "no-service",
        "not-a-folder",
        "not-a-root",
        "output-in-specs",
        "unknown-operation",
        "unknown-service",
    }
)


def generate(arguments: Namespace) -> int:
    """Write the clients that the specs make."""
    from specwright.workflow.generate import generate as run

    options = _options(arguments)
    progress = report.ProgressLine(sys.stderr)
    try:
        done = run(options, force=arguments.force, progress=progress)
    finally:
        progress.clear()
    changes = [(a.change, a.path) for a in done.actions if done.written]
    created, updated, deleted = (
        [path for change, path in changes if change == wanted]
        for wanted in ("create", "update", "delete")
    )
    if arguments.json:
        report.as_json(
            {
                "ok": done.ok,
                "written": done.written,
                "created": created,
                "updated": updated,
                "deleted": deleted,
                "diagnostics": [d.to_json() for d in done.diagnostics],
            }
        )
    else:
        report.findings(done.diagnostics)
        if done.ok:
            counted = (("created", created), ("updated", updated), ("deleted", deleted))
            text = ", ".join(f"{len(paths)} {verb}" for verb, paths in counted if paths)
            report.say(f"{options.out.as_posix()}: {text or 'up to date'}")
        else:
            report.warn(f"{options.out.as_posix()}: nothing was written")
    return _code(done.ok, done.diagnostics)


def check(arguments: Namespace) -> int:
    """Compare the clients with what the specs make."""
    from specwright.workflow.check import check as run

    options = _options(arguments)
    progress = report.ProgressLine(sys.stderr)
    try:
        found = run(options, progress=progress)
    finally:
        progress.clear()
    remedy = _generate_command(arguments, found.operations, found.extras)
    if arguments.json:
        report.as_json(
            {
                "ok": found.ok,
                "differences": [
                    {"file": (options.out / d.path).as_posix(), "problem": d.problem}
                    for d in found.differences
                ],
                "run": None if found.ok else remedy,
                "diagnostics": [d.to_json() for d in found.diagnostics],
            }
        )
    else:
        report.findings(found.diagnostics)
        report.say(
            *(
                f"{(options.out / d.path).as_posix()}: {d.problem}"
                for d in found.differences
            )
        )
        if found.ok:
            report.say(f"{options.out.as_posix()}: up to date")
        elif found.differences:
            report.warn(f"run: {remedy}")
            if any(d.conflict for d in found.differences):
                report.warn("it overwrites what was edited by hand with --force only")
    return _code(found.ok, found.diagnostics)


def lint(arguments: Namespace) -> int:
    """Report what is wrong with specs."""
    from specwright.workflow.lint import lint as run

    paths = arguments.paths or [_specs(None, _config())]
    for path in paths:
        if not path.exists():
            raise exits.UsageError(f"{path}: there is no such file or folder")
    diagnostics = run(paths)
    if arguments.json:
        ok = not has_errors(diagnostics)
        report.as_json({"ok": ok, "diagnostics": [d.to_json() for d in diagnostics]})
    else:
        report.findings(diagnostics)
        if not diagnostics:
            report.say("no errors")
    return _code(not has_errors(diagnostics), diagnostics)


def schema(_: Namespace) -> int:
    """Print the JSON Schema of spec files."""
    from specwright.document import schema as spec_schema

    report.as_json(spec_schema())
    return exits.FINE


def facts(arguments: Namespace) -> int:
    """Print what specs say."""
    from specwright.workflow.facts import facts as facts_of
    from specwright.workflow.load import load, named_operations

    services, diagnostics = load(_folder(arguments.specs))
    if not has_errors(diagnostics):
        asked, unknown = named_operations(
            services, arguments.specs, arguments.service, arguments.operation
        )
        diagnostics = [*diagnostics, *unknown]
    report.findings(diagnostics)
    if has_errors(diagnostics):
        return _code(False, diagnostics)
    report.as_json([facts_of(service, name) for service, name in asked])
    return exits.FINE


def import_specs(arguments: Namespace) -> int:
    """Write specs from API models."""
    from specwright.cli.importing import import_botocore

    return import_botocore(arguments, _code)


def ingest(arguments: Namespace) -> int:
    """Write specs from documentation pages."""
    from specwright.cli.ingesting import ingest_pages

    return ingest_pages(arguments, _code)


def serve(arguments: Namespace) -> int:
    """Answer specs over HTTP until interrupted."""
    from specwright.workflow.load import load

    services, diagnostics = load(_folder(arguments.specs))
    report.findings(diagnostics)
    if has_errors(diagnostics):
        return _code(False, diagnostics)
    from specwright.server.main import run

    return run(services, arguments.host, arguments.port, arguments.seed)


COMMANDS: Mapping[str, Callable[[Namespace], int]] = MappingProxyType(
    {
        "generate": generate,
        "check": check,
        "lint": lint,
        "schema": schema,
        "facts": facts,
        "import": import_specs,
        "ingest": ingest,
        "serve": serve,
    }
)


def _code(ok: bool, diagnostics: Iterable[Diagnostic]) -> int:
    if ok:
        return exits.FINE
    codes = {d.code for d in diagnostics if d.severity == "error"}
    return exits.WRONG_USE if codes and codes <= _WRONG_USE else exits.FOUND


def _options(arguments: Namespace) -> Options:
    config = _config()
    form = config.format if arguments.format is None else arguments.format
    operations = arguments.operations or config.operations
    extras = arguments.extras or config.extras
    return Options(
        specs=_folder(_specs(arguments.specs, config)),
        out=arguments.out or _shown(config.out) or Path("generated"),
        operations=None if operations is None else tuple(dict.fromkeys(operations)),
        format=form is not False,
        extras=None if extras is None else with_needed(extras),
    )


def _config() -> Config:
    config, diagnostics = read_config(Path.cwd())
    if config is None:
        report.findings(diagnostics)
        raise exits.UsageError("the settings can't be used")
    return config


def _specs(given: Path | None, config: Config) -> Path:
    return given or _shown(config.specs) or Path("specs")


def _shown(path: Path | None) -> Path | None:
    """A path of the settings as it is reached from here: findings show it like a typed one."""
    return None if path is None else Path(os.path.relpath(path))


def _folder(path: Path) -> Path:
    if not path.is_dir():
        problem = "is not a folder" if path.exists() else "there is no such folder"
        raise exits.UsageError(f"{path}: {problem}")
    return path


def _generate_command(
    arguments: Namespace, operations: Iterable[str] | None, extras: Iterable[str]
) -> str:
    words = ["specwright", "generate"]
    if arguments.specs is not None:
        words.append(str(arguments.specs))
    if arguments.out is not None:
        words += ["--out", str(arguments.out)]
    for name in operations or ():
        words += ["--operation", name]
    words += [f"--with-{name}" for name in extras]
    return shlex.join(words)
