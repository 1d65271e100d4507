"""What holds for all tests: Hypothesis draws the same wherever a test file runs."""

from hypothesis.internal.conjecture import providers

# Hypothesis mixes constants of the modules loaded so far into what it draws, so that a
# derandomized test would depend on the files that its worker happened to run before.
assert callable(providers._get_local_constants)
providers._get_local_constants = lambda: providers._local_constants
