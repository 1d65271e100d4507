"""What a generation would do to its folder: shared by generate, which does it, and check."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

from specwright.diagnostics import Diagnostic, Position, has_errors
from specwright.output.disk import digest_of, entries
from specwright.output.fileset import file_set
from specwright.output.manifest import MANIFEST, Generator, Manifest, ServiceRecord
from specwright.output.plan import Action, plan
from specwright.workflow.inputs import SERVICE_FILE, Inputs
from specwright.workflow.selection import (
    Chosen,
    Selection,
    left_out,
    select,
    selected_names,
)

if TYPE_CHECKING:
    from specwright.model import Service
    from specwright.render import Rendered

Progress: TypeAlias = Callable[[str, int, int], None]

_RUNTIME = "_runtime"


class Renderer(Protocol):
    """What turns services into texts by path; the module ``specwright.render`` is one."""

    def render_service(
        self, service: Service, *, spec_root: str, extras: Sequence[str] = ()
    ) -> Rendered:
        """The texts of one service, all in one folder, and the features that they use."""

    def runtime_files(self, features: Iterable[str]) -> Mapping[str, str]:
        """The runtime that the features need, as it is to stand in the output."""

    def package_files(self) -> Mapping[str, str]:
        """The files that make the output folder a package."""

    def format_python(self, text: str) -> str:
        """The text in the standard format."""


class Loader(Protocol):
    """What reads specs; the module ``specwright.resolve`` is one."""

    def load_service(self, folder: Path) -> tuple[Service | None, list[Diagnostic]]:
        """The service of one folder."""

    def load_services(
        self, root: Path, progress: Progress | None = None
    ) -> tuple[list[Service], list[Diagnostic]]:
        """The services of all folders of a root."""


@dataclass(frozen=True, slots=True)
class Options:
    """What to generate, and where. ``operations`` are names, None for all of them.

    ``extras`` name what is written beside the clients: strategies, tests.
    """

    specs: Path
    out: Path
    operations: tuple[str, ...] | None = None
    format: bool = True
    extras: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Intent:
    """The changes that are due. ``manifest`` is None where findings stand in the way."""

    diagnostics: tuple[Diagnostic, ...] = ()
    actions: tuple[Action, ...] = ()
    contents: Mapping[str, bytes] = field(default_factory=dict)
    manifest: Manifest | None = None


def silent(what: str, done: int, of: int) -> None:
    """Report no progress."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One service's share of the output."""

    package: str
    record: ServiceRecord
    files: Mapping[str, str]


def is_current(
    options: Options,
    inputs: Inputs,
    selection: Selection | None,
    previous: Manifest | None,
    generator: Generator,
) -> bool:
    """True where the manifest proves that a generation would change nothing.

    It compares digests only, so it needs none of the libraries that a generation needs.
    """
    if previous is None or not previous.intact or previous.generator != generator:
        return False
    kept = _kept(inputs, previous)
    records = {
        r.folder: r for package, r in previous.services.items() if package not in kept
    }
    if not records or not records.keys() <= inputs.folders.keys():
        return False
    idle = {f: d for f, d in previous.idle.items() if inputs.single in {None, f}}
    if idle != _idle_digests(inputs, records, _names(options, selection)):
        return False
    if any(record.inputs != inputs.folders[f] for f, record in records.items()):
        return False
    if any(record.spec_root != inputs.root_name for record in records.values()):
        return False
    if selection is None and not _selects(records.values(), options.operations):
        return False
    if any(options.extras not in (None, record.extras) for record in records.values()):
        return False
    files = _without(previous.files, kept)
    disk = entries(options.out, files)
    return all(
        (e := disk.get(p)) is not None and e.digest == d for p, d in files.items()
    )


