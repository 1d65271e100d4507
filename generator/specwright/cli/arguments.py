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
nearest above it: specs, out, format, operations, extras. Paths are relative to that file, and the
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
_IMPORT = """\
Write specs from API models.

They are the same YAML that people write. Importing again updates them: every doc stays, and so
does every fact that is 'from: hand'. What a model says and a spec can't carry is reported.
"""
_IMPORT_BOTOCORE = """\
Write the specs of a service from a model of botocore.

SERVICE is the name that boto3 gives a service, and takes botocore to be installed; a path is a
model's file, such as service-2.json. All operations are imported, or those that are named,
together with those that the service's folder has already.

Which file a shape stands in follows from the whole model: in that of the only operation that
reaches it, else in shapes.yaml. A shape that says nothing but a built-in type is written as that
type, and one that is just one operation's input or output is written in place; the names of
these two are not kept. A pattern without anchors at its ends means the whole text.
"""
_INGEST = """\
Write specs from documentation pages.

PAGE is a saved page, as text or HTML, or a folder of them: command pages of the AWS SDK for
JavaScript v3, method pages of Dart's aws_client, operation pages of the AWS API Reference, and
boto3's method pages. Formats, services and operations are told from the pages; several pages of
one operation become one spec, in which each fact keeps its source.

What no page says stays absent, and 'lint' tells what a client still needs. A bad page writes
nothing and does not hide the others; the exit code is then 1.
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
        _traceback(added)
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
        "paths", nargs="*", type=_path, metavar="PATH", help="what to read"
    )
    _json(lint)

    _json_anyway(command("schema", _SCHEMA, "schema > specwright.schema.json"))

    facts = command(
        "facts",
        _FACTS,
        "facts specs",
        "facts specs --service Bedrock --operation GetModelImportJob",
    )
    facts.add_argument("specs", type=_path, metavar="SPECS", help="the folder of specs")
    facts.add_argument(
        "--service", metavar="S", help="only this service, by id or folder"
    )
    facts.add_argument("--operation", metavar="O", help="only operations of this name")
    _json_anyway(facts)

    _import(command("import", _IMPORT, "import botocore bedrock --into specs"))

    _ingest(
        command(
            "ingest",
            _INGEST,
            "ingest pages/*.html --into specs",
            "ingest page.txt --facts",
            "ingest pages --into specs --complete-from botocore",
        )
    )

    serve = command(
        "serve", _SERVE, "serve specs --port 8080", "serve specs --port 0 --seed 7"
    )
    serve.add_argument("specs", type=_path, metavar="SPECS", help="the folder of specs")
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


def _import(command: ArgumentParser) -> None:
    sources = command.add_subparsers(dest="source", metavar="SOURCE", required=True)
    botocore = sources.add_parser(
        "botocore",
        help="models of botocore",
        description=_IMPORT_BOTOCORE,
        epilog="examples:\n"
        "  specwright import botocore bedrock --into specs\n"
        "  specwright import botocore sqs --into specs --operation SendMessage\n"
        "  specwright import botocore private/service-2.json --into specs\n",
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    botocore.add_argument(
        "service",
        nargs="?",
        metavar="SERVICE|FILE",
        help="a service of botocore, or the path of a model",
    )
    botocore.add_argument(
        "--all", action="store_true", help="import every service that botocore has"
    )
    botocore.add_argument(
        "--into",
        type=_path,
        required=True,
        metavar="ROOT",
        help="the folder that holds, or will hold, one folder a service",
    )
    botocore.add_argument(
        "--operation",
        action="append",
        dest="operations",
        metavar="NAME",
        help="import only this operation; may be given several times",
    )
    for name in ("paginators", "waiters"):
        botocore.add_argument(
            f"--{name}",
            type=_path,
            metavar="FILE",
            help=f"the file of the model's {name}",
        )
    botocore.add_argument(
        "--docs",
        action="store_true",
        help="carry the model's documentation, as plain text",
    )
    _json(botocore)
    _traceback(botocore)


def _ingest(command: ArgumentParser) -> None:
    command.add_argument(
        "pages",
        nargs="+",
        type=_path,
        metavar="PAGE",
        help="a page, or a folder of pages",
    )
    command.add_argument(
        "--into",
        type=_path,
        metavar="ROOT",
        help="the folder that holds, or will hold, one folder a service",
    )
    command.add_argument(
        "--service", metavar="ID", help="the id of the service that all pages are of"
    )
    command.add_argument(
        "--docs", action="store_true", help="carry the pages' prose, as plain text"
    )
    command.add_argument(
        "--facts",
        action="store_true",
        help="print what each page says as JSON; --into may be left out then",
    )
    command.add_argument(
        "--prefer",
        action="append",
        choices=("api-reference", "boto3-rst", "botocore", "dart", "js-v3"),
        metavar="FORMAT",
        help="settle contradictions in favour of this format; may be given several times",
    )
    command.add_argument(
        "--complete-from",
        dest="complete",
        choices=("botocore",),
        metavar="SOURCE",
        help="take what no page says from the installed 'botocore'",
    )
    _json(command)


def _traceback(command: ArgumentParser) -> None:
    command.add_argument(
        "--traceback",
        action="store_true",
        help="show where an internal error happened (or set SPECWRIGHT_TRACEBACK=1)",
    )


def _output(command: ArgumentParser) -> None:
    command.add_argument(
        "specs",
        nargs="?",
        type=_path,
        metavar="ROOT|SERVICE_FOLDER",
        help="the folder of all services, or of one (default: the setting 'specs')",
    )
    command.add_argument(
        "--out",
        type=_path,
        help="the folder of the generated clients (default: the setting 'out')",
    )
    command.add_argument(
        "--operation",
        action="append",
        dest="operations",
        metavar="NAME",
        help="generate only this operation; may be given several times",
    )
    for name, about in (
        ("strategies", "Hypothesis strategies for requests and responses"),
        ("tests", "tests that hold each client against its spec, and the strategies"),
    ):
        command.add_argument(
            f"--with-{name}",
            action="append_const",
            dest="extras",
            const=name,
            help=f"{about} as well; the setting 'extras' names what is always written",
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


def _json_anyway(command: ArgumentParser) -> None:
    """Let scripts say --json to every command that only reads."""
    command.add_argument(
        "--json", action="store_true", help="changes nothing: the output is JSON"
    )


def _path(text: str) -> Path:
    # An empty path would mean the current folder, which an unset variable never does.
    if not text or "\0" in text:
        raise argparse.ArgumentTypeError("a path is needed, and this is none")
    return Path(text)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"'{text}' is not a port between 0 and 65535")
    return int(text)
