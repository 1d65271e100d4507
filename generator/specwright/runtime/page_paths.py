"""Pages whose tokens or items are several, lie deeper than a member, or are of other types."""

from __future__ import annotations

from .jmes import holds, member
from .operation import Pagination
from .structure import Structure, is_mapping, is_sequence


class PathPagination(Pagination):
    """How pages follow each other where one token in and one out don't tell it.

    ``tokens`` gives, by members of the request, what a page has for the next one; a page
    without ``more_results`` is the last. ``items`` is a path such as ``A.B``: of a map the
    items are its pairs, and anything else but a list is the page's only item.
    """

    __slots__ = ()

    def following(self, request: Structure, page: Structure) -> dict[str, object]:
        if self.more_results is not None and not holds(self.more_results(page)):
            return {}
        by_name = request.__schema__.by_name
        # A token that the page doesn't have is unset in the next request.
        found = {
            by_name[name].attr: in_order(token(page)) or None
            for name, token in self.tokens.items()
        }
        return found if any(found.values()) else {}

    def place(self, page: Structure) -> tuple[object, str]:
        found: object = page if self.items else None
        for name in self.items.split(".") if self.items else ():
            found = member(found, name)
        return Listed(found), "items"


class Listed:
    """The items that a value stands for."""

    def __init__(self, value: object) -> None:
        self.items: object = value
        if is_mapping(value):
            self.items = list(value.items())
        elif value is not None and not is_sequence(value):
            self.items = [value]


def in_order(token: object) -> object:
    """A token whose keys are sorted if it is a map, so that equal ones look the same."""
    if not is_mapping(token):
        return token
    return dict(sorted(token.items(), key=lambda entry: str(entry[0])))
