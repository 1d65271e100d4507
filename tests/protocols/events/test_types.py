"""What users write with streams of events passes both type checkers, and so does the package."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

PROGRAM = """\
from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import assert_type

from eventful.rest_json_things import (
    AsyncRestJsonThingsClient,
    EventInput,
    EventStream,
    RestJsonThingsClient,
    TellRequest,
    WatchResponse,
)
from eventful.rest_json_things.shapes import Happening, Said, Told


def made() -> Iterator[Happening]:
    yield Happening(told=Told(text="x"))


async def awaited() -> AsyncIterator[Happening]:
    yield Happening(said=Said(text="x"))


def use(client: RestJsonThingsClient) -> None:
    response = client.watch(name="x")
    assert_type(response.events, EventStream[Happening])
    for event in response.events:
        assert_type(event, Happening)
        assert_type(event.said, Said | None)
        if event.said is not None:
            print(event.said.text, event.kind, event.unknown)
    with response.events as events:
        assert_type(list(events), list[Happening])
    client.tell(events=made())
    client.send(TellRequest(events=[Happening(told=Told(text="x"))]))
    several: EventInput[Happening] = (Happening(told=Told()),)
    client.tell(events=several)
    WatchResponse(events=EventStream([Happening(told=Told())]))


async def use_async(client: AsyncRestJsonThingsClient) -> None:
    response = await client.watch(name="x")
    async for event in response.events:
        assert_type(event, Happening)
    async with response.events as events:
        assert_type([event async for event in events], list[Happening])
    await client.tell(events=awaited())
"""
WRONG = """\
from eventful.rest_json_things import RestJsonThingsClient, WatchResponse
from eventful.rest_json_things.shapes import Happening, Told


def use(client: RestJsonThingsClient) -> None:
    client.tell(events=[Told()])
    client.tell(events=Happening(told=Told()))
    Happening(TooBad=None)
    WatchResponse()
    for event in client.watch().events:
        event.TooBad
"""


@pytest.fixture(scope="module")
def folder(made: dict[str, ModuleType]) -> Path:
    """The folder with the package and programs of users."""
    path = Path(str(made["json"].__file__)).parents[2]
    (path / "right.py").write_text(PROGRAM)
    (path / "wrong.py").write_text(WRONG)
    settings = {
        "include": ["eventful", "right.py", "wrong.py"],
        "typeCheckingMode": "strict",
        "reportUnusedExpression": False,
    }
    (path / "pyrightconfig.json").write_text(json.dumps(settings))
    return path


def wrong_lines() -> set[int]:
    return set(range(6, 10)) | {11}


def test_mypy(folder: Path) -> None:
    command = [sys.executable, "-m", "mypy", "--strict", "--no-incremental"]
    found = subprocess.run(
        [*command, "eventful", "right.py", "wrong.py"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    errors = [line for line in found.stdout.splitlines() if " error: " in line]
    assert {line.partition(":")[0] for line in errors} == {"wrong.py"}, found.stdout
    assert {int(line.split(":")[1]) for line in errors} == wrong_lines()


def test_pyright(folder: Path) -> None:
    command = [sys.executable, "-m", "pyright", "-p", ".", "--outputjson"]
    found = subprocess.run(
        [*command, "--pythonpath", sys.executable],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    told = json.loads(found.stdout)["generalDiagnostics"]
    errors = [each for each in told if each["severity"] == "error"]
    assert {Path(each["file"]).name for each in errors} == {"wrong.py"}, errors
    lines = {each["range"]["start"]["line"] + 1 for each in errors}
    assert lines == wrong_lines()
