"""The payloads of events in the protocols that write JSON."""

from __future__ import annotations

from .json_codec import JsonReadPlan, JsonWritePlan
from .protocol import parsed_json
from .reading import is_object
from .structure import Shaped
from .tree_codec import read_members, write_members


class JsonEvents:
    """Payloads of one JSON object."""

    __slots__ = ()
    media_type = "application/json"

    def read(self, target: Shaped, payload: bytes) -> None:
        """Set the members of a new value. Raises a ValueError for what doesn't fit."""
        parsed: object = parsed_json(payload)
        if parsed is not None and not is_object(parsed):
            raise ValueError("expected an object")
        read_members(JsonReadPlan, target, parsed or {})

    def parsed(self, payload: bytes) -> object:
        """A payload that no spec describes. Raises a ValueError where it isn't readable."""
        return parsed_json(payload)

    def write(self, value: Shaped) -> bytes:
        """The members of a value as a payload."""
        from json import dumps

        return dumps(write_members(JsonWritePlan, value)).encode()
