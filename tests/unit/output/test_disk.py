"""What stands in a file's place is seen without following links."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from specwright.output.disk import Entry, entries


def test_files_are_digested_and_missing_ones_left_out(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.py").write_bytes(b"x")
    found = entries(tmp_path, ["a/x.py", "a/y.py", "b/z.py"])
    assert found == {"a/x.py": Entry("file", sha256(b"x").hexdigest()[:12])}


def test_nothing_stands_in_a_missing_folder(tmp_path: Path) -> None:
    assert entries(tmp_path / "none", ["x.py", "a/x.py"]) == {}


def test_links_folders_and_files_in_the_way_are_told(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "x.py").write_text("mine")
    out = tmp_path / "out"
    (out / "folder.py").mkdir(parents=True)
    (out / "link.py").symlink_to(elsewhere / "x.py")
    (out / "linked").symlink_to(elsewhere)
    (out / "file").write_text("")
    found = entries(
        out, ["folder.py", "link.py", "linked/x.py", "linked/y/z.py", "file/x.py"]
    )
    assert {path: entry.kind for path, entry in found.items()} == {
        "folder.py": "blocked",
        "link.py": "link",
        "linked/x.py": "blocked",
        "linked/y/z.py": "blocked",
        "file/x.py": "blocked",
    }
    assert "'linked' is a symbolic link" in found["linked/y/z.py"].reason
