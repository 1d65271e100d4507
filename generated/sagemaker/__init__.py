"""Amazon SageMaker Service, version 2017-07-24: clients, requests, responses. Generated
by specwright; edit specs/sagemaker/service.yaml instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import errors as errors, shapes as shapes
    from .._runtime.credentials import Credentials as Credentials
    from .._runtime.errors import (
        ConfigurationError as ConfigurationError,
        ConstraintWarning as ConstraintWarning,
        ResponseError as ResponseError,
        ServiceError as ServiceError,
        SpecwrightError as SpecwrightError,
        TransportError as TransportError,
        ValidationError as ValidationError,
    )
    from .._runtime.http import (
        AsyncTransport as AsyncTransport,
        Headers as Headers,
        HttpRequest as HttpRequest,
        HttpResponse as HttpResponse,
        Transport as Transport,
    )
    from .._runtime.operation import (
        Operation as Operation,
        ResponseMetadata as ResponseMetadata,
    )
    from .._runtime.retries import Retries as Retries
    from .._runtime.values import JsonValue as JsonValue, UnknownValue as UnknownValue
    from .._runtime.violations import Violation as Violation
    from .async_client import AsyncSageMakerClient as AsyncSageMakerClient
    from .client import SageMakerClient as SageMakerClient
    from .operations.list_compilation_jobs import (
        ListCompilationJobsRequest as ListCompilationJobsRequest,
        ListCompilationJobsResponse as ListCompilationJobsResponse,
    )
    from .operations.list_processing_jobs import (
        ListProcessingJobsRequest as ListProcessingJobsRequest,
        ListProcessingJobsResponse as ListProcessingJobsResponse,
    )
else:
    from .._runtime.lazy import lazy

    __getattr__, __dir__ = lazy(
        __name__,
        {
            ".errors": (),
            ".shapes": (),
            ".client": ("SageMakerClient",),
            ".async_client": ("AsyncSageMakerClient",),
            ".operations.list_compilation_jobs": (
                "ListCompilationJobsRequest",
                "ListCompilationJobsResponse",
            ),
            ".operations.list_processing_jobs": (
                "ListProcessingJobsRequest",
                "ListProcessingJobsResponse",
            ),
        },
        shared=True,
    )

__all__ = [
    "AsyncSageMakerClient",
    "AsyncTransport",
    "ConfigurationError",
    "ConstraintWarning",
    "Credentials",
    "Headers",
    "HttpRequest",
    "HttpResponse",
    "JsonValue",
    "ListCompilationJobsRequest",
    "ListCompilationJobsResponse",
    "ListProcessingJobsRequest",
    "ListProcessingJobsResponse",
    "Operation",
    "ResponseError",
    "ResponseMetadata",
    "Retries",
    "SageMakerClient",
    "ServiceError",
    "SpecwrightError",
    "Transport",
    "TransportError",
    "UnknownValue",
    "ValidationError",
    "Violation",
    "errors",
    "shapes",
]
