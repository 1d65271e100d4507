"""Clients stay small enough to be kept in the repositories of their users."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Of five operations of two services: clients, runtime and manifest.
MOST_BYTES = 250_000


def test_five_operations_are_small() -> None:
    files = [
        path
        for path in (ROOT / "generated").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]
    assert len(list((ROOT / "specs").glob("*/operations/*.yaml"))) == 5
    assert len(files) > 50
    assert sum(path.stat().st_size for path in files) < MOST_BYTES
