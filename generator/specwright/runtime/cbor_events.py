"""The payloads of events in the protocol that writes CBOR."""

from __future__ import annotations

from .cbor_codec import CborReadPlan, CborWritePlan
from .rpc_v2_cbor import MEDIA_TYPE, members_in
from .structure import Shaped
from .tree_codec import read_members, write_members


class CborEvents:
    """Payloads of one CBOR map."""

    __slots__ = ()
    media_type = MEDIA_TYPE

    def read(self, target: Shaped, payload: bytes) -> None:
        """Set the members of a new value. Raises a ValueError for what doesn't fit."""
        read_members(CborReadPlan, target, members_in(payload))

    def parsed(self, payload: bytes) -> object:
        """A payload that no spec describes. Raises a ValueError where it isn't readable."""
        return members_in(payload)

    def write(self, value: Shaped) -> bytes:
        """The members of a value as a payload."""
        from .cbor import dumps

        return dumps(write_members(CborWritePlan, value))
