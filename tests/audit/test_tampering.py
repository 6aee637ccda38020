"""A thousand changes to a real log, each alone, each found: by the walk, or a head kept elsewhere.

Not among them is ``id``, a row's own number in the table: it says nothing of the event.
"""

import json
import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from alongside.audit import queries, triggers
from alongside.audit.actions import record
from alongside.audit.models import AuditEvent, ChainHead
from alongside.audit.rules import GENESIS, EventFacts, Head
from alongside.core.actor import Actor

TIMES, EVENTS, ELSEWHERE = 1_000, 30, 3
AGENCY, OTHER = uuid4(), uuid4()
VERBS = ("note.signed", "participant.opened", "consent.signed", "disclosure.made")
DETAILS = ({}, {"fields": ["name", "phone"]}, {"n": 1.5, "b": True, "a": None}, {"ä": "ö", "z": {}})
COLUMNS = ("agency_id", "seq", "at", "actor_id", "verb", "target", "detail", "previous", "hash")
Dice = random.Random


def rows():
    return AuditEvent.objects.filter(agency_id=AGENCY)


def facts(row: AuditEvent) -> EventFacts:
    return EventFacts(
        row.agency_id, row.seq, row.at, row.actor_id, row.verb, row.target, row.detail
    )


def other(column: str, row: AuditEvent, dice: Dice) -> object:
    """Something else of the same kind: a little beside it, or quite another."""
    text = str(getattr(row, column))
    place = dice.randrange(len(text))
    spoilt = text[:place] + ("1" if text[place] == "0" else "0") + text[place + 1 :]
    return {
        "agency_id": lambda: OTHER if row.seq > ELSEWHERE and dice.random() < 0.5 else uuid4(),
        "seq": lambda: row.seq + dice.choice([EVENTS + 1, 1_000]),
        "at": lambda: row.at + timedelta(microseconds=dice.choice([1, -1, 10**6, -(10**12)])),
        "actor_id": lambda: (
            None if row.actor_id and dice.random() < 0.3 else UUID(int=dice.getrandbits(128))
        ),
        "verb": lambda: dice.choice([spoilt[:60], "", "note.voided"]),
        "target": lambda: dice.choice([spoilt, "Encounter/0", ""]),
        "detail": lambda: dice.choice(
            [{**row.detail, "more": dice.random()}, {"fields": []}, {"said": [None]}]
        ),
        "previous": lambda: dice.choice([spoilt, GENESIS[:-1] + "1", ""]),
        "hash": lambda: dice.choice([spoilt, "f" * 64, ""]),
    }[column]()


def edit(dice: Dice) -> None:
    row = rows().get(seq=dice.randint(1, EVENTS))
    column = COLUMNS[dice.randrange(len(COLUMNS))]
    rows().filter(pk=row.pk).update(**{column: other(column, row, dice)})


def edit_with_a_fitting_hash(dice: Dice) -> None:
    """Whoever knows how hashes are made, and changes one row well."""
    row = rows().get(seq=dice.randint(1, EVENTS))
    row.verb = "note.voided"
    rows().filter(pk=row.pk).update(verb=row.verb, hash=facts(row).hash_after(row.previous))


def delete(dice: Dice) -> None:
    first = dice.randint(1, EVENTS)
    rows().filter(seq__range=(first, first + dice.choice([0, 0, 1, 5])))._raw_delete("default")


def insert(dice: Dice) -> None:
    """Past the end or before the beginning, with a hash that fits or does not."""
    row = rows().get(seq=EVENTS)
    row.pk, row.seq = None, dice.choice([0, EVENTS + 1, EVENTS + 2])
    row.previous = dice.choice([row.hash, GENESIS])
    row.hash = dice.choice([facts(row).hash_after(row.previous), "0" * 64])
    row.save(force_insert=True)


def insert_between(dice: Dice) -> None:
    """All that come after make room, and keep what they say."""
    place = dice.randint(1, EVENTS)
    for row in list(rows().filter(seq__gte=place).order_by("-seq")):
        rows().filter(pk=row.pk).update(seq=row.seq + 1)
    copy = rows().get(seq=dice.choice([n for n in range(1, EVENTS + 2) if n != place]))
    copy.pk, copy.seq = None, place
    copy.save(force_insert=True)


def swap(dice: Dice) -> None:
    names = dice.choice(
        [("seq",), ("at", "actor_id", "verb", "target", "detail"), (*COLUMNS[2:-2], "hash")]
    )
    one, two = (rows().get(seq=seq) for seq in dice.sample(range(1, EVENTS + 1), 2))
    mine, theirs = ({name: getattr(row, name) for name in names} for row in (one, two))
    if "seq" in names:
        rows().filter(pk=one.pk).update(seq=10_000)
    rows().filter(pk=two.pk).update(**mine)
    rows().filter(pk=one.pk).update(**theirs)


def truncate(dice: Dice) -> None:
    rows().filter(seq__gt=dice.choice([0, dice.randint(0, EVENTS - 1)]))._raw_delete("default")


