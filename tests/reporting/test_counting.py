"""The database's own counts by person and month are what a count of the notes gives, whatever
happens to a note, and on both databases."""

from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection

from alongside.accounts.models import Agency
from alongside.encounters.models import AddedWords, Encounter
from alongside.people.models import Participant
from alongside.practice.codes import Mode, Process
from alongside.reporting import counting
from alongside.reporting.models import PersonMonth
from tests.factories import NOW, AgencyFactory, EncounterFactory, ParticipantFactory, a_pair

COLUMNS = tuple(counting.counted("sqlite"))
Months = dict[tuple[Any, date], Counter[str]]


def recounted() -> Months:
    """Every month that has something, counted note by note in plain Python."""
    months: Months = {}
    said = set(
        AddedWords.objects.filter(taken_back_at=None, from_outside=False).values_list(
            "encounter_id", flat=True
        )
    )
    for note in Encounter.objects.filter(voided_at=None).exclude(status="entered-in-error"):
        month = months.setdefault((note.participant_id, note.on.replace(day=1)), Counter())
        if note.kind == "attempt":
            month["attempts"] += 1
            continue
        month["contacts"] += 1
        month[note.mode] += 1
        month.update(note.processes or ["no_process"])
        if note.status in ("signed", "amended"):
            month["here"] += 1
            month["together"] += bool(note.participant_words) or note.pk in said
    return {key: Counter({c: m[c] for c in COLUMNS if m[c]}) for key, m in months.items()}


def kept() -> Months:
    rows = PersonMonth.objects.values("participant_id", "month", *COLUMNS)
    found = {
        (row["participant_id"], row["month"]): Counter({c: row[c] for c in COLUMNS if row[c]})
        for row in rows
    }
    return {key: counts for key, counts in found.items() if counts}


def a_note(dice: Random, people: list[Participant], supporter: Any) -> Encounter:
    return EncounterFactory(
        participant=dice.choice(people),
        supporter=supporter,
        kind=dice.choice(["contact", "contact", "contact", "attempt"]),
        ending="no_answer",
        status=dice.choice(["signed", "signed", "brought-over"]),
        on=date(2026, 10, 28) + timedelta(days=dice.randrange(8)),
        mode=dice.choice([*(mode.value for mode in Mode), ""]),
        processes=dice.sample([one.value for one in Process], dice.randrange(4)),
        participant_words=dice.choice(["", "I like that."]),
    )


def something_happens(dice: Random, people: list[Participant]) -> None:
    note = dice.choice(list(Encounter.objects.order_by("id")))
    one = Encounter.objects.filter(pk=note.pk)
    what = dice.randrange(9)
    if what == 0:
        one.update(status="entered-in-error", error_reason="twice")
    elif what == 1:
        one.update(voided_at=dice.choice([NOW, None]))
    elif what == 2:
        one.update(on=note.on + timedelta(days=dice.randrange(-5, 6)))
    elif what == 3:
        Encounter.objects.filter(participant=note.participant).update(
            participant=dice.choice(people)
        )
    elif what == 4:
        one.update(processes=["planning"], participant_words=dice.choice(["", "Mine."]))
    elif what == 5:
        note.mode = dice.choice(["telephone", ""])
        note.save()
    elif what == 6:
        AddedWords.objects.create(
            agency=note.agency,
            encounter=note,
            words="I was there, too.",
            added_at=NOW,
            phone_of=note.supporter.user,
            from_outside=dice.choice([True, False, False]),
        )
    elif what == 7:
        AddedWords.objects.filter(encounter=note).update(taken_back_at=dice.choice([NOW, None]))
    else:
        AddedWords.objects.filter(encounter=note).delete()
        one.delete()


@pytest.mark.practice("MPR-5", "SVC-5", "PROC-1")
@pytest.mark.parametrize("seed", range(4))
def test_the_months_are_right_after_everything_that_happens_to_notes(
    agency: Agency, seed: int
) -> None:
    dice = Random(seed)
    pair = a_pair(agency)
    people = [pair.participant, *ParticipantFactory.create_batch(2, agency=agency)]
    for _turn in range(12):
        a_note(dice, people, pair.supporter)
    assert kept() == recounted()
    for _turn in range(40):
        something_happens(dice, people)
        assert kept() == recounted()
    before = kept()
    counting.recount(connection)
    assert kept() == before


def test_many_at_once_and_another_agency(agency: Agency) -> None:
    """A sheet brings rows in one statement, and those of a neighbor stay theirs."""
    dice = Random(7)
    for one in (agency, AgencyFactory()):
        pair = a_pair(one)
        note = a_note(dice, [pair.participant], pair.supporter)
        note.pk = None
        Encounter.objects.bulk_create(
            [
                Encounter(
                    agency=one,
                    participant=pair.participant,
                    supporter=pair.supporter,
                    status="brought-over",
                    on=date(2026, 1 + n % 12, 28),
                )
                for n in range(40)
            ],
            ignore_conflicts=True,
        )
    assert kept() == recounted()
    assert sum(m["contacts"] for m in kept().values()) >= 80
    Encounter.objects.update(voided_at=NOW)
    assert kept() == recounted() == {}
