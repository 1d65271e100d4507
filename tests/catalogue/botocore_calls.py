"""botocore's own client on a wire of the tests: what it sends, and what it reads in an answer."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from botocore import UNSIGNED, handlers
from botocore.awsrequest import AWSResponse
from botocore.config import Config
from botocore.eventstream import EventStream
from botocore.exceptions import ClientError
from botocore.response import StreamingBody
from tests.catalogue.answers import Answer
from tests.catalogue.models import loaded, session

ENDPOINT = "http://localhost:9"
# What botocore's users are spared or promised beyond what the model says: values that are
# rewritten on their way in or out. A spec doesn't have it, so it is taken off here.
CONVENIENCES = (
    ("after-call.iam", handlers.json_decode_policies),
    ("after-call.ec2.GetConsoleOutput", handlers.decode_console_output),
    ("after-call.cloudformation.GetTemplate", handlers.json_decode_template_body),
    ("after-call.s3.ListObjects", handlers.decode_list_object),
    ("after-call.s3.ListObjectsV2", handlers.decode_list_object_v2),
    ("after-call.s3.ListObjectVersions", handlers.decode_list_object_versions),
    (
        "before-parameter-build.s3.ListObjects",
        handlers.set_list_objects_encoding_type_url,
    ),
    (
        "before-parameter-build.s3.ListObjectsV2",
        handlers.set_list_objects_encoding_type_url,
    ),
    (
        "before-parameter-build.s3.ListObjectVersions",
        handlers.set_list_objects_encoding_type_url,
    ),
    ("before-parameter-build.s3.CopyObject", handlers.handle_copy_source_param),
    ("before-parameter-build.s3.UploadPartCopy", handlers.handle_copy_source_param),
    ("before-parameter-build.ec2.RunInstances", handlers.base64_encode_user_data),
    (
        "before-parameter-build.autoscaling.CreateLaunchConfiguration",
        handlers.base64_encode_user_data,
    ),
    ("before-parameter-build.route53", handlers.fix_route53_ids),
    ("before-parse.s3.*", handlers.handle_expires_header),
    ("before-call", handlers.inject_api_version_header_if_needed),
    ("request-created.cloudsearchdomain.Search", handlers.change_get_to_post),
    *(
        (f"before-parameter-build.s3.{operation}", handlers.sse_md5)
        for operation in (
            "HeadObject",
            "GetObject",
            "PutObject",
            "CopyObject",
            "CreateMultipartUpload",
            "UploadPart",
            "UploadPartCopy",
            "CompleteMultipartUpload",
            "SelectObjectContent",
        )
    ),
    ("before-parameter-build.s3.CopyObject", handlers.copy_source_sse_md5),
    ("before-parameter-build.s3.UploadPartCopy", handlers.copy_source_sse_md5),
)
PRESIGNED = {
    "ec2": ("CopySnapshot",),
    "rds": (
        "CopyDBClusterSnapshot",
        "CreateDBCluster",
        "CopyDBSnapshot",
        "CreateDBInstanceReadReplica",
        "StartDBInstanceAutomatedBackupsReplication",
    ),
    "neptune": ("CopyDBClusterSnapshot", "CreateDBCluster"),
    "docdb": ("CopyDBClusterSnapshot", "CreateDBCluster"),
}


@dataclass(frozen=True)
class Read:
    """What botocore made of an answer."""

    values: dict[str, Any]
    status: int
    request_id: str | None
    code: str = ""
    message: str = ""


class Raw(BytesIO):
    """A body in the shape that botocore takes from urllib3."""

    def stream(self, **_: Any) -> Any:
        yield self.read()


class BotocoreClient:
    """A client of one service; its requests go no further than here."""

    def __init__(self, service: str, protocol: str) -> None:
        self.request: Any = None
        self.answer = Answer(200, {}, b"")
        metadata = loaded(service)["metadata"]
        # Handlers change the model while they work.
        self.host_prefixes: dict[str, str] = {
            name: operation.get("endpoint", {}).get("hostPrefix", "")
            for name, operation in loaded(service)["operations"].items()
        }
        # Of several protocols botocore would choose by a list of its own.
        metadata["protocol"], metadata["protocols"] = protocol, [protocol]
        self.client = session().create_client(
            service,
            region_name="us-east-1",
            endpoint_url=ENDPOINT,
            config=Config(
                signature_version=UNSIGNED,
                parameter_validation=False,
                retries={"mode": "standard", "total_max_attempts": 1},
                s3={"addressing_style": "path"},
            ),
        )
        events = self.client.meta.events
        for name, handler in CONVENIENCES:
            events.unregister(name, handler)
        presigned = (
            handlers.inject_presigned_url_ec2,
            handlers.inject_presigned_url_rds,
        )
        for operation in PRESIGNED.get(service, ()):
            events.unregister(
                f"before-call.{service}.{operation}", presigned[service != "ec2"]
            )
        # Some operations would be signed whatever the configuration says.
        service_id = self.client.meta.service_model.service_id.hyphenize()
        events.register_first(f"choose-signer.{service_id}", lambda **_: UNSIGNED)
        events.register("before-send", self._send)

    def _send(self, request: Any, **_: Any) -> AWSResponse:
        self.request = request
        return AWSResponse(
            request.url, self.answer.status, self.answer.headers, Raw(self.answer.body)
        )

    def call(self, operation: str, values: dict[str, Any], answer: Answer) -> Read:
        """Send a request, kept as ``request``, and read the answer to it."""
        self.request, self.answer = None, answer
        try:
            parsed = self.client._make_api_call(operation, values)
        except ClientError as problem:
            parsed = problem.response
        metadata = parsed.pop("ResponseMetadata")
        told = parsed.pop("Error", {}) if answer.status >= 300 else {}
        return Read(
            {name: _whole(value) for name, value in parsed.items()},
            metadata["HTTPStatusCode"],
            metadata.get("RequestId"),
            str(told.get("Code", "")),
            str(told.get("Message", "")),
        )


def _whole(value: Any) -> Any:
    """A streamed value, read to its end."""
    if isinstance(value, StreamingBody):
        return value.read()
    if isinstance(value, EventStream):
        return list(value)
    return value
