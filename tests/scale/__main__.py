"""The whole catalogue imported, generated, and loaded: seconds, memory, and what is broken.

``python -m tests.scale`` takes all services of botocore, or those that are named.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from tests.scale.modules import broken_modules, packages

SPECWRIGHT = (sys.executable, "-m", "specwright")


def ran(*arguments: str) -> tuple[float, float]:
    """Seconds and peak MiB of a command of specwright, which shows its own progress."""
    started = perf_counter()
    done = subprocess.run(
        [*SPECWRIGHT, *arguments], stdout=subprocess.DEVNULL, check=False
    )
    if done.returncode not in (0, 1):
        raise SystemExit(f"specwright {arguments[0]} ended with {done.returncode}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return perf_counter() - started, peak


def measured(folder: Path, services: list[str]) -> int:
    """Print what each stage takes; the exit code."""
    specs, out = folder / "specs", folder / "clients"
    if services:
        imports = [
            ran("import", "botocore", name, "--into", str(specs)) for name in services
        ]
        seconds, peak = sum(s for s, _ in imports), max(p for _, p in imports)
    else:
        seconds, peak = ran("import", "botocore", "--all", "--into", str(specs))
    written = len(list(specs.glob("*/operations/*.yaml")))
    told("import", seconds, written, "operations", peak)
    generate = ("generate", str(specs), "--out", str(out), "--no-format")
    seconds, peak = ran(*generate)
    made = len([p for p in out.glob("*/operations/*.py") if p.stem != "__init__"])
    told("generate", seconds, made, "operations", peak)
    told("generate again", ran(*generate)[0], made, "operations")
    started = perf_counter()
    broken = list(broken_modules(out))
    modules = len(list(out.rglob("*.py")))
    told("import of each module", perf_counter() - started, modules, "modules")
    print(f"{len(packages(out))} packages, {len(broken)} modules broken")
    print(*broken, sep="\n", end="\n" if broken else "")
    return 1 if broken else 0


def told(
    stage: str, seconds: float, count: int, noun: str, peak: float | None = None
) -> None:
    memory = "" if peak is None else f", {peak:,.0f} MiB at most"
    rate = count / seconds
    print(
        f"{stage}: {seconds:.1f} s for {count:,} {noun}, {rate:,.0f} a second{memory}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("services", nargs="*", help="names of botocore; all if none")
    parser.add_argument("--keep", type=Path, help="a folder for specs and clients")
    arguments = parser.parse_args()
    folder: Path = arguments.keep or Path(tempfile.mkdtemp(prefix="scale-"))
    try:
        return measured(folder, arguments.services)
    finally:
        if arguments.keep is None:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
