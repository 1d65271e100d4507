"""How strictly a client enforces constraints: strict, warn or off, for it or for one view."""

from __future__ import annotations

import warnings
from typing import Any, Literal

import pytest
from generated.bedrock import (
    BedrockClient,
    ConstraintWarning,
    GetModelImportJobRequest,
    HttpRequest,
    ListModelImportJobsRequest,
    UnknownValue,
    ValidationError,
)

Mode = Literal["strict", "warn", "off"]
# One broken constraint of each kind that these requests can have.
BROKEN = {
    "length": ListModelImportJobsRequest(next_token=""),
    "range": ListModelImportJobsRequest(max_results=0),
    "pattern": ListModelImportJobsRequest(name_contains="-"),
    "enum": ListModelImportJobsRequest.from_dict({"sortOrder": "Up"}),
}
ALWAYS: dict[str, Any] = {
    "type": ListModelImportJobsRequest.from_dict({"maxResults": "many"}),
    "required": GetModelImportJobRequest.from_dict({}),
    "label": GetModelImportJobRequest(job_identifier=""),
}


def client(**options: Any) -> BedrockClient:
    return BedrockClient(region="us-east-1", endpoint_url="http://localhost", **options)


def warned(client: BedrockClient, request: Any) -> list[str]:
    """The warnings that preparing a request gives."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert isinstance(client.prepare(request), HttpRequest)
    assert all(issubclass(w.category, ConstraintWarning) for w in caught)
    assert all(w.filename != "" for w in caught)
    return [str(w.message) for w in caught]


@pytest.mark.parametrize("kind", BROKEN)
def test_each_kind_has_its_mode(kind: str) -> None:
    request = BROKEN[kind]
    others: dict[str, Mode] = {other: "off" for other in BROKEN if other != kind}
    for strict in (client(), client(validation="strict"), client(validation=others)):
        with pytest.raises(ValidationError) as caught:
            strict.prepare(request)
        assert [v.kind for v in caught.value.violations] == [kind]
    assert warned(client(validation={kind: "off"}), request) == []
    assert warned(client(validation="off"), request) == []
    for careful in (client(validation={kind: "warn"}), client(validation="warn")):
        assert warned(careful, request) == [str(request.violations()[0])]


@pytest.mark.parametrize("kind", ALWAYS)
def test_some_kinds_always_hold(kind: str) -> None:
    for mode in ("strict", "warn", "off"):
        asked = client(validation=mode)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConstraintWarning)
            with pytest.raises(ValidationError) as caught:
                asked.prepare(ALWAYS[kind])
        assert kind in [v.kind for v in caught.value.violations]
        with pytest.raises(ValueError, match=f"'{kind}' has no mode"):
            client(validation={kind: mode})


def test_what_is_refused_is_told_without_what_is_only_warned_about() -> None:
    request = ListModelImportJobsRequest(max_results=0, name_contains="-")
    with (
        pytest.warns(ConstraintWarning, match="/nameContains"),
        pytest.raises(ValidationError) as caught,
    ):
        client(validation={"pattern": "warn"}).prepare(request)
    assert [v.pointer for v in caught.value.violations] == ["/maxResults"]


def test_a_view_has_modes_of_its_own() -> None:
    strict = client()
    view = strict.with_options(validation="off")
    assert view.prepare(BROKEN["range"]).url.endswith("?maxResults=0")
    with pytest.raises(ValidationError):
        strict.prepare(BROKEN["range"])
    again = view.with_options(validation={"range": "strict"})
    with pytest.raises(ValidationError):
        again.prepare(BROKEN["range"])
    assert view.with_options(timeout=1).prepare(BROKEN["range"])


def test_wrong_modes_are_refused_at_once() -> None:
    for wrong in ("lax", {"pattern": "lax"}, {"patern": "off"}):
        with pytest.raises(ValueError, match="mode"):
            client(validation=wrong)
        with pytest.raises(ValueError, match="mode"):
            client().with_options(validation=wrong)  # type: ignore[arg-type]


def test_values_that_no_spec_lists_pass_a_strict_client() -> None:
    wanted = ListModelImportJobsRequest(sort_order=UnknownValue("Up"))
    assert client(validation="strict").prepare(wanted).url.endswith("?sortOrder=Up")


def test_nothing_is_sent_that_breaks_a_constraint() -> None:
    class Untouched:
        def send(self, request: Any, *, timeout: Any, stream: bool = False) -> Any:
            raise AssertionError("it was sent")

        def close(self) -> None:
            pass

    with pytest.raises(ValidationError, match="/maxResults"):
        client(transport=Untouched()).list_model_import_jobs(max_results=0)
