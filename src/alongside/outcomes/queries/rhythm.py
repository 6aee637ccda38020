"""Whose check-in is offered when: by the rhythm of the contract that could pay for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.accounts.models import Agency, Contract
from alongside.accounts.queries import contracts_visible_to
from alongside.core.actor import Actor
from alongside.outcomes.models import CheckInRhythm
from alongside.outcomes.queries import checkins
from alongside.outcomes.rules.rhythm import Offered, RhythmFacts, in_force, offered
from alongside.people.models import Participant
from alongside.people.queries import own_caseload
from alongside.practice.cadence import DueState
from alongside.practice.codes import Pathway, Population
from alongside.practice.funding import ContractFacts, RequestFacts, why_not_pay
from alongside.practice.rules import rules_on
from alongside.referrals.codes import EpisodeStatus
from alongside.referrals.models import Episode
from alongside.referrals.queries.episodes import episodes_visible_to

MOST_LISTED = 500


@dataclass(frozen=True)
class PersonOffered:
    participant: Participant
    offers: tuple[Offered, ...]


def rhythms(viewer: Actor) -> QuerySet[CheckInRhythm]:
    """Every rule there is or was, taken back ones too; the newest first."""
    return (
        CheckInRhythm.objects.filter(agency_id=viewer.agency_id)
        .select_related("contract", "set_by")
        .order_by("-starts_on", "-id")
    )


def offers(viewer: Actor, *, participant_id: UUID, on: date) -> list[Offered]:
    """What is offered to one person, the longest due first; nothing without support going on."""
    return offers_among(viewer, [participant_id], on=on).get(participant_id, [])


def offers_among(
    viewer: Actor, participant_ids: Iterable[UUID], *, on: date
) -> dict[UUID, list[Offered]]:
    """The same for many people. Five queries, however many they are."""
    episodes = list(
        episodes_visible_to(viewer)
        .filter(participant_id__in=list(participant_ids), voided_at=None)
        .exclude(status=EpisodeStatus.CONCLUDED.value)
        .select_related("participant", "referral")
    )
    if not episodes:
        return {}
    jurisdiction = Agency.objects.values_list("jurisdiction", flat=True).get(pk=viewer.agency_id)
    rules = rules_on(on, jurisdiction)
    rows = _facts(viewer)
    contracts = list(_contracts(viewer, rows, on))
    last = checkins.last_days(viewer, among=[one.participant_id for one in episodes])
    return {
        one.participant_id: offered(
            in_force(rows, contracts=_paying(contracts, one), on=on, rules=rules),
            last=last.get(one.participant_id, {}),
            begun_on=one.begun_on,
            on=on,
            rules=rules,
        )
        for one in episodes
    }


def due_in_caseload(viewer: Actor, *, on: date) -> list[PersonOffered]:
    """Of the viewer's own people, those to whom a check-in is offered now or soon."""
    people = list(own_caseload(viewer)[:MOST_LISTED])
    found = offers_among(viewer, [person.pk for person in people], on=on)
    listed = []
    for person in people:
        near = tuple(one for one in found.get(person.pk, ()) if one.state is not DueState.SETTLED)
        if near:
            listed.append(PersonOffered(person, near))
    return sorted(listed, key=lambda one: one.offers[0].due_on)


def _facts(viewer: Actor) -> list[RhythmFacts]:
    rows = rhythms(viewer).filter(taken_back_at=None)
    return [
        RhythmFacts(row.instrument, row.contract_id, row.every_days, row.starts_on, str(row.pk))
        for row in rows
    ]


def _contracts(viewer: Actor, rows: Iterable[RhythmFacts], on: date) -> QuerySet[Contract]:
    """Those of the day for which a rhythm was set."""
    named = {row.contract_id for row in rows if row.contract_id}
    lasts = Q(ends_on=None) | Q(ends_on__gte=on)
    return contracts_visible_to(viewer).filter(lasts, pk__in=named, starts_on__lte=on)


def _paying(contracts: Iterable[Contract], episode: Episode) -> frozenset[UUID]:
    """The contracts that could pay for the person of this time of support (PSP-10)."""
    person, referral = episode.participant, episode.referral
    request = RequestFacts(
        county=(referral.county if referral else "") or person.county,
        pathway=Pathway(referral.pathway) if referral else Pathway.NOT_SAID,
        population=Population(person.population) if person.population else None,
    )
    return frozenset(one.pk for one in contracts if not why_not_pay(_limits(one), request))


def _limits(contract: Contract) -> ContractFacts:
    return ContractFacts(
        frozenset(contract.counties),
        frozenset(contract.pathways),
        frozenset(contract.populations),
    )
