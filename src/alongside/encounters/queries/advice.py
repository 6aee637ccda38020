"""What a note is proposed to be recorded under, from who writes it and on which day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, Subquery

from alongside.accounts.models import Contract
from alongside.audit.asking import Asked
from alongside.core.actor import Actor
from alongside.people.models import Participant
from alongside.practice.arrays import ArrayAdvice, ArrayFacts, advise
from alongside.practice.arrays.advice import opens_peer_support
from alongside.practice.codes import (
    Activity,
    CredentialKind,
    GoingAlong,
    Pathway,
    Population,
    Process,
    ServiceArray,
)
from alongside.practice.credentials import CredentialFacts, Standing, standing_on
from alongside.practice.funding import ContractFacts, RequestFacts, why_not_pay
from alongside.practice.rules import rules_on
from alongside.referrals.models import Referral
from alongside.workforce.models import Supporter


@dataclass(frozen=True)
class Writer:
    """The supporter who writes, with every certificate: dates decide what each is worth."""

    supporter_id: UUID
    other_license: str
    jurisdiction: str
    credentials: tuple[CredentialFacts, ...]

    def standing(self, on: date) -> Standing:
        return standing_on(self.credentials, on)

    def advice(
        self,
        on: date,
        *,
        processes: tuple[str, ...],
        activities: tuple[str, ...],
        going_along: str,
        words: str,
        answers: Mapping[str, str] | None = None,
        allowed: frozenset[ServiceArray] | None = None,
    ) -> ArrayAdvice:
        """``answers`` are what was said to the short questions, by question; ``allowed`` what a
        contract pays for, ``None`` where none is known."""
        facts = ArrayFacts(
            standing=self.standing(on),
            processes=frozenset(Process(code) for code in processes),
            activities=frozenset(Activity(code) for code in activities),
            going_along=GoingAlong(going_along) if going_along else None,
            words=words,
            other_license=self.other_license,
            answers=answers or {},
            allowed=allowed,
        )
        return advise(facts, on, rules_on(on, self.jurisdiction))

    def certified(self, on: date) -> bool:
        """Whether the credential opens the Peer Support array on that day."""
        return opens_peer_support(self.standing(on), rules_on(on, self.jurisdiction))


_WRITER = Asked(
    lambda user, agency, _shape: Supporter.objects.filter(
        user_id=user, agency_id=agency, voided_at=None
    ).values_list(
        "id",
        "other_license",
        "agency__jurisdiction",
        "credentials__kind",
        "credentials__certified_on",
        "credentials__expires_on",
        "credentials__in_training",
        "credentials__voided_at",
    )
)


def writer(viewer: Actor) -> Writer | None:
    """The viewer's own supporter profile, or ``None``. One query."""
    rows = _WRITER.rows(viewer.id, viewer.agency_id)
    if not rows:
        return None
    held = tuple(
        CredentialFacts(CredentialKind(kind), begins, ends, bool(in_training))
        for *_, kind, begins, ends, in_training, voided_at in rows
        if kind and voided_at is None
    )
    return Writer(rows[0][0], rows[0][1], rows[0][2], held)


def _paid(agency: UUID, person: UUID, on: date, _shape: object) -> Any:
    """Contracts of that day, each beside what decides whether it could pay for this person."""
    who = Participant.objects.filter(pk=person, agency_id=agency)
    asked = Referral.objects.filter(
        participant_id=person, agency_id=agency, voided_at=None
    ).order_by("-received_on", "-entered_at", "-id")
    return (
        Contract.objects.filter(
            Q(ends_on=None) | Q(ends_on__gte=on), agency_id=agency, starts_on__lte=on
        )
        .annotate(
            county=Subquery(who.values("county")[:1]),
            population=Subquery(who.values("population")[:1]),
            asked_county=Subquery(asked.values("county")[:1]),
            pathway=Subquery(asked.values("pathway")[:1]),
        )
        .values_list(
            "counties",
            "pathways",
            "populations",
            "arrays",
            "county",
            "population",
            "asked_county",
            "pathway",
        )
    )


_PAID = Asked(_paid)


def arrays_paid_for(
    viewer: Actor, *, participant_id: UUID, on: date
) -> frozenset[ServiceArray] | None:
    """The arrays of the contracts that could pay for this person on ``on`` (PSP-10); ``None``
    where no contract is known to, or where one limits no array. One query."""
    paid: set[ServiceArray] = set()
    for row in _PAID.rows(viewer.agency_id, participant_id, on):
        counties, pathways, populations, arrays, county, population, asked_county, pathway = row
        limits = ContractFacts(frozenset(counties), frozenset(pathways), frozenset(populations))
        request = RequestFacts(
            county=asked_county or county or "",
            pathway=Pathway(pathway or Pathway.NOT_SAID),
            population=Population(population) if population else None,
        )
        if why_not_pay(limits, request):
            continue
        if not arrays:
            return None
        paid |= {ServiceArray(code) for code in arrays}
    return frozenset(paid) or None
