"""To which programs Part 2 applies, and so to whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from alongside.accounts.models import Contract
from alongside.accounts.queries import contracts_visible_to
from alongside.audit.asking import Asked
from alongside.consents.models import PartTwoSwitch
from alongside.consents.rules.disclosures import for_whom, still_given
from alongside.core.actor import Actor
from alongside.core.words import Say
from alongside.people.models import Participant
from alongside.practice.codes import Pathway, Population
from alongside.practice.disclosure import Program, Support, why_protected
from alongside.practice.funding import ContractFacts, RequestFacts

NOT = Pathway.NOT_SAID
_PERSON = ("id", "county", "population")
_REFERRAL = ("id", "pathway", "county", "received_on", "voided_at")
_EPISODE = ("id", "referral_id", "begun_on", "ended_on", "voided_at")
_CONTRACT = ("id", "name", "counties", "pathways", "populations", "starts_on", "ends_on")


def _under(agency: UUID, *rest: Any) -> Any:
    """Of each of these people every referral and time of support, beside every contract with the
    last word on it."""
    *people, _shape = rest
    last = PartTwoSwitch.objects.filter(
        agency_id=agency, contract_id=OuterRef("agency__contracts__id")
    ).order_by("-number")
    return Participant.objects.filter(agency_id=agency, pk__in=people).values_list(
        *_PERSON,
        *(f"referrals__{name}" for name in _REFERRAL),
        *(f"episodes__{name}" for name in _EPISODE),
        *(f"agency__contracts__{name}" for name in _CONTRACT),
        Subquery(last.values("applies")[:1]),
        Subquery(last.values("given_for")[:1]),
    )


_UNDER = Asked(_under)
_REFERRALS, _EPISODES = len(_PERSON), len(_PERSON) + len(_REFERRAL)
_CONTRACTS = _EPISODES + len(_EPISODE)


def why_protected_each(
    viewer: Actor, people: Iterable[UUID], *, on: date
) -> Mapping[UUID, Say | None]:
    """Why Part 2 applies to each of them on a day, or ``None`` where it does not. One query."""
    people = sorted(set(people))
    rows: dict[UUID, list[Sequence[Any]]] = {person: [] for person in people}
    for row in _UNDER.rows(viewer.agency_id, *people):
        rows[row[0]].append(row)
    return {
        person: why_protected(_supports(mine), _programs(mine), on=on)
        for person, mine in rows.items()
    }


def _supports(rows: Sequence[Sequence[Any]]) -> list[Support]:
    """What someone asked for by a referral lasts until all that came of it is over. Where they
    live and which group is theirs today says nothing of support that is over."""
    if not rows:
        return []
    _id, county, population = rows[0][: len(_PERSON)]
    group = Population(population) if population else None
    referrals = {row[_REFERRALS]: row[_REFERRALS:_EPISODES] for row in rows if row[_REFERRALS]}
    episodes = {row[_EPISODES]: row[_EPISODES:_CONTRACTS] for row in rows if row[_EPISODES]}
    held = [episode for episode in episodes.values() if episode[-1] is None]
    found = []
    for pk, pathway, asked_county, begins, voided_at in referrals.values():
        if voided_at is None:
            came = [ended_on for _id, referral, _on, ended_on, _v in held if referral == pk]
            ends = max(came) if came and None not in came else None
            request = RequestFacts(
                asked_county or (county if ends is None else ""),
                Pathway(pathway),
                group if ends is None else None,
            )
            found.append(Support(request, begins, ends))
    standing = {pk for pk, *_rest, voided_at in referrals.values() if voided_at is None}
    for _id, ref, begins, ends, _voided in held:
        if ref not in standing:
            alone = RequestFacts(*((county, NOT, group) if ends is None else ("", NOT, None)))
            found.append(Support(alone, begins, ends))
    return found


def _programs(rows: Sequence[Sequence[Any]]) -> list[Program]:
    each = {row[_CONTRACTS]: row[_CONTRACTS:] for row in rows if row[_CONTRACTS]}
    return [_program(*contract) for contract in each.values()]


def _program(_id: UUID, name: str, *rest: Any) -> Program:
    counties, pathways, populations, begins, ends, applies, given_for = rest
    whom = ContractFacts(frozenset(counties), frozenset(pathways), frozenset(populations))
    now = for_whom(counties, pathways, populations, begins, ends)
    off = applies is False and still_given(given_for, now)
    return Program(name, whom, begins, ends, off)


@dataclass(frozen=True)
class ProgramStanding:
    """A program, and the last word on it. ``lapsed``: it was switched off, and is for others since,
    so Part 2 applies."""

    contract: Contract
    last: PartTwoSwitch | None

    @property
    def applies(self) -> bool:
        return self.last is None or self.last.applies or self.lapsed

    @property
    def lapsed(self) -> bool:
        last = self.last
        return bool(last and not last.applies and not still_given(last.given_for, self.whom))

    @property
    def whom(self) -> dict[str, object]:
        one = self.contract
        return for_whom(one.counties, one.pathways, one.populations, one.starts_on, one.ends_on)


def part_two(viewer: Actor) -> QuerySet[PartTwoSwitch]:
    """Every word on whether Part 2 applies, the newest first."""
    found = PartTwoSwitch.objects.filter(agency_id=viewer.agency_id)
    return found.select_related("set_by", "contract").order_by("-number")


def part_two_of_all(viewer: Actor) -> bool:
    """Whether the whole agency was left as it is: it was once possible to switch it off for all."""
    whole = part_two(viewer).filter(contract=None).first()
    return whole is None or whole.applies


def program(viewer: Actor, *, contract_id: UUID) -> ProgramStanding:
    contract = contracts_visible_to(viewer).get(pk=contract_id)
    return ProgramStanding(contract, part_two(viewer).filter(contract_id=contract_id).first())


def programs(viewer: Actor) -> list[ProgramStanding]:
    """Every program with the last word on it. Two queries."""
    words = {row.contract_id: row for row in part_two(viewer).reverse() if row.contract_id}
    return [ProgramStanding(one, words.get(one.pk)) for one in contracts_visible_to(viewer)]
