"""The words for members that only the REST protocols have a place for."""

from __future__ import annotations

from .schema import Member, Shape, Source


class Header(Member):
    """One header; a document in it is JSON in base64."""

    location = "header"


class EncodedHeader(Header):
    """A header whose text has a media type, and is written in base64."""


class HeaderMap(Member):
    """All headers whose names begin with the wire name."""

    location = "header-map"


class QueryMap(Member):
    """Parameters of the query string whose names no other member has."""

    location = "query-map"


class Host(Member):
    """A part of the host, and of nothing else."""

    location = "host"


class HttpPayload(Member):
    """The whole body of a message."""

    location = "payload"


class MediaPayload(HttpPayload):
    """A body whose media type the spec states."""

    def __init__(
        self,
        name: str,
        shape: Shape,
        media_type: str,
        *,
        attr: str | None = None,
        wire: str | None = None,
        required: bool = False,
        sensitive: bool = False,
        source: Source = None,
        xml: object = None,
    ) -> None:
        super().__init__(
            name,
            shape,
            attr=attr,
            wire=wire,
            required=required,
            sensitive=sensitive,
            source=source,
            xml=xml,
        )
        self.media_type = media_type


class Status(Member):
    """The HTTP status."""

    location = "status"
