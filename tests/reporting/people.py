"""An agency of invented people with everything that the measures look at, by chance but steady."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from alongside.accounts.models import Agency, Contract
from alongside.encounters.models import Encounter
from alongside.outcomes.models import CheckIn, ReturnToUse
from alongside.people.models import Participant
from alongside.plans.models import Plan, PlanVersion
from alongside.practice.codes import Mode, Pathway, Population, Process
from alongside.practice.instruments import instrument
from alongside.referrals.models import Episode, Referral
from tests.factories import SupporterFactory

TODAY = date(2026, 11, 19)
WAYS = (Pathway.CHIPS, Pathway.CCS, Pathway.SELF_REFERRAL)
COUNTIES = ("Dunn", "dunn county", "Polk", "Vilas", "")
QUESTIONS = [one.link_id for one in instrument("check-in").questions() if one.options]
NOT_ME = ("education_employment", "less_use", "capital_home")
CODES = ("1", "2", "3", "4", "5", "5")
GROUPS = ("", Population.ADULT_LONG_TERM.value, Population.TRANSITION_AGE_YOUTH.value)


def day(dice: Random, first: date = date(2025, 10, 1), last: date = TODAY) -> date:
    return first + timedelta(days=dice.randrange((last - first).days + 1))


def a_contract(agency: Agency) -> Contract:
    return Contract.objects.create(
        agency=agency,
        funder="County",
        name="Dunn families",
        counties=["Dunn"],
        pathways=[Pathway.CHIPS.value, Pathway.CCS.value],
        populations=[Population.ADULT_LONG_TERM.value],
        starts_on=date(2026, 1, 1),
    )


def people(agency: Agency, count: int, seed: int) -> None:
    """Written in few statements: what counts is what is read back."""
    dice = Random(seed)
    supporter = SupporterFactory(agency=agency)
    persons = Participant.objects.bulk_create(
        [
            Participant(
                agency=agency,
                name=f"Canary {seed} {n}",
                name_key=f"canary {seed} {n}",
                county=dice.choice(COUNTIES),
                population=dice.choice(GROUPS),
                voided_at=_now() if dice.random() < 0.03 else None,
            )
            for n in range(count)
        ]
    )
    made = _Made(agency, supporter, dice)
    for person in persons:
        made.referrals(person)
        made.spells(person)
        made.notes(person)
        made.returns(person)
        made.check_ins(person)
    made.write()


def _now() -> datetime:
    return datetime(2026, 11, 1, tzinfo=UTC)


class _Made:
    def __init__(self, agency: Agency, supporter: Any, dice: Random) -> None:
        self.agency, self.supporter, self.dice = agency, supporter, dice
        self.rows: dict[type[Any], list[Any]] = {
            model: []
            for model in (Referral, Episode, Plan, PlanVersion, Encounter, ReturnToUse, CheckIn)
        }

    def write(self) -> None:
        for model, rows in self.rows.items():
            model.objects.bulk_create(rows)

    def chance(self, often: float) -> bool:
        return self.dice.random() < often

    def referrals(self, person: Participant) -> None:
        for _turn in range(self.dice.choice([0, 1, 1, 1, 2])):
            received = None if self.chance(0.1) else day(self.dice)
            first = None
            if received and self.chance(0.7):
                first = received + timedelta(days=self.dice.randrange(20))
            self.rows[Referral].append(
                Referral(
                    agency=self.agency,
                    participant=person,
                    pathway=self.dice.choice(WAYS).value,
                    received_on=received,
                    entered_at=datetime.combine(day(self.dice), datetime.min.time(), UTC),
                    status=self.dice.choice(["received", "matched", "withdrawn"]),
                    first_contact_on=first,
                    voided_at=_now() if self.chance(0.05) else None,
                )
            )

    def spells(self, person: Participant) -> None:
        """One to three times of support, one after the other, the last one perhaps open."""
        begins = day(self.dice)
        for _turn in range(self.dice.choice([0, 1, 1, 1, 2, 3])):
            ends = begins + timedelta(days=self.dice.randrange(200))
            open_still = ends >= TODAY or self.chance(0.3)
            episode = Episode(
                agency=self.agency,
                participant=person,
                begun_on=begins,
                contact_due_on=begins,
                status="open" if open_still else "concluded",
                ended_on=None if open_still else ends,
            )
            self.rows[Episode].append(episode)
            self.plan(episode)
            begins = ends + timedelta(days=self.dice.randrange(40))
            if open_still or begins > TODAY:
                return

    def plan(self, episode: Episode) -> None:
        if self.chance(0.4):
            return
        plan = Plan(
            agency=self.agency,
            episode=episode,
            begun_on=episode.begun_on,
            look_together_on=episode.begun_on,
        )
        self.rows[Plan].append(plan)
        for number in range(self.dice.randrange(3)):
            agreed = day(self.dice, episode.begun_on)
            self.rows[PlanVersion].append(
                PlanVersion(
                    agency=self.agency,
                    plan=plan,
                    number=number + 1,
                    status="replaced",
                    agreed_on=agreed,
                    participant_name="G",
                    participant_agreed_at=_now(),
                    supporter_agreed_at=_now(),
                )
            )

    def notes(self, person: Participant) -> None:
        for _turn in range(self.dice.choice([0, 2, 5, 9])):
            signed = self.chance(0.8)
            kind = "attempt" if self.chance(0.15) else "contact"
            status = "entered-in-error" if self.chance(0.05) else "signed"
            self.rows[Encounter].append(
                Encounter(
                    agency=self.agency,
                    participant=person,
                    supporter=self.supporter,
                    kind=kind,
                    ending="no_answer" if kind == "attempt" else "",
                    status=status if signed else "brought-over",
                    signed_at=_now() if signed else None,
                    signed_by=self.supporter.user if signed else None,
                    on=day(self.dice),
                    mode=self.dice.choice([*(mode.value for mode in Mode), "", "face_to_face"]),
                    processes=self.dice.sample(
                        [one.value for one in Process], self.dice.randrange(4)
                    ),
                    participant_words=self.dice.choice(["", "Mine."]),
                    voided_at=_now() if self.chance(0.05) else None,
                )
            )

    def check_ins(self, person: Participant) -> None:
        """Shared and kept alone, finished and begun, taken back, of our own and of another."""
        for _turn in range(self.dice.choice([0, 2, 4])):
            number = self.dice.choice([0, 1, 1, 1, 2])
            finished = {"on": day(self.dice), "finished_at": _now()} if number else {}
            said = {key: self.dice.choice(CODES) for key in QUESTIONS if self.chance(0.8)}
            said |= {key: "not-me" for key in NOT_ME if self.chance(0.1)}
            taken_back = self.chance(0.1)
            self.rows[CheckIn].append(
                CheckIn(
                    agency=self.agency,
                    participant=person,
                    instrument="check-in" if self.chance(0.9) else "another",
                    instrument_version=1,
                    way="own",
                    begun_at=_now(),
                    begun_by=self.supporter.user,
                    saved_at=_now(),
                    number=number,
                    draft=None if number else {},
                    answers=said if number else {},
                    finished_by=self.supporter.user if number else None,
                    shared_at=_now() if number and self.chance(0.8) else None,
                    voided_at=_now() if taken_back else None,
                    voided_by=self.supporter.user if taken_back else None,
                    **finished,
                )
            )

    def returns(self, person: Participant) -> None:
        if self.chance(0.2):
            known = day(self.dice)
            self.rows[ReturnToUse].append(
                ReturnToUse(
                    agency=self.agency,
                    participant=person,
                    known_on=known,
                    back_on=known + timedelta(days=self.dice.randrange(9))
                    if self.chance(0.7)
                    else None,
                    at=_now(),
                    by=self.supporter.user,
                    voided_at=_now() if self.chance(0.1) else None,
                )
            )
