"""What holds for consents and for links between two records. Pure."""

from alongside.consents.rules.consents import (
    CONSENT_MOVES,
    Coverage,
    Grant,
    spelled_out,
    why_not_write,
)
from alongside.consents.rules.disclosures import (
    YEARS,
    Group,
    Recipient,
    Wanted,
    years_before,
)

__all__ = [
    "CONSENT_MOVES",
    "YEARS",
    "Coverage",
    "Grant",
    "Group",
    "Recipient",
    "Wanted",
    "spelled_out",
    "why_not_write",
    "years_before",
]
