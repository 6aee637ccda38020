"""Reading what was told, and what may be told. Whoever sees the participant sees it."""

from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.accounts.codes import Permission
from alongside.consents.codes import ConsentStatus
from alongside.consents.models import ConsentRecipient, Disclosure
from alongside.consents.queries.gate import leaves
from alongside.consents.rules.disclosures import (
    Group,
    Recipient,
    Told,
    grouped,
    years_before,
)
from alongside.core.actor import Actor
from alongside.core.clock import at_wall
from alongside.people.queries import participants_visible_to
from alongside.practice.consents import Category, Purpose, why_not_rely
from alongside.practice.disclosure import Basis, Leave
from alongside.practice.disclosure import proposal as least


def disclosures_visible_to(viewer: Actor) -> QuerySet[Disclosure]:
    people = participants_visible_to(viewer)
    return Disclosure.objects.filter(agency_id=viewer.agency_id, participant__in=people)


def disclosures_of(viewer: Actor, *, participant_id: UUID) -> QuerySet[Disclosure]:
    """All that was told about one person, newest first."""
    found = disclosures_visible_to(viewer).filter(participant_id=participant_id)
    return found.select_related("by", "withdrawn_by", "participant").order_by("-told_at", "-id")


def disclosure_page(
    viewer: Actor, *, participant_id: UUID, after: UUID | None, limit: int
) -> tuple[list[Disclosure], UUID | None]:
    """``limit`` lines told before the line ``after``, and the key of the page that follows."""
    found = disclosures_of(viewer, participant_id=participant_id)
    rows = list(told_after(viewer, found, last=after)[: limit + 1])
    return rows[:limit], rows[limit - 1].pk if len(rows) > limit else None


def disclosure(viewer: Actor, *, disclosure_id: UUID) -> Disclosure:
    found = disclosures_visible_to(viewer).select_related("by", "withdrawn_by", "participant")
    return found.get(pk=disclosure_id)


def accounting(viewer: Actor, *, participant_id: UUID, years: int, on: date) -> tuple[Group, ...]:
    """What was told to others in the last ``years``, repeats as one. What the participant got
    themselves and what was written down by mistake are no part of it."""
    since = at_wall(years_before(on, years), time(0), viewer.time_zone)
    found = (
        disclosures_of(viewer, participant_id=participant_id)
        .filter(withdrawn_at=None, told_at__gte=since)
        .exclude(basis=Basis.PARTICIPANT)
    )
    return grouped(_told(row) for row in found)


def own_copies(viewer: Actor, *, participant_id: UUID) -> QuerySet[Disclosure]:
    """What the participant got themselves: copies, an accounting."""
    found = disclosures_of(viewer, participant_id=participant_id)
    return found.filter(basis=Basis.PARTICIPANT, withdrawn_at=None)


def _told(row: Disclosure) -> Told:
    same = (row.name, row.organization, row.basis, row.consent_id, row.what, row.purpose)
    key = (*same, tuple(row.categories), row.way, row.purpose_words)
    return Told(key=key, at=row.told_at, last_at=row.last_at, times=row.times, row=row)


def proposal(
    viewer: Actor,
    *,
    participant_id: UUID,
    recipient: Recipient,
    purpose: Purpose | None = None,
    on: date,
) -> frozenset[Category]:
    """The minimum for this recipient and purpose: what is both consented and needed."""
    participants_visible_to(viewer).only("pk").get(pk=participant_id)
    found = leaves(viewer, wanted=[(participant_id, recipient)])
    mine = [leave for _row, leave in found.get((participant_id, recipient), ())]
    return least(mine, purpose=purpose, on=on)


def recipients_in_force(
    viewer: Actor, *, participant_id: UUID, on: date
) -> list[tuple[ConsentRecipient, Leave]]:
    """Whom a consent names that was signed and not taken back: to choose from."""
    held = {"consent__status": ConsentStatus.SIGNED, "revoked_at": None}
    return _named(viewer, participant_id=participant_id, **held)


def recipients_once_in_force(
    viewer: Actor, *, participant_id: UUID
) -> list[tuple[ConsentRecipient, Leave]]:
    """Whom a consent names that held at some time, whatever became of it: for what was told on a
    day that is past. Whether it held on that day is the rule's to say."""
    once = [ConsentStatus.SIGNED, ConsentStatus.ENDED, ConsentStatus.REVOKED]
    found = _named(viewer, participant_id=participant_id, consent__status__in=once)
    return [(row, leave) for row, leave in found if _held_once(leave)]


def _held_once(leave: Leave) -> bool:
    on = leave.consent.signed_on
    return on is not None and why_not_rely(leave.alone, on=on) is None


def _named(
    viewer: Actor, *, participant_id: UUID, **which: object
) -> list[tuple[ConsentRecipient, Leave]]:
    participants_visible_to(viewer).only("pk").get(pk=participant_id)
    rows = (
        ConsentRecipient.objects.filter(
            agency_id=viewer.agency_id, consent__participant_id=participant_id, **which
        )
        .select_related("consent__participant")
        .defer("consent__text")
        .order_by("name", "-consent_id")
    )
    found = []
    for row in rows:
        facts = row.facts()
        whose = row.consent.participant.name
        found.append((row, Leave(row.consent.facts((facts,), participant=whose), facts)))
    return found


def told_between(
    viewer: Actor,
    *,
    since: datetime,
    before: datetime,
    by_id: UUID | None,
    participant_id: UUID | None,
) -> QuerySet[Disclosure]:
    """For a breach: what left between two moments, newest first; for privacy officers."""
    if not viewer.may(Permission.PRIVACY_MANAGE):
        return Disclosure.objects.none()
    found = disclosures_visible_to(viewer).filter(told_at__lt=before, last_at__gte=since)
    if by_id is not None:
        found = found.filter(by_id=by_id)
    if participant_id is not None:
        found = found.filter(participant_id=participant_id)
    return found.select_related("by", "participant").order_by("-told_at", "-id")


def told_after(
    viewer: Actor, found: QuerySet[Disclosure], *, last: UUID | None
) -> QuerySet[Disclosure]:
    """The rest of a list by time, after the line ``last``."""
    at = found.filter(pk=last).values_list("told_at", flat=True).first() if last else None
    if at is None:
        return found
    return found.filter(Q(told_at__lt=at) | Q(told_at=at, pk__lt=last))