def truncate_and_set_the_end_back(dice: Dice) -> None:
    """Whole in itself: only a head that is kept elsewhere tells."""
    last = rows().get(seq=dice.randint(1, EVENTS - 1))
    rows().filter(seq__gt=last.seq)._raw_delete("default")
    ChainHead.objects.filter(pk=AGENCY).update(seq=last.seq, hash=last.hash)


def write_anew(dice: Dice) -> None:
    """One event otherwise, and every hash behind it made to fit, the end too."""
    first, previous = dice.randint(1, EVENTS), None
    for row in rows().filter(seq__gte=first).order_by("seq"):
        row.verb = "note.voided" if row.seq == first else row.verb
        row.previous = previous or row.previous
        previous = row.hash = facts(row).hash_after(row.previous)
        rows().filter(pk=row.pk).update(verb=row.verb, previous=row.previous, hash=row.hash)
    ChainHead.objects.filter(pk=AGENCY).update(hash=previous)


def head(dice: Dice) -> None:
    end = ChainHead.objects.filter(pk=AGENCY)
    dice.choice(
        [
            lambda: end.update(seq=dice.choice([0, 1, EVENTS - 1, EVENTS + 1])),
            lambda: end.update(hash=dice.choice(["0" * 64, "", "f" * 64])),
            lambda: end.update(agency_id=uuid4()),
            lambda: end._raw_delete("default"),
        ]
    )()


KINDS: dict[Callable[[Dice], None], int] = {
    edit: 10,
    edit_with_a_fitting_hash: 2,
    delete: 2,
    insert: 2,
    insert_between: 1,
    swap: 3,
    truncate: 1,
    truncate_and_set_the_end_back: 1,
    write_anew: 1,
    head: 2,
}


@pytest.fixture
def chain(now) -> Head:
    dice = Dice(1)
    for agency in (AGENCY, OTHER):
        for n in range(EVENTS if agency == AGENCY else ELSEWHERE):
            by = Actor(id=UUID(int=dice.getrandbits(128)), agency_id=agency)
            at = now + timedelta(microseconds=dice.randrange(10**9) * 1_000 * (n % 2) + n)
            detail = dice.choice(DETAILS)
            record(by=by, at=at, verb=dice.choice(VERBS), target=f"Row/{n}", detail=detail)
    end = queries.head_of(AGENCY)
    assert end is not None
    return end


def the_log() -> str:
    events = rows().order_by("seq", "pk").values_list(*COLUMNS)
    ends = ChainHead.objects.filter(pk=AGENCY).values_list()
    return json.dumps([list(events), list(ends)], default=str)


@pytest.mark.django_db
@pytest.mark.asvs("16.4.2")
def test_each_of_a_thousand_changes_is_found(chain):
    dice, before, missed, made = Dice(20261122), the_log(), [], Counter()
    kinds = dice.choices(list(KINDS), weights=list(KINDS.values()), k=TIMES)
    triggers.drop(connection)  # as someone with the keys to the database could
    assert (queries.verify(AGENCY), queries.holds(AGENCY, chain)) == ([], True)
    for number, change in enumerate(kinds):
        with transaction.atomic():
            change(dice)
            assert the_log() != before, f"{change.__name__} changed nothing"
            found = queries.verify(AGENCY) or not queries.holds(AGENCY, chain)
            missed += [] if found else [(number, change.__name__)]
            transaction.set_rollback(True)
        made[change.__name__] += 1
    assert (missed, sum(made.values()), set(made)) == ([], TIMES, {k.__name__ for k in KINDS})
    assert (the_log(), queries.verify(AGENCY), queries.verify(OTHER)) == (before, [], [])
    triggers.create(connection)


STAYS = [
    pytest.param("UPDATE audit_auditevent SET verb = 'x'", id="an event changed"),
    pytest.param("DELETE FROM audit_auditevent", id="all events deleted"),
    pytest.param("DELETE FROM audit_auditevent WHERE seq = 30", id="the last event deleted"),
    pytest.param("TRUNCATE audit_auditevent", id="events truncated"),
    pytest.param("UPDATE audit_chainhead SET seq = 3", id="the end set back"),
    pytest.param("UPDATE audit_chainhead SET hash = 'x'", id="the end changed"),
    pytest.param("DELETE FROM audit_chainhead", id="the end deleted"),
    pytest.param("TRUNCATE audit_chainhead", id="ends truncated"),
]


@pytest.mark.django_db
@pytest.mark.asvs("16.4.2")
@pytest.mark.parametrize("statement", STAYS)
def test_the_database_itself_refuses(chain, statement):
    if connection.vendor == "sqlite":  # has no TRUNCATE; a DELETE of all rows is its way to do so
        statement = statement.replace("TRUNCATE", "DELETE FROM")
    before = the_log()
    refusal = "audit events are never|the end of an audit chain"
    with pytest.raises(DatabaseError, match=refusal), transaction.atomic():  # noqa: SIM117
        with connection.cursor() as cursor:
            cursor.execute(statement)
    assert the_log() == before
