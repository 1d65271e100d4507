"""A project of two small services, and the command line run inside it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from specwright.cli.main import main
from specwright.output.manifest import MANIFEST, Manifest, from_bytes, to_bytes

SERVICE = """\
specwright: 1
service: {name}
title: {name}
version: '2020-01-01'
protocols: [rest-json]
endpoint: {{prefix: {prefix}}}
sources:
  model: {{format: botocore, version: '2020-01-01'}}
from: {{default: model}}
"""
OPERATION = """\
specwright: 1
operation: {name}
http: {{method: GET, path: /{name}}}
sources:
  model: {{format: botocore, version: '2020-01-01'}}
from: {{default: model}}
input:
  name: {{type: string, in: query, length: [1, 9]}}
output:
  size: {{type: integer}}
"""


class Ran(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


class Project:
    """A folder with specs/ and, once generated, generated/."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.specs = folder / "specs"
        self.out = folder / "generated"
        self._capsys = capsys

    def run(self, *arguments: object) -> Ran:
        """Run one command line in this process."""
        self._capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        return Ran(code, *self._capsys.readouterr())

    def generate(self, *arguments: object) -> Ran:
        """Generate; it has to succeed."""
        ran = self.run("generate", "--no-format", *arguments)
        assert ran.code == 0, ran.err
        return ran

    def service(self, folder: str, *operations: str) -> None:
        """Write the specs of a service; its id is the folder's name, capitalised."""
        path = self.specs / folder
        (path / "operations").mkdir(parents=True, exist_ok=True)
        text = SERVICE.format(name=folder.capitalize(), prefix=folder)
        (path / "service.yaml").write_text(text)
        for name in operations:
            (path / "operations" / f"{name}.yaml").write_text(
                OPERATION.format(name=name)
            )

    def spec(self, folder: str, operation: str) -> Path:
        """The spec file of an operation."""
        return self.specs / folder / "operations" / f"{operation}.yaml"

    def edit(self, folder: str, operation: str, old: str, new: str) -> None:
        """Change the spec of an operation."""
        path = self.spec(folder, operation)
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))

    def rewrite_manifest(
        self, change: Callable[[Manifest], Manifest], *, sealed: bool = True
    ) -> None:
        """Change what the manifest says; without the seal, as an editor or a merge would."""
        path = self.out / MANIFEST
        digest = json.loads(path.read_text())["digest"]
        path.write_bytes(to_bytes(change(from_bytes(path.read_bytes()))))
        if not sealed:
            edited = {**json.loads(path.read_text()), "digest": digest}
            path.write_text(json.dumps(edited))

    def module(self, service: str, operation: str) -> Path:
        """The generated module of an operation."""
        return self.out / service / "operations" / f"{operation}.py"


@pytest.fixture
def project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Project:
    made = Project(tmp_path, capsys)
    made.service("bird", "GetBird", "ListBirds")
    made.service("fish", "GetFish")
    monkeypatch.chdir(tmp_path)
    return made


Tree = Callable[[Path], dict[str, str]]


def tree(root: Path) -> dict[str, str]:
    """Every file and folder below a folder, with digests of files and targets of links."""
    found = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_symlink():
            found[name] = f"-> {path.readlink()}"
        elif path.is_dir():
            found[name] = "folder"
        else:
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found
