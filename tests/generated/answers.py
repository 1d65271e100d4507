"""Answers of services: random outputs as values, and an encoder of the tests' own."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from tests.generated.strategies import CHARACTERS, values
from tests.generated.support import time_format

from specwright.model import Member, Service, Shape

Style = Callable[[str, datetime], object]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def lenient(service: Service, shape: Shape) -> st.SearchStrategy[dict[str, Any]]:
    """Outputs as services may send them, whatever a spec says of them.

    Enums have values that nobody heard of, required members are missing, and unions hold a
    member that the spec doesn't know.
    """

    def value(member: Member) -> st.SearchStrategy[Any]:
        target, constraints = service.target(member), service.constraints(member)
        if target.type == "string" and constraints.enum:
            return st.one_of(values(service, member), st.text(CHARACTERS))
        if target.type == "list":
            assert target.item is not None
            return st.lists(value(target.item), max_size=3)
        if target.type == "union":
            known = [st.fixed_dictionaries({m.name: value(m)}) for m in target.members]
            new = st.sampled_from([{"newMember": {"a": [1, None]}}, {"other": "text"}])
            return st.one_of(*known, new)
        if target.type == "structure":
            return lenient(service, target)
        return values(service, member)

    return st.fixed_dictionaries({}, optional={m.name: value(m) for m in shape.members})


def encoded(
    service: Service, shape: Shape, output: dict[str, Any], style: Style
) -> dict[str, Any]:
    """The JSON object that a service sends; ``style`` writes a moment in a format."""

    def member_json(member: Member, value: Any) -> Any:
        target = service.target(member)
        if target.type == "timestamp":
            return style(time_format(service, member), value)
        if target.type == "list":
            assert target.item is not None
            return [member_json(target.item, item) for item in value]
        if target.type in ("structure", "union"):
            return encoded(service, target, value, style)
        return value

    members = {m.name: m for m in shape.members}
    return {
        members[name].wire if name in members else name: (
            member_json(members[name], value) if name in members else value
        )
        for name, value in output.items()
    }


def exact(written: str, moment: datetime) -> object:
    """A moment with all its digits, in UTC."""
    if written == "iso8601":
        return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return (moment - EPOCH).total_seconds()


def rounded(written: str, moment: datetime) -> object:
    """A moment in milliseconds; whole seconds as a whole number."""
    utc = moment.astimezone(UTC)
    if written == "iso8601":
        return utc.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    milliseconds = (moment - EPOCH) // timedelta(milliseconds=1)
    return milliseconds // 1000 if milliseconds % 1000 == 0 else milliseconds / 1000


def local(written: str, moment: datetime) -> object:
    """A moment in the time zone that it has."""
    return moment.isoformat() if written == "iso8601" else exact(written, moment)


STYLES: tuple[Style, ...] = (exact, rounded, local)


def body_of(
    service: Service, shape: Shape, output: dict[str, Any], style: Style
) -> bytes:
    """The body of an answer."""
    return json.dumps(
        encoded(service, shape, output, style), ensure_ascii=False
    ).encode()


def noisy(body: bytes) -> bytes:
    """The same body with members that no spec has, at every depth but in unions."""

    def noise(value: Any) -> Any:
        if isinstance(value, list):
            return [noise(item) for item in value]
        if isinstance(value, dict):
            inner = {name: noise(v) for name, v in value.items()}
            return (
                inner if len(inner) == 1 else {"_new": {"x": [1]}, **inner, "_n": None}
            )
        return value

    return json.dumps(noise(json.loads(body))).encode()
