"""Streamed bodies as values, and in messages that nobody sends."""

from __future__ import annotations

import asyncio
import io
import pickle
from collections.abc import AsyncIterator, Iterable
from importlib import import_module
from typing import Any

import pytest

from specwright.runtime.streaming import StreamingBody as RuntimeBody


def test_members_are_typed(things: Any) -> None:
    module = import_module(f"{things.__name__}.operations.get")
    annotations = module.GetResponse.__init__.__annotations__
    assert annotations["body"] == "StreamingBody"
    module = import_module(f"{things.__name__}.operations.put")
    assert module.PutRequest.__init__.__annotations__["body"] == "StreamingInput | None"


def test_a_body_in_memory_is_read_in_every_way(things: Any, client: Any) -> None:
    request = things.GetRequest(key="k")
    http = things.HttpResponse(200, {"ETag": "x"}, b"hello world")

    def body() -> Any:
        return client.parse(request, http).body

    assert body().read() == b"hello world"
    assert b"".join(body()) == b"hello world"
    one = body()
    assert [one.read(4), one.read(4), one.read(9), one.read(), one.read(2)] == [
        b"hell", b"o wo", b"rld", b"", b"",
    ]  # fmt: skip
    assert asyncio.run(body().aread()) == b"hello world"
    assert client.parse(request, http).to_dict() == {
        "tag": "x",
        "body": b"hello world",
    }
    again = pickle.loads(pickle.dumps(client.parse(request, http)))
    assert again.body.read() == b"hello world"
    with body() as held:
        held.read(3)
    with pytest.raises(ValueError, match="closed"):
        held.read()


def test_dicts_hold_bytes(things: Any) -> None:
    response = things.GetResponse.from_dict({"body": b"abc"})
    assert response.violations() == []
    assert response.to_dict() == {"body": b"abc"} == response.to_dict()
    assert response.body.read() == b"abc"
    wrong = things.GetResponse.from_dict({"body": "text"})
    assert [(v.pointer, v.kind) for v in wrong.violations()] == [("/body", "type")]
    request = things.PutRequest.from_dict({"key": "k", "body": b"abc"})
    assert request.to_dict() == {"key": "k", "body": b"abc"}


@pytest.mark.parametrize("value", ["text", io.StringIO("text"), 7, {"a": b""}])
def test_what_is_no_binary_is_refused(things: Any, value: object) -> None:
    (found,) = things.PutRequest(key="k", body=value).violations()
    assert (found.pointer, found.kind) == ("/body", "type")


def test_length_is_checked_where_it_is_known(things: Any) -> None:
    class Huge(io.RawIOBase):
        at = 0

        def seekable(self) -> bool:
            return True

        def seek(self, offset: int, whence: int = 0) -> int:
            self.at = offset if whence == 0 else 300_000_001
            return self.at

        def tell(self) -> int:
            return self.at

    (found,) = things.PutRequest(key="k", body=Huge()).violations()
    assert (found.kind, found.limit) == ("length", (None, 300000000))
    assert "length less than or equal to 300000000" in found.message
    assert things.PutRequest(key="k", body=iter([b"x"])).violations() == []
    (found,) = things.PutSizedRequest(key="k", body=iter([b"x"])).violations()
    assert found.kind == "type"
    assert "length" in found.message
    assert things.PutSizedRequest(key="k", body=io.BytesIO(b"x")).violations() == []


def test_prepare_reads_nothing(things: Any, client: Any) -> None:
    class Watched(io.BytesIO):
        reads = 0

        def read(self, size: int | None = -1, /) -> bytes:
            self.reads += 1
            return super().read(size)

    file = Watched(b"0123456789")
    file.seek(4)
    http = client.prepare(things.PutRequest(key="k", body=file))
    assert http.headers["Content-Length"] == "6"
    assert file.reads == 0
    assert http.headers["Content-Type"] == "application/octet-stream"
    assert [b"".join(http.body), b"".join(http.body)] == [b"456789"] * 2
    sized = client.prepare(things.PutSizedRequest(key="k", body=b"abc"))
    assert sized.headers["Content-Type"] == "audio/x"
    assert sized.body == b"abc"
    assert sized.headers["Content-Length"] == "3"
    own = client.prepare(things.PutRequest(key="k", kind="text/x", body=b"abc"))
    assert own.headers.get_all("Content-Type") == ["text/x"]
    once = iter([b"a"])
    assert client.prepare(things.PutRequest(key="k", body=once)).body is once
    assert client.prepare(things.PutRequest(key="k")).body == b""


def test_a_file_is_signed_by_its_hash(things: Any, client: Any) -> None:
    by_bytes = client.sign(
        client.prepare(things.PutRequest(key="k", size=3, body=b"abc"))
    )
    file = things.PutRequest(key="k", body=io.BytesIO(b"abc"))
    by_file = client.sign(client.prepare(file))
    assert by_file.headers["X-Amz-Content-SHA256"].startswith("ba7816bf8f01cfea")
    assert b"".join(by_file.body) == by_bytes.body
    once = client.sign(client.prepare(things.PutRequest(key="k", body=iter([b"abc"]))))
    assert once.headers["X-Amz-Content-SHA256"] == "UNSIGNED-PAYLOAD"


def test_reads_of_any_sizes_give_the_whole() -> None:
    from hypothesis import given, strategies as st

    @given(st.lists(st.binary(max_size=9)), st.lists(st.integers(0, 12)))
    def check(parts: list[bytes], sizes: list[int]) -> None:
        async def later() -> AsyncIterator[bytes]:
            for part in parts:
                yield part

        async def read_async() -> list[bytes]:
            body = RuntimeBody(later())
            return [*[await body.aread(size) for size in sizes], await body.aread()]

        held: Iterable[bytes] = iter(parts)
        body = RuntimeBody(held)
        read = [*[body.read(size) for size in sizes], body.read()]
        reference = io.BytesIO(b"".join(parts))
        expected = [*[reference.read(size) for size in sizes], reference.read()]
        assert read == expected == asyncio.run(read_async())

    check()
