"""A service's own file: what it is called, what it speaks and where it answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from specwright.model import Endpoint, Operation, Service, Shape
from specwright.resolve.context import Findings
from specwright.resolve.cursor import Cursor
from specwright.resolve.provenance import check_from, read_provenance

_HTTP2: Mapping[str, Literal["event-stream", "optional"]] = {
    "event-stream": "event-stream",
    "optional": "optional",
}
NEEDED: Mapping[str, Mapping[str, str]] = {
    "json": {"json_version": "'1.0' or '1.1'", "target_prefix": "a text"},
    "rpc-v2-cbor": {"target_prefix": "the service's name in requests"},
}
"""What protocols need of a service's file, and how it is described."""


def read_protocols(root: Cursor) -> tuple[str, ...]:
    """The protocols of a service, best first."""
    return tuple(
        p.value for p in root.at("protocols").items() if isinstance(p.value, str)
    )


def read_auth(root: Cursor) -> tuple[str, ...] | None:
    """Ways to sign, best first; None where nothing is said."""
    if not root.has("auth"):
        return None
    return tuple(
        item.value for item in root.at("auth").items() if isinstance(item.value, str)
    )


def check_service(root: Cursor, findings: Findings) -> None:
    """Report what a service's file lacks for the protocols that it names."""
    findings.gathered += check_from(root, read_provenance(root))
    seen: dict[object, Cursor] = {}
    for protocol in root.at("protocols").items():
        if (
            isinstance(protocol.value, str)
            and seen.setdefault(protocol.value, protocol) is not protocol
        ):
            findings.say(
                "duplicate-protocol",
                f"'{protocol.value}' stands here twice",
                protocol.where,
            )
    for key in ("title", "abbreviation", "uid"):
        if not (root.text(key) or "").isprintable():
            findings.say(
                "bad-value",
                f"'{key}' has characters that can't be seen",
                root.at(key).where,
                "write it in one line, with letters, digits and signs that can be seen",
            )
    for name, keys in NEEDED.items():
        for key, what in keys.items():
            if name in seen and not root.has(key):
                findings.say(
                    "missing-key",
                    f"the protocol '{name}' needs '{key}'",
                    seen[name].where,
                    f"write '{key}' with {what}, as the API documents it",
                )
    prefix = root.at("endpoint").text("prefix")
    if not root.has("endpoint"):
        findings.say(
            "missing-key",
            "'endpoint' is missing",
            root.where,
            "write 'endpoint: {prefix: …}' with the first part of the host",
        )
    elif prefix is None and not root.has("signing_name"):
        findings.say(
            "missing-key",
            "'signing_name' is missing: there is no endpoint prefix to take it from",
            root.at("endpoint").name_where,
            "write the name that signatures have",
        )


def build_service(
    root: Cursor,
    folder: str,
    shapes: Mapping[str, Shape],
    operations: Mapping[str, Operation],
) -> Service:
    """The service of the model. Its file has been found free of errors."""
    endpoint = root.at("endpoint")
    protocols = read_protocols(root)
    prefix = endpoint.text("prefix")
    return Service(
        id=root.text("service") or "",
        protocol=protocols[0],
        protocols=protocols,
        title=root.text("title") or "",
        version=root.text("version") or "",
        folder=folder,
        endpoint=Endpoint(prefix, endpoint.text("rules"), endpoint.text("global")),
        signing_name=root.text("signing_name") or prefix or "",
        target_prefix=root.text("target_prefix"),
        json_version=root.text("json_version"),
        xml_namespace=root.text("xml_namespace"),
        query_compatible=root.flag("query_compatible"),
        doc=root.text("doc"),
        package=root.text("package"),
        abbreviation=root.text("abbreviation"),
        uid=root.text("uid"),
        deprecated=root.text("deprecated"),
        signature=root.text("signature"),
        auth=read_auth(root),
        signing_regions=root.text("signing_regions"),
        headers={
            name: value
            for name, value in root.mapping("headers").items()
            if isinstance(value, str)
        },
        http2=_HTTP2.get(root.text("http2") or ""),
        context_params=root.mapping("context_params"),
        shapes=shapes,
        operations=operations,
    )
