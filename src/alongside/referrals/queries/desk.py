"""Reading the referral desk, viewer first. Only those who work at the desk see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from alongside.accounts.codes import Permission
from alongside.accounts.models import Contract
from alongside.accounts.queries import contracts_visible_to
from alongside.core.actor import Actor
from alongside.core.words import Say
from alongside.people.models import Participant
from alongside.people.queries import participants_visible_to
from alongside.people.rules import name_key
from alongside.practice.codes import Pathway, Population, ReferrerRole
from alongside.practice.eligibility import Eligibility, EligibilityFacts, assess
from alongside.practice.funding import ContractFacts, RequestFacts, why_not_pay
from alongside.practice.rules import Rules
from alongside.referrals.codes import ReferralStatus
from alongside.referrals.models import Referral, ReferralCorrection, ReferralMove, Referrer
from alongside.referrals.rules.desk import OPEN, referrer_role

PAGE = 50


@dataclass(frozen=True)
class Key:
    """Where a page of the desk ends: the day of its last row, where known, and the row."""

    received_on: date | None
    id: UUID


@dataclass(frozen=True)
class DeskFilter:
    """``pathway`` and ``county`` narrow the list; empty means all."""

    status: ReferralStatus = ReferralStatus.RECEIVED
    pathway: str = ""
    county: str = ""


@dataclass(frozen=True)
class DeskPage:
    rows: list[Referral]
    next: Key | None


def referrals_visible_to(viewer: Actor) -> QuerySet[Referral]:
    if not viewer.may(Permission.REFERRAL_READ):
        return Referral.objects.none()
    return Referral.objects.filter(agency_id=viewer.agency_id, voided_at=None).select_related(
        "participant", "referrer"
    )


def referrals_of(viewer: Actor, *, participant_id: UUID) -> QuerySet[Referral]:
    """Every request of one participant, newest first, for those who see the participant."""
    people = participants_visible_to(viewer).filter(pk=participant_id)
    return (
        Referral.objects.filter(participant__in=people, voided_at=None)
        .select_related("referrer")
        .order_by(F("received_on").desc(nulls_last=True), "-id")
    )


def desk(viewer: Actor, chosen: DeskFilter, *, after: Key | None = None) -> DeskPage:
    """One page of one status. Who waits is read longest first; what is settled, newest first."""
    rows = _narrowed(viewer, chosen).filter(status=chosen.status)
    waits = chosen.status in OPEN
    if after is not None:
        rows = rows.filter(_beyond(after, waits=waits))
    order = (
        F("received_on").asc(nulls_last=True) if waits else F("received_on").desc(nulls_last=True)
    )
    found = list(rows.order_by(order, "id" if waits else "-id")[: PAGE + 1])
    more = len(found) > PAGE
    found = found[:PAGE]
    return DeskPage(found, Key(found[-1].received_on, found[-1].id) if more else None)


def _beyond(after: Key, *, waits: bool) -> Q:
    by_id = Q(id__gt=after.id) if waits else Q(id__lt=after.id)
    if after.received_on is None:
        return Q(received_on=None) & by_id
    later = Q(received_on__gt=after.received_on) if waits else Q(received_on__lt=after.received_on)
    return later | (Q(received_on=after.received_on) & by_id) | Q(received_on=None)


def _narrowed(viewer: Actor, chosen: DeskFilter) -> QuerySet[Referral]:
    rows = referrals_visible_to(viewer)
    if chosen.pathway:
        rows = rows.filter(pathway=chosen.pathway)
    if chosen.county:
        rows = rows.filter(county=chosen.county)
    return rows


def counts(viewer: Actor, chosen: DeskFilter) -> dict[ReferralStatus, int]:
    """How many stand at each status under the same filters."""
    rows = _narrowed(viewer, chosen).order_by().values_list("status").annotate(n=Count("id"))
    found = {ReferralStatus(status): n for status, n in rows}
    return {status: found.get(status, 0) for status in ReferralStatus}


def counties(viewer: Actor) -> list[str]:
    rows = referrals_visible_to(viewer).exclude(county="").order_by("county")
    return list(rows.values_list("county", flat=True).distinct())


def search(viewer: Actor, *, words: str) -> list[Referral]:
    """Referrals of any status whose participant's name holds every typed word; at most a page."""
    found = referrals_visible_to(viewer)
    for word in name_key(words).split():
        found = found.filter(participant__name_key__contains=word)
    return list(found.order_by(F("received_on").desc(nulls_last=True), "-id")[:PAGE])


