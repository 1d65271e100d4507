"""The command line: exit codes, settings, what goes to which stream, and how quick it starts."""

from __future__ import annotations

import io
import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from specwright import __version__
from specwright.cli.report import ProgressLine

from .conftest import Project, tree

HEAVY = ("yaml", "jinja2", "black", "jsonschema", "aiohttp")
COMMANDS = ("generate", "check", "lint", "schema", "facts", "import", "serve")


def process(
    project: Project, *arguments: str, code: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the program, or code in its place, as a process of its own."""
    program = ["-c", code] if code else ["-m", "specwright"]
    return subprocess.run(
        [sys.executable, *program, *arguments],
        cwd=project.folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_it_runs_as_a_module(project: Project) -> None:
    ran = process(project, "--version")
    assert (ran.returncode, ran.stdout) == (0, f"specwright {__version__}\n")


@pytest.mark.parametrize("command", ["generate", "check"])
def test_a_run_that_changes_nothing_loads_no_library(
    project: Project, command: str
) -> None:
    project.generate()
    code = (
        "import sys; from specwright.cli.main import main; code = main(sys.argv[1:]);"
        f"print(code, [name for name in {HEAVY} if name in sys.modules])"
    )
    ran = process(project, command, code=code)
    assert ran.stdout == "generated: up to date\n0 []\n"


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)])
def test_help(project: Project, command: list[str]) -> None:
    ran = project.run(*command, "--help")
    assert ran.code == 0
    assert ran.out.startswith("usage: specwright")
    assert ran.err == ""
    if not command:
        assert all(f"\n    {name} " in ran.out for name in COMMANDS)
        assert "exit codes: 0 fine" in ran.out
    else:
        assert "examples:" in ran.out


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["generat"],
        ["generate", "--nonsense"],
        ["generate", "no/such/folder"],
        ["generate", "specs/bird/service.yaml"],
        ["generate", "--for"],
        ["generate", ""],
        ["generate", "--out", ""],
        ["check", "specs", "--out", ""],
        ["lint", ""],
        ["facts", ""],
        ["check", "no/such/folder"],
        ["lint", "no/such/file.yaml"],
        ["facts"],
        ["facts", "no/such/folder"],
        ["facts", "specs", "--service", "Brid"],
        ["facts", "specs", "--operation", "GetBrid"],
        ["serve", "specs"],
        ["serve", "specs", "--port", "65536"],
        ["serve", "specs", "--port", "-1"],
        ["serve", "specs", "--port", "\u0663"],
    ],
)
def test_wrong_use(project: Project, arguments: list[str]) -> None:
    before = tree(project.folder)
    ran = project.run(*arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err != ""
    assert tree(project.folder) == before


def test_an_internal_error_is_a_line_unless_asked(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object) -> None:
        raise KeyError("a\x1b[31mb")

    monkeypatch.setattr("specwright.workflow.lint.lint", broken)
    ran = project.run("lint")
    assert ran.code == 3
    assert "internal error: KeyError" in ran.err
    assert "Traceback" not in ran.err
    assert "\x1b" not in ran.err
    assert "Traceback" in project.run("lint", "--traceback").err
    monkeypatch.setenv("SPECWRIGHT_TRACEBACK", "1")
    assert "Traceback" in project.run("lint").err


def test_an_unreadable_folder_could_not_be_run(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(path: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("os.scandir", denied)
    ran = project.run("generate")
    assert ran.code == 3
    assert ran.err.startswith("specwright: ")
    assert "Permission denied" in ran.err
    assert len(ran.err.splitlines()) == 1


def test_an_interrupt_ends_quietly(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("specwright.workflow.lint.lint", interrupted)
    ran = project.run("lint")
    assert (ran.code, ran.out, ran.err) == (130, "", "")


def test_a_reader_that_goes_away_is_no_error(project: Project) -> None:
    # More than a pipe holds, to a reader that takes one line.
    code = (
        "import sys; from specwright.cli.main import main; sys.exit(main(['schema']))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=project.folder,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(timeout=120) == 141


def test_text_of_a_spec_cannot_drive_a_terminal(project: Project) -> None:
    project.edit("bird", "GetBird", "type: integer", 'type: "\\e[31mRed\\n0:0: error"')
    ran = project.run("lint")
    assert ran.code == 1
    assert "\x1b" not in ran.err
    assert not any(line.startswith("0:0") for line in ran.err.splitlines())


def test_output_that_the_terminal_cannot_show_is_escaped(project: Project) -> None:
    out = "v\u00f6gel\u2713"
    ran = process(
        project, "generate", "--no-format", "--out", out, PYTHONIOENCODING="ascii"
    )
    assert ran.returncode == 0
    assert ran.stdout.startswith(r"v\xf6gel\u2713: ")
    assert ran.stderr == ""


def test_lint_tells_all_findings_in_order(project: Project) -> None:
    assert project.run("lint") == (0, "no errors\n", "")
    project.edit("fish", "GetFish", "type: integer", "type: Integr")
    project.edit("bird", "GetBird", "[1, 9]", "[9, 1]")
    ran = project.run("lint")
    assert ran.code == 1
    assert ran.out == ""
    lines = [line for line in ran.err.splitlines() if ": error[" in line]
    assert [line.split("/")[1] for line in lines] == ["bird", "fish"]
    assert ran.err.endswith("2 errors\n")


def test_lint_of_one_file_tells_what_is_wrong_in_it(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.edit("bird", "GetBird", "[1, 9]", "[9, 1]")
    wrong, right = project.spec("bird", "GetBird"), project.spec("bird", "ListBirds")
    assert project.run("lint", right).code == 0
    assert project.run("lint", wrong).code == 1
    assert project.run("lint", wrong.relative_to(project.folder)).code == 1
    assert project.run("lint", right, "specs/bird/service.yaml", wrong).code == 1
    monkeypatch.chdir(wrong.parent)
    assert project.run("lint", wrong.name).code == 1
    assert project.run("lint", right.name).code == 0


def test_lint_of_a_file_of_no_service(project: Project) -> None:
    (project.folder / "stray.yaml").write_text("specwright: 1\n")
    ran = project.run("lint", "stray.yaml")
    assert ran.code != 0
    assert "in no service's folder" in ran.err


def test_lint_as_json(project: Project) -> None:
    project.edit("bird", "GetBird", "type: integer", "type: Integr")
    ran = project.run("lint", "--json")
    data = json.loads(ran.out)
    assert (ran.code, ran.err, data["ok"]) == (1, "", False)
    assert [d["code"] for d in data["diagnostics"]] == ["unknown-shape"]


def test_generate_as_json(project: Project) -> None:
    first = json.loads(project.generate("--json").out)
    assert (first["ok"], first["written"], first["diagnostics"]) == (True, True, [])
    assert "bird/operations/get_bird.py" in first["created"]
    second = json.loads(project.generate("--json").out)
    assert second == {
        "ok": True,
        "written": False,
        "created": [],
        "updated": [],
        "deleted": [],
        "diagnostics": [],
    }
    project.edit("bird", "GetBird", "type: integer", "type: Integr")
    ran = project.run("generate", "--json")
    third = json.loads(ran.out)
    assert (ran.code, ran.err, third["ok"], third["written"]) == (1, "", False, False)
    assert [d["code"] for d in third["diagnostics"]] == ["unknown-shape"]


def test_the_schema_is_json_schema(project: Project) -> None:
    ran = project.run("schema")
    assert ran.code == 0
    assert (
        json.loads(ran.out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    )


def test_facts_are_json_alone(project: Project) -> None:
    ran = project.run("facts", "specs")
    assert (ran.code, ran.err) == (0, "")
    names = [(fact["service"], fact["operation"]) for fact in json.loads(ran.out)]
    assert names == [("Bird", "GetBird"), ("Bird", "ListBirds"), ("Fish", "GetFish")]


@pytest.mark.parametrize("arguments", [["facts", "specs"], ["schema"]])
def test_what_prints_json_anyway_may_be_told_so(
    project: Project, arguments: list[str]
) -> None:
    told = project.run(*arguments, "--json")
    assert told.code == 0
    assert told.out == project.run(*arguments).out


@pytest.mark.parametrize(
    ("arguments", "operations"),
    [
        (["specs/bird"], ["GetBird", "ListBirds"]),
        (["specs", "--service", "Fish"], ["GetFish"]),
        (["specs", "--service", "fish"], ["GetFish"]),
        (["specs", "--operation", "ListBirds"], ["ListBirds"]),
        (["specs", "--service", "Bird", "--operation", "GetBird"], ["GetBird"]),
    ],
)
def test_facts_of_some(
    project: Project, arguments: list[str], operations: list[str]
) -> None:
    ran = project.run("facts", *arguments)
    assert ran.code == 0
    assert [fact["operation"] for fact in json.loads(ran.out)] == operations


def test_facts_of_a_spec_with_errors_are_none(project: Project) -> None:
    project.edit("bird", "GetBird", "type: integer", "type: Integr")
    ran = project.run("facts", "specs")
    assert (ran.code, ran.out) == (1, "")
    assert "unknown-shape" in ran.err


def test_serve_hands_over_what_was_asked(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def run(services: list[object], host: str, port: int, seed: int) -> int:
        asked.extend([len(services), host, port, seed])
        return 0

    monkeypatch.setattr("specwright.server.main.run", run)
    assert project.run("serve", "specs", "--port", "0", "--seed", "7").code == 0
    assert asked == [2, "127.0.0.1", 0, 7]


def test_serve_refuses_specs_with_errors(project: Project) -> None:
    project.edit("bird", "GetBird", "type: integer", "type: Integr")
    ran = project.run("serve", "specs", "--port", "0")
    assert ran.code == 1
    assert "unknown-shape" in ran.err


SETTINGS = """\
specs = "specs"
out = "clients"
format = false
operations = ["GetBird"]
"""


@pytest.mark.parametrize("file", ["specwright.toml", "pyproject.toml"])
def test_settings_hold_below_their_folder_and_start_at_it(
    project: Project, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    table = (
        "[project]\nname = 'x'\n[tool.specwright]\n" if file == "pyproject.toml" else ""
    )
    (project.folder / file).write_text(table + SETTINGS)
    below = project.folder / "src" / "deep"
    below.mkdir(parents=True)
    (below / "pyproject.toml").write_text("[tool.black]\n")
    monkeypatch.chdir(below)
    ran = project.run("generate")
    assert ran.code == 0
    assert ran.out.startswith(str(Path("../../clients")))
    assert (project.folder / "clients" / "bird").is_dir()
    assert not (project.folder / "clients" / "fish").exists()
    assert project.run("check").code == 0


def test_the_command_line_goes_before_settings(project: Project) -> None:
    (project.folder / "specwright.toml").write_text(SETTINGS)
    ran = project.run(
        "generate", "specs/fish", "--out", "fishes", "--operation", "GetFish"
    )
    assert ran.code == 0
    assert (project.folder / "fishes" / "fish").is_dir()
    assert not (project.folder / "clients").exists()


def test_specwright_toml_goes_before_pyproject_beside_it(project: Project) -> None:
    (project.folder / "specwright.toml").write_text('out = "one"\nformat = false\n')
    (project.folder / "pyproject.toml").write_text('[tool.specwright]\nout = "two"\n')
    assert project.run("generate").code == 0
    assert (project.folder / "one").is_dir()


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ('out = "a"\nspec = "specs"\n', 2, "did you mean 'specs'?"),
        ('specs = "a"\nSPECS = "b"\n', 2, "did you mean 'specs'?"),
        ("zzzzzzzz = 1\n", 1, "settings are extras, format, operations, out, specs"),
        ('format = "yes"\n', 1, "'format' has to be true or false"),
        ("\n\nspecs = 1\n", 3, "'specs' has to be the path of a folder"),
        ('specs = ""\n', 1, "'specs' has to be the path of a folder"),
        ('operations = "GetBird"\n', 1, "'operations' has to be a list"),
        ("operations = [1]\n", 1, "'operations' has to be a list"),
        ("out = \n", 1, "config-syntax"),
        ("a = 1\na = 2\n", 2, "config-syntax"),
    ],
)
def test_wrong_settings_are_told_with_their_line(
    project: Project, text: str, line: int, told: str
) -> None:
    (project.folder / "specwright.toml").write_text(text)
    ran = project.run("generate")
    assert ran.code == 2
    assert f"specwright.toml:{line}:" in ran.err
    assert told in ran.err
    assert not project.out.exists()


def test_all_wrong_settings_are_told_at_once(project: Project) -> None:
    text = "[tool.other]\nspec = 1\n[tool.specwright]\nformat = 1\nspec = 2\n"
    (project.folder / "pyproject.toml").write_text(text)
    ran = project.run("generate")
    assert ran.code == 2
    assert "pyproject.toml:4:1: error[config-value]" in ran.err
    assert "pyproject.toml:5:1: error[config-key]" in ran.err


def test_a_settings_file_that_is_not_text(project: Project) -> None:
    (project.folder / "specwright.toml").write_bytes(b"\xff\xfe")
    ran = project.run("generate")
    assert ran.code == 2
    assert "not UTF-8" in ran.err


class Terminal(io.StringIO):
    """A stream that says whether it is a terminal."""

    def __init__(self, shows: bool) -> None:
        super().__init__()
        self._shows = shows

    def isatty(self) -> bool:
        return self._shows


@pytest.mark.parametrize("shows", [True, False])
def test_progress_is_for_terminals(shows: bool) -> None:
    stream = Terminal(shows)
    line = ProgressLine(stream)
    line("formatting", 10, 10)
    line("done", 1, 1)
    line.clear()
    text = stream.getvalue()
    assert ("formatting 10/10" in text) is shows
    assert text.endswith("\r") is shows


@pytest.mark.parametrize(
    ("command", "code"),
    [(["lint"], 0), (["generate", "--no-format"], 0), (["check"], 1), (["fly"], 2)],
)
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&- <&-"])
def test_closed_streams_leave_the_exit_code(
    project: Project, command: list[str], code: int, closed: str
) -> None:
    words = shlex.join([sys.executable, "-m", "specwright", *command])
    ran = subprocess.run(
        ["/bin/sh", "-c", f"{words} {closed}"],
        cwd=project.folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == code
    assert "Traceback" not in ran.stderr
    assert "internal error" not in ran.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_behind_stdout_is_told(project: Project) -> None:
    with open("/dev/full", "wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "specwright", "lint"],
            cwd=project.folder,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=120,
            check=False,
        )
    assert ran.returncode == 3
    assert ran.stderr == "specwright: No space left on device\n"


@pytest.mark.parametrize("module", ["specwright.cli.main", "specwright.cli.arguments"])
def test_an_interrupt_while_it_starts_ends_quietly(
    project: Project, module: str
) -> None:
    code = (
        "import runpy, sys\n"
        "class Interrupt:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == {module!r}: raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupt())\n"
        "runpy.run_module('specwright', run_name='__main__', alter_sys=True)\n"
    )
    ran = process(project, "lint", code=code)
    assert (ran.returncode, ran.stdout, ran.stderr) == (130, "", "")


def test_a_file_name_cannot_forge_lines(project: Project) -> None:
    path = project.spec("bird", "GetBird")
    path.rename(path.with_name("Get\nx.yaml:1:1: error[forged]: no\x1b[31m.yaml"))
    ran = project.run("lint")
    assert ran.code == 1
    assert "\\nx.yaml" in ran.err
    assert "\x1b" not in ran.err
    assert not any(line.startswith("x.yaml") for line in ran.err.splitlines())
