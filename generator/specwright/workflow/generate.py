"""Generates clients from specs: all that changed, or nothing where anything is wrong."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass, replace
from pathlib import Path

from specwright.diagnostics import Diagnostic, Position, has_errors, in_order
from specwright.output.identity import generator
from specwright.output.manifest import Manifest, read, to_bytes
from specwright.output.plan import Action
from specwright.output.writer import clear_leftovers, write
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

_ATTEMPTS = 5
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
    if found := output_problem(options):
        return Generated((found,))
    options = replace(options, extras=options.extras or ())
    this = generator()
    # What another run writes meanwhile is planned for again; that can't go on without end.
    for _ in range(_ATTEMPTS):
        inputs = find_inputs(options.specs)
        previous, broken = read(options.out)
        if broken and not (force and all(d.code == "broken-manifest" for d in broken)):
            return Generated(tuple(broken))
        clear_leftovers(options.out)
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
        if written is not None:
            return Generated(tuple(in_order(found_all)), intent.actions, written)
    raise BlockingIOError(
        errno.EAGAIN, "other runs of specwright keep writing to it", str(options.out)
    )


def output_problem(options: Options) -> Diagnostic | None:
    """Why nothing can be generated into the output folder, or None: it may be made yet."""
    place = Position(options.out.as_posix())
    if reason := _no_folder(options.out):
        hint = "choose another one with --out"
        return Diagnostic("not-a-folder", f"the output {reason}", place, hint)
    specs, out = options.specs.resolve(), options.out.resolve()
    # Given one service's folder, those beside it hold specs as well. An output beside the
    # folders of services is fine.
    root = specs.parent if (specs / SERVICE_FILE).is_file() else specs
    around = [p for p in (out, *out.parents) if root in p.parents]
    if any((p / SERVICE_FILE).is_file() for p in around):
        message = "the output folder is a service's folder of specs, or inside of one"
        hint = "choose another one with --out"
        return Diagnostic("output-in-specs", message, place, hint)
    return None


def _no_folder(out: Path) -> str | None:
    try:
        mode = os.stat(out).st_mode
    except FileNotFoundError:
        return "is a symbolic link that leads nowhere" if out.is_symlink() else None
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
        return "is a symbolic link that leads to itself"
    return None if stat.S_ISDIR(mode) else "is a file, not a folder"


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
) -> bool | None:
    """True where files were written, None where another run wrote since ``previous`` was read."""
    contents = {
        a.path: intent.contents[a.path]
        for a in intent.actions
        if a.change in {"create", "update"}
    }
    deletions = [a.path for a in intent.actions if a.change == "delete"]
    if not contents and not deletions and manifest == previous:
        return False
    done = write(
        out,
        contents,
        deletions,
        to_bytes(manifest),
        still_due=lambda: read(out)[0] == previous,
    )
    return True if done else None


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
