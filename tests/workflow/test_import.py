"""The command import: what it writes, what it keeps, and that it writes all or nothing."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from specwright.resolve import load_service
from specwright.workflow.botocore_models import installed_services

from .conftest import Project, tree

ENUM = {"type": "string", "enum": ["a", "b"]}
MODEL: dict[str, Any] = {
    "version": "2.0",
    "metadata": {
        "apiVersion": "2020-01-01",
        "endpointPrefix": "two",
        "protocol": "rest-json",
        "serviceFullName": "Two Words",
        "serviceId": "Two Words",
        "signatureVersion": "v4",
    },
    "operations": {
        "GetThing": {
            "http": {"method": "GET", "requestUri": "/things/{name}"},
            "input": {"shape": "GetThingRequest"},
            "output": {"shape": "Thing"},
            "errors": [{"shape": "Gone"}],
            "documentation": "<p>Gets.</p>",
        },
        "ListThings": {
            "http": {"method": "GET", "requestUri": "/things"},
            "input": {"shape": "ListThingsRequest"},
            "output": {"shape": "ListThingsResponse"},
        },
    },
    "shapes": {
        "Gone": {"type": "structure", "members": {}, "exception": True},
        "GetThingRequest": {
            "type": "structure",
            "required": ["name"],
            "members": {"name": {"shape": "Name", "location": "uri"}},
        },
        "ListThingsRequest": {
            "type": "structure",
            "members": {
                "token": {"shape": "Text", "location": "querystring"},
                "order": {"shape": "Order", "location": "querystring"},
            },
        },
        "ListThingsResponse": {
            "type": "structure",
            "members": {"token": {"shape": "Text"}, "things": {"shape": "Things"}},
        },
        "Thing": {"type": "structure", "members": {"kind": {"shape": "Kind"}}},
        "Things": {"type": "list", "member": {"shape": "Thing"}},
        "Kind": ENUM,
        "Name": {"type": "string", "min": 1},
        "Order": ENUM,
        "Text": {"type": "string"},
    },
}
PAGES = {
    "pagination": {
        "ListThings": {
            "input_token": "token",
            "output_token": "token",
            "result_key": "things",
        }
    }
}
WAITERS = {
    "version": 2,
    "waiters": {
        "ThingGone": {
            "operation": "GetThing",
            "delay": 1,
            "maxAttempts": 3,
            "acceptors": [{"matcher": "error", "expected": "Gone", "state": "success"}],
        }
    },
}


class Models:
    """A folder of model files, and the specs that they are imported into."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.into = project.folder / "imported"
        self.write("service-2.json", MODEL)

    def write(self, name: str, data: object) -> Path:
        path = self.project.folder / name
        path.write_text(json.dumps(data, indent=2))
        return path

    def run(
        self, *arguments: object, source: object = "service-2.json", code: int = 0
    ) -> str:
        """Run the command and return what it printed to both streams."""
        ran = self.project.run(
            "import", "botocore", source, "--into", self.into, *arguments
        )
        assert ran.code == code, ran.err
        return ran.out + ran.err

    def file(self, name: str) -> Path:
        return self.into / "two_words" / name


@pytest.fixture
def models(project: Project) -> Models:
    return Models(project)


def test_a_file_becomes_specs_that_load(models: Models) -> None:
    out = models.run(
        *("--paginators", models.write("pages.json", PAGES)),
        *("--waiters", models.write("waiters.json", WAITERS)),
    )
    assert out.startswith(
        f"{models.into}/two_words: 2 operations, 6 shapes: 4 created\n"
    )
    service, findings = load_service(models.into / "two_words")
    assert findings == []
    assert service is not None
    assert list(service.operations) == ["GetThing", "ListThings"]
    assert service.operations["ListThings"].pagination is not None
    assert [w.name for w in service.operations["GetThing"].waiters] == ["ThingGone"]
    assert models.file("operations/ListThings.yaml").read_text() == (
        "specwright: 1\n"
        "operation: ListThings\n"
        "http: {method: GET, path: /things}\n"
        "sources:\n"
        "  model: {format: botocore, version: '2020-01-01'}\n"
        "from: {default: model}\n"
        "input:\n"
        "  token: {type: string, in: query}\n"
        "  order: {type: Order, in: query}\n"
        "output:\n"
        "  token: {type: string}\n"
        "  things: {type: Things}\n"
        "pagination: {input_token: token, output_token: token, items: things}\n"
        "shapes:\n"
        "  Things: {type: list, item: {type: Thing}}\n"
        "  Order: {type: string, enum: [a, b]}\n"
    )


