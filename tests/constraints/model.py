"""A service with every kind of constraint, as a model in botocore's format would have it."""

from __future__ import annotations

from typing import Any

LETTERS = "^[a-m]+$"
SLOW = "^([0-9]+)+$"
LATER: dict[str, Any] = {"pattern": "^[g-m]+$"}


def text(**more: Any) -> dict[str, Any]:
    return {"type": "string", **more}


def listed(item: str, **more: Any) -> dict[str, Any]:
    return {"type": "list", "member": {"shape": item}, **more}


def mapped(key: str, value: str, **more: Any) -> dict[str, Any]:
    parts = {"key": {"shape": key}, "value": {"shape": value}}
    return {"type": "map", **parts, **more}


def structure(required: tuple[str, ...] = (), **members: str) -> dict[str, Any]:
    told = {name: {"shape": shape} for name, shape in members.items()}
    return {"type": "structure", "members": told, "required": list(required)}


def union(**members: str) -> dict[str, Any]:
    return {**structure(**members), "union": True}


NUMBERS = ("byte", "short", "integer", "long", "float", "double", "biginteger")
ITEMS = {
    "string": "Text",
    "bool": "Bool",
    "blob": "Blob",
    "time": "Time",
    "httpTime": "HttpTime",
    "enum": "Choice",
    "nested": "Texts",
    "structure": "Pair",
    "union": "Either",
    **{name: name.capitalize() for name in NUMBERS},
    "bigdecimal": "Bigdecimal",
}

SHAPES: dict[str, Any] = {
    "Text": text(),
    "Bool": {"type": "boolean"},
    "Blob": {"type": "blob"},
    "Time": {"type": "timestamp"},
    "HttpTime": {"type": "timestamp", "timestampFormat": "rfc822"},
    "Choice": text(enum=["abc", "def"]),
    "Reversed": text(enum=["def", "abc"]),
    "Texts": listed("Text"),
    "Pair": structure(a="Text", b="Double"),
    "Either": union(first="Text", second="Integer"),
    **{name.capitalize(): {"type": name} for name in (*NUMBERS, "bigdecimal")},
    # Lengths.
    "Sized": text(min=2, max=8),
    "SizedBlob": {"type": "blob", "min": 2, "max": 8},
    "SizedList": listed("Text", min=2, max=8),
    "SizedMap": mapped("Text", "Text", min=2, max=8),
    "AtLeast": text(min=2),
    "AtMost": text(max=8),
    "SizedTexts": listed("Sized"),
    "SizedKeys": mapped("Sized", "Text"),
    "SizedValues": mapped("Text", "Sized"),
    # Patterns.
    "Letters": text(pattern=LETTERS),
    "Slow": text(pattern=SLOW),
    "Whole": text(pattern="[a-m]+"),
    "LettersList": listed("Letters"),
    "LetterKeys": mapped("Letters", "Text"),
    "LetterValues": mapped("Text", "Letters"),
    "LettersUnion": union(first="Letters", second="Sized"),
    "OwnItems": {"type": "list", "member": {"shape": "Letters", **LATER}},
    "OwnPairs": {
        "type": "map",
        "key": {"shape": "Letters", **LATER},
        "value": {"shape": "Letters", **LATER},
    },
    "OwnUnion": {
        "type": "structure",
        "union": True,
        "members": {
            "first": {"shape": "Letters", **LATER},
            "second": {"shape": "Text"},
        },
    },
    # Ranges.
    **{
        f"In{name.capitalize()}": {"type": name, "min": 2, "max": 8} for name in NUMBERS
    },
    "Positive": {"type": "integer", "min": 2},
    "Small": {"type": "integer", "max": 8},
    "Huge": {"type": "biginteger", "max": 10**30},
    "Fraction": {"type": "double", "min": 0.25, "max": 1e3},
    "Tiny": {"type": "double", "min": 1e-7, "max": 1e22},
    # Enums.
    "Choices": listed("Choice"),
    "ChoiceKeys": mapped("Choice", "Text"),
    "ChoiceValues": mapped("Text", "Choice"),
    "ChoiceUnion": union(first="Choice", second="Text"),
    # Unique items.
    **{f"Unique{name}": listed(item, uniqueItems=True) for name, item in ITEMS.items()},
    # Recursion.
    "Tree": union(leaf="Letters", tree="Node"),
    "Node": structure(("union",), union="Tree", named="Nodes"),
    "Nodes": mapped("Text", "Node"),
    # What has to be there.
    "Needed": structure(("value",), value="Text"),
    "NeededList": listed("Needed"),
    "NeededMap": mapped("Text", "Needed"),
}


