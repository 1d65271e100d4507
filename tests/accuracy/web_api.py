"""Prints operations of all protocols as the web pages of the AWS API Reference, with their prose."""

from __future__ import annotations

import html
import random
import re

from botocore.model import OperationModel, Shape
from tests.accuracy.web_prose import facts_of_entry, prose
from tests.accuracy.web_syntax import Syntax, is_payload_blob, located, payload_of


class WebApiPage:
    """The web page of an operation, indented as the site does it or without any space."""

    def __init__(self, operation: OperationModel, rng: random.Random) -> None:
        self.operation, self.rng = operation, rng
        self.metadata = operation.service_model.metadata
        self.protocol = self.metadata["protocol"]
        if self.protocol not in ("json", "rest-json", "query", "ec2", "rest-xml"):
            raise KeyError("protocol")
        self.rest = self.protocol.startswith("rest")
        self.xml = self.protocol == "rest-xml"
        self.form = self.protocol in ("query", "ec2")
        self.space = "\n        " if rng.random() < 0.6 else ""
        self.syntax = Syntax(operation)

    def __str__(self) -> str:
        name = self.operation.name
        title = html.escape(self.metadata["serviceFullName"])
        main = "".join(
            [
                f'<h1 class="topictitle">{name}</h1>{prose(self.operation.documentation)}',
                *self._request(),
                *self._response(),
                *self._errors(),
                *self._end(),
            ]
        )
        headings = "".join(f"<a>{t}</a>" for t in re.findall("<h2>(.*?)</h2>", main))
        return (
            f"<!DOCTYPE html>\n<html><head><title>{name} - {title}</title></head><body>"
            f"<nav><a>Documentation</a><a>{title}</a><a>API Reference</a></nav>"
            f'<div id="page-toc-src">{headings}</div><div id="main-col-body">{main}</div>'
            "<div>Did this page help you? - Yes</div></body></html>"
        )

    def _heading(self, text: str) -> str:
        return f"\n<h2>{text}</h2>\n" if self.space else f"<h2>{text}</h2>"

    def _code(self, text: str) -> str:
        return (
            f'<pre class="programlisting"><code class="nohighlight">{text}</code></pre>'
        )

    def _item(self, name: str, documentation: str | None, rows: list[str]) -> str:
        told = "".join(f"{self.space}<p>{row}</p>" for row in rows)
        return (
            f"{self.space}<dt>{self.space}<b>{name}</b>{self.space}</dt>{self.space}"
            f"<dd>{self.space}{prose(documentation)}{told}{self.space}</dd>"
        )

    def _list(self, items: list[str]) -> str:
        return (
            f'<div class="variablelist"><dl>{"".join(items)}</dl></div>'
            if items
            else ""
        )

    # -- requests -------------------------------------------------------------------------

    def _request(self) -> list[str]:
        shape = self.operation.input_shape
        members = dict(shape.members) if shape is not None else {}
        if self.form:
            return self._form_request(members)
        out = []
        if code := self.syntax.request():
            out += [self._heading("Request Syntax"), self._code(code)]
        if not self.rest:
            out += [self._heading("Request Parameters"), f"<p>{_COMMON}</p>"]
            if members:
                out.append(
                    "<p>The request accepts the following data in JSON format.</p>"
                )
            return [
                *out,
                self._list([self._input(n, m) for n, m in sorted(members.items())]),
            ]
        uri = [
            n for n, m in members.items() if located(m) in ("path", "query", "header")
        ]
        body = [n for n, m in members.items() if located(m) == "body"]
        what = "uses the following" if uri else "does not use any"
        out += [
            self._heading("URI Request Parameters"),
            f"<p>The request {what} URI parameters.</p>",
            self._list(
                [
                    self._input(n, members[n], uri=True)
                    for n in sorted(uri, key=str.lower)
                ]
            ),
            self._heading("Request Body"),
        ]
        if not body:
            return [*out, "<p>The request does not have a request body.</p>"]
        kind = (
            "binary data"
            if is_payload_blob(shape)
            else f"data in {self._form()} format"
        )
        out.append(f"<p>The request accepts the following {kind}.</p>")
        if self.xml and not is_payload_blob(shape):
            return [
                *out,
                self._list(self._xml_items(shape, self.syntax.request_root(), True)),
            ]
        return [*out, self._list([self._input(n, members[n]) for n in body])]

    def _form_request(self, members: dict[str, Shape]) -> list[str]:
        preamble = _EC2 if self.protocol == "ec2" else f" {_COMMON}"
        entries = [self._input(n, members[n]) for n in sorted(members, key=str.lower)]
        return [
            self._heading("Request Parameters"),
            f"<p>{preamble}</p>",
            self._list(entries),
        ]

    def _form(self) -> str:
        return "XML" if self.xml else "JSON"

    def _input(self, name: str, shape: Shape, *, uri: bool = False) -> str:
        required = name in self.operation.input_shape.required_members
        printed = (
            self.syntax.form_name(name, shape)
            if self.form
            else self.syntax.name(name, shape)
        )
        printed = self.syntax.uri_name(name, shape) if uri else printed
        rows = facts_of_entry(shape, typed=not uri, required=required)
        return self._item(printed, shape.documentation, rows)

    def _xml_items(self, shape: Shape, root: str, request: bool) -> list[str]:
        held = payload_of(shape)
        top = shape.members[held] if held else shape
        items = [
            self._item(
                root, f"Root level tag for the {root} parameters.", ["Required: Yes"]
            )
        ]
        for name, member in top.members.items() if top.type_name == "structure" else ():
            if not held and located(member) != "body":
                continue
            required = name in top.required_members if request else None
            rows = facts_of_entry(member, typed=True, required=required)
            rows[0] = rows[0].replace(" object", " data type")
            tag = member.serialization.get("name", name)
            items.append(self._item(tag, member.documentation, rows))
        return items

    # -- answers --------------------------------------------------------------------------

    def _response(self) -> list[str]:
        shape = self.operation.output_shape
        members = dict(shape.members) if shape is not None else {}
        status = self.operation.http.get("responseCode", 200)
        if self.form:
            return self._form_response(members)
        out = []
        if code := self.syntax.response():
            out += [self._heading("Response Syntax"), self._code(code)]
        out.append(self._heading("Response Elements"))
        sent = f"<p>If the action is successful, the service sends back an HTTP {status} response"
        if not members:
            return [*out, f"{sent} with an empty HTTP body.</p>"]
        out.append(f"{sent}.</p>")
        for place, words in (
            ("status", "The response returns the following as the HTTP statusCode."),
            ("header", "The response returns the following HTTP headers."),
        ):
            items = [
                self._output(n, m, uri=True)
                for n, m in members.items()
                if located(m) == place
            ]
            out += [f"<p>{words}</p>", self._list(items)] if items else []
        body = [n for n, m in members.items() if located(m) == "body"]
        if is_payload_blob(shape):
            name = payload_of(shape) or ""
            entry = self._item(name, members[name].documentation, [])
            words = "The response returns the following as the HTTP body."
            return [*out, f"<p>{words}</p>", self._list([entry])]
        if not body:
            return out
        out.append(
            f"<p>The following data is returned in {self._form()} format by the service.</p>"
        )
        if self.xml:
            return [
                *out,
                self._list(self._xml_items(shape, self.syntax.response_root(), False)),
            ]
        return [*out, self._list([self._output(n, members[n]) for n in body])]

    def _form_response(self, members: dict[str, Shape]) -> list[str]:
        if not members and self.protocol == "query":
            return []
        entries = [self._output(n, members[n]) for n in sorted(members, key=str.lower)]
        if self.protocol == "ec2":
            entries.append(
                self._item("requestId", "The ID of the request.", ["Type: String"])
            )
        verb = " is" if len(entries) == 1 else "s are"
        words = f"<p>The following element{verb} returned by the service.</p>"
        return [self._heading("Response Elements"), words, self._list(entries)]

    def _output(self, name: str, shape: Shape, *, uri: bool = False) -> str:
        printed = (
            self.syntax.answer_name(name, shape)
            if self.form
            else self.syntax.name(name, shape)
        )
        if uri:
            printed = shape.serialization.get("name", name) if self.xml else name
        rows = facts_of_entry(shape, typed=not uri, required=None)
        return self._item(printed, shape.documentation, rows)

    # -- the rest -------------------------------------------------------------------------

    def _errors(self) -> list[str]:
        link = (
            "Common client error codes" if self.protocol == "ec2" else "Common Errors"
        )
        items = []
        for error in self.operation.error_shapes:
            stated = error.metadata.get("error", {})
            status = stated.get("httpStatusCode") or (
                500 if error._shape_model.get("fault") else 400
            )
            name = stated.get("code", error.name) if self.form else error.name
            items.append(
                self._item(name, error.documentation, [f"HTTP Status Code: {status}"])
            )
        words = f"<p>For information about the errors that are common to all actions, see {link}.</p>"
        return [self._heading("Errors"), words, self._list(items)]

    def _end(self) -> list[str]:
        name = self.operation.name
        out = []
        if self.form:
            call = f"https://x.amazonaws.com/?Action={name}\n&amp;AUTHPARAMS"
            answer = (
                f"&lt;{name}Response&gt;\n  &lt;RequestId&gt;7a62&lt;/RequestId&gt;"
            )
            out = [
                self._heading("Examples"),
                "<h4>Sample Request</h4>",
                self._code(call),
            ]
            out += ["<h4>Sample Response</h4>", self._code(answer)]
        see = "For more information about using this API in one of the language-specific AWS SDKs, see the following:"
        return [
            *out,
            self._heading("See Also"),
            f"<p>{see}</p><ul><li>AWS SDK for C++</li></ul>",
        ]


_COMMON = (
    "For information about the parameters that are common to all actions, see "
    '<a href="./CommonParameters.html">Common Parameters</a>.'
)
_EC2 = (
    "The following parameters are for this specific action. For more information about required and "
    'optional parameters that are common to all actions, see <a href="x.html">Common Query Parameters</a>.'
)
