"""Patterns of specs: read in their own dialects, normalised, judged, and made into samples."""

from specwright.patterns.analysis import Analysis, analyse
from specwright.patterns.problems import PatternProblem
from specwright.patterns.sampling import differing, matcher, sample
from specwright.runtime.look_arounds import LookMatcher as Matcher

__all__ = [
    "Analysis",
    "Matcher",
    "PatternProblem",
    "analyse",
    "differing",
    "matcher",
    "sample",
]
