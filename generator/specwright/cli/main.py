"""The command ``specwright``: picks the command, and turns how it ends into an exit code."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TextIO

from specwright.cli import exits

# All else is imported by what runs below, so that an interrupt ends quietly from early on.


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code."""
    try:
        arguments = list(sys.argv[1:] if argv is None else argv)
        _prepare_streams()
        code = _run(arguments)
        try:
            sys.stdout.flush()
        except BrokenPipeError:
            raise
        except OSError as error:  # a full disk behind it
            _discard_stdout()
            _tell(_reason(error))
            return exits.COULD_NOT_RUN
    except BrokenPipeError:
        _discard_stdout()
        return exits.CLOSED_PIPE
    except KeyboardInterrupt:
        return exits.INTERRUPTED
    return code


def _prepare_streams() -> None:
    # A stream that was closed before the start is None here: what would go there goes nowhere.
    closed: TextIO | None = None
    if sys.stdout is None:
        closed = sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = closed or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Names from specs may hold what the terminal's encoding lacks.
            stream.reconfigure(errors="backslashreplace")


def _run(arguments: Sequence[str]) -> int:
    try:
        from specwright.cli.arguments import parser

        chosen = parser().parse_args(arguments)
        from specwright.cli.commands import COMMANDS

        return COMMANDS[chosen.command](chosen)
    except SystemExit as end:  # --help and --version
        return end.code if isinstance(end.code, int) else exits.FINE
    except exits.UsageError as error:
        _tell(str(error))
        return exits.WRONG_USE
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001
        # The edge of the program: people get a line, not a traceback.
        if "--traceback" in arguments or os.environ.get("SPECWRIGHT_TRACEBACK"):
            import traceback

            traceback.print_exc()
        _tell(_reason(error))
        return exits.COULD_NOT_RUN


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        place = f"{error.filename}: " if error.filename is not None else ""
        return f"{place}{error.strerror}"
    if isinstance(error, OSError):
        return str(error) or type(error).__name__
    return (
        f"internal error: {type(error).__name__}: {error}\n"
        "run it again with --traceback to see where, and please report it"
    )


def _tell(message: str) -> None:
    from specwright.cli.report import warn

    first, *rest = message.splitlines() or [""]
    warn(f"specwright: {first}", *rest)


def _discard_stdout() -> None:
    # The interpreter flushes stdout at its end, which would fail again.
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
