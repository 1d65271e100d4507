"""The dialects that API specs use, read into one syntax tree.

ECMA-262 comes first; where it would refuse, what Java, Perl or Python mean is taken. Classes
(``\\d``, ``\\w``, ``\\s``, ``\\b``) and the ignoring of case are ASCII.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from specwright.patterns import charset
from specwright.patterns.charset import LINE_ENDS, WORD, Ranges, complement
from specwright.patterns.classes import read_class
from specwright.patterns.escapes import escape
from specwright.patterns.nodes import (
    EMPTY,
    Anchor,
    Chars,
    Look,
    Node,
    choice,
    concat,
    repeat,
)
from specwright.patterns.problems import (
    PatternProblem,
    RefusedError,
    invalid,
    not_linear,
)

_LONGEST = 20_000
_DEEPEST = 100
_MOST = 1_000_000
_QUANTIFIER = re.compile(r"[*+?]|\{([0-9]+)(,?)([0-9]*)\}")
_FLAGS = re.compile(r"\(\?([a-zA-Z]*)(?:-([a-zA-Z]+))?([:)])")
_NAMED_GROUP = re.compile(r"\(\?P?<([A-Za-z_$][\w$]*)>")
_LOOKS = {
    "(?=": (True, False),
    "(?!": (True, True),
    "(?<=": (False, False),
    "(?<!": (False, True),
}
_DELIMITED = re.compile(r"/((?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\[])+)/", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Flags:
    ignore_case: bool = False
    dot_all: bool = False
    multiline: bool = False


def parse(text: str) -> Node | PatternProblem:
    """The syntax tree of a pattern, or what is wrong with it."""
    reader = _Reader(*_bare(text))
    try:
        if len(text) > _LONGEST:
            raise invalid(f"it is longer than {_LONGEST:,} characters", 0)
        node = reader.choice(_Flags(), 0)
        if reader.at < reader.end:
            raise invalid(
                "')' without a '('", reader.at, "write '\\)' for the character"
            )
    except RefusedError as refused:
        return refused.problem
    return node


def _bare(text: str) -> tuple[str, int, int]:
    """The text, and where the pattern starts and ends in it: inside of ``/.../`` if it has them.

    Slashes at both ends may belong to a path; they delimit only where what is between them is
    anchored, or escapes its own slashes.
    """
    found = _DELIMITED.fullmatch(text)
    if found and (
        found[1].startswith("^") or found[1].endswith("$") or "\\/" in found[1]
    ):
        return text, 1, len(text) - 1
    return text, 0, len(text)


class _Reader:
    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text[:end]
        self.at = start
        self.end = end
        self.names: set[str] = set()

    def take(self, token: str) -> bool:
        if self.text.startswith(token, self.at):
            self.at += len(token)
            return True
        return False

    def choice(self, flags: _Flags, depth: int) -> Node:
        """Alternatives up to the end of the group. A flag set on the way holds to that end."""
        if depth > _DEEPEST:
            raise invalid(f"groups are nested deeper than {_DEEPEST}", self.at)
        branches: list[Node] = []
        parts: list[Node] = []
        while self.at < self.end and self.text[self.at] != ")":
            if self.take("|"):
                branches.append(concat(parts))
                parts = []
            elif (changed := self.flags(flags)) is not None:
                flags = changed
            else:
                parts.append(self.repeated(flags, depth))
        return choice([*branches, concat(parts)])

    def flags(self, flags: _Flags) -> _Flags | None:
        """The flags after a ``(?i)`` and the like, if one comes next."""
        found = _FLAGS.match(self.text, self.at)
        if found is None or found[3] == ":":
            return None
        self.at = found.end()
        return self.changed(flags, found)

    def changed(self, flags: _Flags, found: re.Match[str]) -> _Flags:
        names = {"i": "ignore_case", "s": "dot_all", "m": "multiline"}
        for letters, value in ((found[1], True), (found[2] or "", False)):
            for letter in letters:
                if letter in names:
                    flags = replace(flags, **{names[letter]: value})
                elif letter not in "uUaLd":
                    raise invalid(
                        f"the flag '{letter}' is not supported",
                        found.start(),
                        "known: i, m, s",
                    )
        return flags

    def repeated(self, flags: _Flags, depth: int) -> Node:
        start = self.at
        node = self.atom(flags, depth)
        found = _QUANTIFIER.match(self.text, self.at)
        if found is None:
            return node
        if isinstance(node, Anchor):
            raise invalid(
                f"'{found[0]}' repeats an anchor",
                self.at,
                "leave out the repeat, or escape '{'",
            )
        self.at = found.end()
        least, most = self.counts(found)
        possessive = self.take("+")
        if not possessive:
            self.take("?")
        if _QUANTIFIER.match(self.text, self.at):
            raise invalid(
                "a repeat of a repeat",
                self.at,
                "put the part that is repeated into a group",
            )
        if possessive and not (isinstance(node, Chars) and least == most):
            if not isinstance(node, Chars):
                raise not_linear(
                    "a possessive repeat of more than one character", start
                )
            return repeat(node, least, most, True)
        return repeat(node, least, most)

    def counts(self, found: re.Match[str]) -> tuple[int, int | None]:
        low, comma, high = found[1], found[2], found[3]
        if low is None:
            return (1 if found[0] == "+" else 0), (1 if found[0] == "?" else None)
        least = int(low[:9])
        most = (int(high[:9]) if high else None) if comma else least
        if most is not None and most < least:
            raise invalid(
                f"in '{found[0]}' the minimum is above the maximum", found.start()
            )
        if max(least, most or 0) > _MOST:
            raise not_linear(f"it repeats more than {_MOST:,} times", found.start())
        return least, most

    def atom(self, flags: _Flags, depth: int) -> Node:
        start = self.at
        char = self.text[start]
        if char == "(":
            return self.group(flags, depth)
        if char == "[":
            ranges, self.at = read_class(self.text, start, flags.ignore_case)
            return Chars(ranges)
        self.at += 1
        if char == "\\":
            return self.escaped(flags)
        if char == ".":
            return Chars(charset.ANY if flags.dot_all else complement(LINE_ENDS))
        if char in "^$":
            anchor = Anchor("start" if char == "^" else "end")
            if flags.multiline:
                return choice(
                    [anchor, Look(Chars(LINE_ENDS), char == "$", negative=False)]
                )
            return anchor
        if char in "*+?" or _QUANTIFIER.match(self.text, start):
            raise invalid(
                "a repeat of nothing", start, f"write '\\{char}' for the character"
            )
        if self.text.startswith("{,", start):
            raise invalid(
                "a repeat without a minimum", start, "write '{0,' instead of '{,'"
            )
        return self.literal(ord(char), flags)

    def literal(self, code: int | Ranges, flags: _Flags) -> Node:
        ranges = ((code, code),) if isinstance(code, int) else code
        return Chars(charset.either_case(ranges) if flags.ignore_case else ranges)

    def escaped(self, flags: _Flags) -> Node:
        """What a backslash and the character after it mean outside of a class."""
        if self.take("A"):
            return Anchor("start")
        if self.take("z") or self.take("Z"):
            return Anchor("end")
        if self.take("b"):
            return choice([_boundary(True, False), _boundary(False, True)])
        if self.take("B"):
            return choice([_boundary(True, True), _boundary(False, False)])
        code, self.at = escape(self.text, self.at)
        return self.literal(code, flags)

    def group(self, flags: _Flags, depth: int) -> Node:
        start = self.at
        for opening, (ahead, negative) in _LOOKS.items():
            if self.take(opening):
                return Look(self.inside(flags, depth, start), ahead, negative)
        if self.text.startswith(
            ("(?>", "(?P=", "(?P>", "(?R", "(?(", "(?&", "(?|"), start
        ):
            raise not_linear(
                f"'{self.text[start : start + 3]}' groups can't be matched in linear time",
                start,
            )
        if found := _NAMED_GROUP.match(self.text, start):
            if found[1] in self.names:
                raise invalid(
                    f"two groups have the name '{found[1]}'",
                    start,
                    "leave the names out, or give each group its own",
                )
            self.names.add(found[1])
            self.at = found.end()
            return self.inside(flags, depth, start)
        if self.take("(?#"):
            self.at = self.text.find(")", self.at) + 1 or self.end
            return EMPTY
        if found := _FLAGS.match(self.text, start):
            self.at = found.end()
            return self.inside(self.changed(flags, found), depth, start)
        self.at += 1
        if self.text.startswith("?", self.at):
            raise invalid(
                "an unknown kind of group", start, "write '(?:' for a plain group"
            )
        return self.inside(flags, depth, start)

    def inside(self, flags: _Flags, depth: int, start: int) -> Node:
        node = self.choice(flags, depth + 1)
        if not self.take(")"):
            raise invalid("'(' is never closed", start, "write '\\(' for the character")
        return node


def _boundary(before: bool, after: bool) -> Node:
    """A place with a word character before it, or none, and after it, or none."""
    return concat(
        [
            Look(Chars(WORD), False, negative=not before),
            Look(Chars(WORD), True, negative=not after),
        ]
    )
