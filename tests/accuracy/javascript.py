"""Pages of commands made from the type declarations of npm packages, read and compared."""

from __future__ import annotations

import json
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

# The day after botocore's version that the tests are pinned to.
PUBLISHED = "2026-08-08"
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
        version = _version(npm, f"@aws-sdk/client-{name}")
        if version is None:
            return None
        _told(npm, "pack", version, folder=work)
        archives = list(Path(work).glob("*.tgz"))
        if not archives:
            return None
        with tarfile.open(archives[0]) as archive:
            archive.extractall(work, filter="data")
        return _read(Path(work), ServiceModel(model(folder), folder))


def _version(npm: str, package: str) -> str | None:
    """The package's version of the day on which botocore's models were published: what a later
    one says otherwise is no mistake of a reader."""
    told = _told(npm, "view", package, "time", "--json")
    times = json.loads(told or "{}")
    found = {t: v for v, t in times.items() if v[:1].isdigit() and t <= PUBLISHED}
    return f"{package}@{found[max(found)]}" if found else None


def _told(npm: str, *command: str, folder: str | None = None) -> str:
    ran = subprocess.run(
        [npm, "--silent", *command],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return ran.stdout


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
        result.add(f"{service.service_name}.{name}", _judged(said, true), true)
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


def _judged(said: Any, true: Any) -> Any:
    """What was said without what models don't tell: unions that they call structures, and that
    structures are required, which a page says only of those that it cuts short."""
    if not isinstance(said, dict) or not isinstance(true, dict):
        return said
    kept = {key: _judged(value, true.get(key)) for key, value in said.items()}
    if true.get("type") == "structure":
        kept["type"] = "structure" if said.get("type") == "union" else said.get("type")
    if "required" not in true and ("members" in true or "ref" in true):
        kept.pop("required", None)
    return kept
