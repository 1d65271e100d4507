"""Views to files: the templates, the runtime, and black."""

from specwright.render.files import (
    Rendered,
    package_files,
    render_service,
    runtime_files,
)
from specwright.render.formatting import format_python

__all__ = [
    "Rendered",
    "format_python",
    "package_files",
    "render_service",
    "runtime_files",
]
