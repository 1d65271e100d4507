"""Operations come and go, and nothing of the others moves."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from specwright.workflow.generate import generate
from specwright.workflow.import_botocore import Request, import_botocore
from specwright.workflow.intent import Options

pytest.importorskip("botocore")

CASES = [
    ("bedrock", ("GetModelImportJob", "ListGuardrails"), "GetGuardrail"),
    ("dynamodb", ("GetItem", "ListTables"), "Query"),
    ("ec2", ("DescribeVpcs", "DescribeSubnets"), "DescribeInstances"),
    ("iam", ("GetRole", "ListUsers"), "CreateUser"),
]
OF_THE_SERVICE = {
    "__init__.py",
    "async_client.py",
    "client.py",
    "errors.py",
    "service.py",
    "shapes/__init__.py",
    "waiters.py",
}


def imported(specs: Path, service: str, *operations: str) -> None:
    done = import_botocore(Request(service, specs, operations))
    assert done.ok, done.diagnostics


def texts(folder: Path) -> dict[str, str]:
    """The files of a folder that its package consists of, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def made(specs: Path, out: Path) -> dict[str, str]:
    done = generate(Options(specs, out, format=False), force=True)
    assert done.ok, done.diagnostics
    return texts(out)


def definitions(text: str) -> list[str]:
    """What a module of shapes defines, each by itself; the first is what stands above."""
    head, *classes = re.split(r"\n\n\n(?=class )", text.rstrip("\n"))
    above = re.split(r"\n(?=\w+: TypeAlias|\w+: \(\n)", head)
    return [*above[1:], *classes]


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


@pytest.mark.parametrize(("service", "first", "added"), CASES)
def test_an_operation_changes_its_own_files_only(
    tmp_path: Path, service: str, first: tuple[str, ...], added: str
):
    specs, out = tmp_path / "specs", tmp_path / "clients"
    imported(specs, service, *first)
    specs_before, before = texts(specs / service), made(specs, out)

    imported(specs, service, added)
    specs_after, after = texts(specs / service), made(specs, out)
    changed = {p for p in specs_after if specs_before.get(p) != specs_after[p]}
    assert specs_before.keys() <= specs_after.keys()
    assert changed <= {f"operations/{added}.yaml", "shapes.yaml"}
    for name, shape in shapes_of(specs_before).items():
        assert shapes_of(specs_after)[name] == shape

    assert before.keys() <= after.keys()
    moved = {p for p in before if before[p] != after[p]} - {"manifest.json"}
    theirs = {path.removeprefix(f"{service}/") for path in moved}
    shared = {path for path in theirs if path.startswith("shapes/shared_")}
    assert theirs - shared <= OF_THE_SERVICE
    for path in shared:
        kept = definitions(before[f"{service}/{path}"])
        now = definitions(after[f"{service}/{path}"])
        assert len(kept) < len(now), path
        assert [one for one in now if one in kept] == kept, path
    new = {p.removeprefix(f"{service}/") for p in after.keys() - before.keys()}
    own = {f"{part}/{snake(added)}.py" for part in ("operations", "shapes")}
    own |= {"waiters.py", *(p for p in new if p.startswith("_runtime/"))}
    assert {p for p in new if not p.startswith("shapes/shared_")} <= own

    (specs / service / "operations" / f"{added}.yaml").unlink()
    again = made(specs, out)
    assert again.keys() == before.keys()
    # Errors that the spec still defines belong to the service.
    left = {p for p in again if again[p] != before[p]} - {"manifest.json"}
    assert left <= {f"{service}/{name}" for name in ("errors.py", "service.py")}
    (specs / service / "shapes.yaml").write_text(specs_before["shapes.yaml"])
    assert made(specs, out) == before


def shapes_of(files: dict[str, str]) -> dict[str, object]:
    """The shapes that several operations use."""
    data = yaml.safe_load(files.get("shapes.yaml", "{}"))
    shapes: dict[str, object] = data.get("shapes", {})
    return shapes


MAKE = """
import pickle, sys
from clients.iam import CreateRoleRequest, errors
from clients.iam.shapes import Role, Tag

found = [
    Tag(key="a", value="b"),
    Role.from_dict({"RoleName": "r", "Tags": [{"Key": "k", "Value": "v"}]}),
    CreateRoleRequest(role_name="r", assume_role_policy_document="{}"),
    errors.EntityAlreadyExistsException("gone"),
]
with open(sys.argv[1], "wb") as file:
    pickle.dump(found, file)
"""
READ = """
import pickle, sys
with open(sys.argv[1], "rb") as file:
    tag, role, request, error = pickle.load(file)
assert tag.to_dict() == {"Key": "a", "Value": "b"}
assert role.tags[0].key == "k" and not hasattr(role, "arn")
assert request.role_name == "r"
assert error.message == "gone" and type(error).__module__ == "clients.iam.errors"
"""


def ran(folder: Path, code: str, *arguments: object) -> None:
    subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], cwd=folder, check=True
    )


def test_pickles_outlive_new_operations_and_moved_shapes(tmp_path: Path):
    """A shape's module is the package of shapes to everybody else, whatever file holds it."""
    specs, out = tmp_path / "specs", tmp_path / "clients"
    pickles = tmp_path / "pickles"
    imported(specs, "iam", "CreateRole")
    made(specs, out)
    ran(tmp_path, MAKE, pickles)
    imported(specs, "iam", "GetRole", "ListUsers", "CreateUser")
    made(specs, out)
    ran(tmp_path, READ, pickles)
    # By hand, a shape that only one operation had is given to all.
    shared = specs / "iam" / "shapes.yaml"
    data = yaml.safe_load(shared.read_text())
    tag = data["shapes"].pop("Tag")
    shared.write_text(yaml.safe_dump(data, sort_keys=False))
    one = specs / "iam" / "operations" / "GetRole.yaml"
    data = yaml.safe_load(one.read_text())
    data.setdefault("shapes", {})["Tag"] = tag
    one.write_text(yaml.safe_dump(data, sort_keys=False))
    files = made(specs, out)
    assert "class Tag(Structure)" in files["iam/shapes/get_role.py"]
    ran(tmp_path, READ, pickles)
