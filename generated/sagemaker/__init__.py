"""Amazon SageMaker Service, version 2017-07-24: clients, requests, responses. Generated
by specwright from specs/sagemaker/service.yaml.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .._runtime.credentials import Credentials
    from .._runtime.errors import (
        ConfigurationError,
        ConstraintWarning,
        ResponseError,
        ServiceError,
        SpecwrightError,
        TransportError,
        ValidationError,
    )
    from .._runtime.http import (
        AsyncTransport,
        Headers,
        HttpRequest,
        HttpResponse,
        Transport,
    )
    from .._runtime.operation import Operation, ResponseMetadata
    from .._runtime.paging import AsyncPages, AsyncPaginator, Pages, Paginator
    from .._runtime.retries import Retries
    from .._runtime.values import JsonValue, UnknownValue
    from .._runtime.violations import Violation
    from . import errors, shapes
    from .async_client import AsyncSageMakerClient
    from .client import SageMakerClient
    from .operations.list_compilation_jobs import (
        ListCompilationJobsRequest,
        ListCompilationJobsResponse,
    )
    from .operations.list_processing_jobs import (
        ListProcessingJobsRequest,
        ListProcessingJobsResponse,
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
    "AsyncPages",
    "AsyncPaginator",
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
    "Pages",
    "Paginator",
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
