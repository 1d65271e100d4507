"""``check`` finds every way in which output can differ from specs, and writes nothing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace

import pytest

from specwright.output.manifest import Manifest, ServiceRecord

from .conftest import Project, Ran, tree


def checked(project: Project, *arguments: object) -> Ran:
    """Check, and hold that nothing was written anywhere in the project."""
    before = tree(project.folder)
    ran = project.run("check", *arguments)
    assert tree(project.folder) == before
    return ran


def problems(ran: Ran) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in ran.out.splitlines())


def test_what_was_just_generated_is_up_to_date(project: Project) -> None:
    project.generate()
    ran = checked(project)
    assert (ran.code, ran.out, ran.err) == (0, "generated: up to date\n", "")


def test_an_output_that_was_never_generated_is_missing(project: Project) -> None:
    ran = checked(project)
    assert ran.code == 1
    assert problems(ran)["generated/bird/operations/get_bird.py"] == "missing"
    assert problems(ran)["generated/manifest.json"] == "missing"
    assert "run: specwright generate\n" in ran.err


def test_every_kind_of_difference_has_a_line(project: Project) -> None:
    project.service("wolf", "GetWolf", "ListWolves")
    project.generate()
    project.edit("bird", "GetBird", "[1, 9]", "[1, 8]")
    project.module("bird", "list_birds").unlink()
    project.module("fish", "get_fish").write_text("mine\n")
    project.spec("wolf", "GetWolf").unlink()
    project.spec("wolf", "ListWolves").unlink()
    project.module("wolf", "list_wolves").write_text("mine\n")
    project.service("wolf", "EatWolf")
    ran = checked(project)
    assert ran.code == 1
    found = problems(ran)
    expected = {
        "generated/bird/operations/get_bird.py": "stale",
        "generated/bird/operations/list_birds.py": "missing",
        "generated/fish/operations/get_fish.py": "edited by hand",
        "generated/wolf/operations/get_wolf.py": "orphaned",
        "generated/wolf/operations/list_wolves.py": "orphaned, and edited by hand",
        "generated/wolf/operations/eat_wolf.py": "missing",
        "generated/manifest.json": "stale",
    }
    assert {path: found.get(path) for path in expected} == expected
    assert ran.err.endswith("with --force only\n")


def test_the_command_to_run_repeats_how_it_was_checked(project: Project) -> None:
    ran = checked(project, "specs/bird", "--out", "a b")
    assert "run: specwright generate specs/bird --out 'a b'\n" in ran.err


def test_a_spec_change_without_effect_is_stale_too(project: Project) -> None:
    project.generate()
    path = project.spec("bird", "GetBird")
    path.write_text(path.read_text() + "# a remark\n")
    assert problems(checked(project)) == {"generated/manifest.json": "stale"}


def test_a_removed_service_is_orphaned(project: Project) -> None:
    project.generate()
    shutil.rmtree(project.specs / "fish")
    found = problems(checked(project))
    assert found["generated/fish/operations/get_fish.py"] == "orphaned"


def test_another_build_of_the_generator_with_the_same_output_is_fine(
    project: Project,
) -> None:
    project.generate()
    project.rewrite_manifest(
        lambda m: replace(m, generator=replace(m.generator, digest="0" * 12))
    )
    assert checked(project).code == 0


def test_another_version_of_the_generator_is_stale(project: Project) -> None:
    project.generate()
    project.rewrite_manifest(
        lambda m: replace(m, generator=replace(m.generator, version="0.0.1"))
    )
    assert problems(checked(project)) == {"generated/manifest.json": "stale"}


def test_errors_in_a_spec_are_told_instead(project: Project) -> None:
    project.generate()
    project.edit("bird", "GetBird", "type: integer", "type: Integr")
    ran = checked(project)
    assert ran.code == 1
    assert ran.out == ""
    assert "error[unknown-shape]" in ran.err


@pytest.mark.parametrize("fine", [True, False])
def test_json_is_one_object(project: Project, fine: bool) -> None:
    project.generate()
    if not fine:
        project.module("bird", "get_bird").write_text("mine\n")
    ran = checked(project, "--json")
    assert ran.code == (0 if fine else 1)
    assert ran.err == ""
    assert json.loads(ran.out) == {
        "ok": fine,
        "differences": (
            []
            if fine
            else [
                {
                    "file": "generated/bird/operations/get_bird.py",
                    "problem": "edited by hand",
                }
            ]
        ),
        "run": None if fine else "specwright generate",
        "diagnostics": [],
    }


def forgetful(manifest: Manifest) -> Manifest:
    def bare(record: ServiceRecord) -> ServiceRecord:
        return replace(record, features=(), protocols=())

    services = {name: bare(record) for name, record in manifest.services.items()}
    return replace(manifest, services=services)


def greedy(manifest: Manifest) -> Manifest:
    return replace(manifest, files={**manifest.files, "README.md": "0" * 12})


@pytest.mark.parametrize("change", [forgetful, greedy])
def test_an_edited_manifest_is_told(
    project: Project, change: Callable[[Manifest], Manifest]
) -> None:
    project.generate()
    project.rewrite_manifest(change, sealed=False)
    ran = checked(project)
    assert ran.code == 1
    assert problems(ran) == {"generated/manifest.json": "edited by hand, or merged"}
    assert checked(project, "specs/bird").code == 1
    project.generate()
    assert checked(project).code == 0
