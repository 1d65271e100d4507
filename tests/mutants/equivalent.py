"""Mutants that no test can kill, since they behave as the original does, with the reason."""

from __future__ import annotations

EQUIVALENT: dict[str, str] = {
    "_runtime/validation.py: if modes:: a condition always holds": (
        "without modes no kind is off, as if nothing were said"
    ),
    "_runtime/validation.py: if not found:: a condition never holds": (
        "where nothing is found, nothing is warned of or raised further down"
    ),
    "_runtime/validation.py: return False: nothing is returned": (
        "whoever asks a test takes nothing for no"
    ),
    "_runtime/validation.py: if not made:: a condition always holds": (
        "the check is made anew each time, and the first one is used"
    ),
    "_runtime/validation.py: if not classes:: a condition always holds": (
        "the class is found anew each time, and the first one is used"
    ),
    "_runtime/unique_lists.py: return None: nothing is returned": ("nothing is None"),
    "_runtime/unique_lists.py: if not shown or 0 <= exponent <= 1_000:: a number is one "
    "more": (
        "up to which size decimals are compared as whole numbers is nobody's promise, and "
        "the other bound is held by decimals that are equal to integers"
    ),
    "_runtime/maps.py: if self.length is not None:: a condition always holds": (
        "a rule without bounds holds for every map"
    ),
    "_runtime/int_enums.py: if self.range is not None:: a condition always holds": (
        "a rule without bounds holds for every number"
    ),
    "_runtime/big_decimals.py: return None: nothing is returned": "nothing is None",
    "_runtime/documents.py: return None: nothing is returned": "nothing is None",
}