def test_importing_again_changes_nothing(models: Models) -> None:
    models.run("--docs")
    before = tree(models.into)
    assert "up to date" in models.run("--docs")
    assert tree(models.into) == before


def test_operations_one_by_one_end_as_all_at_once(models: Models) -> None:
    models.run("--operation", "ListThings")
    assert not models.file("operations/GetThing.yaml").exists()
    first = models.file("operations/ListThings.yaml").read_text()
    models.run("--operation", "GetThing")
    assert models.file("operations/ListThings.yaml").read_text() == first
    one_by_one = tree(models.into)
    models.into.rename(models.project.folder / "before")
    models.run()
    assert tree(models.into) == one_by_one


def test_what_people_wrote_survives(models: Models) -> None:
    models.run()
    path = models.file("operations/ListThings.yaml")
    text = path.read_text()
    by_hand = text.replace(
        "operation: ListThings\n", "operation: ListThings\ndoc: Mine.\n"
    ).replace(
        "{type: string, in: query}",
        "{type: string, in: query, length: [1, 5], from: {length: hand}, because: Seen.}",
    )
    path.write_text(by_hand)
    changed = json.loads(json.dumps(MODEL))
    changed["shapes"]["Order"]["enum"].append("c")
    changed["operations"]["ListThings"]["documentation"] = "<p>Theirs.</p>"
    models.write("service-2.json", changed)
    assert "1 updated" in models.run("--docs", "--operation", "ListThings").replace(
        "2 updated", "1 updated"
    )
    now = path.read_text()
    assert "doc: Mine.\n" in now
    assert "Theirs" not in now
    assert "length: [1, 5]" in now
    assert "because: Seen." in now
    assert "enum: [a, b, c]" in now
    assert load_service(models.into / "two_words")[1] == []


def test_comments_stay_where_nothing_is_said_differently(models: Models) -> None:
    models.run()
    path = models.file("operations/GetThing.yaml")
    path.write_text("# Reviewed.\n" + path.read_text())
    assert "up to date" in models.run()
    assert path.read_text().startswith("# Reviewed.\n")


def test_a_file_of_shapes_that_nothing_shares_any_more_goes(models: Models) -> None:
    models.run()
    assert models.file("shapes.yaml").exists()
    changed = json.loads(json.dumps(MODEL))
    del changed["operations"]["ListThings"]
    models.write("service-2.json", changed)
    models.file("operations/ListThings.yaml").unlink()
    assert "1 deleted" in models.run()
    assert not models.file("shapes.yaml").exists()
    assert load_service(models.into / "two_words")[1] == []


def test_an_operation_that_left_the_model_stays_and_is_told(models: Models) -> None:
    models.run()
    changed = json.loads(json.dumps(MODEL))
    del changed["operations"]["ListThings"]
    models.write("service-2.json", changed)
    out = models.run()
    assert "operations/ListThings.yaml:1:1: warning[not-in-model]" in out
    service, findings = load_service(models.into / "two_words")
    assert findings == []
    assert service is not None
    assert "ListThings" in service.operations


def test_docs_only_when_asked_for(models: Models) -> None:
    models.run()
    assert "doc:" not in models.file("operations/GetThing.yaml").read_text()
    models.run("--docs")
    assert "doc: Gets.\n" in models.file("operations/GetThing.yaml").read_text()


def test_the_report_for_tools(models: Models) -> None:
    odd = json.loads(json.dumps(MODEL))
    odd["shapes"]["Name"]["moon"] = 1
    odd["shapes"]["Order"]["box"] = True
    odd["shapes"]["Thing"]["members"]["kind"]["timestampFormat"] = "lunar"
    models.write("service-2.json", odd)
    told = json.loads(
        models.project.run(
            "import", "botocore", "service-2.json", "--into", models.into, "--json"
        ).out
    )
    assert told["ok"] is True
    (service,) = told["services"]
    assert (service["operations"], service["created"]) == (
        2,
        [
            "service.yaml",
            "shapes.yaml",
            "operations/GetThing.yaml",
            "operations/ListThings.yaml",
        ],
    )
    assert {
        (f["effect"], f["path"], *f["operations"]) for f in service["not_carried"]
    } == {
        ("unknown", "/shapes/Name/moon", "GetThing"),
        ("dropped", "/shapes/Order/box", "ListThings"),
        (
            *("unsupported", "/shapes/Thing/members/kind/timestampFormat"),
            *("GetThing", "ListThings"),
        ),
    }
    places = {d["code"]: (d["file"], d["line"] > 1) for d in told["diagnostics"]}
    assert places == {
        "not-carried": ("service-2.json", True),
        "unsupported-operation": ("service-2.json", True),
    }
    text = models.file("operations/GetThing.yaml").read_text()
    assert "unsupported: the format 'lunar'\n" in text


