"""Moments as text and numbers: the formats that services write and read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAYS = "MonTueWedThuFriSatSun"
MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"


def to_iso8601(value: datetime) -> str:
    """UTC with a Z, and six digits of a second where there is a fraction."""
    return value.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def to_epoch_seconds(value: datetime) -> int | float:
    """Seconds since 1970: a whole number unless there is a fraction."""
    since = value - EPOCH
    whole = since.days * 86400 + since.seconds
    return whole + since.microseconds / 1_000_000 if since.microseconds else whole


def to_http_date(value: datetime) -> str:
    """The date of HTTP headers; fractions of a second are dropped."""
    at = value.astimezone(UTC)
    day, month = DAYS[3 * at.weekday() :][:3], MONTHS[3 * at.month - 3 :][:3]
    return (
        f"{day}, {at.day:02} {month} {at.year:04} "
        f"{at.hour:02}:{at.minute:02}:{at.second:02} GMT"
    )


def to_text(value: datetime, format: str) -> str:
    if format == "iso8601":
        return to_iso8601(value)
    if format == "http-date":
        return to_http_date(value)
    return str(to_epoch_seconds(value))


def from_wire(value: object) -> datetime:
    """The moment that a service wrote, in any format; raises a ValueError for what is none."""
    try:
        if isinstance(value, str):
            found = datetime.fromisoformat(value)
            return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
    except ValueError:
        pass
    try:
        return from_other(value)
    except (ValueError, OverflowError, TypeError):
        raise ValueError("expected a timestamp") from None


def from_other(value: object) -> datetime:
    if isinstance(value, str) and value[:1].isalpha():
        from email.utils import parsedate_to_datetime

        # Seconds may have a fraction, which dates of mails don't.
        whole, _, rest = value.partition(".")
        digits, _, zone = rest.partition(" ")
        found = parsedate_to_datetime(f"{whole} {zone}" if digits else value)
        found += timedelta(seconds=float(f"0.{digits or 0}"))
        return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
    if isinstance(value, (int, float, str)) and not isinstance(value, bool):
        return EPOCH + timedelta(seconds=float(value))
    raise ValueError("neither text nor a number")
