"""Reading consents. Whoever sees the participant sees them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from alongside.accounts.codes import Permission
from alongside.consents.codes import ConsentStatus
from alongside.consents.models import Consent, ConsentRecipient, ConsentStep
from alongside.consents.rules import Coverage, Grant, spelled_out, steps
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.core.refusal import Refusal
from alongside.people.queries import participants_visible_to
from alongside.practice.consents import ORDINARY, Category, ConsentFacts, ConsentKind, why_not_rely


def consents_visible_to(viewer: Actor) -> QuerySet[Consent]:
    people = participants_visible_to(viewer)
    recipients = ConsentRecipient.objects.order_by("id")
    return (
        Consent.objects.filter(agency_id=viewer.agency_id, participant__in=people)
        .select_related("participant", "recorded_by", "revoked_by", "begun_by", "mistaken_by")
        .prefetch_related(Prefetch("recipients", queryset=recipients))
    )


def consents_of(viewer: Actor, *, participant_id: UUID) -> QuerySet[Consent]:
    """Every consent of a participant, newest first, with its recipients."""
    return (
        consents_visible_to(viewer)
        .filter(participant_id=participant_id)
        .defer("text")
        .order_by("-id")
    )


def consent_visible_to(viewer: Actor, *, participant_id: UUID, consent_id: UUID) -> Consent:
    return consents_visible_to(viewer).get(pk=consent_id, participant_id=participant_id)


def steps_of(viewer: Actor, *, consent_id: UUID) -> QuerySet[ConsentStep]:
    """Its endings and mistakes, and how they were taken back, in order."""
    seen = Consent.objects.filter(
        agency_id=viewer.agency_id, participant__in=participants_visible_to(viewer)
    )
    return (
        ConsentStep.objects.filter(
            agency_id=viewer.agency_id, consent_id=consent_id, consent__in=seen
        )
        .select_related("by")
        .order_by("at", "id")
    )


def why_not_take_mistake_back(
    viewer: Actor, *, consent: Consent, at: datetime, reason: str = "."
) -> Refusal | None:
    """Asked by the action, and by the page that offers it."""
    said_at = consent.mistaken_at
    return steps.why_not_take_mistake_back(
        ConsentStatus(consent.status),
        reason,
        its_own_day=said_at is not None
        and local_date(said_at, viewer.time_zone) == local_date(at, viewer.time_zone),
        by_them=consent.mistaken_by_id == viewer.id,
        privacy=viewer.may(Permission.PRIVACY_MANAGE),
    )


def states_of(viewer: Actor, *, participant_id: UUID) -> list[tuple[str, date | None]]:
    """Status and last day of each consent, for one line on the participant's page."""
    people = participants_visible_to(viewer).filter(pk=participant_id)
    rows = Consent.objects.filter(agency_id=viewer.agency_id, participant__in=people)
    return list(rows.values_list("status", "ends_on"))


def facts_of(consent: Consent) -> ConsentFacts:
    """A consent as the rules see it. Call it with one that your own query has found."""
    recipients = tuple(row.facts() for row in consent.recipients.all())
    return consent.facts(recipients, participant=consent.participant.name)


def coverage(
    *,
    agency_id: UUID,
    participant_ids: Iterable[UUID],
    on: date,
    referrer_id: UUID | None = None,
    recipient_id: UUID | None = None,
    member_id: UUID | None = None,
    kinds: Iterable[ConsentKind] = ORDINARY,
) -> Mapping[UUID, Coverage]:
    """What may be told to one recipient on ``on``, by participant; who is missing consented to
    nothing. One query, asked anew each time: what was taken back a moment ago is not there.

    Name the recipient in exactly one way. ``kinds`` leaves out what stands alone (use in legal
    proceedings, counseling notes): ask for these by name.
    """
    named = {"referrer_id": referrer_id, "pk": recipient_id, "member_id": member_id}
    named = {key: value for key, value in named.items() if value is not None}
    if len(named) != 1:
        raise ValueError("Name the recipient in exactly one way.")
    rows = _rows(agency_id, participant_ids, kinds).filter(Q(**named))
    found: dict[UUID, tuple[Grant, ...]] = {}
    for row in rows:
        grant = _grant(row, on=on)
        if grant is not None:
            whose = row.consent.participant_id
            found[whose] = (*found.get(whose, ()), grant)
    return {whose: Coverage(grants) for whose, grants in found.items()}


def _rows(
    agency_id: UUID, participant_ids: Iterable[UUID], kinds: Iterable[ConsentKind]
) -> QuerySet[ConsentRecipient]:
    """What may still hold, by its rows alone."""
    return (
        ConsentRecipient.objects.filter(
            agency_id=agency_id,
            revoked_at=None,
            consent__agency_id=agency_id,
            consent__status=ConsentStatus.SIGNED,
            consent__participant_id__in=list(participant_ids),
            consent__participant__voided_at=None,
            consent__kind__in=[kind.value for kind in kinds],
        )
        .select_related("consent__participant")
        .defer("consent__text")
        .order_by("-consent_id", "id")
    )


def _grant(row: ConsentRecipient, *, on: date) -> Grant | None:
    """The rule decides, whatever the rows were found by."""
    consent = row.consent
    facts = consent.facts((row.facts(),), participant=consent.participant.name)
    if facts.signed_on is None or why_not_rely(facts, on=on) is not None:
        return None
    return Grant(
        consent_id=consent.pk,
        recipient_id=row.pk,
        kind=facts.kind,
        categories=spelled_out(facts.categories) & frozenset(Category),
        purpose=consent.purpose,
        version=consent.version,
        signed_on=facts.signed_on,
        ends_on=facts.ends_on,
    )
