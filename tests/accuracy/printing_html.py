"""Lays the text of an API Reference page out as the web site does."""

from __future__ import annotations

import html
import re

from botocore.model import OperationModel
from tests.accuracy.truth_api import printed


def web_page(operation: OperationModel, text: str) -> str:
    """The page of the web site whose text is given, an entry a line."""
    rows = [
        "<!DOCTYPE html><html><head><title>x</title></head><body><div id='main-content'>"
    ]
    rows.append("<nav>Documentation<a href='/'>AWS</a></nav>")
    lines, out, n = text.split("\n"), rows, 0
    headings = {
        "Request Syntax",
        "URI Request Parameters",
        "Request Body",
        "Request Parameters",
        "Response Syntax",
        "Response Elements",
        "Errors",
        "See Also",
    }
    names = {
        printed(k, v)
        for s in (operation.input_shape, operation.output_shape)
        if s
        for k, v in s.members.items()
    }
    names |= set(operation.input_shape.members) if operation.input_shape else set()
    names |= {e.name for e in operation.error_shapes}
    section = ""
    opened = False
    while n < len(lines):
        line = html.escape(lines[n])
        titled = lines[n] != "Errors" or lines[n + 1].startswith("For information")
        if lines[n] in headings and titled:
            if opened:
                out.append("</dd></dl></div>")
                opened = False
            section = lines[n]
            out.append(f"<h2 id='x'>{line}</h2>")
        elif section in ("Request Syntax", "Response Syntax"):
            code = [line]
            while n + 1 < len(lines) and lines[n + 1] not in headings:
                n += 1
                code.append(html.escape(lines[n]))
            out.append(
                "<pre class='programlisting'><code class='code'>"
                + "\n".join(code)
                + "</code></pre>"
            )
        elif section and lines[n] in names:
            out.append(
                f"{'</dd>' if opened else '<div class=variablelist><dl>'}<dt><a name='x'></a><span class='term'><code class='code'>{line}</code></span></dt><dd>"
            )
            opened = True
        elif re.match("Pattern: |Valid Values: ", lines[n]):
            word, _, value = line.partition(": ")
            out.append(f"<p>{word}: <code class='code'>{value}</code></p>")
        elif n == 0:
            out.append(f"<h1 class='topictitle'>{line}</h1>")
        elif line:
            out.append(f"<p>{line}</p>")
        n += 1
    out.append("</dd></dl></div></div></body></html>")
    return "\n".join(out)
