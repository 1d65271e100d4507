"""The manifest survives a round trip, and garbage in its place is told, not raised."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from specwright.output.manifest import (
    MANIFEST,
    Generator,
    Manifest,
    ServiceRecord,
    from_bytes,
    read,
    to_bytes,
)

SHA = "0" * 12
NAMES = st.text(alphabet="abcxyz_é", min_size=1, max_size=6)
DIGESTS = st.text(alphabet="0123456789abcdef", min_size=12, max_size=12)
RECORDS = st.builds(
    lambda folder, files, **rest: ServiceRecord(
        inputs={f"{folder}/{name}.yaml": d for name, d in files.items()}, **rest
    ),
    folder=NAMES,
    files=st.dictionaries(NAMES, DIGESTS, min_size=1, max_size=3),
    version=NAMES,
    spec_root=NAMES,
    protocols=st.tuples(NAMES),
    features=st.sets(NAMES).map(lambda names: tuple(sorted(names))),
    operations=st.none() | st.sets(NAMES).map(lambda names: tuple(sorted(names))),
)
MANIFESTS = st.builds(
    Manifest,
    generator=st.builds(Generator, NAMES, DIGESTS),
    services=st.dictionaries(NAMES, RECORDS, max_size=3),
    files=st.dictionaries(NAMES, DIGESTS, max_size=3),
    idle=st.dictionaries(NAMES, DIGESTS, max_size=2),
)


@given(MANIFESTS)
def test_what_is_written_is_read_back(manifest: Manifest) -> None:
    assert from_bytes(to_bytes(manifest)) == manifest


def test_the_order_of_what_goes_in_does_not_show() -> None:
    one, two = {"a.py": SHA, "b.py": SHA}, {"b.py": SHA, "a.py": SHA}
    generator = Generator("1", SHA)
    assert to_bytes(Manifest(generator, {}, one)) == to_bytes(
        Manifest(generator, {}, two)
    )


def test_no_manifest_is_no_finding(tmp_path: Path) -> None:
    assert read(tmp_path) == (None, [])
    assert read(tmp_path / "missing") == (None, [])


WHOLE: dict[str, object] = {
    "generator": {"version": "1", "digest": SHA},
    "services": {},
}
RECORD: dict[str, object] = {
    "version": "1",
    "protocols": [],
    "features": [],
    "options": {"spec_root": "specs", "operations": None},
    "inputs": {"a/service.yaml": SHA},
}


def with_record(**changes: object) -> str:
    record = {**RECORD, **changes}
    return json.dumps({**WHOLE, "services": {"a": record}, "files": {}})


def test_the_texts_of_these_tests_are_otherwise_whole(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text(with_record())
    manifest, found = read(tmp_path)
    assert found == []
    assert manifest is not None
    assert manifest.services["a"].folder == "a"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "[" * 100_000,
        "<<<<<<< ours\n{}\n",
        "\ud800",
        '{"name": "An app", "icons": []}',
        json.dumps({**WHOLE, "files": {"../../etc/passwd": SHA}}),
        json.dumps({**WHOLE, "files": {"/etc/passwd": SHA}}),
        json.dumps({**WHOLE, "files": {"a.py": "no digest"}}),
        json.dumps({**WHOLE, "files": {"a.py": 1}}),
        with_record(inputs={}),
        with_record(inputs={"a/x.yaml": SHA, "b/x.yaml": SHA}),
        with_record(options={"spec_root": 1, "operations": None}),
        with_record(options={"spec_root": "s", "operations": "All"}),
        with_record(features="all"),
    ],
)
def test_garbage_is_one_finding(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_bytes(text.encode("utf-8", "surrogatepass"))
    manifest, found = read(tmp_path)
    assert manifest is None
    assert [d.code for d in found] == ["broken-manifest"]
    assert found[0].position.file == str(tmp_path / MANIFEST)
    assert found[0].hint is not None


def test_a_folder_in_its_place_is_one_finding(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).mkdir()
    assert [(d.code, "folder" in d.message) for d in read(tmp_path)[1]] == [
        ("blocked-output", True)
    ]


def test_a_link_to_itself_in_its_place_is_one_finding(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).symlink_to(MANIFEST)
    assert [(d.code, "link" in d.message) for d in read(tmp_path)[1]] == [
        ("blocked-output", True)
    ]


@given(MANIFESTS, st.data())
def test_every_change_of_what_it_says_is_noticed(
    manifest: Manifest, data: st.DataObject
) -> None:
    said = json.loads(to_bytes(manifest))
    place = said["generator"]
    key = data.draw(st.sampled_from(sorted(place)))
    place[key] = SHA[1:] + "1" if place[key] == SHA else SHA
    assert not from_bytes(json.dumps(said).encode()).intact


def test_unknown_and_removed_keys_are_noticed_and_layout_is_not() -> None:
    said = json.loads(to_bytes(Manifest(Generator("1", SHA), {}, {}, {"a": SHA})))
    assert from_bytes(json.dumps(said, indent=7, sort_keys=True).encode()).intact
    for changed in (
        {**said, "more": 1},
        {k: v for k, v in said.items() if k != "idle"},
        {k: v for k, v in said.items() if k != "digest"},
    ):
        assert not from_bytes(json.dumps(changed).encode()).intact