def intend(
    options: Options,
    inputs: Inputs,
    selection: Selection | None,
    previous: Manifest | None,
    generator: Generator,
    *,
    loader: Loader,
    renderer: Renderer,
    progress: Progress,
) -> Intent:
    """What a generation would change, with the findings of all stages.

    ``selection`` holds the operations to generate by service folder; None takes
    ``options.operations`` for every folder.
    """
    services, found = _load(inputs, loader, progress)
    chosen, notes = select(services, inputs, options.operations, selection)
    found += notes
    kept = _kept(inputs, previous)
    found += _mixed(options.out, kept, previous, generator)
    found += _edited(options.out, inputs, previous)
    if has_errors(found):
        return Intent(tuple(found))

    parts: list[_Part] = []
    for number, choice in enumerate(chosen, start=1):
        progress("generating", number, len(chosen))
        extras = _extras(options, previous, choice.folder)
        rendered = renderer.render_service(
            choice.service, spec_root=inputs.root_name, extras=extras
        )
        empty = not rendered.files
        found += left_out(choice, inputs, rendered.left_out, empty=empty)
        if not empty:
            parts.append(_part(choice, rendered, inputs, generator, extras))
    found += _package_collisions(parts)
    found += _amid_specs(options, inputs, parts)
    kept = {p: r for p, r in kept.items() if p not in {part.package for part in parts}}
    services_now = {**kept, **{part.package: part.record for part in parts}}
    features = sorted({f for record in services_now.values() for f in record.features})
    own = [part.files for part in parts]
    groups = [renderer.package_files(), renderer.runtime_files(features), *own]
    files, notes = file_set(groups)
    found += notes
    if files is None or has_errors(found):
        return Intent(tuple(found))

    theirs = {} if previous is None else _only(previous.files, kept)
    recorded = {} if previous is None else _without(_owned(previous, files), kept)
    disk = entries(options.out, recorded.keys() | files.keys())
    actions = plan(recorded, disk, _digests(files))
    if options.format:
        changed = [a.path for a in actions if a.change in {"create", "update"}]
        due = [path for path in changed if _formats(path)]
        for number, path in enumerate(due, start=1):
            progress("formatting", number, len(due))
            files[path] = _formatted(path, files[path], renderer)
        actions = plan(recorded, disk, _digests(files))
    idle = _idle_digests(
        inputs, {part.record.folder for part in parts}, _names(options, selection)
    )
    if previous is not None and inputs.single is not None:
        idle = {f: d for f, d in previous.idle.items() if f != inputs.single} | idle
    manifest = Manifest(generator, services_now, {**theirs, **_digests(files)}, idle)
    return Intent(tuple(found), tuple(actions), files, manifest)


def _load(
    inputs: Inputs, loader: Loader, progress: Progress
) -> tuple[list[Service], list[Diagnostic]]:
    if inputs.single is None:
        # A root without services is an error: its output would have to be removed as a whole.
        services, found = loader.load_services(inputs.specs, progress)
        return services, list(found)
    service, found = loader.load_service(inputs.specs)
    return ([] if service is None else [service]), list(found)


def with_needed(extras: Iterable[str]) -> tuple[str, ...]:
    """Extras with those that they need: tests draw from strategies."""
    named = set(extras)
    return tuple(sorted(named | {"strategies"} if named else named))


def _extras(
    options: Options, previous: Manifest | None, folder: str
) -> tuple[str, ...]:
    """The extras asked for, else those that the service had before."""
    if options.extras is not None or previous is None:
        return options.extras or ()
    records = previous.services.values()
    return next((r.extras for r in records if r.folder == folder), ())


def _part(
    choice: Chosen,
    rendered: Rendered,
    inputs: Inputs,
    generator: Generator,
    extras: tuple[str, ...],
) -> _Part:
    packages = {path.partition("/")[0] for path in rendered.files}
    if len(packages) != 1 or packages & {_RUNTIME, ""}:
        raise ValueError(
            f"{choice.service.id} was not rendered into one package: {sorted(packages)}"
        )
    record = ServiceRecord(
        version=generator.version,
        spec_root=inputs.root_name,
        protocols=choice.service.protocols,
        features=tuple(sorted(rendered.features)),
        inputs=inputs.folders[choice.folder],
        operations=choice.names,
        extras=extras,
    )
    return _Part(packages.pop(), record, rendered.files)


def _kept(inputs: Inputs, previous: Manifest | None) -> dict[str, ServiceRecord]:
    """The neighbours of the one service asked for, by package; none where the root is."""
    if previous is None or inputs.single is None:
        return {}
    return {
        p: record
        for p, record in previous.services.items()
        if record.folder != inputs.single
    }


def _idle_digests(
    inputs: Inputs, generated: Container[str], names: tuple[str, ...] | None
) -> dict[str, str]:
    """Digests of what left the other service folders idle: their specs and the names asked for."""
    asked = None if names is None else sorted(set(names))
    return {
        folder: digest_of(
            repr((asked, sorted(paths.items()))).encode("utf-8", "replace")
        )
        for folder, paths in inputs.folders.items()
        if folder not in generated
    }


def _names(options: Options, selection: Selection | None) -> tuple[str, ...] | None:
    return options.operations if selection is None else selected_names(selection)


