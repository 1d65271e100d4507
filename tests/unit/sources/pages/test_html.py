"""Saved web pages: what people see of them is read, whatever the markup."""

from typing import Any

from specwright.sources.pages import read_page, to_json

BOTO3 = """\
<!DOCTYPE html><html><head><title>get_lamp - Boto3</title></head><body><nav>x</nav><div class="body"><section id="get-lamp">
<p><a class="reference internal" href="../../house.html"><span class="doc">House</span></a> / Client / get_lamp</p>
<h1>get_lamp<a class="headerlink" href="#get-lamp">#</a></h1>
<dl class="py method"><dt class="sig sig-object py" id="House.Client.get_lamp"><span class="sig-prename descclassname"><span class="pre">House.Client.</span></span><span class="sig-name descname"><span class="pre">get_lamp</span></span><span class="sig-paren">(</span><em class="sig-param"><span class="o"><span class="pre">**</span></span><span class="n"><span class="pre">kwargs</span></span></em><span class="sig-paren">)</span><a class="headerlink" href="#x">#</a></dt>
<dd><p>Gets a lamp.</p><p>See also: <a class="reference external" href="https://docs.aws.amazon.com/goto/WebAPI/house-2020-01-01/GetLamp">AWS API Documentation</a></p>
<p><strong>Request Syntax</strong></p>
<div class="highlight-default notranslate"><div class="highlight"><pre><span></span><span class="n">response</span> <span class="o">=</span> <span class="n">client</span><span class="o">.</span><span class="n">get_lamp</span><span class="p">(</span>
    <span class="n">lampId</span><span class="o">=</span><span class="s1">&#39;string&#39;</span><span class="p">,</span>
    <span class="n">tags</span><span class="o">=</span><span class="p">{</span>
        <span class="s1">&#39;string&#39;</span><span class="p">:</span> <span class="s1">&#39;string&#39;</span>
    <span class="p">},</span>
    deep={
        'a': 'X'|'Y',
        'b': [
            123,
        ]
    }
<span class="p">)</span>
</pre></div></div>
<dl class="field-list simple"><dt class="field-odd">Parameters<span class="colon">:</span></dt><dd class="field-odd"><ul class="simple">
<li><p><strong>lampId</strong> (<em>string</em>) &ndash; <p><strong>[REQUIRED]</strong></p><p>The id.</p></p></li>
<li><p><strong>tags</strong> (<em>dict</em>) &ndash; <p>Tags.</p><ul><li><p><em>(string) --</em></p><ul><li><p><em>(string) --</em></p></li></ul></li></ul></p></li>
<li><p><strong>deep</strong> (<em>dict</em>) &ndash; <p>Deep.</p><ul><li><p><strong>a</strong> <em>(string) --</em> <strong>[REQUIRED]</strong></p><p>A.</p></li><li><p><strong>b</strong> <em>(list) --</em></p><ul><li><p><em>(integer) --</em></p></li></ul></li></ul></p></li>
</ul></dd>
<dt class="field-even">Return type<span class="colon">:</span></dt><dd class="field-even"><p>dict</p></dd>
<dt class="field-odd">Returns<span class="colon">:</span></dt><dd class="field-odd"><p><strong>Response Syntax</strong></p>
<div class="highlight-default"><div class="highlight"><pre>{
    'lamp': {
        'on': True|False,
        'at': datetime(2015, 1, 1)
    }
}
</pre></div></div>
<p><strong>Response Structure</strong></p>
<ul><li><p><em>(dict) --</em></p><ul><li><p><strong>lamp</strong> <em>(dict) --</em></p><p>L.</p><div class="admonition note"><p class="admonition-title">Note</p><p>This is a Tagged Union structure. Only one of the following top level keys will be set: on, at.</p></div><ul><li><p><strong>on</strong> <em>(boolean) --</em></p></li><li><p><strong>at</strong> <em>(datetime) --</em></p></li></ul></li></ul></li></ul></dd></dl>
<p><strong>Exceptions</strong></p><ul class="simple"><li><p><code class="xref py py-class docutils literal notranslate"><span class="pre">House.Client.exceptions.LampNotFound</span></code></p></li></ul>
</dd></dl></section></div></body></html>
"""
JAVASCRIPT = """\
<html><body><nav>x</nav><h1>GetLampCommand</h1><p>Gets.</p><h2>Example Syntax</h2><p>Use a bare-bones client and the command you need to make an API call.</p><pre><code class="language-javascript">import { HouseClient, GetLampCommand } from "@aws-sdk/client-house"; // ES Modules import
// const { HouseClient, GetLampCommand } = require("@aws-sdk/client-house"); // CommonJS import
const client = new HouseClient(config);
const input = { // GetLampRequest
  lampId: "STRING_VALUE", // required
  kind: "A" || "B",
};
const command = new GetLampCommand(input);
const response = await client.send(command);
// { // GetLampResponse
//   size: Number("long"),
//   lamp: { // Lamp
//     on: true || false, // required
//   },
// };
</code></pre><h2>GetLampCommand Input</h2><table><thead><tr><th>Parameter</th><th>Type</th><th>Description</th></tr></thead><tbody><tr><td>lampId <span>Required</span></td><td>string | undefined</td><td>Id.</td></tr></tbody></table><h2>GetLampCommand Output</h2><table><tr><th>Parameter</th><th>Type</th><th>Description</th></tr><tr><td><div>$metadata</div><div>Required</div></td><td>ResponseMetadata</td><td>m</td></tr><tr><td><div>lamp</div><div>Required</div></td><td>Lamp | undefined</td><td>The lamp.</td></tr></table><h2>Throws</h2><table><tr><th>Name</th><th>Fault</th><th>Details</th></tr><tr><td>LampError</td><td>client</td><td>Bad.</td></tr><tr><td>HouseServiceException</td><td></td><td>Base exception class for all service exceptions from House service.</td></tr></table></body></html>
"""
DART = """\
<!DOCTYPE html><html><head><title>getLamp method - House class - house-2020-01-01 library - Dart API</title></head><body><header id="title"><ol class="breadcrumbs"><li>aws_house_api</li></ol></header><main><div id="dartdoc-main-content"><div><h1><span class="kind-method">getLamp</span> method</h1></div><section class="multi-line-signature"><span class="returntype">Future&lt;GetLampResponse&gt;</span> <span class="name">getLamp</span>({<ol class="parameter-list"><li><span>required String lampId</span>, </li></ol>})</section><section class="desc markdown"><p>Gets.</p><p>May throw <a href="x">LampError</a>.</p><p>Parameter <code>lampId</code> :<br>The id.</p></section><section class="summary source-code" id="source"><h2><span>Implementation</span></h2><pre class="language-dart"><code class="language-dart">Future&lt;GetLampResponse&gt; getLamp({
  required String lampId,
}) async {
  final response = await _protocol.send(
    payload: null,
    method: 'GET',
    requestUri: '/lamps/${Uri.encodeComponent(lampId)}',
    exceptionFnMap: _exceptionFns,
  );
  return GetLampResponse.fromJson(response);
}</code></pre></section></div></main></body></html>
"""


