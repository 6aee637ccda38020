"""The rows of the invented large agency, table by table, as one would find them after a year."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models

from alongside.accounts.codes import Role
from alongside.accounts.models import Agency, RoleGrant, User
from alongside.audit.models import AuditEvent, ChainHead
from alongside.audit.rules import GENESIS, EventFacts
from alongside.encounters.models import Appointment, Encounter, EncounterGoal
from alongside.outcomes.models import CheckIn
from alongside.people.models import CareTeamMember, Participant
from alongside.people.rules import name_key
from alongside.plans.models import Goal, Plan, PlanVersion
from alongside.practice.instruments import CHECK_IN, instrument
from alongside.referrals.models import Episode, JourneyStep, Match, Referral
from alongside.workforce.models import Credential, Supporter
from scripts.benching.load import CASELOAD, EVERY, SINCE

if TYPE_CHECKING:
    from scripts.benching.load import Town

Rows = Iterator[tuple[Any, ...]]
Table = tuple[type[models.Model], list[str], Rows]


def all_of(town: "Town") -> Iterator[Table]:
    yield from _agency(town)
    yield from _people(town)
    yield from _plans(town)
    yield from _notes(town)
    yield _appointments(town)
    yield _check_ins(town)
    yield from _log(town)


def _day(town: "Town", ago: float) -> date:
    return (town.now - timedelta(days=ago, hours=6)).date()


def _last(n: int) -> int:
    return SINCE[n % CASELOAD]


def _agency(town: "Town") -> Iterator[Table]:
    yield Agency, ["id", "name"], iter([(town.agency, "Large Agency")])
    users = [(town.desk, town.agency, "desk@agency.example", "Desk", "!", town.now)]
    users += [
        (pk, town.agency, f"supporter{n}@agency.example", f"Supporter {n}", "!", town.now)
        for n, pk in enumerate(town.user)
    ]
    yield User, ["id", "agency_id", "email", "name", "password", "joined_at"], iter(users)
    roles = [(town.id(390), town.agency, town.desk, Role.COORDINATOR.value)]
    roles += [(town.id(390), town.agency, pk, Role.SUPPORTER.value) for pk in town.user]
    yield RoleGrant, ["id", "agency_id", "user_id", "role"], iter(roles)
    supporters = (
        (pk, town.agency, town.user[n], f"Supporter {n}", ["Dunn"], ["English"])
        for n, pk in enumerate(town.supporter)
    )
    columns = ["id", "agency_id", "user_id", "name", "counties", "languages"]
    yield Supporter, columns, supporters
    credentials = (
        (town.id(390), town.agency, pk, "cps", _day(town, 400), _day(town, -300))
        for pk in town.supporter
    )
    columns = ["id", "agency_id", "supporter_id", "kind", "certified_on", "expires_on"]
    yield Credential, columns, credentials


def _people(town: "Town") -> Iterator[Table]:
    numbers = range(town.people)
    columns = [
        "id",
        "agency_id",
        "name",
        "name_key",
        "county",
        "phone",
        "population",
        "last_contact_on",
    ]
    rows = (
        (
            town.person[n],
            town.agency,
            town.name(n),
            name_key(town.name(n)),
            "Dunn",
            "(715) 555-0100",
            "adult_self_identified",
            _day(town, _last(n)),
        )
        for n in numbers
    )
    yield Participant, columns, rows
    columns = "id agency_id participant_id pathway received_on entered_at status first_contact_on"
    referrals = (
        (
            town.id(378),
            town.agency,
            town.person[n],
            "self_referral",
            _day(town, 378),
            town.now - timedelta(days=378),
            "matched",
            _day(town, 300),
        )
        for n in numbers
    )
    yield Referral, columns.split(), referrals
    yield from _walks(town)


def _walks(town: "Town") -> Iterator[Table]:
    numbers = range(town.people)
    columns = "id agency_id participant_id begun_on last_contact_on contact_due_on"
    episodes = (
        (
            town.episode[n],
            town.agency,
            town.person[n],
            _day(town, 370),
            _day(town, _last(n)),
            _day(town, _last(n) - 30),
        )
        for n in numbers
    )
    yield Episode, columns.split(), episodes
    columns = "id agency_id episode_id place words set_on set_by_id set_at"
    steps = (
        (
            town.id(360 - step * 120),
            town.agency,
            town.episode[n],
            "after_treatment",
            "I did the program. Now I do the days.",
            _day(town, 360 - step * 120),
            town.user[n // CASELOAD],
            town.now - timedelta(days=360 - step * 120),
        )
        for n in numbers
        for step in range(2)
    )
    yield JourneyStep, columns.split(), steps
    columns = "id agency_id participant_id episode_id supporter_id status participant_said"
    matches = (
        (
            town.id(371),
            town.agency,
            town.person[n],
            town.episode[n],
            town.supporter[n // CASELOAD],
            "accepted",
            "Yes, I would like that.",
            _day(town, 371),
            _day(town, 370),
            town.desk,
        )
        for n in numbers
    )
    yield Match, [*columns.split(), "proposed_on", "decided_on", "by_id"], matches
    columns = "id agency_id participant_id user_id name role since"
    members = (
        (
            town.id(370),
            town.agency,
            town.person[n],
            town.user[n // CASELOAD] if place == 0 else None,
            f"Supporter {n // CASELOAD}" if place == 0 else "Lena Harmon",
            "supporter" if place == 0 else "social_worker",
            _day(town, 370),
        )
        for n in numbers
        for place in range(3)
    )
    yield CareTeamMember, columns.split(), members


def _plans(town: "Town") -> Iterator[Table]:
    numbers = range(town.people)
    columns = ["id", "agency_id", "episode_id", "begun_on", "look_together_on"]
    plans = (
        (
            town.plan[n],
            town.agency,
            town.episode[n],
            _day(town, 360),
            _day(town, -5 if n % CASELOAD == 4 else -40),
        )
        for n in numbers
    )
    yield Plan, columns, plans
    columns = ["id", "agency_id", "plan_id", "words", "area", "begun_on"]
    words = ("Out of my cousin's basement before spring", "Two people I can call")
    goals = (
        (town.goal[g], town.agency, town.plan[g // 2], words[g % 2], "housing", _day(town, 360))
        for g in range(town.people * 2)
    )
    yield Goal, columns, goals
    columns = (
        "id agency_id plan_id number status agreed_on participant_name participant_agreed_at "
        "supporter_agreed_at supporter_agreed_by_id"
    )
    agreed_at = town.now - timedelta(days=50)
    versions = (
        (
            town.id(50),
            town.agency,
            town.plan[n],
            1,
            "in-force",
            _day(town, 50),
            town.name(n),
            agreed_at,
            agreed_at,
            town.user[n // CASELOAD],
        )
        for n in numbers
    )
    yield PlanVersion, columns.split(), versions


def _notes(town: "Town") -> Iterator[Table]:
    columns = (
        "id agency_id participant_id supporter_id author_id status on started_at ended_at minutes "
        "mode place going_along service processes activities what_we_did participant_words "
        "what_next array array_advised array_reasons support_label miles signed_at signed_by_id"
    )
    yield Encounter, columns.split(), (_note(town, i) for i in range(town.encounters))
    dice_goals = (
        (town.agency, key, town.goal[i % town.people * 2]) for i, key in _every_second(town)
    )
    yield EncounterGoal, ["agency_id", "encounter_id", "goal_id"], dice_goals


def _every_second(town: "Town") -> Iterator[tuple[int, Any]]:
    return ((i, key) for i, key in enumerate(town.keys) if i % 2 == 0)


def _note(town: "Town", i: int) -> tuple[Any, ...]:
    """Contact number ``i``: every person's first, then every person's second, and so on."""
    n, turn = i % town.people, i // town.people
    turns = -(-town.encounters // town.people)
    ago = _last(n) + (turns - 1 - turn) * EVERY
    story, words = town.texts[(i * 7919) % len(town.texts)]
    start = town.now - timedelta(days=ago, minutes=(i * 37) % 480)
    key = town.id(ago)
    town.keys.append(key)
    user = town.user[n // CASELOAD]
    return (
        key,
        town.agency,
        town.person[n],
        town.supporter[n // CASELOAD],
        user,
        "signed",
        _day(town, ago),
        start,
        start + timedelta(minutes=45),
        45,
        story.mode,
        story.place,
        story.going_along,
        story.service,
        list(story.processes),
        list(story.activities),
        words,
        story.said[i % len(story.said)],
        story.next[i % len(story.next)],
        "peer_support",
        "peer_support",
        ["because the help came from the relationship", "and you are certified on this day"],
        "peer support",
        Decimal("4.5") if i % 5 == 0 else None,
        start + timedelta(minutes=70),
        user,
    )


def _check_ins(town: "Town") -> Table:
    """Two of three people answer one each quarter, and share it."""
    asked = instrument(CHECK_IN)
    questions = asked.questions() if asked else ()
    keys = [item.link_id for item in questions if item.has_numbers]
    told = ("instrument", CHECK_IN), ("instrument_version", 1), ("way", "handed"), ("number", 1)
    columns = "id agency_id participant_id answers on begun_by_id finished_by_id"
    whens = ("begun_at", "saved_at", "finished_at", "shared_at")
    rows = (
        (
            town.id(ago),
            town.agency,
            town.person[n],
            {key: town.dice.choice("12345") for key in keys},
            at.date(),
            by,
            by,
            *[at] * len(whens),
            *[value for _name, value in told],
        )
        for ago in (330, 240, 150, 60)
        for n in range(town.people)
        if n % 3
        for at, by in [(town.now - timedelta(days=ago), town.user[n // CASELOAD])]
    )
    return CheckIn, [*columns.split(), *whens, *[name for name, _value in told]], rows


def _appointments(town: "Town") -> Table:
    columns = [
        "id",
        "agency_id",
        "participant_id",
        "supporter_id",
        "starts_at",
        "ends_at",
        "words",
        "status",
    ]
    rows = (
        (
            town.id(ago + 3),
            town.agency,
            town.person[n],
            town.supporter[n // CASELOAD],
            _hour(town, ago, n),
            _hour(town, ago, n) + timedelta(minutes=45),
            "Coffee",
            "met" if ago > 0 else "planned",
        )
        for ago in (21, 14, 7, 0, -6)
        for n in range(town.people)
        if ago or n % 4 == 0
    )
    return Appointment, columns, rows


def _hour(town: "Town", ago: int, n: int) -> datetime:
    noon = (town.now - timedelta(days=ago, hours=6)).replace(hour=18, minute=0, second=0)
    return noon + timedelta(minutes=(n % CASELOAD) * 20)


def _log(town: "Town") -> Iterator[Table]:
    """One event for each note, chained as the application chains them."""
    columns = ["agency_id", "seq", "at", "actor_id", "verb", "target", "detail", "previous", "hash"]
    yield AuditEvent, columns, _events(town)
    head = [(town.agency, len(town.keys), town.head)]
    yield ChainHead, ["agency_id", "seq", "hash"], iter(head)


def _events(town: "Town") -> Rows:
    previous = GENESIS
    for i, key in enumerate(town.keys):
        user = town.user[i % town.people // CASELOAD]
        at = town.now - timedelta(days=300, seconds=-i)
        facts = EventFacts(town.agency, i + 1, at, user, "note.signed", f"Encounter/{key}", {})
        said = facts.hash_after(previous)
        yield (
            town.agency,
            i + 1,
            at,
            user,
            facts.verb,
            facts.target,
            {},
            previous,
            said,
        )
        previous = said
    town.head = previous
