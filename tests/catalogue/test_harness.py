"""The comparison itself: what it takes for equal, and that it notices what isn't."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from botocore import handlers
from tests.catalogue import __main__ as command, answers, services
from tests.catalogue.allowed import ALLOWED, MOST, Allowed
from tests.catalogue.botocore_calls import BotocoreClient
from tests.catalogue.compare import Disagreement, Outcome, Side, asked, compare
from tests.catalogue.customizations import CUSTOMIZATIONS
from tests.catalogue.messages import ABSENT, differences, request
from tests.catalogue.models import operation_of
from tests.catalogue.packages import OurClient, importable, rendered, write
from tests.catalogue.services import Report, Wanted, examined
from tests.catalogue.table import Progress, summary
from tests.catalogue.values import Draw, structure

MOMENT = datetime(2026, 1, 31, tzinfo=UTC)


@contextmanager
def side_of(root: Path, service: str, operation: str) -> Iterator[Side]:
    made = rendered(service, root / "specs", (operation,))
    write([made], root / "harness_out")
    with importable(root, "harness_out"):
        ours = OurClient(f"harness_out.{made.package}")
        yield Side(service, made.protocol, ours, BotocoreClient(service, made.protocol))


@pytest.mark.parametrize(
    ("ours", "theirs", "pointers"),
    [
        ({"a": [1, {"b": "x"}]}, {"a": [1, {"b": "y"}]}, ["/a/1/b"]),
        ({"a/b": 1}, {}, ["/a~1b"]),
        ({}, {"a~": None}, ["/a~0"]),
        ([1], [1, 2], [""]),
        (MOMENT, MOMENT + timedelta(microseconds=900), []),
        (MOMENT, MOMENT + timedelta(milliseconds=1), [""]),
        (math.nan, math.nan, []),
        (math.inf, "Infinity", []),
        (-math.inf, "Infinity", [""]),
        (1, 1.0, []),
        (1, True, [""]),
        ("1", 1, [""]),
        (b"a", "a", [""]),
        (None, ABSENT, [""]),
    ],
)
def test_values_differ_where_their_meaning_does(
    ours: object, theirs: object, pointers: list[str]
) -> None:
    assert [found.pointer for found in differences(ours, theirs)] == pointers


@pytest.mark.parametrize(
    ("kind", "ours", "theirs", "equal"),
    [
        ("application/json", b'{"a": 1, "b": 2}', b'{"b":2,"a":1}', True),
        ("application/json", b'{"a": 1}', b'{"a": "1"}', False),
        ("text/xml", b"<a><b>1</b><c/></a>", b"<a><c></c><b>1</b></a>", True),
        ("text/xml", b"<a><b>1</b><b>2</b></a>", b"<a><b>2</b><b>1</b></a>", False),
        ("text/xml", b'<a xmlns="urn:x"/>', b"<a/>", False),
        ("application/x-www-form-urlencoded", b"a=1&b=%20", b"b=+&a=1", True),
        ("application/x-www-form-urlencoded", b"a=1", b"a=1&b=", False),
        ("application/cbor", b"\xa1\x61a\x01", b"\xbf\x61a\x18\x01\xff", True),
        ("application/octet-stream", b'{"a": 1}', b'{"a":1}', False),
    ],
)
def test_bodies_are_compared_by_meaning(
    kind: str, ours: bytes, theirs: bytes, equal: bool
) -> None:
    sides = [
        request("POST", "http://h/", [("Content-Type", kind)], b)
        for b in (ours, theirs)
    ]
    assert (not differences(*sides)) is equal


def test_a_client_that_does_something_else_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with side_of(tmp_path, "sqs", "SendMessage") as side:

        def told() -> set[tuple[str, str]]:
            outcome: Outcome = compare(side, "SendMessage", 1, 2, 1)
            return {
                (d.kind.partition(" ")[0], d.pointer) for d in outcome.disagreements
            }

        assert told() == set()
        http_type = side.ours.package.HttpRequest
        prepare, parse = side.ours.prepare, side.ours.parse

        def other(asked: Any, *, free: bool) -> Any:
            http = prepare(asked, free=free)
            headers = [
                (n, v) for n, v in http.headers.items() if n.lower() != "x-amz-target"
            ]
            body = http.body.replace(b'"QueueUrl"', b'"queueUrl"')
            return http_type("PUT", http.url + "x?y=1", headers, body)

        monkeypatch.setattr(side.ours, "prepare", other)
        assert told() == {
            ("request", "/method"),
            ("request", "/path"),
            ("request", "/query/y"),
            ("request", "/headers/x-amz-target"),
            ("request", "/body/QueueUrl"),
            ("request", "/body/queueUrl"),
        }
        monkeypatch.setattr(side.ours, "prepare", prepare)

        def late(asked: Any, status: int, headers: dict[str, str], body: bytes) -> Any:
            return parse(
                asked, status, headers, body.replace(b"MessageId", b"MessageID")
            )

        monkeypatch.setattr(side.ours, "parse", late)
        assert ("response", "/values/MessageId") in told()
        monkeypatch.setattr(
            side.ours, "parse", lambda asked, *_: parse(asked, 200, {}, b"{}")
        )
        assert ("error", "") in told()


def test_what_is_drawn_follows_from_the_seed_alone() -> None:
    model = operation_of("bedrock-runtime", "Converse")

    def drawn(seed: int) -> object:
        draw = Draw(Random(seed), fullness=0.7)
        return structure(model.input_shape, draw), answers.answer(
            model, "rest-json", Random(seed), 0.7
        )

    assert repr(drawn(1)) == repr(drawn(1))
    assert repr(drawn(1)) != repr(drawn(2))


def test_botocore_reads_in_answers_what_was_written_into_them() -> None:
    """The encoders are right, so that both sides can't agree on nothing."""
    for service, operation, protocol in (
        ("sqs", "ReceiveMessage", "json"),
        ("lambda", "GetFunction", "rest-json"),
        ("route53", "ListResourceRecordSets", "rest-xml"),
        ("iam", "ListUsers", "query"),
        ("ec2", "DescribeInstances", "ec2"),
        ("cloudwatch", "DescribeAlarms", "smithy-rpc-v2-cbor"),
    ):
        model, theirs = operation_of(service, operation), BotocoreClient(
            service, protocol
        )
        written = 0
        for seed in range(4):
            answer = answers.answer(model, protocol, Random(seed), 0.8)
            values, _ = asked(model, protocol, Random(seed), 0.0)
            read = theirs.call(operation, values, answer)
            assert differences(read.values, answer.values) == [], (service, seed)
            written += len(answer.values)
        assert written


