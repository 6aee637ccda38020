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
from alongside.consents.rules.states import Standing, standing
from alongside.consents.rules.steps import (
    Begin,
    NewRecipient,
    Revoking,
    Signing,
    Until,
    What,
    Why,
)

__all__ = [
    "CONSENT_MOVES",
    "YEARS",
    "Begin",
    "Coverage",
    "Grant",
    "Group",
    "NewRecipient",
    "Recipient",
    "Revoking",
    "Signing",
    "Standing",
    "Until",
    "Wanted",
    "What",
    "Why",
    "spelled_out",
    "standing",
    "why_not_write",
    "years_before",
]
