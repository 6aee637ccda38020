"""What one asks of the measures: which time, which people. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alongside.core.refusal import Refusal
from alongside.core.words import gettext_noop as _
from alongside.practice.codes import Pathway, Population
from alongside.practice.counties import county_key
from alongside.practice.funding import ContractFacts, RequestFacts, why_not_pay
from alongside.practice.measures import Quarter, quarter_of

MOST_QUARTERS = 20
# Counties that an agency does not name as its own stand together, so that none is a small group.
ELSEWHERE, NOT_KNOWN = "elsewhere", "not-known"


@dataclass(frozen=True)
class Wanted:
    """Whole quarters, both counted. ``county``: a county's key, ``ELSEWHERE``, ``NOT_KNOWN`` or
    nothing. What is empty does not limit."""

    first: Quarter
    last: Quarter
    contract_id: UUID | None = None
    contract: ContractFacts | None = None
    pathway: Pathway | None = None
    county: str = ""

    @property
    def first_day(self) -> date:
        return self.first.first_day

    @property
    def last_day(self) -> date:
        return self.last.last_day

    def until(self, today: date) -> date:
        """The last day of it that has come."""
        return min(self.last_day, today)


def usual(today: date) -> tuple[Quarter, Quarter]:
    """The last four quarters that are over: what a year of a program looks like."""
    last = quarter_of(today).after(-1)
    return last.after(-3), last


def why_not_ask(first: Quarter, last: Quarter, today: date) -> Refusal | None:
    if last < first:
        return Refusal(
            "ends-first",
            _("“Until” is before “from”. Choose a quarter that is the same or later."),
            field="until",
        )
    if first > quarter_of(today):
        return Refusal(
            "not-yet", _("This time has not begun. Choose an earlier quarter."), field="since"
        )
    if first.until(last) > MOST_QUARTERS:
        return Refusal(
            "too-long",
            _("One page holds at most {years} years. Choose a shorter time."),
            {"years": MOST_QUARTERS // 4},
            field="until",
        )
    return None


def why_not_contract(
    first: Quarter, last: Quarter, starts_on: date, ends_on: date | None
) -> Refusal | None:
    if starts_on > last.last_day or (ends_on is not None and ends_on < first.first_day):
        return Refusal(
            "not-then",
            _("This contract does not run in that time. Choose another time or contract."),
            field="contract",
        )
    return None


def county_of(written: str, own: Collection[str]) -> str:
    """Under which choice a county stands that is written in a record. ``own``: the agency's."""
    key = county_key(written)
    if not key:
        return NOT_KNOWN
    return key if key in {county_key(name) for name in own} else ELSEWHERE


def fits(contract: ContractFacts, *, county: str, pathway: Pathway, population: str) -> bool:
    """Whether a contract could pay for someone: the same rule as at the referral desk."""
    group = Population(population) if population else None
    return not why_not_pay(contract, RequestFacts(county, pathway, group))
