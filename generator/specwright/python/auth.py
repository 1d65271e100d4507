"""How operations are authenticated, in the words of the runtime."""

from __future__ import annotations

from collections.abc import Iterator

from specwright.model import Operation, Service
from specwright.python.layout import Call
from specwright.python.quoting import literal

# The classes that sign, by what specs call the ways.
SCHEMES = {
    "sigv4": "SigV4",
    "sigv4a": "SigV4a",
    "http-bearer": "Bearer",
    "none": "Anonymous",
    "v2": "SigV2",
}
# Those that need something that isn't always there.
CONDITIONAL = ("http-bearer", "sigv4a")
# What the signatures of older models are.
SIGNATURES = {
    "v4": ("sigv4",),
    "s3": ("sigv4",),
    "s3v4": ("sigv4",),
    "bearer": ("http-bearer",),
}


def auth_traits(service: Service, operation: Operation) -> tuple[Call, ...]:
    """The trait of an operation that isn't signed by version 4 alone."""
    schemes = tuple(auth_schemes(service, operation))
    return (Call("Auth", schemes),) if schemes else ()


def auth_schemes(service: Service, operation: Operation) -> Iterator[Call]:
    """The ways in which an operation's messages are signed; none where that is the usual one.

    A token is preferred: it is only there where someone has provided it.
    """
    listed = sorted(auth_of(service, operation), key=lambda name: name != "http-bearer")
    if listed[0] == "sigv4":
        return
    for name in listed:
        regions = service.signing_regions if name == "sigv4a" else None
        yield Call(SCHEMES[name], () if regions is None else (literal(regions),))
        if name not in CONDITIONAL:
            return


def auth_of(service: Service, operation: Operation) -> tuple[str, ...]:
    """The ways in which an operation may be signed, best first."""
    stated = operation.auth
    if stated is None:
        signature = service.signature or "v4"
        stated = service.auth or SIGNATURES.get(signature, (signature,))
    return stated or ("none",)


def auth_problems(service: Service, operation: Operation) -> Iterator[str]:
    """The ways that aren't known."""
    for name in auth_of(service, operation):
        if name not in SCHEMES:
            yield f"authentication by {name}"
