"""Generating where the manifest, the output folder or another run would lead it astray."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from specwright import render
from specwright.document.reader import MAX_BYTES
from specwright.model import Service
from specwright.output.disk import file_digest
from specwright.output.manifest import MANIFEST, Manifest, ServiceRecord, from_bytes
from specwright.output.staging import make_staging
from specwright.render import Rendered
from specwright.workflow.generate import generate
from specwright.workflow.intent import Options

from .conftest import Project, tree


def manifest(project: Project) -> Manifest:
    return from_bytes((project.out / MANIFEST).read_bytes())


def forgetful(manifest: Manifest) -> Manifest:
    def bare(record: ServiceRecord) -> ServiceRecord:
        return replace(record, features=(), protocols=())

    services = {name: bare(record) for name, record in manifest.services.items()}
    return replace(manifest, services=services)


def test_an_edited_manifest_deletes_nothing_and_is_mended(project: Project) -> None:
    service = project.specs / "fish" / "service.yaml"
    text = service.read_text().replace("[rest-json]", "[json]")
    service.write_text(text + "json_version: '1.1'\ntarget_prefix: Fish\n")
    path = project.spec("fish", "GetFish")
    text = path.read_text().replace(
        "method: GET, path: /GetFish", "method: POST, path: /"
    )
    path.write_text(text.replace(", in: query", ""))
    project.generate()
    before = tree(project.out)
    assert "_runtime/aws_json.py" in before
    project.rewrite_manifest(forgetful, sealed=False)
    project.edit("bird", "GetBird", "[1, 9]", "[1, 8]")
    for more in ([], ["--force"]):
        ran = project.run("generate", "specs/bird", *more)
        assert ran.code == 1
        assert "error[edited-manifest]" in ran.err
    assert project.module("bird", "get_bird").exists()
    project.edit("bird", "GetBird", "[1, 8]", "[1, 9]")
    assert "warning[edited-manifest]" in project.generate().err
    assert tree(project.out) == before
    assert project.generate() == (0, "generated: up to date\n", "")


@pytest.mark.parametrize("sealed", [True, False])
@pytest.mark.parametrize("name", ["README.md", "docs/page.md"])
def test_a_file_outside_of_packages_is_never_deleted(
    project: Project, name: str, sealed: bool
) -> None:
    project.generate()
    mine = project.out / name
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("mine")
    digest = file_digest(mine)
    project.rewrite_manifest(
        lambda m: replace(m, files={**m.files, name: digest}), sealed=sealed
    )
    project.edit("bird", "GetBird", "[1, 9]", "[1, 8]")
    project.generate()
    assert mine.read_text() == "mine"
    assert name not in manifest(project).files


class Meanwhile:
    """The real renderer, which lets something else happen the first time it renders."""

    runtime_files = staticmethod(render.runtime_files)
    package_files = staticmethod(render.package_files)
    format_python = staticmethod(render.format_python)

    def __init__(self, event: Callable[[], object]) -> None:
        self._events = [event]

    def render_service(
        self, service: Service, *, spec_root: str, extras: Sequence[str] = ()
    ) -> Rendered:
        while self._events:
            self._events.pop()()
        return render.render_service(service, spec_root=spec_root)


def test_what_another_run_wrote_meanwhile_is_not_lost(project: Project) -> None:
    def other() -> None:
        assert generate(Options(Path("specs/fish"), Path("generated"))).written

    options = Options(Path("specs/bird"), Path("generated"))
    assert generate(options, renderer=Meanwhile(other)).written
    assert sorted(manifest(project).services) == ["bird", "fish"]
    both = tree(project.out)
    shutil.rmtree(project.out)
    project.generate()
    assert tree(project.out) == both


def test_a_package_does_not_land_among_the_specs(project: Project) -> None:
    project.service("specs", "GetSpec")
    for arguments in (
        ["specs", "--out", "."],
        ["specs/specs", "--out", "."],
        ["specs/bird", "--out", "specs"],
    ):
        before = tree(project.folder)
        ran = project.run("generate", *arguments)
        assert ran.code == 2
        assert "error[output-in-specs]" in ran.err
        assert tree(project.folder) == before


def test_a_run_without_changes_clears_what_a_killed_one_left(project: Project) -> None:
    project.generate()
    before = tree(project.out)
    (make_staging(project.out) / "0").write_text("x")
    assert project.generate().out == "generated: up to date\n"
    assert tree(project.out) == before


def test_an_output_that_is_no_folder_is_told(project: Project) -> None:
    (project.folder / "file").write_text("mine")
    (project.folder / "loop").symlink_to("loop")
    (project.folder / "nowhere").symlink_to("missing")
    for out, words in [
        ("file", "is a file"),
        ("loop", "leads to itself"),
        ("nowhere", "leads nowhere"),
    ]:
        for command in ("generate", "check"):
            ran = project.run(command, "--out", out)
            assert ran.code == 2
            assert f"{out}:1:1: error[not-a-folder]" in ran.err
            assert words in ran.err


def test_links_to_themselves_are_told(project: Project) -> None:
    project.generate()
    loop = project.spec("bird", "Loop")
    loop.symlink_to(loop.name)
    (project.specs / "round").symlink_to("round")
    for command in ("generate", "check"):
        ran = project.run(command)
        assert ran.code == 1
        assert "operations/Loop.yaml:1:1: error[unreadable-file]" in ran.err
    loop.unlink()
    shutil.rmtree(project.out / "fish")
    (project.out / "fish").symlink_to("fish")
    assert "error[blocked-output]" in project.run("generate").err


def test_a_folder_in_the_manifests_place_is_told_even_with_force(
    project: Project,
) -> None:
    (project.out / MANIFEST).mkdir(parents=True)
    for more in ([], ["--force"]):
        ran = project.run("generate", *more)
        assert ran.code == 1
        assert "generated/manifest.json:1:1: error[blocked-output]" in ran.err


def test_a_huge_spec_is_told_without_being_read(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.generate()
    with project.spec("bird", "GetBird").open("r+b") as file:
        file.truncate(MAX_BYTES + 1)
    read = []

    def watched(path: str | Path) -> str:
        read.append(Path(path).name)
        return file_digest(path)

    monkeypatch.setattr("specwright.workflow.inputs.file_digest", watched)
    ran = project.run("generate")
    assert ran.code == 1
    assert "error[file-too-large]" in ran.err
    assert "ListBirds.yaml" in read
    assert "GetBird.yaml" not in read
