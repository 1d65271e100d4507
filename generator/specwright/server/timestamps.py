"""Timestamps on the wire, each format read and written by the stand-in's own code."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from specwright.model import TimestampFormat
from specwright.server.messages import serialization

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)
_ISO = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})"
    r"(?:\.([0-9]{1,30}))?Z"
)
_HTTP = re.compile(
    rf"({'|'.join(_DAYS)}), ([0-9]{{2}}) ({'|'.join(_MONTHS)}) ([0-9]{{4}})"
    r" ([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9}))? GMT"
)
_NUMBER = re.compile(r"-?[0-9]{1,20}(?:\.[0-9]{1,20})?")


def read_timestamp(text: str, form: TimestampFormat, where: str) -> datetime:
    """The instant that a text of the given format names, in UTC.

    As strictly as Smithy states the formats: no offsets, no exponents, the right day of the week.
    """
    try:
        if form == "epoch-seconds" and _NUMBER.fullmatch(text):
            return from_epoch(Decimal(text))
        if form == "iso8601" and (found := _ISO.fullmatch(text)):
            year, month, day, hour, minute, second, fraction = found.groups()
            return datetime(
                int(year),
                int(month),
                int(day),
                int(hour),
                int(minute),
                int(second),
                _microseconds(fraction),
                UTC,
            )
        if form == "http-date" and (found := _HTTP.fullmatch(text)):
            week, day, name, year, hour, minute, second, fraction = found.groups()
            moment = datetime(
                int(year),
                _MONTHS.index(name) + 1,
                int(day),
                int(hour),
                int(minute),
                int(second),
                _microseconds(fraction),
                UTC,
            )
            if _DAYS[moment.weekday()] == week:
                return moment
    except (ValueError, ArithmeticError):
        pass
    raise serialization(
        f"The value of '{where}' is not a timestamp of the format {form}."
    )


def from_epoch(seconds: Decimal | int) -> datetime:
    """The instant that many seconds after 1970, to the microsecond; may raise OverflowError."""
    exact = Decimal(seconds)
    if exact and not -8 <= exact.adjusted() <= 12:
        if exact.adjusted() < 0:
            return _EPOCH
        raise OverflowError
    return _EPOCH + timedelta(microseconds=round(exact * 1_000_000))


def epoch_number(moment: datetime) -> int | float:
    """Seconds since 1970: whole where they are, else to the millisecond."""
    milliseconds = (moment - _EPOCH) // timedelta(milliseconds=1)
    return milliseconds // 1000 if milliseconds % 1000 == 0 else milliseconds / 1000


def timestamp_text(moment: datetime, form: TimestampFormat) -> str:
    """The instant as text of the given format, to the millisecond."""
    moment = moment.astimezone(UTC)
    if form == "epoch-seconds":
        return str(epoch_number(moment))
    if form == "iso8601":
        whole = moment.replace(microsecond=0, tzinfo=None).isoformat()
        return f"{whole}{_fraction(moment)}Z"
    day, month = _DAYS[moment.weekday()], _MONTHS[moment.month - 1]
    clock = f"{moment:%H:%M:%S}{_fraction(moment)}"
    return f"{day}, {moment.day:02} {month} {moment.year:04} {clock} GMT"


def _microseconds(fraction: str | None) -> int:
    return int((fraction or "0").ljust(6, "0")[:6])


def _fraction(moment: datetime) -> str:
    milliseconds = moment.microsecond // 1000
    return f".{milliseconds:03}" if milliseconds else ""
