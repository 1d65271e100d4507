"""Identifiers from the names of a spec: one rule, and a stable answer to every collision.

Members, methods, modules: snake_case, where a word is a run of capitals (``KMS``), a
capitalised or lower-case run (``Key``, ``key``), or digits; digits stay with the word before
them. Classes: the spec's name with its first letter capitalised. Characters that ASCII
identifiers can't have become ``_`` when they separate, and ``u`` with their code in hex when
they are letters. A reserved word gets an underscore at its end; of names that come out equal the
first in the spec's order keeps it and the next get ``_2``, ``_3``, ….
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from specwright.python.reserved import DEVICES, KEYWORDS

WORDS = re.compile(
    r"""
    IPv[46]s?(?![a-z])          # the one pair of words in which capitals and digits mix so
    | [A-Z]{2,}s(?![a-z])       # ARNs, IDs
    | [A-Z]+(?![a-z])[0-9]*     # KMS, S3, EC2
    | [A-Z]?[a-z]+[0-9]*        # Key, key, sha256
    | [0-9]+
    """,
    re.VERBOSE,
)


def ascii_text(text: str) -> str:
    """The text with every character that ASCII identifiers can't have replaced."""
    if text.isascii() and text.isalnum():
        return text
    return "".join(
        (
            c
            if c.isascii() and (c.isalnum() or c == "_")
            else (f"u{ord(c):04x}" if c.isalnum() else "_")
        )
        for c in text
    )


def snake_case(name: str) -> str:
    """The snake_case of a name, without regard to reserved words."""
    snake = "_".join(WORDS.findall(ascii_text(name))).lower() or "empty"
    return f"n{snake}" if snake[0].isdigit() else snake


def class_name(name: str) -> str:
    """The class name of a shape or an operation, without regard to reserved words."""
    parts = [part for part in ascii_text(name).split("_") if part]
    joined = "_".join(parts) or "Empty"
    joined = joined[0].upper() + joined[1:]
    return f"N{joined}" if joined[0].isdigit() else joined


def allocate(
    names: Iterable[str], identifiers: Iterable[str], reserved: Collection[str]
) -> dict[str, str]:
    """An identifier for each name: the one wished for, changed where it isn't free.

    Identifiers differ even where case is folded, since they name files too.
    """
    taken: set[str] = set()
    found: dict[str, str] = {}
    for name, wish in zip(names, identifiers, strict=True):
        base = f"{wish}_" if wish in reserved or wish in KEYWORDS else wish
        chosen, count = base, 1
        while chosen.casefold() in taken or (chosen in reserved and chosen != base):
            count += 1
            chosen = f"{wish}_{count}"
        taken.add(chosen.casefold())
        found[name] = chosen
    return found


def snake_names(names: Iterable[str], reserved: Collection[str]) -> dict[str, str]:
    """Identifiers in snake_case for the names, each different from the others."""
    listed = list(names)
    return allocate(listed, [snake_case(name) for name in listed], reserved)


def class_names(names: Iterable[str], reserved: Collection[str]) -> dict[str, str]:
    """Class names for the names, each different from the others."""
    listed = list(names)
    return allocate(listed, [class_name(name) for name in listed], reserved)


def service_class(service_id: str) -> str:
    """The word in a service's class names: ``BedrockRuntime`` from "Bedrock Runtime"."""
    words = re.split(r"[^A-Za-z0-9]+", service_id)
    return class_name("".join(word[:1].upper() + word[1:] for word in words))


def service_package(service_id: str) -> str:
    """The package of a service: ``bedrock_runtime`` from "Bedrock Runtime"."""
    words = [word for word in re.split(r"[^A-Za-z0-9]+", service_id) if word]
    package = "_".join(words).lower() or "service"
    package = f"n{package}" if package[0].isdigit() else package
    return f"{package}_" if package in KEYWORDS | DEVICES else package
