"""Type checkers hold the generated packages, what users write, and what must be an error.

Each checker runs once, over a folder with a copy of everything; the tests look at its findings.
"""

import io
import json
import os
import re
import shutil
import subprocess
import sys
import tokenize
from collections.abc import Mapping
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
GENERATED = ROOT / "generated"
PRELUDE = """\
from datetime import datetime

import generated.bedrock
from generated.bedrock import (
    AsyncBedrockClient,
    BedrockClient,
    GetModelImportJobRequest,
    GetModelImportJobResponse,
    ListModelImportJobsRequest,
    UnknownValue,
)
from generated.bedrock.shapes import (
    ModelDataSource,
    ModelImportJobSummary,
    S3DataSource,
    VpcConfig,
)

client = BedrockClient(region="us-east-1")
request = ListModelImportJobsRequest()
source = S3DataSource(s3_uri="s3://a")


"""
# One statement each, which both checkers have to refuse.
WRONG = {
    "wrong_literal": 'ListModelImportJobsRequest(sort_order="Up")',
    "wrong_literal_of_a_method": 'client.list_model_import_jobs(status_equals="Done")',
    "wrong_literal_in_a_comparison_of_types": 'request.sort_order = "Up"',
    "any_text_as_a_literal": "ListModelImportJobsRequest(sort_by=str(1))",
    "missing_member": "GetModelImportJobRequest()",
    "missing_member_of_a_method": "client.get_model_import_job()",
    "missing_member_of_a_structure": "VpcConfig(subnet_ids=[])",
    "misspelt_member": 'ListModelImportJobsRequest(name_contain="a")',
    "misspelt_member_of_a_method": "client.list_model_import_jobs(max_result=5)",
    "misspelt_attribute": "request.name_contain",
    "misspelt_attribute_that_is_set": 'request.name_contain = "a"',
    "misspelt_method": "client.list_model_import_job()",
    "misspelt_import": "from generated.bedrock import BedrockClientt",
    "misspelt_import_of_a_request": "from generated.bedrock import ListModelImportJobRequest",
    "misspelt_import_of_a_shape": "from generated.bedrock.shapes import VpcConfg",
    "misspelt_import_of_an_error": "from generated.bedrock.errors import ThrottleException",
    "misspelt_module": "import generated.bedrok",
    "misspelt_name_of_the_package": "generated.bedrock.BedrockClientt",
    "shape_from_the_root": "from generated.bedrock import VpcConfig as Config",
    "private_name_of_the_lazy_face": "from generated.bedrock import lazy",
    "pages_of_a_request_without": 'client.paginate(GetModelImportJobRequest(job_identifier="a"))',
    "pages_of_text": 'client.paginate("ListModelImportJobs")',
    "text_for_a_number": 'ListModelImportJobsRequest(max_results="5")',
    "number_for_a_text": "ListModelImportJobsRequest(name_contains=5)",
    "text_for_a_time": 'ListModelImportJobsRequest(creation_time_after="2024-01-01")',
    "none_for_a_required_member": "GetModelImportJobRequest(job_identifier=None)",
    "number_in_a_list_of_texts": "VpcConfig(subnet_ids=[1], security_group_ids=[])",
    "wrong_structure": "GetModelImportJobResponse(vpc_config=source)",
    "dict_for_a_structure": 'ModelDataSource(s3_data_source={"s3Uri": "s3://a"})',
    "union_without_a_member": "ModelDataSource()",
    "union_with_none": "ModelDataSource(s3_data_source=None)",
    "positional_member": 'S3DataSource("s3://a")',
    "sending_a_response": "client.send(GetModelImportJobResponse())",
    "sending_the_class": "client.send(ListModelImportJobsRequest)",
    "optional_as_it_stands": "len(GetModelImportJobResponse().failure_message)",
    "response_taken_for_another": "x: GetModelImportJobResponse = client.send(request)",
    "wrong_option": "client.with_options(timeouts=1)",
    "wrong_mode": 'BedrockClient(region="us-east-1", validation="loose")',
    "wrong_mode_of_a_kind": 'client.with_options(validation={"pattern": "of"})',
    "sync_loop_over_async_pages": "list(AsyncBedrockClient().paginate(request))",
    "async_transport_missing": "BedrockClient(transport=object())",
    "unhashable_value": "x: dict[int, str] = {request: ''}",
}


def case(statement: str) -> str:
    """A module in which one line has to be refused."""
    return f"{PRELUDE}{statement}  # the error\n"


