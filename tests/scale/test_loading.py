"""What is loaded of a large service: the modules that are used, whatever it holds besides."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.scale.modules import broken_modules, packages

from specwright.workflow.generate import generate
from specwright.workflow.import_botocore import Request, import_botocore
from specwright.workflow.intent import Options

pytest.importorskip("botocore")

SERVICES = {"ec2": "EC2", "sagemaker": "SageMaker"}
LOADED = "print(json.dumps([n for n in sys.modules if n.startswith('large')]))"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The largest services, all of their operations."""
    root = tmp_path_factory.mktemp("scale")
    for service in SERVICES:
        assert import_botocore(Request(service, root / "specs")).ok
    assert generate(Options(root / "specs", root / "large", format=False)).ok
    return root / "large"


def loaded(out: Path, service: str, code: str = "") -> set[str]:
    """The modules of a service that some code loads, by their names in its package."""
    lines = ["import json, sys", f"from large import {service}", code, LOADED]
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)],
        cwd=out.parent,
        check=True,
        capture_output=True,
        text=True,
    )
    names: list[str] = json.loads(done.stdout)
    prefix = f"large.{service}."
    return {n.removeprefix(prefix) for n in names if n.startswith(prefix)}


@pytest.mark.parametrize(("service", "word"), SERVICES.items())
def test_a_client_loads_no_operation_and_no_shape(out: Path, service: str, word: str):
    assert loaded(out, service) == set()
    made = f"{service}.{word}Client(region='here')"
    assert loaded(out, service, made) == {"client", "service"}
    made = f"{service}.Async{word}Client(region='here')"
    assert loaded(out, service, made) == {"async_client", "service"}


def test_a_request_loads_what_it_holds(out: Path):
    request = """
client = ec2.EC2Client(endpoint_url="https://ec2.example")
filters = [ec2.shapes.Filter(name="a", values=["b"])]
client.prepare(ec2.DescribeVpcsRequest(vpc_ids=["vpc-1"], filters=filters))
"""
    assert loaded(out, "ec2", request) == {
        "client",
        "service",
        "operations",
        "operations.describe_vpcs",
        "shapes",
        "shapes.shared_filter",
    }


def test_an_answer_loads_the_shapes_in_it(out: Path):
    answer = """
client = ec2.EC2Client(region="here")
body = b"<R><reservationSet><item><instancesSet><item><instanceId>i-1</instanceId></item>"
body += b"</instancesSet></item></reservationSet></R>"
found = client.parse(ec2.DescribeInstancesRequest(), ec2.HttpResponse(200, {}, body))
assert found.reservations[0].instances[0].instance_id == "i-1"
"""
    modules = loaded(out, "ec2", answer)
    everything = len(list((out / "ec2" / "shapes").glob("*.py")))
    assert everything > 500
    assert sum(name.startswith("shapes.") for name in modules) < everything / 10


def test_modules_of_shared_shapes_are_of_a_size_to_read(out: Path):
    """Most are far below 400 lines; what is above are a few families, and long enums."""
    sizes = [
        len(path.read_text("utf-8").splitlines())
        for path in out.glob("*/shapes/shared_*.py")
    ]
    assert len(sizes) > 600
    assert sorted(sizes)[len(sizes) * 9 // 10] < 400
    assert sum(size > 400 for size in sizes) < len(sizes) / 20


def test_every_module_compiles_and_loads(out: Path):
    assert packages(out) == sorted(SERVICES)
    assert list(broken_modules(out)) == []


def test_broken_modules_are_found(tmp_path: Path):
    package = tmp_path / "spoilt"
    for name, text in {
        "__init__.py": "",
        "_runtime/__init__.py": "",
        "one/__init__.py": "__all__ = ['missing']",
        "one/service.py": "import nothing_of_this_name",
        "one/client.py": "def (",
    }.items():
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text(text)
    found = [line.partition(":")[0] for line in broken_modules(package)]
    assert found == ["spoilt.one", "spoilt.one.client", "spoilt.one.service"]
    assert not [name for name in sys.modules if name.startswith("spoilt")]
