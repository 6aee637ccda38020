"""Somebody asks for support on the public page: it lands at the desk, and nobody reads it back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.core.refusal import ensure
from alongside.people.actions import add_participant
from alongside.people.rules import NewParticipant
from alongside.referrals.codes import Knows, Source
from alongside.referrals.models import Referral
from alongside.referrals.rules import asking as rules


@transaction.atomic
def ask_for_support(
    made_id: UUID, words: rules.AskedWords, *, by: Actor, at: datetime
) -> Referral | None:
    """The new request; ``None`` where these clicks made it before. ``made_id`` comes with the form.

    What comes back is for the caller alone and never shown to whoever asked.
    """
    ensure(rules.why_not_ask(by, words))
    pk = rules.request_id(by.agency_id, made_id)
    if Referral.objects.filter(pk=pk).exists():
        return None
    person = add_participant(
        NewParticipant(
            name=" ".join(words.called.split()),
            phone=words.phone.strip(),
            phone_note=words.phone_note.strip(),
            reach_by=words.reach_by.strip(),
            county=words.county.strip(),
            language=words.language.strip(),
        ),
        by=by,
        at=at,
    )
    today = local_date(at, by.time_zone)
    referral = Referral.objects.create(
        id=pk,
        agency_id=by.agency_id,
        participant=person,
        pathway=words.pathway.value,
        received_on=today,
        entered_at=at,
        county=words.county.strip(),
        asked_for=words.wish.strip(),
        knows=Knows.AGREED.value,
        source=Source.THEMSELVES.value,
        status_on=today,
    )
    record(by=by, at=at, verb="referral.asked", target=f"Referral/{referral.pk}")
    return referral
