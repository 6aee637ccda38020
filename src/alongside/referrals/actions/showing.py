"""A referrer looks at what someone shares with them: each look goes through the gate."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.consents.actions import disclose_many
from alongside.consents.rules.disclosures import Recipient, Wanted
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.practice.consents import Category
from alongside.practice.disclosure import Basis, Travels, Way
from alongside.referrals.queries import standing as queries
from alongside.referrals.queries.referrers import referrer_of, sent_referrals
from alongside.referrals.rules.standing import Shown, for_the_record, in_words


@dataclass(frozen=True)
class Look:
    """What was shown, and what goes along with it."""

    shown: tuple[Shown, ...]
    along: tuple[Travels, ...]


@transaction.atomic
def look_at_standing(referral_id: UUID, *, by: Actor, at: datetime) -> Look:
    """How they stand, as far as their consent goes now. The same look on the same day is counted
    on one line of the accounting; something new is a new line. Raises ``Referral.DoesNotExist``
    where nothing may be told, ``Refused`` where the gate says no."""
    on = local_date(at, by.time_zone)
    may = queries.shared(by, referral_id=referral_id, on=on)
    draft = sent_referrals(by).get(referral_id=referral_id)
    assert draft.referral is not None  # noqa: S101
    facts = queries.standing(by, referral_id=referral_id)
    whose, who = draft.referral.participant_id, referrer_of(by)
    told = disclose_many(
        [
            Wanted(
                id=new_id(),
                participant_id=whose,
                basis=Basis.CONSENT,
                recipient=Recipient(who.name, who.organization, referrer_id=who.pk),
                way=Way.PORTAL,
                categories=categories,
                what=for_the_record(facts, categories),
            )
            for _recipient, categories in may
        ],
        by=by,
        at=at,
    )
    all_of_it: frozenset[Category] = frozenset().union(*(mine for _r, mine in may))
    along = tuple(found for row in told if (found := row.travels()) is not None)
    return Look(in_words(facts, all_of_it), along)
