"""What holds for consents and for links between two records. Pure."""

from alongside.consents.rules.consents import (
    CONSENT_MOVES,
    Coverage,
    Grant,
    spelled_out,
    why_not_write,
)

__all__ = ["CONSENT_MOVES", "Coverage", "Grant", "spelled_out", "why_not_write"]
