"""A model while it is written as specs: what is asked for, and what could not be carried."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from specwright.sources.botocore.keys import unread
from specwright.sources.botocore.model import SCALARS, Model
from specwright.sources.botocore.report import Effect, Finding, Path
from specwright.sources.botocore.routing import RuledAuth
from specwright.sources.botocore.values import Json, flag, mapping, text, texts

_UNRENAMED = frozenset({"json", "smithy-rpc-v2-cbor"})
_PLAIN = frozenset({"type", "box", "documentation"})


@dataclass(frozen=True)
class Scope:
    """A model while its shapes are written, and what could not be."""

    model: Model
    docs: bool = False
    named: frozenset[str] = frozenset()
    """Shapes that keep their name though they say nothing but a type."""
    findings: list[Finding] = field(default_factory=list)
    ruled: RuledAuth = field(default_factory=RuledAuth)
    """How endpoint rules have requests signed."""

    @cached_property
    def io_shapes(self) -> frozenset[str]:
        """The shapes that are inputs or outputs."""
        sections = (
            mapping(operation, section)
            for operation in self.model.operations.values()
            for section in ("input", "output")
        )
        return frozenset(
            name for s in sections if (name := text(s, "shape")) is not None
        )

    @cached_property
    def renames_nothing(self) -> bool:
        """True where the protocols know no other names of members: AWS JSON and RPC v2."""
        metadata = self.model.metadata
        spoken = {*texts(metadata, "protocols"), *texts(metadata, "protocol")}
        return spoken <= _UNRENAMED

    def say(
        self, effect: Effect, path: Path, reason: str, operations: tuple[str, ...] = ()
    ) -> None:
        """Add a finding."""
        self.findings.append(Finding(effect, path, reason, operations))

    def check_keys(
        self, value: Json, kind: str, path: Path, operations: tuple[str, ...] = ()
    ) -> None:
        """Report the keys of an object that the spec does not carry."""
        self.findings.extend(unread(value, kind, path, operations))

    def is_inlined(self, name: str) -> bool:
        """True for a shape that says nothing but a built-in type, and is written as that.

        Prose and ``box`` don't count, so that shapes stay where they are with and without
        ``--docs``.
        """
        shape = self.model.shapes[name]
        if name in self.named or name in self.model.errors:
            return False
        if shape.keys() <= _PLAIN:
            return text(shape, "type") in SCALARS
        return flag(shape, "document") and shape.keys() <= {
            *_PLAIN,
            "document",
            "members",
        }

    def written(self, shape: Json) -> str:
        """The built-in type that a shape has in a spec."""
        kind = text(shape, "type") or ""
        if kind == "structure":
            if flag(shape, "document"):
                return "document"
            return (
                "union" if flag(shape, "union") or flag(shape, "eventstream") else kind
            )
        return SCALARS.get(kind, kind)
