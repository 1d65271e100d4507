"""The form of specs: JSON Schema, its errors told as findings in a file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import islice

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from specwright.diagnostics import Diagnostic, Position, closest
from specwright.document.accept import Check, acceptor
from specwright.document.compose import MAX_FINDINGS, Document, Path

_KINDS = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "null": "null",
    "number": "a number",
    "object": "a mapping",
    "string": "a text",
}
_KEY_HINTS = {
    "match": "write 'match: full' or 'match: search' beside the pattern",
    "pattern": "'match' says how a pattern is applied: write one, or remove 'match'",
    "type": "write a built-in type or the name of a shape",
    "http": "write 'http: {method: …, path: …}'; the page or model of the operation says which",
    "specwright": "a spec begins with 'specwright: 1'",
    "shapes": "a file has 'service', 'operation' or 'shapes'",
}
_PATTERN_HINTS = {
    "path": "a path begins with '/'",
    "prefix": "a host has letters, digits, '-' and '.'",
    **dict.fromkeys(
        ("version", "signing_name", "target_prefix"),
        "write it with letters, digits and signs of ASCII, without spaces and quotes",
    ),
    "service": "a service id has letters, digits, spaces, '_' and '-', and begins with a letter",
}
_COMPLETE = "complete it with 'ingest PAGE --complete-from botocore'"
_NAME_HINT = "such a name has letters, digits and '_', and does not begin with a digit"
_MAX_SHOWN = 60


def schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of spec files."""
    text = files("specwright.document").joinpath("schema.json").read_text("utf-8")
    loaded = json.loads(text)
    assert isinstance(loaded, dict)
    return loaded


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(schema())


@cache
def _accepts() -> Check:
    return acceptor(schema())


def check_form(document: Document) -> list[Diagnostic]:
    """What is wrong with the form of a document, up to MAX_FINDINGS; nothing of its meaning."""
    if _accepts()(document.data):
        return []
    errors = _validator().iter_errors(document.data)
    found = (finding for error in errors for finding in _findings(error, document))
    return list(islice(found, MAX_FINDINGS))


def _findings(error: ValidationError, document: Document) -> Iterator[Diagnostic]:
    path = tuple(error.absolute_path)
    where = document.at(path)
    # Under 'false' as a schema there is no keyword that failed.
    keyword = str(error.validator) if error.validator else "false"
    match keyword:
        case "additionalProperties":
            yield from _unknown_keys(error, document, path)
        case "required":
            yield from _missing_keys(error, document, path)
        case "dependentRequired":
            yield from _missing_companions(error, document, path)
        case "type":
            yield _wrong_type(error, where)
        case "enum" | "const":
            yield _unknown_value(error, where)
        case "false":
            yield Diagnostic(
                "conflicting-keys",
                "a member has 'type' or 'ref', not both",
                document.at_key((*path, "type")),
                "'ref' is for shapes that are named like a built-in type",
            )
        case _ if isinstance(error.instance, str) and _about_key(document, path):
            yield _bad_name(error, document.at_key((*path, error.instance)))
        case _:
            yield _bad_value(error, path, where)


def _unknown_keys(
    error: ValidationError, document: Document, path: Path
) -> Iterator[Diagnostic]:
    known = list(_mapping(_mapping(error.schema).get("properties")))
    for key in _mapping(error.instance):
        if key not in known:
            hint = closest(key, known) or _listing(known)
            at = document.at_key((*path, key))
            yield Diagnostic("unknown-key", f"'{_short(key)}' is no key here", at, hint)


def _missing_keys(
    error: ValidationError, document: Document, path: Path
) -> Iterator[Diagnostic]:
    # The library reports each missing key by itself, and names it in the message only.
    instance = _mapping(error.instance)
    for key in _texts(error.validator_value):
        if key not in instance and error.message.startswith(repr(key)):
            yield Diagnostic(
                "missing-key",
                f"'{key}' is missing",
                document.at_key(path),
                _hint(key, error.schema, instance),
            )


def _hint(key: str, schema: object, instance: Mapping[str, object]) -> str | None:
    """How a key that is missing gets in; for a spec that pages gave, which page has it."""
    if key == "http" and "sources" in instance:
        return (
            "ingest the operation's page of the API Reference or of Dart's aws_client as well, "
            f"or {_COMPLETE}"
        )
    hint = _KEY_HINTS.get(key) or _purpose(schema, key)
    if hint is not None and "service" in instance and "specwright" in instance:
        return f"{hint}; or {_COMPLETE}"
    return hint


