"""Streamed bodies over real connections."""

from __future__ import annotations

import asyncio
import copy
import io
import tracemalloc
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from .conftest import PIECE, SIZE, run_async


class Counted:
    """200 MB in pieces, each made when it is asked for."""

    def __iter__(self) -> Iterator[bytes]:
        for _ in range(SIZE // len(PIECE)):
            yield bytes(PIECE)

    async def pieces(self) -> AsyncIterator[bytes]:
        for piece in self:
            yield piece


@pytest.fixture(scope="module")
def large(tmp_path_factory: Any) -> Path:
    path: Path = tmp_path_factory.mktemp("large") / "file"
    with path.open("wb") as file:
        file.writelines(Counted())
    return path


def peak_of(use: Callable[[], object]) -> int:
    """The most memory that was held at once, in bytes."""
    tracemalloc.start()
    try:
        use()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_large_bodies_pass_in_bounded_memory(
    things: Any, client: Any, server: Any, large: Path
) -> None:
    def down() -> None:
        with client.get(key="large").body as body:
            assert sum(map(len, body)) == SIZE

    def up() -> None:
        with large.open("rb") as file:
            client.put(key="k", body=file)
        client.put(key="k", body=iter(Counted()))

    assert peak_of(down) < 8 * 2**20
    assert peak_of(up) < 8 * 2**20
    (first, sent), (second, streamed) = server.seen
    assert sent == streamed == SIZE
    assert first["Content-Length"] == str(SIZE)
    assert "Content-Length" not in second


def test_large_bodies_pass_in_bounded_memory_asynchronously(
    things: Any, server: Any, large: Path
) -> None:
    async def down(client: Any) -> None:
        async with (await client.get(key="large")).body as body:
            assert sum([len(part) async for part in body]) == SIZE

    async def up(client: Any) -> None:
        with large.open("rb") as file:
            await client.put(key="k", body=file)
        await client.put(key="k", body=Counted().pieces())

    assert peak_of(lambda: run_async(things, server, down)) < 16 * 2**20
    assert peak_of(lambda: run_async(things, server, up)) < 16 * 2**20
    (first, sent), (second, streamed) = server.seen
    assert sent == streamed == SIZE
    assert first["Content-Length"] == str(SIZE)
    assert "Content-Length" not in second


def test_errors_are_read_whole(things: Any, client: Any, server: Any) -> None:
    with pytest.raises(things.errors.NotThere) as raised:
        client.get(key="missing")
    assert (raised.value.message, raised.value.hint) == ("gone", "h")

    async def get(client: Any) -> None:
        await client.get(key="missing")

    with pytest.raises(things.errors.NotThere) as raised:
        run_async(things, server, get)
    assert (raised.value.message, raised.value.hint) == ("gone", "h")


def test_connections_are_given_back(things: Any, client: Any, server: Any) -> None:
    for _ in range(4):
        client.get(key="k").body.read()
        with pytest.raises(things.errors.NotThere):
            client.get(key="missing")
        assert sum(map(len, client.get(key="k").body)) == 3 * len(PIECE)
    assert len(server.connections) == 1
    for _ in range(30):
        client.get(key="k").body.close()

    async def use(client: Any) -> None:
        for _ in range(4):
            await (await client.get(key="k")).body.aread()
            with pytest.raises(things.errors.NotThere):
                await client.get(key="missing")

    before = len(server.connections)
    run_async(things, server, use)
    assert len(server.connections) == before + 1


def test_a_broken_download_is_told(things: Any, client: Any, server: Any) -> None:
    body = client.get(key="broken").body
    with pytest.raises(things.TransportError):
        body.read()

    async def use(client: Any) -> None:
        await (await client.get(key="broken")).body.aread()

    with pytest.raises(things.TransportError):
        run_async(things, server, use)


def test_faces_are_told_apart(things: Any, client: Any, server: Any) -> None:
    body = client.get(key="k").body
    with pytest.raises(TypeError, match="synchronously"):
        asyncio.run(body.aread())
    with pytest.raises(TypeError, match="can't be copied"):
        copy.deepcopy(body)
    body.close()

    async def use(client: Any) -> None:
        response = await client.get(key="k")
        with pytest.raises(TypeError, match="asynchronously"):
            response.body.read()
        with pytest.raises(TypeError, match="aread"):
            response.to_dict()
        data = await response.body.aread()
        assert response.to_dict()["body"] == data
        assert len(data) == 3 * len(PIECE)

    run_async(things, server, use)
    with pytest.raises(TypeError, match="async iterable"):
        client.put(key="k", body=Counted().pieces())


def test_only_what_can_be_sent_again_is_retried(
    things: Any, client: Any, server: Any
) -> None:
    client.put(key="flaky", body=io.BytesIO(b"abc"))
    assert [size for _, size in server.seen] == [3, 3]
    server.seen.clear()
    client.put(key="flaky", body=b"abc")
    assert [size for _, size in server.seen] == [3, 3]
    server.seen.clear()
    with pytest.raises(things.ServiceError):
        client.put(key="flaky", body=iter([b"abc"]))
    assert [size for _, size in server.seen] == [3]

    async def use(client: Any) -> None:
        await client.put(key="flaky", body=io.BytesIO(b"abc"))

    server.seen.clear()
    run_async(things, server, use)
    assert [size for _, size in server.seen] == [3, 3]
