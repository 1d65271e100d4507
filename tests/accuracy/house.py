"""Pages of an invented service in the words of the AWS API Reference, and what they say."""

from __future__ import annotations

from typing import Any

from specwright.sources.pages import read_page, to_json

PARAGRAPHS = """\
UpdateLamp - Amazon House

UpdateLamp

Updates the settings of a lamp in one of the rooms that you own. Rooms that were shared with you can be changed as well.

Request Syntax

PATCH /rooms/roomName/lamps?dryRun=dryRun HTTP/1.1 Content-type: application/json { "colour": "string", "switchedOffAt": number, "tags": { "string" : "string" } }

URI Request Parameters

The request uses the following URI parameters.

dryRun

Checks the settings without any change to the lamp and to those that hang beside it

roomName

The room that the lamp is in. Names of rooms that were shared with you begin with the account of their owner.

Length Constraints: Minimum length of 1. Maximum length of 2048.

Pattern: arn:house(-[a-z]{1,16})?:room-\
registry:[a-z0-9-]{1,20}:[0-9]{12}:rooms/[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}/[0-9a-f]{32}

Required: Yes

Request Body

The request accepts the following data in JSON format.

colour

The colour of the light, where the lamp has more than one. The one before stays otherwise.

Type: String

Valid Values: WARM_WHITE | COLD_WHITE | DAYLIGHT | SUNRISE | SUNSET | MOONLIGHT | CANDLE | FIREPLACE | OFF

Required: No

switchedOffAt

When the lamp was switched off for the last time by anybody.

Type: Timestamp

Required: No

tags

Tags of the lamp.

Type: String to string map

Map Entries: Minimum number of 0 items. Maximum number of 50 items.

Key Length Constraints: Minimum length of 1. Maximum length of 128.

Required: No

Response Syntax

HTTP/1.1 200 Content-type: application/json { "lampArn": "string", "lampId": "string" }

Response Elements

If the action is successful, the service sends back an HTTP 200 response.

The following data is returned in JSON format by the service.

lampArn

The lamp's name.

Type: String

Pattern: arn:house(-[a-z]{1,16})?:room-registry:[a-z0-9-]{1,20}:[0-9]{12}:rooms/[a-zA-Z0-9]{1,63}/[0-9a-f]{32}

lampId

Its id.

Type: String

Length Constraints: Fixed length of 12.

Errors

For information about the errors that are common to all actions, see Common Errors.

ConflictException

Somebody else changes the same lamp. Wait until they are done, and send the request once more.

HTTP Status Code: 409

LampNotFoundException

There is no such lamp.

HTTP Status Code: 404

See Also

For more information about using this API in one of the language-specific AWS SDKs, see the following:
"""
QUERY = """\
DescribeRooms - Amazon House
Request Parameters
For information about the parameters that are common to all actions, see Common Parameters.
Filters.Filter.N
Which rooms to describe. Filters are:
roof
cellar
Type: Array of Filter objects
Required: No
RoomARN
The ARN of a room.
Type: String
Required: Yes
Response Elements
The following elements are returned by the service.
Marker
An opaque token.
Type: String
Rooms.member.N
A list of rooms.
Type: Array of Room objects
Errors
For information about the errors that are common to all actions, see Common Errors.
RoomNotFound
RoomARN does not refer to a room.
HTTP Status Code: 404
TooManyRooms
You've reached the limit of rooms.
HTTP Status Code: 400
Examples
Sample Request
https://house.amazonaws.com/?Action=DescribeRooms&AUTHPARAMS
See Also
For more information about using this API in one of the language-specific AWS SDKs, see the following:
"""


def said(text: str) -> dict[str, Any]:
    read = read_page("page.txt", text.encode())
    assert read.facts is not None, [str(d) for d in read.diagnostics]
    return to_json(read.facts)
