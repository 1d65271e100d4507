"""Pages and their items, sync and async: where they stop, and going on from a token."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from generated._runtime.errors import TransportError
from generated._runtime.http import HttpRequest, HttpResponse
from hypothesis import given, settings, strategies as st
from tests.generated.support import BY_NAME, LISTS, Case
from tests.generated.transports import Answer, AsyncScripted, Scripted, failure, ok

IMPORTS = BY_NAME["ListModelImportJobs"]
ITEMS = {
    "ListModelImportJobs": ("modelImportJobSummaries", "jobName"),
    "ListModelInvocationJobs": ("invocationJobSummaries", "jobName"),
    "ListCompilationJobs": ("CompilationJobSummaries", "CompilationJobName"),
    "ListProcessingJobs": ("ProcessingJobSummaries", "ProcessingJobName"),
}
# The token that each page gives, by the token that asks for it.
CHAIN: Mapping[str | None, str | None] = {None: "a", "a": "b", "b": None}
NAMES = ["first-0", "first-1", "a-0", "a-1", "b-0", "b-1"]


def token_in(case: Case, request: HttpRequest) -> str | None:
    """The token that a request asks with."""
    if case.boto == "bedrock":
        query = parse_qs(urlsplit(request.url).query)
        return query["nextToken"][0] if "nextToken" in query else None
    assert isinstance(request.body, bytes)
    token: str | None = json.loads(request.body).get("NextToken")
    return token


def paged(
    case: Case, tokens: Mapping[str | None, str | None]
) -> Callable[[HttpRequest], HttpResponse]:
    """A service of two items a page."""
    items, name = ITEMS[case.operation_name]
    output_token = "nextToken" if case.boto == "bedrock" else "NextToken"

    def answer(request: HttpRequest) -> HttpResponse:
        asked = token_in(case, request)
        members: dict[str, Any] = {
            items: [{name: f"{asked or 'first'}-{n}"} for n in range(2)]
        }
        if tokens[asked] is not None:
            members[output_token] = tokens[asked]
        return ok(**members)

    return answer


class Walk:
    """One walk through the pages of a scripted service, sync or async alike."""

    def __init__(self, kind: str, case: Case, script: Any, **members: Any) -> None:
        self.case = case
        self.is_async = kind == "async"
        self.transport = AsyncScripted(script) if self.is_async else Scripted(script)
        make = case.async_client if self.is_async else case.client
        self.client = make(transport=self.transport, retries=0)
        self.request = case.request(**members)

    def names(self, max_items: int | None = None) -> list[str]:
        """The names of all items."""
        _, name = ITEMS[self.case.operation_name]
        paginator = self.client.paginate(self.request, max_items=max_items)
        return [item.to_dict()[name] for item in self.listed(paginator)]

    def pages(self) -> Any:
        """An iterator over pages."""
        return self.client.paginate(self.request).pages()

    def listed(self, iterable: Any) -> list[Any]:
        """Everything that an iterable gives, sync or async."""
        if not self.is_async:
            return list(iterable)

        async def collect() -> list[Any]:
            return [item async for item in iterable]

        return asyncio.run(collect())

    def next_of(self, pages: Any) -> Any:
        """The next page."""
        return asyncio.run(anext(pages)) if self.is_async else next(pages)

    @property
    def asked(self) -> list[str | None]:
        """The tokens that were asked with."""
        return [token_in(self.case, request) for request in self.transport.requests]


both = pytest.mark.parametrize("kind", ["sync", "async"])


@both
@pytest.mark.parametrize("case", LISTS, ids=str)
def test_all_items_of_all_pages(case: Case, kind: str) -> None:
    walk = Walk(kind, case, paged(case, CHAIN), max_results=2)
    assert walk.names() == NAMES
    assert walk.asked == [None, "a", "b"]
    members = [request.url + str(request.body) for request in walk.transport.requests]
    assert all("axResults" in text for text in members)


@both
@pytest.mark.parametrize("case", LISTS, ids=str)
def test_pages_come_whole(case: Case, kind: str) -> None:
    walk = Walk(kind, case, paged(case, CHAIN))
    pages = walk.listed(walk.pages())
    assert [type(page) for page in pages] == [case.response] * 3
    assert [page.next_token for page in pages] == ["a", "b", None]
    assert all(page.response_metadata.status == 200 for page in pages)


@both
@pytest.mark.parametrize(
    ("tokens", "asked"),
    [
        ({None: None}, [None]),
        ({None: ""}, [None]),
        ({None: "a", "a": "a"}, [None, "a"]),
        ({None: "a", "a": "b", "b": "a"}, [None, "a", "b"]),
        ({None: "a", "a": "b", "b": "c", "c": "b"}, [None, "a", "b", "c"]),
    ],
)
def test_where_pages_end(
    tokens: dict[str | None, str | None], asked: list[str | None], kind: str
) -> None:
    walk = Walk(kind, IMPORTS, paged(IMPORTS, tokens))
    assert len(walk.names()) == 2 * len(asked)
    assert walk.asked == asked


@both
def test_a_token_that_the_walk_began_with_ends_it(kind: str) -> None:
    walk = Walk(kind, IMPORTS, paged(IMPORTS, {"x": "y", "y": "x"}), next_token="x")
    assert len(walk.listed(walk.pages())) == 2
    assert walk.asked == ["x", "y"]


@settings(max_examples=100, derandomize=True, deadline=None, database=None)
@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("abcdef")))
def test_every_walk_ends(links: dict[str, str]) -> None:
    """Whatever tokens follow each other, no page is asked for twice."""
    tokens: dict[str | None, str | None] = {None: "a", **dict.fromkeys("abcdef")}
    tokens.update(links)
    walk = Walk("sync", IMPORTS, paged(IMPORTS, tokens))
    walk.names()
    assert len(set(walk.asked)) == len(walk.asked)


@both
def test_a_page_without_items_is_not_the_end(kind: str) -> None:
    script = [ok(nextToken="a"), ok(modelImportJobSummaries=[], nextToken="b")]
    script.append(ok(modelImportJobSummaries=[{"jobName": "z"}]))
    assert Walk(kind, IMPORTS, script).names() == ["z"]


@both
def test_max_items(kind: str) -> None:
    for most, requests in ((0, 0), (1, 1), (2, 1), (3, 2), (6, 3), (7, 3)):
        walk = Walk(kind, IMPORTS, paged(IMPORTS, CHAIN))
        assert walk.names(most) == NAMES[:most]
        assert len(walk.asked) == requests
    with pytest.raises(ValueError, match="max_items is -1"):
        Walk(kind, IMPORTS, []).names(-1)


@both
def test_a_paginator_begins_anew_each_time(kind: str) -> None:
    walk = Walk(kind, IMPORTS, paged(IMPORTS, CHAIN))
    paginator = walk.client.paginate(walk.request)
    first = walk.listed(paginator)
    assert walk.listed(paginator) == first
    assert len(first) == 6


@both
def test_pages_are_fetched_when_they_are_asked_for(kind: str) -> None:
    walk = Walk(kind, IMPORTS, paged(IMPORTS, CHAIN))
    pages = walk.pages()
    assert walk.asked == []
    walk.next_of(pages)
    assert walk.asked == [None]


@both
@pytest.mark.parametrize("case", LISTS, ids=str)
def test_a_walk_goes_on_from_its_next_request(case: Case, kind: str) -> None:
    walk = Walk(kind, case, paged(case, CHAIN), max_results=2)
    pages = walk.pages()
    assert pages.next_request == walk.request
    walk.next_of(pages)
    resumed = pages.next_request
    assert resumed == walk.request.replace(next_token="a")
    assert walk.request.next_token is None
    elsewhere = Walk(kind, case, paged(case, CHAIN))
    elsewhere.request = type(resumed).from_dict(resumed.to_dict())
    assert elsewhere.names() == NAMES[2:]
    walk.listed(pages)
    assert pages.next_request is None


@both
def test_a_failed_page_can_be_asked_for_again(kind: str) -> None:
    good = paged(IMPORTS, CHAIN)
    broken: list[Answer] = [TransportError("gone"), failure(500)]

    def script(request: HttpRequest) -> Answer:
        if token_in(IMPORTS, request) == "a" and broken:
            return broken.pop()
        return good(request)

    walk = Walk(kind, IMPORTS, script)
    pages = walk.pages()
    walk.next_of(pages)
    for error in (IMPORTS.package.errors.BedrockError, TransportError):
        with pytest.raises(error):
            walk.next_of(pages)
    assert pages.next_request.next_token == "a"
    assert len(walk.listed(pages)) == 2


def test_a_request_without_pages_can_not_be_paginated() -> None:
    case = BY_NAME["GetModelImportJob"]
    request = case.request(job_identifier="job")
    with pytest.raises(TypeError, match="GetModelImportJobRequest has no pages"):
        list(case.client(transport=Scripted([])).paginate(request))