def test_a_service_that_breaks_does_not_end_the_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(services, "rendered", broken)
    report = examined(Wanted("sts"))
    assert "broken on purpose" in report.trouble
    assert not report.ok


def test_allowed_disagreements_are_few_and_say_why() -> None:
    assert len(ALLOWED) <= MOST
    for entry in ALLOWED:
        assert entry.section.startswith("https://smithy.io/2.0/")
        assert len(entry.because) > 20
        assert entry.operation in operation_of(entry.service, entry.operation).name


def test_an_entry_covers_one_place_of_one_operation() -> None:
    entry = Allowed("s3", "GetObject", "response", "/values/*/A.b", "", "")
    assert entry.covers("s3", "GetObject", "response", "/values/x/A.b")
    assert not entry.covers("s3", "GetObject", "response", "/values/x/y/A.b")
    assert not entry.covers("s3", "GetObject", "response", "/values/x/Axb")
    assert not entry.covers("s3", "GetObject", "request", "/values/x/A.b")
    assert not entry.covers("s3", "PutObject", "response", "/values/x/A.b")


def test_one_operation_can_be_run_again(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        command.main(["--service", "sqs", "--operation", "SendMessage", "--seed", "7"])
        == 0
    )
    told = capsys.readouterr().out
    assert "no disagreements" in told
    assert "no operation was left out" in told
    assert "json" in told


def test_disagreements_and_unused_entries_fail(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = Disagreement(
        "sts", "GetCallerIdentity", "request", "/body/A", "1", "2", 7, 0
    )
    good = Report(
        "sts", "query", 8, compared=Counter(request=2), agreed=Counter(request=2)
    )
    bad = Report("sts", "query", 8, Counter({"why": 3}), disagreements=[wrong])
    entry = Allowed("s3", "GetObject", "response", "/x", "", "")
    monkeypatch.setattr(command, "ALLOWED", (entry,))
    monkeypatch.setattr(command, "missing", lambda _: [])
    monkeypatch.setattr(command, "all_traits", dict)
    assert command.verdict([good], full=False) == 0
    assert command.verdict([bad], full=False) == 1
    assert command.verdict([good], full=True) == 1
    assert "not needed any more" in capsys.readouterr().out
    good.used.add(entry)
    assert command.verdict([good], full=True) == 0
    text = "\n".join(summary([good, bad]))
    assert "--service sts --operation GetCallerIdentity --seed 7" in text
    assert "2/2" in text
    assert "3  why" in text


def test_pieces_make_a_whole_run(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = tmp_path / "pieces"
    run = ["--service", "sts", "--draws", "1", "--errors", "0", "--into", str(kept)]
    assert command.main(run) == 0
    (piece,) = kept.iterdir()
    entry = Allowed("sqs", "SendMessage", "request", "/x", "", "")
    command.keep(Report("sqs", "json", 23, used={entry}), kept)
    monkeypatch.setattr(command, "all_traits", dict)
    monkeypatch.setattr(command, "missing", lambda _: [])
    monkeypatch.setattr(command, "services", lambda: ("sqs", "sts"))
    monkeypatch.setattr(command, "ALLOWED", (entry,))
    capsys.readouterr()
    assert command.main(["--merge", str(kept)]) == 0
    assert "no disagreements" in capsys.readouterr().out
    piece.unlink()
    assert command.main(["--merge", str(kept)]) == 1
    assert "not compared yet: sts" in capsys.readouterr().out
    monkeypatch.setattr(command, "missing", lambda _: ["a trait"])
    command.keep(Report("sts", "query", 8), kept)
    assert command.main(["--merge", str(kept)]) == 1
    assert "lacks: a trait" in capsys.readouterr().out


def test_a_service_whose_modules_break_is_told_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(service: str, specs: Path, operations: tuple[str, ...]) -> object:
        made = rendered(service, specs, operations)
        path = f"{made.package}/operations/get_caller_identity.py"
        made.files[path] += "\nimport nothing_of_this_name\n"
        return made

    monkeypatch.setattr(services, "rendered", broken)
    report = examined(Wanted("sts", ("GetCallerIdentity",)))
    assert "get_caller_identity: ModuleNotFoundError" in report.trouble


def test_customizations_are_handlers_of_botocore() -> None:
    """One that botocore has no more, or calls otherwise, would be left on unnoticed."""
    known = {(told[0], told[1]) for told in handlers.BUILTIN_HANDLERS}
    for one in CUSTOMIZATIONS:
        assert {(event, one.handler) for event in one.events} <= known, one.because


def test_progress_is_told_in_lines_where_there_is_no_terminal() -> None:
    stream = StringIO()
    progress = Progress(2, stream)
    for _ in range(2):
        progress.add(Report("sts", operations=8))
    assert stream.getvalue().count("\n") == 1
    assert "2/2 services, 16 operations, 0 disagreements" in stream.getvalue()
