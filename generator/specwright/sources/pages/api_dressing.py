"""Takes away what programs put around the headings, names and facts of API Reference pages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from specwright.sources.pages.api_mending import WORDS
from specwright.sources.pages.text import Page

_HEADINGS = (
    *("Request Syntax", "URI Request Parameters", "Request Parameters", "Request Body"),
    *("Response Syntax", "Response Elements", "Errors", "Examples", "See Also"),
)
_CANONICAL = {heading.casefold(): heading for heading in _HEADINGS}
_LINK_TO_ITSELF = r"(?:[ ]*(?:\[[^\[\]\n]{0,20}\]\([^()\n]{0,200}\)|[\u00b6\u00a7#:]))*"
_HEADING = re.compile(
    rf"[ ]*(?:#{{1,6}}[ ]*)?(?:\*\*|__)?[ ]*(?P<words>{'|'.join(_HEADINGS)})[ ]*(?:\*\*|__)?"
    rf"{_LINK_TO_ITSELF}[ ]*$",
    re.IGNORECASE,
)
_MARK = r"(?:\*\*|__|\*|_|`)"
_FACT = re.compile(
    rf"(?P<before>[ ]*(?:[-*+\u2022][ ]+)?){_MARK}?[ ]*(?P<word>{'|'.join(WORDS)})[ ]*"
    rf"(?:{_MARK}[ ]*:|:[ ]*{_MARK}(?=[ ]|$)|:)[ ]*"
)
_EMPHASISED = re.compile(r"(?P<marks>\*\*|\*|__|_)(?P<value>[^\s].*?)(?P=marks)[ ]*$")
_NUMBERED = re.compile(r"[ ]*[0-9]{1,3}[.)][ ]+(?P<name>[A-Za-z$@][\w.$@/-]*)[ ]*$")
_FEWEST_NUMBERED = 3
_HASHES = re.compile(r"[ ]*#{1,6}[ ]+(?P<words>.*?)(?:[ ]+#+)?[ ]*$")
_QUOTE = re.compile(r"[ ]?>[ ]?")
_QUOTED_SHARE = 0.8
_CURLY = re.compile("[\u201c\u201d]")
_CURLY_VALUE = re.compile(
    "\u201c(?:string|[A-Za-z]\\w*)\u201d[ ]?:|: \u201cstring\u201d"
)
_ENTITY_USED = re.compile(r"&quot;\w+&quot;\s*:|&lt;\?xml|=\w+&amp;\w[\w.-]*=")
_ENTITY = re.compile("&(?:quot|lt|gt|amp|#39|#x27);")
_CHARACTERS = {
    "&quot;": '"',
    "&lt;": "<",
    "&gt;": ">",
    "&amp;": "&",
    "&#39;": "'",
    "&#x27;": "'",
}


def undressed(page: Page) -> Page:
    """The page with plain headings, names and facts; every line stays where it is."""
    lines = _unquoted(page.lines)
    if _CURLY_VALUE.search(page.text) is not None:
        lines = [_CURLY.sub('"', line) for line in lines]
    if _ENTITY_USED.search(page.text) is not None:
        lines = [_ENTITY.sub(lambda one: _CHARACTERS[one[0]], line) for line in lines]
    lines = [_plain(line) for line in lines]
    numbered = {
        n: found for n, line in enumerate(lines) if (found := _NUMBERED.match(line))
    }
    if len(numbered) >= _FEWEST_NUMBERED:
        lines = [
            numbered[n]["name"] if n in numbered else line
            for n, line in enumerate(lines)
        ]
    return Page(page.name, lines, page.numbers)


def _unquoted(lines: Sequence[str]) -> Sequence[str]:
    """Lines of a quotation without its mark."""
    filled = [line for line in lines if line.strip()]
    quoted = sum(_QUOTE.match(line) is not None for line in filled)
    if quoted < _QUOTED_SHARE * len(filled):
        return lines
    return [_QUOTE.sub("", line, count=1) for line in lines]


def _plain(line: str) -> str:
    plain = line.lstrip(" ")
    if len(line) < 200 and (heading := _HEADING.match(plain)) is not None:
        words = heading["words"]
        # In the middle of a sentence there can be a line with one of these words.
        if words[0].isupper() and (" " in words or not words.islower()):
            return _CANONICAL[words.casefold()]
    if (fact := _FACT.match(plain)) is not None:
        value = plain[fact.end() :]
        found = _EMPHASISED.match(value)
        # No pattern begins with a star, and some do with a line.
        star = found is not None and found["marks"][0] == "*"
        if found is not None and (star or not fact["word"].endswith("Pattern")):
            value = found["value"]
        indent = line[: len(line) - len(plain)]
        return f"{indent}{fact['before']}{fact['word']}: {value}".rstrip()
    if plain[:1] == "#" and (found := _HASHES.match(plain)) is not None:
        return found["words"]
    return line