def said(text: str) -> dict[str, Any]:
    read = read_page("page.html", text.encode())
    assert read.facts is not None, [str(d) for d in read.diagnostics]
    return to_json(read.facts)


def test_boto3():
    told = said(BOTO3)
    assert (told["service"], told["operation"]) == ("House", "GetLamp")
    assert told["input"] == {
        "lampId": {"type": "string", "required": True},
        "tags": {"type": "map", "key": {"type": "string"}, "value": {"type": "string"}},
        "deep": {
            "type": "structure",
            "members": {
                "a": {"type": "string", "required": True, "enum": ["X", "Y"]},
                "b": {"type": "list", "item": {"type": "integer"}},
            },
        },
    }
    lamp = {"on": {"type": "boolean"}, "at": {"type": "timestamp"}}
    assert told["output"] == {"lamp": {"type": "union", "members": lamp}}
    assert told["errors"] == {"LampNotFound": {}}


def test_javascript():
    told = said(JAVASCRIPT)
    assert (told["service"], told["operation"]) == ("House", "GetLamp")
    assert told["input"] == {
        "lampId": {"type": "string", "required": True},
        "kind": {"type": "string", "enum": ["A", "B"]},
    }
    lamp = {"on": {"type": "boolean", "required": True}}
    assert told["output"] == {
        "size": {"type": "long"},
        "lamp": {"type": "structure", "required": True, "members": lamp},
    }
    assert told["errors"] == {"LampError": {"fault": "client"}}


def test_dart():
    told = said(DART)
    assert (told["service"], told["operation"]) == ("House", "GetLamp")
    assert told["http"] == {"method": "GET", "path": "/lamps/{lampId}"}
    assert told["input"] == {
        "lampId": {"type": "string", "required": True, "in": "path"}
    }
    assert told["errors"] == {"LampError": {}}
