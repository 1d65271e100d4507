"""Errors that are values, defaults, and idempotency tokens below the top of a request."""

import copy
import json
import pickle

import pytest

SPEC = """
http: {method: POST, path: /do}
input:
  token: {type: string, required: true, idempotency_token: true}
  inner: {type: Inner}
  size: {type: integer, default: 10}
  mode: {type: string, default: ''}
  strict: {type: boolean, default: true}
output: {results: {type: list, item: {type: Result}}, problem: {type: Refused}}
errors: [Refused]
--- shapes.yaml
shapes:
  Inner:
    type: structure
    members:
      token: {type: string, required: true, idempotency_token: true}
  Result:
    type: union
    members: {id: {type: string}, refused: {type: Refused}}
  Refused:
    type: structure
    error: {fault: client, status: 409}
    members:
      message: {type: string}
      reason: {type: string, required: true}
"""
ANSWER = {
    "results": [{"id": "a"}, {"refused": {"message": "no", "reason": "late"}}],
    "problem": {"reason": "early"},
}


@pytest.fixture
def made(generate, root):
    return generate(root, "kinds_of_members", SPEC)


@pytest.fixture
def client(made):
    return made.module().ThingsClient(
        endpoint_url="http://localhost", idempotency_token=lambda: "token"
    )


def test_an_error_in_a_value_is_a_structure(made, client):
    package, shapes, errors = (
        made.module(),
        made.module(".shapes"),
        made.module(".errors"),
    )
    request = package.DoRequest()
    body = json.dumps(ANSWER).encode()
    answer = client.parse(request, package.HttpResponse(200, {}, body))
    assert answer.to_dict() == ANSWER
    refused = answer.results[1].refused
    assert refused == shapes.Refused(message="no", reason="late")
    assert not isinstance(refused, Exception)
    for same in (copy.deepcopy(answer), pickle.loads(pickle.dumps(answer))):
        assert same == answer
    assert package.DoResponse.from_dict(ANSWER) == answer
    wrong = package.DoResponse(problem=shapes.Refused.from_dict({}))
    assert [v.pointer for v in wrong.violations()] == ["/problem/reason"]
    with pytest.raises(errors.Refused, match="no") as raised:
        client.parse(
            request,
            package.HttpResponse(
                409,
                {"x-amzn-errortype": "Refused"},
                b'{"message": "no", "reason": "r"}',
            ),
        )
    assert raised.value.reason == "r"


def test_only_the_tokens_of_requests_are_filled_in(made, client):
    package, shapes = made.module(), made.module(".shapes")
    assert json.loads(client.prepare(package.DoRequest()).body) == {"token": "token"}
    with pytest.raises(TypeError, match="token"):
        shapes.Inner()
    request = package.DoRequest.from_dict({"inner": {}})
    (found,) = request.violations()
    assert (found.pointer, found.kind) == ("/inner/token", "required")


def test_defaults_are_told_and_left_to_the_service(made, client):
    package = made.module()
    told = package.DoRequest.__doc__
    assert "size: 10 where it is absent." in " ".join(told.split()).lower()
    assert "mode: empty where it is absent." in " ".join(told.split()).lower()
    assert "strict: true where it is absent." in " ".join(told.split()).lower()
    assert package.DoRequest().size is None
    assert "size" not in json.loads(client.prepare(package.DoRequest()).body)


def test_docstrings_leave_out_members_without_words(made, client):
    told = made.module().DoResponse.__doc__
    assert told == "What Do answers."
