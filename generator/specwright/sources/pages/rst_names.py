"""Which operation a method of boto3 is, where no link on the page says so."""

from __future__ import annotations

import re
from collections import Counter

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


def operation_of(method: str, text: str) -> str:
    """The operation that a method is named after, as the page spells it if it does."""
    words = method.split("_")
    folded = "".join(words)
    plain = "".join(_WORDS.get(word, word[:1].upper() + word[1:]) for word in words)
    found: Counter[str] = Counter(
        re.findall(rf"(?<![\w.]){re.escape(folded)}(?!\w)", text, re.IGNORECASE)
    )
    spelled = [name for name in found if name[:1].isupper() and name != folded.upper()]
    if plain in found or not spelled:
        return plain
    return max(spelled, key=lambda name: found[name])
