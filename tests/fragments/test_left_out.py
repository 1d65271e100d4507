"""What can't be generated yet is left out with its reason; what stands beside it is not."""

from collections.abc import Callable
from pathlib import Path

import pytest

MAKE = Callable[..., object]
SERVICE = """
--- service.yaml
service: Things
title: Things
version: '1'
protocols: [query]
endpoint: {prefix: things}
"""
OTHER = """
--- operations/Other.yaml
input: {a: {type: Plain}}
errors: [Fine]
--- shapes.yaml
shapes:
  Plain: {type: structure, members: {a: {type: string}}}
  Money: {type: structure, members: {amount: {type: document}}}
  Fine: {type: structure, error: {fault: client}, members: {}}
  Costly: {type: structure, error: {fault: client}, members: {price: {type: Money}}}
"""


@pytest.mark.parametrize(
    ("spec", "reason"),
    [
        ("input: {a: {type: document}}", "documents in query"),
        ("input: {a: {type: Money}}", "documents in query"),
        ("output: {a: {type: list, item: {type: Money}}}", "documents in query"),
        ("errors: [Costly]", "documents in query"),
        (
            (
                "input: {t: {type: string}}\n"
                "output: {t: {type: string}, m: {type: map, key: {type: string},"
                " value: {type: string}}}\n"
                "pagination: {input_token: t, output_token: t, items: 'm.*'}"
            ),
            "pages of 'm.*', which is no path of members",
        ),
        ("unsupported: because of the moon", "because of the moon"),
    ],
)
def test_one_operation_is_left_out(
    spec: str, reason: str, generate: MAKE, tmp_path: Path
):
    made = generate(tmp_path, "part", spec + SERVICE + OTHER)
    assert list(made.left_out) == ["Do"]  # type: ignore[attr-defined]
    assert reason in made.left_out["Do"]  # type: ignore[attr-defined]
    texts = "".join(made.files.values())  # type: ignore[attr-defined]
    assert "class OtherRequest" in texts
    assert "class Plain" in texts
    assert "class Fine" in texts
    assert "Money" not in texts
    assert "Costly" not in texts


def test_nothing_is_written_where_no_operation_can_be(generate: MAKE, tmp_path: Path):
    made = generate(tmp_path, "none", "input: {a: {type: document}}" + SERVICE)
    assert made.files == {}  # type: ignore[attr-defined]
