"""Pages of a list: the size that is asked for, and tokens bound to what was asked.

A token is made from the seed, the operation, every input member but token and limit, and the
place where the page begins. It keeps nothing and can be used again, by any request with the
same filters; one that no page has is a validation error. An operation whose token is not a
string answers everything at once. Pages are of ten items, or the documented maximum where that
is less, unless a size is asked for.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from random import Random

from specwright.model import Bounds, Constraints, Member, Operation, Pagination, Service
from specwright.server.matching import sampled
from specwright.server.messages import Record, Value
from specwright.server.validation import fits, validation_exception

DEFAULT_SIZE = 10


@dataclass(frozen=True, slots=True)
class Page:
    """Some items, and the token of those that follow, if any do."""

    items: list[Value]
    token: str | None


def page(
    service: Service,
    operation: Operation,
    pagination: Pagination,
    items: Sequence[Value],
    values: Record,
    seed: int,
) -> Page:
    """The page that an input asks for; a token that belongs to no page is refused."""
    tokens = [m for m in operation.input.members if m.name in pagination.input_token]
    texts = [m for m in tokens if service.target(m).type == "string"]
    size = _size(service, operation, pagination, values)
    if not texts:
        return Page(list(items), None)
    member = texts[0]
    constraints = service.constraints(member)
    passing = {t.name for t in tokens} | {pagination.limit}
    asked = {k: str(v) for k, v in values.items() if k not in passing}
    bound = json.dumps([seed, service.id, operation.name, sorted(asked.items())])
    start = 0
    given = next((values[m.name] for m in texts if m.name in values), None)
    if given is not None:
        starts = range(1, len(items))
        found = (s for s in starts if _token(constraints, bound, s) == given)
        start = next(found, 0)
        if start == 0:
            raise _foreign(service, operation, member)
    end = start + size
    more = end < len(items)
    return Page(
        list(items[start:end]), _token(constraints, bound, end) if more else None
    )


def _size(
    service: Service, operation: Operation, pagination: Pagination, values: Record
) -> int:
    if pagination.limit is None:
        return DEFAULT_SIZE
    member = next(
        (m for m in operation.input.members if m.name == pagination.limit), None
    )
    asked = values.get(pagination.limit)
    if isinstance(asked, str) and asked.isdecimal() and len(asked) < 10:
        asked = int(asked)
    if isinstance(asked, int) and asked >= 1:
        return asked
    bounds = None if member is None else service.constraints(member).range
    most = None if bounds is None else bounds.max
    return DEFAULT_SIZE if most is None else max(1, min(DEFAULT_SIZE, int(most)))


def _token(constraints: Constraints, bound: str, start: int) -> str:
    """An opaque token that meets the constraints of the token member."""
    digest = blake2b(f"{bound}/{start}".encode(), digest_size=18).digest()
    decimal = str(int.from_bytes(digest, "big"))
    bounds = constraints.length or Bounds()
    for text in (urlsafe_b64encode(digest).decode("ascii"), digest.hex(), decimal):
        least, most = int(bounds.min or 0), bounds.max
        repeated = text * max(1, -(-least // len(text)))
        shown = repeated[: max(least, len(text)) if most is None else int(most)]
        if fits(constraints, shown):
            return shown
    random = Random(digest.hex())  # noqa: S311 - reproducible, no secret
    return sampled(constraints, random) or ""


def _foreign(service: Service, operation: Operation, member: Member) -> Exception:
    pointer = f"/{member.name}"
    text = f"Value at '{pointer}' is not a token that this operation gave for these filters"
    message = f"1 validation error detected. {text}"
    return validation_exception(service, operation, message, [(pointer, text)])
