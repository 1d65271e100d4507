"""Pages that lost their links, their titles or their line breaks, and what is left on them."""

from typing import Any

from specwright.sources.pages import read_page, to_json

BOTO3 = """\
Lamps / Client / describe_db_lamps
describe_db_lamps¶
Lamps.Client.describe_db_lamps(**kwargs)¶
Describes lamps.
See also: AWS API Documentation
Request Syntax
response = client.describe_db_lamps( roomName='string', size=123.0 )
Parameters:
roomName (string) \u2013
[REQUIRED]
The name of the
Room
.size (float) \u2013 Its size.
Return type:
dict
Returns:
Response Syntax
{ 'lamps': [ { 'kind': 'A'|'B', }, ] }
Response Structure
(dict) \u2013
lamps (list) \u2013
(dict) \u2013
kind (string) \u2013 The kind.
Exceptions
Lamps.Client.exceptions.NotFound
Lamps.Client.exceptions.TooMany
"""
API = """\
DescribeLamp - Amazon House
DescribeLamp
Describes it.
Request Syntax
GET /lamps/name?bulbId=bulbId®ionCode=regionCode HTTP/1.1
URI Request Parameters
The request uses the following URI parameters.
bulbId
The bulb.
name
The name.
Required: Yes
regionCode
The region of the lamp
Request Body
The request does not have a request body.
Response Syntax
HTTP/1.1 200
Content-type: application/json
{ "@kind": "string", "Tags": { "string" : "string" } }
Response Elements
If the action is successful, the service sends back an HTTP 200 response.
The following data is returned in JSON format by the service.
@kind
The kind.
Type: String
Length
Constraints: Maximum length of 9.
Tags
Its tags.
Type: String
to string map
Errors
For information about the errors that are common to all actions, see
Common Errors
.
LampInUse
It is in use. HTTP Status Code: 409
HTTP Status Code: 400
See Also
For more information about using this API in one of the language-specific AWS SDKs, see the following:
"""
DART = """\
%s
describeLamp method
May throw [NotFound](../NotFound-class.html).
Implementation
Future<void> describeLamp({ required String contactId, String? defaultValue, DateTime? since, }) async {
final headers = <String, String>{};
since?.let((v) => headers['x-since'] = _s.rfc822ToJson(v).toString());
final $payload = <String, dynamic>{ %s };
await _protocol.send( payload: $payload, method: 'POST', requestUri: '/lamps/${Uri.encodeComponent(contactId)}', );
}
"""


def said(text: str) -> dict[str, Any]:
    read = read_page("page.txt", text.encode())
    assert read.facts is not None, [str(d) for d in read.diagnostics]
    return to_json(read.facts)


def test_boto3_without_links_tells_its_operation_by_its_method():
    for text in (BOTO3, " ".join(BOTO3.split()), BOTO3.replace("_", "\\_")):
        told = said(text)
        assert told["operation"] == "DescribeDBLamps"
        assert "/operation" in told["inferred"]
        assert told["input"] == {
            "roomName": {"type": "string", "required": True},
            "size": {"type": "double"},
        }
        kind = told["output"]["lamps"]["item"]["members"]["kind"]
        assert kind == {"type": "string", "enum": ["A", "B"]}
        assert list(told["errors"]) == ["NotFound", "TooMany"]


def test_api_reference_with_parted_words_and_letters_for_entities():
    told = said(API)
    assert told["http"] == {"method": "GET", "path": "/lamps/{name}"}
    assert {name: member["in"] for name, member in told["input"].items()} == {
        "name": "path",
        "bulbId": "query",
        "regionCode": "query",
    }
    assert told["output"]["@kind"] == {"type": "string", "length": [None, 9]}
    assert told["output"]["Tags"]["type"] == "map"
    # The status of the description is not the one that the list states behind it.
    assert told["errors"]["LampInUse"]["status"] == 400


def test_the_whole_page_in_one_line():
    told = said(" ".join(API.split()))
    assert told["operation"] == "DescribeLamp"
    assert told["http"] == {"method": "GET", "path": "/lamps/{name}"}
    assert told["output"]["@kind"]["length"] == [None, 9]


def test_darts_members_begin_as_those_of_the_service_do():
    title = (
        "describeLamp method - Connect class - connect-2017-08-08 library - Dart API"
    )
    known = said(DART % (title, "'Default': defaultValue,"))
    assert list(known["input"]) == ["ContactId", "Default", "Since"]
    assert known["http"]["path"] == "/lamps/{ContactId}"
    assert known["input"]["Since"] == {
        "type": "timestamp",
        "in": "header",
        "wire": "x-since",
        "timestamp": "http-date",
    }
    assert list(known["errors"]) == ["NotFound"]
    # Without a service, the keys of bodies are all that shows how names begin.
    unknown = said(DART % ("", "'default': defaultValue,"))
    assert list(unknown["input"]) == ["contactId", "default", "since"]


def test_limits_of_uri_parameters_have_no_type():
    text = API.replace("bulbId", "maxResults").replace("regionCode", "nextToken")
    text = text.replace(
        '"@kind": "string"', '"nextToken": "string", "lamps": [ "string" ]'
    )
    text = text.replace("®ionCode", "&nextToken").replace("\n@kind\n", "\nnextToken\n")
    assert said(text)["pagination"] == {
        "input_token": "nextToken",
        "output_token": "nextToken",
        "limit": "maxResults",
        "items": "lamps",
    }
