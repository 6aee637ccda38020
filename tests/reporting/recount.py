"""The measures once more, note by note in plain Python, from rows as they lie in the tables."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from alongside.accounts.models import Agency
from alongside.core.clock import local_date
from alongside.encounters.models import Encounter
from alongside.outcomes.models import CheckIn, ReturnToUse
from alongside.people.models import Participant
from alongside.plans.models import PlanVersion
from alongside.practice.cadence import add_months
from alongside.practice.counties import county_key
from alongside.practice.instruments import instrument, number, scores
from alongside.practice.measures import spread
from alongside.referrals.models import Episode, Referral
from alongside.reporting.rules.asking import Wanted


@dataclass
class Person:
    row: Participant
    spells: list[Episode]
    notes: list[Encounter]
    asked: list[Referral]

    @property
    def way(self) -> str:
        newest = max(self.asked, key=lambda r: (r.received_on or date.min, r.pk), default=None)
        return newest.pathway if newest else "not_said"

    def county(self, agency: Agency) -> str:
        key = county_key(self.row.county)
        own = {county_key(name) for name in agency.counties}
        return "not-known" if not key else key if key in own else "elsewhere"


def everyone(agency: Agency) -> Iterator[Person]:
    rows = Participant.objects.filter(agency=agency, voided_at=None, same_as=None)
    for row in rows:
        yield Person(
            row,
            list(
                Episode.objects.filter(participant=row, voided_at=None).order_by("begun_on", "id")
            ),
            list(
                Encounter.objects.filter(participant=row, voided_at=None).exclude(
                    status="entered-in-error"
                )
            ),
            list(Referral.objects.filter(participant=row, voided_at=None)),
        )


def fits(person: Person, wanted: Wanted, agency: Agency) -> bool:
    limit = wanted.contract
    if limit is not None:
        counties = {county_key(name) for name in limit.counties}
        if counties and county_key(person.row.county) not in counties:
            return False
        if limit.pathways and person.way not in limit.pathways:
            return False
        group = person.row.population
        if limit.populations and group not in ("", "not_said", *limit.populations):
            return False
    if wanted.pathway is not None and person.way != wanted.pathway:
        return False
    return wanted.county in ("", person.county(agency))


def months_of(spell: Episode, first: date, last: date) -> set[tuple[int, int]]:
    begins, ends = max(spell.begun_on, first), min(spell.ended_on or last, last)
    days = (begins + timedelta(days=n) for n in range((ends - begins).days + 1))
    return {(one.year, one.month) for one in days}


def values(row: CheckIn) -> dict[str, Decimal]:
    """What a check-in says of each outcome and level, where enough was answered."""
    form = instrument("check-in", row.instrument_version)
    assert form is not None
    found = {}
    for score in scores(form, row.answers):
        of = score.rule
        if score.value is not None:
            found[f"level.{of.level}" if of.level else f"outcome.{of.outcome}"] = score.value
    for item in form.questions():
        if item.outcome and item.link_id in row.answers:
            value = number(item, row.answers[item.link_id])
            if value is not None:
                found[f"outcome.{item.outcome}"] = value
    return found


class Recount:
    """Counts by the names that the page's cells have."""

    def __init__(self, agency: Agency, wanted: Wanted, today: date) -> None:
        self.agency, self.wanted, self.today = agency, wanted, today
        self.first, self.last = wanted.first_day, wanted.last_day
        self.until = min(self.last, today)
        self.n: Counter[str] = Counter()
        self.waits: dict[str, Counter[int]] = {"asked": Counter(), "returns": Counter()}
        for person in everyone(agency):
            if fits(person, wanted, agency):
                self._person(person)

    def _in(self, on: date) -> bool:
        return self.first <= on <= self.last

    def _person(self, person: Person) -> None:
        spells = [
            s
            for s in person.spells
            if s.begun_on <= self.last and (s.ended_on is None or s.ended_on >= self.first)
        ]
        notes = [note for note in person.notes if self._in(note.on)]
        met = [note for note in notes if note.kind == "contact"]
        self.n["attempts"] += len(notes) - len(met)
        self._notes(met)
        self._months(person, met)
        self._asked(person)
        self._returns(person)
        if not spells and not met:
            return
        self._changes(person)
        self.n["people"] += 1
        self.n["touched" if met else "quiet"] += 1
        if not spells:
            self.n["none"] += 1
            return
        begun = [s for s in spells if self._in(s.begun_on)]
        self.n["began" if begun else "before"] += 1
        if begun:
            self._staying(begun[0])
        on = [
            s
            for s in spells
            if s.begun_on <= self.until and (s.ended_on is None or s.ended_on > self.until)
        ]
        self.n["standing" if on else "ended"] += 1
        if on:
            self._plan(on[-1])

    def _notes(self, met: list[Encounter]) -> None:
        for note in met:
            self.n["contacts"] += 1
            self.n[f"mode.{note.mode or 'none'}"] += 1
            for one in note.processes or ["none"]:
                self.n[f"process.{one}"] += 1
            if note.status == "brought-over":
                self.n["sheet"] += 1
            else:
                self.n["together" if note.participant_words else "alone"] += 1

    def _months(self, person: Person, met: list[Encounter]) -> None:
        months = {m for s in person.spells for m in months_of(s, self.first, self.until)}
        whole = {m for s in person.spells for m in months_of(s, self.first, self.last)}
        inside = [note for note in met if (note.on.year, note.on.month) in whole]
        self.n["months"] += len(months)
        self.n["months.touched"] += len({(note.on.year, note.on.month) for note in inside})
        self.n["contacts.in"] += len(inside)
        self.n["contacts.out"] += len(met) - len(inside)

    def _staying(self, spell: Episode) -> None:
        for days in (30, 90, 180, 365):
            day = spell.begun_on + timedelta(days=days)
            ended = spell.ended_on is not None and spell.ended_on < day
            state = "early" if day > self.today else "ended" if ended else "still"
            self.n[f"{state}.{days}"] += 1

    def _plan(self, spell: Episode) -> None:
        agreed = PlanVersion.objects.filter(plan__episode=spell, agreed_on__lte=self.until)
        last = max(agreed.values_list("agreed_on", flat=True), default=None)
        fresh = last is not None and add_months(last, 3) > self.until
        self.n["plans.fresh" if fresh else "plans.none" if last is None else "plans.due"] += 1

    def _asked(self, person: Person) -> None:
        for one in person.asked:
            if one.received_on is None:
                if self._in(local_date(one.entered_at, self.agency.time_zone)):
                    self.n["asked.unknown"] += 1
            elif self._in(one.received_on):
                if one.first_contact_on:
                    self.waits["asked"][(one.first_contact_on - one.received_on).days] += 1
                    self.n["asked.done"] += 1
                else:
                    over = one.status in ("declined", "withdrawn", "ended")
                    self.n["asked.closed" if over else "asked.waiting"] += 1

    def _returns(self, person: Person) -> None:
        rows: Any = ReturnToUse.objects.filter(participant=person.row, voided_at=None)
        for one in rows:
            if self._in(one.known_on):
                if one.back_on:
                    began = one.happened_on or one.known_on
                    self.waits["returns"][(one.back_on - began).days] += 1
                self.n["returns.done" if one.back_on else "returns.waiting"] += 1

    def _changes(self, person: Person) -> None:
        """First and last of what they shared, scored as their own page scores it."""
        rows = CheckIn.objects.filter(participant=person.row, instrument="check-in", voided_at=None)
        shared = rows.filter(number__gte=1, shared_at__isnull=False).order_by("on", "id")
        said = [row for row in shared if self._in(row.on)]
        if len(said) < 2:
            return
        first, last = (values(row) for row in (said[0], said[-1]))
        for key in first.keys() & last.keys():
            way = (last[key] > first[key]) - (last[key] < first[key])
            self.n[key] += 1
            self.n[f"{key}.{('same', 'up', 'down')[way]}"] += 1

    def middle(self, name: str) -> int | None:
        found = spread(self.waits[name])
        return found.middle if found else None
