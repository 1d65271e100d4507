"""Errors on request, by header and by the control endpoint."""

import json

import pytest

QUEUE = "/_specwright/errors"


def queued(ask, standin, **document):
    answer = ask(standin, "POST", QUEUE, json.dumps(document).encode())
    return answer.status, json.loads(answer.body)


def headers(response):
    return {name.lower(): text for name, text in response.headers}


def test_a_header_asks_for_an_error(standin, ask):
    answer = ask(
        standin, "GET", "/model-import-jobs", x_specwright_error="ThrottlingException"
    )
    assert answer.status == 429
    assert headers(answer)["x-amzn-errortype"] == "ThrottlingException"
    assert ask(standin, "GET", "/model-import-jobs").status == 200


def test_queued_errors_are_answered_in_order_then_data(standin, ask):
    name = "ListModelImportJobs"
    throttled = {"operation": name, "error": "ThrottlingException", "times": 2}
    assert queued(ask, standin, **throttled) == (200, {"queued": 2})
    failing = {"operation": name, "status": 503, "body": "<html>Sorry</html>"}
    assert queued(ask, standin, **failing) == (200, {"queued": 3})
    assert ask(standin, "GET", "/model-invocation-jobs").status == 200
    answers = [ask(standin, "GET", "/model-import-jobs?maxResults=0") for _ in range(4)]
    assert [a.status for a in answers] == [429, 429, 503, 400]
    assert answers[2].body == b"<html>Sorry</html>"
    assert headers(answers[2])["content-type"] == "text/html"


def test_a_service_without_modelled_errors_answers_common_ones(standin, ask):
    queued(
        ask,
        standin,
        operation="ListProcessingJobs",
        error="ThrottlingException",
        message="Slow",
    )
    answer = ask(
        standin,
        "POST",
        "/",
        b"{}",
        x_amz_target="SageMaker.ListProcessingJobs",
        content_type="application/x-amz-json-1.1",
    )
    assert answer.status == 400
    assert json.loads(answer.body) == {
        "__type": "ThrottlingException",
        "message": "Slow",
    }


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ({"operation": "ListModelImportJob", "error": "X"}, "'ListModelImportJobs'"),
        (
            {"operation": "ListModelImportJobs", "error": "Throttling"},
            "ThrottlingException",
        ),
        ({"operation": "ListModelImportJobs"}, "Either error or status"),
        ({"operation": "ListModelImportJobs", "status": True}, "status must be"),
        ({"operation": "ListModelImportJobs", "status": 99}, "status must be"),
        (
            {"operation": "ListModelImportJobs", "status": 500, "times": 0},
            "times must be",
        ),
        ({"operation": "ListModelImportJobs", "status": 500, "time": 1}, "'times'"),
        (
            {"operation": "ListModelImportJobs", "status": 5, "service": "bedrock"},
            "'Bedrock'",
        ),
        ({"operation": 7, "error": "X"}, "operation must be a string"),
        ({"error": "X"}, "operation must be"),
        (
            {"operation": "ListModelImportJobs", "status": 500, "body": "\ud800"},
            "body is not valid Unicode",
        ),
        ({"operation": "\udfff", "error": "X"}, "operation is not valid Unicode"),
    ],
)
def test_a_wrong_wish_is_refused_with_what_is_near(standin, ask, document, told):
    status, answer = queued(ask, standin, **document)
    assert status == 400
    assert told in answer["message"]
    assert ask(standin, "GET", "/model-import-jobs").status == 200


def test_an_unknown_error_in_a_header_is_refused_with_what_is_near(standin, ask):
    answer = ask(
        standin, "GET", "/model-import-jobs", x_specwright_error="AccessDenied"
    )
    assert answer.status == 400
    assert "'AccessDeniedException'" in json.loads(answer.body)["message"]


def test_the_queue_can_be_seen_and_cleared(standin, ask):
    queued(ask, standin, operation="GetModelImportJob", error="AccessDeniedException")
    seen = json.loads(ask(standin, "GET", QUEUE).body)["queued"]
    assert seen == [
        {
            "service": "Bedrock",
            "operation": "GetModelImportJob",
            "error": "AccessDeniedException",
            "status": None,
        }
    ]
    ask(standin, "DELETE", QUEUE)
    assert json.loads(ask(standin, "GET", QUEUE).body) == {"queued": []}
    assert ask(standin, "PUT", QUEUE).status == 405
    assert ask(standin, "GET", "/_specwright/else").status == 404


def test_operations_are_told(standin, ask):
    told = json.loads(ask(standin, "GET", "/_specwright/operations").body)["operations"]
    assert len(told) == 5
    assert {
        "service": "Bedrock",
        "operation": "GetModelImportJob",
        "method": "GET",
        "path": "/model-import-jobs/{jobIdentifier}",
    }.items() <= next(o for o in told if o["operation"].startswith("Get")).items()


def test_members_of_a_modelled_error_are_invented(things, ask):
    from specwright.server.standin import StandIn

    standin = StandIn([things])
    answer = ask(standin, "GET", "/things/nobody")
    assert answer.status == 404
    body = json.loads(answer.body)
    assert body.pop("Message") == "No thing has this identifier."
    assert set(body) <= {"thing"}
