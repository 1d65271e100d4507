"""Views to files: the templates, the runtime, and black."""

from specwright.python.support import PROTOCOLS, reasons
from specwright.render.files import (
    Rendered,
    package_files,
    render_service,
    runtime_files,
)
from specwright.render.formatting import format_python

__all__ = [
    "PROTOCOLS",
    "Rendered",
    "format_python",
    "package_files",
    "reasons",
    "render_service",
    "runtime_files",
]
