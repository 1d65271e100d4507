"""A service with a sensitive value at every kind of place, in botocore's format."""

from __future__ import annotations

from typing import Any

from tests.constraints.model import listed, mapped, structure, text, union

HIDDEN: dict[str, Any] = {"sensitive": True}
SHAPES: dict[str, Any] = {
    "Text": text(),
    "Secret": text(min=1, max=3, pattern="^[a-c]+$", **HIDDEN),
    "SecretChoice": text(enum=["abc"], **HIDDEN),
    "SecretNumber": {"type": "integer", "min": 1, "max": 3, **HIDDEN},
    "SecretFraction": {"type": "double", "max": 1, **HIDDEN},
    "SecretBlob": {"type": "blob", "max": 3, **HIDDEN},
    "Secrets": listed("Secret", uniqueItems=True),
    "SecretKeys": mapped("Secret", "Small"),
    "SecretValues": mapped("Text", "Secret"),
    "SecretMap": mapped("Text", "Small", **HIDDEN),
    "SecretMaps": listed("SecretMap"),
    "Small": text(max=1),
    "Inner": structure(("needed",), needed="Small", map="SmallMap"),
    "SmallMap": mapped("Text", "Small"),
    "SecretStructure": {**structure(text="Small", inner="Inner"), **HIDDEN},
    "SecretUnion": {**union(a="Small", b="SmallMap"), **HIDDEN},
    "SecretDocument": {**structure(), "document": True, **HIDDEN},
    "Mixed": structure(secret="Secret", plain="Text"),
    "MixedMap": mapped("Text", "Mixed"),
    "Refused": {
        **structure(message="SecretText", plain="Text", hidden="SecretText"),
        "exception": True,
        "error": {"httpStatusCode": 400},
    },
    "SecretText": text(**HIDDEN),
}
BODY = {
    "choice": "SecretChoice",
    "number": "SecretNumber",
    "fraction": "SecretFraction",
    "blob": "SecretBlob",
    "list": "Secrets",
    "keys": "SecretKeys",
    "values": "SecretValues",
    "map": "SecretMap",
    "maps": "SecretMaps",
    "structure": "SecretStructure",
    "union": "SecretUnion",
    "document": "SecretDocument",
    "mixed": "Mixed",
    "mixedMap": "MixedMap",
}
BOUND = {
    "label": {"shape": "Secret", "location": "uri", "locationName": "label"},
    "query": {"shape": "Secret", "location": "querystring", "locationName": "q"},
    "header": {"shape": "Secret", "location": "header", "locationName": "x-colour"},
}
PLAIN = structure(**BODY)
WHOLE = {**PLAIN, "members": {**BOUND, **PLAIN["members"]}, "required": ["label"]}

MODEL: dict[str, Any] = {
    "version": "2.0",
    "metadata": {
        "apiVersion": "2026-01-01",
        "endpointPrefix": "secrets",
        "protocol": "rest-json",
        "serviceFullName": "Hiding",
        "serviceId": "Hiding",
        "signatureVersion": "v4",
    },
    "operations": {
        "Hide": {
            "name": "Hide",
            "http": {"method": "POST", "requestUri": "/hide/{label}"},
            "input": {"shape": "HideInput"},
            "output": {"shape": "HideOutput"},
            "errors": [{"shape": "Refused"}],
        }
    },
    "shapes": {**SHAPES, "HideInput": WHOLE, "HideOutput": PLAIN},
}
