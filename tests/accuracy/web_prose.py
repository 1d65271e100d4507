"""Prose of botocore's models as web pages have it, and the facts at the end of an entry."""

from __future__ import annotations

import html
import re

from botocore.model import Shape


def prose(documentation: str | None) -> str:
    """The HTML of a description, as the web site writes it."""
    text = " ".join((documentation or "").split())
    text = re.sub("<fullname>.*?</fullname>", "", text)
    text = text.replace("<code>", '<code class="code">')
    text = re.sub(r"<(note|important)>(.*?)</\1>", _note, text)
    text = text.replace("<ul>", '<div class="itemizedlist">\n<ul>').replace(
        "</ul>", "</ul></div>"
    )
    return f"<p>{text}</p>" if text and not text.startswith("<") else text


def _note(found: re.Match[str]) -> str:
    title = found[1].capitalize()
    return f'<div class="awsdocs-note"><h6>{title}</h6><div>{found[2]}</div></div>'


def words(shape: Shape, inside: str = "") -> str:
    """A type in words; ``inside`` is "one" or "many" within another type."""
    kind = shape.type_name
    plural = "s" if inside == "many" else ""
    if getattr(shape, "is_document_type", False):
        return "JSON value"
    if kind == "structure":
        return f'<a href="./API_{shape.name}.html">{shape.name}</a> object{plural}'
    if kind == "list":
        word = {"": "Array", "one": "array", "many": "arrays"}[inside]
        return f"{word} of {words(shape.member, 'many')}"
    if kind == "map":
        word = "string" if inside else "String"
        return f"{word} to {words(shape.value, 'one')} map{plural}"
    if kind == "blob":
        return f"Base64-encoded binary data object{plural}"
    word = "string" if kind == "character" else kind
    return word + plural if inside else word.capitalize()


def _limit(title: str, shape: Shape, what: str, unit: str = "") -> list[str]:
    low, high = shape.metadata.get("min"), shape.metadata.get("max")
    if low is None and high is None:
        return []
    if low == high:
        return [f"{title}: Fixed {what} of {low}{unit and _counted(low, unit)}."]
    parts = [
        f"{word} {what} of {end}{unit and _counted(end, unit)}."
        for word, end in (("Minimum", low), ("Maximum", high))
        if end is not None
    ]
    return [f"{title}: {' '.join(parts)}"]


def _counted(count: int, unit: str) -> str:
    return f" {unit}" if count == 1 else f" {unit}s"


def _code(text: str) -> str:
    return f'<code class="code">{html.escape(text, quote=False)}</code>'


def facts_of_entry(shape: Shape, *, typed: bool, required: bool | None) -> list[str]:
    """The last lines of an entry; ``required`` is None where lists don't say it."""
    rows = [f"Type: {words(shape)}"] if typed else []
    target = shape
    if shape.type_name == "list":
        rows += _limit("Array Members", shape, "number", "item")
        while target.type_name == "list":
            target = target.member
    elif shape.type_name == "map":
        rows += _map(shape)
    if target.type_name in ("string", "blob"):
        rows += _limit("Length Constraints", target, "length")
        if "pattern" in target.metadata:
            rows.append("Pattern: " + _code(target.metadata["pattern"]))
        if target.type_name == "string" and target.enum:
            rows.append(
                "Valid Values: " + _code(" | ".join(dict.fromkeys(target.enum)))
            )
    elif target.type_name in ("integer", "long", "float", "double"):
        rows += _limit("Valid Range", target, "value")
    if getattr(shape, "is_tagged_union", False) and typed:
        rows.append(
            "Note: This object is a Union. Only one member of this object can be specified or returned."
        )
    if required is not None and (typed or required):
        rows.append(f"Required: {'Yes' if required else 'No'}")
    return rows


def _map(shape: Shape) -> list[str]:
    rows = _limit("Map Entries", shape, "number", "item")
    for side, part in (("Key", shape.key), ("Value", shape.value)):
        if part.type_name != "string":
            continue
        rows += [
            f"{side} {row}" for row in _limit("Length Constraints", part, "length")
        ]
        if "pattern" in part.metadata:
            rows.append(f"{side} Pattern: " + _code(part.metadata["pattern"]))
        if side == "Key" and part.enum:
            rows.append("Valid Keys: " + _code(" | ".join(dict.fromkeys(part.enum))))
    return rows
