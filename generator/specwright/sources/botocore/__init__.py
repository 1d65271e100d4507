"""Models of botocore to spec documents, as plain data: nothing here touches a disk."""

from specwright.sources.botocore.documents import (
    OPERATIONS_FOLDER,
    SERVICE_FILE,
    SHAPES_FILE,
    Converted,
    convert,
    folder_name,
)
from specwright.sources.botocore.locating import locate
from specwright.sources.botocore.model import Companions, Model
from specwright.sources.botocore.reading import MAX_BYTES, merged, read_json, read_model
from specwright.sources.botocore.report import Finding

__all__ = [
    "MAX_BYTES",
    "OPERATIONS_FOLDER",
    "SERVICE_FILE",
    "SHAPES_FILE",
    "Companions",
    "Converted",
    "Finding",
    "Model",
    "convert",
    "folder_name",
    "locate",
    "merged",
    "read_json",
    "read_model",
]
