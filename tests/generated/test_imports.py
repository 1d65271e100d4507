"""What importing the generated packages gives, what it loads, and that they can be moved."""

from __future__ import annotations

import ast
import importlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.generated.support import CASES, Case

import generated

SHARED = {
    "AsyncPages",
    "AsyncPaginator",
    "AsyncTransport",
    "ConfigurationError",
    "ConstraintWarning",
    "Credentials",
    "Headers",
    "HttpRequest",
    "HttpResponse",
    "JsonValue",
    "Operation",
    "Pages",
    "Paginator",
    "ResponseError",
    "ResponseMetadata",
    "Retries",
    "ServiceError",
    "SpecwrightError",
    "Transport",
    "TransportError",
    "UnknownValue",
    "ValidationError",
    "Violation",
    "errors",
    "shapes",
}
FOLDER = Path(generated.__file__).parent
HEAVY = ("ssl", "asyncio", "urllib3", "aiohttp", "http.client", "logging", "inspect")


def python(code: str, path: Path = FOLDER.parent) -> str:
    """What a new interpreter prints that can import from a folder."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
    ran = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        cwd=path,
        env={**environment, "PYTHONPATH": str(path), "PYTHONWARNINGS": "error"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def loaded_by(code: str) -> set[str]:
    """The modules that some code adds to those of a bare interpreter."""
    return set(
        python(
            "import sys; before = set(sys.modules)\n"
            f"{code}\n"
            "print(*sorted(set(sys.modules) - before))"
        ).split()
    )


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_root_of_a_package_has_everything(case: Case) -> None:
    package = case.package
    client = f"{case.service_id}Client"
    operations = {
        f"{name}{end}"
        for name in case.service.operations
        for end in ("Request", "Response")
    }
    expected = {*SHARED, client, f"Async{client}", *operations}
    assert set(package.__all__) - {"waiters"} == expected
    for name in package.__all__:
        assert getattr(package, name) is not None
        assert name in dir(package)
    assert package.__all__ == sorted(package.__all__)


def test_names_that_a_package_does_not_have() -> None:
    for name in ("generated.bedrock", "generated.bedrock.shapes"):
        module = importlib.import_module(name)
        with pytest.raises(AttributeError, match="has no attribute 'BedrokClient'"):
            _ = module.BedrokClient
        with pytest.raises(ImportError):
            exec(f"from {name} import BedrokClient")


def test_shapes_are_known_by_their_stable_names() -> None:
    from generated.bedrock import shapes
    from generated.bedrock.shapes import VpcConfig
    from generated.bedrock.shapes.shared_vpc import VpcConfig as where_it_is

    assert VpcConfig is where_it_is
    assert VpcConfig.__module__ == "generated.bedrock.shapes"
    for name in shapes.__all__:
        found = getattr(shapes, name)
        if isinstance(found, type):
            assert found.__module__ == "generated.bedrock.shapes"
    for case in CASES:
        for cls in (case.request, case.response):
            assert cls.__module__ == f"generated.{case.boto}"


@pytest.mark.parametrize("service", ["bedrock", "sagemaker"])
def test_importing_a_package_loads_next_to_nothing(service: str) -> None:
    loaded = loaded_by(f"import generated.{service}")
    assert not loaded.intersection(HEAVY)
    ours = {name for name in loaded if name.startswith("generated")}
    assert ours == {
        "generated",
        f"generated.{service}",
        "generated._runtime",
        "generated._runtime.lazy",
    }


@pytest.mark.parametrize("case", [CASES[0], CASES[3]], ids=str)
def test_making_a_client_loads_no_http_library_and_no_operation(case: Case) -> None:
    name = f"{case.service_id}Client"
    for cls in (name, f"Async{name}"):
        loaded = loaded_by(
            f"from generated.{case.boto} import {cls}\n"
            f"client = {cls}(region='us-east-1')\n"
            "assert list(client.operations)"
        )
        assert not loaded.intersection(HEAVY)
        inner = f"generated.{case.boto}."
        assert not [m for m in loaded if m.startswith((f"{inner}op", f"{inner}shapes"))]


def test_an_operation_loads_alone() -> None:
    loaded = loaded_by(
        "from generated.bedrock import BedrockClient\n"
        "operation = BedrockClient.operations['GetModelImportJob']\n"
        "assert operation.name == 'GetModelImportJob'"
    )
    prefix = "generated.bedrock.operations."
    assert {m for m in loaded if m.startswith(prefix)} == {
        f"{prefix}get_model_import_job"
    }
    assert not loaded.intersection(HEAVY)


def test_preparing_and_parsing_load_no_http_library() -> None:
    loaded = loaded_by(
        "from generated.sagemaker import *\n"
        "client = SageMakerClient(region='us-east-1')\n"
        "request = ListProcessingJobsRequest(max_results=5)\n"
        "client.prepare(request)\n"
        "client.parse(request, HttpResponse(200, {}, b'{}'))"
    )
    assert not loaded.intersection({"ssl", "asyncio", "urllib3", "aiohttp"})


BLOCKED = """
import sys
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == {library!r}:
            raise ImportError(name)
sys.meta_path.insert(0, Blocked())
from generated.bedrock import *
credentials = Credentials("AKID", "secret")
options = dict(
    region="us-east-1", endpoint_url="http://127.0.0.1:9", credentials=credentials
)
"""


@pytest.mark.parametrize(
    ("library", "call"),
    [
        ("urllib3", "BedrockClient(**options).list_model_import_jobs()"),
        (
            "aiohttp",
            (
                "__import__('asyncio').run("
                "AsyncBedrockClient(**options).list_model_import_jobs())"
            ),
        ),
    ],
)
def test_a_missing_library_is_told_with_the_line_that_installs_it(
    library: str, call: str
) -> None:
    told = python(
        BLOCKED.format(library=library)
        + f"try:\n    {call}\nexcept ConfigurationError as error:\n    print(error)"
    )
    assert f"pip install {library}" in told


def test_the_packages_can_be_moved(tmp_path: Path) -> None:
    shutil.copytree(
        FOLDER,
        tmp_path / "vendor" / "aws",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    told = python(
        "import pickle, sys\n"
        "from vendor.aws.bedrock import *\n"
        "from vendor.aws.bedrock.shapes import VpcConfig\n"
        "config = VpcConfig(subnet_ids=['a'], security_group_ids=['b'])\n"
        "assert pickle.loads(pickle.dumps(config)) == config\n"
        "client = BedrockClient(region='eu-west-1')\n"
        "print(client.prepare(ListModelImportJobsRequest(max_results=2)).url)\n"
        "error = errors.ThrottlingException('x')\n"
        "print(VpcConfig.__module__, type(pickle.loads(pickle.dumps(error))).__module__)\n"
        "assert not [m for m in sys.modules if m.split('.')[0] == 'generated']",
        tmp_path,
    )
    assert told.splitlines() == [
        "https://bedrock.eu-west-1.amazonaws.com/model-import-jobs?maxResults=2",
        "vendor.aws.bedrock.shapes vendor.aws.bedrock.errors",
    ]


def test_generated_modules_need_the_standard_library_only() -> None:
    allowed = {"urllib3", "aiohttp", "multidict", "yarl", *sys.stdlib_module_names}
    files = sorted(FOLDER.rglob("*.py"))
    assert len(files) > 30
    for file in files:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            else:
                continue
            assert {name.partition(".")[0] for name in names} <= allowed, file