def moves(viewer: Actor, *, referral_id: UUID) -> QuerySet[ReferralMove]:
    seen = referrals_visible_to(viewer).filter(pk=referral_id)
    return (
        ReferralMove.objects.filter(referral__in=seen).select_related("by").order_by("-at", "-id")
    )


def corrections(viewer: Actor, *, referral_id: UUID) -> QuerySet[ReferralCorrection]:
    seen = referrals_visible_to(viewer).filter(pk=referral_id)
    rows = ReferralCorrection.objects.filter(referral__in=seen)
    return rows.select_related("by").order_by("-at", "-id")


def referrers_visible_to(viewer: Actor) -> QuerySet[Referrer]:
    if not viewer.may(Permission.REFERRAL_READ):
        return Referrer.objects.none()
    rows = Referrer.objects.filter(agency_id=viewer.agency_id, voided_at=None)
    return rows.order_by("name", "id")


def eligibility(viewer: Actor, referral: Referral, *, on: date, rules: Rules) -> Eligibility:
    """What the practice says about a request on a day, with the contracts of that day (PSP-10)."""
    contracts = [
        c
        for c in contracts_visible_to(viewer)
        if c.starts_on <= on and (c.ends_on is None or on <= c.ends_on)
    ]
    participant, referrer = referral.participant, referral.referrer
    role = referrer_role(referrer.role) if referrer else None
    return assess(
        EligibilityFacts(
            population=Population(participant.population) if participant.population else None,
            own_words=" ".join((participant.own_words, referral.reason, referral.asked_for)),
            born_on=participant.born_on,
            county=referral.county or participant.county,
            pathway=Pathway(referral.pathway),
            has_referring_professional=role not in (None, ReferrerRole.THEMSELVES),
            referrer_role=role,
            contract_counties=_all_of(c.counties for c in contracts),
            contract_pathways=frozenset(Pathway(p) for p in _all_of(c.pathways for c in contracts)),
        ),
        on,
        rules,
    )


def _all_of(lists: Iterable[list[str]]) -> frozenset[str]:
    """What any contract names; one contract without a limit lifts it for all."""
    each = [list(names) for names in lists]
    return frozenset() if not all(each) else frozenset(name for names in each for name in names)


@dataclass(frozen=True)
class Funding:
    """One contract of the day, and what of a request does not fit it: nothing, if it could pay."""

    name: str
    funder: str
    why_not: tuple[Say, ...]

    @property
    def fits(self) -> bool:
        return not self.why_not


def funding(viewer: Actor, referral: Referral, *, on: date) -> list[Funding]:
    """Which contracts could pay for this request, those that fit first (PSP-10)."""
    population = referral.participant.population
    request = RequestFacts(
        county=referral.county or referral.participant.county,
        pathway=Pathway(referral.pathway),
        population=Population(population) if population else None,
    )
    found = [
        Funding(c.name, c.funder, why_not_pay(_limits(c), request))
        for c in contracts_visible_to(viewer)
        if c.starts_on <= on and (c.ends_on is None or c.ends_on >= on)
    ]
    return sorted(found, key=lambda f: len(f.why_not))


def _limits(contract: Contract) -> ContractFacts:
    return ContractFacts(
        frozenset(contract.counties),
        frozenset(contract.pathways),
        frozenset(contract.populations),
    )


def might_be(
    viewer: Actor, *, name: str, born_on: date | None, phone: str
) -> QuerySet[Participant]:
    """People who share a word of the name, the birth date or the phone number: to be looked at."""
    alike = near(name=name, born_on=born_on, phone=phone)
    return participants_visible_to(viewer).filter(alike).order_by("name_key", "id")[:500]


def near(*, name: str, born_on: date | None, phone: str) -> Q:
    """Who shares a word of the name, the birth date or the end of the phone number."""
    digits = "".join(c for c in phone if c.isdigit())
    found = Q(pk__in=[])
    for word in name_key(name).split():
        if len(word) > 1:
            found |= Q(name_key__contains=word)
    if born_on is not None:
        found |= Q(born_on=born_on)
    if len(digits) >= 7:
        found |= Q(phone__contains=digits[-4:])
    return found