@pytest.mark.parametrize(
    ("content", "code", "told"),
    [
        ("{", 1, "malformed-json"),
        ("{}", 1, "not-a-model"),
        (json.dumps({**MODEL, "operations": {"../../x": {}}}), 1, "bad-name"),
        (
            json.dumps(
                {**MODEL, "metadata": {**MODEL["metadata"], "serviceId": "../x"}}
            ),
            1,
            "bad-name",
        ),
    ],
)
def test_a_bad_model_writes_nothing(
    models: Models, content: str, code: int, told: str
) -> None:
    (models.project.folder / "bad.json").write_text(content)
    before = tree(models.project.folder)
    assert f"error[{told}]" in models.run(source="bad.json", code=code)
    assert tree(models.project.folder) == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nothing.json"], "no such file"),
        (["." + os.sep], "this is a folder"),
        (["no-such-service-at-all"], "no service 'no-such-service-at-all'"),
        (["service-2.json", "--operation", "GetThng"], "did you mean 'GetThing'?"),
        (["service-2.json", "--waiters", "none.json"], "no such file"),
        ([], "name a service"),
        (["service-2.json", "--all"], "name a service"),
        (["--all", "--operation", "X"], "--operation is for one service"),
    ],
)
def test_wrong_use(models: Models, arguments: list[str], told: str) -> None:
    ran = models.project.run("import", "botocore", *arguments, "--into", models.into)
    assert (ran.code, told in ran.err) == (2, True), ran.err
    assert not models.into.exists()


def test_a_service_folder_is_no_root(models: Models) -> None:
    models.run()
    ran = models.project.run(
        "import", "botocore", "service-2.json", "--into", models.file("")
    )
    assert ran.code == 2
    assert "error[not-a-root]" in ran.err


def test_the_folder_of_another_service_is_left_alone(models: Models) -> None:
    models.run()
    path = models.file("service.yaml")
    path.write_text(
        path.read_text().replace("service: Two Words", "service: Two-Words")
    )
    before = tree(models.into)
    assert "error[other-service]" in models.run(code=1)
    assert tree(models.into) == before


def test_a_spec_that_can_not_be_read_stops_the_import(models: Models) -> None:
    models.run()
    models.file("operations/GetThing.yaml").write_text("a: [")
    before = tree(models.into)
    assert "error[malformed-yaml]" in models.run(code=1)
    assert tree(models.into) == before


def test_a_link_is_not_followed_out_of_the_folder(
    models: Models, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    models.file("").mkdir(parents=True)
    models.file("operations").symlink_to(elsewhere)
    ran = models.project.run(
        "import", "botocore", "service-2.json", "--into", models.into
    )
    assert ran.code == 3
    assert list(elsewhere.iterdir()) == []
    assert tree(models.file("")) == {"operations": f"-> {elsewhere}"}


def test_a_disk_that_refuses_leaves_all_as_it_was(
    models: Models, monkeypatch: pytest.MonkeyPatch
) -> None:
    models.run("--operation", "GetThing")
    before = tree(models.into)
    replace, calls = os.replace, []

    def refusing(source: Any, target: Any) -> None:
        calls.append(target)
        if str(target).endswith("ListThings.yaml"):
            raise OSError(28, "No space left on device", str(target))
        replace(source, target)

    monkeypatch.setattr(os, "replace", refusing)
    models.run("--docs", code=3)
    assert len(calls) > 1
    assert tree(models.into) == before


def test_installed_services_have_names_pages_waiters_and_extras(models: Models) -> None:
    assert len(installed_services()) > 400
    models.run("--operation", "ListBuckets", "--operation", "HeadBucket", source="s3")
    service, findings = load_service(models.into / "s3")
    assert findings == []
    assert service is not None
    assert service.endpoint.rules == "endpoint-rule-set-1"
    pagination = service.operations["ListBuckets"].pagination
    assert pagination is not None
    assert pagination.constant == ("Owner", "Prefix")
    names = [waiter.name for waiter in service.operations["HeadBucket"].waiters]
    assert names == ["BucketExists", "BucketNotExists"]


def test_a_misspelt_service_gets_a_hint(models: Models) -> None:
    out = models.run(source="bedrok", code=2)
    assert "did you mean 'bedrock'" in out
