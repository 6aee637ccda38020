"""Somebody asks for support on the public page: it lands at the desk, and nobody reads it back. On
a day when very many ask, what comes later waits apart for somebody's look."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.audit.actions import Event, record, record_many
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.core.refusal import STALE, Refused, ensure
from alongside.people.actions import add_participant
from alongside.people.rules import NewParticipant
from alongside.referrals.codes import Knows, Source
from alongside.referrals.models import AskedApart, Referral
from alongside.referrals.queries import asking as queries
from alongside.referrals.rules import asking as rules
from alongside.referrals.rules.desk import why_not_work


@transaction.atomic
def ask_for_support(
    made_id: UUID, words: rules.AskedWords, *, by: Actor, at: datetime
) -> Referral | None:
    """The new request; ``None`` where these clicks made it before. ``made_id`` comes with the form.

    What comes back is for the caller alone and never shown to whoever asked.
    """
    ensure(rules.why_not_ask(by, words))
    pk = rules.request_id(by.agency_id, made_id)
    if queries.is_made(by, pk=pk):
        return None
    referral = _land(pk, words, asked_at=at, by=by, at=at)
    record(by=by, at=at, verb="referral.asked", target=f"Referral/{referral.pk}")
    return referral


@transaction.atomic
def ask_apart(made_id: UUID, words: rules.AskedWords, *, by: Actor, at: datetime) -> None:
    """As ``ask_for_support``, on a day when very many ask: no record begins before a look."""
    ensure(rules.why_not_ask(by, words))
    pk = rules.request_id(by.agency_id, made_id)
    if queries.is_made(by, pk=pk):
        return
    ensure(rules.why_not_wait_apart(queries.how_many_wait(by)))
    _let_go(by, at)
    told = {**asdict(words), "called": " ".join(words.called.split()), "pathway": words.pathway}
    AskedApart.objects.create(pk=pk, agency_id=by.agency_id, asked_at=at, **told)
    record(by=by, at=at, verb="ask.apart", target=f"AskedApart/{pk}")


@transaction.atomic
def take_ask_in(ask_id: UUID, *, by: Actor, at: datetime) -> Referral:
    """It is somebody who asks: a request at the desk from the day on which they asked."""
    asked = queries.asked_apart(by).get(pk=ask_id)
    ensure(why_not_work(by))
    # Claim by condition: of two who look at once, one takes it in.
    if not AskedApart.objects.filter(pk=ask_id, put_away_at=None).delete()[0]:
        raise Refused(STALE)
    referral = _land(ask_id, asked.words(), asked_at=asked.asked_at, by=by, at=at)
    record(by=by, at=at, verb="ask.taken-in", target=f"Referral/{referral.pk}")
    return referral


@transaction.atomic
def put_asks_away(ask_ids: Collection[UUID], *, by: Actor, at: datetime) -> int:
    """Nobody asks in them. For a while each can be brought back; then it is gone."""
    ensure(why_not_work(by))
    found = queries.asked_apart(by).filter(pk__in=list(ask_ids), put_away_at=None)
    ids = list(found.values_list("pk", flat=True))
    if not ids:
        return 0
    _let_go(by, at)
    AskedApart.objects.filter(pk__in=ids, put_away_at=None).update(put_away_at=at)
    record_many([Event("ask.put-away", f"AskedApart/{pk}") for pk in ids], by=by, at=at)
    return len(ids)


@transaction.atomic
def bring_ask_back(ask_id: UUID, *, by: Actor, at: datetime) -> None:
    ensure(why_not_work(by))
    queries.asked_apart(by).get(pk=ask_id)
    if not queries.put_away(by, at=at).filter(pk=ask_id).update(put_away_at=None):
        raise Refused(STALE)
    record(by=by, at=at, verb="ask.brought-back", target=f"AskedApart/{ask_id}")


def _let_go(by: Actor, at: datetime) -> None:
    """What was put away long ago goes whenever somebody asks, and as the list is worked on."""
    over = at - rules.KEPT_AFTER_PUT_AWAY
    AskedApart.objects.filter(agency_id=by.agency_id, put_away_at__lt=over).delete()


def _land(
    pk: UUID, words: rules.AskedWords, *, asked_at: datetime, by: Actor, at: datetime
) -> Referral:
    _let_go(by, at)
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
    asked_on = local_date(asked_at, by.time_zone)
    return Referral.objects.create(
        id=pk,
        agency_id=by.agency_id,
        participant=person,
        pathway=words.pathway.value,
        received_on=asked_on,
        entered_at=asked_at,
        county=words.county.strip(),
        asked_for=words.wish.strip(),
        knows=Knows.AGREED.value,
        source=Source.THEMSELVES.value,
        status_on=asked_on,
    )
