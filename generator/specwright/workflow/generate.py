"""Generates clients from specs: all that changed, or nothing where anything is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from specwright.diagnostics import Diagnostic, Position, has_errors, in_order
from specwright.output.identity import generator
from specwright.output.manifest import Manifest, read, to_bytes
from specwright.output.plan import Action
from specwright.output.writer import write
from specwright.workflow.inputs import SERVICE_FILE, find_inputs
from specwright.workflow.intent import (
    Intent,
    Loader,
    Options,
    Progress,
    Renderer,
    intend,
    is_current,
    silent,
)

_VERBS = {"update": ("overwrite", "overwritten"), "delete": ("delete", "deleted")}


@dataclass(frozen=True, slots=True)
class Generated:
    """What a generation did. ``actions`` are empty where the manifest proved all current."""

    diagnostics: tuple[Diagnostic, ...] = ()
    actions: tuple[Action, ...] = ()
    written: bool = False

    @property
    def ok(self) -> bool:
        """True where the output is now that of the specs."""
        return not has_errors(self.diagnostics)


def generate(
    options: Options,
    *,
    force: bool = False,
    loader: Loader | None = None,
    renderer: Renderer | None = None,
    progress: Progress | None = None,
) -> Generated:
    """Bring ``options.out`` up to date with the specs; an OSError where the disk refuses.

    Files that were edited by hand, and files of other origin, are overwritten by force only.
    """
    if found := overlap(options):
        return Generated((found,))
    inputs = find_inputs(options.specs)
    previous, broken = read(options.out)
    if broken and not force:
        return Generated(tuple(broken))
    this = generator()
    if is_current(options, inputs, None, previous, this):
        return Generated()
    intent = intend(
        options,
        inputs,
        None,
        previous,
        this,
        loader=loader or default_loader(),
        renderer=renderer or default_renderer(),
        progress=progress or silent,
    )
    found_all = [*intent.diagnostics, *_obstacles(options.out, intent, force)]
    if intent.manifest is None or has_errors(found_all):
        return Generated(tuple(in_order(found_all)), intent.actions)
    written = _write(options.out, intent, intent.manifest, previous)
    return Generated(tuple(in_order(found_all)), intent.actions, written)


def overlap(options: Options) -> Diagnostic | None:
    """A finding where the output would land among the specs, or None."""
    specs, out = options.specs.resolve(), options.out.resolve()
    around = [p for p in (out, *out.parents) if p == specs or specs in p.parents]
    if out == specs or any((p / SERVICE_FILE).is_file() for p in around):
        message = "the output folder is a folder of specs"
        hint = "choose another one with --out"
        return Diagnostic(
            "output-in-specs", message, Position(options.out.as_posix()), hint
        )
    return None


def default_loader() -> Loader:
    """The reader of YAML specs."""
    from specwright import resolve

    return resolve


def default_renderer() -> Renderer:
    """The renderer of Python packages."""
    from specwright import render

    return render


def _write(
    out: Path, intent: Intent, manifest: Manifest, previous: Manifest | None
) -> bool:
    contents = {
        a.path: intent.contents[a.path]
        for a in intent.actions
        if a.change in {"create", "update"}
    }
    deletions = [a.path for a in intent.actions if a.change == "delete"]
    if not contents and not deletions and manifest == previous:
        return False
    write(out, contents, deletions, to_bytes(manifest))
    return True


def _obstacles(out: Path, intent: Intent, force: bool) -> list[Diagnostic]:
    found = []
    for action in intent.actions:
        place = Position((out / action.path).as_posix())
        if action.change == "blocked":
            found.append(Diagnostic("blocked-output", action.reason, place))
        elif action.conflict and not force:
            verb, done = _VERBS[action.change]
            message = f"the file is {action.conflict}, so it is not {done}"
            hint = f"move what you need elsewhere, then {verb} it with --force"
            found.append(Diagnostic("edited-output", message, place, hint))
    return found