@pytest.fixture(scope="session")
def checked_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The generated packages, the example and the cases, side by side."""
    folder = tmp_path_factory.mktemp("static")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(GENERATED, folder / "generated", ignore=ignored)
    for path in (HERE / "user_example.py", HERE / "surface.py"):
        shutil.copy(path, folder)
    for name, statement in WRONG.items():
        (folder / f"case_{name}.py").write_text(case(statement))
    settings = {
        "include": ["."],
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
        # The cases below are statements for their errors' sake.
        "reportUnusedExpression": False,
        "reportUnusedImport": False,
        "reportUnusedVariable": False,
    }
    (folder / "pyrightconfig.json").write_text(json.dumps(settings))
    return folder


Findings = Mapping[str, Mapping[int, list[str]]]


@pytest.fixture(scope="session")
def mypy(checked_folder: Path) -> Findings:
    """What ``mypy --strict`` finds, by file and line."""
    ran = subprocess.run(
        [
            sys.executable,
            *("-m", "mypy", "--strict", "--python-version", "3.11"),
            *("--show-error-codes", "--no-error-summary", "."),
        ],
        cwd=checked_folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode in (0, 1), ran.stderr
    found: dict[str, dict[int, list[str]]] = {}
    for line in ran.stdout.splitlines():
        matched = re.match(r"(?P<file>[^:]+):(?P<line>\d+): error: (?P<text>.*)", line)
        if matched is not None:
            lines = found.setdefault(matched["file"], {})
            lines.setdefault(int(matched["line"]), []).append(matched["text"])
    assert found, ran.stdout
    return found


def pyright_run(folder: Path, *arguments: str) -> dict[str, object]:
    """What pyright answers in JSON."""
    ran = subprocess.run(
        [
            *(sys.executable, "-m", "pyright", "--outputjson"),
            *("--pythonpath", sys.executable, *arguments),
        ],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(folder),
            "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode in (0, 1), ran.stderr
    answer = json.loads(ran.stdout)
    assert isinstance(answer, dict)
    return answer


@pytest.fixture(scope="session")
def pyright(checked_folder: Path) -> Findings:
    """What pyright finds in strict mode, by file and line; warnings count."""
    answer = pyright_run(checked_folder, "--project", str(checked_folder))
    found: dict[str, dict[int, list[str]]] = {}
    diagnostics = answer["generalDiagnostics"]
    assert isinstance(diagnostics, list)
    for each in diagnostics:
        file = Path(each["file"]).relative_to(checked_folder.resolve()).as_posix()
        line = each["range"]["start"]["line"] + 1
        found.setdefault(file, {}).setdefault(line, []).append(each["message"])
    assert found
    return found


@pytest.fixture(params=["mypy", "pyright"])
def findings(request: pytest.FixtureRequest) -> Findings:
    """The findings of one checker after the other."""
    found: Findings = request.getfixturevalue(request.param)
    return found


def test_generated_packages_are_clean(findings: Findings):
    assert not {f: lines for f, lines in findings.items() if f.startswith("generated")}


@pytest.mark.parametrize("file", ["user_example.py", "surface.py"])
def test_what_users_write_is_clean(file: str, findings: Findings):
    assert findings.get(file, {}) == {}


@pytest.mark.parametrize("name", WRONG)
def test_mistakes_are_static_errors(name: str, findings: Findings):
    source = case(WRONG[name])
    line = source[: source.index("# the error")].count("\n") + 1
    assert list(findings.get(f"case_{name}.py", {})) == [line]


def test_the_prelude_of_the_cases_is_no_mistake_itself(findings: Findings):
    """Findings elsewhere than at the marked line would be reported for every case."""
    below = PRELUDE.count("\n")
    for file, lines in findings.items():
        assert not file.startswith("case_") or min(lines) > below


@pytest.mark.parametrize(
    "package", ["generated", "generated.bedrock", "generated.sagemaker"]
)
def test_types_are_complete(package: str, checked_folder: Path):
    answer = pyright_run(checked_folder, "--ignoreexternal", "--verifytypes", package)
    completeness = answer["typeCompleteness"]
    assert isinstance(completeness, dict)
    assert completeness["exportedSymbolCounts"]["withKnownType"] > 50
    unknown = [s for s in completeness["symbols"] if not s["isTypeKnown"]]
    assert not unknown
    assert completeness["completenessScore"] == 1


SOURCES = sorted(GENERATED.rglob("*.py"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_no_checker_is_overruled(path: Path):
    """Neither Any nor a cast nor a comment that silences; texts and docstrings may say so."""
    tokens = tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline)
    for token in tokens:
        if token.type == tokenize.NAME:
            assert token.string not in ("Any", "cast", "no_type_check"), token.start
        if token.type == tokenize.COMMENT:
            assert not re.search(r"type:|pyright|mypy|noqa", token.string), token.start
