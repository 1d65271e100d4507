"""Pages of commands made from the type declarations of npm packages, read and compared."""

from __future__ import annotations

import re
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from botocore.model import OperationModel, ServiceModel
from tests.accuracy.catalogue import Result
from tests.accuracy.printing import js_facts
from tests.accuracy.rendering import model

from specwright.sources.pages import botocore_folder, read_page, to_json
from specwright.sources.pages.services import service_id

_EXAMPLE = re.compile(r"```javascript\n(?P<code>.*?)```", re.DOTALL)
_THROWS = re.compile(
    r"@throws \{@link (?P<name>\w+)\}(?: \((?P<fault>client|server) fault\))?"
)


def read_package(name: str) -> Result | None:
    """Read the pages of a package of clients; None where npm does not give it."""
    npm = shutil.which("npm")
    service = service_id(package=name)
    folder = botocore_folder(service[0]) if service is not None else None
    if npm is None or folder is None:
        return None
    with tempfile.TemporaryDirectory() as work:
        command = [npm, "pack", "--silent", f"@aws-sdk/client-{name}"]
        packed = subprocess.run(
            command, cwd=work, capture_output=True, text=True, timeout=300, check=False
        )
        archives = list(Path(work).glob("*.tgz"))
        if packed.returncode or not archives:
            return None
        with tarfile.open(archives[0]) as archive:
            archive.extractall(work, filter="data")
        return _read(Path(work), ServiceModel(model(folder), folder))


def _read(work: Path, service: ServiceModel) -> Result:
    result = Result()
    for file in sorted(work.rglob("dist-types/commands/*Command.d.ts")):
        name = file.name.removesuffix("Command.d.ts")
        if "ts3.4" in file.parts or name not in service.operation_names:
            continue
        page = page_of(file.read_text("utf-8"), name)
        read = read_page(name, page.encode()) if page is not None else None
        said = (
            to_json(read.facts) if read is not None and read.facts is not None else {}
        )
        said.pop("pagination", None)
        true = _true(service.operation_model(name))
        if _names(said) == _names(true):
            # Packages are of another day than the models: what differs then is no mistake.
            result.add(f"{service.service_name}.{name}", said, true)
    return result


def page_of(declarations: str, name: str) -> str | None:
    """The page that the web site makes of a command's comment, without its tables."""
    comment = "\n".join(
        line.strip().removeprefix("*").removeprefix(" ")
        for line in declarations.split("\n")
    )
    example = _EXAMPLE.search(comment)
    if example is None:
        return None
    rows = [
        f"{found['name']} | {found['fault']} | Said of it. |"
        for found in _THROWS.finditer(comment)
        if found["fault"]
    ]
    lines = [name + "Command", "Does it.", "Example Syntax", example["code"]]
    lines += [f"{name}Command Input", f"{name}Command Output", "Throws", *rows]
    return "\n".join(lines)


def _true(operation: OperationModel) -> dict[str, Any]:
    facts = js_facts(operation)
    for section, shape in (
        ("input", operation.input_shape),
        ("output", operation.output_shape),
    ):
        for name, member in (shape.members if shape is not None else {}).items():
            if member.type_name == "structure":
                # Only the tables say that these are required.
                facts[section][name].pop("required", None)
    return facts


def _names(value: object, key: str = "") -> object:
    """The names of members and errors, values of enums and unions, without anything else."""
    if isinstance(value, dict):
        return {
            k: _names(v, k)
            for k, v in value.items()
            if k
            not in ("required", "fault", "operation", "service", "page", "inferred")
        }
    return (
        sorted(map(str, value))
        if key == "enum" and isinstance(value, list)
        else value == "union"
    )
