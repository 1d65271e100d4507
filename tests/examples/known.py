"""Published requests that break a documented constraint, each with what is wrong.

The specs of these services aren't kept here, so what a user would correct in a spec (``from:
hand`` and ``because``) stands in this table. An entry that nothing needs fails the run.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Known:
    """One refusal. ``says`` is what stands in the example at the pointer, None where nothing
    does."""

    service: str
    operation: str
    number: int
    kind: str
    pointer: str
    says: object
    because: str


KNOWN: tuple[Known, ...] = (
    Known(
        "cloud9",
        "CreateEnvironmentEC2",
        0,
        "required",
        "/imageId",
        None,
        "The example is older than the member, which became required later.",
    ),
    Known(
        "ec2",
        "ModifySpotFleetRequest",
        1,
        "enum",
        "/ExcessCapacityTerminationPolicy",
        "NoTermination ",
        "A space too many: the example before it has the value without.",
    ),
    *(
        Known(
            "kms",
            operation,
            number,
            "pattern",
            "/CloudHsmClusterId",
            "cluster-1a23b4cdefg",
            "Ids of clusters are base 32 and have no 1; the example's is made up.",
        )
        for operation, number in (
            ("CreateCustomKeyStore", 0),
            ("UpdateCustomKeyStore", 2),
        )
    ),
    Known(
        "lambda",
        "UpdateEventSourceMapping",
        0,
        "length",
        "/UUID",
        "1234xCy789012",
        "A placeholder of 13 characters where UUIDs have 36; the other examples have one.",
    ),
    *(
        Known(
            "polly",
            "GetLexicon",
            0,
            kind,
            "/Name",
            "",
            "The example leaves the name blank.",
        )
        for kind in ("label", "pattern")
    ),
    Known(
        "pricing",
        "GetProducts",
        0,
        "required",
        "/ServiceCode",
        None,
        "The example is older than the rule; its filters name the service instead.",
    ),
    Known(
        "s3",
        "PutBucketCors",
        0,
        "label",
        "/Bucket",
        "",
        "The example leaves the bucket blank, which would address the list of buckets.",
    ),
)
