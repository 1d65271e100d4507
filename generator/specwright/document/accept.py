"""A quick yes to the form of a spec: the published schema, turned into functions once.

The schema's own library tells what is wrong, and takes long to say that nothing is. This says
only whether there is anything to tell, for the keywords that the schema uses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeAlias

Check: TypeAlias = Callable[[object], bool]

_IGNORED = frozenset({"$schema", "$id", "$defs", "title", "description"})


def acceptor(schema: Mapping[str, object]) -> Check:
    """A function that tells whether a value is valid under the schema.

    Raises KeyError for a keyword that it does not know, so that none is overlooked.
    """
    return _Compiler(schema).check(schema)


class _Compiler:
    def __init__(self, root: Mapping[str, object]) -> None:
        self._root = root
        self._named: dict[str, Check] = {}

    def check(self, schema: object) -> Check:
        if isinstance(schema, bool):
            return lambda _: bool(schema)
        keywords = _mapping(schema)
        checks = [
            _KEYWORDS[keyword](self, keywords)
            for keyword in keywords
            if keyword not in _IGNORED and keyword not in ("then", "else")
        ]
        if len(checks) == 1:
            return checks[0]

        def every(value: object) -> bool:
            return all(check(value) for check in checks)

        return every

    def ref(self, schema: Mapping[str, object]) -> Check:
        name = str(schema["$ref"])
        if name not in self._named:
            target: object = self._root
            for step in name.removeprefix("#/").split("/"):
                target = _mapping(target)[step]
            # Schemas refer to themselves: the name has to be taken before it is done.
            self._named[name] = _never
            self._named[name] = self.check(target)
        named = self._named
        return lambda value: named[name](value)

    def properties(self, schema: Mapping[str, object]) -> Check:
        checks = {
            key: self.check(inner)
            for key, inner in _mapping(schema["properties"]).items()
        }

        def each(value: object) -> bool:
            if isinstance(value, dict):
                for key, inner in value.items():
                    if key in checks and not checks[key](inner):
                        return False
            return True

        return each

    def additional(self, schema: Mapping[str, object]) -> Check:
        known = frozenset(_mapping(schema.get("properties", {})))
        other = schema["additionalProperties"]
        if other is False:
            return lambda value: not isinstance(value, dict) or value.keys() <= known
        check = self.check(other)
        return lambda value: not isinstance(value, dict) or all(
            check(inner) for key, inner in value.items() if key not in known
        )

    def names(self, schema: Mapping[str, object]) -> Check:
        check = self.check(schema["propertyNames"])
        return lambda value: not isinstance(value, dict) or all(map(check, value))

    def items(self, schema: Mapping[str, object]) -> Check:
        check = self.check(schema["items"])
        return lambda value: not isinstance(value, list) or all(map(check, value))

    def condition(self, schema: Mapping[str, object]) -> Check:
        test = self.check(schema["if"])
        then = self.check(schema.get("then", True))
        otherwise = self.check(schema.get("else", True))
        return lambda value: then(value) if test(value) else otherwise(value)


def _never(_: object) -> bool:
    return False


def _type(_: _Compiler, schema: Mapping[str, object]) -> Check:
    stated = schema["type"]
    checks = [
        _TYPES[str(kind)] for kind in (stated if isinstance(stated, list) else [stated])
    ]
    if len(checks) == 1:
        return checks[0]
    return lambda value: any(check(value) for check in checks)


def _const(_: _Compiler, schema: Mapping[str, object]) -> Check:
    constant = schema["const"]
    return lambda value: _equal(value, constant)


def _enum(_: _Compiler, schema: Mapping[str, object]) -> Check:
    values = _list(schema["enum"])
    assert all(isinstance(value, str) for value in values)
    texts = frozenset(map(str, values))
    return lambda value: isinstance(value, str) and value in texts


def _pattern(_: _Compiler, schema: Mapping[str, object]) -> Check:
    search = re.compile(str(schema["pattern"])).search
    return lambda value: not isinstance(value, str) or search(value) is not None


def _required(_: _Compiler, schema: Mapping[str, object]) -> Check:
    keys = frozenset(map(str, _list(schema["required"])))
    return lambda value: not isinstance(value, dict) or keys <= value.keys()


def _dependent(_: _Compiler, schema: Mapping[str, object]) -> Check:
    needs = [
        (key, frozenset(map(str, _list(others))))
        for key, others in _mapping(schema["dependentRequired"]).items()
    ]
    return lambda value: not isinstance(value, dict) or all(
        key not in value or others <= value.keys() for key, others in needs
    )


def _limit(
    keyword: str, measure: Callable[[object], int | float | Decimal | None], sign: int
) -> Callable[[_Compiler, Mapping[str, object]], Check]:
    """A keyword that limits a measure from below, or with a negative sign from above."""

    def compiled(_: _Compiler, schema: Mapping[str, object]) -> Check:
        limit = schema[keyword]
        assert isinstance(limit, int)

        def within(value: object) -> bool:
            measured = measure(value)
            return measured is None or (measured - limit) * sign >= 0

        return within

    return compiled


def _number(value: object) -> int | float | Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    return value


def _items(value: object) -> int | None:
    return len(value) if isinstance(value, list) else None


def _characters(value: object) -> int | None:
    return len(value) if isinstance(value, str) else None


def _pairs(value: object) -> int | None:
    return len(value) if isinstance(value, dict) else None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _is_whole(value: object) -> bool:
    if isinstance(value, float):
        return value.is_integer()
    return isinstance(value, int) and not isinstance(value, bool)


def _equal(value: object, constant: object) -> bool:
    return value == constant and isinstance(value, bool) == isinstance(constant, bool)


def _mapping(value: object) -> Mapping[str, object]:
    assert isinstance(value, dict)
    return value


def _list(value: object) -> list[object]:
    assert isinstance(value, list)
    return value


_TYPES: Mapping[str, Check] = {
    "array": lambda value: isinstance(value, list),
    "boolean": lambda value: isinstance(value, bool),
    "integer": _is_whole,
    "null": lambda value: value is None,
    "number": _is_number,
    "object": lambda value: isinstance(value, dict),
    "string": lambda value: isinstance(value, str),
}
_KEYWORDS: Mapping[str, Callable[[_Compiler, Mapping[str, object]], Check]] = {
    "$ref": _Compiler.ref,
    "additionalProperties": _Compiler.additional,
    "const": _const,
    "dependentRequired": _dependent,
    "enum": _enum,
    "if": _Compiler.condition,
    "items": _Compiler.items,
    "maxItems": _limit("maxItems", _items, -1),
    "maxLength": _limit("maxLength", _characters, -1),
    "maxProperties": _limit("maxProperties", _pairs, -1),
    "maximum": _limit("maximum", _number, -1),
    "minItems": _limit("minItems", _items, 1),
    "minLength": _limit("minLength", _characters, 1),
    "minProperties": _limit("minProperties", _pairs, 1),
    "minimum": _limit("minimum", _number, 1),
    "pattern": _pattern,
    "properties": _Compiler.properties,
    "propertyNames": _Compiler.names,
    "required": _required,
    "type": _type,
}
