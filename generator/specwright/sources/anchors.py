"""Whether a documented pattern is meant for the whole text, told by its own anchors."""

from __future__ import annotations

import re
from typing import Literal

_BEGINS = re.compile(r"\^|\\A")
# Each pair of backslashes is a backslash by itself: the last decides what comes behind.
_ENDS = re.compile(r"(?<!\\)(?:\\\\)*(?:\$|\\[zZ])\Z")


def match_mode(pattern: str) -> Literal["full", "search"]:
    """``search`` for a pattern that comes with an anchor at one of its ends, else ``full``.

    Models and pages mostly take ``^`` and ``$`` away from both ends of a pattern, so one
    without them means the whole text. Where they are still there they say themselves what is
    meant, and nothing may be added: ``^A|B$`` admits texts that begin with A or end with B.
    Anchors of one branch in a group, as in ``(a|^b$)``, are left from a pattern that had
    others around it.
    """
    anchored = _BEGINS.match(pattern) or _ENDS.search(pattern)
    return "search" if anchored else "full"