def _mixed(
    out: Path,
    kept: Mapping[str, ServiceRecord],
    previous: Manifest | None,
    generator: Generator,
) -> list[Diagnostic]:
    if previous is None or not kept:
        return []
    others = sorted({r.version for r in kept.values()} | {previous.generator.version})
    if others == [generator.version] and previous.generator == generator:
        return []
    written = " and ".join(others)
    build = " in another build" if others == [generator.version] else ""
    message = (
        f"{', '.join(sorted(kept))} was generated by specwright {written}{build}, and this is"
        f" {generator.version}: services that share a runtime need one generator"
    )
    hint = "generate all of them: specwright generate ROOT, with the folder of all services"
    return [
        Diagnostic(
            "mixed-generators",
            message,
            Position((out / MANIFEST).as_posix()),
            hint=hint,
        )
    ]


def _edited(out: Path, inputs: Inputs, previous: Manifest | None) -> list[Diagnostic]:
    """A manifest that others changed is written anew from all specs, and not trusted for less."""
    if previous is None or previous.intact:
        return []
    place = Position((out / MANIFEST).as_posix())
    message = "the file was edited or merged since it was generated"
    if inputs.single is None:
        hint = "specwright generate writes it anew"
        return [Diagnostic("edited-manifest", message, place, hint, "warning")]
    message += ", so what it says of other services can't be relied on"
    hint = "generate all of them: specwright generate ROOT, with the folder of all services"
    return [Diagnostic("edited-manifest", message, place, hint)]


def _owned(previous: Manifest, wanted: Container[str]) -> dict[str, str]:
    """The recorded files that a generation may touch: those it writes, and those in packages."""
    folders = {_RUNTIME, *previous.services}
    return {
        path: digest
        for path, digest in previous.files.items()
        if path in wanted or ("/" in path and path.partition("/")[0] in folders)
    }


def _amid_specs(
    options: Options, inputs: Inputs, parts: Iterable[_Part]
) -> list[Diagnostic]:
    """Packages whose folder holds specs, or is held by them."""
    sources = [_real(inputs.path(name)) for name in inputs.folders]
    found = []
    for name in dict.fromkeys((*(part.package for part in parts), _RUNTIME)):
        folder = _real(options.out / name)
        amid = any(
            s == folder or folder in s.parents or s in folder.parents for s in sources
        )
        if amid or (folder / SERVICE_FILE).is_file():
            message = f"the folder of the package '{name}' is a folder of specs"
            place = Position((options.out / name).as_posix())
            hint = "choose another output folder with --out"
            found.append(Diagnostic("output-in-specs", message, place, hint))
    return found


def _real(path: Path) -> Path:
    # Unlike Path.resolve, this raises nothing where a link leads to itself.
    return Path(os.path.realpath(path))


def _package_collisions(parts: Iterable[_Part]) -> list[Diagnostic]:
    found = []
    seen: dict[str, _Part] = {}
    for part in parts:
        first = seen.setdefault(part.package, part)
        if first is not part:
            message = f"two services are generated as the package '{part.package}'"
            here, there = _service_file(part), _service_file(first)
            found.append(
                Diagnostic(
                    "package-collision", message, here, related=((there, "the other"),)
                )
            )
    return found


def _service_file(part: _Part) -> Position:
    return Position(f"{part.record.spec_root}/{part.record.folder}/service.yaml")


def _formats(path: str) -> bool:
    # The runtime is copied as it stands.
    return path.endswith(".py") and not path.startswith(f"{_RUNTIME}/")


def _selects(
    records: Iterable[ServiceRecord], operations: tuple[str, ...] | None
) -> bool:
    """True where the records hold just the operations asked for."""
    recorded = [record.operations for record in records]
    if operations is None:
        return all(names is None for names in recorded)
    selected = {name for names in recorded if names is not None for name in names}
    return None not in recorded and selected == set(operations)


def _without(files: Mapping[str, str], packages: Iterable[str]) -> dict[str, str]:
    apart = set(packages)
    return {p: d for p, d in files.items() if p.partition("/")[0] not in apart}


def _only(files: Mapping[str, str], packages: Iterable[str]) -> dict[str, str]:
    wanted = set(packages)
    return {p: d for p, d in files.items() if p.partition("/")[0] in wanted}


def _formatted(path: str, content: bytes, renderer: Renderer) -> bytes:
    try:
        return renderer.format_python(content.decode("utf-8")).encode("utf-8")
    except ValueError as error:
        raise ValueError(f"{path} came out as no Python: {error}") from error


def _digests(files: Mapping[str, bytes]) -> dict[str, str]:
    return {path: digest_of(content) for path, content in files.items()}
