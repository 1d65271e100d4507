"""Whatever stands in the files, loading answers with findings: it never fails or hangs."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings, strategies as st

from specwright.diagnostics import has_errors
from specwright.document import format_spec
from specwright.resolve import load_service

SPECS = Path(__file__).parents[3] / "specs"
FILES = {
    path.relative_to(SPECS / "bedrock").as_posix(): path.read_text("utf-8")
    for path in sorted((SPECS / "bedrock").rglob("*.yaml"))
}
WORDS = sorted(
    {
        word
        for text in FILES.values()
        for word in text.replace(":", " ").split()
        if word.isalpha()
    }
)
junk = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.sampled_from([*WORDS, "", "{", "S", "hand"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from([*WORDS, "x"]), inner, max_size=3),
    max_leaves=6,
)


def load(files: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        service, findings = load_service(Path(folder), "s")
    assert (service is None) == has_errors(findings)
    assert all(
        str(finding).isprintable() or "\n" in str(finding) for finding in findings
    )


def places(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    found = [way] if way else []
    for key, part in inner:
        found += (
            places(part, (*way, key))
            if isinstance(part, dict | list)
            else [(*way, key)]
        )
    return found


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_value_may_be_replaced_or_removed(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(FILES)))
    spec = yaml.safe_load(FILES[name])
    for _ in range(data.draw(st.integers(1, 3))):
        way = data.draw(st.sampled_from(places(spec)))
        around = spec
        for step in way[:-1]:
            around = around[step]
        if data.draw(st.booleans()):
            around[way[-1]] = data.draw(junk)
        else:
            del around[way[-1]]
        if not places(spec):
            break
    load({**FILES, name: format_spec(spec)})


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(sorted(FILES)),
    st.lists(
        st.tuples(st.integers(0, 3000), st.integers(0, 9), st.text(max_size=5)),
        max_size=4,
    ),
)
def test_any_text_may_be_cut_and_filled(
    name: str, cuts: list[tuple[int, int, str]]
) -> None:
    text = FILES[name]
    for start, length, put in cuts:
        text = text[:start] + put + text[start + length :]
    load({**FILES, name: text.encode("utf-8", "replace").decode()})


@pytest.mark.parametrize("count", [3_000])
def test_many_mistakes_do_not_take_long(count: int) -> None:
    members = "".join(
        f"  m{n}: {{type: Nothing{n}, lenght: [1, 2]}}\n" for n in range(count)
    )
    shapes = "".join(f"  Thing{n}: {{type: string}}\n" for n in range(count))
    do = f"specwright: 1\noperation: Do\nhttp: {{method: POST, path: /}}\ninput:\n{members}shapes:\n{shapes}"
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "operations").mkdir()
        Path(folder, "operations", "Do.yaml").write_text(do)
        _, findings = load_service(Path(folder), "s")
    # Closest names are looked for a hundred times at most; that is what would take long.
    assert sum("did you mean" in (f.hint or "") for f in findings) < 300
    assert sum(f.code == "unknown-shape" for f in findings) == count


def test_a_long_chain_of_required_shapes_is_followed() -> None:
    count = 3_000
    shapes = "".join(
        f"  S{n}: {{type: structure, members: {{a: {{type: S{n + 1}, required: true}}}}}}\n"
        for n in range(count)
    )
    do = "specwright: 1\noperation: Do\nhttp: {method: POST, path: /}\ninput: {a: {type: S0}}\n"
    for last, code in (("S0", "endless-recursion"), ("string", "missing-file")):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "operations").mkdir()
            end = f"  S{count}: {{type: structure, members: {{a: {{type: {last}, required: true}}}}}}\n"
            Path(folder, "operations", "Do.yaml").write_text(
                do + "shapes:\n" + shapes + end
            )
            _, findings = load_service(Path(folder), "s")
        assert findings[0].code == code
