"""Templates print views: they make no names and hold next to no logic."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import StrictUndefined, nodes

from specwright.render.files import environment
from specwright.templates_dir import templates_dir

TEMPLATES = sorted(templates_dir().rglob("*.jinja"))
FILTERS = {"length", "trim"}
# Text, values of views, loops over lists, plain conditions, and macros of other templates.
NODES = (
    *(nodes.Template, nodes.Output, nodes.TemplateData),
    *(nodes.For, nodes.If, nodes.Name, nodes.Getattr, nodes.Const),
    *(nodes.Macro, nodes.Call, nodes.FromImport, nodes.Include),
    *(nodes.Filter, nodes.Compare, nodes.Operand, nodes.CondExpr),
)
LONGEST = 60
# Tests are written out in full, for those who read why one failed.
TESTS = {"test_conformance.py.jinja": 178}


def parsed(path: Path) -> nodes.Template:
    return environment().parse(path.read_text("utf-8"))


def below(node: nodes.Node) -> Iterator[nodes.Node]:
    """A node and everything in it."""
    yield node
    for child in node.iter_child_nodes():
        yield from below(child)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.name)
class TestTemplate:
    def test_it_holds_nothing_beyond_the_closed_list(self, path: Path):
        macros = {
            name if isinstance(name, str) else name[1]
            for node in parsed(path).find_all(nodes.FromImport)
            for name in node.names
        }
        for node in below(parsed(path)):
            assert isinstance(node, NODES), (type(node).__name__, node.lineno)
            if isinstance(node, nodes.Filter):
                assert node.name in FILTERS, node.lineno
            if isinstance(node, nodes.Call):
                assert isinstance(node.node, nodes.Name), node.lineno
                assert node.node.name in macros, node.lineno
            if isinstance(node, nodes.Getattr):
                assert not node.attr.startswith("_"), node.lineno
            if isinstance(node, nodes.Compare):
                assert isinstance(node.ops[0].expr, nodes.Const), node.lineno

    def test_it_sees_one_view_and_what_it_loops_over(self, path: Path):
        tree = parsed(path)
        known = {"view"}
        for macro in tree.find_all(nodes.Macro):
            known |= {argument.name for argument in macro.args}
        for imported in tree.find_all(nodes.FromImport):
            known |= {n if isinstance(n, str) else n[1] for n in imported.names}
        for loop in tree.find_all(nodes.For):
            assert isinstance(loop.target, nodes.Name)
            known.add(loop.target.name)
        for name in tree.find_all(nodes.Name):
            assert name.name in known, (name.name, name.lineno)

    def test_it_is_short(self, path: Path):
        assert len(path.read_text("utf-8").splitlines()) <= TESTS.get(
            path.name, LONGEST
        )


def test_the_environment_offers_no_more():
    assert set(environment().filters) == FILTERS
    assert environment().undefined is StrictUndefined


def test_templates_are_laid_out_like_the_package_that_they_write():
    service = {p.relative_to(templates_dir()).as_posix() for p in TEMPLATES}
    assert {
        "__init__.py.jinja",
        "service/__init__.py.jinja",
        "service/client.py.jinja",
        "service/errors.py.jinja",
        "service/operations/operation.py.jinja",
        "service/shapes/__init__.py.jinja",
    } <= service
