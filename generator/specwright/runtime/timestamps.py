"""Moments as text and numbers: the formats that services write and read."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

UTC = timezone.utc
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = (
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


def to_iso8601(value: datetime) -> str:
    """UTC in ISO 8601 with a Z, and six digits of a second where there is a fraction."""
    return value.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def to_epoch_seconds(value: datetime) -> int | float:
    """Seconds since 1970: a whole number unless there is a fraction."""
    since = value - EPOCH
    whole = since.days * 86400 + since.seconds
    return whole + since.microseconds / 1_000_000 if since.microseconds else whole


def to_http_date(value: datetime) -> str:
    """The date of HTTP headers; fractions of a second are dropped."""
    at = value.astimezone(UTC)
    return (
        f"{DAYS[at.weekday()]}, {at.day:02} {MONTHS[at.month - 1]} {at.year:04} "
        f"{at.hour:02}:{at.minute:02}:{at.second:02} GMT"
    )


def to_text(value: datetime, format: str) -> str:
    """A moment in one of the formats of specs, as text."""
    if format == "iso8601":
        return to_iso8601(value)
    if format == "http-date":
        return to_http_date(value)
    return str(to_epoch_seconds(value))


def from_wire(value: object) -> datetime:
    """The moment that a service wrote, in any format, whichever was announced.

    Raises ValueError or OverflowError for what is no moment.
    """
    if isinstance(value, str):
        return from_text(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return EPOCH + timedelta(seconds=value)
    raise ValueError("neither text nor a number")


def from_text(text: str) -> datetime:
    """The moment in a text: ISO 8601, an HTTP date, or seconds since 1970."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        if text[:1].isalpha():
            from email.utils import parsedate_to_datetime

            found = parsedate_to_datetime(text)
        else:
            return EPOCH + timedelta(seconds=float(text))
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
