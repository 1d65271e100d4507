"""The whole line in one minute: generate clients, serve the specs, call every operation.

Run by ``make demo``. Nothing outside a temporary folder is written, and nothing outside this
machine is called; the credentials are invented.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CALLS = Path(__file__).with_name("calls.py")


def main() -> int:
    """Generate, serve, call; the exit code of whatever failed, else 0."""
    with tempfile.TemporaryDirectory(prefix="specwright-demo-") as folder:
        clients = Path(folder) / "clients"
        say(f"1. generate the clients of specs/ into {clients}")
        specwright = [sys.executable, "-m", "specwright"]
        subprocess.run(
            [*specwright, "generate", str(ROOT / "specs"), "--out", str(clients)],
            check=True,
        )
        files = [path for path in clients.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files)
        print(f"   {len(files)} files, {size / 1000:.0f} kB, runtime included")

        say("2. serve the specs")
        with served([*specwright, "serve", str(ROOT / "specs"), "--port", "0"]) as url:
            print(f"   listening on {url}")
            calls = [sys.executable, str(CALLS), folder, url]
            return subprocess.run(calls, check=False).returncode


@contextmanager
def served(command: list[str]) -> Iterator[str]:
    """The address of a stand-in server that runs as long as the block."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        if "http://" not in line:
            raise RuntimeError(f"the server did not start: {line!r}")
        yield line.split()[-1]
    finally:
        process.terminate()
        process.wait(timeout=10)


def say(text: str) -> None:
    """A heading of the demo."""
    print(f"\n{text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
