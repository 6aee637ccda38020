"""Keep the days of contact beside the participant, the open episode and the request they answer.

What is kept here is counted from signed encounters, whose own events are in the audit log; it is
called inside the transaction that signs, corrects or takes back an encounter.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from alongside.audit.asking import Asked, Told
from alongside.core.actor import Actor
from alongside.people.models import Participant
from alongside.practice.cadence import ContactFacts, next_due_on
from alongside.practice.consents import Category
from alongside.practice.rules import rules_on
from alongside.referrals.actions.telling import tell_referrers
from alongside.referrals.codes import EpisodeStatus, ReferralStatus
from alongside.referrals.models import Episode, Referral
from alongside.referrals.rules import rhythm as rules


def _last_is_earlier(on: date) -> Q:
    return Q(last_contact_on=None) | Q(last_contact_on__lt=on)


def _first_is_later(on: date) -> Q:
    return Q(first_contact_on=None) | Q(first_contact_on__gt=on)


_KNOW_OF_PERSON = Told(
    lambda person, agency, on: (
        Participant.objects.filter(_last_is_earlier(on), pk=person, agency_id=agency),
        {"last_contact_on": on},
    )
)
_GOING_ON = Asked(
    lambda person, agency, on, _shape: (
        _open_episodes(person)
        .filter(agency_id=agency, begun_on__lte=on)
        .values_list("pk", "begun_on", "agreed_every_days", "agency__jurisdiction")
    )
)
_KNOW_IN_EPISODE = Told(
    lambda episode, on, due_on: (
        Episode.objects.filter(_last_is_earlier(on), pk=episode),
        {"last_contact_on": on, "contact_due_on": due_on},
    )
)
_UNANSWERED = Asked(
    lambda person, agency, on, _shape: (
        _referrals(person)
        .filter(_first_is_later(on), agency_id=agency)
        .values_list("pk", "received_on", "status", "status_on")
    )
)


@transaction.atomic(savepoint=False)
def contact_happened(participant_id: UUID, *, on: date, by: Actor, at: datetime) -> None:
    """Note one day of contact. A day that lies before what is known changes only what it must."""
    # Claims by condition: of two notes signed at once, the later day stays, in either order.
    _KNOW_OF_PERSON.rows(participant_id, by.agency_id, on)
    for pk, begun_on, every, jurisdiction in _GOING_ON.rows(participant_id, by.agency_id, on):
        facts = ContactFacts(begun_on, on, every)
        _KNOW_IN_EPISODE.rows(pk, on, next_due_on(facts, rules_on(on, jurisdiction)))
    for pk, received_on, status, status_on in _UNANSWERED.rows(participant_id, by.agency_id, on):
        answers = rules.first_contact(
            [on],
            received_on=received_on,
            status=ReferralStatus(status),
            status_on=status_on,
        )
        first = Referral.objects.filter(_first_is_later(on), pk=pk)
        if answers and first.update(first_contact_on=on):
            tell_referrers(participant_id, [Category.FIRST_CONTACT], by=by, at=at)


@transaction.atomic
def recount_contacts(participant_id: UUID, *, days: Sequence[date]) -> None:
    """Count again from all ``days`` of contact that stand, after a correction or a take-back."""
    Participant.objects.filter(pk=participant_id).update(last_contact_on=max(days, default=None))
    for episode in _open_episodes(participant_id):
        last = rules.last_contact(days, begun_on=episode.begun_on)
        Episode.objects.filter(pk=episode.pk).update(
            last_contact_on=last, contact_due_on=_due(episode, last)
        )
    for referral in _referrals(participant_id):
        first = _first(referral, days)
        if first != referral.first_contact_on:
            Referral.objects.filter(pk=referral.pk).update(first_contact_on=first)


@transaction.atomic
def many_contacts_happened(days: Mapping[UUID, Sequence[date]], *, by: Actor) -> None:
    """``contact_happened`` for many people at once, as a sheet brings them: six queries."""
    _keep(days, agency_id=by.agency_id, anew=False)


@transaction.atomic
def recount_many(days: Mapping[UUID, Sequence[date]], *, by: Actor) -> None:
    """``recount_contacts`` for many people at once; ``days`` are all that stand of each."""
    _keep(days, agency_id=by.agency_id, anew=True)


def _keep(days: Mapping[UUID, Sequence[date]], *, agency_id: UUID, anew: bool) -> None:
    # Locked, so that a note signed meanwhile is not counted back (SQLite has one writer anyway).
    people = list(
        Participant.objects.select_for_update(no_key=True)
        .filter(pk__in=list(days), agency_id=agency_id)
        .only("id", "last_contact_on")
    )
    for person in people:
        known = [] if anew or person.last_contact_on is None else [person.last_contact_on]
        person.last_contact_on = max([*known, *days[person.pk]], default=None)
    Participant.objects.bulk_update(people, ["last_contact_on"], batch_size=200)
    ids = [person.pk for person in people]
    _keep_in_episodes(days, ids, anew=anew)
    _keep_in_referrals(days, ids, anew=anew)


def _keep_in_episodes(
    days: Mapping[UUID, Sequence[date]], ids: Sequence[UUID], *, anew: bool
) -> None:
    episodes = (
        Episode.objects.select_for_update(no_key=True, of=("self",))
        .filter(participant_id__in=ids, voided_at=None)
        .exclude(status=EpisodeStatus.CONCLUDED)
        .select_related("agency")
    )
    changed = []
    for episode in episodes:
        known = [] if anew or episode.last_contact_on is None else [episode.last_contact_on]
        last = rules.last_contact(
            [*known, *days[episode.participant_id]], begun_on=episode.begun_on
        )
        if anew or last != episode.last_contact_on:
            episode.last_contact_on, episode.contact_due_on = last, _due(episode, last)
            changed.append(episode)
    Episode.objects.bulk_update(changed, ["last_contact_on", "contact_due_on"], batch_size=200)


def _keep_in_referrals(
    days: Mapping[UUID, Sequence[date]], ids: Sequence[UUID], *, anew: bool
) -> None:
    referrals = Referral.objects.select_for_update(no_key=True).filter(
        participant_id__in=ids, voided_at=None
    )
    changed = []
    for referral in referrals:
        known = [] if anew or referral.first_contact_on is None else [referral.first_contact_on]
        first = _first(referral, [*known, *days[referral.participant_id]])
        if first != referral.first_contact_on:
            referral.first_contact_on = first
            changed.append(referral)
    Referral.objects.bulk_update(changed, ["first_contact_on"], batch_size=200)


def _open_episodes(participant_id: UUID) -> QuerySet[Episode]:
    return (
        Episode.objects.filter(participant_id=participant_id, voided_at=None)
        .exclude(status=EpisodeStatus.CONCLUDED)
        .select_related("agency")
    )


def _referrals(participant_id: UUID) -> QuerySet[Referral]:
    return Referral.objects.filter(participant_id=participant_id, voided_at=None)


def _first(referral: Referral, days: Sequence[date]) -> date | None:
    return rules.first_contact(
        days,
        received_on=referral.received_on,
        status=ReferralStatus(referral.status),
        status_on=referral.status_on,
    )


def _due(episode: Episode, last: date | None) -> date:
    facts = ContactFacts(episode.begun_on, last, episode.agreed_every_days)
    return next_due_on(facts, rules_on(last or episode.begun_on, episode.agency.jurisdiction))