def _purpose(schema: object, key: str) -> str | None:
    """What a key is for, as the JSON Schema tells it."""
    described = _mapping(_mapping(_mapping(schema).get("properties")).get(key))
    text = str(described.get("description", "")).rstrip(".")
    return f"write '{key}': {text[0].lower()}{text[1:]}" if text else None


def _missing_companions(
    error: ValidationError, document: Document, path: Path
) -> Iterator[Diagnostic]:
    instance = _mapping(error.instance)
    for key, companions in _mapping(error.validator_value).items():
        for companion in _texts(companions):
            if key in instance and companion not in instance:
                yield Diagnostic(
                    "missing-key",
                    f"'{key}' stands without '{companion}'",
                    document.at_key((*path, key)),
                    _KEY_HINTS.get(companion),
                )


def _wrong_type(error: ValidationError, where: Position) -> Diagnostic:
    kinds = _texts(error.validator_value)
    hint = None
    if kinds == ["string"] and not isinstance(error.instance, dict | list | None):
        hint = "quote it, so that it is a text"
    elif kinds == ["array"]:
        hint = "write a list: [a, b]"
    elif kinds == ["object"]:
        hint = "write a mapping: {key: value}"
    expected = " or ".join(_KINDS[kind] for kind in kinds)
    message = f"this is {_shown(error.instance)}, and should be {expected}"
    return Diagnostic("wrong-type", message, where, hint)


def _unknown_value(error: ValidationError, where: Position) -> Diagnostic:
    if error.validator == "const":
        wanted = _shown(error.validator_value)
        message = f"this is {_shown(error.instance)}, and should be {wanted}"
        return Diagnostic("bad-value", message, where)
    known = _texts(error.validator_value)
    hint = None
    if isinstance(error.instance, str):
        hint = closest(error.instance, known)
    message = f"{_shown(error.instance)} is not one of the values that can stand here"
    return Diagnostic("bad-value", message, where, hint or _listing(known))


def _about_key(document: Document, path: Path) -> bool:
    """True where the error is about the key of a mapping: the path leads to the mapping then."""
    value: object = document.data
    for step in path:
        if isinstance(value, dict | list):
            value = value[step]  # type: ignore[index]
    return isinstance(value, dict)


def _bad_name(error: ValidationError, where: Position) -> Diagnostic:
    name = _short(str(error.instance))
    match error.validator:
        case "maxLength":
            return Diagnostic(
                "bad-name",
                f"the name '{name}' has over {error.validator_value} characters",
                where,
            )
        case "minLength":
            return Diagnostic("bad-name", "a name can't be empty", where)
        case _:
            title = str(_mapping(error.schema).get("title", ""))
            hint = (
                "a name has no control characters" if "member" in title else _NAME_HINT
            )
            return Diagnostic("bad-name", f"'{name}' can't be a name here", where, hint)


def _bad_value(error: ValidationError, path: Path, where: Position) -> Diagnostic:
    limit = error.validator_value
    shown = _shown(error.instance)
    key = str(path[-1]) if path else ""
    match error.validator:
        case "pattern":
            return Diagnostic(
                "bad-value",
                f"{shown} can't stand here",
                where,
                _PATTERN_HINTS.get(key, _NAME_HINT),
            )
        case "minimum":
            return Diagnostic("bad-value", f"{shown} is below {limit}", where)
        case "maximum":
            return Diagnostic("bad-value", f"{shown} is above {limit}", where)
        case "minLength":
            return Diagnostic("bad-value", "this text can't be empty", where)
        case "maxLength":
            return Diagnostic(
                "bad-value", f"this text has over {limit} characters", where
            )
        case "minItems" | "maxItems" if limit == 2:
            hint = "write both ends, and null for no limit: [1, null]"
            return Diagnostic("bad-value", "an interval has two ends", where, hint)
        case "minItems" | "minProperties":
            return Diagnostic("bad-value", "this can't be empty", where)
        case _:
            return Diagnostic("bad-value", f"{shown} can't stand here", where)


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _texts(value: object) -> list[str]:
    """A keyword's texts, whether it has one or a list of them."""
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


def _listing(known: Iterable[str]) -> str:
    return "one of: " + ", ".join(known)


def _short(text: str) -> str:
    return text if len(text) <= _MAX_SHOWN else text[: _MAX_SHOWN - 1] + "…"


def _shown(value: object) -> str:
    """A value in a message: itself where it is short, else what kind it is."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return f"'{_short(value)}'"
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case _:
            return _short(str(value))
