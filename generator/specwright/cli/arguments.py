"""The arguments of every command, and what ``--help`` says about them."""

from __future__ import annotations

import argparse
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import NoReturn

from specwright import __version__
from specwright.cli.exits import UsageError

_ABOUT = """\
Readable YAML operation specs in, small typed validated Python clients out.

A folder of specs holds one folder a service, each with service.yaml, shapes.yaml and
operations/<Operation>.yaml. Commands take the folder of all services or that of one.
"""
_EXITS = """\
exit codes: 0 fine; 1 found something (errors in specs, stale or edited files); 2 wrong use;
3 could not run (unreadable folder, full disk, internal error).

settings: specwright.toml, or [tool.specwright] in pyproject.toml, in this folder or the
nearest above it: specs, out, format, operations. Paths are relative to that file, and the
command line goes first. Without any: specs is 'specs', out is 'generated'.
"""
_GENERATE = """\
Write typed clients for the specs.

Only files that change are written, all of them or none; files that are no longer generated are
removed. Files edited by hand stop the command, and nothing is written, unless --force is given.
Given one service's folder, the other services in the output stay as they are.
"""
_CHECK = """\
Compare generated clients with their specs.

Made for continuous integration: nothing is written. Files that are stale, missing, edited by hand or orphaned are listed, a line each, and the exit
code is 1. Operations that 'generate' selected by name are remembered in manifest.json.
"""
_LINT = """\
Read specs and report every error and warning.

PATH is a folder of all services, one service's folder, or a file, whose service is read and
whose own findings are shown. Warnings alone leave the exit code 0.
"""
_SCHEMA = """\
Print the JSON Schema of spec files.

Editors that know YAML can complete and check specs with it.
"""
_FACTS = """\
Print what the specs say, as JSON.

It is a list with one object an operation; findings go to stderr.
"""
_SERVE = """\
Answer the specs over HTTP, until interrupted.

Requests are checked, and answers are invented from a seed within the documented constraints. It
stands in for a service in tests; it is no emulator.
"""


class _Parser(ArgumentParser):
    """Raises for wrong use, where argparse would exit."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}\ntry: {self.prog} --help")


def parser() -> ArgumentParser:
    """The parser of the whole command line; ``command`` is the name of the chosen command."""
    top = _Parser(
        prog="specwright",
        description=_ABOUT,
        epilog=_EXITS,
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"specwright {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def command(name: str, about: str, *examples: str) -> ArgumentParser:
        added = commands.add_parser(
            name,
            help=about.split("\n\n")[0].rstrip(".\n").replace("\n", " "),
            description=about,
            epilog="examples:\n" + "".join(f"  specwright {e}\n" for e in examples),
            formatter_class=RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        added.add_argument(
            "--traceback",
            action="store_true",
            help="show where an internal error happened (or set SPECWRIGHT_TRACEBACK=1)",
        )
        return added

    generate = command(
        "generate",
        _GENERATE,
        "generate specs --out generated",
        "generate specs/bedrock",
        "generate specs --operation ListProcessingJobs --operation GetModelImportJob",
    )
    _output(generate)
    generate.add_argument(
        "--force",
        action="store_true",
        help="overwrite and delete files edited by hand as well",
    )
    check = command("check", _CHECK, "check", "check specs --out generated --json")
    _output(check)

    lint = command("lint", _LINT, "lint", "lint specs/bedrock", "lint specs --json")
    lint.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="what to read"
    )
    _json(lint)

    command("schema", _SCHEMA, "schema > specwright.schema.json")

    facts = command(
        "facts",
        _FACTS,
        "facts specs",
        "facts specs --service Bedrock --operation GetModelImportJob",
    )
    facts.add_argument("specs", type=Path, metavar="SPECS", help="the folder of specs")
    facts.add_argument(
        "--service", metavar="S", help="only this service, by id or folder"
    )
    facts.add_argument("--operation", metavar="O", help="only operations of this name")

    serve = command(
        "serve", _SERVE, "serve specs --port 8080", "serve specs --port 0 --seed 7"
    )
    serve.add_argument("specs", type=Path, metavar="SPECS", help="the folder of specs")
    serve.add_argument(
        "--port",
        type=_port,
        required=True,
        metavar="N",
        help="the port; 0 takes a free one",
    )
    serve.add_argument(
        "--host",
        default="127.0.0.1",
        help="the address to listen on (default: %(default)s)",
    )
    serve.add_argument(
        "--seed",
        type=int,
        default=0,
        help="what the answers follow from (default: %(default)s)",
    )
    return top


def _output(command: ArgumentParser) -> None:
    command.add_argument(
        "specs",
        nargs="?",
        type=Path,
        metavar="ROOT|SERVICE_FOLDER",
        help="the folder of all services, or of one (default: the setting 'specs')",
    )
    command.add_argument(
        "--out",
        type=Path,
        help="the folder of the generated clients (default: the setting 'out')",
    )
    command.add_argument(
        "--operation",
        action="append",
        dest="operations",
        metavar="NAME",
        help="generate only this operation; may be given several times",
    )
    command.add_argument(
        "--format",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="run black on files that change; the result is the same without it",
    )
    _json(command)


def _json(command: ArgumentParser) -> None:
    command.add_argument(
        "--json", action="store_true", help="print one JSON object instead"
    )


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"'{text}' is not a port between 0 and 65535")
    return int(text)
