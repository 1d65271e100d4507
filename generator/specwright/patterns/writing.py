"""A syntax tree written in the portable dialect, which means the same to ``re`` and the runtime."""

from __future__ import annotations

from specwright.patterns.charset import Ranges, complement
from specwright.patterns.nodes import Anchor, Chars, Choice, Concat, Look, Node, Repeat

_NAMED = {9: "\\t", 10: "\\n", 11: "\\v", 12: "\\f", 13: "\\r"}
_SPECIAL = "\\^$.|?*+()[]{}"
# Characters that end a class, or that a future Python may read as operations on classes.
_SPECIAL_IN_CLASS = "\\^]-[&~|"


def written(node: Node) -> str:
    """The pattern as text. It needs no flags."""
    match node:
        case Chars(ranges):
            return _chars(ranges)
        case Anchor(at):
            return "^" if at == "start" else "\\Z"
        case Look(body, ahead, negative):
            return f"(?{'' if ahead else '<'}{'!' if negative else '='}{written(body)})"
        case Concat(parts):
            return "".join(
                _grouped(p) if isinstance(p, Choice) else written(p) for p in parts
            )
        case Choice(parts):
            return "|".join(map(written, parts))
        case Repeat(body=body):
            inner = (
                written(body)
                if isinstance(body, Chars) and body.ranges
                else _grouped(body)
            )
            return inner + _quantifier(node)


def _grouped(node: Node) -> str:
    return f"(?:{written(node)})"


def _quantifier(node: Repeat) -> str:
    match node.least, node.most:
        case 0, None:
            return "*"
        case 1, None:
            return "+"
        case 0, 1:
            return "?"
        case least, None:
            return f"{{{least},}}"
        case least, most:
            return f"{{{least}}}" if least == most else f"{{{least},{most}}}"


def _chars(ranges: Ranges) -> str:
    if not ranges:
        return "(?!)"
    if len(ranges) == 1 and ranges[0][0] == ranges[0][1]:
        return _escaped(ranges[0][0], _SPECIAL)
    inside = f"[{_items(ranges)}]"
    rest = complement(ranges)
    outside = f"[^{_items(rest)}]" if rest else inside
    return min(inside, outside, key=len)


def _items(ranges: Ranges) -> str:
    parts: list[str] = []
    for low, high in ranges:
        parts.append(_escaped(low, _SPECIAL_IN_CLASS))
        if high > low + 1:
            parts.append("-")
        if high > low:
            parts.append(_escaped(high, _SPECIAL_IN_CLASS))
    return "".join(parts)


def _escaped(code: int, special: str) -> str:
    if code in _NAMED:
        return _NAMED[code]
    if 32 <= code < 127:
        return f"\\{chr(code)}" if chr(code) in special else chr(code)
    if code < 256:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
