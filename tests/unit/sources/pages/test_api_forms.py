"""API Reference pages without JSON: forms, which have no syntax block, and XML."""

from typing import Any

import pytest

from specwright.sources.pages import read_page, to_json

FORM = """\
DescribeLamps
Describes lamps.
Request Parameters
For information about the parameters that are common to all actions, see Common Parameters.
- Filters.Filter.N
-
This parameter is not supported. See
LampName
there.
Type: Array of Filter objects
Required: No
- LampName.N
-
The name.
Constraints:
- Must be lower case.
Type: Array of strings
Array Members: Minimum number of 1 item.
Required: Yes
- AttributeNames.member.N
-
Names.
Type: Array of strings
Valid Values:
All | Policy
Required: No
- Tags.entry.N.key (key)
-
x
Type: String to string map
Required: No
- MaxRecords
-
The maximum. Default: 100. Constraints: Minimum 20, maximum 100.Type: Integer
Required: No
- Marker
-
Token.
Type: String
Required: No
Response Elements
The following elements are returned by the service.
- Lamps.Lamp.N
-
A list.
Type: Array of Lamp objects
- Marker
-
Token.
Type: String
Errors
For information about the errors that are common to all actions, see Common Errors.
- LampNotFound
-
Not there.
HTTP Status Code: 404
Examples
Example
This example.
Sample Request
https://house.amazonaws.com/?Action=DescribeLamps
See Also
For more information about using this API in one of the language-specific AWS SDKs, see the following:
"""
XML = """\
GetLampAcl
Gets it.
Request Syntax
GET /Key+?acl&versionId=VersionId HTTP/1.1
Host: Bucket.s3.amazonaws.com
x-amz-request-payer: RequestPayer
URI Request Parameters
The request uses the following URI parameters.
Bucket
The bucket.
Required: Yes
Key
The key.
Length Constraints: Minimum length of 1.
Required: Yes
versionId
Version.
x-amz-request-payer
Payer.
Valid Values: requester
Request Body
The request does not have a request body.
Response Syntax
HTTP/1.1 200
x-amz-request-charged: RequestCharged
<?xml version="1.0" encoding="UTF-8"?>
<AccessControlPolicy>
   <Owner>
      <DisplayName>string</DisplayName>
      <ID>string</ID>
   </Owner>
   <AccessControlList>
      <Grant>
         <Permission>string</Permission>
         <Size>integer</Size>
      </Grant>
   </AccessControlList>
</AccessControlPolicy>
Response Elements
If the action is successful, the service sends back an HTTP 200 response.
The response returns the following HTTP headers.
x-amz-request-charged
Charged.
Valid Values: requester
The following data is returned in XML format by the service.
AccessControlPolicy
Root level tag for the AccessControlPolicy parameters.
Required: Yes
Grants
A list of grants.
Type: Array of Grant data types
Owner
Container for the owner.
Type: Owner data type
Errors
NoSuchKey
The key does not exist.
HTTP Status Code: 404
See Also
For more information about using this API in one of the language-specific AWS SDKs, see the following:
"""


def said(text: str) -> dict[str, Any]:
    read = read_page("page.txt", text.encode())
    assert read.facts is not None, [str(d) for d in read.diagnostics]
    return to_json(read.facts)


PARAGRAPHS = FORM.replace("\n-\n", "\n").replace("\n- ", "\n").replace("\n", "\n\n")


@pytest.mark.parametrize("text", [FORM, PARAGRAPHS])
def test_forms_lose_the_decoration_of_their_names(text: str):
    told = said(text)
    assert told["operation"] == "DescribeLamps"
    assert list(told["input"]) == [
        *("Filters", "LampName", "AttributeNames", "Tags", "MaxRecords", "Marker"),
    ]
    assert told["input"]["LampName"] == {
        "type": "list",
        "required": True,
        "length": [1, None],
        "item": {"type": "string"},
    }
    assert told["input"]["AttributeNames"]["item"]["enum"] == ["All", "Policy"]
    assert told["input"]["Tags"]["type"] == "map"
    assert list(told["output"]) == ["Lamps", "Marker"]
    assert told["errors"] == {"LampNotFound": {"status": 404, "fault": "client"}}
    assert told["pagination"]["items"] == "Lamps"
    assert "http" not in told


def test_xml():
    told = said(XML)
    assert told["protocol"] == "rest-xml"
    assert told["http"] == {"method": "GET", "path": "/{Key+}?acl"}
    assert told["input"] == {
        "Bucket": {"required": True},
        "Key": {"required": True, "in": "path", "length": [1, None]},
        "VersionId": {"in": "query", "wire": "versionId"},
        "RequestPayer": {
            "in": "header",
            "wire": "x-amz-request-payer",
            "enum": ["requester"],
        },
    }
    assert told["output"]["Owner"]["members"]["ID"] == {"type": "string"}
    assert told["output"]["RequestCharged"]["in"] == "header"


def test_names_and_patterns_keep_what_is_theirs():
    text = FORM.replace("Describes lamps.", "Describes\nLampShade\nof lamps.")
    text = text.replace(
        "Token.\nType: String", "Token.\nType: String\nPattern: [`a-z]+", 1
    )
    told = said(text)
    assert told["operation"] == "DescribeLamps"
    assert told["input"]["Marker"]["pattern"] == "[`a-z]+"
    wrapped = said(text.replace("Pattern: [`a-z]+", "Pattern: `[a-z]+`"))
    assert wrapped["input"]["Marker"]["pattern"] == "[a-z]+"
