"""The server as a process: it says where it listens, and ends when told to."""

import http.client
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from specwright.server import main, running, web

SPECS = Path(__file__).parents[2] / "specs"
PROGRAM = """
import sys
from pathlib import Path
from specwright.resolve import load_services
from specwright.server.main import run
found, _ = load_services(Path(sys.argv[1]))
sys.exit(run(found, sys.argv[2], int(sys.argv[3]), 0))
"""


def started(host="127.0.0.1", port=0):
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(SPECS), host, str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def address_of(url):
    parts = urlsplit(url)
    return parts.hostname, parts.port


def said(url, sent):
    """What is answered to these bytes, to the end of the connection."""
    with socket.create_connection(address_of(url), timeout=30) as connection:
        connection.sendall(sent)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_malformed_requests_are_refused_without_a_word_on_stderr(services, caplog):
    with running(services) as url:
        assert said(url, b"no request\r\n\r\n").startswith(b"HTTP/1.0 400")
        assert said(url, b"GET / HTTP/1.1\r\na b: c\r\n\r\n")[9:12] == b"400"
        start = b"PUT /x HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n"
        packed = b"Content-Encoding: gzip\r\n\r\n{}"
        assert said(url, start + packed)[9:12] == b"400"
        with socket.create_connection(address_of(url), timeout=30) as connection:
            connection.sendall(start + b"\r\n{")
        # The last is answered when the one before has been noticed.
        assert b"Missing" in said(url, b"GET / HTTP/1.1\r\n\r\n")
    assert caplog.records == []


def test_old_clients_are_not_told_to_go_on(services):
    asked = b"PUT /x HTTP/1.%d\r\nHost: a\r\nExpect: 100-continue\r\n"
    asked += b"Connection: close\r\nContent-Length: 2\r\n\r\n{}"
    with running(services) as url:
        assert said(url, asked % 0).startswith(b"HTTP/1.0 404")
        assert said(url, asked % 1).startswith(b"HTTP/1.1 100")


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"", b""),
        (b"GET / HT", b""),
        (b"PUT /x HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc", b"408"),
    ],
)
def test_a_request_that_stops_is_given_up(services, monkeypatch, sent, status):
    monkeypatch.setattr(web, "IDLE_SECONDS", 0.2)
    with running(services) as url:
        assert said(url, sent)[9:12] == status


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it(number):
    process = started()
    try:
        line = process.stdout.readline()
        assert line.startswith("listening on http://127.0.0.1:")
        parts = urlsplit(line.removeprefix("listening on ").strip())
        # An open connection must not hold the end up.
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
        connection.request("GET", "/model-import-jobs")
        response = connection.getresponse()
        assert response.status == 200
        response.read()
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
        connection.close()
    finally:
        process.kill()
        process.communicate()
    assert (process.returncode, out, err) == (0, "", "")
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind((parts.hostname, parts.port))


def test_a_taken_port_is_told(services, capsys):
    with running(services) as url:
        port = urlsplit(url).port
        assert main.run(services, "127.0.0.1", port, 0) == 3
    told = capsys.readouterr()
    assert told.out == ""
    assert f"can't listen on 127.0.0.1 port {port}" in told.err


def test_a_port_that_is_none_is_told(services, capsys):
    assert main.run(services, "127.0.0.1", 70_000, 0) == 3
    assert "70000 is no port" in capsys.readouterr().err


def test_without_aiohttp_the_remedy_is_told(services, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "aiohttp", None)
    monkeypatch.delitem(sys.modules, "specwright.server.web", raising=False)
    monkeypatch.delattr("specwright.server.web", raising=False)
    assert main.run(services, "127.0.0.1", 0, 0) == 3
    assert "pip install 'specwright[serve]'" in capsys.readouterr().err


def test_in_process_servers_do_not_disturb_each_other(services):
    before = threading.active_count()
    with running(services) as one, running(services, seed=1) as two:
        answers = []
        for url in (one, two):
            parts = urlsplit(url)
            connection = http.client.HTTPConnection(
                parts.hostname, parts.port, timeout=30
            )
            connection.request("GET", "/model-import-jobs")
            answers.append(connection.getresponse().read())
            connection.close()
    assert answers[0] != answers[1]
    assert threading.active_count() == before
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(
            (urlsplit(one).hostname, urlsplit(one).port), timeout=5
        )


def test_a_taken_port_in_process(services):
    with running(services) as url:
        again = running(services, port=urlsplit(url).port)
        with pytest.raises(OSError, match="in use"):
            again.__enter__()
