"""Work without a network: preparing and signing, parsing, validating.

botocore has no function that prepares and signs and stops. So both clients get a full method
call that ends at the moment of sending: ours in its transport, botocore in its ``before-send``
event, each by an exception that nothing in between handles. Up to there botocore has checked,
resolved the endpoint, serialised and signed, and nothing else of note.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

import botocore.parsers
import botocore.session
import botocore.validate
from generated.bedrock import (
    BedrockClient,
    HttpRequest,
    HttpResponse,
    ListModelImportJobsRequest,
)
from generated.sagemaker import (
    Credentials,
    ListProcessingJobsRequest,
    SageMakerClient,
)
from tests.benchmarks.answers import SUMMARIES, body, headers
from tests.benchmarks.measure import seconds_each
from tests.benchmarks.table import Row, bounded, compared

EARLIER = datetime(2026, 1, 1, 12, 30, tzinfo=UTC)
LATER = datetime(2026, 6, 1, 12, 30, 15, tzinfo=UTC)
TOKEN = "dG9rZW4" * 20


class Sending(BaseException):
    """Raised where a client would send: not an Exception, lest somebody handles it."""


class Nowhere:
    """A transport that ends the call."""

    def send(
        self, request: HttpRequest, *, timeout: float | None, stream: bool = False
    ) -> HttpResponse:
        raise Sending

    def close(self) -> None:
        pass


def our_request() -> ListProcessingJobsRequest:
    """A request with all of its ten members."""
    return ListProcessingJobsRequest(
        creation_time_after=EARLIER,
        creation_time_before=LATER,
        last_modified_time_after=EARLIER,
        last_modified_time_before=LATER,
        max_results=50,
        name_contains="training",
        next_token=TOKEN,
        sort_by="CreationTime",
        sort_order="Descending",
        status_equals="Completed",
    )


def same_arguments() -> dict[str, object]:
    """The same for botocore."""
    return our_request().to_dict()


def stop(**_: object) -> None:
    """botocore's handler: ends the call."""
    raise Sending


def prepare_and_sign(rounds: int) -> list[Row]:
    """ListProcessingJobs with ten members, from the call of the method to the transport."""
    client = SageMakerClient(
        region="us-east-1",
        credentials=Credentials("AKID", "secret"),
        transport=Nowhere(),
    )
    other = botocore.session.Session().create_client(
        "sagemaker",
        region_name="us-east-1",
        aws_access_key_id="AKID",
        aws_secret_access_key="secret",
    )
    other.meta.events.register("before-send.sagemaker.*", stop)
    arguments = same_arguments()

    def ours() -> None:
        try:
            client.send(our_request())
        except Sending:
            return

    def botocores() -> None:
        try:
            other.list_processing_jobs(**arguments)
        except Sending:
            return

    times = seconds_each({"ours": ours, "botocore": botocores}, rounds=rounds)
    return [
        compared(
            "prepare and sign, 10 members",
            times["ours"],
            times["botocore"],
            "botocore",
            at_least=6,
        )
    ]


def parse(rounds: int) -> list[Row]:
    """A page of ListModelImportJobs, from its bytes to the response."""
    content = body(SUMMARIES)
    client = BedrockClient(region="us-east-1")
    request = ListModelImportJobsRequest()
    answer = HttpResponse(200, headers(len(content)), content)
    model = botocore.session.Session().get_service_model("bedrock")
    shape = model.operation_model("ListModelImportJobs").output_shape
    parser = botocore.parsers.create_parser("rest-json")
    lower = {name.lower(): value for name, value in headers(len(content)).items()}
    received = {"status_code": 200, "headers": lower, "body": content}
    times = seconds_each(
        {
            "ours": lambda: client.parse(request, answer),
            "botocore": lambda: parser.parse(received, shape),
            "json": lambda: json.loads(content),
        },
        rounds=rounds,
    )
    what = f"parse {SUMMARIES} summaries"
    ours = times["ours"]
    return [
        compared(what, ours, times["botocore"], "botocore", at_least=10),
        bounded(what, ours, times["json"], "json.loads", at_most=3),
    ]


def validate(rounds: int) -> list[Row]:
    """The request with ten members: all of its constraints, and botocore's third of them."""
    request = our_request()
    arguments = same_arguments()
    model = botocore.session.Session().get_service_model("sagemaker")
    shape = model.operation_model("ListProcessingJobs").input_shape
    validator = botocore.validate.ParamValidator()
    times = seconds_each(
        {
            "ours": request.validate,
            "botocore": lambda: validator.validate(arguments, shape),
        },
        rounds=rounds,
    )
    what = "validate a request of 10 members"
    other = times["botocore"]
    return [compared(what, times["ours"], other, "botocore", at_least=1)]


def rows(rounds: int) -> list[Row]:
    """All of them."""
    return [*prepare_and_sign(rounds), *parse(rounds), *validate(rounds)]
