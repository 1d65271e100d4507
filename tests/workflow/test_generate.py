"""Generating twice, into used folders, after changes, and when things go wrong."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from specwright import render
from specwright.model import Service
from specwright.output.manifest import MANIFEST, Manifest
from specwright.render import Rendered
from specwright.workflow.generate import generate
from specwright.workflow.intent import Options

from .conftest import Project, tree


def stamps(root: Path) -> dict[str, int]:
    return {str(p): p.stat().st_mtime_ns for p in root.rglob("*")} | {
        str(root): root.stat().st_mtime_ns
    }


def manifest(project: Project) -> dict[str, dict[str, object]]:
    loaded: dict[str, dict[str, object]] = json.loads(
        (project.out / MANIFEST).read_text()
    )
    return loaded


def test_generating_writes_a_package_for_each_service_and_a_manifest(
    project: Project,
) -> None:
    ran = project.generate()
    assert ran.out.startswith("generated: ")
    assert "created" in ran.out
    assert ran.err == ""
    written = {path for path, digest in tree(project.out).items() if digest != "folder"}
    assert set(manifest(project)["files"]) == written - {MANIFEST}
    assert {"bird/operations/get_bird.py", "fish/operations/get_fish.py"} <= written
    assert {"__init__.py", "py.typed", "_runtime/__init__.py"} <= written


def test_the_manifest_holds_nothing_of_the_machine(project: Project) -> None:
    project.generate()
    text = (project.out / MANIFEST).read_text()
    assert str(project.folder) not in text
    assert sorted(manifest(project)["services"]) == ["bird", "fish"]
    bird = manifest(project)["services"]["bird"]
    assert isinstance(bird, dict)
    assert bird["protocols"] == ["rest-json"]
    assert sorted(bird["inputs"]) == [
        "bird/operations/GetBird.yaml",
        "bird/operations/ListBirds.yaml",
        "bird/service.yaml",
    ]


def test_generating_twice_writes_nothing(project: Project) -> None:
    project.generate()
    before = stamps(project.out)
    assert project.generate().out == "generated: up to date\n"
    assert stamps(project.out) == before


def test_generating_anew_gives_the_same_bytes(project: Project) -> None:
    project.generate()
    before = tree(project.out)
    shutil.rmtree(project.out)
    project.generate()
    assert tree(project.out) == before


def test_the_place_of_specs_and_output_does_not_show(project: Project) -> None:
    project.generate()
    moved = project.folder / "else" / "where"
    shutil.copytree(project.specs, moved / "specs")
    project.generate(moved / "specs", "--out", moved / "clients")
    assert tree(moved / "clients") == tree(project.out)


def test_a_changed_spec_changes_its_own_module_only(project: Project) -> None:
    project.generate()
    before = tree(project.out)
    project.edit("bird", "GetBird", "length: [1, 9]", "length: [1, 8]")
    project.generate()
    after = tree(project.out)
    changed = {path for path in before if before[path] != after.get(path)}
    assert after.keys() == before.keys()
    assert changed == {"bird/operations/get_bird.py", MANIFEST}


def test_a_deleted_operation_and_a_deleted_service_are_removed(
    project: Project,
) -> None:
    project.generate()
    project.spec("bird", "GetBird").unlink()
    shutil.rmtree(project.specs / "fish")
    cache = project.out / "fish" / "operations" / "__pycache__"
    cache.mkdir()
    (cache / "get_fish.cpython-311.pyc").write_bytes(b"")
    project.generate()
    assert not project.module("bird", "get_bird").exists()
    assert project.module("bird", "list_birds").exists()
    assert not (project.out / "fish").exists()
    assert list(manifest(project)["services"]) == ["bird"]


def test_files_of_others_stay(project: Project) -> None:
    project.generate()
    (project.out / "fish" / "notes.txt").write_text("mine")
    (project.out / "extra.py").write_text("mine")
    shutil.rmtree(project.specs / "fish")
    project.generate()
    assert sorted(p.name for p in (project.out / "fish").iterdir()) == ["notes.txt"]
    assert (project.out / "extra.py").read_text() == "mine"


def test_an_edited_file_stops_everything_unless_forced(project: Project) -> None:
    project.generate()
    original = project.module("bird", "get_bird").read_text()
    project.module("bird", "get_bird").write_text("mine\n")
    project.edit("fish", "GetFish", "[1, 9]", "[1, 8]")
    before = tree(project.folder)
    ran = project.run("generate")
    assert ran.code == 1
    edited = "generated/bird/operations/get_bird.py"
    assert f"{edited}:1:1: error[edited-output]" in ran.err
    assert "--force" in ran.err
    assert "nothing was written" in ran.err
    assert tree(project.folder) == before
    project.generate("--force")
    assert project.module("bird", "get_bird").read_text() == original
    assert project.generate().out == "generated: up to date\n"


def test_an_edited_orphan_is_kept_unless_forced(project: Project) -> None:
    project.generate()
    project.module("bird", "get_bird").write_text("mine\n")
    project.spec("bird", "GetBird").unlink()
    assert project.run("generate").code == 1
    assert project.module("bird", "get_bird").read_text() == "mine\n"
    project.generate("--force")
    assert not project.module("bird", "get_bird").exists()


def test_a_missing_output_is_written_again(project: Project) -> None:
    project.generate()
    before = tree(project.out)
    project.module("bird", "get_bird").unlink()
    project.generate()
    assert tree(project.out) == before


def test_a_file_in_the_way_of_a_new_one_is_not_overwritten(project: Project) -> None:
    project.out.mkdir()
    (project.out / "__init__.py").write_text("mine = 1\n")
    ran = project.run("generate")
    assert ran.code == 1
    assert "not generated by specwright" in ran.err
    assert tree(project.out) == {"__init__.py": tree(project.out)["__init__.py"]}
    project.generate("--force")
    assert (project.out / "__init__.py").read_text() != "mine = 1\n"


def test_errors_in_a_spec_leave_the_output_as_it_is(project: Project) -> None:
    project.generate()
    project.edit("bird", "GetBird", "length: [1, 9]", "length: [9, 1]")
    project.edit("fish", "GetFish", "type: integer", "type: Integr")
    project.edit("bird", "ListBirds", "[1, 9]", "[2, 9]")
    before = tree(project.folder)
    ran = project.run("generate")
    assert ran.code == 1
    assert ran.out == ""
    errors = [line for line in ran.err.splitlines() if ": error[" in line]
    assert [line.split(":")[0] for line in errors] == [
        "specs/bird/operations/GetBird.yaml",
        "specs/fish/operations/GetFish.yaml",
    ]
    assert tree(project.folder) == before


def test_errors_in_a_spec_make_no_output(project: Project) -> None:
    project.edit("bird", "GetBird", "type: integer", "type: Integr")
    assert project.run("generate", "--force").code == 1
    assert not project.out.exists()


def full_disk(call: Callable[..., None], after: int) -> Callable[..., None]:
    calls = 0

    def replace(source: object, target: object) -> None:
        nonlocal calls
        calls += 1
        if calls > after:
            raise OSError(28, "No space left on device", str(target))
        call(source, target)

    return replace


@pytest.mark.parametrize("after", [0, 1, 3])
def test_a_failing_disk_is_told_and_the_next_run_repairs(
    project: Project, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    project.generate()
    for folder, operation in [
        ("bird", "GetBird"),
        ("bird", "ListBirds"),
        ("fish", "GetFish"),
    ]:
        project.edit(folder, operation, "[1, 9]", "[1, 8]")
    with monkeypatch.context() as patch:
        # Undoing fails as well, so that the run ends as one that was killed would.
        patch.setattr("os.replace", full_disk(os.replace, after))
        ran = project.run("generate")
    assert ran.code == 3
    assert "No space left on device" in ran.err
    assert "Traceback" not in ran.err
    project.generate()
    assert project.run("check").code == 0
    repaired = tree(project.out)
    shutil.rmtree(project.out)
    project.generate()
    assert tree(project.out) == repaired


def test_a_crash_while_rendering_writes_nothing(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.generate()
    before = tree(project.out)
    project.edit("bird", "GetBird", "[1, 9]", "[1, 8]")

    def broken(*args: object, **kwargs: object) -> None:
        raise ZeroDivisionError("boom")

    with monkeypatch.context() as patch:
        patch.setattr("specwright.render.render_service", broken)
        ran = project.run("generate")
    assert ran.code == 3
    assert "internal error: ZeroDivisionError: boom" in ran.err
    assert "Traceback" not in ran.err
    assert tree(project.out) == before


def test_an_output_folder_that_cannot_be_made(project: Project) -> None:
    (project.folder / "file").write_text("")
    ran = project.run("generate", "--out", "file/generated", "--no-format")
    assert ran.code == 3
    assert len(ran.err.splitlines()) == 1
    assert (project.folder / "file").read_text() == ""


def test_one_service_joins_the_others(project: Project) -> None:
    project.generate("specs/fish")
    assert list(manifest(project)["services"]) == ["fish"]
    project.generate("specs/bird")
    one_by_one = tree(project.out)
    shutil.rmtree(project.out)
    project.generate("specs")
    assert tree(project.out) == one_by_one


def test_one_service_leaves_the_changes_of_others_alone(project: Project) -> None:
    project.generate()
    project.edit("fish", "GetFish", "[1, 9]", "[1, 8]")
    project.module("fish", "get_fish").write_text("mine\n")
    assert project.generate("specs/bird").out == "generated: up to date\n"
    project.edit("bird", "GetBird", "[1, 9]", "[1, 8]")
    project.generate("specs/bird")
    assert project.module("fish", "get_fish").read_text() == "mine\n"
    assert project.run("check", "specs/bird").code == 0
    assert project.run("check", "specs/fish").code == 1


def test_a_service_that_changes_its_package_leaves_no_old_one(project: Project) -> None:
    project.generate()
    service = project.specs / "bird" / "service.yaml"
    service.write_text(service.read_text().replace("service: Bird", "service: Owl"))
    project.generate("specs/bird")
    assert not (project.out / "bird").exists()
    assert sorted(manifest(project)["services"]) == ["fish", "owl"]


@pytest.mark.parametrize("key", ["version", "digest"])
def test_one_service_is_refused_beside_those_of_another_generator(
    project: Project, key: str
) -> None:
    project.generate()

    def older(manifest: Manifest) -> Manifest:
        if key == "digest":
            generator = replace(manifest.generator, digest="0" * 12)
            return replace(manifest, generator=generator)
        services = {
            name: replace(record, version="0.0.1")
            for name, record in manifest.services.items()
        }
        generator = replace(manifest.generator, version="0.0.1")
        return replace(manifest, generator=generator, services=services)

    project.rewrite_manifest(older)
    before = tree(project.out)
    ran = project.run("generate", "specs/bird")
    assert ran.code == 1
    assert "error[mixed-generators]: fish" in ran.err
    assert "specwright generate" in ran.err
    assert tree(project.out) == before
    project.generate("specs")
    project.generate("specs/bird")


def test_selected_operations_are_remembered(project: Project) -> None:
    project.generate("--operation", "GetBird")
    assert project.module("bird", "get_bird").exists()
    assert not project.module("bird", "list_birds").exists()
    assert not (project.out / "fish").exists()
    assert project.run("check").code == 0
    assert project.run("check", "--operation", "ListBirds").code == 1
    project.edit("bird", "GetBird", "[1, 9]", "[1, 8]")
    ran = project.run("check")
    assert ran.code == 1
    assert "run: specwright generate --operation GetBird" in ran.err
    project.generate()
    assert project.module("bird", "list_birds").exists()


def test_what_a_selection_left_out_is_generated_without_it(project: Project) -> None:
    project.generate("--operation", "GetBird")
    assert project.generate("--operation", "GetBird").out == "generated: up to date\n"
    project.generate("specs/bird")
    assert not (project.out / "fish").exists()
    project.generate("specs/fish")
    assert (project.out / "fish").exists()
    project.generate("--operation", "GetBird")
    project.generate("specs/bird")
    project.generate()
    assert (project.out / "fish").exists()


def test_an_unknown_operation_is_wrong_use(project: Project) -> None:
    ran = project.run("generate", "--operation", "GetBrid")
    assert ran.code == 2
    assert "did you mean 'GetBird'?" in ran.err
    assert not project.out.exists()


def test_unsupported_operations_are_left_out_unless_asked_for(project: Project) -> None:
    for folder, operation in [("bird", "GetBird"), ("fish", "GetFish")]:
        path = project.spec(folder, operation)
        path.write_text(path.read_text() + "unsupported: it streams events\n")
    ran = project.generate()
    assert "'GetBird' is left out: it streams events" in ran.err
    assert "'Fish' is left out: no operation can be generated" in ran.err
    assert not project.module("bird", "get_bird").exists()
    assert not (project.out / "fish").exists()
    assert project.run("check").code == 0
    assert project.run("generate", "--operation", "GetBird").code == 1
    # What is left out has been noted, so that nothing is read again until it changes.
    assert project.generate() == (0, "generated: up to date\n", "")
    project.edit("fish", "GetFish", "it streams events", "it waits")
    assert "it waits" in project.generate().err
    project.edit("fish", "GetFish", "unsupported: it waits\n", "")
    project.generate()
    assert (project.out / "fish").exists()


def test_a_linked_output_file_is_not_followed(project: Project) -> None:
    project.generate()
    mine = project.folder / "mine.py"
    mine.write_text("mine\n")
    module = project.module("bird", "get_bird")
    module.unlink()
    module.symlink_to(mine)
    ran = project.run("generate")
    assert ran.code == 1
    assert "a symbolic link" in ran.err
    project.generate("--force")
    assert mine.read_text() == "mine\n"
    assert not module.is_symlink()


def test_a_linked_output_folder_is_not_followed_even_by_force(project: Project) -> None:
    project.generate()
    elsewhere = project.folder / "elsewhere"
    (project.out / "bird").rename(elsewhere)
    (project.out / "bird").symlink_to(elsewhere)
    project.edit("bird", "GetBird", "[1, 9]", "[1, 8]")
    before = tree(project.folder)
    ran = project.run("generate", "--force")
    assert ran.code == 1
    assert "error[blocked-output]" in ran.err
    assert tree(project.folder) == before


def test_a_linked_service_folder_is_read(project: Project) -> None:
    project.generate()
    before = tree(project.out)
    (project.specs / "bird").rename(project.folder / "aviary")
    (project.specs / "bird").symlink_to(project.folder / "aviary")
    assert project.generate().out == "generated: up to date\n"
    shutil.rmtree(project.out)
    project.generate()
    names = set(tree(project.out))
    assert names == set(before)
    assert project.generate().out == "generated: up to date\n"


@pytest.mark.parametrize("garbage", ["", "<<<<<<< ours", '{"name": "app"}', "[]"])
def test_a_broken_manifest_is_told_and_force_mends_it(
    project: Project, garbage: str
) -> None:
    project.generate()
    before = tree(project.out)
    (project.out / MANIFEST).write_text(garbage)
    for command in (["generate"], ["check"]):
        ran = project.run(*command)
        assert ran.code == 1
        assert "error[broken-manifest]" in ran.err
    assert (project.out / MANIFEST).read_text() == garbage
    project.generate("--force")
    assert tree(project.out) == before


def test_a_lost_manifest_is_written_again(project: Project) -> None:
    project.generate()
    before = tree(project.out)
    (project.out / MANIFEST).unlink()
    project.generate()
    assert tree(project.out) == before


@pytest.mark.parametrize("out", ["specs", "specs/bird", "specs/bird/operations"])
def test_the_output_is_kept_out_of_the_specs(project: Project, out: str) -> None:
    before = tree(project.folder)
    ran = project.run("generate", "--out", out)
    assert ran.code == 2
    assert "error[output-in-specs]" in ran.err
    assert tree(project.folder) == before


def test_the_output_may_stand_beside_the_folders_of_services(project: Project) -> None:
    assert project.run("generate", "--out", "specs/generated").code == 0
    assert project.run("check", "--out", "specs/generated").code == 0
    assert project.run("lint", "specs").code == 0


def test_a_folder_without_services_does_not_empty_the_output(project: Project) -> None:
    project.generate()
    before = tree(project.out)
    (project.folder / "empty").mkdir()
    assert project.run("generate", "empty").code == 2
    assert tree(project.out) == before


def test_black_changes_nothing(project: Project) -> None:
    project.generate()
    plain = tree(project.out)
    shutil.rmtree(project.out)
    assert project.run("generate", "--format").code == 0
    assert tree(project.out) == plain


class Renderer:
    """The real renderer, but for the files of a service."""

    def __init__(self, *paths: str) -> None:
        self._files = dict.fromkeys(paths, "")

    def render_service(
        self, service: Service, *, spec_root: str, extras: Sequence[str] = ()
    ) -> Rendered:
        return Rendered(self._files, ())

    def runtime_files(self, features: Iterable[str]) -> Mapping[str, str]:
        return render.runtime_files(features)

    def package_files(self) -> Mapping[str, str]:
        return render.package_files()

    def format_python(self, text: str) -> str:
        return render.format_python(text)


@pytest.mark.parametrize(
    ("paths", "code"),
    [
        (["bird/../../x.py"], "output-path"),
        (["bird/a\\b.py"], "output-path"),
        (["bird/X.py", "bird/x.py"], "output-collision"),
    ],
)
def test_paths_are_checked_before_anything_is_written(
    project: Project, paths: list[str], code: str
) -> None:
    options = Options(Path("specs/bird"), Path("generated"))
    done = generate(options, renderer=Renderer(*paths))
    assert [d.code for d in done.diagnostics] == [code]
    assert not done.written
    assert not project.out.exists()


@pytest.mark.parametrize("paths", [["a/x.py", "b/x.py"], ["_runtime/x.py"]])
def test_a_service_is_one_package_of_its_own(
    project: Project, paths: list[str]
) -> None:
    options = Options(Path("specs/bird"), Path("generated"))
    with pytest.raises(ValueError, match="Bird was not rendered into one package"):
        generate(options, renderer=Renderer(*paths))
    assert not project.out.exists()


def test_two_services_of_one_package_are_refused(project: Project) -> None:
    for folder, name in (("bird", "Big Bird"), ("fish", "Big-Bird")):
        path = project.specs / folder / "service.yaml"
        old = f"service: {folder.capitalize()}"
        path.write_text(path.read_text().replace(old, f"service: {name}"))
    ran = project.run("generate")
    assert ran.code == 1
    assert "error[package-collision]" in ran.err
    assert "specs/bird/service.yaml" in ran.err
    assert "specs/fish/service.yaml" in ran.err
    assert not project.out.exists()


def test_a_renamed_spec_folder_keeps_its_package(project: Project) -> None:
    project.generate()
    (project.specs / "bird").rename(project.specs / "birds")
    project.spec("birds", "GetBird").unlink()
    project.generate("specs/birds")
    assert not project.module("bird", "get_bird").exists()
    assert project.module("bird", "list_birds").exists()
    assert project.run("check").code == 0


def test_strategies_and_tests_are_written_when_asked_for(project: Project):
    project.service("things", "GetThing")
    project.generate("--with-tests")
    assert (project.out / "things/strategies.py").exists()
    assert (project.out / "things/test_conformance.py").exists()
    assert (project.out / "_runtime/conformance.py").exists()
    assert project.run("check").code == 0, "what was asked for is remembered"
    (project.out / "things/strategies.py").unlink()
    ran = project.run("check")
    assert ran.code == 1
    assert "--with-strategies --with-tests" in ran.err
    project.generate("--with-strategies")
    assert not (project.out / "things/test_conformance.py").exists()
    assert not (project.out / "_runtime/conformance.py").exists()
    project.generate()
    assert not (project.out / "things/strategies.py").exists()
    assert not (project.out / "_runtime/drawing.py").exists()


def test_the_settings_name_what_is_always_written(project: Project):
    project.service("things", "GetThing")
    settings = project.folder / "specwright.toml"
    settings.write_text("extras = ['strategies']\n")
    project.generate()
    assert (project.out / "things/strategies.py").exists()
    assert project.run("check").code == 0
    settings.write_text("extras = ['mocks']\n")
    ran = project.run("generate")
    assert ran.code == 2
    assert "'extras' has to be a list of strategies and tests" in ran.err
