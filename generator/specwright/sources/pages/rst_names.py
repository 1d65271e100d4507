"""Which operation a method of boto3 is, where no link on the page says so."""

from __future__ import annotations

import re
from collections import Counter

from specwright.sources.pages.services import odd_operations

_WORDS = {
    word.lower(): word
    for word in (
        *("AB", "ACL", "ACLs", "AD", "AI", "BGP", "CA", "CM", "CMK", "CNAMEs", "CSV"),
        *("DASH", "DB", "DICOM", "DNSSEC", "DPU", "DRT", "ECS", "FHIR", "GUI", "HIT"),
        *("HITs", "HLS", "ICD10", "IO", "JWT", "LB", "LDAPS", "LF", "MFA", "ML"),
        *("OTP", "OTel", "PDF", "PHI", "PITR", "QA", "RDF", "RDS", "RTC", "SAML"),
        *("SMB", "SNOMEDCT", "SPICE", "SSH", "SSL", "UI", "VPCE", "VTL", "WhatsApp"),
        "iSCSI",
    )
}
"""Words that names of operations write otherwise than with one capital."""


def plain_name(method: str) -> str:
    """The operation that a method's words tell of by themselves."""
    return "".join(
        _WORDS.get(word, word[:1].upper() + word[1:]) for word in method.split("_")
    )


def operation_of(method: str, text: str, service: str | None = None) -> str:
    """The operation that a method is named after, as the service or the page spells it if one does."""
    folded = method.replace("_", "")
    odd = [name for name in odd_operations(service) if name.lower() == folded]
    if len(odd) == 1:
        return odd[0]
    plain = plain_name(method)
    found: Counter[str] = Counter(
        re.findall(rf"(?<![\w.]){re.escape(folded)}(?!\w)", text, re.IGNORECASE)
    )
    spelled = [name for name in found if name[:1].isupper() and name != folded.upper()]
    if plain in found or not spelled:
        return plain
    return max(spelled, key=lambda name: found[name])
