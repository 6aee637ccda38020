"""One participant's way: asked, matched, met, planned, sometimes ended and come back."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from alongside.core.clock import local_date
from alongside.demo.cast import Person
from alongside.demo.chance import TIME_ZONE, Clock, Dice
from alongside.demo.notes import Pen
from alongside.demo.team import Walker
from alongside.demo.wordbook import book
from alongside.demo.world import World
from alongside.encounters.actions import log_attempt
from alongside.people.actions import add_participant, join_care_team
from alongside.people.rules import NewParticipant
from alongside.practice.codes import AttemptEnding, CareTeamRole, Pathway
from alongside.referrals.actions.desk import (
    NewReferrer,
    ReferralWords,
    move_referral,
    receive_referral,
)
from alongside.referrals.actions.matching import (
    accept_match,
    decline_match,
    propose_match,
    tell_participant,
    tell_supporter,
)
from alongside.referrals.codes import ReferralStatus
from alongside.referrals.models import Match

_REFERRERS = {
    Pathway.FAMILY_TREATMENT_COURT: ("DHS social worker", "Human Services"),
    Pathway.CHIPS: ("DHS social worker", "Human Services"),
    Pathway.JUVENILE_JUSTICE: ("DHS social worker", "Human Services"),
    Pathway.CCS: ("CCS service facilitator", "CCS"),
    Pathway.OTHER: ("Discharge nurse", "Clinic"),
}
_REFERRER_NAMES = ("Lena Harmon", "Joel Strand", "Priya Nair", "Tom Gunderson", "Abby Felt")


@dataclass(frozen=True)
class Walk:
    """All in days before today. ``last`` is the last contact, ``None`` where they have not met."""

    who: Walker
    began: int
    last: int | None
    every: int = 5
    agreed: int | None = None
    before: Walker | None = None
    changed: int = 0
    ended: int | None = None
    back: int | None = None
    raised: int | None = None
    plan_waits: bool = False

    @property
    def goes_on(self) -> bool:
        return self.ended is None or self.back is not None


@dataclass
class Life:
    """What is known of one person while the ten months go by."""

    world: World
    person: Person
    participant_id: UUID = field(init=False)
    referral_id: UUID = field(init=False)
    episode_id: UUID = field(init=False)
    match_id: UUID = field(init=False)
    walk: Walk | None = None

    def __post_init__(self) -> None:
        self.dice = Dice("life", self.person.number)
        world = self.world
        self.pen = Pen(world.agency_id, self.person, world.clock, world.busy, world.worn)

    @property
    def who(self) -> Walker | None:
        """Who walks with them today."""
        return self.walk.who if self.walk and self.walk.goes_on else None

    @property
    def clock(self) -> Clock:
        return self.world.clock

    def say(self, text: str, **more: str) -> str:
        return self.person.names.fill(text, **more)

    def moment(self, on: date) -> datetime:
        """Some time in office hours of that day."""
        return self.clock.at(on, self.dice.randrange(9 * 60, 16 * 60) / 60)

    # The desk

    def ask(self, at: datetime, *, professional: bool = True, asked_for: str | None = None) -> None:
        """The person or a professional asks for support."""
        by, person, words = self.world.desk, self.person, book("desk")
        on = self.day_of(at)
        new = self._who(on)
        self.participant_id = add_participant(new, by=by, at=at).pk
        wish = self.dice.take(words["asked_for"]) if asked_for is None else asked_for
        court = None
        if "court" in person.tags:
            court = self.clock.day(self.dice.randint(-45, -3))
        request = ReferralWords(
            pathway=person.pathway,
            received_on=on,
            county=person.county,
            reason=self.dice.take(words["reason"][person.pathway.value]),
            asked_for=wish,
            next_court_on=court,
        )
        referrer = self._referrer() if professional else None
        referral = receive_referral(
            self.participant_id, request, referrer=referrer, by=by, at=at + timedelta(minutes=9)
        )
        self.referral_id = referral.pk
        if referrer and "Human" in referrer.organization and self.dice.often(0.7):
            self.surround(referrer.name, CareTeamRole.SOCIAL_WORKER, on, at, referrer.organization)
        elif referrer and referrer.organization == "CCS" and self.dice.often(0.7):
            self.surround(referrer.name, CareTeamRole.SERVICE_FACILITATOR, on, at, "CCS")

    @staticmethod
    def day_of(at: datetime) -> date:
        return local_date(at, TIME_ZONE)

    def _who(self, on: date) -> NewParticipant:
        person, dice, people = self.person, self.dice, book("people")
        born = None
        if dice.often(0.93):
            born = on - timedelta(days=person.age * 365 + dice.randint(10, 300))
        return NewParticipant(
            name=person.name,
            pronouns=person.names.pronouns,
            born_on=born,
            phone=f"(715) 555-01{person.number % 100:02d}" if dice.often(0.9) else "",
            phone_note=self.say(dice.take(people["phone_notes"])),
            reach_by=dice.take(people["reach_by"]),
            county=person.county,
            language=person.language,
            population=person.population.value,
            own_words=person.own_words,
        )

    def _referrer(self) -> NewReferrer | None:
        if self.person.pathway not in _REFERRERS:
            return None
        role, organization = _REFERRERS[self.person.pathway]
        name = self.dice.take(_REFERRER_NAMES)
        place = f"{self.person.county} County {organization}"
        return NewReferrer(
            name=name,
            role=role,
            organization="CCS" if organization == "CCS" else place,
            email=f"{name.lower().replace(' ', '.')}@county.example",
            phone="(715) 555-0177",
        )

    def move(self, to: ReferralStatus, at: datetime, reason: str = "", told: str = "") -> None:
        by = self.world.desk
        move_referral(
            self.referral_id, to=to, reason=self.say(reason), told=self.say(told), by=by, at=at
        )

    def move_with_words(self, to: ReferralStatus, at: datetime, *, nth: int) -> None:
        words = book("desk")[to.value]
        reasons, told = words["reason"], words["told"]
        self.move(to, at, reasons[nth % len(reasons)], told[nth % len(told)])

    # The match

    def propose(self, who: Walker, at: datetime) -> None:
        self.match_id = propose_match(
            self.referral_id, supporter_id=who.supporter_id, by=self.world.desk, at=at
        ).pk

    def decline(self, at: datetime) -> None:
        said = self.dice.take(book("desk")["match"]["declined"])
        decline_match(self.match_id, said=said, by=self.world.desk, at=at)

    def accept(self, who: Walker, at: datetime) -> None:
        """The participant says yes, both are told, and the episode begins."""
        by, words = self.world.desk, book("desk")["match"]
        said = self.dice.take(words["said"]).format(supporter=who.name.split()[0])
        accept_match(self.match_id, said=said, by=by, at=at)
        self.episode_id = Match.objects.values_list("episode_id", flat=True).get(pk=self.match_id)
        tell_supporter(self.match_id, by=by, at=at + timedelta(minutes=20))
        tell_participant(
            self.match_id,
            words=self.say("{First} knows the name, the first time, and that it can be changed."),
            by=by,
            at=at + timedelta(minutes=25),
        )

    def surround(
        self, name: str, role: CareTeamRole, since: date, at: datetime, organization: str = ""
    ) -> None:
        words = book("desk")["care_team_words"].get(role.value, [""])
        join_care_team(
            self.participant_id,
            user_id=None,
            name=self.say(name),
            role=role,
            since=since,
            by=self.world.desk,
            at=at,
            organization=organization,
            words=self.dice.take(words),
        )

    def own_people(self, at: datetime) -> None:
        """Some of those who are around the person anyway."""
        circle = book("desk")["care_team"]
        for role in self.dice.sample(sorted(circle), self.dice.randint(1, 3)):
            wanted = {"probation_or_parole": "court", "attorney": "court", "treatment": "treatment"}
            if role not in wanted or wanted[role] in self.person.tags:
                self.surround(self.dice.take(circle[role]), CareTeamRole(role), self.day_of(at), at)

    # Meeting

    def meet(self, who: Walker, on: date, *, about: str = "") -> None:
        told = self.pen.write(self.participant_id, who, on, about=about)
        self.world.tell(told, who.actor)

    def attempt(self, who: Walker, at: datetime) -> None:
        ending = self.dice.take([AttemptEnding.LEFT_MESSAGE, AttemptEnding.NO_ANSWER])
        key = self.dice.id_at(at)
        log_attempt(key, self.participant_id, ending, by=who.actor, at=at)

    def try_again(self, *, at: datetime) -> None:
        if self.who is not None:
            self.attempt(self.who, at)
