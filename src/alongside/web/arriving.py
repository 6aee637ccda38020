"""What the desk sees of a referral that a referrer sent: beside what every referral says."""

from typing import Any

from alongside.core.actor import Actor
from alongside.exchange.queries import open_pairs_of
from alongside.referrals.codes import AdditionKind, Knows, Source
from alongside.referrals.queries import referrers as queries
from alongside.referrals.rules.sending import KNOWS_AT_THE_DESK


def from_referrer(viewer: Actor, referral: Any) -> dict[str, Any]:
    """Nothing for a referral that came in another way. Three queries."""
    if referral.source != Source.REFERRER:
        return {}
    additions = list(queries.additions(viewer, referral_id=referral.pk))
    return {
        "knows": Knows(referral.knows) if referral.knows else "",
        "knows_words": KNOWS_AT_THE_DESK[Knows(referral.knows)] if referral.knows else "",
        "reference": queries.reference_of(viewer, referral_id=referral.pk),
        "additions": additions,
        "unread": any(row.read_at is None for row in additions),
        "taken_back": any(row.kind == AdditionKind.WITHDRAWAL for row in additions),
        "pairs": open_pairs_of(viewer, participant_id=referral.participant_id),
    }
