"""Checks that generated clients are those of their specs, without writing anything."""

from __future__ import annotations

from dataclasses import dataclass, replace

from specwright.diagnostics import Diagnostic, has_errors, in_order
from specwright.output.identity import generator
from specwright.output.manifest import MANIFEST, Manifest, read
from specwright.output.plan import Action
from specwright.workflow.generate import (
    default_loader,
    default_renderer,
    output_problem,
)
from specwright.workflow.inputs import find_inputs
from specwright.workflow.intent import (
    Loader,
    Options,
    Progress,
    Renderer,
    intend,
    is_current,
    silent,
)
from specwright.workflow.selection import Selection, selected_names


@dataclass(frozen=True, slots=True)
class Difference:
    """A file that is not what its specs make of it, and how.

    ``conflict`` is true where only force would make it so.
    """

    path: str
    problem: str
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: findings in the specs, or differences of files.

    ``operations`` are the names that the comparison was made with, None for all operations;
    ``extras`` what is to stand beside the clients.
    """

    diagnostics: tuple[Diagnostic, ...] = ()
    differences: tuple[Difference, ...] = ()
    operations: tuple[str, ...] | None = None
    extras: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """True where the output is that of the specs."""
        return not self.differences and not has_errors(self.diagnostics)


def check(
    options: Options,
    *,
    loader: Loader | None = None,
    renderer: Renderer | None = None,
    progress: Progress | None = None,
) -> Checked:
    """Compare the output with what would be generated now, operation selection included.

    Where ``options`` select no operations or extras, those of the manifest are taken.
    """
    if found := output_problem(options):
        return Checked((found,))
    inputs = find_inputs(options.specs)
    previous, broken = read(options.out)
    if broken:
        return Checked(tuple(broken))
    selection = None if options.operations is not None else _recorded(previous)
    this = generator()
    if is_current(options, inputs, selection, previous, this):
        return Checked()
    intent = intend(
        options,
        inputs,
        selection,
        previous,
        this,
        loader=loader or default_loader(),
        renderer=renderer or default_renderer(),
        progress=progress or silent,
    )
    differences = [d for action in intent.actions if (d := _difference(action))]
    if intent.manifest is not None and (
        d := _manifest_difference(previous, intent.manifest)
    ):
        differences.append(d)
    operations = options.operations if selection is None else selected_names(selection)
    extras = options.extras
    if extras is None:
        records = () if previous is None else previous.services.values()
        extras = tuple(sorted({name for r in records for name in r.extras}))
    return Checked(
        tuple(in_order(intent.diagnostics)), tuple(differences), operations, extras
    )


def _recorded(previous: Manifest | None) -> Selection | None:
    if previous is None:
        return None
    return {record.folder: record.operations for record in previous.services.values()}


def _difference(action: Action) -> Difference | None:
    match action.change:
        case "unchanged":
            return None
        case "blocked":
            problem = action.reason
        case "create":
            problem = "missing"
        case "update":
            problem = action.conflict or "stale"
        case "delete":
            problem = "orphaned" + (
                f", and {action.conflict}" if action.conflict else ""
            )
    return Difference(action.path, problem, action.conflict is not None)


def _manifest_difference(previous: Manifest | None, now: Manifest) -> Difference | None:
    if previous is None:
        return Difference(MANIFEST, "missing")
    if not previous.intact:
        return Difference(MANIFEST, "edited by hand, or merged")
    # Another build of the same version that writes the same files leaves nothing to be done; the
    # digest only tells when to look again.
    same = replace(previous.generator, digest=now.generator.digest)
    return (
        None
        if replace(previous, generator=same) == now
        else Difference(MANIFEST, "stale")
    )
