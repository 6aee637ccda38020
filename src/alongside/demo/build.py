"""Make the invented agency, or find that it is there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import click
from django.db import transaction

from alongside.accounts.codes import STAFF_ROLES, Role
from alongside.accounts.queries import demo_users
from alongside.demo import (
    break_glass,
    checkins,
    consents,
    disclosures,
    doors,
    growth,
    hard_talks,
    numbers,
    own,
    papers,
    plans,
    plot,
    public_page,
    readings,
    referrers,
    required,
    retention,
    stamp,
    team,
    updates,
    versions,
)
from alongside.demo.asking import Asking
from alongside.demo.cast import PASSWORD, STAFF, supporters
from alongside.demo.chance import Clock
from alongside.demo.neighbor import move_in
from alongside.demo.present import Present
from alongside.demo.sheets import bring_in
from alongside.demo.stamp import Found
from alongside.demo.world import World

FIRST = "rosalinda"  # the supporter whom the demo shows first


@dataclass(frozen=True)
class SignIn:
    """How to come in. The password is the same for all and known to all: demo only. Empty for who
    comes in by a code."""

    role: str
    name: str
    email: str
    password: str


def build_demo(*, say: Callable[[str], object], now: datetime | None = None) -> list[SignIn]:
    """The sign-ins of the demo agency, which is made unless it is there and whole.

    It is invented around ``now``: the same day gives the same agency. Refuses a database that holds
    any other agency.
    """
    found = stamp.look()
    if found is Found.SOMEONE_ELSE:
        raise click.ClickException(stamp.NOT_THE_DEMO)
    if found is Found.CURRENT:
        return sign_ins()
    if found is Found.OLDER:
        say("The demo agency here is of an older version. It is put aside, and made anew.")
        stamp.begin_afresh()
    say("Making the invented agency: ten months of it. This takes some seconds, once.")
    # One transaction: whatever interrupts it, there is never half an agency.
    with transaction.atomic():
        _make(Clock(now or datetime.now(UTC)))
    return sign_ins()


def sign_ins() -> list[SignIn]:
    """One for each role, and a second supporter who is still in training. Those from outside come
    last."""
    parts = {part.key: part for part in supporters()}
    first = [parts[FIRST], parts["jolene"]]
    found = [SignIn(Role.SUPPORTER.value, p.name, p.email, PASSWORD) for p in first]
    order = list(Role)
    shown = sorted(
        (part for part in STAFF if part.key != "supervisor2"),
        key=lambda part: order.index(part.roles[0]),
    )
    found += [SignIn(p.roles[0].value, p.name, p.email, PASSWORD) for p in shown]
    return [*found, *_from_outside()]


def _from_outside() -> Iterator[SignIn]:
    """The first of each role who sees the portal alone, by name."""
    users = demo_users()
    for role in (role for role in Role if role not in STAFF_ROLES):
        theirs = [u for u in users if {grant.role for grant in u.role_grants.all()} == {role.value}]
        for user in theirs[:1]:
            password = PASSWORD if user.has_usable_password() else ""
            yield SignIn(role.value, user.name, user.email or "", password)


def _make(clock: Clock) -> None:
    agency = team.found_agency()
    people = team.gather(agency, clock, STAFF)
    team.gather_supporters(agency, people, clock, supporters())
    team.sign_contracts(people, clock)
    world = World(agency.pk, people, clock)
    lives = plot.plan_lives(world)
    world.run()
    bring_in(clock, [life.person.name for life in lives], by=world.desk)
    Present(world, lives, people.walkers[FIRST]).unfold()
    Asking(world, lives, people.walkers[FIRST]).unfold()
    growth.grow(people, clock)
    hard_talks.tell(people, lives, clock, people.walkers[FIRST])
    break_glass.open_some(people, lives, clock, people.walkers[FIRST])
    readings.read_up(agency.pk, people, clock, people.walkers[FIRST])
    numbers.write_down(lives, clock, people.walkers[FIRST])
    papers.fill_in(people, lives, clock, people.walkers[FIRST])
    consents.consent(lives, clock, people.walkers[FIRST])
    disclosures.tell(lives, clock, people.walkers[FIRST])
    referrers.refer(clock, desk=world.desk)
    doors.open_them(lives, clock, people.walkers[FIRST])
    updates.write(lives, clock, people.walkers[FIRST])
    public_page.open_it(people, clock)
    team.invite(people, clock)
    move_in(clock)
    retention.ask(lives, clock, people.walkers[FIRST], people)
    plans.fill(lives, clock, people.walkers[FIRST])
    versions.sign(lives, clock, people.walkers[FIRST])
    required.write(lives, clock, people.walkers[FIRST])
    checkins.answer(lives, clock, people.walkers[FIRST], people)
    own.speak(lives, clock, people.walkers[FIRST], people)
    stamp.put(people.staff["administrator"].actor, clock)
