"""A referral comes in by itself: whom it may be about is proposed to the desk, never merged."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.audit.actions import Event, record_many
from alongside.core.actor import Actor
from alongside.exchange import queries
from alongside.exchange.rules.same_person import PersonKey, looks_like
from alongside.exchange.rules.values import phone_key
from alongside.people.models import Participant, SamePersonProposal
from alongside.referrals.actions import asking, sending
from alongside.referrals.models import Referral
from alongside.referrals.queries.referrers import drafts_visible_to
from alongside.referrals.rules.asking import AskedWords
from alongside.referrals.rules.sending import SentWords


@transaction.atomic
def send_referral(draft_id: UUID, words: SentWords, *, by: Actor, at: datetime) -> Referral:
    """Five clicks send one referral: whoever comes second finds what the first one sent."""
    draft = drafts_visible_to(by).select_related("referral").get(pk=draft_id)
    if draft.referral is not None:
        return draft.referral
    referral = sending.send(draft, words, by=by, at=at)
    _propose(referral.participant, by=by, at=at)
    return referral


@transaction.atomic
def ask_for_support(made_id: UUID, words: AskedWords, *, by: Actor, at: datetime) -> None:
    """Somebody asks by themselves. Five clicks make one request; whoever asks is told nothing of
    what the record holds."""
    referral = asking.ask_for_support(made_id, words, by=by, at=at)
    if referral is not None:
        _propose(referral.participant, by=by, at=at)


@transaction.atomic
def take_ask_in(ask_id: UUID, *, by: Actor, at: datetime) -> Referral:
    """Someone who asked on a day when very many did stands at the desk now."""
    referral = asking.take_ask_in(ask_id, by=by, at=at)
    _propose(referral.participant, by=by, at=at)
    return referral


def _propose(person: Participant, *, by: Actor, at: datetime) -> None:
    """Everyone the new person may be; the one who was there first would be kept."""
    key = PersonKey(person.name, person.born_on, phone_key(person.phone))
    pairs = [
        SamePersonProposal(
            agency_id=by.agency_id, kept_id=other, other_id=person.pk, reason=str(why)[:300]
        )
        for other, known in queries.people_near(by.agency_id, key)
        if other != person.pk and (why := looks_like(key, known))
    ]
    if pairs:
        SamePersonProposal.objects.bulk_create(pairs)
        record_many(
            [Event("same-person.proposed", f"SamePersonProposal/{pair.pk}") for pair in pairs],
            by=by,
            at=at,
        )
