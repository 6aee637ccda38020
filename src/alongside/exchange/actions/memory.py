"""What is known while rows come in: names in use, and everything made but not written yet."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Model

from alongside.audit.actions import Event, record_many
from alongside.audit.writing import insert_many
from alongside.core.actor import Actor
from alongside.encounters.models import Encounter
from alongside.exchange import queries
from alongside.exchange.queries import ContactMark, ReferrerKey
from alongside.exchange.rules.contacts import ContactRow
from alongside.exchange.rules.same_person import PeopleIndex
from alongside.exchange.rules.who import NamesInUse, StaffInUse, who_was_it
from alongside.people.models import Participant, SamePersonProposal
from alongside.referrals.actions.rhythm import many_contacts_happened
from alongside.referrals.models import Referral, Referrer
from alongside.workforce.models import Credential, SharedExperience, Supporter

# In this order each row finds what it refers to.
WRITTEN_IN_ORDER: Sequence[type[Model]] = (
    Participant,
    Referrer,
    Referral,
    SamePersonProposal,
    Supporter,
    Credential,
    SharedExperience,
    Encounter,
)
VERBS: dict[type[Model], str] = {
    Participant: "participant.imported",
    Referrer: "referrer.imported",
    Referral: "referral.imported",
    SamePersonProposal: "same-person.proposed",
    Supporter: "supporter.imported",
    Credential: "credential.imported",
    Encounter: "encounter.imported",
}


@dataclass
class Memory:
    """What one agency knows, each part read once when it is first needed. Good for one run."""

    agency_id: UUID
    logged: set[ContactMark] = field(default_factory=set)
    _looked_up: set[UUID] = field(default_factory=set)

    @cached_property
    def people(self) -> NamesInUse:
        return queries.names_in_use(self.agency_id)

    @cached_property
    def alike(self) -> PeopleIndex[UUID]:
        return queries.people_alike(self.agency_id)

    @cached_property
    def staff(self) -> StaffInUse:
        return queries.staff_in_use(self.agency_id)

    def look_up_contacts_of(self, rows: Iterable[ContactRow | None]) -> None:
        """Know what is logged with the people of these rows; each person is read once."""
        people = (who_was_it(row.name, self.people).id for row in rows if row is not None)
        self.look_up_contacts(who for who in people if who is not None)

    def look_up_contacts(self, people: Iterable[UUID]) -> None:
        new = set(people) - self._looked_up
        if new:
            self._looked_up |= new
            self.logged |= queries.contacts_with(self.agency_id, people=new)

    @cached_property
    def referrers(self) -> dict[ReferrerKey, UUID]:
        return queries.referrers_in_use(self.agency_id)


@dataclass
class Made:
    """What a chunk of rows makes, kept together until it is written at once."""

    by: Actor
    at: datetime
    batch_id: UUID
    objects: dict[type[Model], list[Model]] = field(default_factory=dict)
    days: dict[UUID, list[date]] = field(default_factory=dict)
    problems: Counter[str] = field(default_factory=Counter)

    def add(self, thing: Model) -> None:
        self.objects.setdefault(type(thing), []).append(thing)

    def same_person_reasons(self) -> tuple[str, ...]:
        pairs = self.objects.get(SamePersonProposal, [])
        return tuple(pair.reason for pair in pairs if isinstance(pair, SamePersonProposal))

    def write(self) -> None:
        """A few inserts per kind of thing, one event for each, and the days of contact."""
        detail = {"batch": str(self.batch_id)}
        events = []
        for model in WRITTEN_IN_ORDER:
            things = self.objects.get(model, [])
            insert_many(things)
            if model in VERBS:
                name = model.__name__
                events += [Event(VERBS[model], f"{name}/{thing.pk}", detail) for thing in things]
        if events:
            record_many(events, by=self.by, at=self.at)
        if self.days:
            many_contacts_happened(self.days, by=self.by)
