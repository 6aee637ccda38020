"""Which of the invented people has come how far by the day of the demo."""

from collections.abc import Iterator
from dataclasses import replace

from alongside.demo.cast import Person, participants, supporters
from alongside.demo.life import Life, Walk
from alongside.demo.team import Walker
from alongside.demo.walks import Walking
from alongside.demo.world import World
from alongside.practice.codes import Pathway
from alongside.referrals.codes import ReferralStatus

# How it stands with the people of the supporter whom the demo shows first.
FIRST = (
    "settled",
    "due",
    "soon",
    "settled",
    "plan",
    "new",
    "settled",
    "due",
    "soon",
    "back",
    "closing",
)
OTHERS = (
    "settled", "settled", "plan", "settled", "due", "settled", "soon", "settled", "settled",
    "changed", "settled", "settled", "new", "settled", "due", "settled", "soon", "settled",
    "settled", "back", "settled", "changed", "settled", "closing", "settled", "settled", "late",
    "settled", "plan", "settled",
)  # fmt: skip
ENDED = 13


def plan_lives(world: World) -> list[Life]:
    """Everyone's ways, put into the world's calendar. Those who walk, those who did, the desk."""
    people = list(participants())
    lives = []
    for key, state in _states():
        person = _fitting(people, world.team.walkers[key])
        life = Life(world, person)
        Walking(life, _walk(life, key, state)).plan_ahead()
        lives.append(life)
    for turn in range(ENDED):
        life = Life(world, people.pop(0))
        Walking(life, _ended(life, turn)).plan_ahead()
        lives.append(life)
    for turn, person in enumerate(people):
        life = Life(world, person)
        _at_the_desk(life, turn)
        lives.append(life)
    return lives


def _states() -> Iterator[tuple[str, str]]:
    turn = 0
    for part in supporters():
        for place in range(part.load):
            if part.key == "rosalinda":
                yield part.key, FIRST[place % len(FIRST)]
            else:
                yield part.key, OTHERS[turn % len(OTHERS)]
                turn += 1


def _fitting(people: list[Person], who: Walker) -> Person:
    """The next one who shares a language other than English, or the next who needs none."""
    others = set(who.languages) - {"English"}
    shared = [p for p in people if p.language in others]
    plain = [p for p in people if p.language == "English"]
    person = (shared or plain or people)[0]
    if shared and len(shared) % 3 == 1 and plain:
        person = plain[0]
    people.remove(person)
    return person


def _walk(life: Life, key: str, state: str) -> Walk:
    team, dice = life.world.team.walkers, life.dice
    who = team[key]
    began = 25 + round(275 * dice.random() ** 0.7)
    every, agreed = dice.take([3, 3, 4, 4, 5, 7]), dice.take([None, None, None, 7, 14])
    if state in ("new", "late"):
        return Walk(who, began=dice.randint(2, 3) if state == "new" else 10, last=None)
    interval = agreed or 30
    window = min(7, interval // 4)
    last = dice.randint(1, max(1, min(every + 2, interval - window - 1)))
    if state == "soon":
        last = interval - dice.randint(1, window)
    if state == "due":
        last = interval + dice.randint(1, 14)
    if state == "changed":
        before = dice.take([c for k, c in team.items() if k not in (key, "carla")])
        changed = dice.randint(30, 80)
        return Walk(who, max(began, 150), last, every, agreed, before=before, changed=changed)
    if state == "back":
        return Walk(
            who,
            max(began, 220),
            last,
            every,
            ended=dice.randint(110, 130),
            back=dice.randint(40, 60),
        )
    if state == "closing":
        return Walk(who, max(began, 200), last, every, agreed, raised=dice.randint(9, 16))
    waits = state == "plan"
    return Walk(who, max(began, 130) if waits else began, last, every, agreed, plan_waits=waits)


def _ended(life: Life, turn: int) -> Walk:
    keys = [part.key for part in supporters() if part.key not in ("toua", "jolene")]
    ended = 6 + turn * 9
    began = min(ended + life.dice.randint(70, 170), 300)
    return Walk(
        life.world.team.walkers[keys[turn % len(keys)]],
        began=began,
        last=ended,
        every=life.dice.take([3, 4, 5, 7]),
        ended=ended,
    )


def _at_the_desk(life: Life, turn: int) -> None:
    """Those who are not matched: new, being looked for, waiting, declined, withdrawn."""
    world, clock, dice = life.world, life.clock, life.dice
    kinds = ["new", "new", "alone", "looking", "waiting", "new", "declined", "waiting", "asked"]
    kinds += ["withdrawn", "alone", "new", "looking", "waiting", "new", "declined", "withdrawn"]
    kinds += ["waiting", "new", "looking", "alone", "waiting", "withdrawn", "declined"]
    kind = kinds[turn % len(kinds)]
    ago = {"new": dice.randint(0, 6), "alone": dice.randint(1, 12), "asked": 11}.get(
        kind, dice.randint(9, 48)
    )
    needs_one = life.person.pathway not in (Pathway.SELF_REFERRAL, Pathway.OTHER)
    professional = kind != "alone"
    if kind == "alone" and not needs_one:
        life.person = replace(life.person, pathway=Pathway.CCS)
    asked = min(clock.ago(ago, 9 + turn % 7), clock.now)
    world.later(asked, lambda at: life.ask(at, professional=professional))
    if kind in ("new", "alone"):
        return
    to = {
        "waiting": ReferralStatus.WAITLISTED,
        "declined": ReferralStatus.DECLINED,
        "withdrawn": ReferralStatus.WITHDRAWN,
    }.get(kind)
    moved = life.moment(clock.day(max(ago - dice.randint(1, 4), 1)))
    if to is not None:
        world.later(moved, lambda at: life.move_with_words(to, at, nth=turn))
        return
    world.later(moved, lambda at: life.move(ReferralStatus.ACCEPTED, at))
    if kind == "asked":
        bev = world.team.walkers["bev"]
        world.later(clock.ago(2, 14), lambda at: life.propose(bev, at))
