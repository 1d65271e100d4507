"""The stand-in shares no code with the clients that it is held against."""

import ast
from pathlib import Path

import specwright.server


def test_the_server_never_imports_the_runtime():
    folder = Path(specwright.server.__file__).parent
    modules = list(folder.rglob("*.py"))
    assert len(modules) > 15
    for module in modules:
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                assert node.level == 0
                names = [f"{node.module}.{a.name}" for a in node.names]
            assert not [n for n in names if n.startswith("specwright.runtime")], module
