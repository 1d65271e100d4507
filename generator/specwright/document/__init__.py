"""YAML text to documents with positions, the form of specs, and the formatter of all of them."""

from specwright.document.compose import Document, Path
from specwright.document.form import check_form, schema
from specwright.document.format import format_spec
from specwright.document.reader import read_bytes, read_document

__all__ = [
    "Document",
    "Path",
    "check_form",
    "format_spec",
    "read_bytes",
    "read_document",
    "schema",
]
