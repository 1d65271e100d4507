"""Character properties by name, as ``\\p{...}`` of ECMA-262, Java and Perl knows them.

They come from a table of one version of Unicode, not from the Python that runs, so that a spec
generates the same text everywhere.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from specwright.patterns.charset import (
    ANY,
    DIGIT,
    LETTERS,
    SPACE,
    Ranges,
    complement,
    of,
    union,
)

_LONG = {
    "letter": "l",
    "casedletter": "lc",
    "uppercaseletter": "lu",
    "lowercaseletter": "ll",
    "titlecaseletter": "lt",
    "modifierletter": "lm",
    "otherletter": "lo",
    "mark": "m",
    "combiningmark": "m",
    "nonspacingmark": "mn",
    "spacingmark": "mc",
    "enclosingmark": "me",
    "number": "n",
    "decimalnumber": "nd",
    "letternumber": "nl",
    "othernumber": "no",
    "punctuation": "p",
    "connectorpunctuation": "pc",
    "dashpunctuation": "pd",
    "openpunctuation": "ps",
    "closepunctuation": "pe",
    "initialpunctuation": "pi",
    "finalpunctuation": "pf",
    "otherpunctuation": "po",
    "symbol": "s",
    "mathsymbol": "sm",
    "currencysymbol": "sc",
    "modifiersymbol": "sk",
    "othersymbol": "so",
    "separator": "z",
    "spaceseparator": "zs",
    "lineseparator": "zl",
    "paragraphseparator": "zp",
    "other": "c",
    "control": "cc",
    "format": "cf",
    "surrogate": "cs",
    "privateuse": "co",
    "unassigned": "cn",
}
_ALNUM: Ranges = ((48, 57), *LETTERS)
# The POSIX classes of Java are ASCII only.
_ASCII: dict[str, Ranges] = {
    "ascii": ((0, 127),),
    "alpha": LETTERS,
    "lower": ((97, 122),),
    "upper": ((65, 90),),
    "digit": DIGIT,
    "alnum": _ALNUM,
    "xdigit": ((48, 57), (65, 70), (97, 102)),
    "punct": ((33, 47), (58, 64), (91, 96), (123, 126)),
    "graph": ((33, 126),),
    "print": ((32, 126),),
    "blank": of(" \t"),
    "space": SPACE,
    "cntrl": ((0, 31), (127, 127)),
    "any": ANY,
    "all": ANY,
    "l1": ((0, 255),),
}


def property_set(name: str) -> Ranges | None:
    """The characters of a property, given what stands in the braces; None for an unknown one."""
    key, equals, value = name.partition("=")
    if equals:
        kind = _folded(key)
        if kind in ("sc", "script"):
            return _table().get(f"script={_folded(value)}")
        return _category(_folded(value)) if kind in ("gc", "generalcategory") else None
    folded = _folded(name)
    found = _named(folded)
    if found is None and folded.startswith("is"):
        found = _named(folded[2:])
    return found


def _named(name: str) -> Ranges | None:
    known = _ASCII.get(name) or _category(name) or _table().get(f"script={name}")
    if known is None and len(name) > 2:
        known = _table().get(name)
    return known


def _category(name: str) -> Ranges | None:
    name = _LONG.get(name, name)
    table = _table()
    if name == "assigned":
        return complement(table["cn"])
    if name in ("lc", "l&"):
        return union(table[part] for part in ("lu", "ll", "lt"))
    if name == "ld":
        return union((*_group("l"), table["nd"]))
    if len(name) == 1 and name in "lmnpszc":
        return union(_group(name))
    return table.get(name) if len(name) == 2 else None


def _group(letter: str) -> list[Ranges]:
    return [
        ranges
        for name, ranges in _table().items()
        if len(name) == 2 and name[0] == letter
    ]


@cache
def _table() -> dict[str, Ranges]:
    """The properties of the table, by folded name, and what is unassigned."""
    table: dict[str, Ranges] = {}
    text = (files("specwright.patterns") / "unicode.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            name, *items = line.split(" ")
            table[_folded(name)] = union(map(_ranges, items))
    categories = [ranges for name, ranges in table.items() if len(name) == 2]
    table["cn"] = complement(union(categories))
    return table


def _ranges(item: str) -> Ranges:
    """``41``, ``41-5A``, or ``100-12E/2`` for every second code point."""
    span, _, step = item.partition("/")
    low, _, high = span.partition("-")
    first, last = int(low, 16), int(high or low, 16)
    if step:
        return tuple((code, code) for code in range(first, last + 1, int(step)))
    return ((first, last),)


def _folded(name: str) -> str:
    return name.strip().lower().replace("_", "").replace(" ", "").replace("-", "")
