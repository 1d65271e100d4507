"""A service with streams of events, in each of the protocols that have them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest

from ..xml_clients import generated

PROTOCOLS = ("rest-json", "rest-xml", "json", "rpc-v2-cbor")
SERVICE = """
specwright: 1
service: {protocol} things
title: Things
version: '2020-01-01'
protocols: [{protocol}]
signing_name: things
target_prefix: Things
endpoint: {{prefix: things}}
"""
SHAPES = """
specwright: 1
shapes:
  Happening:
    type: union
    event_stream: true
    members:
      said: {type: Said}
      stored: {type: Stored}
      shown: {type: Shown}
      told: {type: Told}
      nothing: {type: Nothing}
      TooBad: {type: TooBad}
      worse: {type: WorseYet}
  Said:
    type: structure
    members:
      text: {type: string}
      at: {type: timestamp}
      data: {type: blob}
      inner: {type: Said}
  Stored:
    type: structure
    members:
      id: {type: string, required: true, event: {header: true}}
      kind: {type: Kind, event: {header: true}}
      small: {type: byte, event: {header: true}}
      size: {type: long, event: {header: true}}
      flag: {type: boolean, event: {header: true}}
      when: {type: timestamp, event: {header: true}}
      mark: {type: blob, event: {header: true}}
      data: {type: blob, event: {payload: true}}
  Shown:
    type: structure
    members:
      level: {type: integer, event: {header: true}}
      details: {type: Said, event: {payload: true}}
  Told:
    type: structure
    members:
      text: {type: string, event: {payload: true}, length: [1, 8]}
  Nothing: {type: structure, members: {}}
  Kind: {type: string, enum: [NEW, OLD]}
  TooBad:
    type: structure
    error: {fault: client, status: 424}
    members: {message: {type: string}, hint: {type: string}}
  WorseYet:
    type: structure
    error: {fault: server, status: 503}
    members: {message: {type: string}}
"""
WATCH = """
specwright: 1
operation: Watch
http: {method: POST, path: /watch}
input:
  name: {type: string}
output:
  session: {type: string%(header)s}
  events: {type: Happening%(payload)s}
errors: [TooBad]
"""
TELL = """
specwright: 1
operation: Tell
http: {method: POST, path: /tell}
input:
  session: {type: string%(header)s}
  events: {type: Happening%(payload)s}
output:
  heard: {type: integer}
"""
JUST_WATCH = """
specwright: 1
operation: JustWatch
http: {method: POST, path: /just}
output:
  events: {type: Happening%(payload)s}
"""


@pytest.fixture(scope="session")
def made(tmp_path_factory: Any) -> Iterator[dict[str, ModuleType]]:
    """The packages of the service by their protocols, as generated beside each other."""
    root = tmp_path_factory.mktemp("events")
    services = {}
    for protocol in PROTOCOLS:
        rest = protocol.startswith("rest")
        bound = {
            "header": ", in: header, wire: X-Session" if rest else "",
            "payload": ", in: payload" if rest else "",
        }
        services[protocol.replace("-", "_")] = {
            "service.yaml": SERVICE.format(protocol=protocol)
            + ("json_version: '1.1'\n" if protocol == "json" else ""),
            "shapes.yaml": SHAPES,
            "operations/Watch.yaml": WATCH % bound,
            "operations/JustWatch.yaml": JUST_WATCH % bound,
            "operations/Tell.yaml": TELL % bound,
        }
    generated(root, "eventful", services)
    sys.path.insert(0, str(root))
    yield {
        p: import_module(f"eventful.{p.replace('-', '_')}_things") for p in PROTOCOLS
    }
    sys.path.remove(str(root))


@pytest.fixture(params=PROTOCOLS)
def protocol(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture
def things(made: dict[str, ModuleType], protocol: str) -> ModuleType:
    """The package of the service in one protocol."""
    return made[protocol]


def client_of(things: ModuleType, *, is_async: bool = False, **options: Any) -> Any:
    """A client that has its words; it reaches nobody unless told whom."""
    names = (n for n in things.__all__ if n.endswith("ThingsClient"))
    (name,) = (n for n in names if n.startswith("Async") == is_async)
    credentials = things.Credentials(
        "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
    )
    usual = {"endpoint_url": "http://127.0.0.1:9", "credentials": credentials}
    return getattr(things, name)(region="us-east-1", **{**usual, **options})