def members(**shapes: Any) -> dict[str, Any]:
    """An input; a shape may be a pair with what the member says itself."""
    told: dict[str, Any] = {}
    for name, shape in shapes.items():
        target, own = shape if isinstance(shape, tuple) else (shape, {})
        told[name] = {"shape": target, **own}
    return {"type": "structure", "members": told}


INPUTS: dict[str, dict[str, Any]] = {
    "Length": members(
        string="Sized",
        blob="SizedBlob",
        list="SizedList",
        map="SizedMap",
        atLeast="AtLeast",
        atMost="AtMost",
        texts="SizedTexts",
        keys="SizedKeys",
        values="SizedValues",
        override=("Sized", {"min": 4, "max": 6}),
    ),
    "Pattern": members(
        string="Letters",
        slow="Slow",
        whole="Whole",
        list="LettersList",
        keys="LetterKeys",
        values="LetterValues",
        union="LettersUnion",
        override=("Letters", {"pattern": "^[g-m]+$"}),
    ),
    "Range": members(
        **{name: f"In{name.capitalize()}" for name in NUMBERS},
        min="Positive",
        max="Small",
        huge="Huge",
        fraction="Fraction",
        tiny="Tiny",
        override=("InInteger", {"min": 4, "max": 6}),
    ),
    "Enum": members(
        string="Choice",
        reversed="Reversed",
        list="Choices",
        keys="ChoiceKeys",
        values="ChoiceValues",
        union="ChoiceUnion",
    ),
    "Unique": members(**{name: f"Unique{name}" for name in ITEMS}),
    "Overridden": {
        **members(
            blob=("SizedBlob", {"min": 4, "max": 6}),
            list=("SizedList", {"min": 4, "max": 6}),
            map=("SizedMap", {"min": 4, "max": 6}),
            least=("AtLeast", {"min": 4}),
            most=("AtMost", {"max": 6}),
            double=("InDouble", {"min": 4, "max": 6}),
            low=("Positive", {"min": 4}),
            high=("Small", {"max": 6}),
            items="OwnItems",
            pairs="OwnPairs",
            union="OwnUnion",
        )
    },
    "Required": {
        **members(
            string="Text",
            nested="Needed",
            list="NeededList",
            map="NeededMap",
            many="Texts",
        ),
        "required": ["string"],
    },
    "Recursive": members(union="Tree"),
    "Types": members(
        **{name: name.capitalize() for name in NUMBERS},
        bool="Bool",
        string="Text",
        blob="Blob",
        time="Time",
        list="Texts",
        map="LetterValues",
        structure="Pair",
        union="Either",
    ),
    "Names": members(**{"a/b~c": "Sized", "map": "SizedValues", "nodes": "Nodes"}),
    "Many": members(second="Sized", first="InInteger", map="LetterKeys"),
}

MODEL: dict[str, Any] = {
    "version": "2.0",
    "metadata": {
        "apiVersion": "2026-01-01",
        "endpointPrefix": "constrained",
        "jsonVersion": "1.1",
        "protocol": "json",
        "serviceFullName": "Constrained",
        "serviceId": "Constrained",
        "signatureVersion": "v4",
        "targetPrefix": "Constrained",
    },
    "operations": {
        name: {
            "name": name,
            "http": {"method": "POST", "requestUri": "/"},
            "input": {"shape": f"{name}Input"},
        }
        for name in INPUTS
    },
    "shapes": {**SHAPES, **{f"{name}Input": told for name, told in INPUTS.items()}},
}
