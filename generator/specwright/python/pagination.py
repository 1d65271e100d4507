"""How pages follow each other, as data of an operation, and what their items are."""

from __future__ import annotations

from collections.abc import Iterator

from specwright.expressions import Field, Misses, Path, leads_to
from specwright.model import Operation, Pagination, Service, Shape
from specwright.python.jmes import entry, expression, parsed
from specwright.python.layout import Call, Expression, flat
from specwright.python.members import Tables
from specwright.python.quoting import literal

PLAIN_TOKENS = frozenset(
    {"string", "byte", "short", "integer", "long", "bigInteger", "timestamp", "blob"}
)
WHOLE = frozenset({"structure", "union", "string", "timestamp", "blob", "boolean"})


def pagination_reasons(service: Service, operation: Operation) -> Iterator[str]:
    """What is unknown about the pages of an operation."""
    rule = operation.pagination
    if rule is None:
        return
    for text in rule.items:
        if field_names(text) is None:
            yield f"pages of '{text}', which is no path of members"
    if rule.items and shape_of(service, operation, primary(service, operation)) is None:
        yield f"pages of '{rule.items[0]}', whose type is unknown"


def is_plain(service: Service, operation: Operation, rule: Pagination) -> bool:
    """True where a member in, a member out and a list of the output tell all."""
    if len(rule.input_token) != 1 or rule.more_results:
        return False
    items = primary(service, operation)
    tokens = {m.name for m in operation.output.members} & {rule.output_token[0]}
    token = shape_of(service, operation, rule.output_token[0])
    shape = shape_of(service, operation, items) if items else None
    return (
        bool(tokens)
        and token is not None
        and token.type in PLAIN_TOKENS
        and (not items or (field_names(items) == (items,)))
        and (shape is None or shape.type == "list")
    )


def pagination_data(service: Service, operation: Operation, rule: Pagination) -> Call:
    """How pages follow each other, in the words of the runtime."""
    parts: list[Expression] = [
        f"input_token={literal(', '.join(rule.input_token))}",
        f"output_token={literal(', '.join(rule.output_token))}",
    ]
    items = primary(service, operation)
    if items:
        parts.append(f"items={literal(items)}")
    if rule.limit:
        parts.append(f"limit={literal(rule.limit)}")
    if is_plain(service, operation, rule):
        return Call("pagination=Pagination", tuple(parts))
    tokens = tuple(
        entry(name, expression(parsed(text)))
        for name, text in zip(rule.input_token, rule.output_token, strict=True)
    )
    parts.append(Call("tokens=", tokens, "{}"))
    if rule.more_results:
        more = expression(parsed(rule.more_results))
        parts.append(
            f"more_results={more}"
            if isinstance(more, str)
            else more.named("more_results")
        )
    return Call("pagination=PathPagination", tuple(parts))


def item_type(
    service: Service, operation: Operation, tables: Tables
) -> Expression | None:
    """The type of the items that an operation pages through; None where it has no pages.

    Of a map the items are its pairs; of anything but a list or map, each page has one.
    """
    if operation.pagination is None:
        return None
    items = primary(service, operation)
    shape = shape_of(service, operation, items) if items else None
    if shape is None:
        return "Never"
    if shape.item is not None:
        item = tables.annotation(shape.item)
        return f"{flat(item)} | None" if shape.sparse else item
    if shape.value is not None:
        value = tables.annotation(shape.value)
        inner = f"{flat(value)} | None" if shape.sparse else value
        return Call("tuple", ("str", inner), "[]")
    return tables.value_type(shape)


def primary(service: Service, operation: Operation) -> str:
    """The member whose items are paged through: the first that holds several, else the first;
    empty where the spec names none."""
    rule = operation.pagination
    if rule is None or not rule.items:
        return ""
    for text in rule.items:
        shape = shape_of(service, operation, text)
        if shape is not None and shape.type in ("list", "map"):
            return text
    return rule.items[0]


def paging_note(service: Service, operation: Operation) -> str | None:
    """What ``paginate`` gives, where that isn't each item of a page's only list."""
    rule = operation.pagination
    if rule is None:
        return None
    items = primary(service, operation)
    if not items:
        return " page by page: pages() gives them, and there are no items"
    shape = shape_of(service, operation, items)
    others = [text for text in rule.items if text != items]
    kind = "" if shape is None else shape.type
    how = {"list": f", item by item of {items}", "map": f", pair by pair of {items}"}
    note = how.get(kind, f", with {items} of each page as one item")
    if others:
        note += f"; pages() has {' and '.join(others)} too"
    return note if others or kind != "list" else None


def field_names(text: str) -> tuple[str, ...] | None:
    """The members of a path that leads through nothing else."""
    node = parsed(text)
    if not isinstance(node, Path) or not node.steps:
        return None
    names = tuple(step.name for step in node.steps if isinstance(step, Field))
    return (
        names if len(names) == len(node.steps) and "." not in "".join(names) else None
    )


def shape_of(service: Service, operation: Operation, text: str) -> Shape | None:
    """What an expression leads to in the output of an operation."""
    return leads_to(parsed(text), operation.output, Misses(service.target))
