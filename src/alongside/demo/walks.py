"""Walking together: contacts, plan, journey, another supporter, an ending, a way back."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

from alongside.core.clock import local_date
from alongside.demo.chance import TIME_ZONE
from alongside.demo.life import Life, Walk
from alongside.demo.team import Walker
from alongside.demo.wordbook import book
from alongside.people.queries import participants_visible_to
from alongside.plans.actions import (
    add_goal,
    agree_plan,
    keep_plan_draft,
    say_core_words,
    settle_goal,
)
from alongside.plans.codes import GoalStatus
from alongside.plans.models import Goal
from alongside.practice.codes import CoreComponent, JourneyPlace
from alongside.referrals.actions.episodes import (
    agree_rhythm,
    conclude,
    raise_ending,
    set_journey_place,
)
from alongside.referrals.actions.matching import end_match
from alongside.referrals.actions.returns import come_back
from alongside.referrals.codes import ReferralStatus
from alongside.referrals.rules.episodes import Ending

QUARTER = 91
AREAS = {
    "housing": "housing",
    "work": "employment",
    "license": "drivers_license",
    "school": "employment",
    "parent_court": "life_skills",
}


class Walking:
    """Puts everything that happens on one walk into the world's calendar."""

    def __init__(self, life: Life, walk: Walk) -> None:
        self.life, self.walk = life, walk
        life.walk = walk
        self.dice, self.world, self.clock = life.dice, life.world, life.clock

    def plan_ahead(self) -> None:
        walk, dice = self.walk, self.dice
        asked = walk.began + dice.randint(6, 20)
        first = walk.before or walk.who
        self._on(asked, lambda at: self.life.ask(at), hour=9)
        self._to_the_match(first, asked)
        if walk.last is None:
            return
        self._on(walk.began - 1, self.life.own_people)
        met = max(walk.began - dice.randint(1, 5), walk.ended or walk.last)
        self._contacts(met)
        self._agreements(met)
        if walk.before is not None:
            self._change_supporter(walk.before)
        if walk.raised is not None:
            self._on(walk.raised, self._raise)
        if walk.ended is not None:
            self._on(walk.ended + dice.randint(24, 40), self._raise)
            self._on(walk.ended, self._conclude, hour=21)
        if walk.back is not None:
            self._on(walk.back, self._come_back)

    def _on(self, ago: int, do: Callable[[datetime], object], *, hour: float | None = None) -> None:
        on = self.clock.day(ago)
        self.world.later(self.life.moment(on) if hour is None else self.clock.at(on, hour), do)

    def _to_the_match(self, who: Walker, asked: int) -> None:
        life, walk, dice = self.life, self.walk, self.dice
        accepted = asked - dice.randint(1, 3)
        if asked - walk.began > 12 and dice.often(0.5):
            nth = dice.randrange(4)
            self._on(
                asked - 1,
                lambda at: life.move_with_words(ReferralStatus.WAITLISTED, at, nth=nth),
                hour=10,
            )
            accepted = walk.began + 4
        told = dice.take(book("desk")["accepted"]["told"])
        self._on(
            accepted,
            lambda at: life.move(ReferralStatus.ACCEPTED, at, told=told),
            hour=11,
        )
        if dice.often(0.12):
            other = dice.take(list(self.world.team.walkers.values()))
            if other.supporter_id != who.supporter_id:
                self._on(walk.began + 2, lambda at: life.propose(other, at), hour=12)
                self._on(walk.began + 1, life.decline, hour=13)
        self._on(walk.began + 1, lambda at: life.propose(who, at), hour=14)
        self._on(walk.began, lambda at: life.accept(who, at), hour=10)

    # Contacts

    def _with(self, ago: int) -> Walker:
        walk = self.walk
        return walk.before if walk.before is not None and ago > walk.changed else walk.who

    def _contacts(self, met: int) -> None:
        walk = self.walk
        last = walk.last or 0
        days = self._days(met, last if walk.ended is None else walk.ended)
        if walk.back is not None:
            days += self._days(max(walk.back - 2, last), last)
        about = dict.fromkeys(days, "")
        about |= self._hard_days(days)
        for ago, story in about.items():
            self._meet(ago, story)

    def _days(self, first: int, last: int) -> list[int]:
        days, ago = [], first
        while ago > last:
            if self.clock.day(ago).weekday() != 6 or self.dice.often(0.2):
                days.append(ago)
            ago -= max(2, round(self.walk.every * self.dice.uniform(0.6, 1.45)))
        return [*days, last]

    def _hard_days(self, days: list[int]) -> dict[int, str]:
        """Someone tells of a return to use, and is back in the circle a few days later."""
        tags = self.life.person.tags
        if len(days) < 14 or tags & {"affected", "young"} or not self.dice.often(0.2):
            return {}
        ago = days[self.dice.randrange(8, len(days) - 3)]
        return {ago: "return_to_use", ago - self.dice.randint(2, 3): "back_with_us"}

    def _meet(self, ago: int, story: str) -> None:
        who, on = self._with(ago), self.clock.day(ago)
        self._on(ago, lambda _at: self.life.meet(who, on, about=story), hour=20)
        if self.dice.often(0.05):
            self._on(ago + 1, lambda at: self._try(who, at))

    def _try(self, who: Walker, at: datetime) -> None:
        if participants_visible_to(who.actor).filter(pk=self.life.participant_id).exists():
            self.life.attempt(who, at)

    # Journey and plan

    def _agreements(self, met: int) -> None:
        walk, dice = self.walk, self.dice
        until = walk.ended or 0
        places = list(JourneyPlace)
        at_place = dice.randrange(4)
        for ago in range(met - dice.randint(0, 12), until, -dice.randint(60, 110)):
            place = places[min(at_place, len(places) - 1)]
            self._on(ago, self._placing(place, self._with(ago)))
            at_place += dice.often(0.6)
        if walk.agreed is not None:
            every, who = walk.agreed, self._with(met - 1)
            self._on(
                met - 1,
                lambda at: agree_rhythm(
                    self.life.episode_id, every_days=every, by=who.actor, at=at
                ),
            )
        self._plans(met, until)

    def _placing(self, place: JourneyPlace, who: Walker) -> Callable[[datetime], None]:
        words = self.dice.take(book("people")["journey"][place.value])

        def do(at: datetime) -> None:
            on = local_date(at, TIME_ZONE)
            set_journey_place(
                self.life.episode_id,
                place=place.value,
                words=words,
                on=on,
                by=who.actor,
                at=at,
            )

        return do

    def _plans(self, met: int, until: int) -> None:
        dice = self.dice
        if dice.often(0.1) and not self.walk.plan_waits:
            return
        ago = max(met - dice.randint(7, 25), until + 1)
        if ago <= until:
            return
        self._on(ago, self._first_goals(self._with(ago)), hour=15)
        looks = list(range(ago - QUARTER + dice.randint(0, 6), until + 1, -QUARTER + 3))
        if self.walk.plan_waits:
            looks = [look for look in looks if look > QUARTER]
        for look in looks:
            self._on(look, self._look(self._with(look)), hour=15.5)

    def _first_goals(self, who: Walker) -> Callable[[datetime], None]:
        def do(at: datetime) -> None:
            for area in self._areas()[: self.dice.randint(1, 3)]:
                self._goal(area, who, at)
            name = self.life.person.name
            if self.dice.often(0.2):
                self._core_words(who, at)
            if self.dice.often(0.9):
                agree_plan(
                    self.life.episode_id,
                    what_changed="",
                    participant_name=name,
                    by=who.actor,
                    at=at + timedelta(minutes=30),
                )
            else:
                keep_plan_draft(
                    self.life.episode_id,
                    what_changed="Wants to sleep on it.",
                    by=who.actor,
                    at=at + timedelta(minutes=30),
                )

        return do

    def _areas(self) -> list[str]:
        """What life is about now comes first."""
        near = [AREAS[tag] for tag in sorted(self.life.person.tags) if tag in AREAS]
        rest = [a for a in book("people")["goals"] if a not in near]
        self.dice.shuffle(rest)
        return list(dict.fromkeys([*near[:2], *rest]))

    def _goal(self, area: str, who: Walker, at: datetime) -> None:
        written = {words for _id, _area, words in self.life.pen.goals}
        words = [self.life.say(w) for w in book("people")["goals"][area]]
        words = [w for w in words if w not in written]
        if not words:
            return
        goal = add_goal(
            self.life.episode_id,
            words=self.dice.take(words),
            area=area,
            by=who.actor,
            at=at,
            goal_id=self.dice.id_at(at),
        )
        self.life.pen.goals.append((goal.pk, area, goal.words))

    def _core_words(self, who: Walker, at: datetime) -> None:
        said = {
            CoreComponent.CONNECTION: "My sister, the Tuesday circle, and the dog.",
            CoreComponent.GIVING_BACK: "I set up the chairs.",
            CoreComponent.PASSION: "Anything with an engine.",
            CoreComponent.VALUES_AND_BELIEFS: "You show up. That's the whole religion.",
        }
        some = dict(self.dice.sample(list(said.items()), 2))
        say_core_words(self.life.episode_id, some, by=who.actor, at=at)

    def _look(self, who: Walker) -> Callable[[datetime], None]:
        def do(at: datetime) -> None:
            open_goals = self.life.pen.goals
            if len(open_goals) > 1 and self.dice.often(0.65):
                self._settle(open_goals.pop(0)[0], who, at)
            if self.dice.often(0.6):
                self._goal(self._areas()[-1], who, at)
            agree_plan(
                self.life.episode_id,
                what_changed=self.dice.take(book("people")["settled"]["changed"]),
                participant_name=self.life.person.name,
                by=who.actor,
                at=at + timedelta(minutes=40),
            )

        return do

    def _settle(self, goal_id: UUID, who: Walker, at: datetime) -> None:
        to = GoalStatus.REACHED if self.dice.often(0.75) else GoalStatus.SET_ASIDE
        said = self.dice.take(book("people")["settled"][to.name.lower()])
        goal = Goal.objects.get(pk=goal_id)
        settle_goal(goal.pk, to, said=said, revision=goal.revision, by=who.actor, at=at)

    # Changes

    def _change_supporter(self, before: Walker) -> None:
        life, walk = self.life, self.walk
        words = book("desk")["match"]
        reason = life.say(self.dice.take(words["rematch"]), Supporter=before.name.split()[0])
        hand_off = self.dice.take(words["rematch_hand_off"])

        def end(at: datetime) -> None:
            end_match(life.match_id, reason=reason, hand_off=hand_off, by=self.world.desk, at=at)
            life.propose(walk.who, at + timedelta(minutes=15))
            life.accept(walk.who, at + timedelta(minutes=40))

        self._on(walk.changed, end, hour=10)

    def _ending(self, *, on: date | None, reason: str = "") -> Ending:
        words = book("people")["ending"]
        return Ending(
            words=self.dice.take(words["words"]),
            continuing_supports=self.dice.take(words["supports"]),
            hand_off=self.dice.take(words["hand_offs"]) if on else "",
            last_meeting_on=on,
            reason=reason,
        )

    def _raise(self, at: datetime) -> None:
        planned = None if self.walk.ended is not None else self.clock.day(-19)
        on = local_date(at, TIME_ZONE)
        raise_ending(
            self.life.episode_id, self._ending(on=planned), on=on, by=self.walk.who.actor, at=at
        )

    def _conclude(self, at: datetime) -> None:
        on = local_date(at, TIME_ZONE)
        self.world.recount(self.life.participant_id)
        reason = self.dice.take(book("people")["ending"]["reasons"])
        conclude(
            self.life.episode_id,
            self._ending(on=on, reason=reason),
            on=on,
            by=self.walk.who.actor,
            at=at,
        )
        self.life.pen.goals.clear()

    def _come_back(self, at: datetime) -> None:
        words = self.dice.take(book("people")["ending"]["returned"])
        episode = come_back(
            self.life.participant_id,
            words=words,
            on=local_date(at, TIME_ZONE),
            with_supporter=self.walk.who.supporter_id if self.walk.last is not None else None,
            by=self.world.desk,
            at=at,
        )
        self.life.episode_id = episode.pk
