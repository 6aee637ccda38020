"""Where records stand with the rules: facts for many people in a set number of questions."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, Min, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from alongside.accounts.codes import Permission
from alongside.accounts.queries import agency_of
from alongside.consents.codes import ConsentStatus
from alongside.consents.models import Consent, Disclosure
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.encounters.codes import AppointmentStatus
from alongside.encounters.models import Appointment, Encounter, HandOff
from alongside.encounters.rules.hand_offs import STANDING
from alongside.outcomes.models import CheckIn
from alongside.people.models import Participant
from alongside.plans.models import Worksheet
from alongside.practice.codes import Population
from alongside.practice.retention import (
    Kept,
    RecordFacts,
    Rule,
    Since,
    Standing,
    after_years,
    least_years,
    rules_on,
    standing,
)
from alongside.referrals.codes import EpisodeStatus, MatchStatus
from alongside.referrals.models import Episode, Match, Referral
from alongside.referrals.rules.desk import OPEN
from alongside.retention.codes import RequestStatus, StepKind
from alongside.retention.models import KeepingLonger, LegalHold, RecordRequest, RequestStep
from alongside.retention.queries.reach import carried_by, rows_about, whole_person

PAGE = 50
LOOKED_AT = 200  # candidates at a time
ROUNDS = 10
ADULTS = frozenset({Population.ADULT_LONG_TERM.value, Population.ADULT_SELF_IDENTIFIED.value})
# The last of these days is the last time anything was lived or written down with the person.
LAST: tuple[tuple[type[Model], str], ...] = (
    (Encounter, "on"),
    (Appointment, "starts_at"),
    (HandOff, "happened_at"),
    (Worksheet, "kept_on"),
    (CheckIn, "on"),
    (Match, "proposed_on"),
)


@dataclass(frozen=True)
class Law:
    """What keeps records in this agency on a day."""

    on: date
    rules: tuple[Rule, ...]
    longer: Mapping[Kept, int]


@dataclass(frozen=True)
class OneRecord:
    person: Participant
    standing: Standing


def people_kept(viewer: Actor) -> QuerySet[Participant]:
    """Everyone the agency has a record of, hidden rows of sheets taken back included: for whoever
    keeps privacy, and nobody else."""
    people = Participant.objects.filter(agency_id=viewer.agency_id, same_as=None)
    return people if viewer.may(Permission.PRIVACY_MANAGE) else people.none()


def keeping_longer(viewer: Actor) -> QuerySet[KeepingLonger]:
    """What the agency set itself, the one in force first."""
    rows = KeepingLonger.objects.filter(agency_id=viewer.agency_id)
    return rows.select_related("set_by").order_by("-number")


def law_of(viewer: Actor, *, on: date) -> Law:
    own = keeping_longer(viewer).first()
    years = {Kept(kept): int(years) for kept, years in own.years.items()} if own else {}
    return Law(on, rules_on(on, agency_of(viewer).jurisdiction), years)


def standing_of(viewer: Actor, *, participant_id: UUID, on: date) -> Standing:
    """Of one record, whoever asks on the floor above; raises ``Participant.DoesNotExist``."""
    people = Participant.objects.filter(agency_id=viewer.agency_id, same_as=None)
    person = people.get(pk=participant_id)
    return _standings(viewer, [person], law_of(viewer, on=on))[0].standing


def keep_still(viewer: Actor, *, ids: Collection[UUID]) -> None:
    """From here to the end of the transaction nobody adds a row to these people: a hold that comes
    now waits, and finds nobody, or was seen. SQLite has one writer at a time anyway."""
    people = Participant.objects.select_for_update().filter(
        agency_id=viewer.agency_id, pk__in=list(ids)
    )
    list(people.order_by("pk").values_list("pk", flat=True))


def due_records(
    viewer: Actor, *, on: date, after: UUID | None = None
) -> tuple[list[OneRecord], UUID | None]:
    """Records that may go, in the order of their ids, and where the next page begins. The database
    leaves out whoever cannot be due; the rule decides on each of the others."""
    law, found, last = law_of(viewer, on=on), list[OneRecord](), after
    for _round in range(ROUNDS):
        people = _may_be_due(viewer, law)
        if last is not None:
            people = people.filter(pk__gt=last)
        looked_at = list(people.order_by("pk")[:LOOKED_AT])
        due = [one for one in _standings(viewer, looked_at, law) if one.standing.due]
        found += due
        if len(found) > PAGE:
            return found[:PAGE], found[PAGE - 1].person.pk
        if len(looked_at) < LOOKED_AT:
            return found, None
        last = looked_at[-1].pk
    return found, last


def _may_be_due(viewer: Actor, law: Law) -> QuerySet[Participant]:
    bound = after_years(law.on, -least_years(law.rules, law.longer))
    person = OuterRef("pk")
    lately = Encounter.objects.filter(participant=person, on__gt=bound)
    goes_on = Episode.objects.filter(participant=person, voided_at=None).exclude(
        status=EpisodeStatus.CONCLUDED
    )
    ended = Episode.objects.filter(participant=person, ended_on__gt=bound)
    held = LegalHold.objects.filter(participant=person, lifted_at=None)
    return people_kept(viewer).filter(
        ~Exists(lately), ~Exists(goes_on), ~Exists(ended), ~Exists(held)
    )


def _standings(viewer: Actor, people: list[Participant], law: Law) -> list[OneRecord]:
    facts = facts_of(viewer, people=people, on=law.on)
    return [
        OneRecord(person, standing(facts[person.pk], law.rules, law.on, law.longer))
        for person in people
    ]


def facts_of(
    viewer: Actor, *, people: Collection[Participant], on: date
) -> dict[UUID, RecordFacts]:
    """By the id of the person; what happened to a row found to be the same person counts too."""
    roots = {person.pk: person.pk for person in people}
    more = dict(roots)
    while more:
        also = Participant.objects.filter(same_as__in=list(more)).values_list("pk", "same_as")
        more = {pk: roots[root] for pk, root in also if root in roots and pk not in roots}
        roots |= more
    days = _days(viewer, roots)
    begun = _begun(roots, days)
    goes_on, held = _open(roots, on), _whose(roots, LegalHold.objects.filter(lifted_at=None))
    return {
        person.pk: RecordFacts(
            days=days[person.pk],
            begun_on=begun.get(person.pk),
            born_on=person.born_on,
            adult=person.population in ADULTS,
            goes_on=person.pk in goes_on,
            held=person.pk in held,
        )
        for person in people
    }


def _days(viewer: Actor, roots: Mapping[UUID, UUID]) -> dict[UUID, dict[Since, date]]:
    days: dict[UUID, dict[Since, date]] = defaultdict(dict)

    def keep(rows: Iterable[tuple[UUID, Any]], since: Since) -> None:
        for pk, at in rows:
            if at is not None:
                on = local_date(at, viewer.time_zone) if isinstance(at, datetime) else at
                known = days[roots[pk]].get(since)
                days[roots[pk]][since] = max(on, known) if known else on

    for model, field in LAST:
        keep(_latest(model, field, roots), Since.LAST_CONTACT)
    asked = Referral.objects.annotate(
        last=Coalesce("status_on", "received_on"), known=Coalesce("received_on", "entered_at__date")
    )
    keep(_grouped(asked, Max(Coalesce("last", "known")), roots), Since.LAST_CONTACT)
    keep(_latest(Episode, "ended_on", roots), Since.SUPPORT_ENDED)
    told = RequestStep.objects.filter(kind=StepKind.ANSWERED).order_by()
    answered = told.filter(request__participant__in=list(roots)).values_list("request__participant")
    keep(answered.annotate(day=Max("at")), Since.ANSWERED)
    keep(_latest(Disclosure, "last_at", roots), Since.DISCLOSED)
    _consents(days, roots)
    return days


def _consents(days: dict[UUID, dict[Since, date]], roots: Mapping[UUID, UUID]) -> None:
    """A consent that nobody ended was last in force when the support was: nothing is told after."""
    signed = Consent.objects.filter(participant__in=list(roots), signed_on__isnull=False)
    for consent in signed.exclude(status=ConsentStatus.MISTAKEN):
        root, first = days[roots[consent.participant_id]], consent.signed_on
        if first is None:
            continue
        lived = [root[s] for s in (Since.LAST_CONTACT, Since.SUPPORT_ENDED) if s in root]
        said = consent.revoked_on or consent.event_on or consent.ends_on
        ended = said or max([*lived, first])
        for since, day in ((Since.CONSENT_SIGNED, first), (Since.CONSENT_ENDED, ended)):
            root[since] = max(day, root.get(since, day))


def _begun(
    roots: Mapping[UUID, UUID], days: Mapping[UUID, Mapping[Since, date]]
) -> dict[UUID, date]:
    begun: dict[UUID, date] = {}
    for model, field in ((Encounter, "on"), (Referral, "received_on"), (Episode, "begun_on")):
        for pk, day in _grouped(model._default_manager.all(), Min(field), roots):
            if day is not None:
                begun[roots[pk]] = min(day, begun.get(roots[pk], day))
    return begun


def _open(roots: Mapping[UUID, UUID], on: date) -> set[UUID]:
    """Whose support, referral, match, request or hand-off has not come to its end."""
    going = (
        Episode.objects.filter(voided_at=None).exclude(status=EpisodeStatus.CONCLUDED),
        Referral.objects.filter(voided_at=None, status__in=[one.value for one in OPEN]),
        Match.objects.filter(status=MatchStatus.PROPOSED),
        RecordRequest.objects.filter(status=RequestStatus.OPEN),
        HandOff.objects.filter(status__in=[one.value for one in STANDING]),
        Appointment.objects.filter(status=AppointmentStatus.PLANNED, starts_at__date__gt=on),
    )
    return set().union(*(_whose(roots, rows) for rows in going))


def _whose(roots: Mapping[UUID, UUID], rows: QuerySet[Any]) -> set[UUID]:
    found = rows.filter(participant__in=list(roots)).order_by()
    return {roots[pk] for pk in found.values_list("participant_id", flat=True)}


def _latest(model: type[Model], field: str, roots: Mapping[UUID, UUID]) -> list[tuple[UUID, Any]]:
    return _grouped(model._default_manager.all(), Max(field), roots)


def _grouped(rows: QuerySet[Any], of: Any, roots: Mapping[UUID, UUID]) -> list[tuple[UUID, Any]]:
    found = rows.filter(Q(participant__in=list(roots))).order_by().values_list("participant_id")
    return list(found.annotate(day=of))


def counts_of(viewer: Actor, *, participant_id: UUID) -> dict[str, int]:
    """How many rows of each model would go, and how many files."""
    ids = whole_person(viewer, participant_id=participant_id)
    found = rows_about(viewer, ids=ids)
    counts = {model._meta.label: len(pks) for model, pks in found.items()}
    return counts | {target._meta.label: len(pks) for target, pks in carried_by(found).items()}
