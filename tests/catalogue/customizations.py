"""What botocore adds by hand to what its models say, taken off where a spec can't have it.

A spec says what stands on the wire, and a client sends what it is given. So a handler of
botocore's is taken off that rewrites values on their way in or out, or puts in what no model
has; all of its other handlers stay, and our clients have to agree with them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from botocore import handlers


@dataclass(frozen=True)
class Customization:
    """Handlers that are taken off: one for each event, and why their work isn't ours."""

    handler: Callable[..., Any]
    events: tuple[str, ...]
    because: str


def each(pattern: str, names: Iterable[str]) -> tuple[str, ...]:
    """The events of several operations."""
    return tuple(pattern.format(name) for name in names)


# Services whose endpoint rules change or pass over the host that a client was given, which
# botocore lets them do. Ours call the endpoint that they are given, all of it.
RULED_HOSTS = {
    "cloudfront-keyvaluestore": "the account of the ARN in KvsARN goes before the host",
    "kinesis": "an ARN names account, region and kind of the host; the given one is not asked for",
    "signin": "operations of the control plane have one host; the given one is not asked for",
}

LISTS = ("ListObjects", "ListObjectsV2", "ListObjectVersions")
COPIES = ("CopyObject", "UploadPartCopy")
KEYED = (
    *("HeadObject", "GetObject", "PutObject", "CreateMultipartUpload", "UploadPart"),
    *("CompleteMultipartUpload", "SelectObjectContent", *COPIES),
)
CLUSTERS = ("CopyDBClusterSnapshot", "CreateDBCluster")
DECODED = "The answer has a text; botocore gives its users what the text holds. The wire is the same."

CUSTOMIZATIONS: tuple[Customization, ...] = (
    Customization(handlers.json_decode_policies, ("after-call.iam",), DECODED),
    Customization(
        handlers.decode_console_output, ("after-call.ec2.GetConsoleOutput",), DECODED
    ),
    Customization(
        handlers.json_decode_template_body,
        ("after-call.cloudformation.GetTemplate",),
        DECODED,
    ),
    *(
        Customization(handler, (f"after-call.s3.{name}",), DECODED)
        for name, handler in zip(
            LISTS,
            (
                handlers.decode_list_object,
                handlers.decode_list_object_v2,
                handlers.decode_list_object_versions,
            ),
            strict=True,
        )
    ),
    Customization(
        handlers.handle_expires_header,
        ("before-parse.s3.*",),
        "It adds a member ExpiresString, which no model has. That an Expires which is no date "
        "is passed over is the same here, and tried by the tests of S3.",
    ),
    Customization(
        handlers.set_list_objects_encoding_type_url,
        each("before-parameter-build.s3.{}", LISTS),
        "The API documents EncodingType as its caller's choice; botocore chooses, and decodes.",
    ),
    Customization(
        handlers.handle_copy_source_param,
        each("before-parameter-build.s3.{}", COPIES),
        "The API documents CopySource as percent-encoded by the caller; botocore encodes, and "
        "takes a dict as well.",
    ),
    Customization(
        handlers.sse_md5,
        each("before-parameter-build.s3.{}", KEYED),
        "The API documents the key in base64 and its digest as members; botocore makes both of "
        "the bare key.",
    ),
    Customization(
        handlers.copy_source_sse_md5,
        each("before-parameter-build.s3.{}", COPIES),
        "The same for the key of a source.",
    ),
    Customization(
        handlers.base64_encode_user_data,
        (
            "before-parameter-build.ec2.RunInstances",
            "before-parameter-build.autoscaling.CreateLaunchConfiguration",
        ),
        "The APIs document UserData as base64; botocore encodes what it is given. Other "
        "operations have the same member, and botocore leaves it alone there.",
    ),
    Customization(
        handlers.change_get_to_post,
        ("request-created.cloudsearchdomain.Search",),
        "The model says GET; botocore sends a form by POST, for the sake of long queries.",
    ),
    Customization(
        handlers.inject_presigned_url_ec2,
        ("before-call.ec2.CopySnapshot",),
        "A member of the request is another request, signed for the source region with the "
        "caller's keys; a spec has no word for it. The caller gives the URL, as the API says.",
    ),
    Customization(
        handlers.inject_presigned_url_rds,
        (
            *each(
                "before-call.rds.{}",
                (
                    *CLUSTERS,
                    "CopyDBSnapshot",
                    "CreateDBInstanceReadReplica",
                    "StartDBInstanceAutomatedBackupsReplication",
                ),
            ),
            *each("before-call.neptune.{}", CLUSTERS),
            *each("before-call.docdb.{}", CLUSTERS),
        ),
        "The same, where SourceRegion is given: a member that botocore adds to the model for it.",
    ),
)
