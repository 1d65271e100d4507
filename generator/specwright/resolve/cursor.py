"""Walking a document: values read by the type that they should have, with their positions.

What has the wrong type reads as absent. Its form was judged before, so that nothing is lost,
and the rest of the document can still be judged by what it means.
"""

from __future__ import annotations

from dataclasses import dataclass

from specwright.diagnostics import Position
from specwright.document import Document, Path


@dataclass(frozen=True, slots=True)
class Cursor:
    """A value of a document and the way to it."""

    document: Document
    path: Path
    value: object

    @property
    def where(self) -> Position:
        """Where the value starts."""
        return self.document.at(self.path)

    @property
    def name_where(self) -> Position:
        """Where the key of the value starts."""
        return self.document.at_key(self.path)

    def has(self, key: str) -> bool:
        """True where the value is a mapping that has the key."""
        return isinstance(self.value, dict) and key in self.value

    def is_set(self, key: str) -> bool:
        """True where a key has a value that is neither null nor false."""
        return self.plain(key) not in (None, False)

    def plain(self, key: str) -> object:
        """The value of a key without the way to it; None where there is none."""
        return self.value.get(key) if isinstance(self.value, dict) else None

    def at(self, key: str) -> Cursor:
        """The value of a key; null where there is none."""
        return Cursor(self.document, (*self.path, key), self.plain(key))

    def text(self, key: str) -> str | None:
        """The text that a key has, if it has one."""
        value = self.plain(key)
        return value if isinstance(value, str) else None

    def whole(self, key: str) -> int | None:
        """The whole number that a key has, if it has one."""
        value = self.plain(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def flag(self, key: str) -> bool:
        """True where a key is set to true."""
        return self.plain(key) is True

    def mapping(self, key: str) -> dict[str, object]:
        """The mapping that a key has; an empty one where it has none."""
        value = self.plain(key)
        return value if isinstance(value, dict) else {}

    def entries(self) -> list[tuple[str, Cursor]]:
        """The entries of a mapping; none for anything else."""
        if not isinstance(self.value, dict):
            return []
        return [(key, self.at(key)) for key in self.value]

    def items(self) -> list[Cursor]:
        """The items of a list; none for anything else."""
        if not isinstance(self.value, list):
            return []
        return [
            Cursor(self.document, (*self.path, index), item)
            for index, item in enumerate(self.value)
        ]

    def texts(self, key: str) -> list[Cursor]:
        """The texts of a key that has one text or a list of them."""
        inner = self.at(key)
        return [c for c in inner.items() or [inner] if isinstance(c.value, str)]
