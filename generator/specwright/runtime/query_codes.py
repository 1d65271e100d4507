"""Errors of services that spoke the query protocol once: the codes that they had there."""

from __future__ import annotations

from .http import HttpResponse

QUERY_MODE = ("x-amzn-query-mode", "true")
"""The header that asks for such codes."""


def query_error_code(http: HttpResponse) -> str:
    """The code that an error had in the query protocol, if the service tells it."""
    told = http.headers.get("x-amzn-query-error") or ""
    code, separator, fault = told.partition(";")
    return code.strip() if separator and ";" not in fault else ""
